"""The data check: rows that cannot be right, and customers nobody will call."""

from __future__ import annotations

from datetime import date

import pytest

from support.adopted import adopted, lines, refreshed, table
from support.sheets import book_of, problems

CUSTOMERS = """
    客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系 | 下次目的 | 勿扰
    1 | 甲 | 小李 | - | 2026-03-02 | - | - | -
    2 | 乙 | 小李 | - | 2026-04-20 | - | - | -
    3 | 丙 | 小李 | - | 2026-03-02 | - | - | -
    4 | 丁 | 小李 | - | 2026-03-02 | 2026-06-30 | 续约 | -
    5 | 戊 | 小李 | - | 2026-03-02 | 2026-05-19 | - | -
    6 | 己 | 小李 | - | 2026-03-02 | - | - | -
    7 | 庚 | 小李 | 流失 | 2026-03-02 | - | - | -
    8 | 辛 | 小李 | - | 2026-03-02 | - | - | 是
    9 | 壬 | 小李 | - | 2026-03-02 | - | - | -
"""
ACTIVITIES = """
    时间 | 客户编号 | 业务员 | 方式 | 接通 | 下次联系 | 下次目的
    2026-04-19 10:00 | 1 | 小李 | 电话 | 是 | 2026-05-10 | 催合同
    2026-05-12 10:00 | 3 | 小李 | 电话 | 是 | - | -
    2026-05-12 10:00 | 5 | 小李 | 电话 | 是 | - | -
    2026-05-12 10:00 | 6 | 小李 | 电话 | 是 | 2026-05-22 | 送样品
    2026-05-12 10:00 | 9 | 小李 | 电话 | 是 | 2026-05-22 | -
"""


def noted(book) -> list[str]:
    found = table(book, "Problems")
    return lines(found[found["table"] == "Customers"], "row", "column", "value", "problem", "severity")


def test_customers_nobody_will_call():
    book = adopted(customers=CUSTOMERS, activities=ACTIVITIES, people="姓名 | 入职日期\n小李 | 2025-01-01")
    refreshed(book)
    # 1: promised and not called for 31 days. 2: entered 30 days ago, never called: not yet stale. 4 and 6 are agreed.
    assert noted(book) == [
        "2 next_contact 2026-05-10 沉睡：31 天没有联系，今后也没有约好；照常计入 warning",
        "4 next_contact - 联系过，但没有约好下次联系；照常计入 warning",
        "6 next_purpose - 下次联系没有写目的；照常计入（共 2 行：第 6、10 行） warning",
    ]


def test_customers_of_who_left_are_in_no_list():
    """Whatever is agreed with them; closed ones, and those not to be called, need nobody."""
    text = """
        客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系 | 下次目的 | 勿扰
        1 | 甲 | 老王 | B | 2026-05-04 | 2026-05-20 | 签约 | -
        2 | 乙 | 老王 | 流失 | 2026-05-04 | - | - | -
        3 | 丙 | 老王 | B | 2026-05-04 | 2026-05-20 | 签约 | 是
        4 | 丁 | 小李 | B | 2026-05-04 | 2026-05-20 | 签约 | -
    """
    book = adopted(customers=text, people="姓名 | 在岗\n小李 | 是\n老王 | 否")
    refreshed(book)
    assert table(book, "CallList")["id"].tolist() == ["4"]
    assert noted(book) == ["2 owner 老王 业务员已经不在岗，今日电话里没有这个客户，没有人跟 warning"]


def test_how_long_is_stale_is_a_setting():
    book = adopted(customers=CUSTOMERS, activities=ACTIVITIES, Settings="项目 | 值\nstale_days | 29n")
    refreshed(book)
    assert any(
        "例如第 2 行：沉睡：31 天没有联系，今后也没有约好；照常计入（这样的共 2 行：第 2、3 行）" in line
        for line in noted(book)
    )


SEQUENCES = {
    "customers": "客户编号 | 客户名称 | 录入日期 | 结束日期 | 业务员\n1 | 甲 | 2026-05-04 | 2026-05-10 | 李",
    "activities": """
        时间 | 客户编号 | 下次联系
        2026-05-10 23:00 | 1 | 2026-05-10
        2026-05-11 00:00 | 1 | 2026-05-10
    """,
    "orders": "订单号 | 日期 | 客户编号 | 金额\nD1 | 2026-05-03 | 1 | 5n\nD2 | 2026-05-04 | 1 | 5n",
}


def test_what_cannot_have_happened_in_this_order():
    assert problems(book_of(**SEQUENCES)) == [
        "Activities 3 next_contact: The next contact lies before this one; counted as usual",
        "Activities 3 at: The customer was closed on 2026-05-10; this came later; counted as usual",
        "Orders 2 date: Ordered before the customer was created; counted as usual",
    ]


@pytest.mark.parametrize("spelling", ["+86 138-0013-8000", "008613800138000", "13800138000", "１３８００１３８０００"])
def test_a_phone_is_the_same_with_and_without_the_country_code(spelling):
    book = book_of(customers=f"客户编号 | 电话 | 业务员\n1 | 138 0013 8000 | 李\n2 | {spelling} | 李")
    assert problems(book) == [
        "Customers 3 phone: The same phone as the customer in row 2, perhaps the same one; both are counted"
    ]


def test_a_similar_name_tells_the_row_it_repeats():
    text = "客户编号 | 客户名称 | 业务员\n1 | 上海鼎盛机电有限公司 | 李\n2 | 上海鼎盛机电股份有限公司 | 李"
    assert problems(book_of(customers=text)) == [
        "Customers 3 name: Nearly the same name as 上海鼎盛机电有限公司 in row 2; both are counted"
    ]


def test_a_customer_whose_owner_is_unknown_is_told_to_be_in_no_list():
    book = adopted(
        customers="""
        客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系
        1 | 甲公司 | 小李 | D | 2026-05-01 | 2026-06-03
        2 | 乙公司 | 小王 | C | 2026-05-01 | 2026-06-03
        """,
        people="姓名 | 入职日期\n小李 | 2025-01-01",
    )
    refreshed(book, date(2026, 6, 3))
    assert table(book, "CallList")["name"].tolist() == ["甲公司"]
    problems = table(book, "Problems")
    assert "谁的今日电话里都没有这位客户" in problems["problem"][problems["value"] == "小王"].item()
