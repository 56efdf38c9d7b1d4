"""Where a table stands in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from funnelbook.book.ports import Area
from funnelbook.book.schema import TABLES

ROWS = 10_000_000  # of a part: more than a sheet has


def row_said(row: float, sheets: Sequence[str] = ()) -> str:
    """A row of a frame as people find it, with its sheet where the table stands on several."""
    part, sheet_row = divmod(int(row), ROWS)
    return f"{sheets[part]}!{sheet_row}" if sheets else str(sheet_row)


@dataclass(frozen=True)
class Place:
    """Where a table stands. Rows and columns count from 1 as in the sheet; `last_row` None: to the end of the sheet.

    `listed`: header and body of its ListObject, `totals`: whether that has a totals row; `until`: the row before what stands below
    in the same columns, None for the end of the sheet. `numbered`: whether its ids are numbers we make (numbers.py).
    `unused`: headers, normalised, that are to be read as no column, as its user said. `unit`: of its money, as the title above it says.
    `across`: its schema columns that stand beyond a wholly blank column; `elsewhere`: columns that do too and are another list's.

    `parts`: further sheets of the same headers that are the same table. Rows of its frames are counted on: those of the second sheet
    from ROWS on, of the third from 2 * ROWS on.
    """

    table: str
    sheet: str
    header_row: int
    last_row: int | None
    columns: dict[str, int]  # schema name -> column
    headers: dict[str, str]  # schema name -> text as typed
    score: float = 0.0
    listed: Area | None = None
    totals: bool = False
    until: int | None = None
    numbered: bool = False
    unused: frozenset[str] = frozenset()
    unit: str = ""
    across: frozenset[str] = frozenset()
    elsewhere: frozenset[int] = frozenset()
    parts: tuple[Place, ...] = ()

    @property
    def whole(self) -> tuple[Place, ...]:
        """It and its parts."""
        return (self, *self.parts)

    def heading(self, column: str) -> str:
        """The header of a column with the unit of its list."""
        text = self.headers.get(column, "")
        return f"{text}{self.unit}" if text else text

    def at(self, row: int) -> tuple[Place, int]:
        """The part that a row of the table's frame is in, and its row in the sheet."""
        part, sheet_row = divmod(row, ROWS)
        return self.whole[part], sheet_row

    @property
    def lacks(self) -> list[str]:
        """Required columns that are not there."""
        return [c.name for c in TABLES[self.table].columns if c.required and c.name not in self.columns]
