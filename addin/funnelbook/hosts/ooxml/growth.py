"""What becomes of the cells of a sheet, and of references to them, when a table gets more rows: as in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from funnelbook.book.ports import Link, TableEdit, TableWrite
from funnelbook.book.room import LAST_COLUMN, Room, TornError
from funnelbook.hosts.ooxml.references import LAST_ROW, Reference, Rows
from funnelbook.hosts.ooxml.workbook import area, column_letters


@dataclass(frozen=True)
class Growth:
    """New rows of one table of a sheet. `room`: where they found room; `last`: the last row with data before; `listed`: where its
    body ended, above `last` when rows had been typed below it; `added`: the values of the new rows by row and column, the rows as
    they are now."""

    anew: ClassVar[bool] = False  # every row keeps what it held

    sheet: str
    room: Room
    last: int
    listed: int
    added: Mapping[int, Mapping[int, object]] = field(default_factory=dict)

    @property
    def after(self) -> int:
        """The row below which cells went down."""
        return self.room.old.bottom

    @property
    def shift(self) -> int:
        """How many rows they went down."""
        return self.room.put_in

    @property
    def body(self) -> range:
        """The rows below the header as they were."""
        return range(self.room.old.top + 1, self.room.old.bottom + 1)

    @property
    def ends(self) -> tuple[int, int, int]:
        """Where the data and where the body ended."""
        return self.last, self.room.old.bottom, self.listed

    @property
    def columns(self) -> tuple[int, int]:
        """The first and last column whose cells went down."""
        inserted = self.room.inserted
        return (inserted.left, inserted.right) if inserted else (1, LAST_COLUMN)

    @property
    def whole_rows(self) -> bool:
        """Whether all columns went down."""
        return self.columns == (1, LAST_COLUMN)

    def row(self, row: int, column: int | None = None) -> int:
        """Where a cell of that row and column stands now; without a column, one of a whole row."""
        left, right = self.columns
        moves = row > self.after and (self.whole_rows if column is None else left <= column <= right)
        return min(row + self.shift, LAST_ROW) if moves else row

    def moved(self, left: int, top: int, right: int, bottom: int, loose: bool = False) -> Rows:
        """The rows of a range of cells as they stand now. TornError when they no longer stand together, unless `loose`."""
        first, last = self.columns
        if not self.shift or bottom <= self.after or right < first or left > last:
            return top, bottom
        inside = first <= left and right <= last
        if not inside and bottom < LAST_ROW and not loose:
            raise TornError
        goes = top > self.after and inside
        return (min(top + self.shift, LAST_ROW) if goes else top), min(bottom + self.shift, LAST_ROW)

    def covers(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether a range covers all rows of the table that hold data, its header or not, or all of its body, and ends with them."""
        across = left <= self.room.old.right and right >= self.room.old.left
        return across and bottom in self.ends and top <= self.body.start <= bottom

    def followed(self, left: int, top: int, right: int, bottom: int, loose: bool = False) -> Rows:
        """The rows of a range: with the new ones when it covered the table's, else those of `moved`."""
        if self.covers(left, top, right, bottom):
            return top, self.end_of(bottom)
        top, moved = self.moved(left, top, right, bottom, loose)
        reaches = left <= self.room.old.right and right >= self.room.old.left and top <= self.body.start
        return top, max(moved, self.room.new.bottom) if reaches and bottom >= self.after >= self.body.start else moved

    def end_of(self, bottom: int) -> int:
        """Where a range ends now that covered the table and ended in that row."""
        return (
            max(self.last + len(self.added), self.room.new.bottom)
            if bottom == self.after
            else self.last + len(self.added)
        )

    def of_formula(self, of: Reference, row: int | None = None) -> Rows:
        """The rows of a reference in a formula, which stands in that row of the table's sheet or (None) on another sheet.

        One cell stays one; in the table itself a sum up to its own row ($G$2:G4 in row 4) runs with the rows, and a range of one row
        (B2:F2 in row 2) is not the table's only row.
        """
        if not of.ranged:
            return self.moved(of.left, of.top, of.right, of.bottom)
        if row is not None and self.room.runs_along(row, of.top, of.bottom, of.fixed):
            return self.moved(of.left, of.top, of.right, of.bottom)
        return self.followed(of.left, of.top, of.right, of.bottom)

    def of_series(self, of: Reference) -> Rows:
        """The rows of a reference that stands for a row or a column of values, such as a chart's: one cell may be a column of one."""
        if of.top == of.bottom and of.left < of.right:
            return self.moved(of.left, of.top, of.right, of.bottom)
        return self.followed(of.left, of.top, of.right, of.bottom)


def moved_edit(edit: TableEdit, growth: Growth) -> TableEdit:
    """An edit of rows that a growth may have moved."""
    if edit.sheet != growth.sheet or not growth.shift or not edit.columns:
        return edit
    column = edit.columns[0]
    cells = {(growth.row(row, at), at): value for (row, at), value in edit.cells.items()}
    header, last = growth.row(edit.header_row, column), growth.row(edit.last_row, column)
    return replace(edit, header_row=header, last_row=last, cells=cells)


def moved_links(write: TableWrite, growth: Growth) -> TableWrite:
    """A result table whose links lead to where the rows they named stand now."""
    if not growth.shift:
        return write

    def moved(value: object) -> object:
        if not isinstance(value, Link) or value.sheet != growth.sheet:
            return value
        cell = area(value.cell)
        row = growth.row(cell.top, cell.left)
        return Link(row if value == cell.top else value, value.sheet, f"{column_letters(cell.left)}{row}")

    columns = [
        [moved(value) for value in column] if any(isinstance(value, Link) for value in column) else column
        for column in write.columns
    ]
    return replace(write, columns=columns)
