"""Rows put into a sheet of a running Excel for a table that grows: what covered its body covers the new rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import xlwings as xw
from xlwings.main import Table

from funnelbook.book.ports import Area
from funnelbook.book.room import Room
from funnelbook.hosts import excel_tables as tables
from funnelbook.hosts.excel_steps import Cells, Inserted, NameFormula, TableArea, series_of
from funnelbook.hosts.excel_unfinished import Steps
from funnelbook.hosts.live_references import Longer

_XL_FORMULAS = -4123  # xlCellTypeFormulas
_FILTERED, _PRINTED = "_FilterDatabase", "!Print_"  # names of a sheet that Excel has by itself


class Growth:
    """New rows of a table of a sheet, to be put in and followed by all that covered its body, each step noted before."""

    def __init__(self, sheet: xw.Sheet, room: Room, steps: Steps) -> None:
        self.sheet, self.room, self._steps = sheet, room, steps
        self._longer = Longer(sheet.book.name, sheet.name, room)

    def put_in(self, table: Table | None, bottom: int) -> None:
        """Moves down what stands where the new rows go; a ListObject reaches down to row `bottom` then, its totals left out.

        Rows are put in as a user does it: what refers to cells that move, or lies around them, Excel takes along itself.
        """
        if there := self.room.inserted:
            new = Inserted.of(self.sheet, there)
            self._steps.note(new)
            new.cells(self.sheet.book).insert("down")
        if table and (area := tables.area_of(table)).bottom != bottom:
            totals = int(bool(table.show_totals))
            taken_in = self.sheet.range((area.bottom + totals + 1, area.left), (bottom + totals, area.right))
            self._steps.note(Cells.of(taken_in))  # Excel puts formulas of its own there
            self._steps.note(TableArea.of(table))
            table.resize(self.sheet.range((area.top, area.left), (bottom + totals, area.right)))

    def follow(self) -> None:
        """Has the formulas, names and charts that covered the body cover the new one.

        Excel does it by itself in the middle of a range, and below the last row of a ListObject when a person types there; what
        it did already is left as it is. `Resize` takes along references by the table's name, those to cells it may not.
        """
        for sheet in self.sheet.book.sheets:
            for cell, text in _formulas(sheet):
                longer = self._longer.text(text, sheet.name, cell.row)
                if longer != text and not _is_spilt(cell):
                    self._steps.note(Cells(sheet.name, cell.row, cell.column, [[text]]))
                    tables.set_formulas(cell, longer)
            for before, series in series_of(sheet):
                drawn = self._longer.text(before.formula, sheet.name, one_may_be_all=True)
                if drawn != before.formula:
                    self._steps.note(before)
                    series.Formula = drawn
        for name in self.sheet.book.names:
            if not name.name.endswith(_FILTERED):
                text, printed = name.refers_to or "", _PRINTED in name.name
                longer = self._longer.text(text, self.sheet.name, loose=printed)
                if longer != text:
                    self._steps.note(NameFormula(name.name, text))
                    name.refers_to = longer


def solid(cells: xw.Range) -> Iterator[Area]:
    """The merged cells and array formulas in a range: what cannot be torn."""
    yield from _blocks(cells, lambda part: part.merge_cells, lambda cell: cell.merge_area)
    yield from _blocks(cells, lambda part: part.has_array, lambda cell: cell.sheet.range(cell.api.CurrentArray.Address))


def _blocks(
    cells: xw.Range, has: Callable[[xw.Range], bool | None], whole: Callable[[xw.Range], xw.Range]
) -> Iterator[Area]:
    """Of a range Excel says None where some of its cells have it: halved, the parts tell."""
    if has(cells) is False:
        return
    top, left, (rows, columns) = cells.row, cells.column, cells.shape
    bottom, right = top + rows - 1, left + columns - 1
    if rows > 1:
        middle = top + rows // 2
        halves = ((top, left), (middle - 1, right)), ((middle, left), (bottom, right))
    elif columns > 1:
        middle = left + columns // 2
        halves = ((top, left), (bottom, middle - 1)), ((top, middle), (bottom, right))
    else:
        found = whole(cells)
        last = found.last_cell
        yield Area(found.row, found.column, last.row, last.column)
        return
    for half in halves:
        yield from _blocks(cells.sheet.range(*half), has, whole)


def _formulas(sheet: xw.Sheet) -> Iterator[tuple[xw.Range, str]]:
    """Every cell of a sheet with a formula that could cover several cells, and the formula."""
    for cells in _formula_cells(sheet):
        for row, line in enumerate(tables.formulas(cells), cells.row):
            for column, text in enumerate(line, cells.column):
                if isinstance(text, str) and text.startswith("=") and ":" in text:
                    yield sheet.range((row, column)), text


def _is_spilt(cell: xw.Range) -> bool:
    """Whether a cell only shows a part of what the formula of another one gives; a formula put here would be in its way."""
    with suppress(Exception):  # no such thing here, or in this Excel
        return cell.api.SpillParent.Address != cell.address
    return False


def _formula_cells(sheet: xw.Sheet) -> list[xw.Range]:
    """Where a sheet has formulas; all of it where Excel does not tell, as on a Mac or of a protected sheet."""
    used = sheet.used_range
    find = getattr(used.api, "SpecialCells", None)
    if find is None or tables.is_protected(sheet):
        return [used]
    try:
        found = find(_XL_FORMULAS)
    except Exception:  # it has none
        return []
    return [sheet.range(area.Address) for area in found.Areas]
