"""Result tables read back from a workbook: schema names and codes again, with the columns users added."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from funnelbook.book import decode, words
from funnelbook.book.encode import UserColumns, row_keys
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.ports import Book, ListObject
from funnelbook.book.schema import RESULTS, Kind, Table


@dataclass(frozen=True)
class ResultTable:
    """A result table as it stands: `frame` by schema names, `user` the header row and the values users added."""

    frame: pd.DataFrame
    user: UserColumns


def present(book: Book) -> dict[str, ListObject]:
    """Result tables of a workbook by schema name."""
    names = {table.name.casefold(): table.name for table in RESULTS}
    return {names[lo.name.casefold()]: lo for lo in book.list_objects() if lo.name.casefold() in names}


def read(book: Book, table: Table, place: ListObject, grid: list[list[object]] | None = None) -> ResultTable:
    """A result table's rows; its one blank row, shown when there are none, is no row."""
    area = place.area
    cells = grid if grid is not None else book.grid(place.sheet)
    header = [_text(cells[area.top - 1][j]) for j in range(area.left - 1, area.right)]
    body = cells[area.top : area.bottom - place.totals_rows]
    raw = [[row[j] if j < len(row) else None for row in body] for j in range(area.left - 1, area.right)]
    filled = [any(v is not None for v in row) for row in zip(*raw, strict=True)]
    if not all(filled):
        raw = [[v for v, keep in zip(column, filled, strict=True) if keep] for column in raw]
    ours = _schema_names(table, header)
    columns = {name: pd.Series(raw[j], dtype=object) for j, name in ours.items()}
    rows = len(raw[0]) if raw else 0
    frame = pd.DataFrame({name: columns.get(name, pd.Series([None] * rows, dtype=object)) for name in table.names})
    frame = _decoded(table, frame, book.date1904)
    return ResultTable(frame, _user_columns(table, frame, header, ours, raw))


def _user_columns(
    table: Table, frame: pd.DataFrame, header: list[str], ours: dict[int, str], raw: list[list[object]]
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


def _decoded(table: Table, frame: pd.DataFrame, date1904: bool) -> pd.DataFrame:
    special = words.special_of()
    for column in table.columns:
        values = frame[column.name]
        match column.kind:
            case Kind.PERSON:
                frame[column.name] = values.map(lambda v: None if special.get(normalise(v)) == words.TEAM else v)
            case Kind.TIER:
                frame[column.name] = values.map(lambda v: special.get(normalise(v), v) if v is not None else None)
            case _:
                frame[column.name] = decode.plain(values, column, date1904)
    return frame


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
