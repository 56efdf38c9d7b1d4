"""The meeting pack (会议): each person's target, results, shape and main cause, and who helps whom."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book.schema import (
    ONE_DECIMAL,
    TABLES,
    WHOLE,
    Column,
    Kind,
    Role,
    Table,
    Unit,
)
from funnelbook.domain.pairs import pairs
from funnelbook.results import headlines, notes, target_notes
from funnelbook.results.board import AHEAD, BOARD, PROGRESS, UNASSIGNED_ROW
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.revision import why_revise
from funnelbook.results.shapes import SHAPES
from funnelbook.results.situation import Situation
from funnelbook.words import say

MEETING = Table(
    "Meeting",
    Role.RESULT,
    sheet="meeting",
    order=320,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("proposed", Kind.NUMBER, unit=Unit.ORDERS),
        Column("target", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("pending", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("agreed_on", Kind.DATE),
        Column("orders", Kind.COUNT, unit=Unit.ORDERS),
        Column("completion", Kind.RATE),
        Column("time_progress", Kind.RATE),
        Column("ahead", Kind.RATE),
        Column("forecast", Kind.NUMBER, unit=Unit.ORDERS, number=ONE_DECIMAL),
        Column("shape", Kind.CODE, codes="shape"),
        Column("advice", Kind.TEXT, width=42, wrap=True),
        Column("cause", Kind.TEXT, width=26, wrap=True),
        Column("helper", Kind.PERSON),
    ),
    charts=PROGRESS,
    row_lines=2,
    colours=(*AHEAD, UNASSIGNED_ROW),
)
PAIRS = Table(
    "Pairs",
    Role.RESULT,
    sheet="meeting",
    order=321,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("topic", Kind.TEXT, key=True),
        Column("rate", Kind.RATE),
        Column("benchmark", Kind.RATE),
        Column("cases", Kind.COUNT),
        Column("helper", Kind.PERSON),
        Column("helper_rate", Kind.RATE),
        Column("helper_cases", Kind.COUNT),
    ),
)

_FROM_BOARD = ["person", "orders", "target", "pending", "completion", "time_progress", "ahead", "forecast"]


@makes(PAIRS)
def who_helps_whom(situation: Situation) -> Made:
    """The Pairs: people behind at a step, the furthest behind the others first, and who leads them. Source: method E4."""
    people = np.array(situation.people, dtype=object)
    parts = [pd.DataFrame(columns=list(TABLES["Pairs"].names))]
    for topic, x, n in _steps(situation):
        found = pairs(x, n, situation.settings.min_cases)
        behind, helper = found["behind"].to_numpy(), found["helper"].to_numpy()
        named = {"person": people[behind], "topic": topic, "helper": people[helper]}
        counts = {"cases": n[behind], "helper_cases": n[helper]}
        parts.append(found[["rate", "benchmark", "helper_rate"]].assign(**named, **counts))
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    lag = (rows["rate"] / rows["benchmark"]).to_numpy(float)
    said = say("no_pairs_line" if rows.empty else "pairs_line", situation.language)
    return Made(rows.iloc[np.argsort(lag, kind="stable")].reset_index(drop=True), note=said)


@makes(MEETING, goals, BOARD, SHAPES, PAIRS, why_revise)
def meeting(situation: Situation, aims: Goals, board: Made, shapes: Made, helped: Made, reason: str | None) -> Made:
    """The Meeting, in the order of the Board; `reason`: why the target is to be revised. Source: method A3, E4."""
    rows = board.rows[_FROM_BOARD].merge(shapes.rows[["person", "shape", "advice"]], how="left", on="person")
    worst = helped.rows.drop_duplicates("person").set_index("person")
    who = rows["person"].astype(object).where(rows["person"].notna(), None)
    own = aims.in_force.rows.reindex(pd.Index(who, dtype=object))
    proposed = own["orders_proposed"].mask(
        own.index.isin(list(aims.in_force.whole))
    )  # was proposed for more than the period
    causes = {
        person: say("cause_step", situation.language, step=row.topic, value=row.rate, benchmark=row.benchmark)
        for person, row in worst.iterrows()
    }
    rows = rows.assign(
        proposed=proposed.to_numpy(float),
        agreed_on=pd.to_datetime(own["agreed_on"]).to_numpy(),
        cause=rows["person"].map(causes),
        helper=rows["person"].map(worst["helper"].to_dict()),
    )
    revise = [say(f"revise_{reason}", situation.language)] if reason else []
    note = notes.line(
        notes.as_of(situation),
        *headlines.of_board(board.rows, situation.language),
        *target_notes.of_targets(situation, aims),
        *target_notes.of_agreement(situation, aims),
        *revise,
    )
    return Made(rows, note=note, chart_rows=len(situation.people))


def _steps(situation: Situation) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """What is compared: name, successes and trials of each person."""
    share, n = (situation.rates[name].to_numpy(float).reshape(situation.shape) for name in ("share", "cases"))
    calls = situation.activities[situation.activities["is_call"].to_numpy(bool)]
    connected, made = (situation.per_person(calls["who"], v)[1:] for v in (calls["connected"], None))
    tiers = [
        (say("step_tier", situation.language, tier=code), share[1:, i] * n[1:, i], n[1:, i])
        for i, code in enumerate(situation.tiers.codes)
    ]
    return [(say("step_connect", situation.language), connected, made), *tiers]
