"""A sheet that the reader of values cannot bear, read all the same: texts by us, numbers by it from a sheet without gaps."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook

from funnelbook.book.column_letters import column_letters
from funnelbook.book.ports import CellError
from funnelbook.hosts.ooxml.scanner import Cell, SheetData
from funnelbook.hosts.ooxml.strings import SharedStrings, rich_text, unescaped
from funnelbook.hosts.ooxml.xmlscan import escape_attribute, plain

Grid = list[list[object]]
WIDEST = 1_024  # tables are looked for in so many columns; cells further right are not read
MOST_PLACES = 6_000_000  # of a sheet without its blank rows
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_UNKNOWN_TEXT = CellError("#VALUE!")
_TRUE, _FALSE = ("1", "true"), ("0", "false")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class TooWideError(Exception):
    """A sheet with cells so far from each other that it cannot be held; the cell furthest right."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


@dataclass
class _Line:
    """A row that holds anything: which of them it is, its values, and the numbers among them as XML."""

    place: int
    values: list[object] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


def read(xml: bytes, strings: SharedStrings, styles: bytes, date1904: bool) -> Grid:
    """Cell values of a worksheet part (simple, UTF-8) from A1 on, as of Book; blank rows are one and the same list.

    What is no number is the text it is, what cannot be told is an error value, and cells right of column AMJ are left out.
    ValueError when rows and cells cannot be told apart, TooWideError when they would need too much memory.
    """
    lines, (width, lowest) = _lines(SheetData(xml), strings)
    if len(lines) * width > MOST_PLACES:
        raise TooWideError(f"{column_letters(width)}{lowest}")
    for line in lines.values():
        line.values += [""] * (width - len(line.values))
    if any(line.numbers for line in lines.values()):
        _put_numbers(lines.values(), styles, date1904)
    blank: list[object] = [""] * width
    grid = [blank] * max(lines, default=0)
    for number, line in lines.items():
        grid[number - 1] = line.values
    return grid


def _lines(data: SheetData, strings: SharedStrings) -> tuple[dict[int, _Line], tuple[int, int]]:
    """The rows that hold anything, by number; column and row of the cell furthest right."""
    lines: dict[int, _Line] = {}
    furthest = (0, 0)
    for at, row in enumerate(data.rows):
        for column, cell in data.cells(at):
            found = value(cell, strings) if column <= WIDEST else None
            if found is None:
                continue
            line = lines.setdefault(row.number, _Line(len(lines) + 1))
            line.values += [""] * (column - len(line.values))
            if isinstance(found, Number):
                line.numbers.append(f'<c r="{column_letters(column)}{line.place}"{found.xml}</c>')
            else:
                line.values[column - 1] = found
            furthest = max(furthest, (column, row.number))
    return lines, furthest


@dataclass(frozen=True)
class Number:
    """A number that may show a day: what follows the address of its cell, up to its end, and how it reads as such."""

    xml: str
    plain: float | None = None


def value(cell: Cell, strings: SharedStrings) -> object:
    """The value of a cell as of Book, but for a Number; None when it holds none."""
    if not cell.value_place:
        return None
    _, first, last, _ = cell.value_place
    content = cell.xml[first:last]
    kind = cell.attributes.get("t", "n")
    if kind == "inlineStr":
        return (rich_text(content) if b"<" in content else unescaped(plain(content))) or None
    text = plain(content)
    bare = text.strip()
    match kind:
        case "s":
            return _shared(bare, strings)
        case "e" if bare:
            return CellError(bare)
        case "b" if bare.lower() in (*_TRUE, *_FALSE):
            return bare.lower() in _TRUE
        case "d" if bare:
            return Number(f'{_style(cell)} t="d"><v>{escape_attribute(bare)}</v>')
        case "n" if _NUMBER.fullmatch(bare) and abs(float(bare)) < float("inf"):
            return Number(f"{_style(cell)}><v>{bare}</v>", float(bare))
        case _:
            return unescaped(text) or None


def _shared(number: str, strings: SharedStrings) -> object:
    try:
        return strings[int(number)] or None
    except (ValueError, IndexError):
        return _UNKNOWN_TEXT


def _style(cell: Cell) -> str:
    return f' s="{cell.style}"' if cell.style else ""


def _put_numbers(lines: Iterable[_Line], styles: bytes, date1904: bool) -> None:
    """Reads the numbers, those that show days as days, into the values of their rows."""
    rows = (f'<row r="{line.place}">{"".join(line.numbers)}</row>'.encode() for line in lines)
    data = package(rows, styles, b"", date1904)
    grid = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    for line in lines:
        if line.place > len(grid):
            break
        for j, value in enumerate(grid[line.place - 1]):
            if value != "":
                line.values[j] = value


def package(rows: Iterable[bytes], styles: bytes, strings: bytes, date1904: bool) -> bytes:
    """A workbook of one sheet with these rows, and parts of styles and shared texts."""
    out = io.BytesIO()
    relationship = f'<Relationship Id="rId{{}}" Type="{_OFFICE}/{{}}" Target="{{}}"/>'.format
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", _relationships(relationship(1, "officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{date1904:d}"/>'
            '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _relationships(
                relationship(1, "worksheet", "worksheets/sheet1.xml"),
                relationship(2, "styles", "styles.xml"),
                *([relationship(3, "sharedStrings", "sharedStrings.xml")] if strings else []),
            ),
        )
        archive.writestr("xl/styles.xml", styles)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for row in rows:
                sheet.write(row)
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _relationships(*entries: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'
