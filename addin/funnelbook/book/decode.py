"""Input tables as typed frames: what people typed, read as they meant it, with a row in Problems for what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.arrays import array_of, columns_of, through
from funnelbook.book.below import notes, typed_below
from funnelbook.book.cell_readers import SPECIAL, Reading, Typed, days_of, reader, tier_words, typed
from funnelbook.book.consequences import BLANK_SPEAKS, needed
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError, CellError
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES, Column, Kind, Table
from funnelbook.book.settings import Settings
from funnelbook.book.totals import say_totals
from funnelbook.domain.dtypes import At, Flags, Objects
from funnelbook.domain.tiers import BadTiers, Tiers
from funnelbook.words import LANGUAGES

_DO_NOT_CALL = ("Customers", "do_not_call")
_PAST = (("Customers", "created"), ("Activities", "at"), ("Orders", "date"))  # cannot lie after as_of
_SUMMED = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE)
_DAYS = (Kind.DATE, Kind.MOMENT)
_FIRST_DAY = np.datetime64(f"{values.FIRST_YEAR}-01-01", "s")
_LAST_DAY = np.datetime64(f"{values.LAST_YEAR}-12-31T23:59:59", "s")


@dataclass(frozen=True)
class Inputs:
    """The input tables of a workbook.

    `frames`: by table name, every schema column and `row`, the row in the sheet; a table that is not there is empty. Columns:
    float64 for numbers, datetime64 for days (DATE without time), bool for flags, else object with None for blanks; tiers and
    words as codes. `present`: the tables found. `problems`: what could not be read. `typed_below`: by table name how many rows
    right below its ListObject were read as its own.
    """

    frames: dict[str, pd.DataFrame]
    present: frozenset[str]
    settings: Settings
    tiers: Tiers
    problems: Problems
    typed_below: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def customer_at(self) -> Mapping[str, At]:
        """By table, the position of each row's customer among the Customers; -1 for an unknown one or none."""
        customers = pd.Index(self.frames["Customers"]["id"])
        return {
            name: customers.get_indexer(self.frames[name]["id"].to_numpy(object)) for name in ("Activities", "Orders")
        }


def decode(book: Book, located: Located, as_of: date) -> Inputs:
    """The Inputs of a workbook. BookError when its tiers cannot be used. Source: workbook.md, Input tables."""
    problems = Problems()
    reader = _Reader(book, as_of, problems)
    frames = {name: reader.frame(TABLES[name], located.places.get(name)) for name in _FIRST}
    settings, unusable = Settings.from_frame(frames["Settings"])
    for one in unusable:
        problems.add("Settings", one.column, one.code, [one.row], [one.value])
    frames["Tiers"] = _without_special(frames["Tiers"], problems)
    tiers = _tiers(frames["Tiers"])
    reader.tiers = tier_words(tiers.codes, tiers.names)
    for table in TABLES.inputs:
        if table.name not in _FIRST:
            frames[table.name] = reader.frame(table, located.places.get(table.name))
    for rival in located.rivals:
        taken = located.places[rival.table]
        problems.add(
            rival.table, None, "two_tables", [rival.header_row], [rival.sheet], taken=taken.sheet, row=taken.header_row
        )
    for place in located.places.values():
        for name in place.lacks:
            problems.add(place.table, name, "missing_column", [place.header_row], [None])
    return Inputs(frames, frozenset(located.places), settings, tiers, problems, reader.typed_below)


def settings_of(book: Book, located: Located, as_of: date) -> Settings:
    """The Settings of a workbook, read without its other tables."""
    frame = _Reader(book, as_of, Problems()).frame(TABLES["Settings"], located.places.get("Settings"))
    return Settings.from_frame(frame)[0]


_FIRST = ("Settings", "Tiers")  # the others are read by what these say


def _tiers(frame: pd.DataFrame) -> Tiers:
    if frame["code"].notna().sum() == 0:
        return Tiers.default()
    try:
        return Tiers.from_frame(frame)
    except BadTiers as error:
        raise BookError(error.code, **error.fields) from error


def _without_special(frame: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """The rows of Tiers but for those called Won, Lost, an order or the team: every funnel has these, and they are no tiers."""
    taken = frame["code"].map(lambda code: normalise(code) in SPECIAL, na_action="ignore").eq(True)
    problems.add("Tiers", "code", "tier_special", frame["row"][taken].to_numpy(), frame["code"][taken].to_numpy(object))
    said = {normalise(codes.special(code, language)) for code in (codes.WON, codes.LOST) for language in LANGUAGES}
    named = ~taken & frame["name"].map(lambda name: normalise(name) in said, na_action="ignore").eq(True)
    problems.add(
        "Tiers", "name", "tier_special_name", frame["row"][named].to_numpy(), frame["name"][named].to_numpy(object)
    )
    return frame.assign(name=frame["name"].where(~named, None))[~taken].reset_index(drop=True)


class _Reader:
    """Reads tables of one workbook; a sheet is read once, its cells let go column by column."""

    def __init__(self, book: Book, as_of: date, problems: Problems) -> None:
        self.book, self.as_of, self.problems = book, as_of, problems
        self.tiers: Mapping[str, str] | None = None
        self.sheet = ""
        self.grid: list[list[object]] = []
        self.typed_below: dict[str, int] = {}

    def frame(self, table: Table, place: Place | None) -> pd.DataFrame:
        if place is None or place.lacks:
            return _empty(table)
        raw, row = self._cells(place)
        columns: dict[str, Typed] = {}
        for column in table.columns:
            cells = raw.pop(column.name, None)
            columns[column.name] = (
                self._column(table, column, cells, row) if cells is not None else _blank(column, len(row))
            )
        frame = pd.DataFrame(columns).assign(row=row)
        return self._keyed(table, frame)

    def _cells(self, place: Place) -> tuple[dict[str, Objects], At]:
        """Columns of a table's body as object arrays, blank and totals rows left out, and the sheet row of each."""
        if place.sheet != self.sheet:
            self.sheet, self.grid = place.sheet, self.book.grid(place.sheet)
        below = typed_below(self.grid, place)
        self.problems.add(
            place.table, None, "rows_below", [below.first] if below.unsure else [], None, count=below.unsure
        )
        if below.rows:
            self.typed_below[place.table] = below.rows
        body = self.grid[place.header_row : place.last_row and place.last_row + below.rows]
        columns = columns_of(body, max(place.columns.values(), default=0))
        raw = {
            name: array_of(columns[j - 1] if j <= len(columns) else [None] * len(body))
            for name, j in place.columns.items()
        }
        filled = np.zeros(len(body), dtype=bool)
        totals = np.zeros(len(body), dtype=bool)
        for cells in raw.values():
            filled |= cells != None  # noqa: E711 (elementwise)
        first = next(iter(raw.values())) if raw else array_of([])
        for cells in {id(first): first, **{id(raw[k]): raw[k] for k in TABLES[place.table].keys if k in raw}}.values():
            totals |= say_totals(cells)
        totals[notes(body, place, np.flatnonzero(filled))] = True
        keep = filled & ~totals
        row = np.arange(place.header_row + 1, place.header_row + 1 + len(body))[keep]
        return {name: cells if keep.all() else cells[keep] for name, cells in raw.items()}, row

    def _column(self, table: Table, column: Column, cells: Objects, row: At) -> Typed:
        spares = (table.name, column.name) == _DO_NOT_CALL
        past = (table.name, column.name) in _PAST
        reading = Reading(
            self.as_of, self.book.date1904, self.tiers, spares, of_team=table.name == "Targets", past=past
        )
        parse, trouble, unsure = reader(column, cells, reading)
        if unsure:
            either = np.flatnonzero(np.isin(cells.astype(str), unsure))
            self.problems.add(
                table.name, column.name, "date_order", row[either[:1]], cells[either[:1]], count=len(either)
            )
        parsed, bad = through(cells, parse) if parse else (cells, np.zeros(len(cells), dtype=bool))
        if spares:
            parsed[bad] = True  # one call too few does no harm
        if column.kind in _SUMMED:
            read = parsed.astype(np.float64)
            beyond = ~(np.abs(read) <= values.LARGEST) & (cells != None)  # noqa: E711 (elementwise)
            read[beyond] = np.nan
        elif column.kind in _DAYS:
            days = days_of(column, parsed)
            beyond = (days < _FIRST_DAY) | (days > _LAST_DAY)
            read = np.where(beyond, np.datetime64("NaT", "s"), days)  # one without any day cannot be written into
        else:
            read, beyond = typed(column, parsed), bad
        for code, at in _troubles(column, trouble, cells, bad | beyond):
            self.problems.add(table.name, column.name, code, row[at], cells[at])
        return read

    def _keyed(self, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows whose required cells are there and whose key stands for the first time; the others become problems."""
        lacking = np.zeros(len(frame), dtype=bool)
        for column in table.columns:
            if needed(table, column):
                unread = frame["row"].isin(self.problems.rows(table.name, column.name)).to_numpy()
                if (table.name, column.name) in BLANK_SPEAKS:
                    lacking |= unread
                    continue
                blank = frame[column.name].isna().to_numpy() & ~lacking
                silent = blank & ~unread
                self.problems.add(table.name, column.name, "blank_cell", frame["row"].to_numpy()[silent], None)
                lacking |= blank
        frame = frame[~lacking].reset_index(drop=True) if lacking.any() else frame
        keys = list(table.keys)
        if not keys:
            return frame
        again = frame.duplicated(keys, keep="first").to_numpy() & frame[keys[0]].notna().to_numpy()
        if not again.any():
            return frame
        self.problems.add(
            table.name, keys[0], "duplicate", frame["row"].to_numpy()[again], frame[keys[0]].to_numpy()[again]
        )
        return frame[~again].reset_index(drop=True)


def _troubles(column: Column, trouble: str, cells: Objects, bad: Flags) -> Iterator[tuple[str, At]]:
    """(code, positions) of the cells that cannot be used, by what is wrong with them."""
    at = np.flatnonzero(bad)
    troubles = [_trouble(column, trouble, value) for value in cells[at]]
    for code in dict.fromkeys(troubles):
        yield code, at[[one == code for one in troubles]]


def _trouble(column: Column, trouble: str, value: object) -> str:
    if column.kind is Kind.PERSON and isinstance(value, CellError):
        return "error_cell"
    return "too_large" if column.kind in _SUMMED and values.is_too_large(value) else trouble


def _blank(column: Column, rows: int) -> Typed:
    return typed(column, np.full(rows, None, dtype=object))


def _empty(table: Table) -> pd.DataFrame:
    return pd.DataFrame({c.name: _blank(c, 0) for c in table.columns}).assign(row=np.zeros(0, dtype=int))
