"""Cell values of a package: python-calamine, with the error cells it leaves out put back."""

from __future__ import annotations

import io
import re

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from funnelbook.book.ports import BookError, CellError
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.workbook import column_number
from funnelbook.hosts.ooxml.xmlscan import utf8

_CELL = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*(?:<(?:\w+:)?f[^>]*?(?:/>|>.*?</(?:\w+:)?f>)\s*)?<(?:\w+:)?v[^>]*>(#[^<]*)</", re.DOTALL
)
_ERROR = re.compile(rb"""\bt=["']e["']""")
_PLACE = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")

Grid = list[list[object]]


class Reader:
    """Sheets of a package as grids. A sheet looked at with `head` is kept unpacked until `grid` takes it."""

    def __init__(self, package: Package) -> None:
        try:
            self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(package.readable()))
        except CalamineError as error:
            raise BookError("broken", file=package.name, detail=str(error)) from error
        self._package = package
        self._sheets: dict[str, CalamineSheet] = {}

    def head(self, sheet: str, rows: int) -> Grid:
        """The first rows of a sheet."""
        if sheet not in self._sheets:
            self._sheets[sheet] = self._sheet(sheet)
        return self._sheets[sheet].to_python(skip_empty_area=False, nrows=rows)

    def grid(self, sheet: str, part: str) -> Grid:
        """All cells of a sheet from A1 on."""
        cells = (self._sheets.pop(sheet, None) or self._sheet(sheet)).to_python(skip_empty_area=False)
        if part in self._package.with_errors:
            _put_errors(cells, utf8(self._package.read(part)))
        return cells

    def _sheet(self, name: str) -> CalamineSheet:
        try:
            return self._workbook.get_sheet_by_name(name)
        except CalamineError as error:
            raise BookError("broken", file=self._package.name, detail=f"{name}: {error}") from error


def _put_errors(cells: Grid, xml: bytes) -> None:
    for found in _CELL.finditer(xml):
        place = _PLACE.search(found[1])
        if _ERROR.search(found[1]) and place:
            row, column = int(place[2]) - 1, column_number(place[1].decode()) - 1
            while len(cells) <= row:
                cells.append([""] * (len(cells[0]) if cells else 0))
            cells[row].extend([""] * (column + 1 - len(cells[row])))
            cells[row][column] = CellError(found[2].decode())
