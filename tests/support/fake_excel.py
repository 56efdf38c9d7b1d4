"""An application that xlwings drives like Excel: its engine interface over lists of cells, with Excel's own habits where they bite.

Texts put into a cell are taken as typed: =1+1 becomes a formula, 007 a number, 'x the text x. Tables must not overlap.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape, unescape
from types import SimpleNamespace

import openpyxl
import xlwings as xw
from python_calamine import CalamineWorkbook
from xlwings import base_classes

_TYPED = re.compile(r"[-+]?\d+(\.\d+)?%?")
_ADDRESS = re.compile(r"\$?([A-Z]*)\$?(\d*)(?::\$?([A-Z]*)\$?(\d*))?")
_REFERENCE = re.compile(r"('[^']+'!|\w+!)?(\$?[A-Z]{1,3})(\$?\d+)(?::(\$?[A-Z]{1,3})(\$?\d+))?(?![\w(\"])")


class Refused(Exception):
    """What COM raises when Excel says no."""


@dataclass
class Table(base_classes.Table):
    sheet: Sheet
    title: str
    area: tuple[int, int, int, int]  # top, left, bottom, right

    totals: bool = False
    filtered: bool = False  # rows are hidden by a filter
    SourceType: int = 1  # 1: cells of the sheet; 3: a query

    name = property(lambda self: self.title)
    parent = property(lambda self: self.sheet)
    range = property(lambda self: Range(self.sheet, *self.area))
    api = property(lambda self: self)

    @property
    def show_totals(self) -> bool:
        return self.totals

    @show_totals.setter
    def show_totals(self, shown: bool) -> None:
        top, left, bottom, right = self.area
        if shown and not self.totals:
            self.sheet.put(bottom + 1, left, "合计")
            self.area = (top, left, bottom + 1, right)
        elif self.totals and not shown:
            Range(self.sheet, bottom, left, bottom, right).clear_contents()
            self.area = (top, left, bottom - 1, right)
        self.totals = shown

    @property
    def show_autofilter(self) -> bool:
        return True

    @show_autofilter.setter
    def show_autofilter(self, shown: bool) -> None:
        self.sheet.refuse_protected()
        self.filtered = self.filtered and shown

    @property
    def header_row_range(self) -> Range:
        top, left, _, right = self.area
        return Range(self.sheet, top, left, top, right)

    @property
    def data_body_range(self) -> Range:
        top, left, bottom, right = self.area
        return Range(self.sheet, top + 1, left, bottom - self.totals, right)

    def fill_calculated(self, new: range) -> None:
        """Rows put into the body get the formula of a column that holds one in all others."""
        top, left, bottom, right = self.area
        body = [row for row in range(top + 1, bottom - self.totals + 1) if row not in new]
        if not body or len(body) == bottom - self.totals - top:  # put in elsewhere
            return
        for column in range(left, right + 1):
            held = {_moved(str(self.sheet.formula_of(row, column)), -row) for row in body}
            if len(held) == 1 and (first := str(self.sheet.formula_of(body[0], column))).startswith("="):
                for row in new:
                    self.sheet.cells_.setdefault((row, column), _moved(first, row - body[0]))

    def resize(self, cells: xw.Range) -> None:
        new = cells.impl.area
        for other in self.sheet.listed:
            apart = other.area[0] > new[2] or other.area[2] < new[0] or other.area[1] > new[3] or other.area[3] < new[1]
            if other is not self and not apart:
                raise Refused("a table cannot overlap another table")
        if new[0] != self.area[0]:
            raise Refused("the header row stays where it is")
        self.sheet.refuse_protected()
        (top, left, bottom, _), self.area = self.area, new
        for number, column in enumerate(range(left, new[3] + 1), 1):
            self.sheet.cells_.setdefault((top, column), ("'", f"列{number}"))
        self.fill_calculated(range(bottom + 1, new[2] + 1))


@dataclass
class Range(base_classes.Range):
    sheet: Sheet
    row1: int
    column1: int
    row2: int
    column2: int

    area = property(lambda self: (self.row1, self.column1, self.row2, self.column2))
    row = property(lambda self: self.row1)
    column = property(lambda self: self.column1)
    shape = property(lambda self: (self.row2 - self.row1 + 1, self.column2 - self.column1 + 1))
    coords = property(lambda self: (self.sheet, *self.area))
    api = property(lambda self: self)
    max_cells_per_read = max_cells_per_write = None

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        top, left = self.row1 + row - 1, self.column1 + column - 1
        return Range(self.sheet, top, left, top, left)

    @property
    def address(self) -> str:
        first, last = (
            f"${xw.utils.col_name(c)}${r}" for r, c in ((self.row1, self.column1), (self.row2, self.column2))
        )
        return first if first == last else f"{first}:{last}"

    def get_address(self, *_: object) -> str:
        return self.address

    EntireRow = property(lambda self: self)

    @property
    def Hidden(self) -> bool | None:
        hidden = {row in self.sheet.hidden for row in self._rows()}
        return hidden.pop() if len(hidden) == 1 else None

    @Hidden.setter
    def Hidden(self, away: bool) -> None:
        self.sheet.refuse_protected()
        self.sheet.hidden = self.sheet.hidden | set(self._rows()) if away else self.sheet.hidden - set(self._rows())

    @property
    def Locked(self) -> bool | None:
        locked = {(r, c) not in self.sheet.left_open for r in self._rows() for c in self._columns()}
        return locked.pop() if len(locked) == 1 else None

    @property
    def raw_value(self) -> object:
        rows = tuple(tuple(self.sheet.value(r, c) for c in self._columns()) for r in self._rows())
        return rows if len(self) > 1 else rows[0][0]

    @raw_value.setter
    def raw_value(self, data: object) -> None:
        rows = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        for r, line in zip(self._rows(), rows, strict=True):
            if r in self.sheet.hidden and self.row1 < self.row2:  # by a filter: several rows at once do not reach it
                continue
            for c, value in zip(self._columns(), line, strict=True):
                self.sheet.put(r, c, value)

    @property
    def formula(self) -> object:
        rows = tuple(tuple(self.sheet.formula_of(r, c) for c in self._columns()) for r in self._rows())
        return rows if len(self) > 1 else rows[0][0]

    @formula.setter
    def formula(self, data: object) -> None:
        if isinstance(data, str) and data.startswith("="):
            data = [[_moved(data, i)] * self.shape[1] for i in range(self.shape[0])]
        self.raw_value = data

    formula2 = formula

    @property
    def FormulaR1C1(self) -> object:
        rows = tuple(tuple(_moved(str(self.sheet.formula_of(r, c)), -r) for c in self._columns()) for r in self._rows())
        return rows if len(self) > 1 else rows[0][0]

    @property
    def number_format(self) -> str | None:
        codes = {self.sheet.formats.get((r, c), "General") for r in self._rows() for c in self._columns()}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.sheet.refuse_protected()
        for at in ((r, c) for r in self._rows() for c in self._columns()):
            self.sheet.formats.pop(at, None)
            if code != "General":
                self.sheet.formats[at] = code

    def clear_contents(self) -> None:
        self.sheet.refuse_protected()
        for r in self._rows():
            for c in self._columns():
                self.sheet.cells_.pop((r, c), None)

    def autofill(self, destination: xw.Range, type_: str) -> None:
        assert type_ == "fill_formats"
        assert destination.impl.area[:2] == self.area[:2]

    def insert(self, shift: str, _origin: str) -> None:
        assert shift == "down"
        self.sheet.refuse_protected()
        if self.sheet.full:
            raise Refused("nonblank cells would be pushed off the end of the sheet")
        self.sheet.refuse_torn(self.area)
        self.sheet.shift(self.row1, self.shape[0], self.column1, self.column2)
        for table in self.sheet.listed:
            table.fill_calculated(self._rows())

    def delete(self, shift: str) -> None:
        assert shift == "up"
        self.sheet.refuse_protected()
        self.sheet.refuse_torn(self.area)
        for at in [(r, c) for r, c in self.sheet.cells_ if r in self._rows() and c in self._columns()]:
            del self.sheet.cells_[at]
        self.sheet.shift(self.row2 + 1, -self.shape[0], self.column1, self.column2)

    @property
    def merge_cells(self) -> bool | None:
        return self._share_in(self.sheet.merged)

    @property
    def has_array(self) -> bool | None:
        return self._share_in(self.sheet.arrays)

    @property
    def merge_area(self) -> Range:
        return self._whole(self.sheet.merged)

    @property
    def CurrentArray(self) -> Range:
        return self._whole(self.sheet.arrays)

    @property
    def Address(self) -> str:
        return self.address

    def _share_in(self, areas: list[tuple[int, int, int, int]]) -> bool | None:
        """Whether all cells are in areas, None when some are."""
        inside = {any(_overlap((r, c, r, c), area) for area in areas) for r in self._rows() for c in self._columns()}
        return inside.pop() if len(inside) == 1 else None

    def _whole(self, areas: list[tuple[int, int, int, int]]) -> Range:
        return Range(self.sheet, *next(area for area in areas if _overlap(self.area, area)))

    def SpecialCells(self, kind: int) -> SimpleNamespace:
        assert kind == -4123
        found = [Range(self.sheet, r, c, r, c) for (r, c), v in self.sheet.cells_.items() if str(v).startswith("=")]
        if not found:
            raise Refused("No cells were found.")
        return SimpleNamespace(Areas=found)

    def _rows(self) -> range:
        return range(self.row1, self.row2 + 1)

    def _columns(self) -> range:
        return range(self.column1, self.column2 + 1)


@dataclass
class Sheet(base_classes.Sheet):
    workbook: Book
    title: str
    cells_: dict[tuple[int, int], object] = field(default_factory=dict)
    listed: list[Table] = field(default_factory=list)
    protected: bool = False
    left_open: frozenset[tuple[int, int]] = frozenset()  # cells that can be typed into all the same
    refusing: bool = False  # whatever is done to it, for no reason Excel tells before
    refusing_at: tuple[int, int] | None = None  # a value in this cell
    full: bool = False  # something stands in its last row
    visible: bool = True
    hidden: frozenset[int] = frozenset()  # rows
    drawn: list[Chart] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    arrays: list[tuple[int, int, int, int]] = field(default_factory=list)  # cells of one array formula
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # number formats that are not General

    def __setattr__(self, key: str, value: object) -> None:
        if key == "title" and "title" in self.__dict__:  # names follow a sheet that is renamed
            old, new = (f"='{str(title).replace(chr(39), chr(39) * 2)}'!" for title in (self.title, value))
            for name, refers_to in self.workbook.defined.items():
                self.workbook.defined[name] = refers_to.replace(old, new)
        super().__setattr__(key, value)

    book = property(lambda self: self.workbook)
    api = property(lambda self: self)
    index = property(lambda self: self.workbook.listed.index(self) + 1)
    charts = property(lambda self: Collection(self.drawn))
    tables = property(lambda self: Collection(self.listed))
    names = None

    @property
    def name(self) -> str:
        return self.title

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        beside = before or after
        assert beside is not None
        target = beside.book
        taken, new, number = {s.name.casefold() for s in target.listed}, self.title, 2
        while new.casefold() in taken:
            new, number = f"{self.title} ({number})", number + 1
        made = Sheet(target, new, dict(self.cells_))
        made.listed = [Table(made, t.title, t.area) for t in self.listed]
        target.listed.insert(target.listed.index(beside) + (beside is after), made)
        for name, refers_to in self.workbook.defined.items():  # a copied sheet brings names as links
            target.defined.setdefault(name, refers_to.replace("=", f"=[{self.workbook.name}]"))

    def delete(self) -> None:
        self.workbook.listed.remove(self)

    ProtectContents = property(lambda self: self.protected)

    def refuse_protected(self, *cell: int) -> None:
        if self.refusing or (self.protected and cell not in self.left_open):
            raise Refused("the sheet is protected")

    def activate(self) -> None:
        if not self.visible:
            raise Refused("Activate method of Worksheet class failed")
        self.workbook.front = self.title

    def width(self) -> int:
        return max((c for _, c in self.cells_), default=1)

    @property
    def used_range(self) -> Range:
        return Range(self, 1, 1, max((r for r, _ in self.cells_), default=1), self.width())

    def range(self, arg1: object, arg2: object = None) -> Range:
        if isinstance(arg1, str):
            left, top, right, bottom = _ADDRESS.fullmatch(arg1).groups()
            number = xw.utils.address_to_index_tuple
            first = number(f"{left or 'A'}{top or 1}")
            last = number(f"{right or left or 'XFD'}{bottom or top}") if right or bottom or not left else first
            return Range(self, *first, *last)
        corner = lambda a: a.area if isinstance(a, Range) else (*a, *a)  # noqa: E731
        first, last = corner(arg1), corner(arg2 if arg2 is not None else arg1)
        return Range(self, first[0], first[1], last[2], last[3])

    def value(self, row: int, column: int) -> object:
        found = self.cells_.get((row, column))
        if isinstance(found, str) and found.startswith("=HYPERLINK("):
            return float(found.rstrip(")").rpartition(",")[2])
        return (
            0.0 if isinstance(found, str) and found.startswith("=") else found[1] if isinstance(found, tuple) else found
        )

    def formula_of(self, row: int, column: int) -> object:
        found = self.cells_.get((row, column))
        return "" if found is None else found[1] if isinstance(found, tuple) else found

    def put(self, row: int, column: int, value: object) -> None:
        """Takes a value as Excel does: (mark, text) for a text kept as typed, = for a formula."""
        self.refuse_protected(row, column)
        if (row, column) == self.refusing_at and value not in (None, ""):
            raise Refused("not this cell")
        if isinstance(value, str):
            if value.startswith("'"):
                value = ("'", value[1:])
            elif _TYPED.fullmatch(value):
                value = float(value.rstrip("%"))
            elif value and value[0] in "+-@":
                raise Refused(f"{value}: that is no formula")
        if type(value) is int:
            value = float(value)
        code = self.formats.get((row, column), "General")
        if code == "@" and isinstance(value, float | datetime) and not isinstance(value, bool):
            value = ("'", f"{value:g}" if isinstance(value, float) else str(value))
        elif code == "General" and isinstance(value, datetime):
            self.formats[row, column] = "m/d/yyyy"
        if value is None or value == "":
            self.cells_.pop((row, column), None)
        else:
            self.cells_[row, column] = value

    def refuse_torn(self, cells: tuple[int, int, int, int]) -> None:
        """What Excel refuses to shift in part: a table, merged cells, an array."""
        top, left, _, right = cells
        for area in (*(table.area for table in self.listed), *self.merged, *self.arrays):
            if area[2] >= top and area[1] <= right and area[3] >= left and not left <= area[1] <= area[3] <= right:
                raise Refused("The operation is attempting to shift cells in a table on your worksheet.")

    def shift(self, first: int, by: int, left: int, right: int) -> None:
        """Moves the cells of some columns, from a row on; every reference of the workbook goes along as in Excel."""
        self.cells_ = {(r + by if r >= first and left <= c <= right else r, c): v for (r, c), v in self.cells_.items()}

        def moved(area: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
            goes = left <= area[1] and area[3] <= right
            return (
                area[0] + by * (goes and area[0] >= first),
                area[1],
                area[2] + by * (goes and area[2] >= first),
                area[3],
            )

        for table in self.listed:
            table.area = moved(table.area)
        self.merged, self.arrays = list(map(moved, self.merged)), list(map(moved, self.arrays))

        def followed(text: str, here: str) -> str:
            return _REFERENCE.sub(lambda found: one(found, here), text)

        def one(found: re.Match[str], here: str) -> str:
            sheet, *corners = found.groups()
            columns = [corners[0], corners[2] or corners[0]]
            if (sheet or here).strip("'!") != self.title or not all(
                left <= xw.utils.address_to_index_tuple(f"{c.strip('$')}1")[1] <= right for c in columns
            ):
                return found[0]
            rows = [_row(int(text.strip("$")), first, by) for text in (corners[1], corners[3] or corners[1])]
            if corners[3] and by < 0 and first + by <= int(corners[3].strip("$")) < first:
                rows[1] = first + by - 1  # the last rows of a range are deleted: it ends before them
            dollar = ["$" if text.startswith("$") else "" for text in (corners[1], corners[3] or "")]
            last = f":{corners[2]}{dollar[1]}{rows[1]}" if corners[3] else ""
            return f"{sheet or ''}{corners[0]}{dollar[0]}{rows[0]}{last}"

        for sheet in self.workbook.listed:
            for at, value in sheet.cells_.items():
                if isinstance(value, str) and value.startswith("="):
                    sheet.cells_[at] = followed(value, sheet.title)
            for chart in sheet.drawn:
                chart.only.Formula = followed(chart.only.Formula, sheet.title)
        for name, text in self.workbook.defined.items():
            self.workbook.defined[name] = followed(text, "")


def _row(row: int, first: int, by: int) -> int:
    """Where a row of a reference is when those from `first` on moved; of rows deleted, the first that is left."""
    return row + by if row >= first else min(row, first + by) if by < 0 else row


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


class Collection(base_classes.Collection):
    def __init__(self, items: list) -> None:
        self.items = items

    api = parent = None

    def __call__(self, key: object) -> object:
        return self.items[key - 1] if isinstance(key, int) else next(i for i in self.items if i.name == key)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self):
        return iter(self.items)

    def __contains__(self, key: object) -> bool:
        return any(i.name == key for i in self.items)


class Book(base_classes.Book):
    def __init__(self, app: App, name: str) -> None:
        self._app, self._name, self.listed, self.front = app, name, [], ""
        self.defined: dict[str, str] = {}
        self.hidden: set[str] = set()

    app = property(lambda self: self._app)
    name = property(lambda self: self._name)
    sheets = property(lambda self: Sheets(self.listed))
    names = property(lambda self: Names(self))  # noqa: PLW0108 (named below)
    Date1904 = False
    fullname = ""
    Saved = False
    last_saved: datetime | None = None

    @property
    def api(self) -> Book:
        return self

    def BuiltinDocumentProperties(self, name: str) -> SimpleNamespace:
        if name != "Last Save Time" or self.last_saved is None:
            raise AttributeError(name)
        return SimpleNamespace(Value=self.last_saved)

    def load(self, package: bytes) -> None:
        """Takes over values and tables of a workbook package."""
        source = CalamineWorkbook.from_filelike(io.BytesIO(package), load_tables=True)
        for name in source.sheet_names:
            sheet = Sheet(self, name)
            for r, line in enumerate(source.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
                for c, value in enumerate(line, 1):
                    if value != "":
                        sheet.cells_[r, c] = ("'", value) if isinstance(value, str) else _moment(value)
            self.listed.append(sheet)
        self._load_protection(package)
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            workbook = archive.read("xl/workbook.xml").decode()
        for sheet in self.listed:
            sheet.visible = not re.search(
                rf'<sheet name="{re.escape(escape(sheet.title, quote=False))}"[^>]* state="', workbook
            )
        listed = re.findall(r'<definedName name="([^"]+)"(?: localSheetId="(\d+)")?[^>]*>([^<]+)<', workbook)
        self.defined = {
            f"{self.listed[int(at)].title}!{name}" if at else name: f"={unescape(text)}" for name, at, text in listed
        }
        for table in map(source.get_table_by_name, source.table_names or []):
            sheet = self.sheets(table.sheet)
            (top, left), (bottom, right) = table.start, table.end
            sheet.listed.append(Table(sheet, table.name, (top, left + 1, bottom + 1, right + 1)))

    def load_formulas(self, package: bytes) -> None:
        found = openpyxl.load_workbook(io.BytesIO(package))
        for sheet in self.listed:
            for cell in (c for row in found[sheet.title].iter_rows() for c in row if c.data_type == "f"):
                text = cell.value
                if not isinstance(text, str):
                    text, (left, top, right, bottom) = text.text, openpyxl.utils.range_boundaries(text.ref)
                    sheet.arrays.append((top, left, bottom, right))
                sheet.cells_[cell.row, cell.column] = text
            sheet.merged = [
                (m.min_row, m.min_col, m.max_row, m.max_col) for m in found[sheet.title].merged_cells.ranges
            ]
            for series in (s for chart in found[sheet.title]._charts for s in chart.series):
                sheet.drawn.append(Chart(f"=SERIES(,{series.cat.strRef.f},{series.val.numRef.f},1)"))
            for table in sheet.listed:
                table.totals = bool(found[sheet.title].tables[table.title].totalsRowCount)
                top, left, bottom, right = table.area
                table.area = (top, left, bottom + table.totals, right)

    def _load_protection(self, package: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        if not any(b"<sheetProtection" in xml for xml in sheets):
            return
        with warnings.catch_warnings(action="ignore"):  # of charts it cannot keep
            found = openpyxl.load_workbook(io.BytesIO(package))
        for sheet in self.listed:
            looks = found[sheet.title]
            sheet.protected = looks.protection.sheet
            lines = looks.iter_rows(max_row=looks.max_row + 20)
            sheet.left_open = frozenset((c.row, c.column) for row in lines for c in row if not _locked(looks, c))

    def close(self) -> None:
        self._app.open_books.remove(self)


def _locked(sheet: object, cell: object) -> bool:
    """Whether a cell is locked; one that is not written has the looks of its column."""
    columns = (c for c in sheet.column_dimensions.values() if c.min <= cell.column <= c.max)
    return (cell if cell.has_style else next(columns, cell)).protection.locked


def _moment(value: object) -> object:
    if type(value) is date:
        return datetime(value.year, value.month, value.day)
    return value if isinstance(value, float | bool | datetime) else str(value)


class Sheets(Collection):
    @property
    def active(self) -> Sheet:
        book = self.items[0].workbook
        return next((s for s in self.items if s.title == book.front), self.items[0])


class Name(base_classes.Name):
    def __init__(self, book: Book, title: str) -> None:
        self.book, self.title = book, title

    name = property(lambda self: self.title)
    api = property(lambda self: self)

    def __setattr__(self, key: str, value: object) -> None:
        if key == "Visible":
            assert value is False
            self.book.hidden.add(self.title)
        super().__setattr__(key, value)

    @property
    def refers_to(self) -> str:
        return self.book.defined[self.title]

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.book.defined[self.title] = value

    def delete(self) -> None:
        del self.book.defined[self.title]


class Names(base_classes.Names):
    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, key: int | str) -> Name:
        return Name(self.book, list(self.book.defined)[key - 1] if isinstance(key, int) else key)

    def __len__(self) -> int:
        return len(self.book.defined)

    def contains(self, name: str) -> bool:
        return name in self.book.defined

    def add(self, name: str, refers_to: str) -> Name:
        self.book.defined[name] = refers_to
        return Name(self.book, name)


class Chart(base_classes.Chart):
    """A chart with one series, told by its formula."""

    def __init__(self, formula: str) -> None:
        self.only = SimpleNamespace(Formula=formula)

    name = "chart"

    @property
    def api(self) -> tuple[None, SimpleNamespace]:
        return None, SimpleNamespace(SeriesCollection=lambda: [self.only])


class App(base_classes.App):
    """Excel itself; `log` tells in order what of it was switched."""

    def __init__(self) -> None:
        self.open_books: list[Book] = []
        self.log: list[tuple[str, object]] = []
        self._state = {"screen_updating": True, "calculation": "automatic", "display_alerts": True}
        self._state |= {"status_bar": False, "enable_events": True}
        self.alerts: list[str] = []
        self.answer = "yes"

    engine = property(lambda self: ENGINE)
    pid = 1
    selection = None
    cut_copy_mode = False

    @property
    def books(self) -> Books:
        return Books(self)

    def alert(self, prompt: str, title: str = "", buttons: str = "ok", *_: object) -> str:
        self.alerts.append(prompt)
        return self.answer if buttons == "yes_no" else "ok"

    def new(self, package: bytes, name: str = "book.xlsx", *, formulas: bool = False) -> xw.Book:
        """An open workbook with the content of a package; with its formulas, merged cells, charts and totals on demand."""
        book = Book(self, name)
        book.load(package)
        if formulas:
            book.load_formulas(package)
        self.open_books.append(book)
        return xw.Book(impl=book)


for _name in ("screen_updating", "calculation", "display_alerts", "enable_events", "status_bar"):

    def _get(self: App, name: str = _name) -> object:
        return self._state[name]

    def _set(self: App, value: object, name: str = _name) -> None:
        self.log.append((name, value))
        self._state[name] = value

    setattr(App, _name, property(_get, _set))


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    def open(self, fullname: str, *_: object, **__: object) -> Book:
        with open(fullname, "rb") as file:
            opened = self.app.new(file.read(), fullname.rsplit("/", 1)[-1]).impl
        opened.fullname = fullname
        return opened

    def __call__(self, name: str) -> Book:
        return next((b for b in self.app.open_books if b.name == name), None) or _missing(name)

    def __iter__(self):
        return iter(self.app.open_books)

    def __len__(self) -> int:
        return len(self.app.open_books)


def _missing(name: str) -> Book:
    raise KeyError(name)


_KNOWN_ERRORS = {-2146826246: "#N/A", -2146826273: "#VALUE!"}  # a few of those xlwings knows


def _moved(formula: str, rows: int) -> str:
    """A formula as it stands so many rows further down: what is not fixed by $ moves with it."""
    return re.sub(r"(?<=[A-Z])\d+", lambda m: str(int(m[0]) + rows), formula)


class _Engine:
    name, type = "fake", "desktop"

    @staticmethod
    def prepare_xl_data_element(value: object, _date_format: object) -> object:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):
        return [
            [empty_as if v is None else _KNOWN_ERRORS.get(v, v) if type(v) is int else v for v in row] for row in data
        ]


ENGINE = _Engine()
