"""Customers says what the log says last: a refresh writes it back, and what people typed stays."""

from __future__ import annotations

from datetime import date, timedelta

from funnelbook.hosts.memory import MemoryBook
from support.adopted import adopted, lines, refreshed, table

DAY = date(2026, 6, 3)  # a Wednesday
TEAM = {
    "customers": """
        客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系 | 下次目的 | 未购原因
        1 | 甲公司 | 小李 | D | 2026-05-01 | 2026-06-01 | 报价 | -
        2 | 乙公司 | 小李 | D | 2026-05-01 | 2026-06-02 | 报价 | 价格
        3 | 丙公司 | 小李 | - | 2026-05-01 | 2026-06-03 | 报价 | -
    """,
    "activities": """
        流水号 | 时间 | 客户编号 | 业务员 | 方式 | 结果 | 级别 | 下次联系 | 下次目的 | 未购原因 | 内容
        H1 | 2026-05-20 10:00 | 2 | 小李 | 电话 | - | D | 2026-06-02 | 报价 | - | -
    """,
    "people": "姓名 | 入职日期\n小李 | 2025-01-01",
    "通话结果": "结果 | 级别 | 接通\n已报价 | B | 是\n无人接听 | - | 否",
    "未购原因": "未购原因 | 下一步\n价格 | 送样\n没预算 | 下月再打",
}


def seen(**changed: str) -> MemoryBook:
    book = adopted(**TEAM | changed)
    refreshed(book, DAY)
    return book


def enter(book: MemoryBook, customer: str, **cells: object) -> bool:
    """Types into a customer's row of the call list; whether it is there."""
    grid = book.grids["result CallList"]
    for row in grid[3:]:
        if row[grid[2].index("客户编号")] == customer:
            for name, value in cells.items():
                row[grid[2].index(name)] = value
            return True
    return False


def cells_of(book: MemoryBook, *names: str) -> list[list[object]]:
    grid = book.grids["客户"]
    return [[row[grid[0].index(name)] for name in names] for row in grid[1:]]


def put(book: MemoryBook, customer: str, name: str, value: object) -> None:
    grid = book.grids["客户"]
    for row in grid[1:]:
        if row[0] == customer:
            row[grid[0].index(name)] = value


def test_what_a_call_says_stands_in_customers_after_the_refresh():
    book = seen()
    enter(book, "1", 结果="已报价", 下次联系="6月8日", 下次目的="签约", 本次未购原因="没预算")
    report = refreshed(book, DAY)
    row = cells_of(book, "级别", "下次目的", "未购原因")[0]
    assert (row, report.told.customers, report.told.locked) == (["B", "签约", "没预算"], 1, 0)
    assert not refreshed(book, DAY).written
    assert lines(table(book, "History").query("source == 'manual'"), "id") == []


def test_a_tier_typed_over_is_a_move_and_stays():
    book = seen()
    put(book, "1", "级别", "A")
    assert refreshed(book, DAY).told.customers == 0
    assert cells_of(book, "级别")[0] == ["A"]
    enter(book, "1", 结果="已报价")
    refreshed(book, DAY + timedelta(1))
    assert cells_of(book, "级别")[0] == ["B"]
    put(book, "1", "级别", "C")  # after the call of the day
    for day in (1, 1, 2):
        refreshed(book, DAY + timedelta(day))
        assert cells_of(book, "级别")[0] == ["C"]


def test_a_call_after_the_tier_was_typed_over_is_the_later_word_whatever_it_says():
    book = seen()
    put(book, "1", "级别", "A")
    refreshed(book, DAY)
    put(book, "1", "级别", "C")
    refreshed(book, DAY + timedelta(1))
    enter(book, "1", 新级别="A")
    for day in (1, 1, 2):
        refreshed(book, DAY + timedelta(day))
        assert cells_of(book, "级别")[0] == ["A"]


def test_a_tier_typed_over_twice_a_day_stays():
    book = seen(orders="订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态\nO1 | 2026-05-04 | 2 | 小李 | 100 | 取消")
    put(book, "1", "级别", "B")
    enter(book, "1", 新级别="成交", 成交金额="8千")
    refreshed(book, DAY)
    assert cells_of(book, "级别")[0] == ["成交"]
    put(book, "1", "级别", "B")
    for day in (0, 0, 1):
        refreshed(book, DAY + timedelta(day))
        assert cells_of(book, "级别")[0] == ["B"]


def test_what_cannot_be_read_stays_with_its_reason():
    book = seen()
    put(book, "1", "级别", "F")
    enter(book, "1", 结果="已报价")
    refreshed(book, DAY)
    assert cells_of(book, "级别")[0] == ["F"]
    found = table(book, "Problems")
    assert lines(found[found["column"] == "tier"], "table", "value") == ["Customers F"]


def test_nothing_is_written_back_where_settings_say_so():
    book = seen(设置="项目 | 值\nwrite_tiers | 否")
    enter(book, "1", 结果="已报价", 下次联系="6月8日", 本次未购原因="没预算")
    refreshed(book, DAY)
    assert cells_of(book, "级别", "未购原因")[0] == ["D", None]


def test_what_disagreed_when_last_seen_stays_until_a_call_speaks_of_it():
    """As in a workbook used with 0.1.0, which wrote nothing back."""
    log = (
        TEAM["activities"]
        + """        H2 | 2026-05-21 10:00 | 1 | 小李 | 电话 | - | B | 2026-06-09 | 签约 | 没预算 | -
        H3 | 2026-05-21 10:00 | 3 | 小李 | 电话 | - | C | 2026-06-09 | 签约 | 没预算 | -
    """
    )
    book = seen(activities=log)
    before = [list(row) for row in book.grids["客户"]]
    for day in (0, 1, 1):
        assert refreshed(book, DAY + timedelta(day)).told.customers == 0
    assert book.grids["客户"] == before
    assert refreshed(book, DAY + timedelta(6)).told.customers == 0
    assert enter(book, "1", 结果="已报价")
    assert refreshed(book, DAY + timedelta(6)).told.customers == 1
    assert cells_of(book, "级别") == [["B"], ["D"], [None]]
