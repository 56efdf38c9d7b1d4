"""The daily work report (每日工作报告表) and what each person's work yields, filled from the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book.schema import ONE_DECIMAL, Chart, Colour, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.domain import history
from funnelbook.domain.dtypes import Numbers
from funnelbook.results import notes
from funnelbook.results.goals import won_moves
from funnelbook.results.making import Made, makes, step
from funnelbook.results.situation import Situation
from funnelbook.words import say

EFFICIENCY = Table(
    "Efficiency",
    Role.RESULT,
    sheet="daily_report",
    order=240,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("calls_per_day", Kind.NUMBER, unit=Unit.CALLS, number=ONE_DECIMAL),
        Column("minutes_per_call", Kind.NUMBER, unit=Unit.MINUTES, number=ONE_DECIMAL),
        Column("connects_per_order", Kind.NUMBER, unit=Unit.CALLS, number=ONE_DECIMAL),
        Column("calls_per_order", Kind.NUMBER, unit=Unit.CALLS, number=ONE_DECIMAL),
        Column("amount_per_call", Kind.MONEY),
    ),
)
DAILY_REPORT = Table(
    "DailyReport",
    Role.RESULT,
    sheet="daily_report",
    order=242,
    columns=(
        Column("date", Kind.DATE, key=True),
        Column("person", Kind.PERSON, key=True),
        Column("calls", Kind.COUNT, unit=Unit.CALLS),
        Column("connects", Kind.COUNT, unit=Unit.CALLS),
        Column("connect_rate", Kind.RATE),
        Column("minutes", Kind.NUMBER, unit=Unit.MINUTES, number="0"),
        Column("new_customers", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("moves_up", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("quotes", Kind.COUNT),
        Column("orders", Kind.COUNT, unit=Unit.ORDERS),
        Column("amount", Kind.MONEY),
        Column("margin", Kind.MONEY),
        Column("followups_due", Kind.COUNT),
        Column("followups_done", Kind.COUNT),
    ),
    charts=(
        Chart(
            "daily_calls",
            "column",
            "date",
            (Series("calls", Tone.PALE),),
            lines=(Series("orders"),),
            own_axis=True,
            dated=True,
        ),
    ),
    colours=(Colour("{followups_done}<{followups_due}", ("followups_done",), Tone.WARM, bold=True),),
)

_MOVES = (history.ACTIVITY, history.ORDER, history.MANUAL)


@dataclass(frozen=True)
class Days:
    """What was done on each of some days: `counts` by column of DailyReport, each an array (1 + people) x days, the team first."""

    first: date
    last: date
    counts: dict[str, Numbers]


@step()
def days(situation: Situation) -> Days:
    """The Days of the period up to `as_of`; none of them when it has not begun."""
    first, last = situation.period.start, min(situation.period.end, situation.as_of)
    return Days(first, last, _counts(situation, first, max(0, (last - first).days + 1)))


@makes(DAILY_REPORT, days)
def daily_report(situation: Situation, days: Days) -> Made:
    """The DailyReport: the team day by day, then the people, the latest day first.

    Days: the period's working days up to `as_of`, and the others on which something happened. minutes: of calls; moves_up: into
    a higher tier, orders not among them; followups_due: promises due that day, followups_done: those kept.
    Source: method E1 and E3, numbers.md 9.
    """
    happened = np.any([np.nan_to_num(values).any(axis=0) for values in days.counts.values()], axis=0)
    at = np.flatnonzero(happened | situation.calendar.working(days.first, days.last).works)
    people = len(situation.people)
    who = np.concatenate([np.zeros(len(at), dtype=int), np.tile(np.arange(1, people + 1), len(at))])
    when = np.concatenate([at, np.repeat(at[::-1], people)])
    rows = pd.DataFrame(
        {
            "date": (np.datetime64(days.first, "D") + when).astype("datetime64[s]"),
            "person": np.array(situation.rows, dtype=object)[who],
            **{name: values[who, when] for name, values in days.counts.items()},
        }
    )
    said = say("daily_report_line", situation.language)
    note = notes.line(notes.as_of(situation), said, *notes.of_data(situation, without_log="no_log_line"))
    return Made(rows, note=note, chart_rows=len(at))  # those of the team


@makes(EFFICIENCY, days)
def efficiency(situation: Situation, days: Days) -> Made:
    """The Efficiency over these days: the team, then each person. Source: method E4.

    calls_per_day: calls over available days (working days from the person's start on, leave taken off), the team's those of
    its active people over their days; the other columns: as they are named, blank where there is nothing to divide by.
    """
    sums = {name: values.sum(axis=1) for name, values in days.counts.items()}
    available = situation.available_days(days.first, days.last)
    calls, active = sums["calls"][1:], situation.active
    # a leaver has no day of leaving, so neither calls nor days of leavers tell what a day of the team is worth
    calls = np.concatenate([[calls[active].sum()], calls])
    available = np.concatenate([[available[active].sum()], available])
    rows = pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "calls_per_day": _ratio(calls, available),
            "minutes_per_call": _ratio(sums["minutes"], sums["calls"]),
            "connects_per_order": _ratio(sums["connects"], sums["orders"]),
            "calls_per_order": _ratio(sums["calls"], sums["orders"]),
            "amount_per_call": _ratio(sums["amount"], sums["calls"]),
        }
    )
    return Made(rows, note=notes.line(notes.as_of(situation), say("efficiency_line", situation.language)))


def moves_up(situation: Situation) -> pd.DataFrame:
    """Moves of open cases into a higher tier: day, who."""
    stays = situation.timeline.stays
    up = stays["source"].isin(_MOVES) & (stays["from_tier"] >= 0) & (stays["tier"] > stays["from_tier"])
    return stays[up & (stays["tier"] < situation.tiers.n)].rename(columns={"entered": "day"})[["day", "who"]]


def _counts(situation: Situation, first: date, length: int) -> dict[str, Numbers]:
    """The columns of DailyReport, each (1 + people) x days."""
    activities = situation.activities
    calls = activities[activities["is_call"].to_numpy()]
    connects = calls[calls["connected"].to_numpy()]
    quotes = activities[activities["quoted"].to_numpy()]
    up, won = moves_up(situation), won_moves(situation)
    promised = situation.promised

    def per_day(rows: pd.DataFrame, day: str = "day", amount: str | None = None) -> Numbers:
        return situation.per_day(rows["who"], rows[day], first, length, rows[amount] if amount else None)

    made, reached = per_day(calls, "at"), per_day(connects, "at")
    unknown = np.full(made.shape, np.nan)
    return {
        "calls": made,
        "connects": reached,
        "connect_rate": _ratio(reached, made),
        "minutes": per_day(calls, "at", "minutes"),
        "new_customers": per_day(situation.found, "created"),
        "moves_up": per_day(up),
        "quotes": per_day(quotes, "at"),
        "orders": per_day(won),
        "amount": per_day(won, amount="amount") if situation.has_orders else unknown,
        "margin": per_day(won, amount="margin") if situation.has_orders else unknown,
        "followups_due": per_day(promised),
        "followups_done": per_day(promised[promised["done"].to_numpy(bool)]),
    }


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    """Part over whole; NaN where there is no whole."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)
