"""Splitting targets (目标分解): how a total is split into parts that add up exactly, and what nobody got."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import Numbers
from funnelbook.domain.periods import Period
from funnelbook.domain.workdays import WorkCalendar, leave_of

MEASURES = ("orders", "amount", "margin", "paid")
UNIT = {"orders": 1.0, "amount": 0.01, "margin": 0.01, "paid": 0.01}
_DAYS_A_MONTH = 365.25 / 12


def largest_remainder(total: float, weights: Numbers, unit: float = 1.0) -> Numbers:
    """Parts of `total` in proportion to `weights`, multiples of `unit` that add up to it exactly (Hamilton's method).

    Ties go to the first; a weight of 0 gets 0; all zero: equal parts. ValueError for a negative or infinite total or weight.
    Source: numbers.md 7.
    """
    weights = np.nan_to_num(np.asarray(weights, dtype=float))
    units = round(total / unit) if np.isfinite(total) else -1
    if units < 0 or (weights < 0).any() or not np.isfinite(weights).all():
        raise ValueError("a total and its weights are finite and not negative")
    if len(weights) == 0:
        return np.zeros(0)
    if weights.sum() == 0:
        weights = np.ones(len(weights))
    exact = units * (weights / weights.sum())
    parts = np.floor(exact + 1e-9)
    remainder = np.where(weights > 0, np.round(exact - parts, 9), -np.inf)
    rest = int(units - parts.sum())
    parts[np.argsort(-remainder, kind="stable")[:rest]] += 1
    return parts * unit if unit == 1.0 else np.round(parts * unit, 10)


def split(
    total: float, weights: Numbers, locked: Numbers | None = None, fairness: float = 0.0, unit: float = 1.0
) -> Numbers:
    """Whole parts of `total`: locked ones first (NaN: not locked), the rest by weight, mixed with equal shares.

    `fairness` 0 splits by weight, 1 equally among those with weight. ValueError when the locked parts exceed the total, or
    everything is locked and they do not reach it. Source: numbers.md 7.
    """
    weights = np.nan_to_num(np.asarray(weights, dtype=float))
    locked = np.full(len(weights), np.nan) if locked is None else np.asarray(locked, dtype=float)
    free = np.isnan(locked)
    rest = total - np.nansum(locked)
    if rest < -1e-9:
        raise ValueError(f"locked values add up to {np.nansum(locked):g}, more than {total:g}")
    if not free.any() and rest > 1e-9:
        raise ValueError(
            f"locked values add up to {np.nansum(locked):g}, not {total:g}, and nobody is left to take the rest"
        )
    parts = locked.copy()
    parts[free] = largest_remainder(max(0.0, rest), _shares(weights[free], fairness), unit)
    return parts


def _shares(weights: Numbers, fairness: float) -> Numbers:
    some = weights > 0
    if not some.any():
        return weights
    return (1 - fairness) * weights / weights.sum() + fairness * some / some.sum()


def by_week(totals: Numbers, weights: Numbers) -> Numbers:
    """Whole parts of each total over the weeks by its row of `weights`: they add up to it, and all rows together stay even.

    Each part is its exact share rounded down or up; what is over goes where all rows so far are furthest behind their shares, so
    that small totals do not all fall into the same week. A NaN total gives NaN, a row without weight equal shares.
    """
    parts = np.full(weights.shape, np.nan)
    behind = np.zeros(weights.shape[1])
    for row in np.flatnonzero(~np.isnan(totals)):
        of = weights[row] if weights[row].sum() > 0 else np.ones(weights.shape[1])
        total = round(totals[row])
        exact = total * of / of.sum()
        parts[row] = np.floor(exact + 1e-9)
        behind += exact - parts[row]
        open_weeks = np.where(exact - parts[row] > 1e-9, behind, -np.inf)
        more = np.argsort(-np.round(open_weeks, 9), kind="stable")[: int(total - parts[row].sum())]
        parts[row, more] += 1
        behind[more] -= 1
    return parts


def productivity(orders: Numbers, days: Numbers, prior: float) -> Numbers:
    """Orders per working day, shrunk towards the team's rate as if seen for `prior` more days. Source: numbers.md 7."""
    orders, days = np.asarray(orders, dtype=float), np.asarray(days, dtype=float)
    team = orders.sum() / days.sum() if days.sum() > 0 else 0.0
    return (orders + prior * team) / (days + prior)


def weights(
    people: pd.DataFrame,
    period: Period,
    calendar: WorkCalendar,
    leave: pd.DataFrame,
    ramp: pd.DataFrame,
    productivity: Numbers,
) -> Numbers:
    """w_j = days x ramp x capacity x productivity of each row of `people` (person, start, capacity), 0 or more.

    Days: working days of the period from the person's start on, less leave. Ramp: the factor of the highest `month` (1 is the
    first month of service) not above the months since start at the period's middle; after the last, or without start, 1.
    Source: numbers.md 7.
    """
    days = np.array(
        [
            calendar.count(_later(period.start, start), period.end, leave_of(leave, person))
            for person, start in zip(people["person"], people["start"], strict=True)
        ],
        dtype=float,
    )
    capacity = pd.to_numeric(people["capacity"]).fillna(1.0).to_numpy(float).clip(0.0)
    return days * _ramp(people["start"], ramp, period) * capacity * productivity


def _later(day: date, start: pd.Timestamp) -> date:
    return day if pd.isna(start) else max(day, start.date())


def _ramp(start: pd.Series, ramp: pd.DataFrame, period: Period) -> Numbers:
    steps = ramp.dropna(subset=["month", "factor"]).sort_values("month")
    if steps.empty:
        return np.ones(len(start))
    middle = pd.Timestamp(period.start) + (pd.Timestamp(period.end) - pd.Timestamp(period.start)) / 2
    month = np.floor((middle - start).dt.days.to_numpy(float) / _DAYS_A_MONTH) + 1
    month = np.where(np.isnan(month), np.inf, np.maximum(month, 1))
    at = np.searchsorted(steps["month"].to_numpy(float), month, side="right") - 1
    factor = steps["factor"].to_numpy(float)[np.maximum(at, 0)]
    return np.where(month > steps["month"].max(), 1.0, factor)


def unassigned(team: float, people: Numbers, unit: float = 1.0) -> float:
    """What of the team's target nobody has, in `unit`s; below 0 where people have more than the team, 0 without a team target.

    `people`: a target each, NaN: none. Nobody to have one: 0. Source: forecast.md 10.
    """
    if np.isnan(team) or not len(people):
        return 0.0
    return float(round((team - np.nansum(people)) / unit) * unit)
