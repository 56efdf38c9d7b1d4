"""The sheet of today's calls: what stays in sight, what is printed, and that each person's list begins a page."""

from __future__ import annotations

import io

import openpyxl
import pytest

from funnelbook import template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.words import LANGUAGES
from support.exchanged import DAY, USED, team

CALLS = TABLES["CallList"]
SCREEN = 1366 - 60  # less row numbers and scroll bar
A4 = 297 / 25.4 - 0.8  # inches between our margins


@pytest.mark.parametrize("language", LANGUAGES)
def test_phone_and_entry_cells_are_on_one_screen_and_one_page(language):
    book = openpyxl.load_workbook(io.BytesIO(template.build(language, tables=["Customers", "CallList"])))
    sheet = book[sheet_name("calls", language)]
    heads = [cell.value for cell in sheet[5]]
    phone = heads.index(header(CALLS, "phone", language))
    entered = [heads.index(header(CALLS, column.name, language)) for column in CALLS.columns if column.entry]
    assert entered == list(range(phone + 1, phone + 1 + len(entered))), "beside the phone"
    assert sheet.freeze_panes == f"{openpyxl.utils.get_column_letter(phone + 2)}6"
    widths = [sheet.column_dimensions[openpyxl.utils.get_column_letter(j + 1)].width for j in range(len(heads))]
    pixels = [int(7 * width + 5) for width in widths]
    assert sum(pixels[: entered[-1] + 1]) <= SCREEN
    printed = entered[-1] + 2
    assert printed <= 12
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage, "Excel heeds no breaks on a sheet fitted to pages"
    assert sum(pixels[:printed]) / 96 * sheet.page_setup.scale / 100 <= A4
    assert heads[-2:] == [header(CALLS, name, language) for name in ("person", "id")], "the key comes last"


def test_each_person_begins_a_page(tmp_path):
    path = team(tmp_path / "team.xlsx", [*USED, "CallList"])
    assert refresh_file(path, DAY).status == "done"
    sheet = openpyxl.load_workbook(path)["今日电话"]
    heads = [cell.value for cell in sheet[5]]
    people = [row[heads.index(header(CALLS, "person", "zh"))].value for row in sheet.iter_rows(min_row=6)]
    assert people == ["小张", "小李", "小李"]
    assert [one.id for one in sheet.row_breaks.brk] == [6], "below the first row"
    assert (
        sheet.print_area
        == f"'今日电话'!$A$1:${openpyxl.utils.get_column_letter(heads.index(header(CALLS, 'tier', 'zh')) + 1)}$8"
    )
    assert refresh_file(path, DAY, again=True).status == "unchanged"
    assert "今日电话" in open_book(path).sheets()
