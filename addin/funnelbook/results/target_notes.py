"""What is said of targets above a result table: what they rest on, what waits to be agreed, what nobody has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.labels import header
from funnelbook.book.schema import TABLES
from funnelbook.domain.targets import MEASURES, UNIT
from funnelbook.results.goals import Goals, decimal
from funnelbook.results.situation import Situation
from funnelbook.words import say

_NAMED = 3  # people, or revisions, that a line names


def of_targets(situation: Situation, goals: Goals) -> list[str]:
    """Whether there are targets; only proposed ones, parts of a wider period, money made orders, shares of the team's."""
    said = _in_orders(situation, goals)
    if pd.isna(goals.target["orders"]).all():
        return said or [say("no_target_line", situation.language), *_other_periods(situation, goals)]
    said = [say("proposed_line", situation.language)] * (not goals.agreed) + _parts(situation, goals) + said
    return said + [say("split_line", situation.language)] * goals.split


def of_agreement(situation: Situation, goals: Goals) -> list[str]:
    """Revisions that nobody agreed yet, and orders of the team's target that nobody has or people have beyond it."""
    waits, rest = _pending(situation, goals), goals.unassigned["orders"]
    if waits:
        what = say("between", situation.language).join(_first(situation, waits))
        waits = [say("pending_line", situation.language, what=what)]
    if rest:
        code = "unassigned_line" if rest > 0 else "overassigned_line"
        waits.append(say(code, situation.language, rest=int(abs(rest))))
    return waits


def _parts(situation: Situation, goals: Goals) -> list[str]:
    period, calendar = situation.period, situation.calendar
    said = []
    for span in dict.fromkeys(goals.in_force.whole.values()):
        people = [_called(situation, who) for who, of in goals.in_force.whole.items() if of == span]
        who = say("listed", situation.language).join(_first(situation, people))
        days, of = (calendar.count(one.start, one.end) for one in (period, span))
        said.append(
            say("part_line", situation.language, who=who, period=period.label, whole=span.label, days=days, of=of)
        )
    return said


def _in_orders(situation: Situation, goals: Goals) -> list[str]:
    table = TABLES["Targets"]
    return [
        say("money_no_order_line", situation.language, measure=header(table, measure, situation.language))
        if np.isnan(each)
        else say(
            "money_line", situation.language, measure=header(table, measure, situation.language), each=f"{each:,.0f}"
        )
        for measure, each in goals.each.items()
    ]


def _other_periods(situation: Situation, goals: Goals) -> list[str]:
    """Which other period that holds the day has targets."""
    spans = [span for span in goals.spans if situation.as_of in span and span != situation.period]
    if not spans:
        return []
    return [say("other_period_line", situation.language, period=situation.period.label, other=spans[0].label)]


def _pending(situation: Situation, goals: Goals) -> list[str]:
    """A revision each: whose, and what it changes."""
    of = {who: pending_change(situation, goals, who) for who in goals.in_force.pending.index}
    return [f"{_called(situation, who)} {changes}" for who, changes in of.items() if changes]


def pending_change(situation: Situation, goals: Goals, who: str | None) -> str:
    """What a revision that waits to be agreed changes of somebody's target, measure by measure."""
    now, pending = (frame.loc[[who]].iloc[0] for frame in (goals.in_force.value, goals.in_force.pending))
    changes = [
        f"{header(TABLES['Targets'], m, situation.language)} {decimal(now[m])} → {decimal(pending[m])}"
        for m in MEASURES
        if not np.isnan(pending[m]) and not abs(pending[m] - now[m]) < UNIT[m] / 2
    ]
    return say("listed", situation.language).join(changes)


def _first(situation: Situation, said: Sequence[str]) -> list[str]:
    """The first few, and how many more there are."""
    more = len(said) - _NAMED
    return [*said[:_NAMED], *([say("and_more", situation.language, count=more)] if more > 0 else [])]


def _called(situation: Situation, who: str | None) -> str:
    return codes.special(codes.TEAM, situation.language) if who is None else who
