"""Targets of the period for the team and each person, and what they have won so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial

import numpy as np
import pandas as pd

from funnelbook.book.problems import Problems
from funnelbook.domain import periods, rulings, targets
from funnelbook.domain.periods import Period
from funnelbook.domain.rulings import InForce, Ruling
from funnelbook.domain.targets import MEASURES
from funnelbook.results.making import step
from funnelbook.results.situation import Situation

MONEY = MEASURES[1:]


@dataclass(frozen=True)
class Goals:
    """Per measure an array over the team and the people; NaN where there is no target."""

    target: dict[str, np.ndarray]
    won: dict[str, np.ndarray]  # MONEY NaN without orders
    agreed: bool  # whether every target that counts is
    split: bool  # whether someone got a share of the team's target
    ruling: Ruling  # the rows of Targets for the period itself
    in_force: InForce  # those that count: with parts of what stands for periods around it
    each: dict[str, float]  # amount or margin an order, by which money became orders; NaN: unknown
    spans: list[Period]  # periods that Targets has rows of
    following: np.ndarray  # orders of the next period's targets, over the team and the people; NaN where there is none
    unassigned: dict[str, float]  # of the team's target what nobody has, below 0 what people have beyond it
    problems: Problems  # what cannot be used of the Targets table

    @property
    def gap(self) -> np.ndarray:
        """Orders still to win, never below 0; NaN without a target."""
        return np.maximum(self.target["orders"] - self.won["orders"], 0.0)


@step()
def goals(situation: Situation) -> Goals:
    """The Goals of a period. Source: numbers.md 3 and 7, forecast.md 10."""
    table, problems = situation.frames["Targets"], Problems()
    spans = [_period(text) for text in table["period"]]
    unread = np.array([span is None for span in spans], dtype=bool)
    problems.add("Targets", "period", "bad_period", table["row"][unread], table["period"][unread])
    below = {name: (table[name] < 0).to_numpy(bool) for m in MEASURES for name in (m, f"{m}_proposed")}
    for column, negative in below.items():
        problems.add("Targets", column, "negative_target", table["row"][negative], table[column][negative])
    _strange(situation, table, spans, problems)
    cleared = {column: table[column].mask(negative) for column, negative in below.items()}
    usable = table.assign(span=pd.Series(spans, index=table.index, dtype=object), **cleared)
    in_force = rulings.in_force(usable, situation.period, situation.calendar)
    orders, each = rulings.in_orders(in_force.value, mean_order(situation))
    value = in_force.value.assign(orders=orders)
    team_rows = in_force.rows["row"][in_force.rows.index.isna()]
    target, unassigned, split = {}, {}, False
    weights = cache(partial(expected_orders, situation))  # the same for each measure
    for measure in MEASURES:
        unit = targets.UNIT[measure]
        own = value[measure].reindex(situation.people).to_numpy(float)
        team = value[measure].get(None, np.nan)
        beyond = False
        if np.isnan(team):
            team = np.nansum(own) if (~np.isnan(own)).any() else np.nan
        elif np.isnan(own).any():
            shares = _shares(situation, own, team, unit, weights)
            beyond = shares is None
            if shares is not None:
                split, own = split or bool((~np.isnan(shares)).any()), np.where(np.isnan(own), shares, own)
        target[measure] = np.concatenate([[team], own])
        rest = unassigned[measure] = targets.unassigned(team, own, unit)
        code = "locks_above_total" if beyond else "target_unassigned" if rest > 0 else "target_overassigned"
        if rest:
            total = np.nansum(own)
            told = {"team": decimal(team), "total": decimal(total), "rest": decimal(abs(rest))}
            problems.add("Targets", measure, code, team_rows, [decimal(total)], **told)
    counted = in_force.agreed[in_force.agreed.index.isna() | in_force.agreed.index.isin(situation.people)]
    ruling = rulings.ruling(usable, situation.period)
    return Goals(
        target,
        _won(situation),
        bool(counted.all()),
        split,
        ruling,
        in_force,
        each,
        list({s: None for s in spans if s}),
        _following(situation, usable),
        unassigned,
        problems,
    )


def _strange(situation: Situation, table: pd.DataFrame, spans: list[Period | None], problems: Problems) -> None:
    """Notes targets of now or later for people who are nobody here; those of leavers stay as they were."""
    to_come = np.array([span is not None and span.end >= situation.as_of for span in spans], dtype=bool)
    nobody = to_come & table["person"].notna().to_numpy() & ~table["person"].isin(situation.people).to_numpy()
    listed = table["person"].isin(situation.frames["People"]["person"]).to_numpy()
    problems.add(
        "Targets", "person", "no_such_person", table["row"][nobody & ~listed], table["person"][nobody & ~listed]
    )


def _following(situation: Situation, usable: pd.DataFrame) -> np.ndarray:
    """Orders of the next period's targets that are set, over the team and the people; NaN where there is none."""
    after = rulings.in_force(usable, periods.after(situation.period), situation.calendar)
    orders = rulings.in_orders(after.value, mean_order(situation)).orders
    own = orders.reindex(situation.people).to_numpy(float)
    team = orders.get(None, np.nan)
    if np.isnan(team) and (~np.isnan(own)).any():
        team = np.nansum(own)
    return np.concatenate([[team], own])


def mean_order(situation: Situation) -> dict[str, float]:
    """Mean amount and margin of the team's orders in the window of the rates; NaN where unknown."""
    since = pd.Timestamp(situation.as_of) - pd.Timedelta(days=situation.settings.rate_window_days)
    recent = situation.orders[situation.orders["date"] >= since]
    return {money: float(recent[money].mean()) for money in ("amount", "margin")}


def won_moves(situation: Situation) -> pd.DataFrame:
    """Orders as events: day, who and MONEY; without an Orders table the moves to Won, without money."""
    if situation.has_orders:
        return situation.orders.rename(columns={"date": "day"})[["day", "who", *MONEY]]
    stays = situation.timeline.stays
    won = stays[(stays["tier"] == situation.tiers.won) & (stays["from_tier"] >= 0)]
    return pd.DataFrame({"day": won["entered"], "who": won["who"], **dict.fromkeys(MONEY, np.nan)})


def _won(situation: Situation) -> dict[str, np.ndarray]:
    orders = won_moves(situation)
    period = situation.period
    inside = orders[(orders["day"] >= pd.Timestamp(period.start)) & (orders["day"] < _after(period.end))]
    won = {"orders": situation.per_person(inside["who"])}
    for money in MONEY:
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


def decimal(value: float) -> str:
    """A number as people write it: thousands apart, no more decimals than it has, two at most; – for none."""
    return "–" if np.isnan(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def _period(text: object) -> Period | None:
    try:
        return periods.parse(text)
    except ValueError:
        return None


def _after(day: date) -> pd.Timestamp:
    return pd.Timestamp(day) + pd.Timedelta(days=1)
