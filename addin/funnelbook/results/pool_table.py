"""The Pool (公海): whom a rule would take from his owner, whom nobody owns, who could have them; what a manager decides about them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from funnelbook.book.frames import rows_of
from funnelbook.book.problems import Problems
from funnelbook.book.schema import Colour, Column, Kind, Role, Table, Tone, Unit
from funnelbook.domain.dtypes import Objects
from funnelbook.results import notes
from funnelbook.results.making import Made, makes
from funnelbook.results.pool_cases import PoolCases, pool_cases
from funnelbook.results.pool_decisions import CHANGED, decisions, faults
from funnelbook.results.pool_entries import DECISION, GIVE
from funnelbook.results.pool_takers import takers
from funnelbook.results.situation import Situation
from funnelbook.words import say

POOL = Table(
    "Pool",
    Role.RESULT,
    sheet="pool",
    order=298,
    columns=(
        Column("id", Kind.ID, key=True),
        Column("name", Kind.TEXT, width=30),
        Column("owner", Kind.PERSON),
        Column("tier", Kind.TIER, shaded=True),
        Column("last_contact", Kind.DATE),
        Column("days", Kind.COUNT, unit=Unit.DAYS),
        Column("reason", Kind.TEXT, width=58),
        Column("proposed_owner", Kind.PERSON, width=14),
        Column("decision", Kind.CODE, codes="pool_decision", entry=True, width=11),
    ),
    frozen="name",
    colours=(Colour('{owner}=""', (), Tone.FAINT),),
)


@makes(POOL, pool_cases)
def the_pool(situation: Situation, cases: PoolCases) -> Made:
    """The Pool: who falls under a rule, then whom nobody owns, each with who could take him; decisions typed stay until they are done.

    A decision that does not fit its customer any more ends the table, as it stood. Whoever is to be given keeps the owner he was to get.
    """
    waiting, problems = situation.typed_pool.waiting, Problems()
    wrong = faults(situation, cases, waiting)
    decided, changed = decisions(waiting), np.isin(np.arange(len(waiting)), [f.at for f in wrong if f.code == CHANGED])
    ids = situation.customers["id"].to_numpy(object)[cases.listed["at"]]
    place = pd.Index(ids).get_indexer(pd.Index(waiting["id"]))
    place[changed] = -1
    stays = place >= 0
    typed, promised = (np.full(len(ids), None, dtype=object) for _ in range(2))
    typed[place[stays]] = waiting[DECISION].to_numpy(object)[stays]
    gives = stays & (decided == GIVE)
    promised[place[gives]] = waiting["proposed_owner"].to_numpy(object)[gives]
    rows = _rows(situation, cases.listed, promised).assign(decision=typed)
    below = waiting[~stays].reset_index(drop=True)
    below["reason"] = below["reason"].mask(changed[~stays], say("pool_changed", situation.language))
    place[~stays] = len(rows) + np.arange(len(below))
    for fault in wrong:
        row = situation.typed_pool.header_row + 1 + place[fault.at]
        problems.add("Pool", fault.column, fault.code, [row], [fault.value])
    note = notes.line(notes.as_of(situation), *_said(situation, rows, len(cases.soon)))
    if len(below):
        rows = pd.concat([rows, below.astype(rows.dtypes.to_dict())], ignore_index=True)
    return Made(rows, problems, note)


def _rows(situation: Situation, listed: pd.DataFrame, promised: Objects) -> pd.DataFrame:
    """The rows of those listed, no decision typed yet; `promised`: whom a manager is about to give some to."""
    at = listed["at"].to_numpy(np.intp)
    tier = situation.timeline.current["tier"].to_numpy()[at]
    return pd.DataFrame(
        {
            **{name: situation.customers[name].to_numpy(object)[at] for name in ("id", "name", "owner")},
            "tier": situation.tiers.decode(tier),
            "last_contact": situation.latest["at"].dt.normalize().to_numpy("datetime64[s]")[at],
            "days": listed["days"],
            "reason": _reasons(situation, listed),
            "proposed_owner": takers(situation, at, promised) if len(at) else promised,
        }
    )


def _reasons(situation: Situation, listed: pd.DataFrame) -> Objects:
    """Why each stands there, in words, of alike ones once."""
    never = situation.latest["at"].isna().to_numpy()[listed["at"]]
    alike = listed.drop(columns="at").assign(never=never)
    number = alike.groupby(list(alike), dropna=False, sort=False).ngroup().to_numpy()
    said = [_reason(row, situation.language) for row in rows_of(alike[~pd.Series(number).duplicated().to_numpy()])]
    return np.array(said, dtype=object)[number]


def _reason(row: Any, language: str) -> str:
    if not row.falls:
        return say("pool_nobodys", language)
    parts = []
    if row.days >= row.most_days:
        code = "pool_never" if row.never else "pool_days"
        parts.append(say(code, language, days=int(row.days), most=int(row.most_days)))
    if row.tries >= row.most_tries:
        parts.append(say("pool_tries", language, tries=int(row.tries), most=int(row.most_tries)))
    return say("between", language).join(parts)


def _said(situation: Situation, rows: pd.DataFrame, soon: int) -> list[str]:
    """How many there are, fall due within a week (`soon`) and nobody has room for; what to do with the table."""
    language, free = situation.language, rows["owner"].isna()
    lines = [say("pool_line", language, falling=int((~free).sum()), free=int(free.sum()))] if len(rows) else []
    if situation.frames["PoolRules"].empty:
        lines.append(say("pool_no_rules_line", language))
    elif rows.empty:
        lines.append(say("pool_empty_line", language))
    lines += [say("pool_soon_line", language, count=soon)] if soon else []
    if without := int(rows["proposed_owner"].isna().sum()):
        lines.append(say("pool_full_line", language, count=without))
    return [*lines, say("pool_how_line", language)] if len(rows) else lines
