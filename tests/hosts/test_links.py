"""Rows of Problems lead to the cell with the problem, and the guide counts them, in a file and in Excel."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from funnelbook import ribbon, template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.ports import Link, TableWrite
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from support.fake_excel import App
from support.packages import plain, team

DAY = date(2026, 5, 20)
WRONG = (
    ("客户编号", "客户名称", "业务员", "电话"),
    ("K1", "甲公司", None, "021-55667788"),
    ("K2", "乙公司", "小张", "12345"),
    ("K2", "丙公司", "小张", None),
)
# by table row: what stands in the cell that it leads to
CELLS = {4.0: "K2", 2.0: None, 3.0: "12345"}
_LINK = re.compile(r"""=HYPERLINK\("#'((?:[^']|'')+)'!([A-Z]+\d+)",(\d+)\)""")


@pytest.fixture
def book(tmp_path) -> Path:
    path = plain(tmp_path / "book.xlsx", *WRONG, sheet="老王's 客户")
    adopt(path, as_of=DAY)
    assert refresh_file(path, DAY).status == "done"
    return path


def test_a_row_leads_to_its_cell(book):
    workbook = openpyxl.load_workbook(book)
    sheet = workbook[sheet_name("problems", "zh")]
    area = sheet[sheet.tables["Problems"].ref]
    column = [cell.value for cell in area[0]].index("行")
    found = {}
    for line in area[1:]:
        name, cell, row = _LINK.fullmatch(line[column].value).groups()
        found[float(row)] = workbook[name.replace("''", "'")][cell].value
    assert found == CELLS


def test_it_is_read_back_as_a_number_and_a_second_refresh_writes_nothing(book):
    assert show(book, TABLES["Problems"], as_of=DAY)["row"].tolist() == list(CELLS)
    assert refresh_file(book, DAY, again=True).status == "unchanged"


@pytest.mark.live
def test_the_guide_counts_by_severity(book, opened):
    guide = opened(book).Sheets.getByName(sheet_name("guide", "zh"))
    lines = guide.getCellRangeByName("B1:C60").getDataArray()
    counts = {word: count for word, count in lines if word in ("错误", "提醒", "说明")}
    assert counts == {"错误": 1, "提醒": 2, "说明": 0}


def test_in_excel_a_row_leads_there_even_when_its_sheet_is_renamed(monkeypatch):
    app = App()
    workbook = app.new(template.build("zh", rows={"Customers": [{"id": "K1"}]}))
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)
    for name in ("客户", "大客户"):
        workbook.sheets[next(s.name for s in workbook.sheets if s.name.endswith("客户"))].impl.title = name
        ribbon.press("check", str(DAY))
        assert app.alerts == []
        cells = workbook.sheets[sheet_name("problems", "zh")].impl.cells_.values()
        assert [v for v in cells if isinstance(v, str) and "HYPERLINK" in v] == [f"=HYPERLINK(\"#'{name}'!G5\",5)"]


@pytest.mark.live
def test_in_libreoffice_a_row_leads_there_even_when_the_sheet_it_leads_to_changes(office, opened, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build("zh", tables=["Problems"]))
    document = opened(path)
    book = office.book(document)
    names = TABLES["Problems"].names
    area = next(table.area for table in book.list_objects() if table.name == "Problems")
    for sheet in ("客户", "老王's 客户"):
        columns = [[Link(5, sheet, "G5")] if name == "row" else ["x"] for name in names]
        write = TableWrite("Problems", [header(TABLES["Problems"], name, "zh") for name in names], columns)
        assert book.write([write])
        assert not book.write([write])
        cells = document.Sheets.getByName(sheet_name("problems", "zh"))
        led = cells.getCellByPosition(area.left - 1 + names.index("row"), area.top).Formula
        assert led == "=HYPERLINK(\"#'{}'!G5\";5)".format(sheet.replace("'", "''"))


def test_a_link_is_a_number_to_a_host_that_cannot_lead():
    link = Link(12, "a'b\"c", "D12")
    assert link == 12
    assert link.formula() == "HYPERLINK(\"#'a''b\"\"c'!D12\",12)"


def test_an_empty_workbook_has_no_problems(tmp_path):
    path = team(tmp_path / "new.xlsx")
    assert refresh_file(path, DAY).problems == 0
    sheet = openpyxl.load_workbook(path, data_only=True)[sheet_name("guide", "zh")]
    assert {line[2].value for line in sheet.iter_rows() if line[1].value in ("错误", "提醒", "说明")} == {0}
