"""Columns that say who must not be called, as lists call them, and those that say it the other way round."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from funnelbook.commands.adopt import adopt
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.spare import stage_spared

DAY = date(2026, 5, 20)


def listed(path: Path, header: str, cells: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["客户名称（必填）", "手机(必填)", "负责人（选填）", header])
    for i, cell in enumerate(cells):
        sheet.append([f"{i}公司", f"1380013800{i}", "李娜", cell])
    book.save(path)
    adopt(path, as_of=DAY)
    return path


def spared(path: Path) -> list[bool]:
    return read_inputs(open_book(path), DAY).frames["Customers"]["do_not_call"].tolist()


@pytest.mark.parametrize("header", ["是否勿扰", "黑名单", "免打扰", "Opted out", "Do Not Contact"])
def test_a_yes_spares_a_call(tmp_path, header):
    assert spared(listed(tmp_path / "k.xlsx", header, ["是", "否", None, "Yes", 1, 0])) == [
        True,
        False,
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("header", ["能否拨打", "是否可联系", "OK to call"])
def test_a_no_spares_a_call_where_the_header_asks_whether_one_may(tmp_path, header):
    """What cannot be read spares it too: one call too few does no harm."""
    path = listed(tmp_path / "k.xlsx", header, ["是", "否", None, "不能", "可以", "不可以", 1, 0, "再看"])
    assert spared(path) == [False, True, False, True, False, True, False, True, True]


def test_whom_a_list_of_numbers_spares_is_told_as_the_column_asks(tmp_path):
    path = listed(tmp_path / "k.xlsx", "能否拨打", ["是", "是", None])
    numbers = tmp_path / "勿扰.csv"
    numbers.write_text("电话\n13800138001\n13800138002\n", encoding="utf-8")
    stage_spared(open_book(path), [numbers], as_of=DAY).write()
    assert spared(path) == [False, True, True]
    assert [row[3] for row in openpyxl.load_workbook(path)["Sheet"].iter_rows(min_row=2, values_only=True)] == [
        "是",
        "否",
        "否",
    ]


def test_what_a_header_says_of_how_to_fill_it_in_is_no_part_of_it(tmp_path):
    frame = read_inputs(open_book(listed(tmp_path / "k.xlsx", "备注", [None])), DAY).frames["Customers"]
    assert frame[["name", "phone", "owner"]].to_numpy().tolist() == [["0公司", "13800138000", "李娜"]]
