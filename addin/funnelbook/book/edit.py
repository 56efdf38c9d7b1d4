"""Changes to input tables, from schema columns and codes to the cells of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from funnelbook.book import codes, counted
from funnelbook.book.below import rows_of_range, typed_below
from funnelbook.book.decode import Inputs
from funnelbook.book.encode import shown
from funnelbook.book.labels import Header, normalise
from funnelbook.book.locate import Located
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError, TableEdit
from funnelbook.book.schema import TABLES, Column, Kind, Table
from funnelbook.book.totals import says_total


def table_edit(
    book: Book,
    place: Place,
    language: str,
    *,
    changed: pd.DataFrame | None = None,
    added: pd.DataFrame | None = None,
) -> TableEdit:
    """The edit that sets cells of an input table and adds rows to it.

    `changed`: `row`, the sheet row as the frames of Inputs give it, and the schema columns to set; `added`: schema columns of
    the new rows. Values as in Inputs, codes become words of `language`; a blank clears its cell. BookError `no_column` when a
    value has no column to go to.
    """
    table = TABLES[place.table]
    cells: dict[tuple[int, int], object] = {}
    if changed is not None and len(changed):
        rows = changed["row"].to_numpy(int).tolist()
        for column, values in _columns(book, place, table, changed.drop(columns="row"), language):
            cells |= {(row, column): value for row, value in zip(rows, values, strict=True)}
    rows = []
    if added is not None and len(added):
        columns = _columns(book, place, table, added, language)
        numbers = [column for column, _ in columns]
        rows = [
            {j: value for j, value in zip(numbers, line, strict=True) if value is not None}
            for line in zip(*(values for _, values in columns), strict=True)
        ]
    return TableEdit(place.sheet, place.header_row, last_filled(book, place), cells, rows)


def last_filled(book: Book, place: Place) -> int:
    """The last row of a table that holds data, totals and notes below left out; its header row when there is none."""
    grid = book.grid(place.sheet)
    if not place.listed:
        return place.header_row + rows_of_range(grid[place.header_row : place.last_row], place)
    body = grid[place.header_row : place.last_row and place.last_row + typed_below(grid, place).rows]
    for at in range(len(body) - 1, -1, -1):
        cells = [body[at][j - 1] for j in place.columns.values() if j <= len(body[at])]
        if any(value not in (None, "") for value in cells) and not any(map(says_total, cells)):
            return place.header_row + 1 + at
    return place.header_row


def taken_in(located: Located, inputs: Inputs) -> list[TableEdit]:
    """The edits by which ListObjects take in the rows typed right below them."""
    edits: list[TableEdit] = []
    for name, rows in inputs.typed_below.items():
        place = located.places[name]
        if table := place.listed:  # no other has rows below it
            edits.append(TableEdit(place.sheet, place.header_row, table.bottom + rows, column=table.left))
    return edits


def _columns(
    book: Book, place: Place, table: Table, frame: pd.DataFrame, language: str
) -> list[tuple[int, Sequence[object]]]:
    """(sheet column, cells) of each schema column of a frame that the workbook has."""
    found = []
    for name in frame.columns:
        if name in place.columns:
            values = _as_counted(book, place, table.by_name[name], frame[name])
            found.append((place.columns[name], _cells(table, table.by_name[name], values, language)))
        elif frame[name].notna().any():
            raise BookError("no_column", file=book.name, sheet=place.sheet, column=Header(table.name, name))
    return found


def _as_counted(book: Book, place: Place, column: Column, values: pd.Series) -> pd.Series:
    """Numbers in the unit in which the column of the workbook counts them, and flags as it asks for them."""
    if column.name == "do_not_call" and normalise(place.heading(column.name)) in codes.MAY_CALL_COLUMNS:
        return values.map(lambda said: said if pd.isna(said) else not said).astype(object)
    if column.kind is not Kind.MONEY and not counted.is_duration(column):
        return values
    at = place.columns[column.name] - 1
    there = (line[at] for line in book.grid(place.sheet)[place.header_row : place.last_row] if len(line) > at)
    sizes = pd.to_numeric(values).to_numpy(float, na_value=np.nan)
    return pd.Series(counted.in_unit(sizes, column, place.heading(column.name), there), index=values.index)


def _cells(table: Table, column: Column, values: pd.Series, language: str) -> list[object]:
    """One column's cells as plain values, blanks as None."""
    if column.kind is Kind.FLAG:
        return [None if pd.isna(v) else codes.flag(bool(v), language) for v in values]
    if (table.name, column.kind) == ("Targets", Kind.PERSON):
        team = codes.special(codes.TEAM, language)
        return [team if pd.isna(v) else str(v) for v in values]
    cells = shown(table, column, values, language)
    plain: list[Any] = cells.tolist() if isinstance(cells, np.ndarray) else list(cells)  # days become datetimes
    return [None if pd.isna(v) else v for v in plain]
