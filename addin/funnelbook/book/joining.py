"""Tables for people to fill in that came later than a workbook, put onto the sheet of theirs that it has already."""

from __future__ import annotations

from collections.abc import Collection

from funnelbook.book.handout_copy import handed_to
from funnelbook.book.labels import header, title
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Book, TableEdit
from funnelbook.book.schema import TABLES, Table

_GAP = 2  # columns


def joining(book: Book, located: Collection[str]) -> dict[str, str]:
    """The tables that are not `located` and whose sheet is there and ours, where several stand side by side: the sheet of each."""
    own = owned(book).tables
    there = {TABLES[name].sheet: lo.sheet for name, lo in own.items() if name in TABLES}
    return {t.name: there[t.sheet] for t in TABLES.inputs if t.name not in located and t.sheet in there and _shared(t)}


def joining_edits(book: Book, located: Collection[str], language: str) -> list[TableEdit]:
    """The edits that put their headers right of all that stands there; none onto a sheet that may not be written, nor in what was
    handed out."""
    edits: list[TableEdit] = []
    if handed_to(book):  # what is not handed out stays so
        return edits
    for name, sheet in joining(book, located).items():
        table, row = TABLES[name], min(lo.area.top for lo in book.list_objects() if lo.sheet == sheet)
        left = max(map(len, book.grid(sheet)), default=0) + _GAP + sum(len(e.cells) for e in edits)
        heads = {(row, left + j): header(table, column, language) for j, column in enumerate(table.names)}
        above = {(row - 1, left): title(table, language)} if row > 1 else {}
        cells: dict[tuple[int, int], object] = {**above, **heads}
        if not book.closed(sheet, list(cells)):
            edits.append(TableEdit(sheet, row, row, cells))
    return edits


def _shared(table: Table) -> bool:
    return sum(other.sheet == table.sheet for other in TABLES.inputs) > 1
