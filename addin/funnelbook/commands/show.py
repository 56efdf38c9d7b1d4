"""`funnelbook show`: one table of a workbook, by schema names."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from funnelbook.book import problems, result_tables
from funnelbook.book.encode import shown
from funnelbook.book.labels import header, normalise, table_called, title
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError, Cells
from funnelbook.book.schema import TABLES, Column, Kind, Role, Table
from funnelbook.book.told_chance import CHANCE, chance_text
from funnelbook.commands.open import mapping_of, open_book, read_inputs
from funnelbook.words import say

NUMBERS = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE)


def table_named(path: Path, name: str, language: str) -> Table:
    """The table of that name, its own or its sheet's, of any language or as the workbook calls it; BookError lists the titles."""
    table = table_called(name, TABLES.values()) or _called_in(open_book(path), normalise(name))
    if table is None:
        known = say("listed", language).join(title(known, language) for known in TABLES.values())
        raise BookError("unknown_table", table=name, known=known)
    return table


def _called_in(book: Book, said: str) -> Table | None:
    """The table whose ListObject, or else whose sheet, the workbook calls so."""
    at = {(place.sheet, place.header_row): name for name, place in locate(book, mapping_of(book)).places.items()}
    at |= {(place.sheet, place.area.top): name for name, place in result_tables.present(book).items()}
    objects = {(place.sheet, place.area.top): place.name for place in book.list_objects()}
    named = [name for where, name in at.items() if normalise(objects.get(where, "")) == said]
    named += [name for (sheet, _), name in at.items() if normalise(sheet) == said]
    return TABLES[named[0]] if named else None


def show(path: Path, table: Table, *, as_of: date, person: str | None = None) -> pd.DataFrame:
    """The rows of a table by schema names and codes; `person` keeps one person's rows.

    Result tables are read as they stand, input tables as Funnelbook understands them at `as_of`.
    """
    book = open_book(path)
    if table.role is Role.INPUT:
        frame = read_inputs(book, as_of).frames[table.name][list(table.names)]
    else:
        place = result_tables.present(book).get(table.name)
        if place is None:
            raise BookError("no_result_table", file=path.name, table=table.name)
        frame = result_tables.read(book, table, place).frame
    if person is None:
        return frame
    column = next((name for name in ("person", "owner") if name in table.by_name), None)
    if column is None:
        raise BookError("no_person_column", table=table.name)
    return frame[frame[column] == person]


def to_json(table: Table, frame: pd.DataFrame) -> str:
    """A JSON list of objects: dates as ISO text, empty cells as null, whole counts without a point."""
    columns = [_plain(column.kind, frame[column.name]) for column in table.columns]
    rows = [dict(zip(table.names, row, strict=True)) for row in zip(*columns, strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def to_cells(table: Table, frame: pd.DataFrame, language: str) -> tuple[list[str], list[list[str]]]:
    """Headers and rows as text for a screen, columns without any value left out."""
    columns = [c for c in table.columns if frame[c.name].notna().any()]
    if table.name in problems.NAMING:
        frame = problems.shown(frame, language)
    texts = [_texts(c, shown(table, c, frame[c.name], language)) for c in columns]
    return [header(table, c.name, language) for c in columns], [list(row) for row in zip(*texts, strict=True)]


def _plain(kind: Kind, values: pd.Series) -> list[object]:
    if kind in NUMBERS:
        numbers = pd.to_numeric(values).to_numpy(float, na_value=np.nan)
        whole = kind is Kind.COUNT
        return [None if np.isnan(x) else int(x) if whole and x.is_integer() else float(x) for x in numbers]
    if kind is Kind.FLAG:
        return [*values.fillna(False).astype(bool).tolist()]
    if kind in (Kind.DATE, Kind.MOMENT):
        pattern = "%Y-%m-%d" if kind is Kind.DATE else "%Y-%m-%dT%H:%M:%S"
        values = pd.to_datetime(values).dt.strftime(pattern)
    return [None if pd.isna(v) else v for v in values]


def _texts(column: Column, cells: Cells) -> list[str]:
    values = pd.Series(cells if isinstance(cells, np.ndarray) else list[Any](cells))
    match column.kind:
        case Kind.RATE if column.number == CHANCE:
            return [chance_text(v) if pd.notna(v) else "" for v in values]
        case Kind.RATE:
            return [f"{v:.1%}" if pd.notna(v) else "" for v in values]
        case Kind.COUNT:
            return [f"{v:,.0f}" if pd.notna(v) else "" for v in values]
        case Kind.MONEY:
            return [f"{v:,.2f}".removesuffix(".00") if pd.notna(v) else "" for v in values]
        case Kind.NUMBER:
            return [f"{v:,.1f}".removesuffix(".0") if pd.notna(v) else "" for v in values]
        case Kind.DATE | Kind.MOMENT:
            form = "%Y-%m-%d %H:%M" if any(pd.notna(v) and v.time() != time() for v in values) else "%Y-%m-%d"
            return [f"{v:{form}}" if pd.notna(v) else "" for v in values]
        case _:
            return [str(v) if pd.notna(v) else "" for v in values]
