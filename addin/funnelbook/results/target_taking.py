"""From the grid of targets into the Targets table: each row through propose, split, agree and revise, or it waits as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from funnelbook.book import codes
from funnelbook.book.labels import header
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.domain.targets import MEASURES
from funnelbook.results import targeting
from funnelbook.results.call_entries import Fault
from funnelbook.results.goals import goals
from funnelbook.results.situation import Situation
from funnelbook.results.target_entries import (
    AGREE,
    PROPOSE,
    SPLIT,
    Line,
    TypedTargets,
    line,
    typed,
)
from funnelbook.results.targeting import Change
from funnelbook.words import say


def waiting(standing: pd.DataFrame, entries: pd.DataFrame, why: str = "") -> TypedTargets:
    """The TypedTargets of a grid that is only looked back on, or that no table can take (`why`): everything typed waits."""
    rows = typed(standing, entries)
    faults = [Fault(at, None, None, "target_refused", why) for at in range(len(rows))] if why else []
    return TypedTargets(0, rows, faults)


def taken(
    situation: Situation, standing: pd.DataFrame, entries: pd.DataFrame, columns: Collection[str]
) -> tuple[Situation, TypedTargets]:
    """The workbook with what was typed into its grid of targets in the Targets table, and the TypedTargets.

    `standing`: TargetGrid as it stands, `entries`: its entry columns as typed.
    `columns`: those of the workbook's Targets table. Rows are taken one after the other, a split of the team's target last, when
    it is known who keeps what. Source: desk.md 4.
    """
    rows = typed(standing, entries)
    lines = [line({str(name): cell for name, cell in row.items()}, columns) for row in rows.to_dict("records")]
    waits: list[int] = []
    faults: list[Fault] = []
    told: list[str] = []
    for at in sorted(range(len(lines)), key=lambda at: lines[at].decision == SPLIT):
        found = [Fault(len(waits), *fault) for fault in lines[at].faults]
        if not found:
            try:
                targets, said = _made(situation, lines[at])
            except BookError as error:
                code = "no_reason_in_row" if error.code == "no_reason" else error.code
                why = BookError(code, **error.fields).text(situation.language)
                found = [Fault(len(waits), None, None, "target_refused", why)]
            else:
                situation = situation.with_targets(targets)
                told += said
        if found:
            waits.append(at)
            faults += found
    return situation, TypedTargets(len(lines) - len(waits), rows.iloc[waits].reset_index(drop=True), faults, told)


def _made(situation: Situation, typed: Line) -> tuple[pd.DataFrame, list[str]]:
    """The Targets table with a row of the grid taken in, and what became of measures nobody typed. BookError when it cannot be."""
    if typed.period is None:
        raise ValueError("a line without a period has a fault")
    of_period = situation if typed.period == situation.period else situation.during(typed.period)
    targets, said = situation.frames["Targets"], []
    if typed.values:
        if typed.decision == PROPOSE:
            raise BookError("typed_and_proposed")
        change = targeting.put(of_period, goals(of_period), typed.who, dict(typed.values), typed.reason)
        targets = targeting.applied(targets, change)
    elif typed.decision is None:
        raise BookError("reason_alone")
    if typed.decision is not None:
        change = _decided(of_period.with_targets(targets), typed)
        targets = targeting.applied(targets, change)
        if typed.decision == AGREE:
            said = list(others_told(change, typed.values, typed.who, situation.language))
    return targets, said


def _decided(situation: Situation, typed: Line) -> Change:
    aims = goals(situation)
    if typed.decision == PROPOSE:
        return targeting.propose(situation, aims, None, typed.who)
    if typed.decision == SPLIT:
        if typed.who is not None:
            raise BookError("split_for_all")
        return targeting.split(situation, aims, None)
    return targeting.agree(situation, aims, None, say("team_meeting", situation.language), typed.who, {})


def others_told(agreed: Change, given: Mapping[str, float], who: str | None, language: str) -> Iterator[str]:
    """What agreeing one target did with the measures that were not given: agreed as proposed, or still without a target."""
    if not given or agreed.changed.empty:
        return
    held = agreed.changed.iloc[0]
    name = who or codes.special(codes.TEAM, language)
    others = [m for m in MEASURES if m not in given]
    for code, measures in (
        ("others_agreed", [m for m in others if pd.notna(held[m])]),
        ("others_open", [m for m in others if pd.isna(held[m])]),
    ):
        if measures:
            listed = say("listed", language).join(header(TABLES["Targets"], m, language) for m in measures)
            yield say(code, language, person=name, measures=listed)
