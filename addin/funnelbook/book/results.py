"""Result tables read back from a workbook: schema names and codes again, with the columns users added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.book import decode, problems
from funnelbook.book.encode import UserColumns, row_keys
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.ports import Book, ListObject
from funnelbook.book.schema import RESULTS, TABLES, Table


@dataclass(frozen=True)
class ResultTable:
    """A result table as it stands: `frame` by schema names, `user` the header row and the values users added.

    `entries`: the cells of entry columns as typed, None where blank, row by row as in `frame`. `rows`: their rows in the sheet.
    """

    frame: pd.DataFrame
    user: UserColumns
    entries: pd.DataFrame
    rows: np.ndarray


def present(book: Book) -> dict[str, ListObject]:
    """Result tables of a workbook by schema name."""
    names = {table.name.casefold(): table.name for table in RESULTS}
    return {names[lo.name.casefold()]: lo for lo in book.list_objects() if lo.name.casefold() in names}


def read_all(book: Book) -> dict[str, ResultTable]:
    """Every result table of a workbook by schema name; each sheet is read once."""
    places = present(book)
    tables: dict[str, ResultTable] = {}
    for sheet in dict.fromkeys(place.sheet for place in places.values()):
        grid = book.grid(sheet)
        tables |= {
            name: read(book, TABLES[name], place, grid) for name, place in places.items() if place.sheet == sheet
        }
    return tables


def read(book: Book, table: Table, place: ListObject, grid: list[list[object]] | None = None) -> ResultTable:
    """A result table's rows; its one blank row, shown when there are none, is no row."""
    area = place.area
    cells = grid if grid is not None else book.grid(place.sheet)
    header = [_text(text) for text in cells[area.top - 1][area.left - 1 : area.right]]
    body = cells[area.top : area.bottom - place.totals_rows]
    columns = decode.columns_of([row[area.left - 1 : area.right] for row in body])
    columns += [(None,) * len(body)] * (len(header) - len(columns))
    raw = list(map(decode.array_of, columns))
    filled = np.zeros(len(body), dtype=bool)
    for column in raw:
        filled |= column != None  # noqa: E711 (elementwise)
    row = np.arange(area.top + 1, area.top + 1 + len(body))
    if not filled.all():
        raw, row = [column[filled] for column in raw], row[filled]
    ours = _schema_names(table, header)
    at = {name: j for j, name in ours.items()}
    blank = np.full(int(filled.sum()), None, dtype=object)
    frame = pd.DataFrame(
        {c.name: decode.plain(raw[at[c.name]] if c.name in at else blank, c, book.date1904) for c in table.columns}
    )
    if table.name == "Problems":
        frame = problems.schema_names(frame)
    typed = {c.name: raw[at[c.name]] if c.name in at else blank for c in table.columns if c.entry}
    entries = pd.DataFrame(typed, index=frame.index, dtype=object)
    return ResultTable(frame, _user_columns(table, frame, header, ours, raw), entries, row)


def blank(table: Table) -> pd.DataFrame:
    """A result table without rows, typed as `read` types it."""
    return pd.DataFrame({c.name: decode.plain(np.zeros(0, dtype=object), c, False) for c in table.columns})


def _user_columns(
    table: Table, frame: pd.DataFrame, header: list[str], ours: dict[int, str], raw: list[np.ndarray]
) -> UserColumns:
    theirs = {j: text for j, text in enumerate(header) if j not in ours and text}
    keys = row_keys(table, frame) if theirs else []
    added = {text: {k: v for k, v in zip(keys, raw[j], strict=True) if v is not None} for j, text in theirs.items()}
    order = tuple(ours[j] if j in ours else header[j] for j in range(len(header)) if j in ours or j in theirs)
    return UserColumns(order, added)


def _schema_names(table: Table, header: list[str]) -> dict[int, str]:
    """Position of each schema column; the first of two equal headers is ours."""
    by_alias = {alias: column.name for column in reversed(table.columns) for alias in aliases(table, column.name)}
    names: dict[int, str] = {}
    for j, text in enumerate(header):
        name = by_alias.get(normalise(text))
        if name and name not in names.values():
            names[j] = name
    return names


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
