from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from funnelbook.book.ports import BookError, CellError
from funnelbook.hosts.memory import MemoryBook
from support.sheets import book_of, problems, read


def test_tiers_as_people_write_them():
    book = book_of(
        customers="""
        客户编号 | 级别
        1 | A类
        2 | a
        3 | Ａ级
        4 | 意向客户
        5 | 成交
        6 | lost
        7 | -
        8 | F
    """
    )
    got = read(book)
    tiers = got.frames["Customers"]["tier"]
    assert tiers[:6].tolist() == ["A", "A", "A", "B", "Won", "Lost"]
    assert tiers[6:].isna().all()
    assert problems(book)[0] == "Customers 9 tier: Not one of the tiers; this cell counts as blank, the rest as usual"


def test_types_of_a_table():
    book = book_of(
        customers="""
        客户编号 | 电话 | 预计金额 | 录入日期 | 勿扰
        007 | 13800138000n | 1.2万 | 2026/5/3 | 是
        8n | ０２１-5566 7788 | - | - | -
    """
    )
    frame = read(book).frames["Customers"]
    assert frame["id"].tolist() == ["007", "8"]
    assert frame["phone"].tolist() == ["13800138000", "021-5566 7788"]
    assert frame["expected_value"].tolist()[0] == 12000
    assert np.isnan(frame["expected_value"][1])
    assert frame["created"][0] == pd.Timestamp("2026-05-03")
    assert frame["do_not_call"].tolist() == [True, False]
    assert frame["row"].tolist() == [2, 3]
    assert frame["birthday"].isna().all()


def test_a_column_says_how_its_days_and_fractions_are_written():
    book = book_of(
        customers="""
        客户编号 | 录入日期 | 下次联系 | 预计金额
        1 | 07/05/2026 | 05/06/2026 | 2,5
        2 | 08/05/2026 | 06/06/2026 | 1,250
        3 | 14-Apr-26 | 2026-06-07 | 1.250,50
    """
    )
    got = read(book)
    frame = got.frames["Customers"]
    assert frame["created"].dt.strftime("%m-%d").tolist() == ["05-07", "05-08", "04-14"], "none lies after 20 May"
    assert frame["next_contact"].dt.strftime("%m-%d").tolist() == ["05-06", "06-06", "06-07"], (
        "the month first, and said"
    )
    assert frame["expected_value"].tolist() == [2.5, 1.25, 1250.5]
    said = [line for line in problems(book) if "next_contact" in line]
    assert said == [
        "Customers 2 next_contact: 1 date here may have the day or the month first; read with the month first, and counted"
    ]


@pytest.mark.parametrize("typed", ["-", "下午", "123n"])
def test_times_none_of_which_can_be_read_are_blank(typed):
    book = book_of(customers="客户编号\nK1", activities=f"客户编号 | 时间 | 内容\nK1 | {typed} | 谈过\nK1 | - | 再谈")
    assert read(book).frames["Activities"]["at"].isna().all()
    assert any(line.startswith("Activities 2 at: ") for line in problems(book))


def test_who_is_marked_in_any_way_is_not_called():
    marks = ["勿扰", "请勿打扰", "永久", "DNC", "Do not call", "2026-05-03", "x", "X", "√", "1n", "×", "2n", "TRUE"]
    book = book_of(customers="客户编号 | 勿扰\n" + "\n".join(f"{i} | {mark}" for i, mark in enumerate(marks)))
    assert read(book).frames["Customers"]["do_not_call"].all()
    assert [line for line in problems(book) if "do_not_call" in line] == [
        f"Customers {row} do_not_call: Neither yes nor no; the customer is not called" for row in (7, 12, 13)
    ]


def test_who_is_marked_by_a_date_or_an_error_is_not_called():
    marks = [datetime(2026, 5, 3), CellError("#N/A"), True, None, False, 0.0]
    book = MemoryBook(grids={"客户": [["客户编号", "勿扰"], *([str(i), mark] for i, mark in enumerate(marks))]})
    assert read(book).frames["Customers"]["do_not_call"].tolist() == [True, True, True, False, False, False]


def test_who_may_be_called_says_no_or_nothing():
    book = book_of(customers="客户编号 | 勿扰\n1 | -\n2 | 否\n3 | No\n4 | 0n\n5 | 无\n6 | FALSE")
    assert not read(book).frames["Customers"]["do_not_call"].any()
    assert not any("do_not_call" in line for line in problems(book))


def test_a_cross_elsewhere_means_no():
    frame = read(book_of(people="姓名 | 在岗\n小李 | x\n小张 | √")).frames["People"]
    assert frame["active"].tolist() == [False, True]


def test_totals_and_blank_rows_are_no_rows():
    book = book_of(
        orders="""
        订单号 | 日期 | 客户编号 | 金额
        D1 | 2026-05-04 | 1 | 100n
        - | - | - | -
        D2 | 2026-05-05 | 2 | 50n
        合计 | - | - | 150n
    """
    )
    frame = read(book).frames["Orders"]
    assert frame["amount"].tolist() == [100, 50]
    assert frame["row"].tolist() == [2, 4]


def test_people_are_active_unless_told_otherwise():
    frame = read(book_of(people="姓名 | 在岗\n小李 | -\n小张 | 否")).frames["People"]
    assert frame["active"].tolist() == [True, False]


def test_the_team_of_a_target_has_no_person():
    frame = read(
        book_of(targets="期间 | 业务员 | 订单\n2026-05 | 团队 | 20\n2026-05 | - | 3\n2026-05 | 小李 | 5")
    ).frames["Targets"]
    assert frame["person"].isna().tolist() == [True, False]  # the second team row stands twice


def test_one_problem_each_of_bad_input():
    book = book_of(
        customers="""
        客户编号 | 客户名称 | 业务员 | 录入日期 | 结束日期 | 电话
        1 | 甲 | 小李 | 2月30日 | - | 021-55667788
        1 | 乙 | 小李 | - | - | -
        2 | 丙 | - | 2026-05-02 | 2026-05-01 | 021-5566 7788
        - | 丁 | 小李 | - | - | -
        4 | 戊 | 老王 | - | - | 123
        """,
        people="姓名 | 在岗\n小李 | 是",
        activities="""
        时间 | 客户编号 | 业务员 | 结果
        2026-05-04 | 9 | 小李 | 聊了聊
        2026-06-04 | 1 | 小李 | -
        """,
        orders="""
        日期 | 客户编号 | 金额
        2026-05-04 | 1 | -5n
        2026-05-04 | 2 | 很多
        """,
    )
    assert problems(book) == [
        "Customers 2 created: Not a date that exists; this cell counts as blank, the rest as usual",
        "Customers 3 id: Stands more than once; only the first row was read",
        "Customers 5 id: A required cell is blank; the row is not counted",
        "Orders 2 amount: A negative amount; the row is not counted",
        "Orders 3 amount: Not a number; counts as an order, its amount is not counted",
        "Customers 4 owner: The customer has no owner and counts for the team only",
        "Customers 4 closed: Closed before it was created; counted as usual",
        "Customers 4 phone: The same phone as the customer in row 2, perhaps the same one; both are counted",
        "Customers 6 owner: Not in People; counted as usual, with a row of their own on the Board, "
        "but the customer is in nobody's list of calls",
        "Customers 6 phone: Not a valid phone number; counted as usual",
        "Activities 2 id: There is no such customer; counts as a call, changes no customer's tier",
        "Activities 3 at: After the as-of day; not counted until that day",
    ]


def test_whoever_bought_may_be_called_after_the_case_was_closed():
    book = book_of(
        customers="""
        客户编号 | 客户名称 | 业务员 | 级别 | 结束日期
        1 | 甲 | 小李 | 成交 | 2026-05-03
        2 | 乙 | 小李 | 流失 | 2026-05-03
        """,
        people="姓名\n小李",
        activities="""
        时间 | 客户编号 | 业务员 | 结果
        2026-05-10 | 1 | 小李 | -
        2026-05-10 | 2 | 小李 | -
        """,
    )
    assert problems(book) == [
        "Activities 3 at: The customer was closed on 2026-05-03; this came later; counted as usual"
    ]


def test_error_cells_reach_the_problems():
    book = book_of(**{"客户": [["客户编号", "客户名称", "预计金额"], ["1", CellError("#N/A"), CellError("#REF!")]]})
    assert problems(book)[:2] == [
        "Customers 2 name: The cell holds an error; this cell counts as blank, the rest as usual",
        "Customers 2 expected_value: Not a number; this cell counts as blank, the rest as usual",
    ]


def test_two_tables_that_look_like_customers():
    book = book_of(
        a="客户编号 | 客户名称 | 业务员 | 级别\n1 | 甲 | 小李 | C", b="客户编号 | 客户名称 | 业务员\n2 | 乙 | 小李"
    )
    assert read(book).frames["Customers"]["id"].tolist() == ["1"]
    assert problems(book)[0] == "Customers 1 None: Two places look like this table; the one in row 1 of a was read"


def test_a_missing_column_is_named():
    book = book_of(customers="客户编号\n1", orders="订单号 | 客户编号 | 业务员 | 金额\n1 | 1 | 小李 | 5")
    assert "Orders 1 date: A required column is missing; the whole table is not read" in problems(book)


def test_unusable_settings_and_tiers():
    book = book_of(设置="项目 | 值\nmin_cases | many\nperiod | 2026-Q2\nfoo | 1\nfairness | 0.25n\nhalf_life | 0.5n")
    got = read(book)
    assert got.settings.half_life == 120, "nothing would count at all"
    assert (got.settings.min_cases, got.settings.period, got.settings.fairness) == (20, "2026-Q2", 0.25)
    assert problems(book) == [
        "Settings 2 value: The value cannot be used; the default was",
        "Settings 6 value: The value cannot be used; the default was",
        "Settings 4 key: There is no such setting; the row is not counted",
    ]
    with pytest.raises(BookError, match="1 tier,"):
        read(book_of(设置="顺序 | 代码 | 名称\n1 | X | 冷"))


def test_what_a_column_leaves_open_is_said_once():
    book = book_of(
        customers="""
        客户编号 | 下次联系 | 预计金额
        1 | 下周 | 1.250
        2 | 月底 | 12.500
        3 | 2026-06-07 | 800
    """
    )
    frame = read(book).frames["Customers"]
    assert frame["next_contact"].dt.strftime("%m-%d").tolist() == ["05-25", "05-31", "06-07"]
    assert frame["expected_value"].tolist() == [1250, 12500, 800]
    said = [line for line in problems(book) if "next_contact" in line or "expected_value" in line]
    assert [line[: line.index(":")] for line in said] == ["Customers 2 expected_value", "Customers 2 next_contact"]
    assert all("2 " in line for line in said)
