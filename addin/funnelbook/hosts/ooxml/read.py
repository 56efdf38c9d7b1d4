"""Cell values of a package: python-calamine where it can bear a sheet, our own reading where it cannot, in bounded memory."""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from funnelbook.book.column_grid import ColumnGrid
from funnelbook.book.ports import BookError, CellError
from funnelbook.hosts.ooxml import large_sheet, look, mended, styles
from funnelbook.hosts.ooxml.distinct_cells import UnusualError
from funnelbook.hosts.ooxml.known_columns import LEAST, KnownColumns, key_of
from funnelbook.hosts.ooxml.look import Look, Reach
from funnelbook.hosts.ooxml.mended import Grid
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.scanner import SheetData
from funnelbook.hosts.ooxml.strings import SharedStrings
from funnelbook.hosts.ooxml.workbook import Workbook
from funnelbook.hosts.ooxml.xmlscan import plain, simple, utf8

_ERROR = re.compile(rb"""=\s*["']e["']""")
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["']\s*(\d+)""")
_SHORTEST_STRING = len(b"<si/>")
_FEW_ROWS = 1_000  # that are read one by one
_SMALL = 1 << 20  # bytes unpacked: a part read whole sooner than its first rows by us, and kept as read
_LARGE = 1 << 22  # bytes unpacked: a part whose distinct cells are sooner read than all
_FIRST_PIECE = 1 << 14
_MEASURED, _LARGEST_MENDED, _LARGEST_STRINGS = 128 << 20, 96 << 20, 256 << 20  # bytes unpacked
_MOST_CELLS, _MOST_PLACES = 11_000_000, 5_300_000  # calamine takes 72 bytes a place; so many may be blank


class Reader:
    """Sheets of a package as grids. Nothing is read before it is asked for, and each sheet by itself.

    BookError, which names the sheet, when it cannot be read.
    """

    def __init__(self, package: Package, workbook: Workbook, known: KnownColumns | None = None) -> None:
        self._package, self._book, self._known = package, workbook, known or KnownColumns()
        self._members = package.members  # as stored, whatever is staged meanwhile
        self._heads: dict[str, tuple[int, Grid]] = {}  # by sheet: how many rows were read, and those
        self._small: dict[str, CalamineSheet] = {}
        self._reaches: dict[str, Reach] = {}  # by part

    def head(self, sheet: str, rows: int) -> Grid:
        """The first rows of a sheet, blank ones for those beyond its last; error cells are blank, days perhaps numbers."""
        read, grid = self._heads.get(sheet, (0, []))
        if rows > read:
            grid = self._head(sheet, self._book.worksheets[sheet], rows)
            self._heads[sheet] = rows, grid
        return grid[:rows] + [[]] * (rows - len(grid))

    def row(self, sheet: str, number: int) -> dict[int, object]:
        """The values of a row of a sheet by column, as `head` gives them."""
        with self._reading(sheet):
            line = self._beginning(self._book.worksheets[sheet], number).line(number)
            return {column: _without_format(mended.value(cell, self._strings)) for column, cell in line.items()}

    def grid(self, sheet: str) -> Sequence[Sequence[object]]:
        """All cells of a sheet from A1 on."""
        part = self._book.worksheets[sheet]
        if self._size(part) > _LARGE and (large := self._by_columns(part)) is not None:
            return large
        if self._is_borne(sheet, part):
            cells = self._by_calamine(sheet)
            if cells is not None:
                if self._reach(part).with_errors:
                    with self._reading(sheet):
                        _put_errors(cells, self._xml(part))
                return cells
        return self._mended(sheet, part)

    def _head(self, sheet: str, part: str, rows: int) -> Grid:
        if rows > _FEW_ROWS:
            return list(map(list, self.grid(sheet)[:rows]))
        if self._is_small(part) and self._is_borne(sheet, part):
            cells = self._by_calamine(sheet, rows)
            if cells is not None:
                return cells
        with self._reading(sheet):
            return self._first_rows(part, rows)

    def _first_rows(self, part: str, rows: int) -> Grid:
        data = self._beginning(part, rows)
        grid: Grid = []
        for at, row in enumerate(data.rows):
            if row.number > rows:
                break
            grid += [[] for _ in range(row.number - len(grid))]
            line = grid[row.number - 1]
            for column, cell in data.cells(at):
                value = mended.value(cell, self._strings)
                if value is not None and column <= mended.WIDEST:
                    line += [""] * (column - len(line))
                    line[column - 1] = _without_format(value)
        return grid

    def _beginning(self, part: str, rows: int) -> SheetData:
        """The first rows of a worksheet part, of which no more is unpacked than they need."""
        seen = self._package.looks.get(part)
        if seen and (seen.odd or seen.in_utf16):
            return SheetData(self._whole(part), rows)
        pieces, size, enough = [], 0, _FIRST_PIECE
        for piece in self._members[part].chunks(_FIRST_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size < enough:
                continue
            xml, enough = b"".join(pieces), 2 * size  # looked at again when it has doubled
            if b"<sheetData" in xml or b":sheetData" in xml:
                data = SheetData(xml.removeprefix(b"\xef\xbb\xbf"), rows)
                if data.complete:
                    return data
        return SheetData(utf8(b"".join(pieces)), rows)

    def _reach(self, part: str) -> Reach:
        if part not in self._reaches:
            self._reaches[part] = Reach(self._package.looks.get(part, Look()), self._members[part].chunks())
        return self._reaches[part]

    def _is_borne(self, sheet: str, part: str) -> bool:
        """Whether calamine, which holds the whole rectangle of cells, can hold this one."""
        seen, reach = self._package.looks.get(part, Look()), self._reach(part)
        if reach.strange or (part in self._package.looks and not seen.sheet):  # of another root: nothing was seen of it
            return False
        if not reach.sprawls and self._size(part) <= _MEASURED:
            return True
        if seen.sheet and not reach.unusual and reach.rows * reach.columns <= _MOST_PLACES:
            return True
        found = None if seen.odd or seen.in_utf16 else look.extent(self._members[part].chunks(), seen.prefix)
        if found and found.cells > _MOST_CELLS:
            raise BookError("too_large", file=self._package.name, sheet=sheet)
        if not found:
            return False
        places = found.rows * found.columns
        return places <= _MOST_PLACES or places <= min(_MOST_CELLS, 2 * found.cells)

    def _by_calamine(self, sheet: str, rows: int | None = None) -> Grid | None:
        """All rows or the first; None when it gives up: it does so for a single cell it does not know."""
        try:
            part = self._book.worksheets[sheet]
            calamine = self._calamine if self._size(part) <= _LARGE else self._calamine_with_large
            if calamine is None:
                return None
            cells = self._small.get(sheet) or calamine.get_sheet_by_name(sheet)
            if self._is_small(part):
                self._small[sheet] = cells
            # the list is made anew for each caller, who may put any value into it
            return cast("Grid", cells.to_python(skip_empty_area=False, nrows=rows))
        except BaseException as error:
            if not given_up(error):
                raise
            return None

    def _by_columns(self, part: str) -> ColumnGrid | None:
        """All rows of a sheet written as programs usually write one; None of any other."""
        seen = self._package.looks.get(part, Look())
        if not seen.sheet or seen.prefix or seen.odd or seen.in_utf16:
            return None
        styled, strings = self._related("styles"), self._related("sharedStrings")
        if (strings and not self._are_borne(strings)) or (styled and self._size(styled) > _MEASURED):
            return None
        around = large_sheet.Around(
            lambda: self._xml(styled) if styled else styles.EMPTY,
            lambda: self._xml(strings) if strings else b"",
            self._book.date1904,
        )
        try:
            read = partial(large_sheet.read, self._members[part].chunks(), around, _MOST_CELLS)
            return self._known.grid(self._key(part), read) if self._size(part) >= LEAST else read()
        except UnusualError:
            return None
        except BaseException as error:
            if not given_up(error):
                raise
            return None

    def keep_columns(self) -> None:
        """Keeps, for whoever reads the file next, the cells that large sheets of it were read to have."""
        large = [part for part in self._book.worksheets.values() if self._size(part) >= LEAST]
        self._known.keep(frozenset(map(self._key, large)))

    def _key(self, part: str) -> str:
        """What the cells of a large sheet are known by: all that they are read from."""
        around = map(self._related, ("styles", "sharedStrings"))
        return key_of([self._members[part], *(self._members[p] if p else None for p in around)], self._book.date1904)

    @cached_property
    def _calamine(self) -> CalamineWorkbook | None:
        """The workbook without its large sheets, which calamine would copy first."""
        return self._opened([part for part in self._book.worksheets.values() if self._size(part) > _LARGE])

    @cached_property
    def _calamine_with_large(self) -> CalamineWorkbook | None:
        return self._opened([])

    def _opened(self, without: Sequence[str]) -> CalamineWorkbook | None:
        strings, styled = self._related("sharedStrings"), self._related("styles")
        if (strings and not self._are_borne(strings)) or (styled and self._size(styled) > _MEASURED):
            return None
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self._package.readable(without)))
        except BaseException as error:
            if not given_up(error):
                raise
            return None

    def _are_borne(self, strings: str) -> bool:
        """Whether calamine can hold the shared strings; it makes room for as many different ones as are said to be there."""
        start = next(self._members[strings].chunks(_FIRST_PIECE), b"").replace(b"\x00", b"")
        said = [int(number) for number in _COUNT.findall(start)]
        return (
            self._size(strings) <= _LARGEST_STRINGS and max(said, default=0) <= self._size(strings) // _SHORTEST_STRING
        )

    def _mended(self, sheet: str, part: str) -> Grid:
        if self._size(part) > _LARGEST_MENDED:
            raise BookError("too_large", file=self._package.name, sheet=sheet)
        styled = self._related("styles")
        with self._reading(sheet):
            looks = self._xml(styled) if styled else styles.EMPTY
            try:
                return mended.read(self._xml(part), self._strings, looks, self._book.date1904)
            except mended.TooWideError as error:
                raise BookError("too_wide", file=self._package.name, sheet=sheet, cell=error.cell) from error
            except CalamineError as error:
                raise ValueError(str(error)) from error

    @cached_property
    def _strings(self) -> SharedStrings:
        part = self._related("sharedStrings")

        def chunks() -> Iterator[bytes]:
            if not part:
                return iter(())
            seen = self._package.looks.get(part)
            if seen and (seen.odd or seen.in_utf16):
                return iter([self._whole(part)])
            return self._members[part].chunks(_FIRST_PIECE)

        return SharedStrings(chunks)

    def _related(self, kind: str) -> str | None:
        book = self._book
        return next((p for _, k, p in book.relationships(book.part) if k == kind and p in self._members), None)

    def _whole(self, part: str) -> bytes:
        if self._size(part) > _LARGEST_MENDED:
            raise ValueError(f"{part}, {self._size(part)} bytes")
        return self._xml(part)

    def _xml(self, part: str) -> bytes:
        return simple(utf8(b"".join(self._members[part].chunks())))

    def _is_small(self, part: str) -> bool:
        return self._size(part) <= _SMALL

    def _size(self, part: str) -> int:
        return self._members[part].size

    @contextmanager
    def _reading(self, sheet: str) -> Generator[None]:
        try:
            yield
        except (ValueError, LookupError) as error:
            raise BookError("broken", file=self._package.name, detail=f"{sheet}: {error}") from error


def _without_format(value: object) -> object:
    match value:
        case mended.Number():
            return value.plain
        case CellError():
            return ""
        case _:
            return value


def given_up(error: BaseException) -> bool:
    """Whether calamine says so; a panic of its is no Exception."""
    return isinstance(error, CalamineError) or type(error).__name__ == "PanicException"


def _put_errors(cells: Grid, xml: bytes) -> None:
    for row, column, cell in SheetData(xml).holding(_ERROR):
        if cell.attributes.get("t") == "e" and cell.value_place:
            _, first, last, _ = cell.value_place
            while len(cells) < row:
                cells.append([""] * (len(cells[0]) if cells else 0))
            cells[row - 1].extend([""] * (column - len(cells[row - 1])))
            cells[row - 1][column - 1] = CellError(plain(cell.xml[first:last]).strip())
