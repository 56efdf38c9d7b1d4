"""A workbook in memory: the host of tests and of what needs no file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import cast
from xml.etree import ElementTree

import numpy as np
from python_calamine import CalamineWorkbook

from funnelbook.book import marks, ownership
from funnelbook.book.ports import Area, BookError, Cells, ListObject, TableEdit, TableWrite
from funnelbook.book.room import TornError, from_below, room

Grid = list[list[object]]
LAST_COLUMN = 16_384
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass
class MemoryBook:
    """A Book whose sheets are lists of rows."""

    name: str = "memory"
    grids: dict[str, Grid] = field(default_factory=dict)
    objects: list[ListObject] = field(default_factory=list)
    date1904: bool = False
    staged: bool = False
    defined: dict[str, str] = field(default_factory=dict)
    path: None = None
    saved: datetime | None = None

    def sheets(self) -> Sequence[str]:
        return list(self.grids)

    def list_objects(self) -> Sequence[ListObject]:
        return [replace(lo, headers=self._headers(lo)) for lo in self.objects]

    def names(self) -> Mapping[str, str]:
        return dict(self.defined)

    def define(self, names: Mapping[str, str]) -> None:
        self.staged = self.staged or not names.items() <= self.defined.items()
        self.defined |= names

    def head(self, sheet: str, rows: int) -> Grid:
        return self.grid(sheet)[:rows]

    def grid(self, sheet: str) -> Grid:
        width = max(map(len, self.grids[sheet]), default=0)
        return [[*row, *[None] * (width - len(row))] for row in self.grids[sheet]]

    def closed(self, sheet: str, cells: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        return {}

    def graft(self, template: bytes, sheets: Sequence[str], first: str = "") -> dict[str, str]:
        """Stages values and tables of a template's sheets; looks are a file's."""
        source = CalamineWorkbook.from_filelike(io.BytesIO(template), load_tables=True)
        names: dict[str, str] = {}
        used = marks.taken(self.defined) | {lo.name.casefold() for lo in self.objects}
        for sheet in sheets:
            name, number = sheet, 2
            while name.casefold() in (s.casefold() for s in self.grids):
                name, number = f"{sheet} ({number})", number + 1
            names[sheet] = name
            # the list is made anew, and may get any value
            self.grids[name] = cast("Grid", source.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
        if first:
            self.grids = {names[first]: self.grids[names[first]], **self.grids}
        for table in map(source.get_table_by_name, source.table_names or []):
            if table.sheet in names and table.start and table.end:
                (top, left), (bottom, right) = table.start, table.end
                if table.name.casefold() in used:
                    raise BookError("name_taken", file=self.name, name=table.name)
                self.objects.append(
                    ListObject(table.name, names[table.sheet], Area(top, left + 1, bottom + 1, right + 1))
                )
        self._define(template, names, used)
        self.staged = bool(names)
        return names

    def remove(self, sheet: str) -> None:
        """As of a Screen."""
        del self.grids[sheet]
        self.objects = [lo for lo in self.objects if lo.sheet != sheet]
        places = {name: marks.cells_of(formula) for name, formula in self.defined.items()}
        for name in [name for name, place in places.items() if place and place[0] == sheet]:
            del self.defined[name]

    def _define(self, template: bytes, sheets: Mapping[str, str], used: set[str]) -> None:
        """The template's names of the whole workbook, its sheets called as they are here."""
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            listed = ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{_SPACE}definedName")
        for element in listed:
            formula = element.text or ""
            if "localSheetId" not in element.attrib:
                if element.attrib["name"].casefold() in used:
                    raise BookError("name_taken", file=self.name, name=element.attrib["name"])
                place = marks.cells_of(formula)
                here = marks.formula_of(sheets.get(place[0], place[0]), place[1]) if place else formula
                self.defined[element.attrib["name"]] = here

    def _headers(self, lo: ListObject) -> tuple[str, ...]:
        row = self.grid(lo.sheet)[lo.area.top - 1 : lo.area.top]
        return tuple("" if v is None else str(v) for v in (row[0][lo.area.left - 1 : lo.area.right] if row else ()))

    def write(self, tables: Sequence[TableWrite], edits: Sequence[TableEdit] = ()) -> bool:
        grids, objects, defined = deepcopy(self.grids), list(self.objects), dict(self.defined)
        before = {sheet: self.grid(sheet) for sheet in self.grids}
        try:
            for edit in from_below(edits):
                self._edit(edit)
            ours = ownership.marked(self.defined, self.list_objects(), self.grids) if tables else {}
            places = {name: self.objects.index(lo) for name, lo in ours.items()}
            for table in tables:
                self._write(table, places[table.table])
        except BookError:
            self.grids, self.objects, self.defined = grids, objects, defined
            raise
        same = objects == self.objects and before == {sheet: self.grid(sheet) for sheet in self.grids}
        changed, self.staged = self.staged or not same, False
        return changed

    def _edit(self, edit: TableEdit) -> None:
        for (row, column), value in edit.without(self.grids[edit.sheet]).cells.items():
            self._put(edit.sheet, row, column, value)
        if not (edit.columns or edit.column):
            return
        at, block = self._around(edit)
        block = replace(block, bottom=max(block.bottom, edit.last_row))
        others = [lo.area for i, lo in enumerate(self.objects) if lo.sheet == edit.sheet and i != at]
        totals = self.objects[at].totals_rows if at is not None else 0
        try:
            found = room(edit, block, self.grid(edit.sheet)[edit.last_row - 1 :], totals=totals, solid=others)
        except TornError as error:
            raise BookError("no_room", file=self.name, sheet=edit.sheet, table=edit.sheet) from error
        if found.inserted:
            self._move_down(edit.sheet, found.inserted)
        for i, new in enumerate(edit.rows, edit.last_row + 1):
            for column, value in new.items():
                self._put(edit.sheet, i, column, value)
        if at is not None:
            right = max(block.right, edit.new_column)
            area = replace(block, bottom=block.bottom + found.longer + totals, right=right)
            self.objects[at] = replace(self.objects[at], area=area)

    def _move_down(self, sheet: str, inserted: Area) -> None:
        """Puts blank cells in; what stood there and below, in their columns, moves down."""
        grid, rows = self.grid(sheet), inserted.bottom - inserted.top + 1
        columns = list(zip(*grid, strict=True))
        for at, column in enumerate(columns, 1):
            there = inserted.left <= at <= inserted.right
            blanks, top = (None,) * rows, inserted.top - 1
            columns[at - 1] = (*column[:top], *blanks, *column[top:]) if there else (*column, *blanks)
        self.grids[sheet] = list(map(list, zip(*columns, strict=True)))
        for at, lo in enumerate(self.objects):
            if lo.sheet == sheet and inserted.left <= lo.area.left and lo.area.top >= inserted.top:
                area = replace(lo.area, top=lo.area.top + rows, bottom=lo.area.bottom + rows)
                self.objects[at] = replace(lo, area=area)
        self._follow(sheet, inserted, rows)

    def _follow(self, sheet: str, inserted: Area, rows: int) -> None:
        """Names of cells that moved down refer to where they are now."""
        for name, formula in self.defined.items():
            place = marks.cells_of(formula)
            if place and place[0] == sheet and inserted.left <= place[1].left and place[1].top >= inserted.top:
                area = replace(place[1], top=place[1].top + rows, bottom=place[1].bottom + rows)
                self.defined[name] = marks.formula_of(sheet, area)

    def _around(self, edit: TableEdit) -> tuple[int | None, Area]:
        """The ListObject an edit is of, by position, and the place of its header and body; else that of the plain range."""
        columns = edit.columns or [edit.column]
        for at, lo in enumerate(self.objects):
            at_row = (lo.sheet, lo.area.top) == (edit.sheet, edit.header_row)
            if at_row and lo.area.left <= edit.known_by <= lo.area.right:
                return at, replace(lo.area, bottom=lo.area.bottom - lo.totals_rows)
        left, right = columns[0], columns[-1]
        while left > 1 and self._value(edit.sheet, edit.header_row, left - 1) not in (None, ""):
            left -= 1
        while self._value(edit.sheet, edit.header_row, right + 1) not in (None, ""):
            right += 1
        return None, Area(edit.header_row, left, edit.last_row, right)

    def _value(self, sheet: str, row: int, column: int) -> object:
        grid = self.grids[sheet]
        return grid[row - 1][column - 1] if row <= len(grid) and column <= len(grid[row - 1]) else None

    def _put(self, sheet: str, row: int, column: int, value: object) -> None:
        grid = self.grids[sheet]
        grid += [[] for _ in range(row - len(grid))]
        _put(grid, row - 1, column - 1, (_cell(value),))

    def _write(self, table: TableWrite, at: int) -> None:
        lo = self.objects[at]
        area, rows = lo.area, max(table.rows, 1)
        self._make_room(lo, rows - (area.bottom - area.top))
        grid = self.grids[lo.sheet]
        while len(grid) < area.top + rows:
            grid.append([])
        body = list(zip(*map(_cells, table.columns), strict=True)) or [(None,) * len(table.headers)]
        blanks = [(None,) * len(table.headers)] * (area.bottom - area.top - rows)
        for i, row in enumerate([tuple(table.headers), *body, *blanks], area.top - 1):
            _put(grid, i, area.left - 1, row)
        if area.top > 1 and table.note:
            _put(grid, area.top - 2, area.left - 1, (table.note,))
        bottom = Area(area.top, area.left, area.top + rows, area.left + len(table.headers) - 1)
        self.objects[at] = replace(lo, area=bottom)

    def _make_room(self, grown: ListObject, rows: int) -> None:
        """What stands below a table on its sheet moves down when the table needs the place."""
        if rows <= 0 or not any(lo.sheet == grown.sheet and lo.area.top > grown.area.bottom for lo in self.objects):
            return
        self.grids[grown.sheet][grown.area.bottom : grown.area.bottom] = [[] for _ in range(rows)]
        self.objects = [
            replace(lo, area=replace(lo.area, top=lo.area.top + rows, bottom=lo.area.bottom + rows))
            if lo.sheet == grown.sheet and lo.area.top > grown.area.bottom
            else lo
            for lo in self.objects
        ]
        self._follow(grown.sheet, Area(grown.area.bottom + 1, 1, grown.area.bottom + rows, LAST_COLUMN), rows)


def _put(grid: Grid, row: int, left: int, cells: Sequence[object]) -> None:
    line = grid[row]
    line.extend([None] * (left + len(cells) - len(line)))
    line[left : left + len(cells)] = cells


def _cells(column: Cells) -> list[object]:
    """Values as a sheet would give them back."""
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        column = column.astype("datetime64[s]")  # to become datetimes
    return [_cell(v) for v in (column.tolist() if isinstance(column, np.ndarray) else column)]


def _cell(value: object) -> object:
    match value:
        case float() if np.isnan(value):
            return None
        case bool():
            return value
        case int():
            return float(value)
        case datetime():
            return value
        case date():
            return datetime(value.year, value.month, value.day)
        case _:
            return value
