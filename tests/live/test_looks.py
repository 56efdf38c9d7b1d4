"""What LibreOffice shows of every sheet, in both languages: no number that does not fit, no error, no row too low, the fonts there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from xlsxwriter.utility import xl_range_abs

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.commands.pictures import convert
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.hosts.ooxml.printing import only_sheets
from funnelbook.words import LANGUAGES
from support.external import need
from support.packages import bend

pytestmark = pytest.mark.live
_WRONG = re.compile(r"#{3,}|#(?:NAME\?|VALUE!|REF!|N/A|DIV/0!|NUM!|NULL!)|Err:\d{3}")
_NAMED = "#NAME?"  # the note of the What-if sheet tells what it means
_SCRATCH, _EVERYTHING = "scratch", 1023  # a sheet to measure on, com.sun.star.sheet.CellFlags
_ADDED = 200  # hundredths of a millimetre that LibreOffice adds to the width a text needs
_TYPED_FREELY = {"电话", "Phone"}  # the sample's are typed in every way people do, in full-width digits too
_PRINTED = 150  # rows of a list
_TOLERANCE = 60  # hundredths of a millimetre: LibreOffice rounds to the dots of its screen


@pytest.fixture(
    scope="module", params=[(kind, language) for kind in ("template", "demo") for language in LANGUAGES], ids=str
)
def workbook(request, tmp_path_factory, demo_book) -> tuple[Path, str]:
    """The empty template, and the sample team's workbook refreshed."""
    kind, language = request.param
    path = tmp_path_factory.mktemp("looks") / f"{kind}.xlsx"
    path.write_bytes(template.build(language) if kind == "template" else demo_book(language))
    return path, language


@pytest.fixture(scope="module")
def document(workbook, office) -> Iterator[object]:
    """The workbook opened; whoever measures in it puts back what it changed."""
    path, _ = workbook
    found = office.open(path)
    yield found
    found.close(True)


def shorten(path: Path, printed: list[str]) -> None:
    """Has only the first rows of a long list printed: whether all of it fits is measured below, and no list holds formulas."""
    book = OoxmlBook(path)
    sheets = book.sheets()
    areas = "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{sheets.index(place.sheet)}">'
        f"'{place.sheet}'!{xl_range_abs(0, 0, _PRINTED, place.area.right - 1)}</definedName>"
        for place in book.list_objects()
        if place.sheet in printed and place.area.bottom > _PRINTED
    )
    if areas:
        bend(path, xl_workbook_xml=lambda xml: xml.replace(b"</definedNames>", f"{areas}</definedNames>".encode()))


def test_no_number_is_too_wide_and_no_cell_shows_an_error(workbook, tmp_path):
    need("libreoffice")
    path, language = workbook
    every = tmp_path / "every.xlsx"  # those hidden at first too
    read = [sheet_name(key, language) for key in TABLES.sheets if key not in TABLES.hidden_sheets]
    every.write_bytes(only_sheets(path.read_bytes(), read))
    shorten(every, read)
    convert([every], "pdf", tmp_path, time_limit_s=600)
    pdf = every.with_suffix(".pdf")
    printed = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    wrong = [line.strip() for line in printed.splitlines() if _WRONG.search(line.replace(_NAMED, ""))]
    assert not wrong
    fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True, timeout=60).stdout
    assert {"zh": "CJK", "en": "Carlito"}[language] in fonts  # what stands for the fonts of Windows, no chance find


def test_no_text_of_several_lines_is_cut_off(workbook, document):
    """Measured with LibreOffice's own heights of rows."""
    path, language = workbook
    hidden = {sheet_name(key, language) for key in TABLES.hidden_sheets}
    shown = [place for place in OoxmlBook(path).list_objects() if place.sheet not in hidden]
    cut = [(p.name, text) for p in shown for text in _too_low(document.Sheets.getByName(p.sheet), p.area)]
    assert not cut


def test_no_text_of_one_line_is_cut_off(workbook, document):
    """Measured with LibreOffice's own widths of columns."""
    path, language = workbook
    hidden = {sheet_name(key, language) for key in TABLES.hidden_sheets}
    shown = [place for place in OoxmlBook(path).list_objects() if place.sheet not in hidden]
    document.Sheets.insertNewByName(_SCRATCH, document.Sheets.Count)
    cut = [(p.name, *found) for p in shown for found in _too_narrow(document, p.sheet, p.area)]
    document.Sheets.removeByName(_SCRATCH)
    assert not cut, "\n".join(map(str, cut))


def _too_narrow(document: object, name: str, area: object) -> Iterator[tuple[str, int, int]]:
    """Headers of columns that are too narrow for their texts of one line, with the width they need and have."""
    sheet, scratch = document.Sheets.getByName(name), document.Sheets.getByName(_SCRATCH)
    for column in range(area.left - 1, area.right):
        body = sheet.getCellRangeByPosition(column, area.top, column, area.bottom - 1)
        texts = [text for row in body.getDataArray() for text in row if text]
        head = sheet.getCellByPosition(column, area.top - 1).String
        if body.IsTextWrapped or not texts or head in _TYPED_FREELY or _may_run_over(sheet, area, column):
            continue
        scratch.clearContents(_EVERYTHING)
        scratch.copyRange(scratch.getCellByPosition(0, 0).CellAddress, body.RangeAddress)
        measured = scratch.Columns.getByIndex(0)
        measured.OptimalWidth = True
        needs, has = measured.Width - _ADDED, sheet.Columns.getByIndex(column).Width
        if needs > has + _TOLERANCE:
            yield head, needs, has


def _may_run_over(sheet: object, area: object, column: int) -> bool:
    """Whether a table's last column has free cells right of it."""
    beside = sheet.getCellRangeByPosition(column + 1, area.top, column + 1, area.bottom - 1).getDataArray()
    return column == area.right - 1 and not any(text for row in beside for text in row)


def _too_low(sheet: object, area: object) -> Iterator[str]:
    """Texts of several lines in rows that are too low for them."""
    for row in range(area.top - 1, min(area.bottom, area.top + 20)):
        line = sheet.Rows.getByIndex(row)
        given = line.Height
        line.OptimalHeight = True
        if line.Height > given + _TOLERANCE:
            cells = [sheet.getCellByPosition(column, row) for column in range(area.left - 1, area.right)]
            yield from (cell.String for cell in cells if cell.String and cell.IsTextWrapped)
        line.Height = given
