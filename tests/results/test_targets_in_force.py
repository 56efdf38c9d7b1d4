"""Which targets count on the sheets: revisions that wait, parts of a wider period, money alone, what nobody has."""

from __future__ import annotations

from datetime import date

import pytest

from funnelbook.commands.board_page import board_lines, board_page
from funnelbook.commands.targets import Asked, targets_book
from support.adopted import adopted, lines, refreshed, table

DAY = date(2026, 5, 20)
HEAD = "期间 | 业务员 | 版本 | 拟定订单 | 订单 | 金额 | 确认日期 | 确认人 | 拟定金额 | 修订原因\n"
TEAM = {
    "customers": "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期\n1 | 甲 | 小李 | - | 2026-03-02\n2 | 乙 | 小张 | C | 2026-03-02",
    "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\nD1 | 2026-05-15 | 1 | 小李 | 1000n\nD2 | 2026-05-15 | 1 | 小李 | 3000n",
    "people": "姓名 | 入职日期\n小李 | 2025-01-01\n小张 | 2026-01-01",
}


def book_with(*targets: str, **others: str):
    book = adopted(**TEAM | others, targets=HEAD + "\n".join(f"{row} | - | -" for row in targets))
    refreshed(book)
    return book


def board(book, *columns: str) -> list[str]:
    return lines(table(book, "Board"), "person", *columns)


def note(book, name: str = "Board") -> str:
    return book.grid(f"result {name}")[1][0]


def problems(book) -> list[str]:
    found = table(book, "Problems")
    return lines(found[found["table"] == "Targets"], "row", "column", "severity", "problem")


def test_an_unagreed_revision_changes_no_completion_and_is_shown_beside():
    agreed = "2026-05 | 小李 | 1 | - | 4n | - | 2026-04-30 | 小李"
    before = book_with(agreed)
    asked = book_with(agreed, "2026-05 | 小李 | 2 | 2n | - | - | - | -")
    columns = ("orders", "target", "completion", "time_progress", "ahead", "forecast")
    assert board(asked, *columns) == board(before, *columns)
    assert board(asked, "target", "pending", "completion") == ["小李 4 2 0.5", "小张 - - -", "- 4 - 0.5"]
    assert lines(table(asked, "Meeting"), "person", "target", "pending") == ["小李 4 2", "小张 - -", "- 4 -"]
    assert "待确认的修订，谈定前仍按原目标算：小李 订单 4 → 2。" in note(asked)
    assert "待确认" in note(asked, "Meeting")
    assert "待确认" not in note(before)
    # agreed: now it counts
    targets_book(asked, "agree", Asked(), as_of=DAY)
    refreshed(asked)
    assert board(asked, "target", "pending", "completion")[0] == "小李 2 - 1"
    assert "待确认" not in note(asked)


def test_a_revision_by_command_waits_until_it_is_agreed():
    book = book_with("2026-05 | 小李 | 1 | - | 4n | - | 2026-04-30 | 小李")
    targets_book(book, "revise", Asked(person="小李", orders=3, reason="external"), as_of=DAY)
    refreshed(book)
    assert board(book, "target", "pending")[0] == "小李 4 3"
    # asked again for what was asked: the next revision
    targets_book(book, "revise", Asked(person="小李", orders=2, reason="external"), as_of=DAY)
    refreshed(book)
    assert board(book, "target", "pending")[0] == "小李 4 2"


def test_a_split_that_was_asked_for_is_not_asked_for_again():
    book = book_with(
        "2026-05 | 团队 | 1 | - | 6n | - | 2026-04-30 | 王总",
        "2026-05 | 小李 | 1 | - | 4n | - | - | -",
        "2026-05 | 小张 | 1 | - | 4n | - | - | -",
    )
    assert len(targets_book(book, "split", Asked(), as_of=DAY).rows) == 2
    assert targets_book(book, "split", Asked(), as_of=DAY).rows.empty


def test_a_quarter_s_target_gives_the_month_s_and_says_so():
    book = book_with("2026-Q2 | 团队 | 1 | - | 120n | - | 2026-03-30 | 王总")
    # weekdays: April 22, May 21, June 22; 120 x 43 / 65 = 79.4 less 120 x 22 / 65 = 40.6
    assert board(book, "target")[-1] == "- 38"
    assert "团队没有定好的 2026-05 目标，按 2026-Q2 的目标折算，占其中 65 个工作日的 21 个。" in note(book)
    for sheet in ("Shapes", "WeekPlan", "Meeting"):
        assert "2026-Q2" in note(book, sheet)
    shapes = table(book, "Shapes")
    assert lines(shapes[shapes["person"].isna()], "target", "gap") == ["38 36"]
    # split to the people like any other, as the month's own
    targets_book(book, "split", Asked(), as_of=DAY)
    refreshed(book)
    assert sum(table(book, "Board")["target"][:2]) == 38
    assert board(book, "target")[-1] == "- 38"


def test_a_month_proposed_waits_beside_its_part_of_an_agreed_quarter():
    quarter = "2026-Q2 | 小李 | 1 | - | 13n | - | 2026-03-30 | 小李"
    book = book_with(quarter, "2026-05 | 小李 | 1 | 9n | - | - | - | -")
    # 13 x 43 / 65 = 8.6: 9, less 13 x 22 / 65 = 4.4: 4
    assert board(book, "target", "pending")[0] == "小李 5 9"
    targets_book(book, "agree", Asked(), as_of=DAY)
    refreshed(book)
    assert board(book, "target", "pending")[0] == "小李 9 -"


def test_a_period_that_does_not_hold_the_month_says_how_to_work_by_it():
    book = book_with("2026-05-11/2026-06-10 | 团队 | 1 | - | 20n | - | - | -")
    assert board(book, "target")[-1] == "- -"
    assert "表里有 2026-05-11/2026-06-10 的目标" in note(book)


def test_money_alone_becomes_orders_and_says_so():
    book = book_with("2026-05 | 小李 | 1 | - | - | 10000n | - | -", "2026-05 | 小张 | 1 | - | - | 8000n | - | -")
    # 2 orders of 2,000: 18,000 are 9 in 10 : 8
    assert board(book, "target") == ["小李 5", "小张 4", "- 9"]
    assert "只定了金额的目标，按平均每单金额 2,000 折成订单数。" in note(book)


def test_money_alone_before_the_first_order_says_that_it_cannot_be_orders_yet():
    book = book_with("2026-05 | 小李 | 1 | - | - | 10000n | - | -", orders="订单号 | 日期 | 客户编号 | 业务员 | 金额")
    assert board(book, "target") == ["小李 -", "小张 -", "- -"]
    assert "只定了金额的目标；还没有订单可算平均每单金额，暂不能折成订单数。" in note(book)


@pytest.mark.parametrize(
    ("own", "row", "said"),
    [
        (4, "unassigned 2", "个人目标合计比团队目标少 2 单，还没有分到人。"),
        (8, "unassigned -2", "个人目标合计比团队目标多 2 单。"),
    ],
)
def test_what_does_not_add_up_is_a_row_of_its_own_and_an_error(own, row, said):
    book = book_with(
        "2026-05 | 团队 | 1 | - | 9n | - | - | -",
        "2026-05 | 小李 | 1 | - | 3n | - | - | -",
        f"2026-05 | 小张 | 1 | - | {own}n | - | - | -",
    )
    assert board(book, "target") == ["小李 3", f"小张 {own}", row, "- 9"]
    assert sum(table(book, "Board")["target"][:-1]) == 9
    assert lines(table(book, "Meeting"), "person", "target")[2] == row
    assert said in note(book)
    assert said in note(book, "Meeting")
    told = {4: "还有 2 没有分到人", 8: "多分了 2"}[own]
    assert problems(book) == [f"2 orders error 团队目标 9，个人目标合计 {3 + own}，{told}；团队和个人各按所写的算"]
    assert "未分配" in [row[1] for row in book.grid("result Board")]


def test_what_nobody_has_stands_on_the_published_page_and_not_in_the_chat():
    book = book_with(
        "2026-05 | 团队 | 1 | - | 9n | - | - | -",
        "2026-05 | 小李 | 1 | - | 3n | - | - | -",
        "2026-05 | 小张 | 1 | - | 4n | - | - | -",
    )
    rows = table(book, "Board")
    assert ">未分配</td>" in board_page(rows, rows.iloc[:0], "", "zh")
    assert [line.split("：")[0] for line in board_lines(rows, "zh").splitlines()] == ["1. 小李", "2. 小张", "团队"]


def test_targets_that_add_up_have_no_such_row():
    book = book_with(
        "2026-05 | 团队 | 1 | - | 9n | - | - | -",
        "2026-05 | 小李 | 1 | - | 3n | - | - | -",
        "2026-05 | 小张 | 1 | - | 6n | - | - | -",
    )
    assert board(book, "target") == ["小李 3", "小张 6", "- 9"]
    assert problems(book) == []


def test_one_who_left_without_a_target_hides_no_difference():
    people = "姓名 | 入职日期 | 在岗\n小李 | 2025-01-01 | 是\n小张 | 2026-01-01 | 否"
    book = book_with(
        "2026-05 | 团队 | 1 | - | 9n | - | - | -", "2026-05 | 小李 | 1 | - | 3n | - | - | -", people=people
    )
    assert board(book, "target") == ["小李 3", "小张 -", "unassigned 6", "- 9"]


def test_before_the_end_rewards_are_expected_and_the_first_share_the_prize():
    rules = "规则 | 指标 | 从 | 到 | 金额 | 比例 | 上限 | 批准人\n冠军奖 | 名次 | 1n | 1n | 801n | - | - | 王总"
    orders = "订单号 | 日期 | 客户编号 | 业务员 | 金额\nD1 | 2026-05-15 | 1 | 小李 | 1000n\nD2 | 2026-05-15 | 2 | 小张 | 1000n"
    book = book_with(rules=rules, orders=orders)
    shown = ("person", "measured", "amount", "status")
    assert lines(table(book, "Rewards"), *shown) == ["小李 1 400.5 expected", "小张 1 400.5 expected"]
    assert "并列名次平分所占名次的奖金。" in note(book, "Rewards")
    refreshed(book, date(2026, 5, 31))
    assert lines(table(book, "Rewards"), *shown) == ["小李 1 400.5 due", "小张 1 400.5 due"]
