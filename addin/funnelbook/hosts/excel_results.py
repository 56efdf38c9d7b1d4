"""Result tables in a running Excel, written whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import xlwings as xw
from xlwings.main import Table

from funnelbook.book.labels import aliases, normalise
from funnelbook.book.ports import Area, BookError, Link, TableWrite, alike
from funnelbook.book.ports import Cells as Column
from funnelbook.book.room import LAST_COLUMN
from funnelbook.book.schema import TABLES
from funnelbook.hosts.excel_steps import Cells, Inserted, TableArea, TotalsRow, series_of
from funnelbook.hosts.excel_tables import area_of, formulas, one_formula, set_formulas, typed, values_of
from funnelbook.hosts.excel_unfinished import Steps
from funnelbook.hosts.live_values import body, filled

_GAP = 2  # blank rows that stay below a table where something follows
_SERIES_RANGE = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'|[^'!,(]+)!\$(?P<column>[A-Z]+)\$(?P<row>\d+)(?::\$(?P=column)\$\d+)?"
)


def same(table: Table, write: TableWrite) -> bool:
    """Whether a table holds what is to be written already; of calculated columns only the header counts."""
    area = area_of(table)
    if (area.bottom - area.top, area.right - area.left + 1) != (max(1, write.rows), len(write.headers)):
        return False
    calculated = _calculated(table, write)
    there = values_of(_cells(table.parent, area))
    new = [list(write.headers), *body(write)]
    if not all(_leads_there(table.parent, area, j, column) for j, column in enumerate(write.columns)):
        return False
    note = table.parent.range((area.top - 1, area.left)).value if area.top > 1 and write.note else write.note
    return note == write.note and all(
        (i and j in calculated) or alike(a, b)
        for i, (old, line) in enumerate(zip(there, new, strict=True))
        for j, (a, b) in enumerate(zip(old, line, strict=True))
    )


def _leads_there(sheet: xw.Sheet, area: Area, at: int, column: Column) -> bool:
    """Whether the links of a column lead where they should; sheets may have been renamed since."""
    if not any(isinstance(value, Link) for value in column):
        return True
    cells = sheet.range((area.top + 1, area.left + at), (area.bottom, area.left + at))
    there = [row[0] for row in formulas(cells)]
    return all(formula == typed(v) for formula, v in zip(there, column, strict=True) if isinstance(v, Link))


def refuse_crowded(table: Table, write: TableWrite, book: str) -> None:
    """BookError when a table would grow over what stands right of it."""
    area, sheet = area_of(table), table.parent
    wider = len(write.headers) - (area.right - area.left + 1)
    if wider > 0:
        beside = values_of(sheet.range((area.top, area.right + 1), (area.bottom, area.right + wider)))
        if any(v not in (None, "") for row in beside for v in row):
            raise BookError("no_room", file=book, sheet=sheet.name, table=write.table)


@dataclass
class Written:
    """One table being written, each step noted before."""

    table: Table
    write: TableWrite
    book: str
    steps: Steps

    def __post_init__(self) -> None:
        self.sheet, self.totals = self.table.parent, bool(self.table.show_totals)
        self.before = area_of(self.table)

    def put(self) -> None:
        table, write, sheet, area = self.table, self.write, self.sheet, self.before
        if self.totals:
            self.steps.note(TotalsRow(sheet.name, table.name, shown=True))
            table.show_totals = False
        if table.show_autofilter:  # what a filter hides cannot be written
            table.show_autofilter = False
            table.show_autofilter = True
        first, rows = area.top + 1, max(1, write.rows)
        right, bottom = area.left + len(write.headers) - 1, area.top + rows
        calculated = _calculated(table, write)
        grown = bottom - area.bottom
        if grown > 0:
            self._make_room(grown)
        whole = Area(area.top, area.left, max(bottom, area.bottom), max(right, area.right))
        if grown > 0:
            self.steps.note_all(_cells(sheet, replace(whole, top=area.bottom + 1)))
        self.steps.note(Cells.of(_cells(sheet, replace(whole, bottom=area.bottom))))
        self.steps.note(TableArea.of(table))
        table.resize(sheet.range((area.top, area.left), (bottom, right)))
        if grown < 0:
            sheet.range((bottom + 1, area.left), (area.bottom, area.right)).clear_contents()
        if right < area.right:
            sheet.range((area.top, right + 1), (area.bottom, area.right)).clear_contents()
        if grown > 0:
            last = sheet.range((area.bottom, area.left), (area.bottom, right))
            last.autofill(sheet.range((area.bottom, area.left), (bottom, right)), "fill_formats")
        lines = [list(map(typed, row)) for row in (write.headers, *body(write))]
        sheet.range((area.top, area.left)).value = lines
        for at, formula in calculated.items():
            set_formulas(sheet.range((first, area.left + at), (bottom, area.left + at)), formula)
        if area.top > 1 and write.note:
            self.steps.note(Cells.of(self._note_cell()))
            self._note_cell().value = typed(write.note)
        if self.totals:
            self.steps.note(TotalsRow(sheet.name, table.name, shown=False))
            table.show_totals = True
        drawn = rows if write.chart_rows is None else max(1, min(rows, write.chart_rows))
        self._draw(first, first + drawn - 1, right)

    def _note_cell(self) -> xw.Range:
        return self.sheet.range((max(1, self.before.top - 1), self.before.left))

    def _make_room(self, grown: int) -> None:
        """Puts in the rows that lack below the table; never into a list that stands beside it."""
        area, used = self.before, self.sheet.used_range.last_cell
        if used.row <= area.bottom:
            return
        last = min(used.row, area.bottom + grown + _GAP)
        below = values_of(self.sheet.range((area.bottom + 1, 1), (last, max(used.column, area.right))))
        free = next((i for i, row in enumerate(below) if filled(row)), grown + _GAP)
        lacking = grown - max(0, free - _GAP)
        if lacking <= 0:
            return
        if self._stands_beside(below[0]):
            ours = [row[area.left - 1 : area.right] for row in below[:grown]]
            if any(map(filled, ours)) or self._meets_table(grown):
                raise BookError("no_room", file=self.book, sheet=self.sheet.name, table=self.write.table)
            return
        new = Inserted.of(self.sheet, Area(area.bottom + 1, 1, area.bottom + lacking, LAST_COLUMN))
        self.steps.note(new)
        new.cells(self.sheet.book).insert("down")

    def _stands_beside(self, next_row: Sequence[object]) -> bool:
        """Whether a list right or left of the table goes on below its end."""
        area = self.before
        others = [area_of(t) for t in self.sheet.tables if t.name != self.table.name]
        if any(other.top <= area.bottom < other.bottom for other in others):
            return True
        last_row = values_of(self.sheet.range((area.bottom, 1), (area.bottom, len(next_row))))[0]
        outside = [j for j in range(len(next_row)) if not area.left - 1 <= j <= area.right - 1]
        return any(last_row[j] not in (None, "") and next_row[j] not in (None, "") for j in outside)

    def _meets_table(self, grown: int) -> bool:
        area = self.before
        others = [area_of(t) for t in self.sheet.tables if t.name != self.table.name]
        return any(
            o.top <= area.bottom + grown and o.bottom > area.bottom and o.left <= area.right and o.right >= area.left
            for o in others
        )

    def _draw(self, first: int, last: int, right: int) -> None:
        """Charts that draw the table's first rows draw as many as there are now (Windows; on a Mac they stay as they are)."""
        sheet, left = self.sheet, self.before.left

        def redrawn(found: re.Match[str]) -> str:
            column = sheet.range(f"{found['column']}1").column
            ours = found["sheet"].strip("'").replace("''", "'") == sheet.name
            if not ours or int(found["row"]) != first or not left <= column <= right:
                return found[0]
            return f"{found['sheet']}!${found['column']}${first}:${found['column']}${last}"

        for before, series in series_of(sheet):
            with suppress(Exception):  # Excel takes no formula of a series that has nothing to draw
                formula = _SERIES_RANGE.sub(redrawn, before.formula)
                if formula != before.formula:
                    self.steps.note(before)
                    series.Formula = formula


def _calculated(table: Table, write: TableWrite) -> dict[int, str]:
    """Formulas of the columns users added that hold one in every row, by position in what is written."""
    schema, sheet, area = TABLES[write.table], table.parent, area_of(table)
    ours = {alias for c in schema.columns for alias in aliases(schema, c.name)}
    heads = values_of(sheet.range((area.top, area.left), (area.top, area.right)))[0]
    at = {head: j for j, head in enumerate(write.headers)}
    found = {}
    for column, head in enumerate(map(str, heads), area.left):
        if head in at and normalise(head) not in ours:
            cells = sheet.range((area.top + 1, column), (area.bottom, column))
            first = formulas(cells)[0][0]
            if isinstance(first, str) and first.startswith("=") and one_formula(cells):
                found[at[head]] = first
    return found


def _cells(sheet: xw.Sheet, area: Area) -> xw.Range:
    return sheet.range((area.top, area.left), (area.bottom, area.right))
