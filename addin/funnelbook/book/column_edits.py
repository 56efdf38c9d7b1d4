"""A column of a users' table set in some rows, added right of the list where it has none."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from funnelbook.book import numbers
from funnelbook.book.edit import table_edit
from funnelbook.book.free_column import free_column
from funnelbook.book.labels import header
from funnelbook.book.numbers import NewColumn
from funnelbook.book.place import ROWS, Place
from funnelbook.book.ports import Book, TableEdit
from funnelbook.book.schema import TABLES


def column_edits(book: Book, place: Place, column: str, changed: pd.DataFrame, language: str) -> list[TableEdit]:
    """The edits that set one column, sheet by sheet; `changed`: `row`, as the frames of Inputs give it, and the column.

    Where one sheet of the table lacks the column all that do get it, so that their headers stay alike. Sheets that get one of owners
    are marked to stay one table, which such a column would else deny. BookError `no_room_for_numbers` where it has no place.
    """
    part_of = changed["row"].to_numpy(int) // ROWS
    lacking = [part for part in place.whole if column not in part.columns]
    edits: list[TableEdit] = []
    for i, part in enumerate(place.whole):
        rows = changed[part_of == i]
        of_sheet = rows[["row", column]].assign(row=rows["row"].to_numpy(int) % ROWS)
        if column not in part.columns:
            edits.append(_with_column(book, part, column, of_sheet, language))
        elif len(rows):
            edits.append(table_edit(book, part, language, changed=of_sheet))
    if column == "owner" and lacking and place.parts and not place.numbered:
        numbers.mark(book, [NewColumn(part, 0) for part in place.whole])
    return edits


def _with_column(book: Book, part: Place, column: str, rows: pd.DataFrame, language: str) -> TableEdit:
    """The edit that adds the column to one sheet, with its cells."""
    at, beside = free_column(book, part)
    wide = replace(part, columns={**part.columns, column: at})
    edit = table_edit(book, wide, language, changed=rows)
    head = {(part.header_row, at): header(TABLES[part.table], column, language)}
    last = max([edit.last_row, *rows["row"].tolist()])
    return replace(edit, cells=head | dict(edit.cells), last_row=last, column=beside, new_column=at)
