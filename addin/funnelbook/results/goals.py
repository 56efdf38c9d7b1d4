"""Targets of the period for the team and each person, and what they have won so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial

import numpy as np
import pandas as pd

from funnelbook.book.problems import Problems
from funnelbook.domain import periods, targets
from funnelbook.domain.periods import Period
from funnelbook.domain.targets import MEASURES, Ruling
from funnelbook.results.making import step
from funnelbook.results.situation import Situation


@dataclass(frozen=True)
class Goals:
    """Per measure (orders, amount, margin) an array over the team and the people; NaN where there is no target."""

    target: dict[str, np.ndarray]
    won: dict[str, np.ndarray]  # amount and margin NaN without orders
    agreed: bool  # whether every target that counts is
    split: bool  # whether someone got a share of the team's target
    ruling: Ruling  # the rows of Targets they come from
    problems: Problems  # what cannot be used of the Targets table

    @property
    def gap(self) -> np.ndarray:
        """Orders still to win, never below 0; NaN without a target."""
        return np.maximum(self.target["orders"] - self.won["orders"], 0.0)


@step()
def goals(situation: Situation) -> Goals:
    """The Goals of a period. Source: numbers.md 3 and 7."""
    table, problems = situation.frames["Targets"], Problems()
    spans = [_period(text) for text in table["period"]]
    unread = np.array([span is None for span in spans], dtype=bool)
    problems.add("Targets", "period", "bad_period", table["row"][unread], table["period"][unread])
    below = {name: (table[name] < 0).to_numpy(bool) for m in MEASURES for name in (m, f"{m}_proposed")}
    for column, negative in below.items():
        problems.add("Targets", column, "negative_target", table["row"][negative], table[column][negative])
    cleared = {column: table[column].mask(negative) for column, negative in below.items()}
    usable = table.assign(span=pd.Series(spans, index=table.index, dtype=object), **cleared)
    ruling = targets.ruling(usable, situation.period)
    row = table["row"].min()
    for measure, team, total in targets.conflict(ruling, situation.people):
        problems.add("Targets", measure, "target_conflict", [row], [None], team=f"{team:g}", total=f"{total:g}")
    target, split = {}, False
    weights = cache(partial(expected_orders, situation))  # the same for each measure
    for measure in MEASURES:
        own = ruling.value[measure].reindex(situation.people).to_numpy(float)
        team = ruling.value[measure].get(None, np.nan)
        if np.isnan(team):
            team = np.nansum(own) if (~np.isnan(own)).any() else np.nan
        elif np.isnan(own).any():
            shares = _shares(situation, own, team, targets.UNIT[measure], weights)
            if shares is None:
                problems.add("Targets", measure, "locks_above_total", [row], [f"{np.nansum(own):g} > {team:g}"])
            else:
                split, own = split or bool((~np.isnan(shares)).any()), np.where(np.isnan(own), shares, own)
        target[measure] = np.concatenate([[team], own])
    counted = ruling.agreed[ruling.agreed.index.isna() | ruling.agreed.index.isin(situation.people)]
    return Goals(target, _won(situation), bool(counted.all()), split, ruling, problems)


def won_moves(situation: Situation) -> pd.DataFrame:
    """Orders as events: day, who, amount, margin; without an Orders table the moves to Won, without money."""
    if situation.has_orders:
        return situation.orders.rename(columns={"date": "day"})[["day", "who", "amount", "margin"]]
    stays = situation.timeline.stays
    won = stays[(stays["tier"] == situation.tiers.won) & (stays["from_tier"] >= 0)]
    return pd.DataFrame({"day": won["entered"], "who": won["who"], "amount": np.nan, "margin": np.nan})


def _won(situation: Situation) -> dict[str, np.ndarray]:
    orders = won_moves(situation)
    period = situation.period
    inside = orders[(orders["day"] >= pd.Timestamp(period.start)) & (orders["day"] < _after(period.end))]
    won = {"orders": situation.per_person(inside["who"])}
    for money in ("amount", "margin"):
        sums = situation.per_person(inside["who"], inside[money])
        won[money] = sums if situation.has_orders else np.full(len(sums), np.nan)
    return won


def _shares(
    situation: Situation, own: np.ndarray, team: float, unit: float, weights: Callable[[], np.ndarray]
) -> np.ndarray | None:
    """What is left of the team's target, split among active people without one; None when nothing is left to split."""
    free = np.isnan(own) & situation.active
    shares = np.full(len(own), np.nan)
    if not free.any():
        return shares
    if team < np.nansum(own) - unit / 2:
        return None
    rest = team - np.nansum(own)
    shares[free] = targets.split(rest, weights()[free], fairness=situation.settings.fairness, unit=unit)
    return shares


def expected_orders(situation: Situation) -> np.ndarray:
    """w_j of numbers.md 7: orders each person would win in the period at his usual pace, which the window of the rates shows."""
    people = (
        situation.frames["People"].set_index("person").reindex(situation.people).rename_axis("person").reset_index()
    )
    orders = won_moves(situation)
    since = _first_day(situation)
    recent = orders[orders["day"] >= pd.Timestamp(since)]
    productivity = targets.productivity(
        situation.per_person(recent["who"])[1:],
        situation.available_days(since, situation.as_of),
        situation.settings.prior_cases,
    )
    return targets.weights(
        people, situation.period, situation.calendar, situation.frames["Leave"], situation.frames["Ramp"], productivity
    )


def _first_day(situation: Situation) -> date:
    """Where the measured time begins: the first call or order, at most the window of the rates ago."""
    window = situation.as_of - timedelta(days=int(situation.settings.rate_window_days))
    seen = pd.concat([situation.activities["at"], situation.orders["date"]]).min()
    return window if pd.isna(seen) else max(window, seen.date())


def _period(text: object) -> Period | None:
    try:
        return periods.parse(text)
    except ValueError:
        return None


def _after(day: date) -> pd.Timestamp:
    return pd.Timestamp(day) + pd.Timedelta(days=1)
