"""The daily report, efficiency and objections, worked by hand from a log that stands here."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from support.adopted import adopted, lines, refreshed, table

# 2026-05-01 is a Friday, the 20th a Wednesday. 小张 starts on Monday the 18th and has leave on the 19th.
TEAM = {
    "customers": """
        客户编号 | 客户名称 | 业务员 | 录入日期 | 下次联系 | 未购原因
        1 | 甲 | 小李 | 2026-04-02 | - | -
        2 | 乙 | 小李 | 2026-05-18 | - | 价格高
        3 | 丙 | 小张 | 2026-05-18 | 2026-05-19 | 再考虑
        4 | 丁 | -   | 2026-05-19 | - | 没听说过
        5 | 戊 | 小李 | 2026-04-02 | - | 价格高
    """,
    "activities": """
        时间 | 客户编号 | 业务员 | 方式 | 接通 | 分钟 | 结果 | 级别 | 报价 | 下次联系 | 未购原因
        2026-04-30 10:00 | 1 | 小李 | 电话 | 是 | 9n | - | D | - | 2026-05-17 | -
        2026-05-18 10:00 | 1 | 小李 | 电话 | 是 | 4n | - | B | 900n | 2026-05-19 | -
        2026-05-18 10:30 | 2 | 小李 | 电话 | 否 | - | - | - | - | 2026-05-20 | -
        2026-05-19 09:00 | 2 | 小李 | 电话 | 是 | 2n | - | D | - | 2026-05-21 | -
        2026-05-19 11:00 | 3 | -   | 邮件 | - | - | - | - | - | - | -
        2026-05-20 09:00 | 1 | 小李 | 电话 | 是 | 6n | - | C | - | - | 要请示领导
        2026-05-20 10:00 | 3 | 小张 | 电话 | 是 | 3n | - | 流失 | - | - | 价格高
    """,
    "orders": """
        订单号 | 日期 | 客户编号 | 业务员 | 金额 | 毛利 | 状态
        D1 | 2026-05-16 | 5 | 小李 | 1200n | 300n | 有效
        D2 | 2026-05-16 | 5 | 小李 | 500n | 100n | 取消
    """,
    "people": "姓名 | 入职日期\n小李 | 2025-01-01\n小张 | 2026-05-18",
    "leave": "姓名 | 开始 | 结束\n小张 | 2026-05-19 | 2026-05-19",
    "Objections": "未购原因 | 下一步\n价格高 | 给分期\n再考虑 | 约定日期",
}
COUNTS = ("calls", "connects", "minutes", "new_customers", "moves_up", "quotes", "orders", "amount")


@pytest.fixture
def book():
    book = adopted(**TEAM)
    refreshed(book)
    return book


def on(book, day: str) -> pd.DataFrame:
    report = table(book, "DailyReport")
    return report[report["date"] == pd.Timestamp(day)]


def test_what_each_person_did_each_day(book):
    assert lines(on(book, "2026-05-18"), "person", *COUNTS) == [
        "- 2 1 4 2 1 1 0 0",
        "小李 2 1 4 1 1 1 0 0",
        "小张 0 0 0 1 0 0 0 0",
    ]
    # an e-mail is no call; 丁 belongs to nobody and counts for the team; from B to C is no move up
    assert lines(on(book, "2026-05-19"), "person", *COUNTS) == [
        "- 1 1 2 1 1 0 0 0",
        "小李 1 1 2 0 1 0 0 0",
        "小张 0 0 0 0 0 0 0 0",
    ]
    assert lines(on(book, "2026-05-20"), "person", *COUNTS) == [
        "- 2 2 9 0 0 0 0 0",
        "小李 1 1 6 0 0 0 0 0",
        "小张 1 1 3 0 0 0 0 0",
    ]
    assert on(book, "2026-05-18")["connect_rate"].tolist()[:2] == [0.5, 0.5]
    assert on(book, "2026-05-18")["connect_rate"].isna().tolist() == [False, False, True]


def test_a_day_off_is_there_when_something_happened_on_it(book):
    assert lines(on(book, "2026-05-16"), "person", "calls", "orders", "amount", "margin") == [
        "- 0 1 1200 300",
        "小李 0 1 1200 300",
        "小张 0 0 0 0",
    ]
    assert on(book, "2026-05-17").empty


def test_promises_kept_and_missed(book):
    due = ("person", "followups_due", "followups_done")
    # 甲 was promised Sunday the 17th: due on Monday, and called
    assert lines(on(book, "2026-05-18"), *due) == ["- 1 1", "小李 1 1", "小张 0 0"]
    # 甲 again, called a day late; 丙 as the Customers cell says, but lost since
    assert lines(on(book, "2026-05-19"), *due) == ["- 1 0", "小李 1 0", "小张 0 0"]
    # 乙 was called before the day, and promised another one
    assert lines(on(book, "2026-05-20"), *due) == ["- 0 0", "小李 0 0", "小张 0 0"]


def test_the_customers_cell_is_a_promise_where_the_log_makes_none():
    team = TEAM | {"activities": "时间 | 客户编号 | 业务员 | 方式\n2026-05-19 11:00 | 3 | - | 邮件"}
    book = adopted(**team)
    refreshed(book)
    assert lines(on(book, "2026-05-19"), "person", "followups_due", "followups_done") == [
        "- 1 1",
        "小李 0 0",
        "小张 1 1",
    ]


def test_the_team_by_day_then_the_people_latest_day_first(book):
    report = table(book, "DailyReport")
    team = report["person"].isna().to_numpy()
    days = [*pd.bdate_range("2026-05-01", "2026-05-20"), pd.Timestamp("2026-05-16")]
    assert report["date"][team].tolist() == sorted(days)
    assert not team[len(days) :].any()
    assert report["date"][~team].tolist() == [day for day in sorted(days, reverse=True) for _ in range(2)]


def test_efficiency_over_the_period(book):
    # 14 weekdays to the 20th; 小张 worked the 18th and the 20th
    got = table(book, "Efficiency").round(6)
    columns = (
        "person",
        "calls_per_day",
        "minutes_per_call",
        "connects_per_order",
        "calls_per_order",
        "amount_per_call",
    )
    assert lines(got, *columns) == [
        f"- {5 / 16:g} 3 4 5 240",
        f"小李 {4 / 14:g} 3 3 4 300",
        "小张 0.5 3 - - 0",
    ]


def test_leavers_take_no_part_in_the_teams_calls_a_day():
    calls = "\n".join(f"2026-05-{day} 09:{i:02} | 1 | 张三 | 电话" for day in (18, 19, 20) for i in range(10))
    book = adopted(
        customers="客户编号 | 客户名称 | 业务员\n1 | 甲 | 张三",
        people="姓名 | 入职日期 | 在岗\n张三 | 2026-05-18 | 是\n李四 | 2025-01-01 | 否",
        activities=f"时间 | 客户编号 | 业务员 | 方式\n2025-03-03 09:00 | 1 | 李四 | 电话\n2026-05-04 09:00 | 1 | 李四 | 电话\n{calls}",
    )
    refreshed(book)
    got = table(book, "Efficiency")
    assert lines(got[got["person"] != "李四"], "person", "calls_per_day") == ["- 10", "张三 10"]


def test_objections_by_how_often_they_are_met(book):
    assert lines(table(book, "ObjectionCounts"), "objection", "open", "lost", "share", "next_step") == [
        "价格高 1 1 0.5 给分期",
        "没听说过 1 0 0.25 -",
        "要请示领导 1 0 0.25 -",
    ]


def test_a_period_to_come_has_no_days():
    book = adopted(**TEAM, Settings="项目 | 值\nperiod | 2026-06")
    refreshed(book)
    assert table(book, "DailyReport").empty
    assert table(book, "Efficiency")["calls_per_day"].isna().all()


def test_what_is_not_there_is_said():
    book = adopted(customers=TEAM["customers"])
    refreshed(book)
    note = book.grid("result DailyReport")[1][0]
    assert "没有跟进记录" in note
    assert "没有订单表" in note
    assert table(book, "DailyReport")["amount"].isna().all()
    refreshed(book, date(2026, 5, 20), "en")
    assert "no activities" in book.grid("result DailyReport")[1][0]
