"""The live host of LibreOffice: a Book over a spreadsheet that is open in Calc, by UNO."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from itertools import starmap
from pathlib import Path

import uno

from funnelbook.book import ownership
from funnelbook.book.ports import Area, BookError, ListObject, TableEdit, TableWrite
from funnelbook.book.room import from_below
from funnelbook.hosts import libreoffice_marks as marks
from funnelbook.hosts.libreoffice_edits import Edited, closed
from funnelbook.hosts.libreoffice_sheets import Copied
from funnelbook.hosts.libreoffice_steps import Step, Steps
from funnelbook.hosts.libreoffice_structure import Structure
from funnelbook.hosts.libreoffice_tables import Content, Table, Written, refuse_crowded, same
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.libreoffice_values import Null, Raw, cells_of, read
from funnelbook.hosts.live_values import Rows

NO_MACROS = 0


class LibreOfficeBook:
    """A Book over an open spreadsheet document. `write` changes the sheets, all or none; saving stays with the user."""

    def __init__(self, document: Uno, context: Uno) -> None:
        """`document`: the model of a spreadsheet; `context`: the component context LibreOffice runs in."""
        self._document, self._context = document, context
        self.name = document.getTitle()
        self._null = Null.of(document)
        self.date1904 = self._null.date1904
        self._structure = Structure(document)
        self._steps = Steps(document, context, self._structure.forget)
        self._staged = False
        self._read_before: dict[str, Raw] = {}

    @property
    def path(self) -> Path | None:
        url = self._document.getURL()
        return Path(uno.fileUrlToSystemPath(url)) if url.startswith("file:") else None

    @property
    def saved(self) -> datetime | None:
        told = self._document.DocumentProperties
        at = told.ModificationDate
        if self._document.isModified() or not at.Year:
            return None
        moment = datetime(at.Year, at.Month, at.Day, at.Hours, at.Minutes, at.Seconds)
        # its own files say UTC and mean what the clock showed
        return moment.replace(tzinfo=UTC) if at.IsUTC and "LibreOffice" not in told.Generator else moment.astimezone()

    def sheets(self) -> Sequence[str]:
        return list(self._document.Sheets.ElementNames)

    def list_objects(self) -> Sequence[ListObject]:
        return self._structure.tables()

    def names(self) -> Mapping[str, str]:
        return self._structure.names()

    def define(self, names: Mapping[str, str]) -> None:
        with self.step("Funnelbook"):
            self._steps.did(marks.Defined(self._document, names))
        self._staged = True

    def head(self, sheet: str, rows: int) -> Rows:
        def read_head() -> Rows:
            cells = cells_of(self._document.Sheets.getByName(sheet), self._used(sheet, rows))
            return list(map(list, cells.getDataArray()))

        return self._structure.head(sheet, rows, read_head)

    def grid(self, sheet: str) -> Rows:
        found, area = self._document.Sheets.getByName(sheet), self._used(sheet)
        self._read_before[sheet] = raw = cells_of(found, area).getDataArray()
        return read(self._document, found, area, self._null, raw)

    def step(self, title: str) -> Step:
        """One Undo for all that is changed inside; when that fails, the document is as it was before."""
        return Step(self._steps, title, self.name)

    def closed(self, sheet: str, cells: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        return closed(self._document.Sheets.getByName(sheet), cells)

    def graft(self, template: bytes, sheets: Sequence[str], first: str = "") -> dict[str, str]:
        """Copies sheets of a template after the last one, `first` before all, with their tables and the names of lists they use."""
        copied = Copied(self._document, lambda: self._opened(template), sheets, first)
        with self.step("Funnelbook"):
            self._steps.did(copied)
        self._staged = True
        return dict(copied.names)

    def write(self, tables: Sequence[TableWrite], edits: Sequence[TableEdit] = ()) -> bool:
        ours = ownership.marked(self.names(), self.list_objects(), self.sheets()) if tables else {}
        found = [
            (
                Table(self._document, ours[write.table].name, self._null, self._read_before),
                Content(write, self._null),
            )
            for write in tables
        ]
        todo = [(table, content) for table, content in found if not same(table, content)]
        for table, content in todo:
            refuse_crowded(table, content.write, self.name)
        grids = {sheet: self.grid(sheet) for sheet in {edit.sheet for edit in edits if edit.cells}}
        changed = [edit.without(grids[edit.sheet]) if edit.cells else edit for edit in edits]
        changed = from_below(edit for edit in changed if edit.columns or edit.column)
        self._read_before.clear()
        made = ((edit, Edited(self._document, edit, self._null, self.name)) for edit in changed)
        edited = {edited: edit.sheet for edit, edited in made if edited.changes}
        locked = [sheet for edit, sheet in edited.items() if edit.is_locked]
        locked += [table.sheet.Name for table, _ in todo if table.sheet.isProtected()]
        if locked:
            raise BookError("protected_sheet", file=self.name, sheet=", ".join(dict.fromkeys(locked)))
        with self.step("Funnelbook"):
            for edit in edited:
                edit.put()
            written: list[Written] = []
            for table, content in todo:  # one by one: a table that grows moves the next
                written.append(Written(table, content, self.name))
                written[-1].put()
            self._steps.follow([*edited, *written])
            resized = [each.table.name for each in written if each.after != each.before]
            marks.follow(self._document, [*resized, *(edit.table for edit in edited if edit.table)])
        done, self._staged = bool(todo or edited) or self._staged, False
        return done

    def show(self, sheet: str) -> None:
        """Brings a sheet to the front; one that is hidden is shown, which is no step for Undo: the command is the one taken back."""
        found = self._document.Sheets.getByName(sheet)
        marks.unrecorded(self._document, setattr, found, "IsVisible", True)
        controller = self._document.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(found)

    def remove(self, sheet: str) -> None:
        with self.step("Funnelbook"):
            self._steps.did(marks.Dropped(self._document, sheet))
            self._document.Sheets.removeByName(sheet)

    def selected(self) -> tuple[str, int] | None:
        controller = self._document.getCurrentController()
        chosen = controller.getSelection() if controller is not None else None
        if chosen is None or not chosen.supportsService("com.sun.star.table.CellRange"):
            return None
        address = chosen.getRangeAddress()
        return self.sheets()[int(address.Sheet)], int(address.StartRow) + 1

    def is_hidden(self, sheet: str, row: int) -> bool:
        return not self._rows(sheet, row, row).IsVisible

    def hide(self, sheet: str, first: int, last: int, *, hidden: bool) -> None:
        if self._document.Sheets.getByName(sheet).isProtected():
            raise BookError("protected_sheet", file=self.name, sheet=sheet)
        self._rows(sheet, first, last).IsVisible = not hidden

    def _rows(self, sheet: str, first: int, last: int) -> Uno:
        return self._document.Sheets.getByName(sheet).getCellRangeByPosition(0, first - 1, 0, last - 1).getRows()

    def _used(self, sheet: str, rows: int | None = None) -> Area:
        """Where a sheet is used, from A1 on; of `rows` at most the first."""
        cursor = self._document.Sheets.getByName(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.getRangeAddress()
        bottom = end.EndRow + 1 if rows is None else min(rows, end.EndRow + 1)
        return Area(1, 1, bottom, end.EndColumn + 1)

    def open_beside(self, path: Path) -> None:
        """Opens another workbook to be looked at."""
        self._load(path, ReadOnly=True)

    def _opened(self, template: bytes) -> Uno:
        # a virus scanner may still hold the file
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "funnelbook-template.xlsx"
            path.write_bytes(template)
            return self._load(path, Hidden=True, AsTemplate=True)

    def _load(self, path: Path, **options: object) -> Uno:
        desktop = self._context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self._context)
        options["MacroExecutionMode"] = NO_MACROS
        return desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, tuple(starmap(_property, options.items())))


def _property(name: str, value: object) -> Uno:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made
