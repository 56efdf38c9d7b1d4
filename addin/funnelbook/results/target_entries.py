"""What a manager types into the grid of targets, as it stands there: numbers, what to do with them, why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.labels import normalise
from funnelbook.book.ports import ERROR_CODES
from funnelbook.book.schema import TABLES
from funnelbook.domain import periods
from funnelbook.domain.periods import Period
from funnelbook.results.call_entries import Fault

# entry column of TargetGrid with a number -> measure
NUMBERS = {"orders_new": "orders", "amount_new": "amount", "paid_new": "paid"}
DECISION, REASON = "decision", "reason_new"
ENTRIES = (*NUMBERS, DECISION, REASON)
PROPOSE, SPLIT, AGREE = "propose", "split", "agree"


@dataclass(frozen=True)
class TypedTargets:
    """Entries of the grid of targets. `taken`: how many of its rows went into Targets, `told`: what that did, in words.

    `waiting`: rows of TargetGrid that stay, their entries as typed; `faults`: why. `header_row`: where the grid stands in its
    sheet, 0: nowhere.
    """

    taken: int
    waiting: pd.DataFrame
    faults: Sequence[Fault] = ()
    told: Sequence[str] = ()
    header_row: int = 0


@dataclass(frozen=True)
class Line:
    """What was typed into a row. `who`: a person, None the team; `values`: by measure; `faults`: what cannot be used of it."""

    who: str | None
    period: Period | None
    values: Mapping[str, float] = field(default_factory=dict)
    decision: str | None = None
    reason: str | None = None
    faults: Sequence[tuple[str, object, str]] = ()  # column, cell, problem


def no_targets_typed() -> TypedTargets:
    """The TypedTargets of a workbook without a grid."""
    return TypedTargets(0, pd.DataFrame(columns=list(TABLES["TargetGrid"].names)))


def typed(standing: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Rows of TargetGrid in which something was typed, entry columns as typed; a cell of spaces is an empty one."""
    cells = entries.map(lambda cell: None if isinstance(cell, str) and not cell.strip() else cell).astype(object)
    there = cells.notna().any(axis=1).to_numpy()
    rows = standing.drop(columns=list(ENTRIES)).join(cells.where(cells.notna(), None))
    return rows.loc[there, list(standing.columns)].reset_index(drop=True)


def line(row: Mapping[str, object], columns: Collection[str]) -> Line:
    """The Line of a row of `typed`. `columns`: those the workbook's Targets table has."""
    faults: list[tuple[str, object, str]] = []
    found: dict[str, float] = {}
    for name, measure in NUMBERS.items():
        cell = row[name]
        number = values.BAD if str(cell) in ERROR_CODES else values.number(cell)
        if number is None:
            continue
        if not isinstance(number, float):
            faults.append((name, cell, "too_large" if values.is_too_large(cell) else "bad_number"))
        elif number < 0:
            faults.append((name, cell, "negative_target"))
        elif measure == "orders" and not number.is_integer():
            faults.append((name, cell, "target_not_whole"))
        elif {measure, f"{measure}_proposed"} - set(columns):
            faults.append((name, cell, "target_no_column"))
        else:
            found[measure] = number
    words: dict[str, str | None] = {}
    for name in (DECISION, REASON):
        said = values.text(row[name])
        words[name] = code = codes.code_of(TABLES["TargetGrid"].by_name[name].codes or "").get(normalise(said or ""))
        if said is not None and code is None:
            faults.append((name, said, "unknown_word"))
    who = row["person"]
    if who in codes.SHARES:
        faults.append(("person", None, "target_of_nobody"))
    period = periods.parse(row["period"]) if periods.is_period(row["period"]) else None
    if period is None:
        faults.append(("period", row["period"], "bad_period"))
    return Line(who if isinstance(who, str) else None, period, found, words[DECISION], words[REASON], faults)
