"""What a manager types into the Pool (公海), as it stands there: what is decided about each customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from funnelbook.book.schema import TABLES

TAKE, GIVE, KEEP = "take", "give", "keep"
DECISION = "decision"


@dataclass(frozen=True)
class TypedPool:
    """Decisions of the Pool. `waiting`: its rows with one, `decision` as typed; `header_row`: where it stands in its sheet, 0: nowhere.

    Of those carried out just now: `changes`, by input table the rows that get another owner, and counts: customers `taken` in, `kept`,
    and `given` to each person.
    """

    waiting: pd.DataFrame
    header_row: int = 0
    changes: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    taken: int = 0
    kept: int = 0
    given: Mapping[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many decisions were carried out."""
        return self.taken + self.kept + sum(self.given.values())


def no_pool_typed() -> TypedPool:
    """The TypedPool of a workbook without a Pool."""
    return TypedPool(pd.DataFrame(columns=list(TABLES["Pool"].names)))


def typed(standing: pd.DataFrame, entries: pd.DataFrame, header_row: int) -> TypedPool:
    """The decisions of a Pool as it stands, `entries` its entry column as typed; a cell of spaces is an empty one."""
    cells = entries[DECISION].map(lambda cell: None if isinstance(cell, str) and not cell.strip() else cell)
    rows = standing.assign(decision=cells.astype(object))
    return TypedPool(rows[cells.notna().to_numpy()].reset_index(drop=True), header_row)
