"""Cell values of a package: python-calamine, with the error cells it leaves out put back."""

from __future__ import annotations

import io
import re

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from funnelbook.book.ports import BookError, CellError
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.scanner import SheetData
from funnelbook.hosts.ooxml.xmlscan import plain, simple, utf8

_ERROR = re.compile(rb"""=\s*["']e["']""")

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
            with self._package.reading(part):
                _put_errors(cells, simple(utf8(self._package.read(part))))
        return cells

    def _sheet(self, name: str) -> CalamineSheet:
        try:
            return self._workbook.get_sheet_by_name(name)
        except CalamineError as error:
            raise BookError("broken", file=self._package.name, detail=f"{name}: {error}") from error


def _put_errors(cells: Grid, xml: bytes) -> None:
    for row, column, cell in SheetData(xml).holding(_ERROR):
        if cell.attributes.get("t") == "e" and cell.value_place:
            _, first, last, _ = cell.value_place
            while len(cells) < row:
                cells.append([""] * (len(cells[0]) if cells else 0))
            cells[row - 1].extend([""] * (column - len(cells[row - 1])))
            cells[row - 1][column - 1] = CellError(plain(cell.xml[first:last]).strip())
