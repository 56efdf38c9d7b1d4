"""The Levers (怎么补): what would raise the chance of each person's target most, and by how much."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.book.told_chance import CHANCE, SCARCELY, chance_text, nearly_sure
from funnelbook.domain import levers, pace
from funnelbook.domain.chance import LIKELY
from funnelbook.domain.dtypes import Flags
from funnelbook.domain.levers import Lever
from funnelbook.results import notes, target_notes
from funnelbook.results.chances import chance_of_target
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes, step
from funnelbook.results.performance import within
from funnelbook.results.situation import Situation
from funnelbook.words import say

LEVERS = Table(
    "Levers",
    Role.RESULT,
    sheet="levers",
    order=205,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("lever", Kind.CODE, codes="lever", key=True, width=19),
        Column("tier", Kind.TIER, key=True, shaded=True),
        Column("id", Kind.ID, key=True),
        Column("what", Kind.TEXT, width=62, wrap=True),
        Column("chance", Kind.RATE, number=CHANCE),
        Column("chance_after", Kind.RATE, number=CHANCE),
        Column("gain", Kind.RATE, number=CHANCE),
    ),
    row_lines=2,
    colours=(nearly_sure("chance"), nearly_sure("chance_after")),
)


@step(goals)
def best_levers(situation: Situation, goals: Goals) -> list[list[Lever]]:
    """The best levers of the team and of each person who works, the best first. Source: forecast.md 6.

    None before the period begins, on its last day, and where there is no gap. Nobody is told to call who must not be called.
    """
    wanted = (goals.gap > 0) & wants_levers(situation)
    if not wanted.any():
        return [[] for _ in situation.rows]
    there = situation.past.stays.customer[situation.open_rows]
    nobody_pushes = (situation.cold | situation.customers["do_not_call"].to_numpy(bool))[there]
    ground = levers.ground(situation.learned, situation.days_left, situation.customers["who"].to_numpy(), nobody_pushes)
    has_calls_left, ahead, cv = _has_calls_left(situation), most_ahead(situation, goals), situation.lookback.funnel_cv
    return [
        levers.levers(
            ground, row, float(goals.gap[row]), cv, has_calls_left=bool(has_calls_left[row]), most_ahead=ahead
        )
        if wanted[row]
        else []
        for row in range(len(situation.rows))
    ]


@makes(LEVERS, goals, best_levers)
def what_helps(situation: Situation, goals: Goals, best: list[list[Lever]]) -> Made:
    """The Levers: the team first, then each person, the best lever first. chance and chance_after: of the target in orders."""
    found = [lever for of_row in best for lever in of_row]
    tiers = np.array([*situation.tiers.codes, None], dtype=object)  # NO_TIER is the last
    ids = situation.customers["id"].to_numpy(object)
    rows = pd.DataFrame(
        {
            "person": np.array([situation.rows[lever.row] for lever in found], dtype=object),
            "lever": np.array([lever.kind for lever in found], dtype=object),
            "tier": np.array([tiers[lever.tier] for lever in found], dtype=object),
            "id": np.array([ids[lever.customers[0]] if lever.customers else None for lever in found], dtype=object),
            "what": np.array([told(situation, lever) for lever in found], dtype=object),
            "chance": np.array([lever.chance for lever in found], dtype=float),
            "chance_after": np.array([lever.chance_after for lever in found], dtype=float),
            "gain": np.array([lever.gain for lever in found], dtype=float),
        }
    )
    return Made(rows, note=notes.line(notes.as_of(situation), *_said(situation, goals, best)))


def told(situation: Situation, lever: Lever) -> str:
    """A lever as a manager would say it."""
    known, language, top = situation.tiers.codes, situation.language, situation.tiers.n - 1
    called = situation.customers[["name", "id"]].iloc[list(lever.customers)]
    called = say("listed", language).join(called["name"].fillna(called["id"]).astype(str))
    at_top = lever.tier == top
    return say(
        f"lever_{lever.kind}{'_top' if at_top and lever.kind in (levers.PUSH, levers.MORE_UP) else ''}",
        language,
        name=called,
        tier="" if lever.tier == levers.NO_TIER else known[lever.tier],
        above="" if at_top or lever.tier == levers.NO_TIER else known[lever.tier + 1],
        colleague=situation.rows[lever.source] or "",
    )


def helps(situation: Situation, best: list[Lever]) -> str:
    """What the best lever does, in a sentence; that nothing makes up for the gap where it scarcely does anything."""
    if not best or best[0].gain < SCARCELY:
        return say("no_lever_note", situation.language)
    lever = best[0]
    chances = {"chance": chance_text(lever.chance), "after": chance_text(lever.chance_after)}
    return say("best_lever_note", situation.language, what=told(situation, lever), **chances)


def wants_levers(situation: Situation) -> Flags:
    """Whether levers are looked for: for the team and those who work, in a period that has begun and has days left."""
    now = situation.days_left > 0 and has_begun(situation)
    return now & np.concatenate([[True], situation.active])


def has_begun(situation: Situation) -> bool:
    """Whether tomorrow lies in the period, or after it."""
    return situation.as_of + timedelta(days=1) >= situation.period.start


def most_ahead(situation: Situation, goals: Goals) -> int | None:
    """The row of the person who works and is most ahead of the time gone; None where nobody is ahead."""
    done = pace.completion(goals.won["orders"], goals.target["orders"])[1:]
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    ahead = np.where(situation.active & (done > progress), done, -np.inf)
    return None if not len(ahead) or np.isneginf(ahead.max()) else 1 + int(ahead.argmax())


def _has_calls_left(situation: Situation) -> Flags:
    """Who works, comes to work in the days left, and calls so much less than daily_calls that one more can be reached a day.

    Over the team (whether anybody does) and the people.
    """
    first = situation.as_of - timedelta(days=7 * situation.settings.pace_weeks - 1)
    made = situation.activities["is_call"].to_numpy(bool) & within(situation.activities["at"], first, situation.as_of)
    calls = situation.per_person(situation.activities["who"][made])[1:]
    days = situation.available_days(first, situation.as_of)
    left = situation.daily_calls - calls / np.maximum(days, 1)
    comes = situation.available_days(situation.as_of + timedelta(days=1), situation.period.end) > 0
    reached = np.nan_to_num(situation.connect_rate, nan=1.0)[1:]  # where nobody called yet all may be reached
    found = situation.active & comes & (left * reached >= 1)
    return np.concatenate([[found.any()], found])


def _said(situation: Situation, goals: Goals, best: list[list[Lever]]) -> list[str]:
    """What the rows rest on, who has none and why; or why there are none at all."""
    language, said = situation.language, target_notes.of_targets(situation, goals)
    if np.isnan(goals.gap).all():
        return said
    if not (goals.gap > 0).any():
        return [*said, say("levers_none_needed_line", language)]
    if not has_begun(situation):
        return [*said, say("levers_not_begun_line", language)]
    if situation.days_left == 0:
        return [*said, say("levers_over_line", language)]
    lines = [helps(situation, best[0])] * bool(best[0]) + _without(situation, goals, best)
    return said + lines + [say("levers_not_at_pace_line", language)] * (situation.lookback.use_pace and any(best))


def _without(situation: Situation, goals: Goals, best: list[list[Lever]]) -> list[str]:
    """Who is behind and has no lever: because none helps, or because the target is as good as made."""
    behind = (goals.gap > 0) & np.concatenate([[True], situation.active]) & [not of_row for of_row in best]
    likely = chance_of_target(situation, goals.gap) >= LIKELY
    lines = []
    for key, which in (("levers_none_line", behind & ~likely), ("levers_likely_line", behind & likely)):
        if which.any():
            who = [
                situation.rows[row] or codes.special(codes.TEAM, situation.language) for row in np.flatnonzero(which)
            ]
            lines.append(say(key, situation.language, who=say("listed", situation.language).join(who)))
    return lines
