"""A list of customers that has no numbers gets some: right of it, each once, and nothing else of it changes."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from funnelbook.book.ports import BookError
from funnelbook.commands.adopt import adopt
from funnelbook.commands.adopt_told import told
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.undo import undo

DAY = date(2026, 5, 20)
HEADS = ["名称", "联系人", "电话", "微信", "类型", "需求", "备注"]  # as of k11a-zh-no-id.xlsx
BODY = [
    ["甲小区物业", "张经理", "13800138001", None, "物业", "新建车棚", None],
    ["乙建材市场", "李总", "13900139002", None, "商业", "遮阳棚", "预算10万"],
]


def made(path: Path, *more: list[object], listed: bool = False, beside: str = "") -> Path:
    """A list from B3 on, a title above; `beside`: a note right of it, one column free."""
    body = [*BODY, *more]
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户导入")
        red = workbook.add_format({"bg_color": "#FF0000", "border": 1})
        sheet.write(0, 1, "2026 年客户")
        if listed:
            heads = [{"header": head} for head in HEADS]
            sheet.add_table(2, 1, 2 + len(body), len(HEADS), {"columns": heads, "data": body})
        else:
            sheet.write_row(2, 1, HEADS, workbook.add_format({"bold": True}))
        for i, row in enumerate(body, 3):
            for j, value in enumerate(row, 1):
                sheet.write(i, j, value, red)
        if beside:
            sheet.write(4, 1 + len(HEADS), beside)
    return path


def ids(path: Path) -> list[str]:
    return read_inputs(open_book(path), DAY).frames["Customers"]["id"].tolist()


def cells(path: Path, sheet: str = "客户导入") -> dict[str, object]:
    return {c.coordinate: c.value for row in openpyxl.load_workbook(path)[sheet] for c in row if c.value is not None}


def edited(path: Path, **values: object) -> None:
    book = openpyxl.load_workbook(path)
    for at, value in values.items():
        book["客户导入"][at] = value
    book.save(path)


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
def test_numbers_stand_right_of_the_list_and_all_else_is_as_it_was(tmp_path, listed):
    path = made(tmp_path / "k.xlsx", listed=listed)
    before = cells(path)
    report = adopt(path, as_of=DAY)
    assert (report.numbered, report.number_column) == (2, "I")
    assert cells(path) == before | {"I3": "客户编号", "I4": "K0001", "I5": "K0002"}
    assert ids(path) == ["K0001", "K0002"]
    if listed:
        (table,) = openpyxl.load_workbook(path)["客户导入"].tables.values()
        assert (table.ref, [c.name for c in table.tableColumns]) == ("B3:I5", [*HEADS, "客户编号"])


def test_no_byte_of_the_other_columns_changes_and_the_numbers_look_as_the_list_does(tmp_path):
    path = made(tmp_path / "k.xlsx")
    there = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    adopt(path, as_of=DAY)
    now = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    cell = re.compile(rb'<c r="[B-H]\d+".*?(?:/>|</c>)')
    assert cell.findall(now) == cell.findall(there)
    sheet = openpyxl.load_workbook(path)["客户导入"]
    assert sheet["I4"].fill.bgColor.rgb == sheet["H4"].fill.bgColor.rgb
    assert sheet["I4"].fill.fgColor.rgb == "FFFF0000"
    assert sheet["I3"].font.bold


def test_a_note_beside_the_list_is_left_alone(tmp_path):
    path = made(tmp_path / "k.xlsx", beside="重点")
    assert adopt(path, as_of=DAY).number_column == "J"
    assert cells(path)["I5"] == "重点"
    assert ids(path) == ["K0001", "K0002"]


def test_a_list_object_with_something_right_beside_it_is_refused_in_words(tmp_path):
    path = made(tmp_path / "k.xlsx", listed=True, beside="重点")
    data = path.read_bytes()
    with pytest.raises(BookError, match="no blank column"):
        adopt(path, as_of=DAY)
    assert path.read_bytes() == data


def test_rows_typed_later_get_theirs_at_the_next_refresh_and_none_is_given_twice(tmp_path):
    path = made(tmp_path / "k.xlsx")
    adopt(path, as_of=DAY)
    edited(path, B6="丙公司", D6="13700137003", B7="丁公司", D7="13600136004", I7="K0009")
    assert "1" in refresh_file(path, DAY).message
    assert ids(path) == ["K0001", "K0002", "K0010", "K0009"]
    edited(path, B6=None, D6=None, I6=None, B8="戊公司", D8="13500135005")  # a customer is gone, its number too
    refresh_file(path, DAY)
    assert ids(path) == ["K0001", "K0002", "K0009", "K0011"]
    assert refresh_file(path, DAY, again=True).status == "unchanged"


def test_a_row_of_totals_and_a_blank_one_get_no_number(tmp_path):
    path = made(tmp_path / "k.xlsx", ["合计", None, "2"])
    assert adopt(path, as_of=DAY).numbered == 2
    assert ids(path) == ["K0001", "K0002"]


def test_a_dry_run_says_it_and_writes_nothing_and_undo_takes_it_back(tmp_path):
    path = made(tmp_path / "k.xlsx")
    data = path.read_bytes()
    report = adopt(path, as_of=DAY, dry_run=True)
    assert "客户没有编号：将在工作表“客户导入”的 I 列编上 K0001 起的客户编号（2 个）。" in [*told(report, "zh")]
    assert path.read_bytes() == data
    adopt(path, as_of=DAY)
    undo(path)
    assert path.read_bytes() == data


def test_a_column_for_numbers_that_is_blank_is_filled(tmp_path):
    path = made(tmp_path / "k.xlsx")
    edited(path, I3="客户编号")
    assert adopt(path, as_of=DAY).numbered == 2
    assert cells(path)["I4"] == "K0001"
    assert "J3" not in cells(path)


def test_what_is_no_list_of_customers_gets_none(tmp_path):
    path = tmp_path / "k.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("产品")
        sheet.write_row(0, 0, ["名称", "说明"])
        sheet.write_row(1, 0, ["车棚", "铝合金"])
    with pytest.raises(BookError):
        adopt(path, as_of=DAY)
