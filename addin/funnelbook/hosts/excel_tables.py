"""Result tables in a running Excel: read whole, written whole, put back as they were when Excel refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import xlwings as xw
from xlwings.main import Table

from funnelbook.book.labels import aliases, normalise
from funnelbook.book.ports import ERROR_CODES, Area, BookError, CellError, Cells, Link, TableWrite, alike
from funnelbook.book.schema import TABLES
from funnelbook.hosts.live_values import Rows, body, filled

_XL_SRC_RANGE = 1
_GAP = 2  # blank rows that stay below a table where something follows
_SERIES_RANGE = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'|[^'!,(]+)!\$(?P<column>[A-Z]+)\$(?P<row>\d+)(?::\$(?P=column)\$\d+)?"
)
_KEPT_AS_TYPED = re.compile(r"[^\W\d_][^\d=+@%/:]*")  # Excel makes no number, date or formula of such a text
_TAKEN_AS_VALUES = ("TRUE", "FALSE")


def area_of(table: Table) -> Area:
    """Where a table stands, header and body; its totals row left out."""
    cells = table.range
    last = cells.last_cell
    return Area(cells.row, cells.column, last.row - bool(table.show_totals), last.column)


def values_of(cells: xw.Range) -> Rows:
    """Cell values row by row; currency as float, error cells as CellError."""
    return [list(map(_value, row)) for row in cells.options(ndim=2, err_to_str=True).value]


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if type(value) is int:  # numbers come as float: this is an error newer than xlwings' list, such as #SPILL!
        return CellError("#VALUE!")
    return CellError(value) if isinstance(value, str) and value in ERROR_CODES else value


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether a sheet is protected; False where Excel does not tell (on a Mac), and then refuses by itself."""
    return getattr(sheet.api, "ProtectContents", False) is True


def is_fed(table: Table) -> bool:
    """Whether a query or a map fills a table, and would take away what is written into it; False where Excel does not tell."""
    return getattr(table.api, "SourceType", _XL_SRC_RANGE) != _XL_SRC_RANGE


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


def _leads_there(sheet: xw.Sheet, area: Area, at: int, column: Cells) -> bool:
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
    """One table being written: how it was, and the rows put in below it, so that all of it can be undone."""

    table: Table
    write: TableWrite
    book: str
    inserted: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self.sheet, self.totals = self.table.parent, bool(self.table.show_totals)
        self.before = area_of(self.table)
        self.cells = contents(_cells(self.sheet, self.before))
        self.note = contents(self._note_cell())

    def put(self) -> None:
        table, write, sheet, area = self.table, self.write, self.sheet, self.before
        if self.totals:
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
            self._note_cell().value = typed(write.note)
        if self.totals:
            table.show_totals = True
        drawn = rows if write.chart_rows is None else max(1, min(rows, write.chart_rows))
        _draw(sheet, first, first + drawn - 1, area.left, right)

    def undo(self) -> None:
        """Puts the table back as it was, as far as Excel lets us; a sheet it did not let us change is as it was."""
        with suppress(Exception):
            if self.totals and self.table.show_totals:
                self.table.show_totals = False
            now = area_of(self.table)
            if now != self.before:
                self.table.resize(_cells(self.sheet, self.before))
                _cells(self.sheet, now).clear_contents()
        with suppress(Exception):
            if self.inserted:
                self.sheet.range(f"{self.inserted[0]}:{self.inserted[1]}").delete("up")
        with suppress(Exception):
            set_formulas(_cells(self.sheet, self.before), self.cells)
            set_formulas(self._note_cell(), self.note)
        with suppress(Exception):
            if self.totals:
                self.table.show_totals = True

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
        first, last = area.bottom + 1, area.bottom + lacking
        self.sheet.range(f"{first}:{last}").insert("down")
        self.inserted = (first, last)

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


def one_formula(cells: xw.Range) -> bool:
    """Whether all cells of a column hold the same formula, told by its relative form."""
    relative = getattr(cells.api, "FormulaR1C1", None)
    if relative is None:  # a Mac does not tell
        return all(str(row[0]).startswith("=") for row in formulas(cells))
    return len({row[0] for row in _two_dimensional(relative)}) == 1


def formulas(cells: xw.Range) -> Sequence[Sequence[object]]:
    """Formulas as rows, as dynamic arrays take them where this Excel knows these."""
    try:
        return _two_dimensional(cells.formula2)
    except Exception:  # Excel 2019 and before, or a Mac, each with an error of its own
        return _two_dimensional(cells.formula)


def set_formulas(cells: xw.Range, new: object) -> None:
    """Puts formulas into cells; by `formula` alone newer Excels would cut arrays down to single values."""
    try:
        cells.formula2 = new
    except Exception:  # as in formulas; what Excel refuses it refuses again
        cells.formula = new


def _draw(sheet: xw.Sheet, first: int, last: int, left: int, right: int) -> None:
    """Charts that draw the table's first rows draw as many as there are now (Windows; on a Mac they stay as they are)."""

    def redrawn(found: re.Match[str]) -> str:
        column = sheet.range(f"{found['column']}1").column
        ours = found["sheet"].strip("'").replace("''", "'") == sheet.name
        if not ours or int(found["row"]) != first or not left <= column <= right:
            return found[0]
        return f"{found['sheet']}!${found['column']}${first}:${found['column']}${last}"

    for chart in sheet.charts:
        with suppress(Exception):  # a kind of chart whose series tell no formula is none of ours
            for series in chart.api[1].SeriesCollection():
                formula = _SERIES_RANGE.sub(redrawn, series.Formula)
                if formula != series.Formula:
                    series.Formula = formula


def _cells(sheet: xw.Sheet, area: Area) -> xw.Range:
    return sheet.range((area.top, area.left), (area.bottom, area.right))


def contents(cells: xw.Range) -> Rows:
    """Cells as they can be put back: formulas as such, texts marked as texts."""
    return [
        [f if isinstance(f, str) and f.startswith("=") and f != v else typed(v) for f, v in zip(*pair, strict=True)]
        for pair in zip(formulas(cells), cells.options(ndim=2, err_to_str=True).value, strict=True)
    ]


def _two_dimensional(found: object) -> Sequence[Sequence[object]]:
    """Formulas as rows: xlwings gives the bare one of a single cell, and a flat row where there is one."""
    if not isinstance(found, tuple | list):
        return ((found,),)
    return found if isinstance(found[0], tuple | list) else (found,)


def typed(value: object) -> object:
    """A value as it is put into a cell; texts that Excel would make something else of are marked as text."""
    if isinstance(value, Link):
        return f"={value.formula()}"
    if isinstance(value, str) and value and (not _KEPT_AS_TYPED.fullmatch(value) or value.upper() in _TAKEN_AS_VALUES):
        return "'" + value
    if isinstance(value, float) and np.isnan(value):
        return None
    return datetime(value.year, value.month, value.day) if type(value) is date else value
