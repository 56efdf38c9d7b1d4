"""What takes back each step of a write into a running Excel, as plain values: whoever reads them later can take it back as well."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, cast

import xlwings as xw
from xlwings.main import Table

from funnelbook.book.marks import UNFINISHED
from funnelbook.book.ports import Area
from funnelbook.book.room import LAST_COLUMN
from funnelbook.hosts import excel_tables as tables
from funnelbook.hosts.live_values import Rows, filled

_DAY, _MONEY = "$day", "$money"  # no name has a $ in it


class MovedError(Exception):
    """Cells are elsewhere since: earlier steps would be taken back in the wrong ones."""


class Step(Protocol):
    """What takes back one step, done or not, when all later ones are taken back."""

    def undo(self, book: xw.Book) -> None:
        """Takes it back. Whatever Excel raises where it does not let us; MovedError."""


@dataclass(frozen=True)
class Cells:
    """What cells hold."""

    sheet: str
    top: int
    left: int
    rows: Rows

    @classmethod
    def of(cls, cells: xw.Range) -> Cells:
        """As they are now."""
        return cls(cells.sheet.name, cells.row, cells.column, tables.contents(cells))

    def undo(self, book: xw.Book) -> None:
        bottom, right = self.top + len(self.rows) - 1, self.left + len(self.rows[0]) - 1
        cells = book.sheets[self.sheet].range((self.top, self.left), (bottom, right))
        if tables.contents(cells) == self.rows:  # nothing is asked of a sheet that takes nothing and is as before
            return
        tables.set_formulas(cells, self.rows)
        if tables.shows_all(cells):
            return
        for row, (now, before) in enumerate(zip(tables.contents(cells), self.rows, strict=True), self.top):
            for column, (value, held) in enumerate(zip(now, before, strict=True), self.left):
                if value != held:  # several rows at once do not reach those that a filter hides
                    tables.set_formulas(book.sheets[self.sheet].range((row, column)), held)


@dataclass(frozen=True)
class NumberFormat:
    """The number format that cells have."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    code: str

    def undo(self, book: xw.Book) -> None:
        cells = book.sheets[self.sheet].range((self.top, self.left), (self.bottom, self.right))
        if cells.number_format != self.code:
            cells.number_format = self.code


@dataclass(frozen=True)
class TableArea:
    """Where a ListObject stands, its totals row included."""

    sheet: str
    table: str
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, table: Table) -> TableArea:
        """As it is now."""
        cells = table.range
        last = cells.last_cell
        return cls(table.parent.name, table.name, cells.row, cells.column, last.row, last.column)

    def undo(self, book: xw.Book) -> None:
        sheet = book.sheets[self.sheet]
        table = sheet.tables[self.table]
        if TableArea.of(table) != self:
            table.resize(sheet.range((self.top, self.left), (self.bottom, self.right)))


@dataclass(frozen=True)
class TotalsRow:
    """Whether a ListObject shows its totals."""

    sheet: str
    table: str
    shown: bool

    def undo(self, book: xw.Book) -> None:
        table = book.sheets[self.sheet].tables[self.table]
        if bool(table.show_totals) != self.shown:
            table.show_totals = self.shown


@dataclass(frozen=True)
class Inserted:
    """Cells put in, which moved others down: to be taken out again if they are in."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    filled_to: int  # the last row that held something in these columns before
    there: Rows  # what stood there before

    @classmethod
    def of(cls, sheet: xw.Sheet, area: Area) -> Inserted:
        """Those to be put in."""
        where = area.top, area.left, area.bottom, area.right
        return cls(sheet.name, *where, _filled_to(sheet, area), _held(sheet, area))

    def cells(self, book: xw.Book) -> xw.Range:
        """Those cells."""
        sheet = book.sheets[self.sheet]
        if self.left == 1 and self.right == LAST_COLUMN:
            return sheet.range(f"{self.top}:{self.bottom}")
        return sheet.range((self.top, self.left), (self.bottom, self.right))

    def undo(self, book: xw.Book) -> None:
        sheet, area = book.sheets[self.sheet], Area(self.top, self.left, self.bottom, self.right)
        lower, now = _filled_to(sheet, area) - self.filled_to, _held(sheet, area)
        if lower == 0 or (now == self.there and any(map(filled, now))):  # they were never put in
            return
        if lower != self.bottom - self.top + 1 or any(_is_typed(value) for row in now for value in row):
            raise MovedError(f"{self.sheet}: {self.top}:{self.bottom}")
        self.cells(book).delete("up")


@dataclass(frozen=True)
class SeriesFormula:
    """What a series of a chart draws; chart and series by their place among the others."""

    sheet: str
    chart: int
    series: int
    formula: str

    def undo(self, book: xw.Book) -> None:
        all_of = book.sheets[self.sheet].charts[self.chart].api[1].SeriesCollection()
        series = next(one for at, one in enumerate(all_of) if at == self.series)
        if series.Formula != self.formula:  # one that took no other takes none back
            series.Formula = self.formula


@dataclass(frozen=True)
class NameFormula:
    """What a defined name refers to."""

    name: str
    formula: str

    def undo(self, book: xw.Book) -> None:
        name = next(name for name in book.names if name.name == self.name)
        if name.refers_to != self.formula:
            name.refers_to = self.formula


@dataclass(frozen=True)
class AllNames:
    """All names of a workbook and their formulas, as `Names.all` gives them."""

    names: dict[str, str]

    def undo(self, book: xw.Book) -> None:
        known = {name.casefold(): formula for name, formula in self.names.items()}
        refused: Exception | None = None
        for name in list(book.names):
            formula = known.get(name.name.replace("'", "").casefold())
            if name.name == UNFINISHED:
                continue
            try:
                if formula is None:
                    name.delete()
                elif name.refers_to != f"={formula}":
                    name.refers_to = f"={formula}"
            except Exception as error:  # the others go back
                refused = error
        if refused:
            raise refused


@dataclass(frozen=True)
class CopiedSheet:
    """A sheet of a template put among those that are there; Excel may have added a number to its name."""

    sheet: str
    there: Sequence[str]

    def undo(self, book: xw.Book) -> None:
        called = re.compile(rf"{re.escape(self.sheet)}( \(\d+\))?")
        for name in [sheet.name for sheet in book.sheets]:
            if name not in self.there and called.fullmatch(name):
                book.sheets[name].delete()


@dataclass(frozen=True)
class OpenedTemplate:
    """A workbook opened to copy sheets from: the name of its folder, which nothing else has, and its own."""

    folder: str
    name: str

    def undo(self, book: xw.Book) -> None:
        for other in list(book.app.books):
            if other.name == self.name and Path(other.fullname).parent.name == self.folder:
                other.close()


_KINDS = (Cells, NumberFormat, TableArea, TotalsRow, Inserted, SeriesFormula, NameFormula, AllNames, CopiedSheet)
_BY_NAME = {kind.__name__: kind for kind in (*_KINDS, OpenedTemplate)}


def encoded(step: Step) -> bytes:
    """A step as one line."""
    return json.dumps([type(step).__name__, vars(step)], default=_tagged).encode("ascii")


def decoded(line: bytes) -> Step:
    """The step of a line."""
    kind, values = json.loads(line, object_hook=_untagged)
    return _BY_NAME[kind](**values)


def formats_of(cells: xw.Range) -> Iterator[NumberFormat]:
    """The number formats of cells; to be noted before what the cells hold, for a number put into a text's format becomes a text."""
    (rows, columns), sheet, code = cells.shape, cells.sheet, cast("object", cells.number_format)
    top, left = cells.row, cells.column
    bottom, right = top + rows - 1, left + columns - 1
    if isinstance(code, str):
        yield NumberFormat(sheet.name, top, left, bottom, right, code)
    elif columns > 1:  # several: halved, the parts tell
        middle = left + columns // 2
        yield from formats_of(sheet.range((top, left), (bottom, middle - 1)))
        yield from formats_of(sheet.range((top, middle), (bottom, right)))
    elif rows > 1:
        middle = top + rows // 2
        yield from formats_of(sheet.range((top, left), (middle - 1, right)))
        yield from formats_of(sheet.range((middle, left), (bottom, right)))


def series_of(sheet: xw.Sheet) -> Iterator[tuple[SeriesFormula, Any]]:
    """What the charts of a sheet draw, and their series; a Mac tells none, nor do kinds of charts whose series have no formula."""
    for at, chart in enumerate(sheet.charts):
        try:
            found = [
                (SeriesFormula(sheet.name, at, number, series.Formula), series)
                for number, series in enumerate(chart.api[1].SeriesCollection())
            ]
        except Exception:  # such a chart draws none of our tables
            continue
        yield from found


def _held(sheet: xw.Sheet, area: Area) -> Rows:
    right = max(area.left, min(area.right, sheet.used_range.last_cell.column))
    return list(map(list, tables.formulas(sheet.range((area.top, area.left), (area.bottom, right)))))


def _is_typed(held: object) -> bool:
    """Whether somebody put something into a cell: Excel itself puts formulas into rows of a ListObject."""
    return held not in (None, "") and not (isinstance(held, str) and held.startswith("="))


def _filled_to(sheet: xw.Sheet, area: Area) -> int:
    """The last row from the top of an area on that holds something in its columns; where none does, the last one in use."""
    used = sheet.used_range.last_cell
    right = max(area.left, min(area.right, used.column))
    cells: Sequence[Sequence[object]] = tables.formulas(
        sheet.range((area.top, area.left), (max(area.top, tables.last_filled_row(sheet, used.row)), right))
    )
    return max((row for row, line in enumerate(cells, area.top) if filled(line)), default=used.row)


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {_DAY: value.replace(tzinfo=None).isoformat()}
    if isinstance(value, Decimal):
        return {_MONEY: str(value)}
    raise TypeError(f"{type(value)} is in no cell")


def _untagged(found: dict[str, object]) -> object:
    if len(found) == 1:
        ((tag, text),) = found.items()
        if tag == _DAY:
            return datetime.fromisoformat(str(text))
        if tag == _MONEY:
            return Decimal(str(text))
    return found
