"""Names a template gives its tables and lists, columns of result tables by name, and the marks by which all of it is known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from xlsxwriter import Workbook

from funnelbook.book import marks
from funnelbook.book.labels import header
from funnelbook.book.ports import Area
from funnelbook.book.schema import TABLES
from funnelbook.words import LANGUAGES


class Named:
    """The defined names of one template, marks among them."""

    def __init__(self, workbook: Workbook, called: Mapping[str, str]) -> None:
        """`called`: the name that a table or a defined name gets where its own is taken."""
        self._workbook, self._called = workbook, called

    def __getitem__(self, name: str) -> str:
        """What a table or a defined name is called."""
        return self._called.get(name, name)

    def define(self, name: str, formula: str) -> None:
        """Defines a name and marks it."""
        self._workbook.define_name(self[name], formula)
        self._mark(name, self[name])

    def column(self, name: str, table: str, column: str) -> None:
        """Defines a name for a column of a result table, found by its header in any language.

        No [#Headers] and no [column]: LibreOffice reads neither, and headers change. Formulas in cells use it by a defined name:
        LibreOffice breaks down where a sheet that is copied into a workbook names a table itself.
        """
        there = self[table]
        found = [f'MATCH("{header(TABLES[table], column, lang)}",{there}[[#Headers]],0)' for lang in LANGUAGES]
        self.define(name, f"=INDEX({there}[],0,{reduce('IFERROR({1},{0})'.format, reversed(found))})")

    def mark_cells(self, key: str, sheet: str, row: int, left: int, bottom: int, right: int) -> None:
        """Marks cells, counted from 0: a table's header row, the head of a sheet without a table."""
        self._mark(key, marks.formula_of(sheet, Area(row + 1, left + 1, bottom + 1, right + 1)))

    def mark_book(self, id_: str) -> None:
        """Marks the workbook."""
        self._mark("book", f'"{id_}"')

    def _mark(self, key: str, formula: str) -> None:
        # XlsxWriter's own `define_name` hides none
        self._workbook.defined_names.append([f"{marks.PREFIX}{key}", -1, formula, True])
