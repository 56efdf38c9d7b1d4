"""Sheets of a template copied into an open spreadsheet of LibreOffice, with their tables and the names of lists they use."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from funnelbook.book import marks
from funnelbook.book.ports import BookError
from funnelbook.hosts.libreoffice_marks import AllAtOnce, read, unrecorded
from funnelbook.hosts.libreoffice_uno import Uno


class Copied:
    """The copying of sheets, as a change: LibreOffice's own Undo of it breaks down in a document without a window."""

    again = False  # Redo would write to the sheets before they are there, which takes LibreOffice down

    def __init__(self, document: Uno, opened: Callable[[], Uno], sheets: Sequence[str], first: str = "") -> None:
        """`opened` gives the template as an open document; it is closed when done. `first`: the sheet that goes before all."""
        self._document, self._opened, self._sheets, self._first = document, opened, sheets, first
        self.names: dict[str, str] = {}  # sheet of the template -> its name in the document
        self._defined: frozenset[str] = frozenset()  # names of the document as it was
        self._replaced: dict[str, str] = {}  # what those of ours referred to that are set anew

    def do(self) -> None:
        self._defined = frozenset(self._document.NamedRanges.ElementNames)
        ranges = self._document.DatabaseRanges
        self._tables = {name: ranges.getByName(name).DataArea for name in ranges.ElementNames}
        source = self._opened()
        try:
            self._refuse_taken_names(source)
            for sheet in self._sheets:
                self._copy(source, sheet)
            self._name_tables(source)
            self._define(source)
            if self._first:  # imported to the front at once it takes LibreOffice down when the document is closed
                unrecorded(self._document, self._document.Sheets.moveByName, self.names[self._first], 0)
        finally:
            source.close(True)

    def undo(self) -> None:
        document = self._document
        with AllAtOnce(document):
            for name in set(document.NamedRanges.ElementNames) - self._defined:
                document.NamedRanges.removeByName(name)
            while self._replaced:
                name, content = self._replaced.popitem()
                document.NamedRanges.getByName(name).setContent(content)
        if self._first in self.names:
            self._stand_behind_the_first()
            unrecorded(self._document, document.Sheets.moveByName, self.names[self._first], document.Sheets.Count)
        while self.names:
            unrecorded(self._document, document.Sheets.removeByName, self.names.popitem()[1])  # its tables go with it
        ranges = document.DatabaseRanges
        for name, area in self._tables.items():
            if (
                name not in ranges.ElementNames
            ):  # with the first sheet that goes LibreOffice drops a table of the one before it
                unrecorded(self._document, ranges.addNewByName, name, area)

    def _stand_behind_the_first(self) -> None:
        """Undo has put tables back already to where they stood when no sheet was in front of theirs."""
        ranges = self._document.DatabaseRanges
        for name in self._tables.keys() & set(ranges.ElementNames):
            found, area = ranges.getByName(name), ranges.getByName(name).DataArea
            area.Sheet = self._tables[name].Sheet + 1
            unrecorded(self._document, setattr, found, "DataArea", area)

    def _refuse_taken_names(self, source: Uno) -> None:
        document, sheets = self._document, source.Sheets.ElementNames
        taken = {name.casefold() for name in document.DatabaseRanges.ElementNames} | marks.taken(read(document))
        tables = source.DatabaseRanges
        wanted = [t for t in tables.ElementNames if sheets[tables.getByName(t).DataArea.Sheet] in self._sheets]
        for name in (*wanted, *source.NamedRanges.ElementNames):
            if name.casefold() in taken:
                raise BookError("name_taken", file=document.getTitle(), name=name)

    def _copy(self, source: Uno, sheet: str) -> None:
        sheets = self._document.Sheets
        taken = {name.casefold() for name in sheets.ElementNames}
        name, number = sheet, 2
        while name.casefold() in taken:
            name, number = f"{sheet} ({number})", number + 1
        theirs = source.Sheets.getByName(sheet)
        theirs.Name = name  # two of a name cannot meet
        unrecorded(self._document, sheets.importSheet, source, name, sheets.Count)
        unrecorded(self._document, setattr, sheets.getByName(name), "IsVisible", theirs.IsVisible)
        self.names[sheet] = name

    def _name_tables(self, source: Uno) -> None:
        """Copied sheets come without their database ranges."""
        position = {name: at for at, name in enumerate(self._document.Sheets.ElementNames)}
        theirs, ours = source.DatabaseRanges, self._document.DatabaseRanges
        names = source.Sheets.ElementNames
        copied = set(self.names.values())
        for name in theirs.ElementNames:
            table = theirs.getByName(name)
            address = table.DataArea
            if names[address.Sheet] in copied:
                address.Sheet = position[names[address.Sheet]]
                unrecorded(self._document, ours.addNewByName, name, address)
                made = ours.getByName(name)
                for key in ("AutoFilter", "TotalsRow"):
                    if (value := getattr(table, key)) != getattr(made, key):
                        unrecorded(self._document, setattr, made, key, value)

    def _define(self, source: Uno) -> None:
        """The names a sheet brings with it may point to the template; they are set anew when all sheets are there."""
        theirs, ours = source.NamedRanges, self._document.NamedRanges
        there = {name.casefold(): name for name in ours.ElementNames}
        with AllAtOnce(self._document):
            for name in theirs.ElementNames:
                found = theirs.getByName(name)
                known, content = there.get(name.casefold()), found.Content
                if known is None:
                    ours.addNewByName(name, content, found.ReferencePosition, found.Type)
                    continue
                mine = ours.getByName(known)
                was = mine.Content
                if was != content or "[" in content:  # of a table that was not there yet it is still to be understood
                    if known in self._defined:
                        self._replaced[known] = was
                    mine.setContent(content)
