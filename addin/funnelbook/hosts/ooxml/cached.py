"""Cached values of FB_ formulas: what a reader without the add-in sees in their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from funnelbook.book.column_letters import column_number
from funnelbook.book.ports import CellError, ListObject
from funnelbook.formulas.evaluate import evaluate
from funnelbook.hosts.ooxml.cell_xml import number_text, serial, text_xml
from funnelbook.hosts.ooxml.look import FORMULA_MARK
from funnelbook.hosts.ooxml.mended import WIDEST
from funnelbook.hosts.ooxml.scanner import Cell, SheetData, tag_name
from funnelbook.hosts.ooxml.workbook import area
from funnelbook.hosts.ooxml.xmlscan import Edit, attributes, plain, with_attribute, without_attribute

Grid = Sequence[Sequence[object]]
_LARGEST_BLOCK = 5_000_000  # cells
_MARKED = re.compile(FORMULA_MARK + rb"|&#|<!|<\?")  # or what may hide the mark
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ELSEWHERE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(.+)")
_TABLE = re.compile(r"(\w+)(?:\[\[?([^\[\]]*)\]?\])?")


@dataclass(frozen=True)
class Sheets:
    """What the formulas of a workbook can refer to: its worksheets, how to get at their cells, its tables."""

    names: Collection[str]
    cells: Callable[[str], Grid]
    tables: Sequence[ListObject]
    date1904: bool


def edits(xml: bytes, sheet: str, sheets: Sheets, language: str) -> list[Edit]:
    """The edits that put what FB_ formulas of a sheet give now into their cells; none for those that hold it already.

    A formula that holds what only a spreadsheet program can work out stays as it is, and so do shared ones and those over a
    block of cells whose size has changed.
    """
    found: list[Edit] = []
    data = SheetData(xml)
    for _, _, cell in data.holding(_MARKED):
        if not cell.formula_place:
            continue
        start, first, last, _ = cell.formula_place
        said, text = attributes(cell.xml[start:first]), plain(cell.xml[first:last])
        if FORMULA_MARK.decode() not in text or said.get("t", "normal") not in ("normal", "array"):
            continue
        rows = evaluate(text, lambda ref: _resolved(ref, sheet, sheets), language)
        if rows is None:
            continue
        if said.get("t") == "array":
            found += _block_edits(said.get("ref", ""), rows, data, sheets.date1904)
        else:
            found += _edit(cell, rows[0][0], sheets.date1904)
    return found


def _block_edits(span: str, rows: Grid, data: SheetData, date1904: bool) -> Iterator[Edit]:
    """Edits of every cell of an array formula; none unless it gives as many cells as it fills."""
    try:
        block = area(span)
    except ValueError:
        return
    if (block.bottom - block.top + 1, block.right - block.left + 1) != (len(rows), len(rows[0])):
        return
    for i, row in enumerate(rows, block.top):
        line = data.line(i)
        for j, value in enumerate(row, block.left):
            if j in line:
                yield from _edit(line[j], value, date1904)


def _edit(cell: Cell, value: object, date1904: bool) -> Iterator[Edit]:
    """The edit that puts a value into a cell, its formula kept; none when it is there already."""
    kind, text = _cached(value, date1904)
    place, after = cell.value_place, cell.formula_place.end if cell.formula_place else len(cell.tag)
    start, first, last, end = place or (after, after, after, after)
    if (
        place
        and cell.attributes.get("t", "") in (kind, kind or "n")
        and plain(cell.xml[first:last]) == plain(text.encode())
    ):
        return
    tag = with_attribute(cell.tag, "t", kind) if kind else without_attribute(cell.tag, "t")
    if cell.tag.endswith(b"/>"):
        tag = tag[:-2].rstrip() + b">"
    prefix = tag_name(cell.tag).removesuffix(b"c")
    rest = cell.xml[end:] if end > len(cell.tag) else b"</%bc>" % prefix
    written = b"<%bv>%b</%bv>" % (prefix, text.encode(), prefix)
    yield cell.start, cell.end, tag + cell.xml[len(cell.tag) : start] + written + rest


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
    if found := _TABLE.fullmatch(ref):
        place = next((t for t in sheets.tables if t.name.casefold() == found[1].casefold()), None)
        return _of_table(place, found[2], sheets.cells) if place else None
    return None


def _block(grid: Grid, left: str, top: int, right: str, bottom: int) -> Grid | None:
    columns = range(column_number(left) - 1, column_number(right))
    unread = columns.stop > max(WIDEST, len(grid[0]) if grid else 0)  # far cells of some sheets are not
    if unread or len(columns) * (bottom - top + 1) > _LARGEST_BLOCK:
        return None
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
