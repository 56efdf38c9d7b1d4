"""Where a table stands in a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from funnelbook.book.ports import Area
from funnelbook.book.schema import TABLES


@dataclass(frozen=True)
class Place:
    """Where a table stands. Rows and columns count from 1 as in the sheet; `last_row` None: to the end of the sheet.

    `listed`: header and body of its ListObject, `totals`: whether that has a totals row; `until`: the row before what stands below
    in the same columns, None for the end of the sheet.
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

    @property
    def lacks(self) -> list[str]:
        """Required columns that are not there."""
        return [c.name for c in TABLES[self.table].columns if c.required and c.name not in self.columns]
