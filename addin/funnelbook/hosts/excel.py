"""The live host: a Book over a workbook that is open in Excel, by xlwings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

from funnelbook.book.ports import Area, BookError, ListObject, TableWrite
from funnelbook.hosts.excel_tables import Rows, Written, area_of, refuse_crowded, same, values_of


class ExcelBook:
    """A Book over an open workbook. `write` changes the sheets, all or none; saving stays with the user."""

    def __init__(self, book: xw.Book) -> None:
        self._book, self.name = book, book.name
        self._grafted: list[str] = []
        self.date1904 = bool(getattr(book.api, "Date1904", False))

    def sheets(self) -> Sequence[str]:
        return [sheet.name for sheet in self._book.sheets]

    def list_objects(self) -> Sequence[ListObject]:
        return [
            ListObject(table.name, sheet.name, _with_totals(table), int(bool(table.show_totals)))
            for sheet in self._book.sheets
            for table in sheet.tables
        ]

    def head(self, sheet: str, rows: int) -> Rows:
        return self._read(sheet, rows)

    def grid(self, sheet: str) -> Rows:
        return self._read(sheet, None)

    def graft(self, template: bytes, sheets: Sequence[str]) -> dict[str, str]:
        """Copies sheets of a template after the last one; `abandon` takes them out again."""
        names: dict[str, str] = {}
        with tempfile.TemporaryDirectory() as folder, _quiet(self._book.app):
            path = Path(folder) / "funnelbook-template.xlsx"
            path.write_bytes(template)
            source = self._book.app.books.open(path)
            try:
                defined = {name.name: name.refers_to for name in source.names}
                for sheet in sheets:  # one by one: Excel copies no group of sheets that hold tables
                    copied = source.sheets[sheet].copy(after=self._book.sheets[-1])
                    names[sheet] = copied.name
                    self._grafted.append(copied.name)
                self._define(defined)
            finally:
                source.close()
        return names

    def abandon(self) -> None:
        """Takes out the sheets grafted and not yet written."""
        with _quiet(self._book.app):
            for name in self._grafted:
                self._book.sheets[name].delete()
        self._grafted = []

    def write(self, tables: Sequence[TableWrite]) -> bool:
        there = {table.name.casefold(): table for sheet in self._book.sheets for table in sheet.tables}
        todo = [(there[write.table.casefold()], write) for write in tables]
        todo = [(table, write) for table, write in todo if not same(table, write)]
        for table, write in todo:
            refuse_crowded(table, write, self.name)
        if todo:
            with _quiet(self._book.app):
                self._write_all(todo)
        changed, self._grafted = bool(todo or self._grafted), []
        return changed

    def _write_all(self, todo: list[tuple[xw.Table, TableWrite]]) -> None:
        done: list[Written] = []
        try:
            for table, write in todo:
                done.append(Written(table, write, self.name))
                done[-1].put()
        except Exception as error:  # whatever Excel refuses, the sheets go back to what they were
            for written in reversed(done):
                written.undo()
            if isinstance(error, BookError):
                raise
            raise BookError("excel_refused", file=self.name, detail=str(error)) from error

    def _define(self, names: dict[str, str]) -> None:
        """The template's names of lists, in this workbook: a copied sheet brings them as links to the template."""
        there = {name.name.casefold(): name for name in self._book.names}
        for name, refers_to in names.items():
            if "!" in name:  # of one sheet, such as its print titles: copied with it
                continue
            if name.casefold() in there:
                there[name.casefold()].refers_to = refers_to
            else:
                self._book.names.add(name, refers_to)

    def _read(self, sheet: str, rows: int | None) -> Rows:
        found = self._book.sheets[sheet]
        last = found.used_range.last_cell
        bottom = last.row if rows is None else min(rows, last.row)
        return values_of(found.range((1, 1), (bottom, last.column)))


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


def _with_totals(table: xw.Table) -> Area:
    area = area_of(table)
    return Area(area.top, area.left, area.bottom + bool(table.show_totals), area.right)
