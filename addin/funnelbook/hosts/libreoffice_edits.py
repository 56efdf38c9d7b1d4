"""Tables that users own, edited in a running LibreOffice: cells set and rows added."""

from __future__ import annotations

from com.sun.star.sheet.FillDirection import TO_BOTTOM

from funnelbook.book.ports import Area, BookError, TableEdit
from funnelbook.hosts.libreoffice_tables import area_of
from funnelbook.hosts.libreoffice_values import Null, cells_of, fit_formats, given, put, read


class Edited:
    """One edit of a user's table. BookError, before anything is touched, when something is in the way."""

    def __init__(self, document: object, edit: TableEdit, null: Null, book: str) -> None:
        self._document, self._edit, self._null, self._book = document, edit, null, book
        self._sheet = document.Sheets.getByName(edit.sheet)
        position = list(document.Sheets.ElementNames).index(edit.sheet)
        ranges = document.DatabaseRanges
        here = [r for r in map(ranges.getByName, ranges.ElementNames) if r.DataArea.Sheet == position]
        self._table = next((r for r in here if self._is_in(area_of(r.DataArea))), None)
        self._others = [area_of(r.DataArea) for r in here if self._table is None or r.Name != self._table.Name]
        self._block = area_of(self._table.DataArea) if self._table is not None else self._plain_block()
        self._first, self._last = edit.last_row + 1, edit.last_row + len(edit.rows)
        self._grows = bool(edit.rows) and self._last > self._block.bottom
        self._new = Area(self._first, self._block.left, self._last, self._block.right)
        self._refuse_in_way()

    @property
    def is_locked(self) -> bool:
        """Whether the sheet is protected against it: cells are not left open to typing, or a table would grow."""
        if not self._sheet.isProtected():
            return False
        places = [Area(*at, *at) for at in self._edit.cells] + ([self._new] if self._edit.rows else [])
        return (self._grows and self._table is not None) or any(map(self._holds_locked, places))

    def _holds_locked(self, area: Area) -> bool:
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        return any(self._sheet.getCellByPosition(c - 1, r - 1).CellProtection.IsLocked for r in rows for c in columns)

    def put(self) -> None:
        """Sets the cells and adds the rows; LibreOffice's own Undo takes them back."""
        for (row, column), value in self._edit.cells.items():
            self._set(row, column, value)
        if self._edit.rows:
            self._add_rows()

    def _add_rows(self) -> None:
        edit, block = self._edit, self._block
        blank = [all(text == "" for text in column) for column in zip(*self._formulas(self._new), strict=True)]
        filled = {c for c, free in enumerate(blank, block.left) if free and edit.last_row > block.top}
        goes_on = self._goes_on_from(edit.last_row)
        if self._grows and self._table is not None:
            address = self._table.DataArea
            address.EndRow = self._last - 1
            self._table.DataArea = address
        for column in filled:
            cells_of(self._sheet, Area(edit.last_row, column, self._last, column)).fillAuto(TO_BOTTOM, 1)
        for column in range(block.left, block.right + 1):
            if column in filled and column in goes_on:
                continue
            held = [text.startswith("=") for (text,) in self._formulas(Area(self._first, column, self._last, column))]
            for at, (row, formula) in enumerate(zip(edit.rows, held, strict=True), self._first):
                if column in filled or (column in row and not formula):
                    self._set(at, column, row.get(column))

    def _set(self, row: int, column: int, value: object) -> None:
        here = Area(row, column, row, column)
        fit_formats(self._document, self._sheet, here, [[value]])
        put(self._sheet, here, [(given(value, self._null),)])

    def _formulas(self, area: Area) -> tuple[tuple[str, ...], ...]:
        return cells_of(self._sheet, area).getFormulaArray()

    def _is_in(self, area: Area) -> bool:
        return area.top == self._edit.header_row and area.left <= self._edit.columns[0] <= area.right

    def _plain_block(self) -> Area:
        """Header row and body of a plain range: the run of headers that the edited columns stand in."""
        row, columns = self._edit.header_row, self._edit.columns
        cursor = self._sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        width = max(cursor.getRangeAddress().EndColumn + 1, columns[-1])
        heads = read(self._document, self._sheet, Area(row, 1, row, width + 1), self._null)[0]
        left, right = columns[0], columns[-1]
        while left > 1 and heads[left - 2] not in (None, ""):
            left -= 1
        while right < width and heads[right] not in (None, ""):
            right += 1
        return Area(row, left, self._edit.last_row, right)

    def _refuse_in_way(self) -> None:
        for row, column in self._edit.cells:
            cell = self._sheet.getCellByPosition(column - 1, row - 1)
            if cell.Formula.startswith("=") and cell.Type.value == "FORMULA":
                where = cell.AbsoluteName.rpartition(".")[2].replace("$", "")
                raise BookError("formula_cell", file=self._book, sheet=self._edit.sheet, cell=where)
        if self._edit.rows and self._is_crowded():
            name = self._table.Name if self._table is not None else self._edit.sheet
            raise BookError("no_room", file=self._book, sheet=self._edit.sheet, table=name)

    def _is_crowded(self) -> bool:
        block = self._block
        if self._grows:
            if self._table is not None and self._table.TotalsRow:
                return True
            for other in self._others:
                apart = other.right < block.left or other.left > block.right
                if not apart and other.bottom >= self._first and other.top <= self._last:
                    return True
        for row, (new, line) in enumerate(zip(self._edit.rows, self._formulas(self._new), strict=True), self._first):
            for column, content in enumerate(line, block.left):
                if content == "":
                    continue
                formula = content.startswith("=")
                if row <= block.bottom:
                    fits = formula or column not in new
                else:
                    fits = self._table is None and formula and self._goes_on(row, column)
                if not fits:
                    return True
        return False

    def _goes_on_from(self, row: int) -> set[int]:
        """The columns whose formula goes on below a row, the last with data."""
        first = self._block.top + 1
        if row < first:
            return set()
        line = self._formulas(Area(row, self._block.left, row, self._block.right))[0]
        return {
            column
            for column, text in enumerate(line, self._block.left)
            if text.startswith("=") and (row == first or self._goes_on(row, column))
        }

    def _goes_on(self, row: int, column: int) -> bool:
        """Whether a cell holds the formula of the one above, filled down."""
        cells = [self._sheet.getCellByPosition(column - 1, r - 1) for r in (row - 1, row)]
        return cells[0].getTokens() == cells[1].getTokens()
