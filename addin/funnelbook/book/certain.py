"""Cells of input tables that are written in another way than they are read, where the reading is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from funnelbook.book import counted, dates, values
from funnelbook.book.arrays import array_of, through
from funnelbook.book.cell_readers import Reader, Reading, days_of, reader
from funnelbook.book.decode import settings_of
from funnelbook.book.locate import Located
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES, Column, Kind
from funnelbook.book.table_reader import TableReader
from funnelbook.domain import phone
from funnelbook.domain.dtypes import Objects

_NUMBERS = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE)
_DAYS = (Kind.DATE, Kind.MOMENT)
_YEAR = timedelta(days=366)
_NOTHING: dict[object, object] = {}

FOUND = ("table", "column", "row", "old", "new")


def corrections(book: Book, located: Located, as_of: date) -> pd.DataFrame:
    """Cells and what they are read as (FOUND: table and column by schema name, row as in the frames of Inputs), where that is certain.

    A number, a day, a phone, an id or the name of a person that stands as a text, read without doubt. Not: what the rest of its
    column or today decides alone (1.250, 5/3, 下周), blanks, and any column in which another cell would be read differently then.
    Source: ownbooks.md 2.
    """
    tables, settings = TableReader(book, as_of, Problems()), settings_of(book, located, as_of)
    tables.zone = settings.zone
    found = [
        pd.DataFrame({"table": table.name, "column": column.name, "row": row[at], "old": cells[at], "new": new})
        for table in TABLES.inputs
        if (place := located.places.get(table.name)) and not place.lacks
        for raw, row in [tables.cells(place)]
        for column in table.columns
        if column.name in place.columns
        for cells in [raw[column.name]]
        for at, new in _in_column(
            column, cells, tables.reading(table, column, place.heading(column.name)), settings.country
        )
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame({name: [] for name in FOUND}, dtype=object)


def _in_column(column: Column, cells: Objects, reading: Reading, country: str) -> Iterator[tuple[np.ndarray, Objects]]:
    """Positions of the cells of a column to be corrected, and what they become; nothing where there are none."""
    read = reader(column, cells, reading)
    doubtful = {text for texts in read.doubts.values() for text in texts}
    becomes = {old: new for old, new in _becomes(column, cells, reading, read, country).items() if old not in doubtful}
    if not becomes:
        return
    after = array_of([becomes.get(cell, cell) for cell in cells])
    if column.kind not in (*_NUMBERS, *_DAYS) or _same(column, cells, after, reading):
        at = np.flatnonzero([cell in becomes for cell in cells])
        yield at, after[at]


def _becomes(column: Column, cells: Objects, reading: Reading, read: Reader, country: str) -> dict[object, object]:
    """Each of the distinct cells to what it is read as, where that is certain and differs."""
    there = [cell for cell in pd.unique(cells) if isinstance(cell, str | float)]
    texts = [cell for cell in there if isinstance(cell, str)]
    parse = read.parse
    match column.kind:
        case Kind.PHONE:
            return {text: spelt for text in texts if (spelt := phone.tidied(text, country))}
        case _ if parse is None:
            return _NOTHING
        case kind if kind in _NUMBERS and not counted.is_duration(column):
            mixed = bool(read.doubts.get("currencies"))
            sizes = {text: size for text in texts if _plain(text, mixed) and isinstance(size := parse(text), float)}
            stand = counted.in_unit(np.array([*sizes.values()]), column, reading.header, ())
            return dict(zip(sizes, stand.tolist(), strict=True))
        case kind if kind in _DAYS:
            order = dates.day_order(texts, reading.as_of, past=reading.past)
            days = {cell: day for cell in there if isinstance(day := parse(cell), datetime)}
            return {
                cell: day.date() if day.time() == time() else day
                for cell, day in days.items()
                if all(_read_on(cell, reading, order, by) == day for by in (-_YEAR, _YEAR))
            }
        case Kind.ID | Kind.PERSON:
            return _stripped(texts, parse)
        case Kind.TEXT if column.key or column.chosen_from:
            return _stripped(texts, parse)
        case _:
            return _NOTHING


def _plain(text: str, mixed: bool) -> bool:
    """Whether a number may stand without what is written beside it; `mixed`: its column is in several currencies."""
    currency = values.currency(text)
    return (
        "%" not in values.fold(text)
        and not values.is_about(text)
        and (currency is None or (currency == "cny" and not mixed))
    )


def _stripped(texts: list[str], parse: Callable[[object], object]) -> dict[object, object]:
    return {text: name for text in texts if isinstance(name := parse(text), str) and name != text}


def _read_on(cell: object, reading: Reading, order: dates.DayOrder, by: timedelta) -> object:
    """A day as it would be read earlier or later: what names no year is not the same then."""
    return dates.moment(cell, date1904=reading.date1904, as_of=reading.as_of + by, order=order, zone=reading.zone)


def _same(column: Column, before: Objects, after: Objects, reading: Reading) -> bool:
    """Whether a column is read, and doubted, alike before and after: some cells may be what tells how to read the others."""
    (one, doubts), (other, later) = (_read(column, cells, reading) for cells in (before, after))
    return later == doubts and np.array_equal(one, other, equal_nan=True)


def _read(column: Column, cells: Objects, reading: Reading) -> tuple[np.ndarray, set[str]]:
    read = reader(column, cells, reading)
    parsed = through(cells, read.parse)[0] if read.parse else cells
    doubts = {text for texts in read.doubts.values() for text in texts}
    return (days_of(column, parsed) if column.kind in _DAYS else parsed.astype(np.float64)), doubts
