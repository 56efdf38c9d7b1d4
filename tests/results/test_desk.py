"""What Today shows of the team and of each person and no other table has."""

from __future__ import annotations

from datetime import date

from support.adopted import adopted, lines, refreshed, table

DAY = date(2026, 5, 20)  # a Wednesday; seven working days of May come after it
CUSTOMERS = """
    客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系 | 下次目的
    1 | 甲 | 小李 | - | 2026-05-04 | - | -
    2 | 乙 | 小李 | - | 2026-05-04 | - | -
    3 | 丙 | 小张 | - | 2026-05-04 | - | -
    4 | 丁 | 小张 | - | 2026-05-04 | - | -
"""
ACTIVITIES = """
    时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别 | 下次联系 | 下次目的
    2026-05-11 10:00 | 1 | 小李 | 电话 | 是 | D | 2026-05-13 | 报价
    2026-05-11 10:00 | 2 | 小李 | 电话 | 是 | C | 2026-05-21 | 报价
    2026-05-19 10:00 | 3 | 小张 | 电话 | 是 | D | 2026-05-20 | 报价
    2026-05-20 09:00 | 2 | 小李 | 电话 | 是 | D | 2026-05-21 | 报价
    2026-05-20 10:00 | 3 | 小张 | 电话 | 是 | B | 2026-05-25 | 报价
    2026-05-20 11:00 | 4 | 小张 | 电话 | 是 | 流失 | - | -
"""
ORDERS = """
    订单号 | 日期 | 客户编号 | 业务员 | 金额 | 回款
    D1 | 2026-05-06 | 1 | 小李 | 1000n | 400n
    D2 | 2026-04-30 | 1 | 小李 | 1000n | 1000n
    D3 | 2026-05-20 | 2 | 小李 | 500n | -
"""
PEOPLE = "姓名 | 入职日期 | 在岗\n小李 | 2025-01-01 | 是\n小张 | 2026-01-01 | 是\n老王 | 2025-01-01 | 否"
HEAD = "期间 | 业务员 | 版本 | 拟定订单 | 订单 | 确认日期 | 确认人\n"


def desk(*columns: str, **tables: str) -> list[str]:
    given = {"customers": CUSTOMERS, "activities": ACTIVITIES, "orders": ORDERS, "people": PEOPLE} | tables
    book = adopted(**given)
    refreshed(book)
    return lines(table(book, "Desk"), "person", *columns)


def test_days_left_and_what_was_paid_of_the_orders_of_the_period():
    leave = "姓名 | 开始 | 结束\n小张 | 2026-05-21 | 2026-05-22"
    found = desk("days_left", "paid", leave=leave)
    assert sorted(found) == sorted(["- 7 400", "小李 7 400", "小张 5 0"])


def test_calls_of_the_day_and_promises_missed_before_it():
    """Not kept: the 13th; that of the 20th was; those to come are not due. Who left makes no calls."""
    found = desk("calls_done", "promises_missed")
    assert sorted(found) == sorted(["- 3 1", "小李 1 1", "小张 2 0"])


def test_what_changed_since_the_day_before():
    found = desk("new_orders", "new_orders_who", "up", "up_who", "down", "lost", "lost_who")
    assert sorted(found) == sorted(["- 1 乙 1 丙 1 1 丁", "小李 1 乙 0 - 1 0 -", "小张 0 - 1 丙 0 1 丁"])


def test_changes_are_those_since_the_last_day_that_was_logged():
    book = adopted(customers=CUSTOMERS, activities=ACTIVITIES, orders=ORDERS, people=PEOPLE)
    refreshed(book, date(2026, 5, 12))
    refreshed(book)
    again = lines(table(book, "Desk"), "person", "since", "up")
    assert again[0] == "- 2026-05-12 00:00:00 1", "of one customer moved up twice"
    refreshed(book)
    assert lines(table(book, "Desk"), "person", "since", "up") == again


def test_targets_that_wait_and_what_nobody_has():
    rows = [
        "2026-05 | 团队 | 1 | - | 10n | 2026-05-01 | 王",
        "2026-05 | 小李 | 1 | 4n | - | - | -",
        "2026-05 | 小张 | 1 | - | 3n | 2026-05-01 | 王",
    ]
    found = desk("waiting", "unassigned", targets=HEAD + "\n".join(rows))
    assert sorted(found) == sorted(["- 1 3", "小李 1 -", "小张 0 -"])


def test_who_is_most_behind_is_talked_to_first():
    rows = ["2026-05 | 小李 | 1 | - | 2n | 2026-05-01 | 王", "2026-05 | 小张 | 1 | - | 6n | 2026-05-01 | 王"]
    found = desk("talk", targets=HEAD + "\n".join(rows))
    assert sorted(found) == sorted(["- -", "小李 -", "小张 1"]), "小李 has made the target"


def test_who_falls_due_for_the_pool_is_counted_where_there_are_rules():
    assert desk("pool", "pool_soon")[0] == "- - -"
    rules = {"公海规则": "级别 | 未联系天数 | 未接通次数\nD | 9n | -\nB | 5n | -"}
    found = desk("pool", "pool_soon", **rules)
    assert sorted(found) == sorted(["- 1 1", "小李 1 0", "小张 0 1"])


def test_on_the_last_days_nobody_is_asked_for_customers():
    """30 and 31 May 2026 are a weekend: nobody can find customers for the orders still missing of 20."""
    targets = HEAD + "2026-05 | - | 1 | 20 | 20 | 2026-05-01 | 经理"
    book = adopted(customers=CUSTOMERS, activities=ACTIVITIES, orders=ORDERS, people=PEOPLE, targets=targets)
    refreshed(book, date(2026, 5, 28))
    assert table(book, "Desk")["short"].iloc[0] > 0
    assert "修订" in _above(book, "Meeting")
    refreshed(book, date(2026, 5, 30))
    assert lines(table(book, "Desk"), "short_tier", "short")[0] == "- -"
    assert table(book, "DeskFunnel")["missing"].isna().all()
    refreshed(book, date(2026, 5, 31))
    assert "本期没有工作日了，还差" in _above(book, "Funnel")
    assert "修订" not in _above(book, "Meeting")


def _above(book, table: str) -> str:
    return " ".join(str(cell) for row in book.grids[f"result {table}"][:2] for cell in row)
