"""The live host of LibreOffice: a Book over a spreadsheet that is open in Calc, by UNO."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import starmap
from pathlib import Path

import uno
from com.sun.star.uno import Exception as UnoError

from funnelbook.book.ports import Area, BookError, CellError, ListObject, TableEdit, TableWrite
from funnelbook.hosts.libreoffice_edits import Edited
from funnelbook.hosts.libreoffice_sheets import Copied
from funnelbook.hosts.libreoffice_steps import Steps
from funnelbook.hosts.libreoffice_tables import Table, Written, area_of, refuse_crowded, same
from funnelbook.hosts.libreoffice_values import Null, read
from funnelbook.hosts.live_values import Rows

NO_MACROS = 0


class LibreOfficeBook:
    """A Book over an open spreadsheet document. `write` changes the sheets, all or none; saving stays with the user."""

    def __init__(self, document: object, context: object) -> None:
        """`document`: the model of a spreadsheet; `context`: the component context LibreOffice runs in."""
        self._document, self._context = document, context
        self.name = document.getTitle()
        self._null = Null.of(document)
        self.date1904 = self._null.date1904
        self._steps = Steps(document)
        self._grafted = False

    def sheets(self) -> Sequence[str]:
        return list(self._document.Sheets.ElementNames)

    def list_objects(self) -> Sequence[ListObject]:
        names, ranges = self.sheets(), self._document.DatabaseRanges
        found = map(ranges.getByName, ranges.ElementNames)
        return [ListObject(r.Name, names[r.DataArea.Sheet], area_of(r.DataArea), int(r.TotalsRow)) for r in found]

    def head(self, sheet: str, rows: int) -> Rows:
        return [[None if isinstance(v, CellError) else v for v in row] for row in self._read(sheet, rows)]

    def grid(self, sheet: str) -> Rows:
        return self._read(sheet, None)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One Undo for all that is changed inside; when that fails, the document is as it was before."""
        with self._quiet(), self._steps.one(title):
            yield

    def graft(self, template: bytes, sheets: Sequence[str]) -> dict[str, str]:
        """Copies sheets of a template after the last one, with their tables and the names of lists they use."""
        copied = Copied(self._document, lambda: self._opened(template), sheets)
        with self.step("Funnelbook"):
            self._steps.did(copied)
        self._grafted = True
        return dict(copied.names)

    def write(self, tables: Sequence[TableWrite], edits: Sequence[TableEdit] = ()) -> bool:
        names = {name.casefold(): name for name in self._document.DatabaseRanges.ElementNames}
        found = [(Table(self._document, names[write.table.casefold()], self._null), write) for write in tables]
        todo = [(table, write) for table, write in found if not same(table, write)]
        for table, write in todo:
            refuse_crowded(table, write, self.name)
        grids = {sheet: self.grid(sheet) for sheet in {edit.sheet for edit in edits if edit.cells}}
        changed = [edit.without(grids[edit.sheet]) if edit.cells else edit for edit in edits]
        changed = [edit for edit in changed if edit.cells or edit.rows]
        with self.step("Funnelbook"):
            for edit in changed:
                self._do(Edited(self._document, edit, self._null, self.name))
            for table, write in todo:
                self._do(Written(table, write, self.name))
        written, self._grafted = bool(todo or changed) or self._grafted, False
        return written

    def _do(self, change: Edited | Written) -> None:
        change.make_room()
        self._steps.did(change)

    def show(self, sheet: str) -> None:
        """Brings a sheet to the front; one that is hidden is shown."""
        found = self._document.Sheets.getByName(sheet)
        found.IsVisible = True
        controller = self._document.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(found)

    def _read(self, sheet: str, rows: int | None) -> Rows:
        found = self._document.Sheets.getByName(sheet)
        cursor = found.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.getRangeAddress()
        bottom = end.EndRow + 1 if rows is None else min(rows, end.EndRow + 1)
        return read(self._document, found, Area(1, 1, bottom, end.EndColumn + 1), self._null)

    def _opened(self, template: bytes) -> object:
        desktop = self._context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self._context)
        options = {"Hidden": True, "ReadOnly": True, "MacroExecutionMode": NO_MACROS}
        # a virus scanner may still hold the file
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "funnelbook-template.xlsx"
            path.write_bytes(template)
            return desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, tuple(starmap(_property, options.items())))

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Calc neither draws nor works out formulas meanwhile; what it refuses is told as a refusal."""
        self._document.lockControllers()
        self._document.addActionLock()
        try:
            yield
        except UnoError as error:
            raise BookError("office_refused", file=self.name, detail=error.Message or type(error).__name__) from error
        finally:
            self._document.removeActionLock()
            self._document.unlockControllers()


def _property(name: str, value: object) -> object:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made
