"""An amount and a day of the sale beside a customer (成交金额, 成交日期) are an order of who is won, once."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from funnelbook.commands.adopt import adopt
from funnelbook.commands.check import check
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file

DAY = date(2026, 5, 20)


def listed(path: Path, heads: list[str], *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["客户", "电话", "负责人", "录入日期", "备注", *heads], *rows):
        sheet.append(row)
    book.save(path)
    adopt(path, as_of=DAY)
    return path


def orders(path: Path) -> list[tuple[str, str, float]]:
    frame = read_inputs(open_book(path), DAY).frames["Orders"].sort_values("date")
    return [(order.id, f"{order.date:%m-%d}", order.amount) for order in frame.itertuples()]


@pytest.mark.parametrize(
    ("amount", "day", "cell", "on", "order"),
    [
        ("成交金额", "成交日期", 12000, datetime(2026, 5, 6), 12000.0),
        ("签单金额", "签单日期", "1.2万", "5月6日", 12000.0),
        ("签约金额(万元)", "签约时间", 1.25, "2026/5/6", 12500.0),
        ("成交金额", "成交日期", "12000元", datetime(2026, 5, 6), 12000.0),
        ("成交金额", "成交日期", "1.250", datetime(2026, 5, 6), 1250.0),
        ("成交金额", "成交日期", "1.250,50", datetime(2026, 5, 6), 1250.5),
        ("成交额", "成交时间", 88, datetime(2026, 5, 6, 10, 30), 88.0),
        ("Sale amount", "Sale date", 9800, datetime(2026, 5, 6), 9800.0),
        ("Amount won", "Date won", "9,800.50", "2026-05-06", 9800.5),
        ("成交金额", "成交日期", 12_345_678.9, datetime(2026, 5, 6), 12_345_678.9),
    ],
)
def test_the_sale_of_who_is_won_is_an_order(tmp_path, amount, day, cell, on, order):
    path = listed(
        tmp_path / "k.xlsx", ["状态", amount, day],
        ["甲厂", "13800138001", "李娜", None, None, "已成交", cell, on], ["乙厂", "13800138002", "王伟", None, None, "跟进中", None, None],
    )  # fmt: skip
    assert orders(path) == [("K0001", "05-06", order)]
    refresh_file(path, DAY)
    refresh_file(path, DAY)
    assert orders(path) == [("K0001", "05-06", order)], "once is enough"


def test_what_an_open_customer_may_pay_one_day_is_none(tmp_path):
    path = listed(
        tmp_path / "k.xlsx", ["级别", "成交金额", "成交日期"],
        ["甲厂", "13800138001", "李娜", None, None, "A", 12000, datetime(2026, 5, 6)],
        ["乙厂", "13800138002", "王伟", None, None, "成交", 8000, datetime(2026, 5, 7)],
        ["丙厂", "13800138003", "王伟", None, None, "成交", 8000, datetime(2026, 6, 7)],
        ["丁厂", "13800138004", "王伟", None, None, "成交", None, datetime(2026, 5, 7)],
        ["戊厂", "13800138005", "王伟", None, None, "成交", 8000, None],
    )  # fmt: skip
    assert orders(path) == [("K0002", "05-07", 8000.0)]
    told = check(path, as_of=DAY)
    assert "有成交金额和日期，级别却还在跟进（1 位客户），没有记订单" in told["problem"].tolist()


def test_who_is_won_later_has_his_order_then(tmp_path):
    path = listed(
        tmp_path / "k.xlsx",
        ["状态", "签单金额", "签单日期"],
        ["甲厂", "13800138001", "李娜", None, None, "跟进中", None, None],
    )
    book = openpyxl.load_workbook(path)
    for cell, value in {"F2": "已成交", "G2": 5000, "H2": datetime(2026, 5, 19)}.items():
        book["Sheet"][cell] = value
    book.save(path)
    refresh_file(path, DAY)
    assert orders(path) == [("K0001", "05-19", 5000.0)]
