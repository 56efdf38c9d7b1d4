"""Targets (目标分解): which revision rules, and how a total is split into parts that add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain.periods import Period
from funnelbook.domain.workdays import WorkCalendar, leave_of

MEASURES = ("orders", "amount", "margin")
UNIT = {"orders": 1.0, "amount": 0.01, "margin": 0.01}
_DAYS_A_MONTH = 365.25 / 12


def largest_remainder(total: float, weights: np.ndarray, unit: float = 1.0) -> np.ndarray:
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
    total: float, weights: np.ndarray, locked: np.ndarray | None = None, fairness: float = 0.0, unit: float = 1.0
) -> np.ndarray:
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


def _shares(weights: np.ndarray, fairness: float) -> np.ndarray:
    some = weights > 0
    if not some.any():
        return weights
    return (1 - fairness) * weights / weights.sum() + fairness * some / some.sum()


def productivity(orders: np.ndarray, days: np.ndarray, prior: float) -> np.ndarray:
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
    productivity: np.ndarray,
) -> np.ndarray:
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


def _ramp(start: pd.Series, ramp: pd.DataFrame, period: Period) -> np.ndarray:
    steps = ramp.dropna(subset=["month", "factor"]).sort_values("month")
    if steps.empty:
        return np.ones(len(start))
    middle = pd.Timestamp(period.start) + (pd.Timestamp(period.end) - pd.Timestamp(period.start)) / 2
    month = np.floor((middle - start).dt.days.to_numpy(float) / _DAYS_A_MONTH) + 1
    month = np.where(np.isnan(month), np.inf, np.maximum(month, 1))
    at = np.searchsorted(steps["month"].to_numpy(float), month, side="right") - 1
    factor = steps["factor"].to_numpy(float)[np.maximum(at, 0)]
    return np.where(month > steps["month"].max(), 1.0, factor)


@dataclass(frozen=True)
class Ruling:
    """The target that counts, per measure and person (None: the team): `value`, whether `agreed`, whether `locked`."""

    value: pd.DataFrame  # index person, columns MEASURES, NaN where there is none
    agreed: pd.Series
    locked: pd.Series
    rows: pd.DataFrame  # index person, the row of the Targets table it comes from

    def of(self, person: str | None, measure: str) -> float:
        """The target of one who has a row; NaN without that measure."""
        return self._number(self.value, person, measure)

    def revision(self, person: str | None) -> float:
        """The revision that counts of one who has a row; NaN where none is given."""
        return self._number(self.rows, person, "revision")

    def _number(self, frame: pd.DataFrame, person: str | None, column: str) -> float:
        return float(frame[column].to_numpy(float)[self.value.index.get_loc(person)])


def ruling(targets: pd.DataFrame, period: Period) -> Ruling:
    """The targets of a period that count: a person's highest revision, agreed values before proposed ones.

    `targets`: the Targets table with `span`, the Period each row's text means (None: unreadable), team rows with person None.
    Source: numbers.md 7.
    """
    current = [span is not None and (span.start, span.end) == (period.start, period.end) for span in targets["span"]]
    rows = targets[np.array(current, dtype=bool)]
    rows = rows.assign(person=rows["person"].astype(object).where(rows["person"].notna(), None))
    rows = rows.sort_values("revision", kind="stable", na_position="first").drop_duplicates("person", keep="last")
    value = pd.DataFrame(
        {m: pd.to_numeric(rows[m]).fillna(pd.to_numeric(rows[f"{m}_proposed"])).to_numpy(float) for m in MEASURES},
        index=pd.Index(rows["person"], dtype=object),
    )
    agreed = rows[list(MEASURES)].notna().any(axis=1).to_numpy()
    index = value.index
    locked = pd.Series(rows["locked"].to_numpy(bool), index=index)
    return Ruling(value, pd.Series(agreed, index=index), locked, rows.set_axis(index))


def conflict(ruling: Ruling, people: Sequence[str]) -> list[tuple[str, float, float]]:
    """Measures whose team target is not the sum of everybody's: (measure, team, sum); only where all people have one."""
    if None not in ruling.value.index:
        return []
    rows = ruling.value.reindex(list(people))
    found = []
    for measure in MEASURES:
        team = ruling.of(None, measure)
        total = rows[measure].sum()
        if len(people) and rows[measure].notna().all() and not np.isnan(team) and abs(team - total) > UNIT[measure] / 2:
            found.append((measure, float(team), float(total)))
    return found
