"""Defined names of an open document of LibreOffice as Excel would write them, and marks of ownership put in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import uno

from funnelbook.book import marks
from funnelbook.book.ports import Area
from funnelbook.hosts.libreoffice_uno import Uno


def unrecorded(document: Uno, run: Callable[..., object], *arguments: object) -> None:
    """Does one thing that LibreOffice is not to record: a change that takes itself back, or that unlocks what was locked before."""
    manager = document.getUndoManager()
    manager.lock()
    try:
        run(*arguments)
    finally:
        manager.unlock()


class AllAtOnce:
    """Names set inside are no step for Undo, and formulas take them in when all are: for each, LibreOffice goes through every one."""

    def __init__(self, document: Uno) -> None:
        self._names, self._manager = document.NamedRanges, document.getUndoManager()

    def __enter__(self) -> None:
        self._manager.lock()
        self._names.addActionLock()  # those of single sheets wait with it

    def __exit__(self, *_error: object) -> None:
        self._names.removeActionLock()
        self._manager.unlock()


def follow(document: Uno, tables: Collection[str]) -> None:
    """Has the names that read these tables take them in their new size: LibreOffice goes on with the one they had when it read them."""
    if not tables:
        return
    every = [document.NamedRanges, *(sheet.NamedRanges for sheet in document.Sheets)]
    with AllAtOnce(document):
        for names in every:
            for name in map(names.getByName, names.ElementNames):
                text = name.Content
                if any(f"{table}[" in text for table in tables):
                    name.setContent(text)


def read(document: Uno) -> dict[str, str]:
    """Formula of each name, cells in Excel's notation; one of a sheet only is called Sheet!name."""
    sheets = document.Sheets.ElementNames
    found = {name: _formula(document.NamedRanges.getByName(name), sheets) for name in document.NamedRanges.ElementNames}
    for sheet in sheets:
        local = document.Sheets.getByName(sheet).NamedRanges
        found |= {f"{sheet}!{name}": _formula(local.getByName(name), sheets) for name in local.ElementNames}
    return found


def _formula(name: Uno, sheets: tuple[str, ...]) -> str:
    cells = name.getReferredCells()
    if (
        cells is None or "#REF!" in name.Content
    ):  # of a sheet that is gone LibreOffice gives the one that stands there now
        return name.Content
    at = cells.getRangeAddress()
    return marks.formula_of(
        sheets[at.Sheet], Area(at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)
    )


class Defined:
    """Names of the document defined or set anew, as a change that takes itself back."""

    again = True

    def __init__(self, document: Uno, names: Mapping[str, str]) -> None:
        self._document, self._names = document, names
        self._before: dict[str, str] = {}  # content of names that were there

    def do(self) -> None:
        there = self._document.NamedRanges
        known = {name.casefold(): name for name in there.ElementNames}
        self._before = {}
        with AllAtOnce(self._document):
            for name, formula in self._names.items():
                content = _content(formula)
                if name.casefold() in known:
                    found = there.getByName(known[name.casefold()])
                    self._before[found.Name] = found.Content
                    found.setContent(content)
                else:
                    _add(there, name, content)

    def undo(self) -> None:
        there = self._document.NamedRanges
        with AllAtOnce(self._document):
            for name in self._names:
                if name not in self._before and name in there.ElementNames:
                    there.removeByName(name)
            for name, content in self._before.items():
                there.getByName(name).setContent(content)


class Dropped:
    """Names of cells of a sheet that is to go, as a change that takes itself back."""

    again = False  # the sheet is another one when it has come back

    def __init__(self, document: Uno, sheet: str) -> None:
        self._document, self._sheet = document, sheet
        self._before: dict[str, str] = {}  # content by name

    def do(self) -> None:
        there = self._document.NamedRanges
        names = read(self._document)
        with AllAtOnce(self._document):
            for name, formula in names.items():
                place = marks.cells_of(formula)
                if place and place[0] == self._sheet and name in there.ElementNames:
                    self._before[name] = there.getByName(name).Content
                    there.removeByName(name)

    def undo(self) -> None:
        with AllAtOnce(self._document):
            for name, content in self._before.items():
                _add(self._document.NamedRanges, name, content)


def _add(names: Uno, name: str, content: str) -> None:
    names.addNewByName(name, content, uno.createUnoStruct("com.sun.star.table.CellAddress"), 0)


def _content(formula: str) -> str:
    """A formula as LibreOffice writes it."""
    place = marks.cells_of(formula)
    if place is None:
        return formula
    sheet, _, cells = marks.formula_of(*place).rpartition("!")
    return f"${sheet}.{cells}"
