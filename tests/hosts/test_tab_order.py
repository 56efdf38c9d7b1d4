"""A sheet put before all others: what counts sheets by their place follows."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.tab_order import put_first


def test_names_of_one_sheet_print_areas_and_the_sheet_that_is_shown_follow():
    book = openpyxl.Workbook()
    for name in ("甲", "乙", "丙"):
        sheet = book.create_sheet(name)
        sheet.print_area = "A1:B2"
        sheet.defined_names["own"] = DefinedName("own", attr_text=f"'{name}'!$A$1")
    del book["Sheet"]
    book.active = 1
    written = io.BytesIO()
    book.save(written)
    package = Package(written.getvalue(), "a.xlsx")
    put_first(package, "丙")
    put_first(package, "丙")  # where it stands already nothing is done
    found = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    assert found.sheetnames == ["丙", "甲", "乙"]
    assert found.active.title == "乙"
    for sheet in found:
        assert sheet.defined_names["own"].attr_text == f"'{sheet.title}'!$A$1"
        assert sheet.print_area == f"'{sheet.title}'!$A$1:$B$2"
