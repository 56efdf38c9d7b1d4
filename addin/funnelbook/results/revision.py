"""Target history (目标历史), and whether the numbers justify a revision of the target."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.domain import incidence, periods, revisions
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes, step
from funnelbook.results.situation import Situation
from funnelbook.words import say

TARGET_HISTORY = Table(
    "TargetHistory",
    Role.LOG,
    sheet="target_history",
    order=420,
    columns=(
        Column("at", Kind.DATE, key=True),
        Column("period", Kind.TEXT, key=True, width=22),
        Column("person", Kind.PERSON, key=True),
        Column("measure", Kind.CODE, codes="measure", key=True),
        Column("old", Kind.NUMBER),
        Column("new", Kind.NUMBER, key=True),
        Column("reason", Kind.CODE, codes="revision_reason", width=18),
        Column("by", Kind.TEXT),
    ),
)

_RECENT_DAYS = 28


def logged_targets(situation: Situation, targets: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of TargetHistory with those that `targets` (None: the Targets table as it is) adds. Source: method A9."""
    table = situation.frames["Targets"] if targets is None else targets
    if situation.last_logged is not None and situation.as_of < situation.last_logged:
        return situation.target_history
    labels = [periods.parse(text).label if periods.is_period(text) else None for text in table["period"]]
    table = table.assign(label=pd.Series(labels, index=table.index, dtype=object))
    new = revisions.changes(situation.target_history, table, situation.as_of)
    return pd.concat([part for part in (situation.target_history, new) if len(part)] or [new], ignore_index=True)


@step(goals)
def why_revise(situation: Situation, aims: Goals) -> str | None:
    """The reason the numbers give for a revision of the team's target: internal, external, forecast; None: none, nor once the
    period is over. Method A9."""
    if situation.as_of not in situation.period or not situation.days_left or np.isnan(aims.target["orders"][0]):
        return None
    chance = situation.to_come[0].at_least(float(aims.gap[0]))
    return revisions.reason_for(chance, days_lost(situation, aims), market_fell=market_fell(situation))


@makes(TARGET_HISTORY, why_revise)
def target_history(situation: Situation, reason: str | None) -> Made:
    """The TargetHistory as the Targets table is now; `reason`: why the target is to be revised."""
    return Made(logged_targets(situation), note=say(f"revise_{reason}", situation.language) if reason else "")


def days_lost(situation: Situation, aims: Goals) -> float:
    """Share (0 .. 1) of the period's working days that leave takes, and from `as_of` on those who have a target and left."""
    period, calendar = situation.period, situation.calendar
    active = dict(zip(situation.people, situation.active, strict=True))
    named = [person for person in aims.in_force.value.index if person is not None]
    full = calendar.count(period.start, period.end)
    lost = 0
    counted = {p for p, on in active.items() if on} | set(named)
    for person in counted:
        if active.get(person, False):
            away = situation.leave.get(person, [])
            lost += full - calendar.count(period.start, period.end, away)
        else:
            lost += calendar.count(situation.as_of + timedelta(days=1), period.end)
    return lost / (full * len(counted)) if full and counted else 0.0


def market_fell(situation: Situation) -> bool:
    """Whether the whole team got fewer leads, or converted fewer, in the last four weeks than before, by more than chance."""
    s, today = situation.settings, pd.Timestamp(situation.as_of)
    age = (today - situation.customers["created"]).dt.days
    age = age[(age >= 0) & (age <= s.rate_window_days)]
    recent, before = int((age < _RECENT_DAYS).sum()), int((age >= _RECENT_DAYS).sum())
    if revisions.fewer(recent, _RECENT_DAYS, before, float(age.max()) + 1 - _RECENT_DAYS if before else 0.0):
        return True
    n = situation.tiers.n
    of = situation.watched
    late = of.age < incidence.horizons(situation.tiers, s.mature_weeks)[of.tier] + _RECENT_DAYS
    went_on, cases = incidence.incidence(of, np.arange(len(late)), of.tier + n * ~late, 2 * n).whole()
    return revisions.fell(went_on[:n], cases[:n], went_on[n:], cases[n:])
