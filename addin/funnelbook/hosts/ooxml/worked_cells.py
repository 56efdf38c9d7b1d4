"""The cells of a workbook as its formulas see them: what formulas of ours give now rather than what they gave when last saved."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from funnelbook.book.column_letters import column_number
from funnelbook.book.ports import Area, BookError, ListObject
from funnelbook.formulas.evaluate import Evaluator
from funnelbook.formulas.mentions import mentions_ours
from funnelbook.formulas.native.blocks import Range, UntoldError
from funnelbook.hosts.ooxml.look import FORMULA_MARK
from funnelbook.hosts.ooxml.mended import WIDEST
from funnelbook.hosts.ooxml.scanner import Cell, SheetData
from funnelbook.hosts.ooxml.workbook import LAST_ROW, area
from funnelbook.hosts.ooxml.xmlscan import attributes, plain

Grid = Sequence[Sequence[object]]
_LARGEST_BLOCK = 5_000_000  # cells
_HIDING = rb"|&#|<!|<\?"  # what may hide a mark
_OURS = re.compile(FORMULA_MARK + _HIDING)
_ANY = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]" + _HIDING)
_NO_LINK = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^<>]*)?>(?!HYPERLINK\()" + _HIDING)
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.IGNORECASE)
_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(.+)")
_TABLE = re.compile(r"([^\W\d][\w.]*)\[(.*)\]", re.DOTALL)
_INSIDE = re.compile(r"\[((?:[^\[\]']|'.)*)\]")


@dataclass(frozen=True)
class Sheets:
    """What the formulas of a workbook can refer to: its worksheets, how to get at their cells and parts, its tables and names.

    `pages` are sheets of ours all whose formulas are worked out; `results` those whose formulas are when others refer to them; of
    any other sheet only FB_ formulas are, which stand on `marked` ones alone.
    """

    names: Collection[str]
    cells: Callable[[str], Grid]
    tables: Sequence[ListObject]
    date1904: bool
    xml: Callable[[str], bytes]
    defined: Mapping[str, str] = field(default_factory=dict)
    pages: Collection[str] = ()
    results: Collection[str] = ()
    marked: Collection[str] = ()


@dataclass(frozen=True)
class Written:
    """A cell with a formula. `span` is what an array formula fills, None for any other; `text` "" for one that cannot be told."""

    row: int
    column: int
    cell: Cell
    text: str
    span: Area | None


class WorkedCells:
    """The cells that formulas refer to. Those of our pages and with FB_ formulas are worked out when they are asked for."""

    def __init__(self, sheets: Sheets, language: str) -> None:
        self.date1904 = sheets.date1904
        self._sheets = sheets
        self._evaluator = Evaluator(self, language)
        self._sheet_names = {name.casefold(): name for name in sheets.names}
        self._tables = {t.name.casefold(): t for t in sheets.tables}
        self._defined = {name.casefold(): text for name, text in sheets.defined.items()}
        self._data: dict[str, SheetData] = {}
        self._formulas: dict[str, dict[tuple[int, int], Written]] = {}
        self._by_row: dict[str, dict[int, list[Written]]] = {}
        self._given: dict[tuple[str, int, int], Grid | None] = {}
        self._grids: dict[str, Grid] = {}

    def data(self, sheet: str) -> SheetData:
        """The rows and cells of a sheet's part."""
        if sheet not in self._data:
            self._data[sheet] = SheetData(self._sheets.xml(sheet))
        return self._data[sheet]

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], Written]:
        """The formulas of a sheet that are worked out, by row and column; an array formula stands at its first cell."""
        if sheet not in self._formulas:
            self._formulas[sheet] = {(w.row, w.column): w for w in self._written(sheet)}
            by_row = self._by_row[sheet] = {}
            for written in self._formulas[sheet].values():
                by_row.setdefault(written.row, []).append(written)
        return self._formulas[sheet]

    def given(self, sheet: str, written: Written) -> Grid | None:
        """The rows a formula gives; None when it cannot be told."""
        key = sheet, written.row, written.column
        if key not in self._given:
            self._given[key] = None  # who asks for itself meanwhile cannot be told
            if written.text:
                with suppress(UntoldError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError):
                    self._given[key] = self._evaluator.rows(written.text, sheet, array=written.span is not None)
        return self._given[key]

    def place(self, text: str, sheet: str) -> Range | str:
        """The cells that a reference in a formula on a sheet means, or the formula of the defined name it is."""
        if "!" in text:
            found = _ELSEWHERE.fullmatch(text)
            named = (found[1] or found[2]).replace("''", "'") if found else ""
            if not found or named.casefold() not in self._sheet_names:
                raise UntoldError(text)
            sheet, text = self._sheet_names[named.casefold()], found[3]
        if found := _CELLS.fullmatch(text):
            top, bottom = int(found[2]), int(found[4] or found[2])
            return _range(sheet, found[1], top, found[3] or found[1], bottom)
        if found := _COLUMNS.fullmatch(text):
            return _range(sheet, found[1], 1, found[2], max(1, len(self._grid(sheet))))
        if found := _TABLE.fullmatch(text):
            return self._of_table(found[1], found[2])
        for name in (f"{sheet}!{text}", text):
            if name.casefold() in self._defined:
                return self._defined[name.casefold()]
        if text.casefold() in self._tables:
            return self._of_table(text, "")
        raise UntoldError(text)

    def rows(self, cells: Range) -> Grid:
        """The cells of a range, None for blank ones."""
        block, sheet = cells.area, cells.sheet
        formulas = self.formulas(sheet)
        if cells.single:
            written = formulas.get((block.top, block.left))
            return [[self._first(sheet, written)]] if written else self._stored(cells)
        found = self._stored(cells)
        if formulas:
            for written in self._within(sheet, block):
                found[written.row - block.top][written.column - block.left] = self._first(sheet, written)
        return found

    def _stored(self, cells: Range) -> list[list[object]]:
        """The cells as they are stored."""
        block, grid = cells.area, self._grid(cells.sheet)
        width, height = len(grid[0]) if grid else 0, block.bottom - block.top + 1
        unread = block.right > max(WIDEST, width)  # far cells of some sheets are not
        if unread or (block.right - block.left + 1) * height > _LARGEST_BLOCK:
            raise UntoldError(cells)
        wide, there = block.right - block.left + 1, grid[block.top - 1 : block.bottom]
        if wide == 1 and block.right <= width:
            found: list[list[object]] = [[None if row[block.left - 1] == "" else row[block.left - 1]] for row in there]
        else:
            found = [[None if v == "" else v for v in row[block.left - 1 : block.right]] for row in there]
            found = [row + [None] * (wide - len(row)) for row in found]
        return found + [[None] * wide for _ in range(height - len(found))]

    def _first(self, sheet: str, written: Written) -> object:
        span = written.span
        if span and (span.bottom > span.top or span.right > span.left):
            raise UntoldError("a cell of an array formula over several")
        given = self.given(sheet, written)
        if given is None:
            raise UntoldError(written.text)
        return 0.0 if given[0][0] is None else given[0][0]

    def _within(self, sheet: str, block: Area) -> Iterator[Written]:
        by_row = self._by_row[sheet]
        height = block.bottom - block.top + 1
        rows = range(block.top, block.bottom + 1) if height < len(by_row) else by_row
        for row in rows:
            if block.top <= row <= block.bottom:
                yield from (w for w in by_row.get(row, ()) if block.left <= w.column <= block.right)

    def _grid(self, sheet: str) -> Grid:
        if sheet not in self._grids:
            try:
                self._grids[sheet] = self._sheets.cells(sheet)
            except BookError as error:
                raise UntoldError(sheet) from error
        return self._grids[sheet]

    def _written(self, sheet: str) -> Iterator[Written]:
        whole = sheet in self._sheets.pages or sheet in self._sheets.results
        if not whole and sheet not in self._sheets.marked:
            return
        pattern = _ANY if sheet in self._sheets.pages else _NO_LINK if whole else _OURS
        if pattern is _NO_LINK:
            xml = self._sheets.xml(sheet)
            if not pattern.search(xml, max(0, xml.find(b"sheetData"))):
                return
        for row, column, cell in self.data(sheet).holding(pattern):
            if not cell.formula_place:
                continue
            start, first, last, _ = cell.formula_place
            tag, text = cell.xml[start:first], plain(cell.xml[first:last])
            said = {} if tag == b"<f>" else attributes(tag)
            kind = said.get("t", "normal")
            if not whole and not mentions_ours(text):
                continue
            span = _span(said.get("ref", "")) if kind == "array" else None
            told = kind == "normal" or span is not None
            yield Written(row, column, cell, text if told else "", span)

    def _of_table(self, name: str, inside: str) -> Range:
        table = self._tables.get(name.casefold())
        if table is None:
            raise UntoldError(name)
        items = (
            [_unescaped(item) for item in _INSIDE.findall(inside)] if inside.startswith("[") else [_unescaped(inside)]
        )
        if inside.startswith("[") and _INSIDE.sub("", inside).strip(", "):
            raise UntoldError(inside)  # from one column to another
        place = table.area
        top, bottom = place.top + 1, place.bottom - table.totals_rows
        left, right = place.left, place.right
        for item in items:
            match item.casefold():
                case "" | "#data":
                    pass
                case "#all":
                    top, bottom = place.top, place.bottom
                case "#headers":
                    top = bottom = place.top
                case "#totals" if table.totals_rows:
                    top = bottom = place.bottom
                case column:
                    heads = [head.casefold() for head in table.headers]
                    if column not in heads:
                        raise UntoldError(item)
                    left = right = place.left + heads.index(column)
        return Range(table.sheet, Area(top, left, bottom, right))


def _span(ref: str) -> Area | None:
    try:
        return area(ref)
    except ValueError:
        return None


def _unescaped(item: str) -> str:
    return re.sub(r"'(.)", r"\1", item.strip())


@lru_cache(maxsize=50_000)
def _range(sheet: str, left: str, top: int, right: str, bottom: int) -> Range:
    columns = sorted((column_number(left.upper()), column_number(right.upper())))
    rows = sorted((top, bottom))
    if not 1 <= rows[0] <= rows[1] <= LAST_ROW:
        raise UntoldError(top)
    return Range(sheet, Area(rows[0], columns[0], rows[1], columns[1]))
