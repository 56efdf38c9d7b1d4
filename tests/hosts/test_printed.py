"""Only the sheets asked for are left to print."""

from __future__ import annotations

import io

import openpyxl

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.hosts.ooxml.host import only_sheets

BOARD, TRACKING = sheet_name("board", "en"), sheet_name("tracking", "en")


def printed(*names: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(only_sheets(template.build("en"), names)))


def test_other_sheets_are_hidden_and_have_no_print_area():
    book = printed(BOARD)
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [BOARD]
    assert book.active.title == BOARD
    assert [sheet.title for sheet in book if sheet.print_area] == []


def test_a_sheet_asked_for_keeps_its_print_area():
    assert [sheet.title for sheet in printed(BOARD, TRACKING) if sheet.print_area] == [TRACKING]
