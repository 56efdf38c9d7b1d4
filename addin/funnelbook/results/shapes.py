"""The Shapes table: the shape of each funnel, what to do about it, and the chance of making the target with it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book.schema import ONE_DECIMAL, WHOLE, Colour, Column, Kind, Role, Table, Tone, Unit
from funnelbook.book.told_chance import CHANCE, nearly_sure
from funnelbook.domain import backplan, shape
from funnelbook.domain.chance import LIKELY, UNLIKELY
from funnelbook.domain.dtypes import Flags, Numbers, Objects
from funnelbook.domain.levers import Lever
from funnelbook.results import headlines, notes, target_notes
from funnelbook.results.chances import chances, ends, reachable
from funnelbook.results.funnel import need, new_in_time
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.results.week_plan import WEEK_PLAN
from funnelbook.results.what_helps import best_levers, helps, wants_levers
from funnelbook.words import say

SHAPES = Table(
    "Shapes",
    Role.RESULT,
    sheet="funnel",
    order=200,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("open", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("cold", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("shape", Kind.CODE, codes="shape"),
        Column("target", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("won", Kind.COUNT, unit=Unit.ORDERS),
        Column("gap", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("low", Kind.COUNT, unit=Unit.ORDERS),
        Column("expected", Kind.NUMBER, unit=Unit.ORDERS, number=ONE_DECIMAL),
        Column("high", Kind.COUNT, unit=Unit.ORDERS),
        Column("chance", Kind.RATE, number=CHANCE),
        Column("reachable", Kind.COUNT, unit=Unit.ORDERS),
        Column("reachable_80", Kind.COUNT, unit=Unit.ORDERS),
        Column("new_in_time", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("first_calls", Kind.COUNT, unit=Unit.CALLS),
        Column("dry_tier", Kind.TIER),
        Column("dry_from", Kind.DATE),
        Column("target_amount", Kind.MONEY),
        Column("amount_p10", Kind.MONEY),
        Column("amount_p50", Kind.MONEY),
        Column("amount_p90", Kind.MONEY),
        Column("chance_amount", Kind.RATE, number=CHANCE),
        Column("dry_week", Kind.TEXT),
        Column("advice", Kind.TEXT, width=42, wrap=True),
        Column("note", Kind.TEXT, width=80, wrap=True),
    ),
    row_lines=3,
    colours=(
        Colour(f"AND(ISNUMBER({{chance}}),{{chance}}<{UNLIKELY})", ("chance",), Tone.WARM, bold=True),
        Colour('{dry_tier}<>""', ("dry_tier", "dry_from", "dry_week"), Tone.WARM),
        nearly_sure("chance"),
        nearly_sure("chance_amount"),
    ),
)
_AS_LIKELY_AS_NOT = 0.5


@makes(SHAPES, goals, WEEK_PLAN, best_levers)
def shapes(situation: Situation, goals: Goals, week_plan: Made, best: list[list[Lever]]) -> Made:
    """The Shapes: the shape of the team's and each person's funnel, what to do, and what is still to win.

    low, expected, high, reachable and reachable_80 are orders at the end of the period, what is won included. forecast.md 4, 6.
    """
    wanted, stock = need(situation, goals), situation.warm_stock
    tau = situation.settings.shape_tau
    named = [shape.shape(row, situation.rate[0], situation.dwell_days, tau).name for row in stock]
    first = backplan.first_calls(wanted.missing[:, 0] + never_connected(situation), situation.connect_rate)
    new, likely = new_in_time(situation, goals), reachable(situation, goals, _AS_LIKELY_AS_NOT)
    rows = pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "open": situation.open_stock.sum(axis=1),
            "cold": situation.cold_stock.sum(axis=1),
            "shape": named,
            "advice": [say(f"advice_{name}", situation.language) for name in named],
            "target": goals.target["orders"],
            "won": goals.won["orders"],
            "gap": goals.gap,
            **ends(situation, goals),
            "reachable": likely,
            "reachable_80": reachable(situation, goals, LIKELY),
            "new_in_time": backplan.ceil_shown(new),
            "first_calls": backplan.ceil_shown(first),
            "target_amount": goals.target["amount"],
            **chances(situation, goals, week_plan.rows),
            "note": _notes(situation, np.isnan(new) & (goals.gap > 0), likely, best),
        }
    )
    unknown = np.isnan(first) & ~np.isnan(wanted.missing[:, 0])
    no_calls = [say("no_calls_line", situation.language)] * bool(unknown.any())
    answer = headlines.of_target(rows.iloc[0], situation.language)
    note = notes.line(notes.as_of(situation), *answer, *target_notes.of_targets(situation, goals), *no_calls)
    return Made(rows, note=note)


def _notes(situation: Situation, late: Flags, likely: Numbers, best: list[list[Lever]]) -> Objects:
    """Where new prospects come too late: how far the customers there are will carry, and the best lever."""
    said = np.full(len(late), None, dtype=object)
    if situation.days_left == 0:
        return said
    wanted = wants_levers(situation)
    for row in np.flatnonzero(late):
        said[row] = say("late_note", situation.language, orders=int(likely[row]))
        if wanted[row]:
            said[row] = notes.line(said[row], helps(situation, best[row]))
    return said


def never_connected(situation: Situation) -> np.ndarray:
    """Customers in the lowest tier whom no call ever reached, cold ones aside, over the team and the people."""
    reached = situation.activities.loc[situation.activities["connected"].to_numpy(), "id"]
    lowest = (situation.timeline.current["tier"].to_numpy() == 0) & ~situation.cold
    waiting = lowest & ~situation.customers["id"].isin(reached).to_numpy()
    return situation.per_person(situation.customers["who"][waiting])
