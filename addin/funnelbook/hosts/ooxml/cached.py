"""Cached values of FB_ formulas, and of the guide's counts of problems: what a reader without the add-in sees in their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from funnelbook.book.ports import CellError, ListObject
from funnelbook.formulas.evaluate import evaluate
from funnelbook.hosts.ooxml.cells import number_text, serial, text_xml
from funnelbook.hosts.ooxml.package import marked
from funnelbook.hosts.ooxml.workbook import column_number
from funnelbook.hosts.ooxml.xmlscan import Edit, with_attribute, without_attribute

Grid = list[list[object]]
_CELL = re.compile(rb"<((?:\w+:)?)c\s([^>]*[^/>])>(.*?)</\1c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*)>([^<]*)</(?:\w+:)?f>")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is)\b.*", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
_KIND = re.compile(rb"""\bt=["'](\w+)["']""")
_SPAN = re.compile(rb"""\bref=["']([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?["']""")
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ELSEWHERE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(.+)")
_TABLE = re.compile(r"(\w+)(?:\[\[?([^\[\]]*)\]?\])?")


@dataclass(frozen=True)
class Sheets:
    """What the formulas of a workbook can refer to: its worksheets, how to get at their cells, its tables."""

    names: Collection[str]
    cells: Callable[[str], Grid]
    tables: list[ListObject]
    date1904: bool


def edits(xml: bytes, sheet: str, sheets: Sheets, language: str) -> list[Edit]:
    """The edits that put what FB_ formulas of a sheet give now into their cells; none for those that hold it already.

    A formula that holds what only a spreadsheet program can work out stays as it is, and so do shared ones and those over a
    block of cells whose size has changed.
    """
    found: list[Edit] = []
    placed: dict[tuple[int, int], re.Match[bytes]] = {}
    for cell in _CELL.finditer(xml):
        formula = _FORMULA.search(cell[3])
        if not formula or not marked(formula[2]):
            continue
        kind = _KIND.search(formula[1])
        if kind and kind[1] != b"array":
            continue
        rows = evaluate(unescape(formula[2].decode()), lambda ref: _resolved(ref, sheet, sheets), language)
        if rows is None:
            continue
        if not kind:
            found += _edit(cell, rows[0][0], sheets.date1904)
            continue
        placed = placed or _by_place(xml)
        found += _block_edits(formula[1], rows, placed, sheets.date1904)
    return found


def _block_edits(
    formula: bytes, rows: Grid, placed: Mapping[tuple[int, int], re.Match[bytes]], date1904: bool
) -> Iterator[Edit]:
    """Edits of every cell of an array formula; none unless it gives as many cells as it fills."""
    span = _SPAN.search(formula)
    if not span:
        return
    top, left = int(span[2]), column_number(span[1].decode())
    bottom, right = (int(span[4]), column_number(span[3].decode())) if span[3] else (top, left)
    if (bottom - top + 1, right - left + 1) != (len(rows), len(rows[0])):
        return
    for i, row in enumerate(rows, top):
        for j, value in enumerate(row, left):
            if (i, j) in placed:
                yield from _edit(placed[i, j], value, date1904)


def _by_place(xml: bytes) -> dict[tuple[int, int], re.Match[bytes]]:
    cells = ((cell, _PLACE.search(cell[2])) for cell in _CELL.finditer(xml))
    return {(int(place[2]), column_number(place[1].decode())): cell for cell, place in cells if place}


def _edit(cell: re.Match[bytes], value: object, date1904: bool) -> Iterator[Edit]:
    """The edit that puts a value into a cell, its formula kept; none when it is there already."""
    kind, text = _cached(value, date1904)
    tag = cell[0][: cell.start(3) - cell.start()]
    tag = with_attribute(tag, "t", kind) if kind else without_attribute(tag, "t")
    kept = _CONTENT.sub(b"", cell[3])
    value_xml = b"<%bv>%b</%bv>" % (cell[1], text.encode(), cell[1])
    new = tag + kept + value_xml + cell[0][cell.end(3) - cell.start() :]
    if new != cell[0]:
        yield cell.start(), cell.end(), new


def _cached(value: object, date1904: bool) -> tuple[str, str]:
    """Type and text of a cached value; a blank is 0, as Excel shows a reference to an empty cell."""
    match value:
        case CellError():
            return "e", value.code
        case bool():
            return "b", f"{value:d}"
        case None:
            return "", "0"
        case float():
            return "", number_text(value)
        case datetime():
            return "", number_text(serial(value, date1904))
        case _:
            return "str", text_xml(str(value))


def _resolved(ref: str, sheet: str, sheets: Sheets) -> Grid | None:
    """The cells a reference of a formula on `sheet` stands for; None for names, other workbooks and what else cannot be told."""
    if "!" in ref:
        elsewhere = _ELSEWHERE.fullmatch(ref)
        if not elsewhere:
            return None
        named, ref = (elsewhere[1] or elsewhere[2]).replace("''", "'"), elsewhere[3]
        sheet = next((name for name in sheets.names if name.casefold() == named.casefold()), "")
        if not sheet:
            return None
    if found := _CELLS.fullmatch(ref):
        return _block(sheets.cells(sheet), found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2]))
    if found := _COLUMNS.fullmatch(ref):
        grid = sheets.cells(sheet)
        return _block(grid, found[1], 1, found[2], max(1, len(grid)))
    named = _TABLE.fullmatch(ref)
    place = next((t for t in sheets.tables if named and t.name.casefold() == named[1].casefold()), None)
    return _of_table(place, named[2], sheets.cells) if place else None


def _block(grid: Grid, left: str, top: int, right: str, bottom: int) -> Grid:
    columns = range(column_number(left) - 1, column_number(right))
    return [
        [grid[i][j] if i < len(grid) and j < len(grid[i]) else None for j in columns] for i in range(top - 1, bottom)
    ]


def _of_table(place: ListObject, column: str | None, cells: Callable[[str], Grid]) -> Grid | None:
    grid, area = cells(place.sheet), place.area
    rows = [row[area.left - 1 : area.right] for row in grid[area.top - 1 : area.bottom - place.totals_rows]]
    if column == "#All":
        return rows
    if column in (None, "", "#Data"):
        return rows[1:]
    heads = [str(v) for v in rows[0]]
    return [[row[heads.index(column)]] for row in rows[1:]] if column in heads else None
