"""Cached values of FB_ formulas: what a reader without the add-in sees in their cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from funnelbook.book.ports import CellError, ListObject
from funnelbook.formulas.evaluate import evaluate
from funnelbook.hosts.ooxml.cells import text_xml
from funnelbook.hosts.ooxml.package import FORMULA_MARK
from funnelbook.hosts.ooxml.workbook import column_number
from funnelbook.hosts.ooxml.xmlscan import Edit, with_attribute, without_attribute

Grid = list[list[object]]
_CELL = re.compile(rb"<((?:\w+:)?)c\s([^>]*[^/>])>(.*?)</\1c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*)>([^<]*)</(?:\w+:)?f>")
_PLACE = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?(\d+)?(?::\$?([A-Z]{1,3})?\$?(\d+)?)?")
_ELSEWHERE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(.+)")
_TABLE = re.compile(r"(\w+)(?:\[(?:\[)?([^\[\]]*)(?:\])?\])?")


def edits(xml: bytes, sheet: str, cells: Callable[[str], Grid], tables: list[ListObject], language: str) -> list[Edit]:
    """The edits that put what FB_ formulas of a sheet give now into their cells; none for those that hold it already.

    A formula that holds what only a spreadsheet program can work out, a shared one, and one over a block of cells stay as they are.
    """
    found = []
    for cell in _CELL.finditer(xml):
        formula = _FORMULA.search(cell[3])
        if not formula or FORMULA_MARK not in formula[2] or re.search(rb"\bt=", formula[1]):
            continue
        rows = evaluate(unescape(formula[2].decode()), lambda ref: _cells_of(ref, sheet, cells, tables), language)
        if rows is None:
            continue
        tag = xml[cell.start() : cell.start(3)]
        new = _tag(tag, rows[0][0]) + xml[cell.start(3) + formula.start() : cell.start(3) + formula.end()]
        new += _value(cell[1], rows[0][0]) + xml[cell.end(3) : cell.end()]
        if new != xml[cell.start() : cell.end()]:
            found.append((cell.start(), cell.end(), new))
    return found


def _tag(tag: bytes, value: object) -> bytes:
    kind = {bool: "b", CellError: "e", str: "str"}.get(CellError if isinstance(value, CellError) else type(value))
    return with_attribute(tag, "t", kind) if kind else without_attribute(tag, "t")


def _value(prefix: bytes, value: object) -> bytes:
    match value:
        case CellError():
            text = value.code
        case bool():
            text = f"{value:d}"
        case float():
            text = f"{value:.16g}"
        case _:
            text = text_xml(str(value))
    return b"<%bv>%b</%bv>" % (prefix, text.encode(), prefix)


def _cells_of(ref: str, sheet: str, cells: Callable[[str], Grid], tables: list[ListObject]) -> Grid | None:
    """The cells a reference of a formula on `sheet` stands for; None for names and what else cannot be told."""
    elsewhere = _ELSEWHERE.fullmatch(ref)
    if elsewhere:
        sheet, ref = (elsewhere[1] or elsewhere[2]).replace("''", "'"), elsewhere[3]
    area = _AREA.fullmatch(ref)
    if area and (area[1] or area[3]):
        return _block(cells(sheet), area)
    named = _TABLE.fullmatch(ref)
    place = next((t for t in tables if named and t.name.casefold() == named[1].casefold()), None)
    return _of_table(place, named[2], cells) if place else None


def _block(grid: Grid, area: re.Match[str]) -> Grid | None:
    first, last = column_number(area[1]), column_number(area[3] or area[1])
    top = int(area[2]) if area[2] else 1
    bottom = int(area[4]) if area[4] else top if area[2] and not area[3] else len(grid)
    if bool(area[2]) != bool(area[4]) and area[3]:
        return None
    return [
        [grid[i][j] if i < len(grid) and j < len(grid[i]) else None for j in range(first - 1, last)]
        for i in range(top - 1, max(bottom, top))
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
