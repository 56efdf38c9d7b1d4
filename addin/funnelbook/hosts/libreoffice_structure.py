"""Tables, names and first rows of an open document of LibreOffice, read once while nothing in it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from funnelbook.book.ports import ListObject
from funnelbook.hosts import libreoffice_marks as marks
from funnelbook.hosts.libreoffice_tables import area_of
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.libreoffice_values import cells_of
from funnelbook.hosts.live_values import Rows

_MANY = 50  # steps of Undo; LibreOffice keeps a hundred, and then a new one shows no more
_T = TypeVar("_T")


class Structure:
    """What a command asks a document for over and over. It is read anew once anybody changed anything: each change is a step of
    Undo, and one that is none `forget` is told of."""

    def __init__(self, document: Uno) -> None:
        self._document, self._manager = document, document.getUndoManager()
        self._stamp: tuple[object, ...] = ()
        self._kept: dict[object, object] = {}

    def forget(self) -> None:
        """Reads everything anew."""
        self._kept.clear()

    def tables(self) -> list[ListObject]:
        """Every table, with its headers."""
        return self._once("tables", self._tables)

    def names(self) -> dict[str, str]:
        """Formula of each defined name."""
        return self._once("names", lambda: marks.read(self._document))

    def head(self, sheet: str, rows: int, read: Callable[[], Rows]) -> Rows:
        """The first rows of a sheet, as `read` gives them."""
        return [[*row] for row in self._once((sheet, rows), read)]

    def _once(self, what: object, read: Callable[[], _T]) -> _T:
        document, done = self._document, self._manager.getAllUndoActionTitles()
        of = (document.Sheets, document.DatabaseRanges, document.NamedRanges)
        stamp = (*(each.ElementNames for each in of), done, self._manager.getAllRedoActionTitles())
        if stamp != self._stamp or len(done) > _MANY:
            self._kept.clear()
            self._stamp = stamp
        if what not in self._kept:
            self._kept[what] = read()
        return cast("_T", self._kept[what])

    def _tables(self) -> list[ListObject]:
        document, found = self._document, []
        names, ranges = document.Sheets.ElementNames, document.DatabaseRanges
        for name in ranges.ElementNames:
            table = ranges.getByName(name)
            at = table.DataArea
            area, sheet = area_of(at), names[int(at.Sheet)]
            heads = cells_of(document.Sheets.getByName(sheet), replace(area, bottom=area.top)).getDataArray()[0]
            found.append(ListObject(name, sheet, area, int(table.TotalsRow), tuple(map(str, heads))))
        return found
