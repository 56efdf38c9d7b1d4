"""Tables that users own, edited in a running Excel: cells set, rows added, put back as they were when Excel refuses."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import xlwings as xw

from funnelbook.book.ports import Area, BookError, TableEdit
from funnelbook.hosts import excel_tables as tables


@dataclass
class Edited:
    """One edit being made: what stood there before, so that all of it can be undone. BookError when something is in the way."""

    sheet: xw.Sheet
    edit: TableEdit
    book: str

    def __post_init__(self) -> None:
        edit = self.edit
        here = [(table, tables.area_of(table)) for table in self.sheet.tables]
        self.table, self.block = next(((t, a) for t, a in here if self._is_in(a)), (None, self._plain_block()))
        self.others = [area for table, area in here if table is not self.table]
        self.first, self.last = edit.last_row + 1, edit.last_row + len(edit.rows)
        self.grows = bool(edit.rows) and self.last > self.block.bottom
        self.before = [(self._one(*at), tables.contents(self._one(*at))) for at in edit.cells]
        self.below = tables.contents(self._new_cells()) if edit.rows else []
        self._refuse_in_way()

    @property
    def is_locked(self) -> bool:
        """Whether the sheet is protected against it: cells are not left open to typing, or a table would grow."""
        if not tables.is_protected(self.sheet):
            return False
        cells = [self._one(*at) for at in self.edit.cells] + ([self._new_cells()] if self.edit.rows else [])
        # of a range Excel says None where some cells are
        return (self.grows and self.table is not None) or any(cell.api.Locked is not False for cell in cells)

    def put(self) -> None:
        for at, value in self.edit.cells.items():
            self._one(*at).value = tables.typed(value)
        if not self.edit.rows:
            return
        block, last_row = self.block, self.edit.last_row
        if self.grows and self.table:
            self.table.resize(self._range(block.top, self.last))
        if last_row > block.top and not tables.is_protected(self.sheet):  # where formats cannot be filled
            like = self._range(last_row, last_row)
            like.autofill(self._range(last_row, self.last), "fill_formats")
        for column, formula in self._continued().items():
            tables.set_formulas(self.sheet.range((last_row, column), (self.last, column)), formula)
        there = tables.contents(self._new_cells())
        for column in self.edit.columns:
            held = [_is_formula(row[column - block.left]) for row in there]
            values = [[tables.typed(row.get(column))] for row in self.edit.rows]
            if self.first > block.bottom and not any(held):
                self.sheet.range((self.first, column), (self.last, column)).value = values
                continue
            for row, (value,), formula in zip(range(self.first, self.last + 1), values, held, strict=True):
                if value is not None and not formula:  # one by one: a filter may hide some of the rows
                    self._one(row, column).value = value

    def undo(self) -> None:
        """Puts the cells back as they were, as far as Excel lets us; a sheet it did not let us change is as it was."""
        with suppress(Exception):
            if self.edit.rows:
                tables.set_formulas(self._new_cells(), self.below)
        with suppress(Exception):
            if self.grows and self.table:
                self.table.resize(self._range(self.block.top, self.block.bottom))
        for cell, content in self.before:
            with suppress(Exception):
                tables.set_formulas(cell, content)

    def _is_in(self, area: Area) -> bool:
        return area.top == self.edit.header_row and area.left <= self.edit.columns[0] <= area.right

    def _plain_block(self) -> Area:
        """Header row and body of a plain range: the run of headers that the edited columns stand in."""
        row, width = self.edit.header_row, max(self.sheet.used_range.last_cell.column, self.edit.columns[-1])
        heads = tables.values_of(self.sheet.range((row, 1), (row, width + 1)))[0]
        left, right = self.edit.columns[0], self.edit.columns[-1]
        while left > 1 and heads[left - 2] not in (None, ""):
            left -= 1
        while right < width and heads[right] not in (None, ""):
            right += 1
        return Area(row, left, self.edit.last_row, right)

    def _refuse_in_way(self) -> None:
        for cell, content in self.before:
            if _is_formula(content[0][0]):
                where = cell.address.replace("$", "")
                raise BookError("formula_cell", file=self.book, sheet=self.sheet.name, cell=where)
        if self.edit.rows and self._is_crowded():
            name = self.table.name if self.table else self.sheet.name
            raise BookError("no_room", file=self.book, sheet=self.sheet.name, table=name)

    def _is_crowded(self) -> bool:
        block = self.block
        if self.grows:
            if self.table and self.table.show_totals:
                return True
            for other in self.others:
                apart = other.right < block.left or other.left > block.right
                if not apart and other.bottom >= self.first and other.top <= self.last:
                    return True
        for row, (new, line) in enumerate(zip(self.edit.rows, self.below, strict=True), self.first):
            for column, content in enumerate(line, block.left):
                if content in (None, ""):
                    continue
                if row <= block.bottom:
                    fits = _is_formula(content) or column not in new
                else:
                    fits = not self.table and _is_formula(content) and self._goes_on(row, column)
                if not fits:
                    return True
        return False

    def _continued(self) -> dict[int, str]:
        """The formula of each column whose new cells go on with one, as it reads in the last row with data."""
        row, first = self.edit.last_row, self.block.top + 1
        if row < first:
            return {}
        line = tables.contents(self._range(row, row))[0]
        return {
            column: str(formula)
            for column, formula in enumerate(line, self.block.left)
            if _is_formula(formula) and (row == first or self._goes_on(row, column))
        }

    def _goes_on(self, row: int, column: int) -> bool:
        """Whether a cell holds the formula of the one above, filled down."""
        return tables.one_formula(self.sheet.range((row - 1, column), (row, column)))

    def _one(self, row: int, column: int) -> xw.Range:
        return self.sheet.range((row, column))

    def _range(self, top: int, bottom: int) -> xw.Range:
        return self.sheet.range((top, self.block.left), (bottom, self.block.right))

    def _new_cells(self) -> xw.Range:
        return self._range(self.first, self.last)


def _is_formula(text: object) -> bool:
    return isinstance(text, str) and text.startswith("=")
