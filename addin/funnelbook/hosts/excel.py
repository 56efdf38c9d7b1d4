"""The live host: a Book over a workbook that is open in Excel, by xlwings."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlwings as xw
from xlwings.main import Table

from funnelbook.book import marks, ownership
from funnelbook.book.ports import Area, BookError, CellError, ListObject, TableEdit, TableWrite
from funnelbook.book.room import from_below
from funnelbook.hosts.excel_app import quiet, said
from funnelbook.hosts.excel_edits import Edited, closed
from funnelbook.hosts.excel_names import Names
from funnelbook.hosts.excel_results import Written, refuse_crowded, same
from funnelbook.hosts.excel_steps import AllNames, CopiedSheet, OpenedTemplate
from funnelbook.hosts.excel_tables import area_of, is_protected, last_filled_row, values_of
from funnelbook.hosts.excel_unfinished import Steps
from funnelbook.hosts.live_values import Rows


class ExcelBook:
    """A Book over an open workbook. `write` changes the sheets, all or none; saving stays with the user."""

    def __init__(self, book: xw.Book, folder: Path | None = None) -> None:
        """`folder`: where it lies on the disk how to take back a write, until it is done; nowhere when there is none."""
        self._book, self.name = book, book.name
        self._names, self._steps = Names(book, self.name), Steps(book, folder)
        self.date1904 = bool(getattr(book.api, "Date1904", False))

    @property
    def path(self) -> Path | None:
        try:
            named = Path(self._book.fullname)
        except Exception:  # one in a cloud, whose folder on this computer xlwings does not know
            return None
        return named if named.is_absolute() and named.exists() else None

    @property
    def saved(self) -> datetime | None:
        try:
            book = self._book.api
            return (
                book.BuiltinDocumentProperties("Last Save Time").Value.replace(tzinfo=None).astimezone()
                if book.Saved
                else None
            )
        except Exception:  # never saved, or an Excel that does not tell
            return None

    def sheets(self) -> Sequence[str]:
        return [sheet.name for sheet in self._book.sheets]

    def list_objects(self) -> Sequence[ListObject]:
        return [_listed(table) for sheet in self._book.sheets for table in sheet.tables]

    def names(self) -> Mapping[str, str]:
        return self._names.all()

    def define(self, names: Mapping[str, str]) -> None:
        self._keep_names()
        self._names.define(names)

    def head(self, sheet: str, rows: int) -> Rows:
        return [[None if isinstance(v, CellError) else v for v in row] for row in self._read(sheet, rows)]

    def grid(self, sheet: str) -> Rows:
        return self._read(sheet, None)

    def closed(self, sheet: str, cells: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        return closed(self._book.sheets[sheet], cells)

    def graft(self, template: bytes, sheets: Sequence[str], first: str = "") -> dict[str, str]:
        """Copies sheets of a template after the last one, `first` before all; `abandon` takes them out again."""
        names: dict[str, str] = {}
        front = self._book.sheets.active.name
        self._keep_names()
        # a virus scanner may still hold the file
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, quiet(self._book.app):
            path = Path(folder) / "funnelbook-template.xlsx"
            path.write_bytes(template)
            self._steps.note(OpenedTemplate(path.parent.name, path.name))
            source = self._book.app.books.open(path)
            try:
                defined = {name: text for name, text in Names(source, self.name).all().items() if "!" not in name}
                self._refuse_taken_names(source, sheets, defined)
                for sheet in sheets:  # one by one: Excel copies no group of sheets that hold tables
                    seen = source.sheets[sheet].visible
                    source.sheets[sheet].visible = True
                    self._steps.note(CopiedSheet(sheet, self.sheets()))
                    copied = (
                        source.sheets[sheet].copy(before=self._book.sheets[0])
                        if sheet == first
                        else source.sheets[sheet].copy(after=self._book.sheets[-1])
                    )
                    copied.visible = seen
                    names[sheet] = copied.name
                self._names.define({name: _renamed(text, names) for name, text in defined.items()})
            except BookError:
                raise
            except Exception as error:  # a protected structure, a format that takes no such sheets
                raise BookError("excel_refused", file=self.name, detail=said(error)) from error
            finally:
                source.close()
                self._show(front)
        return names

    def open_beside(self, path: Path) -> None:
        """Opens another workbook to be looked at."""
        try:
            self._book.app.books.open(path, read_only=True)
        except Exception as error:
            raise BookError("excel_refused", file=path.name, detail=said(error)) from error

    def abandon(self) -> bool:
        """Whether Excel let us take out the sheets grafted and not yet written, and the names that came with them."""
        with quiet(self._book.app):
            whole = self._steps.undo()
        self._names.forget()
        return whole

    def keep(self) -> None:
        """Whatever was done stays."""
        self._steps.done()
        self._names.forget()

    def _keep_names(self) -> None:
        if not self._steps:
            self._steps.note(AllNames(self._names.all()))

    def _refuse_taken_names(self, source: xw.Book, sheets: Sequence[str], defined: Mapping[str, str]) -> None:
        tables = {table.name: "" for sheet in sheets for table in source.sheets[sheet].tables}
        self._names.refuse_taken({**defined, **tables})
        used = {table.name.casefold() for sheet in self._book.sheets for table in sheet.tables}
        for name in tables:
            if name.casefold() in used:
                raise BookError("name_taken", file=self.name, name=name)

    def show(self, sheet: str) -> None:
        """Brings a sheet to the front; one that is hidden is shown."""
        if not self._book.sheets[sheet].visible:
            self._book.sheets[sheet].visible = True
        self._show(sheet)

    def remove(self, sheet: str) -> None:
        with quiet(self._book.app):
            self._names.drop_of(sheet)
            self._book.sheets[sheet].delete()

    def selected(self) -> tuple[str, int] | None:
        chosen = self._book.app.selection
        return (chosen.sheet.name, chosen.row) if isinstance(chosen, xw.Range) else None

    def is_hidden(self, sheet: str, row: int) -> bool:
        cell = self._book.sheets[sheet].range((row, 1)).api
        return bool(cell.EntireRow.Hidden if hasattr(cell, "EntireRow") else cell.entire_row.hidden.get())

    def hide(self, sheet: str, first: int, last: int, *, hidden: bool) -> None:
        found = self._book.sheets[sheet]
        if is_protected(found):
            raise BookError("protected_sheet", file=self.name, sheet=sheet)
        cells = found.range((first, 1), (last, 1)).api
        if hasattr(cells, "EntireRow"):
            cells.EntireRow.Hidden = hidden
        else:  # a Mac
            cells.entire_row.hidden.set(hidden)

    def _show(self, sheet: str) -> None:
        # the workbook is in front: xlwings' own `activate` would bring Excel there first, and raise where it cannot
        self._book.sheets[sheet].impl.activate()

    def write(self, tables: Sequence[TableWrite], edits: Sequence[TableEdit] = ()) -> bool:
        there = {_listed(table): table for sheet in self._book.sheets for table in sheet.tables} if tables else {}
        ours = ownership.marked(self.names(), there, self.sheets())
        todo = [(there[ours[write.table]], write) for write in tables]
        todo = [(table, write) for table, write in todo if not same(table, write)]
        for table, write in todo:
            refuse_crowded(table, write, self.name)
        differing = [edit.without(self.grid(edit.sheet)) for edit in edits]
        made = (
            Edited(self._book.sheets[e.sheet], e, self.name, self._steps)
            for e in from_below(differing)
            if e.columns or e.column
        )
        edited = [edit for edit in made if edit.changes]
        locked = [e.sheet.name for e in edited if e.is_locked]
        locked += [table.parent.name for table, _ in todo if is_protected(table.parent)]
        if locked:
            raise BookError("protected_sheet", file=self.name, sheet=", ".join(dict.fromkeys(locked)))
        if todo or edited:
            with quiet(self._book.app):
                self._write_all(todo, edited)
        changed = bool(todo or edited or self._steps)
        self.keep()
        return changed

    def _write_all(self, todo: list[tuple[Table, TableWrite]], edited: list[Edited]) -> None:
        staged = len(self._steps)
        try:
            for edit in edited:
                edit.put()
            for table, write in todo:
                Written(table, write, self.name, self._steps).put()
        except Exception as error:  # whatever Excel refuses, the sheets go back to what they were
            whole = self._steps.undo(staged)
            if whole and isinstance(error, BookError):
                raise
            code = "excel_refused" if whole else "excel_refused_back"
            raise BookError(code, file=self.name, detail=said(error)) from error

    def _read(self, sheet: str, rows: int | None) -> Rows:
        found = self._book.sheets[sheet]
        last = found.used_range.last_cell
        filled = last_filled_row(found, last.row)
        bottom = filled if rows is None else min(rows, filled)
        return values_of(found.range((1, 1), (bottom, last.column)))


def _listed(table: Table) -> ListObject:
    area, totals = area_of(table), bool(table.show_totals)
    whole = Area(area.top, area.left, area.bottom + totals, area.right)
    sheet = table.parent
    heads = values_of(sheet.range((area.top, area.left), (area.top, area.right)))[0]
    return ListObject(table.name, sheet.name, whole, int(totals), tuple("" if v is None else str(v) for v in heads))


def _renamed(formula: str, sheets: Mapping[str, str]) -> str:
    """A formula for cells of a template's sheet, by the name the sheet has here."""
    place = marks.cells_of(formula)
    return marks.formula_of(sheets.get(place[0], place[0]), place[1]) if place else formula
