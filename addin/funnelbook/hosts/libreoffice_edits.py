"""Tables that users own, edited in a running LibreOffice: cells set and rows added."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from com.sun.star.sheet.FillDirection import TO_BOTTOM

from funnelbook.book.ports import Area, BookError, TableEdit
from funnelbook.book.room import KEPT_GAP, Room, TornError, room
from funnelbook.hosts.libreoffice_growth import Growth, solid
from funnelbook.hosts.libreoffice_tables import area_of
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.libreoffice_values import Null, cells_of, fit_formats, given, no_text_format, put, read

_LOOKS = (
    "CellStyle", "CellBackColor", "IsCellBackgroundTransparent", "CharFontName", "CharHeight", "CharWeight", "CharPosture", "CharColor",
    "HoriJustify", "VertJustify", "IsTextWrapped", "TopBorder", "BottomBorder", "LeftBorder", "RightBorder",
)  # fmt: skip


def closed(sheet: Uno, cells: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Those of the cells that no edit may set, with the code of the refusal: formulas, cells locked on a protected sheet."""
    rows: dict[int, list[int]] = {}
    for row, column in cells:
        rows.setdefault(column, []).append(row)
    found: dict[tuple[int, int], str] = {}
    for column, of in rows.items():
        top = min(of)
        held = cells_of(sheet, Area(top, column, max(of), column)).getFormulaArray()
        found |= {(row, column): "formula_cell" for row in of if _is_formula(sheet, row, column, held[row - top][0])}
    if sheet.isProtected():
        locked = [(r, c) for r, c in cells if sheet.getCellByPosition(c - 1, r - 1).CellProtection.IsLocked]
        found |= dict.fromkeys(locked, "protected_sheet")
    return found


def _is_formula(sheet: Uno, row: int, column: int, text: str) -> bool:
    return text.startswith("=") and sheet.getCellByPosition(column - 1, row - 1).Type.value == "FORMULA"


class Edited:
    """One edit of a user's table. BookError, before anything is touched, when something is in the way."""

    def __init__(self, document: Uno, edit: TableEdit, null: Null, book: str) -> None:
        self._document, self._edit, self._null, self._book = document, edit, null, book
        self._sheet = document.Sheets.getByName(edit.sheet)
        position = list(document.Sheets.ElementNames).index(edit.sheet)
        ranges = document.DatabaseRanges
        here = [r for r in map(ranges.getByName, ranges.ElementNames) if r.DataArea.Sheet == position]
        self._table = next((r for r in here if self._is_in(area_of(r.DataArea))), None)
        self._others = [area_of(r.DataArea) for r in here if self._table is None or r.Name != self._table.Name]
        self._totals = int(self._table.TotalsRow) if self._table is not None else 0
        block = self._listed_block(self._table) if self._table is not None else self._plain_block()
        self._typed = max(0, edit.last_row - block.bottom)  # rows right below a ListObject that are none of it yet
        self._block = replace(block, bottom=block.bottom + self._typed)
        self._refuse_formulas()
        self._growth = Growth(document, self._sheet, self._found_room())
        first = edit.last_row + 1
        self._new = Area(first, self._block.left, first + len(edit.rows) - 1, self._block.right)

    @property
    def table(self) -> str | None:
        """The name of the ListObject it is made in."""
        return self._table.Name if self._table is not None else None

    @property
    def changes(self) -> bool:
        """Whether there is anything to do: a ListObject may reach down to its last row already."""
        return bool(self._edit.columns or (self._table is not None and self._typed))

    @property
    def is_locked(self) -> bool:
        """Whether the sheet is protected against it: cells are not left open to typing, or a table would grow."""
        if not self._sheet.isProtected():
            return False
        places = [Area(*at, *at) for at in self._edit.cells] + ([self._new] if self._edit.rows else [])
        room = self._growth.room
        grows = bool(room.inserted or (room.longer + room.typed + self._edit.new_column and self._table is not None))
        return grows or any(map(self._holds_locked, places))

    def _holds_locked(self, area: Area) -> bool:
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        return any(self._sheet.getCellByPosition(c - 1, r - 1).CellProtection.IsLocked for r in rows for c in columns)

    def put(self) -> None:
        """Sets the cells and adds the rows; LibreOffice's own Undo takes them back, but for what `draw` does."""
        self._growth = Growth(self._document, self._sheet, self._found_room())  # edits further down moved what is there
        if self._edit.new_column:
            self._add_column()
        for (row, column), value in self._edit.cells.items():
            if column != self._edit.new_column:
                self._set(row, column, value)
        if not self._growth.put_in():
            raise self._no_room()
        if self._table is not None:
            address = self._table.DataArea
            address.EndRow = self._block.bottom + self._growth.room.longer + self._totals - 1
            self._table.DataArea = address
        if self._edit.rows or self._typed:
            self._growth.follow()
        if self._edit.rows:
            self._add_rows()

    def draw(self) -> None:
        self._growth.draw()

    def draw_as_before(self) -> None:
        self._growth.draw_as_before()

    def _add_column(self) -> None:
        """Puts in the new column at once; its header and its cells look as those of the last one."""
        edit = self._edit
        column, like = edit.new_column, edit.column
        if self._table is not None:
            address = self._table.DataArea
            address.EndColumn = column - 1
            self._table.DataArea = address
        last = max(row for row, at in edit.cells if at == column)
        for top, bottom in ((edit.header_row, edit.header_row), (edit.header_row + 1, last)):
            here = Area(top, column, bottom, column)
            new, old = cells_of(self._sheet, here), self._sheet.getCellByPosition(like - 1, top - 1)
            for name in _LOOKS:
                setattr(new, name, getattr(old, name))
            rows = [[edit.cells.get((row, column))] for row in range(top, bottom + 1)]
            fit_formats(self._document, self._sheet, here, rows)
            put(self._sheet, here, [tuple(given(value, self._null) for value in line) for line in rows])

    def _add_rows(self) -> None:
        edit, block, new = self._edit, self._block, self._new
        blank = [all(text == "" for text in column) for column in zip(*self._formulas(new), strict=True)]
        filled = {c for c, free in enumerate(blank, block.left) if free and edit.last_row > block.top}
        goes_on = self._goes_on_from(edit.last_row)
        for column in filled:
            cells_of(self._sheet, Area(edit.last_row, column, new.bottom, column)).fillAuto(TO_BOTTOM, 1)
        for column in range(block.left, block.right + 1):
            if column in filled and column in goes_on:
                continue
            held = [text.startswith("=") for (text,) in self._formulas(replace(new, left=column, right=column))]
            for at, (row, formula) in enumerate(zip(edit.rows, held, strict=True), new.top):
                if column in filled or (column in row and not formula):
                    self._set(at, column, row.get(column))

    def _set(self, row: int, column: int, value: object) -> None:
        here = Area(row, column, row, column)
        if isinstance(value, int | float):
            no_text_format(self._document, self._sheet.getCellByPosition(column - 1, row - 1))
        fit_formats(self._document, self._sheet, here, [[value]])
        put(self._sheet, here, [(given(value, self._null),)])

    def _formulas(self, area: Area) -> tuple[tuple[str, ...], ...]:
        return cells_of(self._sheet, area).getFormulaArray()

    @property
    def _columns(self) -> list[int]:
        return self._edit.columns or [self._edit.column]

    def _is_in(self, area: Area) -> bool:
        return area.top == self._edit.header_row and area.left <= self._edit.known_by <= area.right

    def _listed_block(self, table: Uno) -> Area:
        """Header row and body of a ListObject."""
        area = area_of(table.DataArea)
        return replace(area, bottom=area.bottom - self._totals)

    def _plain_block(self) -> Area:
        """Header row and body of a plain range: the run of headers that the edited columns stand in."""
        row, columns = self._edit.header_row, self._columns
        width = max(self._used().right, columns[-1])
        heads = read(self._document, self._sheet, Area(row, 1, row, width + 1), self._null)[0]
        left, right = columns[0], columns[-1]
        while left > 1 and heads[left - 2] not in (None, ""):
            left -= 1
        while right < width and heads[right] not in (None, ""):
            right += 1
        return Area(row, left, self._edit.last_row, right)

    def _used(self) -> Area:
        """All of the sheet that is used, from A1 on."""
        cursor = self._sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return Area(1, 1, end.EndRow + 1, end.EndColumn + 1)

    def _refuse_formulas(self) -> None:
        for row, column in self._edit.cells:
            cell = self._sheet.getCellByPosition(column - 1, row - 1)
            if _is_formula(self._sheet, row, column, cell.Formula):
                where = cell.AbsoluteName.rpartition(".")[2].replace("$", "")
                raise BookError("formula_cell", file=self._book, sheet=self._edit.sheet, cell=where)

    def _found_room(self) -> Room:
        edit, block, used = self._edit, self._block, self._used()
        if not edit.rows:
            return Room(block, block, typed=self._typed)
        area = Area(edit.last_row, 1, max(used.bottom, edit.last_row), max(used.right, block.right))
        sheet = list(map(list, self._formulas(area)))
        for row in range(edit.last_row + 1, min(area.bottom, block.bottom + len(edit.rows) + KEPT_GAP) + 1):
            line = sheet[row - area.top]
            for column in range(block.left, block.right + 1):
                if line[column - 1].startswith("=") and self._may_stay(row, column):
                    line[column - 1] = ""
        try:
            taken = [*self._others, *solid(self._sheet, area)]
            return replace(room(edit, block, sheet, totals=self._totals, solid=taken), typed=self._typed)
        except TornError as error:
            raise self._no_room() from error

    def _no_room(self) -> BookError:
        name = self._table.Name if self._table is not None else self._edit.sheet
        return BookError("no_room", file=self._book, sheet=self._edit.sheet, table=name)

    def _may_stay(self, row: int, column: int) -> bool:
        """Whether a formula is part of a new row: one in the table's body, or one a user filled down below a plain range."""
        return row <= self._block.bottom or (self._table is None and self._goes_on(row, column))

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
