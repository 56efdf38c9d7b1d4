"""A copy to print shows the sheets asked for and no other."""

from __future__ import annotations

import io

import openpyxl

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.hosts.ooxml.printing import only_sheets


def test_no_other_sheet_shows_or_has_an_area_to_print():
    care, tracking = sheet_name("care", "en"), sheet_name("tracking", "en")
    whole = template.build("en")
    assert openpyxl.load_workbook(io.BytesIO(whole))[tracking].print_area
    copy = openpyxl.load_workbook(io.BytesIO(only_sheets(whole, [care])))
    assert [sheet.title for sheet in copy if sheet.sheet_state == "visible"] == [care]
    assert not any(sheet.print_area for sheet in copy if sheet.title != care)


def test_a_sheet_asked_for_keeps_its_area():
    tracking = sheet_name("tracking", "en")
    copy = openpyxl.load_workbook(io.BytesIO(only_sheets(template.build("en"), [tracking])))
    assert copy[tracking].print_area
