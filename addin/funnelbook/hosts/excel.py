"""The live host: a Book over a workbook that is open in Excel, by xlwings."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import numpy as np
import xlwings as xw

from funnelbook.book.ports import ERROR_CODES, Area, BookError, CellError, ListObject, TableWrite

Rows = list[list[object]]
_SERIES_RANGE = re.compile(r"\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")
_TAKEN_AS_TYPED = re.compile(r"[^\W\d_][^\d=+@%/:]*")  # Excel makes no number, date or formula of such a text


class ExcelBook:
    """A Book over an open workbook. `write` changes the sheets, all or none; saving stays with the user."""

    def __init__(self, book: xw.Book) -> None:
        self._book, self.name = book, book.name
        self._grafted = False
        self.date1904 = bool(getattr(book.api, "Date1904", False))

    def sheets(self) -> Sequence[str]:
        return [sheet.name for sheet in self._book.sheets]

    def list_objects(self) -> Sequence[ListObject]:
        return [
            ListObject(table.name, sheet.name, _area(table.range), int(bool(table.show_totals)))
            for sheet in self._book.sheets
            for table in sheet.tables
        ]

    def head(self, sheet: str, rows: int) -> Rows:
        return self._read(sheet, rows)

    def grid(self, sheet: str) -> Rows:
        return self._read(sheet, None)

    def graft(self, template: bytes, sheets: Sequence[str]) -> dict[str, str]:
        """Copies sheets of a template after the last one, together, so that they go on speaking of each other."""
        before = {s.name for s in self._book.sheets}
        with tempfile.TemporaryDirectory() as folder, _quiet(self._book.app):
            path = Path(folder) / "funnelbook-template.xlsx"
            path.write_bytes(template)
            source = self._book.app.books.open(path)
            try:
                source.api.Worksheets(tuple(sheets)).Copy(After=self._book.sheets[-1].api)
            except AttributeError as error:  # what COM can do in one go AppleScript cannot
                raise BookError("adopt_closed", file=self.name) from error
            finally:
                source.close()
        added = [s.name for s in self._book.sheets if s.name not in before]
        self._grafted = True
        return dict(zip(sheets, added, strict=True))

    def write(self, tables: Sequence[TableWrite]) -> bool:
        there = {table.name.casefold(): table for sheet in self._book.sheets for table in sheet.tables}
        todo = [(there[write.table.casefold()], write) for write in tables]
        todo = [(table, write) for table, write in todo if not _same(table, write)]
        for table, write in todo:
            self._refuse_crowded(table, write)
        if todo:
            with _quiet(self._book.app):
                self._write_all(todo)
        changed, self._grafted = bool(todo) or self._grafted, False
        return changed

    def _write_all(self, todo: list[tuple[xw.Table, TableWrite]]) -> None:
        kept = {table.parent.name: _Kept(table.parent) for table, _ in todo}
        try:
            for table, write in todo:
                _put(table, write, kept[table.parent.name])
        except Exception as error:  # whatever Excel refuses, the sheets go back to what they were
            for sheet in kept.values():
                sheet.restore()
            raise BookError("excel_refused", file=self.name, detail=str(error)) from error

    def _refuse_crowded(self, table: xw.Table, write: TableWrite) -> None:
        area, sheet = _area(table.range), table.parent
        wider = len(write.headers) - (area.right - area.left + 1)
        if wider > 0:
            beside = _values(sheet.range((area.top, area.right + 1), (area.bottom, area.right + wider)))
            if any(v not in (None, "") for row in beside for v in row):
                raise BookError("no_room", file=self.name, sheet=sheet.name, table=write.table)

    def _read(self, sheet: str, rows: int | None) -> Rows:
        found = self._book.sheets[sheet]
        last = found.used_range.last_cell
        bottom = last.row if rows is None else min(rows, last.row)
        return _values(found.range((1, 1), (bottom, last.column)))


def in_front() -> ExcelBook:
    """The workbook a ribbon button was pressed in."""
    return ExcelBook(xw.Book.caller())


def say_done(text: str) -> None:
    """Shows one line in Excel's status bar."""
    xw.Book.caller().app.status_bar = text


def say_told(text: str) -> None:
    """Shows a message that waits to be read."""
    xw.Book.caller().app.alert(text, title="Funnelbook", mode="info")


def say_refused(text: str) -> None:
    """Shows why nothing was done."""
    app = xw.Book.caller().app
    app.status_bar = False
    app.alert(text, title="Funnelbook", mode="critical")


def show_sheet(name: str) -> None:
    """Brings a sheet to the front."""
    # the workbook is in front: xlwings' own `activate` would bring Excel there first, and raise where it cannot
    xw.Book.caller().sheets[name].impl.activate()


@contextmanager
def _quiet(app: xw.App) -> Iterator[None]:
    """Excel neither draws nor calculates meanwhile; afterwards it does as before, whatever happened."""
    before = app.screen_updating, app.calculation, app.display_alerts
    app.screen_updating, app.calculation, app.display_alerts = False, "manual", False
    try:
        yield
    finally:
        app.screen_updating, app.calculation, app.display_alerts = before


@dataclass
class _Kept:
    """A sheet as it was: what its cells hold, where its tables stand, and the rows put in since."""

    sheet: xw.Sheet
    inserted: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.used = self.sheet.used_range.address
        self.cells = _contents(self.sheet.used_range)
        self.tables = {table.name: table.range.address for table in self.sheet.tables}

    def restore(self) -> None:
        for first, last in reversed(self.inserted):
            self.sheet.range(f"{first}:{last}").delete("up")
        if _contents(self.sheet.used_range) != self.cells:
            self.sheet.used_range.clear_contents()
            self.sheet.range(self.used).formula = self.cells
        for table in self.sheet.tables:
            if table.range.address != self.tables[table.name]:
                table.resize(self.sheet.range(self.tables[table.name]))


def _contents(cells: xw.Range) -> Rows:
    """Cells as they can be put back: formulas as such, texts marked as texts."""
    found = cells.formula
    formulas = found if isinstance(found, tuple | list) else ((found,),)
    return [
        [f if isinstance(f, str) and f.startswith("=") and f != v else _typed(v) for f, v in zip(*pair, strict=True)]
        for pair in zip(formulas, cells.options(ndim=2, err_to_str=True).value, strict=True)
    ]


def _put(table: xw.Table, write: TableWrite, kept: _Kept) -> None:
    sheet, area = table.parent, _area(table.range)
    first, rows = area.top + 1, max(1, write.rows)
    right, bottom = area.left + len(write.headers) - 1, area.top + rows
    formulas = _formulas(table, write)
    grown = bottom - area.bottom
    if grown > 0 and sheet.used_range.last_cell.row > area.bottom:
        sheet.range(f"{area.bottom + 1}:{bottom}").insert("down")
        kept.inserted.append((area.bottom + 1, bottom))
    if grown < 0:
        sheet.range((bottom + 1, area.left), (area.bottom, area.right)).clear_contents()
    if right < area.right:
        sheet.range((area.top, right + 1), (area.bottom, area.right)).clear_contents()
    table.resize(sheet.range((area.top, area.left), (bottom, right)))
    if grown > 0:
        sheet.range((first, area.left), (first, right)).copy()
        sheet.range((area.bottom + 1, area.left), (bottom, right)).paste("formats")
        table.parent.book.app.cut_copy_mode = False
    sheet.range((area.top, area.left)).value = [list(map(_typed, write.headers)), *_body(write)]
    for at, formula in formulas.items():
        sheet.range((first, area.left + at), (bottom, area.left + at)).formula = formula
    if area.top > 1 and write.note:
        sheet.range((area.top - 1, area.left)).value = _typed(write.note)
    drawn = rows if write.chart_rows is None else max(1, min(rows, write.chart_rows))
    _draw(sheet, first, first + drawn - 1, area.left, right)


def _formulas(table: xw.Table, write: TableWrite) -> dict[int, str]:
    """Formulas of calculated columns that users added, by position in what is written."""
    body = table.data_body_range
    if body is None:
        return {}
    first = body.resize(1).formula
    line = first[0] if isinstance(first, tuple | list) else (first,)
    line = line[0] if isinstance(line[0], tuple | list) else line
    heads = [str(v) for v in _values(table.header_row_range)[0]]
    at = {head: j for j, head in enumerate(write.headers)}
    return {at[h]: f for h, f in zip(heads, line, strict=True) if h in at and isinstance(f, str) and f.startswith("=")}


def _draw(sheet: xw.Sheet, first: int, last: int, left: int, right: int) -> None:
    """Charts that draw the table's first rows draw as many as there are now (Windows; on a Mac they stay as they are)."""

    def redrawn(found: re.Match[str]) -> str:
        column = sheet.range(f"{found[1]}1").column
        if int(found[2]) != first or not left <= column <= right or found[1] != found[3]:
            return found[0]
        return f"${found[1]}${first}:${found[3]}${last}"

    for chart in sheet.charts:
        api = chart.api[1] if isinstance(chart.api, tuple) else None
        for series in api.SeriesCollection() if api is not None and hasattr(api, "SeriesCollection") else ():
            formula = _SERIES_RANGE.sub(redrawn, series.Formula)
            if formula != series.Formula:
                series.Formula = formula


def _same(table: xw.Table, write: TableWrite) -> bool:
    """Whether a table holds what is to be written already; of calculated columns only the header counts."""
    area = _area(table.range)
    rows = max(1, write.rows)
    if (area.bottom - area.top, area.right - area.left + 1) != (rows, len(write.headers)):
        return False
    calculated = _formulas(table, write)
    there = _values(table.range)
    new = [list(write.headers), *_body(write, typed=False)]
    note = table.parent.range((area.top - 1, area.left)).value if area.top > 1 and write.note else write.note
    return note == write.note and all(
        (i and j in calculated) or _plain(a) == _plain(b)
        for i, (old, line) in enumerate(zip(there, new, strict=True))
        for j, (a, b) in enumerate(zip(old, line, strict=True))
    )


def _body(write: TableWrite, *, typed: bool = True) -> Rows:
    columns = []
    for column in write.columns:
        if isinstance(column, np.ndarray) and column.dtype.kind == "M":
            cells = [None if np.isnat(v) else v.astype("datetime64[s]").item() for v in column]
        else:
            cells = column.tolist() if isinstance(column, np.ndarray) else list(column)
        columns.append([_typed(v) for v in cells] if typed else cells)
    return [list(row) for row in zip(*columns, strict=True)] or [[None] * len(write.headers)]


def _typed(value: object) -> object:
    """A value as it is put into a cell; texts that Excel would make something else of are marked as text."""
    if isinstance(value, str) and value and not (_TAKEN_AS_TYPED.fullmatch(value) and value.upper() not in _WORDS):
        return "'" + value
    if isinstance(value, float) and np.isnan(value):
        return None
    return datetime(value.year, value.month, value.day) if type(value) is date else value


_WORDS = ("TRUE", "FALSE")


def _plain(value: object) -> object:
    """A value as it comes back from a cell, for comparing."""
    match value:
        case None | "":
            return None
        case float() if np.isnan(value):
            return None
        case bool():
            return value
        case int() | float():
            return float(f"{value:.15g}")
        case datetime():
            return value.replace(microsecond=0)
        case date():
            return datetime(value.year, value.month, value.day)
        case _:
            return value


def _values(cells: xw.Range) -> Rows:
    found = cells.options(ndim=2, err_to_str=True).value
    return [[CellError(v) if isinstance(v, str) and v in ERROR_CODES else v for v in row] for row in found]


def _area(cells: xw.Range) -> Area:
    last = cells.last_cell
    return Area(cells.row, cells.column, last.row, last.column)
