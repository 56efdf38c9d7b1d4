"""The sheet 奖惩 through refreshes: what people type there stays, what was paid stands, the rest follows the data."""

from __future__ import annotations

from datetime import date

import pytest

from support.adopted import adopted, lines, refreshed, table

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 3)
TEAM = {
    "customers": """
        客户编号 | 客户名称 | 业务员 | 级别 | 录入日期
        1 | 甲 | 小李 | - | 2026-03-02
        2 | 乙 | 小张 | - | 2026-05-02
    """,
    "orders": """
        订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态
        D1 | 2026-05-15 | 1 | 小李 | 30000n | 有效
        D2 | 2026-05-16 | 1 | 小李 | 20000n | 有效
        D3 | 2026-05-16 | 2 | 小张 | 10000n | 有效
    """,
    "people": "姓名 | 入职日期\n小李 | 2025-01-01\n小张 | 2026-01-01",
    "targets": """
        期间 | 业务员 | 版本 | 订单
        2026-05 | 小李 | 1 | 2n
        2026-05 | 小张 | 1 | 4n
    """,
    "rules": """
        规则 | 指标 | 从 | 到 | 金额 | 比例 | 上限 | 批准人
        提成 | 金额 | - | - | - | 2% | - | 王总
        达标奖 | 完成率 | 100% | - | 500n | - | - | 王总
        未达六成 | 完成率 | - | 60% | -200n | - | - | 王总
    """,
}
SHOWN = ("period", "person", "rule", "measured", "amount", "status")


@pytest.fixture
def book():
    return adopted(**TEAM)


def rows(book) -> list[str]:
    return lines(table(book, "Rewards"), *SHOWN)


def pay(book, person: str, rule: str, typed: object) -> None:
    """Types into the cell 兑现日期 of a row."""
    grid = book.grids["result Rewards"]
    row = next(r for r in grid[3:] if r[1:3] == [person, rule] and not r[6])
    row[6] = typed


def test_worked_sheet(book):
    # 小李: 50,000 sold, 2 of 2 orders; 小张: 10,000 sold, 1 of 4; nobody is fined, and nothing due, before the month is over
    refreshed(book, date(2026, 5, 20))
    assert rows(book) == [
        "2026-05 小李 提成 50000 1000 expected",
        "2026-05 小李 达标奖 1 500 expected",
        "2026-05 小张 提成 10000 200 expected",
    ]
    refreshed(book, MAY)
    assert rows(book)[3:] == ["2026-05 小张 未达六成 0.25 -200 due"]
    assert {row.split()[-1] for row in rows(book)} == {"due"}
    assert set(table(book, "Rewards")["due"].dt.strftime("%Y-%m-%d")) == {"2026-06-15"}


def test_what_was_paid_stands_and_the_difference_is_a_row(book):
    refreshed(book, MAY)
    pay(book, "小李", "提成", "6月2日")
    refreshed(book, JUNE)
    assert rows(book)[0] == "2026-05 小李 提成 50000 1000 paid"
    assert table(book, "Rewards")["paid_on"][0].date() == date(2026, 6, 2)
    assert not refreshed(book, JUNE).written
    book.grids["订单"][1][5] = "退款"  # D1, 30,000
    refreshed(book, JUNE)
    # 20,000 sold: 400 granted, 600 less than was paid; 1 of 2 orders: no prize any more, but a fine
    assert rows(book) == [
        "2026-05 小李 提成 50000 1000 paid",
        "2026-05 小李 提成 20000 -600 corrected",
        "2026-05 小李 未达六成 0.5 -200 due",
        "2026-05 小张 提成 10000 200 due",
        "2026-05 小张 未达六成 0.25 -200 due",
    ]


def test_what_is_late_is_flagged_and_said(book):
    refreshed(book, MAY)
    refreshed(book, date(2026, 6, 15))
    assert all("due" in row for row in rows(book))
    refreshed(book, date(2026, 6, 16))
    assert all("overdue" in row for row in rows(book))
    # 1000 + 500 + 200 - 200
    assert "逾期未兑现 4 笔，合计 1,500。" in book.grid("result Rewards")[1][0]


def test_new_rules_say_nothing_about_a_period_that_was_paid(book):
    refreshed(book, MAY)
    pay(book, "小李", "提成", "2026-06-02")
    book.grids["rules"][1][0] = "新提成"
    refreshed(book, JUNE)
    assert not [row for row in rows(book) if "新提成" in row]
    assert "2026-05 小张 提成 10000 200 due" in rows(book)


def test_a_day_that_is_none_stays_in_its_cell_and_is_a_problem(book):
    refreshed(book, MAY)
    pay(book, "小李", "达标奖", "已发")
    refreshed(book, MAY)
    cells = [(r[1], r[2], r[6], r[7]) for r in book.grid("result Rewards")[3:]]
    assert ("小李", "达标奖", "已发", "待兑现") in cells
    found = table(book, "Problems")
    assert lines(found[found["table"] == "Rewards"], "row", "column", "value") == ["5 paid_on 已发"]
    pay_cell = next(r for r in book.grids["result Rewards"][3:] if r[6] == "已发")
    pay_cell[6] = "2026-05-31"
    refreshed(book, MAY)
    assert "2026-05 小李 达标奖 1 500 paid" in rows(book)


def test_rules_that_cannot_be_used_are_problems():
    book = adopted(
        **TEAM
        | {
            "rules": """
        规则 | 指标 | 从 | 到 | 金额 | 比例 | 上限 | 批准人
        一 | 心情 | - | - | 5n | - | - | 王总
        二 | 订单 | 1n | - | - | - | - | 王总
        三 | 订单 | 9n | 3n | 5n | - | - | 王总
        四 | 完成率 | 100n | - | 5n | - | - | 王总
        五 | 订单 | 1n | - | 5n | - | - | -
    """
        }
    )
    refreshed(book, MAY, "en")
    found = table(book, "Problems")
    assert lines(found[found["table"] == "RewardRules"], "row", "column", "severity") == [
        "3 amount error",
        "4 from error",
        "5 from error",
        "2 metric warning",
        "6 granted_by warning",
    ]
    assert rows(book) == ["2026-05 小李 五 2 5 due", "2026-05 小张 五 1 5 due"]


def test_a_workbook_without_rules_says_so():
    book = adopted(**{name: text for name, text in TEAM.items() if name != "rules"})
    refreshed(book, MAY)
    assert rows(book) == []
    assert book.grid("result Rewards")[1][0].endswith("“设置”里没有奖惩规则。")
