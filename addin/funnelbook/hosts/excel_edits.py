"""Tables that users own, edited in a running Excel: cells set, rows added."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import xlwings as xw

from funnelbook.book.ports import Area, BookError, TableEdit
from funnelbook.book.room import KEPT_GAP, Room, TornError, room
from funnelbook.hosts import excel_tables as tables
from funnelbook.hosts.excel_growth import Growth, solid
from funnelbook.hosts.excel_steps import Cells, TableArea, formats_of
from funnelbook.hosts.excel_unfinished import Steps
from funnelbook.hosts.number_formats import GENERAL, TEXT, shows_day


def closed(sheet: xw.Sheet, cells: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Those of the cells that no edit may set, with the code of the refusal: formulas, cells locked on a protected sheet."""
    rows: dict[int, list[int]] = {}
    for row, column in cells:
        rows.setdefault(column, []).append(row)
    found: dict[tuple[int, int], str] = {}
    fed = [tables.area_of(table) for table in sheet.tables if tables.is_fed(table)]
    for column, of in rows.items():
        top = min(of)
        held = tables.contents(sheet.range((top, column), (max(of), column)))
        found |= {(row, column): "formula_cell" for row in of if _is_formula(held[row - top][0])}
        for area in fed:
            inside = [row for row in of if area.top <= row <= area.bottom and area.left <= column <= area.right]
            found |= {(row, column): "fed_table" for row in inside}
    if tables.is_protected(sheet):
        found |= {at: "protected_sheet" for at in cells if sheet.range(at).api.Locked is not False}
    return found


@dataclass
class Edited:
    """One edit being made, each step noted before. BookError when something is in the way."""

    sheet: xw.Sheet
    edit: TableEdit
    book: str
    steps: Steps

    def __post_init__(self) -> None:
        edit = self.edit
        here = [(table, tables.area_of(table)) for table in self.sheet.tables]
        self.table, listed = next(((t, a) for t, a in here if self._is_in(a)), (None, None))
        if self.table is not None and tables.is_fed(self.table):
            raise BookError("fed_table", file=self.book, sheet=self.sheet.name, table=self.table.name)
        self.block = listed or self._plain_block()
        self.typed = max(0, edit.last_row - self.block.bottom)  # rows right below a ListObject that are none of it yet
        self.block = replace(self.block, bottom=self.block.bottom + self.typed)
        self.others = [area for table, area in here if table is not self.table]
        self.first, self.last = edit.last_row + 1, edit.last_row + len(edit.rows)
        self._refuse_formulas()
        self.growth = Growth(self.sheet, self._room(), self.steps)

    @property
    def changes(self) -> bool:
        """Whether there is anything to do: a ListObject may reach down to its last row already."""
        return bool(self.edit.columns or (self.table and self.typed))

    @property
    def is_locked(self) -> bool:
        """Whether the sheet is protected against it: cells are not left open to typing, or a table would grow."""
        if not tables.is_protected(self.sheet):
            return False
        room, cells = self.growth.room, [self._one(*at) for at in self._single_cells]
        cells += [self._column(self.edit.new_column)] if self.edit.new_column else []
        cells += [self._new_cells()] if self.edit.rows else []
        # of a range Excel says None where some cells are
        grows = bool(room.inserted or (room.longer + room.typed + self.edit.new_column and self.table is not None))
        return grows or any(cell.api.Locked is not False for cell in cells)

    def put(self) -> None:
        if self.edit.new_column:
            self._add_column()
        for at, value in self._single_cells.items():
            cell = self._one(*at)
            self._fit_format(cell, value)
            self.steps.note(Cells.of(cell))
            cell.value = tables.typed(value)
        self.growth = Growth(self.sheet, self._room(), self.steps)  # edits further down the sheet moved what is there
        self.growth.put_in(self.table, self.block.bottom + self.growth.room.longer)
        if self.edit.rows or self.typed:
            self.growth.follow()
        if self.edit.rows:
            self._add_rows()

    def _fit_format(self, cell: xw.Range, value: object) -> None:
        """A format in which a number or day stays one, and looks like one."""
        if value is None or isinstance(value, str | bool) or tables.is_protected(self.sheet):
            return
        there = cell.number_format or GENERAL
        odd = there == TEXT or (shows_day(there) and not isinstance(value, date))
        if odd or isinstance(value, date):  # a day makes a format of its own of General
            for step in formats_of(cell):
                self.steps.note(step)
        if odd:
            cell.number_format = GENERAL

    def _add_column(self) -> None:
        """Puts in the new column at once, cell by cell takes long; it looks as the last one."""
        edit, block = self.edit, self.block
        column, like = edit.new_column, edit.column
        new = self._column(column)
        self.steps.note_all(new)  # Excel puts a header of its own there
        if self.table is not None:
            area, totals = tables.area_of(self.table), int(bool(self.table.show_totals))
            self.steps.note(TableArea.of(self.table))
            self.table.resize(self.sheet.range((area.top, area.left), (area.bottom + totals, column)))
        if column == like + 1 and not tables.is_protected(self.sheet):
            looks = self.sheet.range((block.top, like), (block.bottom, column))
            self.sheet.range((block.top, like), (block.bottom, like)).autofill(looks, "fill_formats")
        values = [tables.typed(edit.cells.get((row, column))) for row in range(new.row, new.last_cell.row + 1)]
        if tables.shows_all(new):
            new.value = [[value] for value in values]
            return
        for row, value in enumerate(values, new.row):  # several rows at once do not reach those that a filter hides
            self._one(row, column).value = value

    @property
    def _single_cells(self) -> dict[tuple[int, int], object]:
        return {at: value for at, value in self.edit.cells.items() if at[1] != self.edit.new_column}

    def _column(self, column: int) -> xw.Range:
        """Header and cells of a new column, which is blank."""
        last = max(row for row, at in self.edit.cells if at == column)
        return self.sheet.range((self.edit.header_row, column), (last, column))

    def _add_rows(self) -> None:
        block, last_row, new = self.block, self.edit.last_row, self._new_cells()
        self.steps.note_all(new)
        if last_row > block.top and not tables.is_protected(self.sheet):  # where formats cannot be filled
            like = self._range(last_row, last_row)
            like.autofill(self._range(last_row, self.last), "fill_formats")
        for column, formula in self._continued().items():
            tables.set_formulas(self.sheet.range((last_row, column), (self.last, column)), formula)
        there = tables.contents(new)
        for column in self.edit.columns:
            held = [_is_formula(row[column - block.left]) for row in there]
            values = [[tables.typed(row.get(column))] for row in self.edit.rows]
            if self.first > block.bottom and not any(held):
                self.sheet.range((self.first, column), (self.last, column)).value = values
                continue
            for row, (value,), formula in zip(range(self.first, self.last + 1), values, held, strict=True):
                if value is not None and not formula:  # one by one: a filter may hide some of the rows
                    self._one(row, column).value = value

    @property
    def _columns(self) -> list[int]:
        return self.edit.columns or [self.edit.column]

    def _is_in(self, area: Area) -> bool:
        return area.top == self.edit.header_row and area.left <= self.edit.known_by <= area.right

    def _plain_block(self) -> Area:
        """Header row and body of a plain range: the run of headers that the edited columns stand in."""
        row, width = self.edit.header_row, max(self.sheet.used_range.last_cell.column, self._columns[-1])
        heads = tables.values_of(self.sheet.range((row, 1), (row, width + 1)))[0]
        left, right = self._columns[0], self._columns[-1]
        while left > 1 and heads[left - 2] not in (None, ""):
            left -= 1
        while right < width and heads[right] not in (None, ""):
            right += 1
        return Area(row, left, self.edit.last_row, right)

    def _refuse_formulas(self) -> None:
        cells = [self._one(*at) for at in self._single_cells]
        if self.edit.new_column:
            column = self._column(self.edit.new_column)
            held = (i for i, (text,) in enumerate(tables.contents(column)) if _is_formula(text))
            cells += [self._one(column.row + i, column.column) for i in held]
        for cell in cells:
            if _is_formula(tables.contents(cell)[0][0]):
                where = cell.address.replace("$", "")
                raise BookError("formula_cell", file=self.book, sheet=self.sheet.name, cell=where)

    def _room(self) -> Room:
        edit, block, used = self.edit, self.block, self.sheet.used_range.last_cell
        if not edit.rows:
            return Room(block, block, typed=self.typed)
        cells = self.sheet.range((edit.last_row, 1), (max(used.row, edit.last_row), max(used.column, block.right)))
        sheet = [list(line) for line in tables.formulas(cells)]
        for row, line in enumerate(sheet[1 : block.bottom - edit.last_row + len(edit.rows) + KEPT_GAP + 1], self.first):
            for column in range(block.left, block.right + 1):
                if _is_formula(line[column - 1]) and self._may_stay(row, column):
                    line[column - 1] = None
        totals = int(bool(self.table and self.table.show_totals))
        try:
            found = room(edit, block, sheet, totals=totals, solid=[*self.others, *solid(cells)])
            return replace(found, typed=self.typed)
        except TornError as error:
            name = self.table.name if self.table else self.sheet.name
            raise BookError("no_room", file=self.book, sheet=self.sheet.name, table=name) from error

    def _may_stay(self, row: int, column: int) -> bool:
        """Whether a formula is part of a new row: one in the table's body, or one a user filled down below a plain range."""
        return row <= self.block.bottom or (self.table is None and self._goes_on(row, column))

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
