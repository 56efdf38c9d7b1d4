"""Defined names of a workbook open in Excel: read once, marks of ownership put in out of sight."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import xlwings as xw

from funnelbook.book import marks
from funnelbook.book.ports import BookError


class Names:
    """The names of an open workbook."""

    def __init__(self, book: xw.Book, called: str) -> None:
        """`called`: the workbook, in refusals."""
        self._book, self._called = book, called
        self._read: dict[str, str] | None = None

    def all(self) -> dict[str, str]:
        """Formula of each name without its equals sign; one of a sheet only is called Sheet!name."""
        if self._read is None:
            self._read = {
                name.name.replace("'", ""): (name.refers_to or "").removeprefix("=") for name in self._book.names
            }
        return dict(self._read)

    def forget(self) -> None:
        """Has names be read anew: cells have moved."""
        self._read = None

    def refuse_taken(self, names: Mapping[str, str]) -> None:
        """BookError when the user has one of these names."""
        theirs = marks.taken(self.all())
        for name in names:
            if name.casefold() in theirs:
                raise BookError("name_taken", file=self._called, name=name)

    def define(self, names: Mapping[str, str]) -> None:
        """Defines names, marks hidden; those that are there are set anew."""
        self.forget()
        there = {name.name.casefold(): name for name in self._book.names}
        for name, formula in names.items():
            found = there.get(name.casefold())
            if found is None:
                found = self._book.names.add(name, f"={formula}")
            else:
                found.refers_to = f"={formula}"
            if name.startswith(marks.PREFIX):
                with suppress(Exception):  # a Mac hides none: it is seen among the names and does no harm
                    found.api.Visible = False

    def drop_of(self, sheet: str) -> None:
        """Takes out the names of cells of a sheet, which would refer to nothing once it is gone."""
        gone = {
            name for name, formula in self.all().items() if (cells := marks.cells_of(formula)) and cells[0] == sheet
        }
        for name in [name for name in self._book.names if name.name in gone]:
            name.delete()
        self.forget()
