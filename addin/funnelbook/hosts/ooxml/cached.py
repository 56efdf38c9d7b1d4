"""Cached values of formulas of ours: what a reader that works nothing out sees in their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isclose

from funnelbook.book import ownership
from funnelbook.book.ports import CellError
from funnelbook.book.settings import language_in
from funnelbook.formulas.mentions import mentions_ours
from funnelbook.hosts.ooxml import defined_names
from funnelbook.hosts.ooxml.cell_xml import number_text, serial, text_xml
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.read import Grid, Reader
from funnelbook.hosts.ooxml.scanner import Cell, SheetData, tag_name
from funnelbook.hosts.ooxml.workbook import Workbook
from funnelbook.hosts.ooxml.worked_cells import Sheets, WorkedCells, Written
from funnelbook.hosts.ooxml.xmlscan import Edit, plain, splice, with_attribute, without_attribute

_CLOSE = 1e-12  # of a number: programs save 15 to 17 digits


def worked_out(data: bytes) -> bytes:
    """A workbook package whose formulas of ours hold what they give."""
    package = Package(data, "workbook")
    book = Workbook(package)
    stage(package, book, Reader(package, book).grid)
    return package.to_bytes() if package.changed else data


def stage(package: Package, book: Workbook, grid: Callable[[str], Grid]) -> bool:
    """Stages the values of formulas of ours that differ from what their cells hold; whether there are any.

    `grid` gives the cells of a sheet as the package is stored; nothing else is staged yet.
    """
    parts, names = book.worksheets, defined_names.read(book)
    tables = [table.listed for table in book.tables]
    ours = ownership.by_marks(names, tables, list(parts))
    marked = frozenset(sheet for sheet, part in parts.items() if part in package.with_formulas)
    if not marked and not ours.pages:
        return False
    sheets = Sheets(
        parts,
        grid,
        tables,
        book.date1904,
        lambda sheet: package.text(parts[sheet]),
        names,
        pages=frozenset(ours.pages.values()),
        results=frozenset(place.sheet for place in ours.results.values()),
        marked=marked,
    )
    settings = ownership.settings(names, tables, list(parts))
    for sheet, found in list(edits(sheets, language_in(settings, grid))):
        package.put(parts[sheet], splice(package.text(parts[sheet]), found))
    return package.changed


def edits(sheets: Sheets, language: str) -> Iterator[tuple[str, list[Edit]]]:
    """By sheet, the edits that put what formulas of ours give now into their cells; none for those that hold it already.

    A formula that holds what only a spreadsheet program can work out stays as it is, and so do shared ones and those over a
    block of cells whose size has changed.
    """
    worked = WorkedCells(sheets, language)
    for name in sheets.names:
        if name in sheets.pages or name in sheets.marked:
            found = [
                edit
                for written in worked.formulas(name).values()
                if name in sheets.pages or mentions_ours(written.text)
                for edit in _of_formula(worked, name, written)
            ]
            if found:
                yield name, found


def _of_formula(worked: WorkedCells, sheet: str, written: Written) -> Iterator[Edit]:
    rows = worked.given(sheet, written)
    if rows is None:
        return
    if written.span is None or ("cm" not in written.cell.attributes and _is_one_cell(written)):
        yield from _edit(written.cell, rows[0][0], worked.date1904)
    else:
        yield from _block_edits(written, rows, worked.data(sheet), worked.date1904)


def _is_one_cell(written: Written) -> bool:
    return written.span is not None and (written.span.top, written.span.left) == (
        written.span.bottom,
        written.span.right,
    )


def _block_edits(written: Written, rows: Sequence[Sequence[object]], data: SheetData, date1904: bool) -> Iterator[Edit]:
    """Edits of every cell of an array formula; none unless it gives as many cells as it fills."""
    block = written.span
    if block is None or (block.bottom - block.top + 1, block.right - block.left + 1) != (len(rows), len(rows[0])):
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
        and _is_same(kind, cell.xml[first:last], text.encode())
    ):
        return
    tag = with_attribute(cell.tag, "t", kind) if kind else without_attribute(cell.tag, "t")
    if cell.tag.endswith(b"/>"):
        tag = tag[:-2].rstrip() + b">"
    prefix = tag_name(cell.tag).removesuffix(b"c")
    rest = cell.xml[end:] if end > len(cell.tag) else b"</%bc>" % prefix
    written = b"<%bv>%b</%bv>" % (prefix, text.encode(), prefix)
    yield cell.start, cell.end, tag + cell.xml[len(cell.tag) : start] + written + rest


def _is_same(kind: str, held: bytes, text: bytes) -> bool:
    """Whether a cell holds a value already, both as they are written; numbers may differ in the last digits."""
    if held == text or plain(held) == plain(text):
        return True
    try:
        return kind == "" and isclose(float(held), float(text), rel_tol=_CLOSE)
    except ValueError:
        return False


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
        case date():
            return "", number_text(serial(value, date1904))
        case _:
            return "str", text_xml(str(value))
