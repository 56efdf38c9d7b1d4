"""Tables of a workbook read into frames: the cells of their bodies, each column by its kind, with a row in Problems for what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from funnelbook.book import dates, values
from funnelbook.book.arrays import Column as Cells
from funnelbook.book.arrays import array_of, columns_of, through
from funnelbook.book.below import notes, typed_below
from funnelbook.book.cell_readers import Reading, Typed, days_of, reader, typed
from funnelbook.book.consequences import BLANK_SPEAKS, needed
from funnelbook.book.group_rows import name_groups
from funnelbook.book.left_out import LeftOut, left_out
from funnelbook.book.note_columns import Column as NoteColumn
from funnelbook.book.note_columns import further_notes, say_open_sales
from funnelbook.book.numbers import Numbers, numbered
from funnelbook.book.other_headers import other_headers
from funnelbook.book.parts import owners_of
from funnelbook.book.phone_columns import with_further
from funnelbook.book.place import ROWS, Place
from funnelbook.book.ports import Book, CellError
from funnelbook.book.problems import Problems
from funnelbook.book.refusals import forbids
from funnelbook.book.repeated_heads import repeat_heads
from funnelbook.book.schema import TABLES, Column, Kind, Table
from funnelbook.book.spared import spared
from funnelbook.book.split_names import split_names, with_names
from funnelbook.book.state_columns import SPARED, STATED, special_tier, state_columns
from funnelbook.book.told_apart import kept, settled, told_apart
from funnelbook.book.totals import say_totals
from funnelbook.domain import periods, phone
from funnelbook.domain.dtypes import At, Flags, Objects

Rows = list[dict[str, Any]]  # of a table by schema column, values as in a frame

_DO_NOT_CALL = ("Customers", "do_not_call")
_PERIOD = ("Targets", "period")
_TO_COME = ("Customers", "next_contact")
_PAST = (("Customers", "created"), ("Activities", "at"), ("Orders", "date"))  # cannot lie after as_of
_SAYING_TOTALS = ("name", "owner")
_SUMMED = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE)
_DAYS = (Kind.DATE, Kind.MOMENT)
_FIRST_DAY = np.datetime64(f"{values.FIRST_YEAR}-01-01", "s")
_LAST_DAY = np.datetime64(f"{values.LAST_YEAR}-12-31T23:59:59", "s")


class TableReader:
    """Reads tables of one workbook; a sheet is read once, its cells let go column by column."""

    def __init__(self, book: Book, as_of: date, problems: Problems, referring: Sequence[Place | None] = ()) -> None:
        self.book, self.as_of, self.problems = book, as_of, problems
        self.tiers: Mapping[str, str] | None = None
        self.zone, self.country = dates.HOME, phone.HOME
        self.sheet = ""
        self.grid: Sequence[Sequence[object]] = []
        self.typed_below: dict[str, int] = {}
        self.left_out: dict[str, list[LeftOut]] = {}
        self.referring, self.numbers = referring, Numbers()
        self.ready: dict[str, tuple[dict[str, Objects], At]] = {}  # cells by table, until its frame is made

    def tiers_said(self, customers: Place | None) -> Objects:
        """What the tiers of the customers say."""
        if customers is None or customers.lacks or "tier" not in customers.columns:
            return array_of([])
        raw, _ = self.ready["Customers"] = self.cells(customers)
        return raw["tier"]

    def frame(self, table: Table, place: Place | None) -> pd.DataFrame:
        if place is None or place.lacks:
            return frame_of(table, [])
        raw, row = self.ready.pop(table.name, None) or self.cells(place)
        if "phone" in raw and table.name == "Customers":
            raw["phone"] = settled(with_further(self.book, place, raw["phone"], row, self.country))
        columns: dict[str, Typed] = {}
        never, further = None, list[NoteColumn]()
        if table.name == "Customers":
            further = list(further_notes(self.book, place, self._grid))
            never = spared(raw, row, further, place.heading("do_not_call"), self.problems)
            if "next_contact" in raw:
                raw["next_contact"] = settled(_with(raw["next_contact"], never.by_next, None))
        for column in table.columns:
            cells = raw.pop(column.name, None)
            columns[column.name] = (
                self._column(table, column, cells, row, place.heading(column.name))
                if cells is not None
                else _blank(column, len(row))
            )
        if never is not None:
            say_open_sales(further, row, np.asarray(columns["tier"], dtype=object), self.problems)
            columns["do_not_call"] = np.asarray(columns["do_not_call"], dtype=bool) | never.every
        return self._keyed(table, pd.DataFrame(columns | {"row": row}))

    def cells(self, place: Place) -> tuple[dict[str, Objects], At]:
        """Columns of a table and the row of each cell, of all its parts, with owners that sheets are named after and numbers made."""
        each = [self._cells(part) for part in place.whole]
        raw, row = each[0]
        if place.parts:
            names = dict.fromkeys(name for cells, _ in each for name in cells)
            sizes = [len(rows) for _, rows in each]
            blanks = [np.full(size, None, dtype=object) for size in sizes]
            raw = {
                name: np.concatenate([cells.get(name, blank) for (cells, _), blank in zip(each, blanks, strict=True)])
                for name in names
            }
            row = np.concatenate([rows + i * ROWS for i, (_, rows) in enumerate(each)])
            named = np.repeat(np.array(owners_of(place), dtype=object), sizes)
            said = raw.get("owner", named)
            raw["owner"] = np.where(said == None, named, said)  # noqa: E711 (elementwise)
        if place.numbered:
            raw["id"], self.numbers = numbered(self.book, raw, row, self.referring)
            self._say_returned(self.numbers)
        return {name: settled(cells) for name, cells in raw.items()}, row

    def _say_returned(self, numbers: Numbers) -> None:
        """Tells that numbers were found beside other rows."""
        rows = [row for row, number in numbers.returned.items() if number is not None]
        self.problems.add("Customers", "id", "numbers_returned", rows[:1], None, count=len(rows))
        self.problems.add("Customers", "id", "numbers_anew", numbers.strangers[:1], None, count=len(numbers.strangers))

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
            name: settled(array_of(columns[j - 1] if j <= len(columns) else [None] * len(body)))
            for name, j in place.columns.items()
        }
        if names := split_names(place, other_headers(self.book, place)) if place.table == "Customers" else None:
            raw = with_names(raw, body, names)
        filled = np.zeros(len(body), dtype=bool)
        totals, no_phone = np.zeros(len(body), dtype=bool), np.full(len(body), None, dtype=object)
        for cells in raw.values():
            filled |= told_apart(cells).filled
        for name in _SAYING_TOTALS:  # of who has a phone it is a name
            if name in raw and place.table == "Customers":
                totals |= say_totals(raw[name]) & (raw.get("phone", no_phone) == None)  # noqa: E711 (elementwise)
        first = next(iter(raw.values())) if raw else array_of([])
        for cells in {id(first): first, **{id(raw[k]): raw[k] for k in TABLES[place.table].keys if k in raw}}.values():
            totals |= say_totals(cells)
        totals |= self._total_on_the_left(place, columns, len(body))
        heads, groups = (of(place, raw, len(body)) for of in (repeat_heads, name_groups))
        self.left_out.setdefault(place.table, []).extend(
            left_out(place.sheet, place.header_row, heads, totals & filled, groups)
        )
        totals |= heads | groups
        totals[notes(body, place, np.flatnonzero(filled))] = True
        keep = filled & ~totals
        row = np.arange(place.header_row + 1, place.header_row + 1 + len(body))[keep]
        self._with_states(place, raw, keep, row)
        return {name: cells if keep.all() else kept(cells, keep) for name, cells in raw.items()}, row

    def _grid(self, sheet: str) -> Sequence[Sequence[object]]:
        return self.grid if sheet == self.sheet else self.book.grid(sheet)

    def _with_states(self, place: Place, raw: dict[str, Objects], keep: Flags, row: At) -> None:
        """Puts Won and Lost for tiers where a column beside them says so, and tells how many."""
        heads = other_headers(self.book, place) if "tier" in raw and place.table == "Customers" else {}
        for column, state_of in state_columns(place, heads):
            body = self.grid[place.header_row : place.header_row + len(keep)]
            cells = array_of([line[column - 1] if column <= len(line) else None for line in body])
            none = np.full(len(cells), None, dtype=object)
            raw[SPARED] = _with(raw.get(SPARED, none), through(cells, forbids)[0].astype(bool), True)
            states = through(cells, state_of)[0]
            said = keep & (states != None) & (through(raw["tier"], special_tier)[0] != states)  # noqa: E711 (elementwise)
            raw["tier"] = np.where(said, states, raw["tier"])
            told = row[said[keep]]
            raw[STATED] = _with(raw.get(STATED, none), said, True)
            fields = {"count": len(told), "header": heads[column]}
            self.problems.add(place.table, None, "state_not_tier", told[:1], cells[said][:1], **fields)

    def _total_on_the_left(self, place: Place, columns: Sequence[Cells], rows: int) -> Flags:
        """Which rows say that they are totals in columns that are no column of ours, left of those that are, as a running number."""
        found, heads = np.zeros(rows, dtype=bool), self.grid[place.header_row - 1]
        column = min(place.columns.values(), default=0) - 1
        while 0 < column <= len(columns) and heads[column - 1] not in (None, ""):
            found |= say_totals(array_of(columns[column - 1]))
            column -= 1
        return found

    def reading(self, table: Table, column: Column, header: str) -> Reading:
        """What the cells of a column of this workbook cannot tell themselves; `header`: what stands above it."""
        name = (table.name, column.name)
        return Reading(
            self.as_of,
            self.book.date1904,
            self.tiers,
            spares=name == _DO_NOT_CALL,
            of_team=table.name == "Targets",
            past=name in _PAST,
            to_come=name == _TO_COME,
            zone=self.zone,
            header=header,
        )

    def _column(self, table: Table, column: Column, cells: Objects, row: At, header: str) -> Typed:
        name = (table.name, column.name)
        reading = self.reading(table, column, header)
        parse, trouble, doubts = reader(column, cells, reading)
        for code, texts in doubts.items():
            at = np.flatnonzero(np.isin(cells.astype(str), texts)) if texts else []
            self.problems.add(*name, code, row[at[:1]], cells[at[:1]], count=len(at))
        if name == _PERIOD:
            cells = self._with_years(cells, row)
        parsed, bad = through(cells, parse) if parse else (cells, np.zeros(len(cells), dtype=bool))
        if reading.spares:
            parsed[bad] = True  # one call too few does no harm
        if column.kind in _SUMMED:
            read = parsed.astype(np.float64)
            beyond = ~(np.abs(read) <= values.LARGEST) & told_apart(cells).filled
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

    def _with_years(self, cells: Objects, row: At) -> Objects:
        """Periods with the year they lack; how they are read is said."""
        said, _ = through(cells, partial(periods.with_year, as_of=self.as_of))
        at = np.flatnonzero(said != cells)
        self.problems.add("Targets", "period", "no_year", row[at], cells[at], period=said[at])
        return said

    def _keyed(self, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows whose required cells are there and whose key stands for the first time; the others become problems."""
        lacking = np.zeros(len(frame), dtype=bool)
        for column in table.columns:
            if needed(table, column):
                bad = self.problems.rows(table.name, column.name)
                unread = frame["row"].isin(bad).to_numpy() if len(bad) else np.zeros(len(frame), dtype=bool)
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
        again = frame.duplicated(keys, keep="first").to_numpy() & frame[keys].notna().to_numpy().any(axis=1)
        if not again.any():
            return frame
        self.problems.add(
            table.name, keys[0], "duplicate", frame["row"].to_numpy()[again], frame[keys[0]].to_numpy()[again]
        )
        return frame[~again].reset_index(drop=True)


def _with(cells: Objects, at: Flags, value: object) -> Objects:
    found = cells.copy()
    found[at] = value
    return found


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


def frame_of(table: Table, rows: Rows) -> pd.DataFrame:
    """Rows that are to be those of a table, as if they had been read."""
    columns = {c.name: typed(c, array_of([row.get(c.name) for row in rows])) for c in table.columns}
    return pd.DataFrame(columns).assign(row=np.arange(len(rows)) + 2)  # below a header in the first row
