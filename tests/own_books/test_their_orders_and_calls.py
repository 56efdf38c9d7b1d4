"""Sheets of orders and calls as people keep them beside their customers: by name, by phone, the day apart from the time."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.adopt_told import told
from funnelbook.commands.check import check
from funnelbook.commands.import_calls import import_calls
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show

DAY = date(2026, 5, 20)
CUSTOMERS = [
    ["客户编号", "客户名称", "电话", "业务员"],
    ["A1", "甲公司", "13800138001", "李娜"],
    ["A2", "乙公司", "13900139002", "王强"],
    ["A3", "乙公司", "13900139003", "王强"],
]
MAY = datetime(2026, 5, 18)


@pytest.fixture
def book(tmp_path):
    def made(**sheets: list[list[object]]) -> Path:
        path = tmp_path / "own.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            clock = workbook.add_format({"num_format": "hh:mm"})
            for name, rows in {"客户": CUSTOMERS, **sheets}.items():
                sheet = workbook.add_worksheet(name)
                for i, row in enumerate(rows):
                    for j, cell in enumerate(row):
                        sheet.write(i, j, cell, *([clock] if isinstance(cell, float) else []))
        return path

    return made


def test_orders_are_of_the_customer_they_name(book):
    path = book(
        订单=[
            ["客户名称", "下单日期", "金额", "联系电话"],
            [" 甲公司", MAY, 9800, None],
            ["丙公司", MAY, 500, None],
            ["乙公司", MAY, 700, None],
            ["乙公司", MAY, 800, "139 0013 9003"],
            [None, MAY, 900, None],
        ]
    )
    line = "\n".join(told(adopt(path, as_of=DAY), "zh"))
    assert "客户名称 → 订单.客户编号" in line
    refresh_file(path, DAY)
    orders = show(path, TABLES["Orders"], as_of=DAY)
    assert orders["id"].fillna("").tolist() == ["A1", "", "", "A3", ""]
    problems = check(path, as_of=DAY)
    assert problems.loc[problems["table"] == "Orders", ["row", "value"]].to_numpy().tolist() == [
        [3, "丙公司"],
        [4, "乙公司"],
    ]
    board = show(path, TABLES["Board"], as_of=DAY).set_index("person")["amount"]
    assert board[["李娜", "王强"]].tolist() == [9800, 800]


CALLS = {
    "by phone": [["时间", "电话", "业务员", "接通"], [datetime(2026, 5, 19, 12), "13800138001", "李娜", "是"]],
    "day and time apart": [
        ["日期", "时间", "客户编号", "业务员", "接通"],
        [datetime(2026, 5, 19), 0.5, "A1", "李娜", "是"],
    ],
}


@pytest.mark.parametrize("rows", CALLS.values(), ids=CALLS.keys())
def test_calls_that_are_not_as_ours_are_taken_by_an_import_of_the_workbook(book, rows):
    path = book(通话记录=rows)
    assert "用“导入通话”" in "\n".join(told(adopt(path, as_of=DAY), "zh"))
    assert check(path, as_of=DAY).empty
    import_calls(path, [path], as_of=DAY)
    refresh_file(path, DAY)  # puts rows with times and ids on sheets of ours, which are no calls
    assert import_calls(path, [path], as_of=DAY).added == 0
    calls = show(path, TABLES["Activities"], as_of=DAY)
    assert calls[["at", "id", "owner"]].to_numpy().tolist() == [[datetime(2026, 5, 19, 12), "A1", "李娜"]]


def test_a_log_kept_by_hand_has_its_times_with_a_point_beside_the_day(book, tmp_path):
    path = book()
    adopt(path, as_of=DAY)
    log = tmp_path / "calls.csv"
    lines = [
        "Date,Time,Rep,Number,Mins,Result",
        "19/05/2026,9.15,Tom,13800138001,3,Answered",
        "19/05/2026,16.05,Tom,13900139003,2,Answered",
    ]
    log.write_text("\n".join(lines) + "\n", "utf-8")
    import_calls(path, [log], as_of=DAY)
    calls = show(path, TABLES["Activities"], as_of=DAY)
    assert calls[["at", "id", "minutes"]].to_numpy().tolist() == [
        [datetime(2026, 5, 19, 9, 15), "A1", 3],
        [datetime(2026, 5, 19, 16, 5), "A3", 2],
    ]
