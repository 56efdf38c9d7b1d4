"""What LibreOffice shows of every sheet, in both languages: no number that does not fit, no error, no text cut off, the fonts there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from external import need
from funnelbook import sample, template
from funnelbook.book.labels import LANGUAGES, SHEETS
from funnelbook.commands.pictures import convert
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.host import OoxmlBook

pytestmark = pytest.mark.live
_WRONG = re.compile(r"#{3,}|#(?:NAME\?|VALUE!|REF!|N/A|DIV/0!|NUM!|NULL!)|Err:\d{3}")
_NAMED = "#NAME?"  # the note of the What-if sheet tells what it means
_TOLERANCE = 60  # hundredths of a millimetre: LibreOffice rounds to the dots of its screen


@pytest.fixture(
    scope="module", params=[(kind, language) for kind in ("template", "demo") for language in LANGUAGES], ids=str
)
def workbook(request, tmp_path_factory) -> tuple[Path, str]:
    """The empty template, and the sample team's workbook refreshed."""
    kind, language = request.param
    path = tmp_path_factory.mktemp("looks") / f"{kind}.xlsx"
    if kind == "template":
        path.write_bytes(template.build(language))
    else:
        team = sample.team(1, language)
        path.write_bytes(template.build(language, rows=team.rows))
        assert refresh_file(path, team.as_of, language).status == "done"
    return path, language


def test_no_number_is_too_wide_and_no_cell_shows_an_error(workbook, tmp_path):
    need("libreoffice")
    path, _ = workbook
    convert([path], "pdf", tmp_path)
    pdf = tmp_path / f"{path.stem}.pdf"
    printed = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    wrong = [line.strip() for line in printed.splitlines() if _WRONG.search(line.replace(_NAMED, ""))]
    assert not wrong
    fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True, timeout=60).stdout
    assert "CJK" in fonts  # Chinese is drawn with a font that has it
    assert "Carlito" in fonts or "Noto" in fonts


def test_no_text_is_cut_off(workbook, opened):
    """Measured with LibreOffice's own widths and heights: each text in a cell that the next cell, being filled, would cut."""
    path, language = workbook
    document = opened(path)
    document.Sheets.insertNewByName("measure", document.Sheets.Count)
    scratch = document.Sheets.getByName("measure")
    cut = []
    for place in OoxmlBook(path).list_objects():
        if place.sheet == SHEETS["bookkeeping"][LANGUAGES.index(language)]:
            continue  # hidden
        sheet, area = document.Sheets.getByName(place.sheet), place.area
        for column in range(area.left - 1, area.right):
            longest = max(_texts(sheet, area, column), key=lambda found: _width(found[1]), default=None)
            if longest and _needed(scratch, longest[0]) > sheet.Columns.getByIndex(column).Width + _TOLERANCE:
                cut.append((place.name, longest[1]))
        cut += [(place.name, text) for text in _too_low(sheet, area)]
    assert not cut


def _texts(sheet: object, area: object, column: int) -> Iterator[tuple[object, str]]:
    """Cells of one line in a column whose text may not run on into the next cell, and the text."""
    for row in range(area.top - 1, min(area.bottom, area.top + 40)):
        cell = sheet.getCellByPosition(column, row)
        if cell.String and not cell.IsTextWrapped and sheet.getCellByPosition(column + 1, row).String:
            yield cell, cell.String


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)


def _needed(scratch: object, cell: object) -> int:
    """The width LibreOffice wants for a cell."""
    at = scratch.getCellByPosition(0, 0)
    scratch.copyRange(at.getCellAddress(), cell.getRangeAddress())
    scratch.Columns.getByIndex(0).OptimalWidth = True
    return scratch.Columns.getByIndex(0).Width


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
