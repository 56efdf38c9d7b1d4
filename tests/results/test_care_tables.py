"""The Care and Effort tables on small workbooks worked by hand."""

from datetime import date

import pytest

from support.adopted import adopted, lines, refreshed, table

TEAM = {
    "customers": """
        客户编号 | 客户名称 | 联系人 | 业务员 | 生日 | 勿扰 | 录入日期
        K1 | 大地 | 张总 | 小李 | 1980-05-25 | - | 2026-01-05
        K2 | 海天 | -    | 小张 | - | - | 2026-01-05
        K3 | 勿扰公司 | - | 小李 | 1990-05-25 | 是 | 2026-01-05
        K4 | 新客 | - | 小李 | 1990-05-25 | - | 2026-01-05
    """,
    "activities": """
        时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别
        2026-02-02 10:00 | K1 | 小李 | 电话 | 是 | C
        2026-03-09 10:00 | K1 | 小李 | 电话 | 是 | -
        2026-03-20 10:00 | K1 | 小李 | 电话 | 是 | B
        2026-05-11 10:00 | K2 | 小张 | 短信 | -  | -
        2026-05-18 10:00 | K2 | 小张 | 电话 | 否 | -
        2026-05-19 10:00 | K4 | 小李 | 电话 | 是 | D
    """,
    "orders": """
        订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态
        D1 | 2026-03-02 | K1 | 小李 | 1000n | 有效
        D2 | 2026-04-20 | K1 | 小李 | 500n | 有效
        D3 | 2026-05-08 | K2 | 小张 | 300n | 有效
        D4 | 2026-05-04 | K3 | 小李 | 300n | 有效
        D5 | 2026-05-12 | K4 | 小李 | 300n | 取消
    """,
    "rules": """
        事项 | 天数 | 客户价值 | 模板
        使用指导 | 1n | - | {联系人}您好，产品已开通。{业务员}
        使用指导 | 7n | - | 用了一周，{name}感觉怎么样？
        回访 | 30n | - | -
        生日祝福 | - | - | {contact}生日快乐
    """,
}


def care(book, *columns):
    return lines(table(book, "Care"), *columns)


def test_what_is_due_to_whom_with_what_is_not_done_first():
    book = adopted(**TEAM)
    refreshed(book)  # as of 2026-05-20: 6 May to 3 June
    assert care(book, "due", "id", "owner", "event", "message", "last_done", "repeat_orders") == [
        "2026-05-15 00:00:00 K2 小张 guidance 用了一周，海天感觉怎么样？ 2026-05-11 00:00:00 0",
        "2026-05-20 00:00:00 K1 小李 visit - 2026-03-20 00:00:00 1",
        "2026-05-25 00:00:00 K1 小李 birthday 张总生日快乐 2026-03-20 00:00:00 1",
        "2026-05-09 00:00:00 K2 小张 guidance 海天您好，产品已开通。小张 2026-05-11 00:00:00 0",
    ]
    note = book.grid("result Care")[1][0]
    assert "列出 2026-05-06 至 2026-06-03（含）应做的关怀；到期未做 2 项。" in note
    assert "关怀后 60 天内的再次下单共 1 单。" in note
    assert "“日历”表没有 2026 年的放假和调休安排" in note


def test_effort_of_new_and_existing_customers():
    book = adopted(**TEAM)
    refreshed(book)
    # K1 is an existing customer from 3 March: two of its calls and the second order; K2 from 9 May: one call
    assert lines(table(book, "Effort"), "person", "kind", "calls", "orders", "amount", "calls_per_order", "amount_per_call") == [
        "- new 2 3 1600 0.666667 800",
        "- old 3 1 500 3 166.667",
        "小张 new 0 1 300 0 -",
        "小张 old 1 0 0 - 0",
        "小李 new 2 2 1300 1 650",
        "小李 old 2 1 500 2 250",
    ]  # fmt: skip


def test_festivals_with_their_name_or_the_greeting_of_the_calendar():
    parts = TEAM | {"rules": "事项 | 天数 | 客户价值 | 模板\n节日问候 | - | - | {联系人}，{节日}快乐"}
    calendar = "日期 | 工作日 | 系数 | 名称 | 问候\n2026-06-19 | 否 | - | 端午节 | -\n2026-06-22 | - | - | 店庆 | {名称}店庆八折"
    book = adopted(**parts, calendar=calendar)
    refreshed(book, date(2026, 6, 10))
    assert care(book, "due", "id", "message") == [
        "2026-06-18 00:00:00 K1 张总，端午节快乐",  # the 19th is a day off
        "2026-06-18 00:00:00 K2 海天，端午节快乐",
        "2026-06-22 00:00:00 K1 大地店庆八折",
        "2026-06-22 00:00:00 K2 海天店庆八折",
    ]
    assert "放假" not in book.grid("result Care")[1][0]
    book.grids["日历"][1][4] = "粽子安康"
    refreshed(book, date(2026, 6, 10))
    assert care(book, "message")[:2] == ["粽子安康", "粽子安康"]


def test_festivals_due_on_one_day_are_one_greeting():
    holidays = "\n".join(f"2025-10-{d:02} | 否 | - | - | -" for d in range(1, 9))
    parts = TEAM | {
        "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\nD1 | 2025-03-02 | K1 | 小李 | 1000n",
        "rules": "事项 | 天数 | 客户价值 | 模板\n节日问候 | - | - | {节日}快乐",
    }
    book = adopted(**parts, calendar=f"日期 | 工作日 | 系数 | 名称 | 问候\n{holidays}")
    refreshed(book, date(2025, 9, 28))
    assert care(book, "due", "message") == ["2025-09-30 00:00:00 国庆节、中秋节快乐"]


def test_a_wrong_field_and_a_text_too_long_are_named_in_problems():
    parts = TEAM | {
        "rules": f"事项 | 天数 | 客户价值 | 模板\n生日祝福 | - | - | {{客户姓名}}{'好' * 66}\n回访 | 30n | - | {'谈' * 90}"
    }
    book = adopted(**parts)
    refreshed(book)
    found = table(book, "Problems")
    found = found[found["table"] == "CareRules"]
    assert lines(found, "row", "column", "problem", "severity") == [
        "2 template 模板里的“客户姓名”不是可用的字段，原样保留 warning",
        "2 template 填好后最长 72 字，一条短信只能有 70 字 warning",
    ]
    birthday = table(book, "Care").set_index("event")["message"]["birthday"]
    assert birthday == "{客户姓名}" + "好" * 66


def test_without_orders_the_moves_to_won_are_the_orders():
    parts = {name: text for name, text in TEAM.items() if name in ("customers", "rules")}
    moved = "时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别\n2026-05-12 10:00 | K2 | 小张 | 电话 | 是 | 成交"
    book = adopted(**parts, activities=moved)
    refreshed(book)
    assert care(book, "due", "id", "event") == ["2026-05-13 00:00:00 K2 guidance", "2026-05-19 00:00:00 K2 guidance"]
    assert lines(table(book, "Effort"), "person", "kind", "orders", "amount")[0] == "- new 1 -"


@pytest.mark.parametrize("as_of", [date(2099, 12, 30), date(1900, 6, 1)])
def test_days_beyond_the_lunar_tables_are_told(as_of):
    parts = TEAM | {"rules": "事项 | 天数 | 客户价值 | 模板\n节日问候 | - | - | {节日}快乐"}
    book = adopted(**parts)
    refreshed(book, as_of)
    assert care(book, "id") == []
    assert "农历日期只知道 1901 至 2099 年" in book.grid("result Care")[1][0]


def test_a_greeting_with_a_field_of_two_places_is_measured_as_sent():
    # 159 letters and a euro sign, which takes two places: 161
    parts = TEAM | {"rules": f"事项 | 天数 | 客户价值 | 模板\n生日祝福 | - | - | {'a' * 159}€"}
    book = adopted(**parts)
    refreshed(book)
    found = table(book, "Problems")
    assert lines(found[found["column"] == "template"], "problem") == ["填好后最长 161 字，一条短信只能有 160 字"]
