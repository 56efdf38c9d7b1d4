"""The call list, its input in the test; what is expected was worked out by hand from numbers.md 9."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.domain.phone import normalise
from funnelbook.results.team_data import DAILY_CALLS
from support.adopted import adopted, lines, refreshed, table
from support.cases import first
from support.examples import examples
from support.sheets import read

DAY = date(2026, 6, 3)  # a Wednesday
PEOPLE = "姓名 | 入职日期 | 在岗 | 每日电话量\n小李 | 2025-01-01 | 是 | 4n\n小张 | 2026-01-01 | 是 | -\n老王 | 2020-01-01 | 否 | 9n"
CHANNELS = """
    方式 | 最早 | 最晚 | 最长字数 | 确认方式 | 确认天数
    电话 | 08:30 | 20:00 | - | - | -
    短信 | 9:00 | 20点 | 70n | - | -
    邮件 | - | - | - | 电话 | -
    传真 | 09:00 | 17:30 | - | 电话 | 1n
    上门 | 00:00 | 00:00 | - | - | -
"""
# The worked example. Cadence in days: E 14, D 7, C 5, B 3, A 2. 小李 takes four calls.
#  1 promised for Monday 06-01: overdue.  2 promised for today, twice tried: rests.  3 tier B, last contact 05-27 + 3 = 05-30,
#  a Saturday: Monday 06-01.  4 tier D, 05-20 + 7 = 05-27.  5 tier C, 05-20 + 5 = 05-25; worth more than 4: a higher chance of
#  the same money.  6 must not be called.  7 is Lost.  8 was never called: beyond the four calls.  9 is of 老王, who has left.
TEAM = {
    "customers": """
        客户编号 | 客户名称 | 电话 | 业务员 | 级别 | 预计金额 | 录入日期 | 勿扰 | 未购原因
        1 | 甲 | 13800138001 | 小李 | D | 5000n | 2026-04-01 | - | 价格高
        2 | 乙 | 13800138002 | 小李 | D | 5000n | 2026-04-01 | - | -
        3 | 丙 | 13800138003 | 小李 | B | -     | 2026-04-01 | - | -
        4 | 丁 | 13800138004 | 小李 | D | 5000n | 2026-04-01 | - | -
        5 | 戊 | 13800138005 | 小李 | C | 5000n | 2026-04-01 | - | -
        6 | 己 | 13800138006 | 小李 | A | 5000n | 2026-04-01 | 是 | -
        7 | 庚 | 13800138007 | 小李 | - | 5000n | 2026-04-01 | - | -
        8 | 辛 | 13800138008 | 小李 | - | 5000n | 2026-05-30 | - | -
        9 | 壬 | 13800138009 | 老王 | A | 5000n | 2026-04-01 | - | -
    """,
    "activities": """
        时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别 | 下次联系 | 下次目的 | 未购原因 | 内容
        2026-05-25 10:00 | 1 | 小李 | 电话 | 是 | D | 2026-06-01 | 谈价格 | - | 要比价
        2026-06-03 09:00 | 2 | 小李 | 电话 | 否 | D | 2026-06-03 | 演示 | - | -
        2026-06-03 09:30 | 2 | 小李 | 电话 | 否 | - | 2026-06-03 | 演示 | - | -
        2026-05-27 10:00 | 3 | 小李 | 电话 | 是 | B | - | - | 要请示领导 | -
        2026-05-20 10:00 | 4 | 小李 | 电话 | 是 | D | - | - | - | -
        2026-05-20 10:00 | 5 | 小李 | 电话 | 是 | C | - | 报价 | - | -
        2026-05-20 10:00 | 6 | 小李 | 电话 | 是 | A | 2026-06-01 | 签约 | - | -
        2026-05-20 10:00 | 7 | 小李 | 电话 | 是 | Lost | 2026-06-01 | - | - | -
        2026-05-20 10:00 | 9 | 老王 | 电话 | 是 | A | 2026-06-01 | - | - | -
    """,
    "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\nD1 | 2026-03-02 | 0 | 小李 | 3000n\nD2 | 2026-03-03 | 0 | 小李 | 9000n",
    "people": PEOPLE,
    "settings": CHANNELS,
    "未购原因表": "未购原因 | 下一步\n价格高 | 算投入产出\n要请示领导 | 与决策人通话",
}


def calls(as_of: date = DAY, **changed: str) -> pd.DataFrame:
    book = adopted(**TEAM | changed)
    refreshed(book, as_of)
    return table(book, "CallList")


def test_the_worked_example():
    assert lines(calls(), "person", "rank", "id", "tier", "why", "due", "channel", "hours", "purpose", "flag") == [
        "小李 1 1 D overdue 2026-06-01 00:00:00 电话 08:30–20:00 谈价格 -",
        "小李 2 3 B cadence 2026-06-01 00:00:00 电话 08:30–20:00 - no_purpose",
        "小李 3 5 C cadence 2026-05-25 00:00:00 电话 08:30–20:00 报价 -",
        "小李 4 4 D cadence 2026-05-27 00:00:00 电话 08:30–20:00 - no_purpose",
    ]
    assert lines(calls(), "id", "tries", "last_contact", "last_note", "objection", "next_step", "expected_value") == [
        "1 0 2026-05-25 00:00:00 要比价 价格高 算投入产出 5000",
        "3 0 2026-05-27 00:00:00 - 要请示领导 与决策人通话 6000",  # the median order: (3000 + 9000) / 2
        "5 0 2026-05-20 00:00:00 - - - 5000",
        "4 0 2026-05-20 00:00:00 - - - 5000",
    ]


def test_a_person_for_whom_nothing_is_said_takes_the_usual_number_of_calls():
    many = "客户编号 | 业务员 | 录入日期\n" + "\n".join(f"{i} | 小张 | 2026-05-01" for i in range(100))
    listed = calls(customers=many, activities=TALKED)
    assert lines(listed.groupby("person", as_index=False).size(), "person", "size") == [f"小张 {DAILY_CALLS}"]
    assert set(listed["why"]) == {"new"}
    assert listed["flag"].isna().all()


def test_new_prospects_are_those_the_week_still_misses():
    # an order in the 19 days to come and so on after: the 100 in stock carry it, so none is new; the list is filled with them
    many = "客户编号 | 业务员 | 录入日期\n" + "\n".join(f"{i} | 小张 | 2026-05-20" for i in range(100))
    targets = "期间 | 业务员 | 版本 | 订单\n2026-06 | 小张 | 1 | 1n"
    listed = calls(customers=many, activities=TALKED, targets=targets)
    assert len(listed) == DAILY_CALLS
    assert set(listed["why"]) == {"warm"}
    # gap 90 and 3 in stock: far more than those there
    few = "客户编号 | 业务员 | 录入日期\n" + "\n".join(f"{i} | 小张 | 2026-05-2{i}" for i in (3, 1, 2))
    listed = calls(customers=few, activities=TALKED, targets="期间 | 业务员 | 版本 | 订单\n2026-06 | 小张 | 1 | 90n")
    assert lines(listed, "rank", "id", "why") == ["1 1 new", "2 2 new", "3 3 new"]


ONE = "客户编号 | 电话 | 业务员 | 级别 | 录入日期 | 下次联系 | 下次目的 | 下次方式\n"
TALKED = "时间 | 客户编号 | 业务员 | 方式 | 接通\n"


@pytest.mark.parametrize(
    ("purpose", "channel", "flag"),
    [
        ("字" * 70, "短信", "-"),
        ("字" * 71, "短信", "sms_too_long"),
        ("a" * 160, "短信", "-"),
        ("a" * 161, "短信", "sms_too_long"),
        ("a" * 159 + "€", "短信", "sms_too_long"),  # the euro sign takes two places
        ("字" * 71, "电话", "-"),
    ],
)
def test_a_short_message_is_one_message(purpose, channel, flag):
    listed = calls(
        customers=f"{ONE}1 | - | 小张 | D | 2026-05-01 | 2026-06-03 | {purpose} | {channel}", activities=TALKED
    )
    assert lines(listed, "channel", "flag") == [f"{channel} {flag}"]


def test_a_channel_closed_all_day_is_not_proposed():
    both = f"{ONE}1 | - | 小张 | D | 2026-05-01 | 2026-06-03 | 看样品 | 上门\n2 | - | 小张 | D | 2026-05-01 | 2026-06-03 | 看样品 | 微信"
    assert lines(calls(customers=both, activities=TALKED), "id", "channel", "hours") == ["2 微信 -"]


@pytest.mark.parametrize(
    ("talks", "due"),
    [
        # a fax of Monday is to be confirmed on Tuesday, one of Friday on Monday
        ("2026-06-01 10:00 | 1 | 小张 | 传真 | 是", "2026-06-02"),
        ("2026-05-29 10:00 | 1 | 小张 | 传真 | 是", "2026-06-01"),
        ("2026-06-03 10:00 | 1 | 小张 | 传真 | 是", None),
        # an e-mail may wait three days
        ("2026-05-31 10:00 | 1 | 小张 | 邮件 | 否", "2026-06-03"),
        ("2026-06-01 10:00 | 1 | 小张 | 邮件 | 否", None),
        # a call that got through confirms, one that did not does not
        ("2026-06-01 10:00 | 1 | 小张 | 传真 | 是\n2026-06-01 10:30 | 1 | 小张 | 电话 | 是", None),
        ("2026-06-01 10:00 | 1 | 小张 | 传真 | 是\n2026-06-01 10:30 | 1 | 小张 | 电话 | 否", "2026-06-02"),
        ("2026-06-01 10:30 | 1 | 小张 | 电话 | 是\n2026-06-01 11:00 | 1 | 小张 | 传真 | 是", "2026-06-02"),
    ],
)
def test_what_was_sent_is_confirmed_by_phone(talks, due):
    listed = calls(customers=f"{ONE}1 | - | 小张 | E | 2026-05-01 | - | - | 传真", activities=TALKED + talks)
    listed = listed[listed["why"] != "warm"]  # who is not due
    wanted = [f"{due} 00:00:00 电话 confirm_due"] if due else []
    assert lines(listed, "due", "channel", "flag") == wanted


def test_a_number_with_no_try_left_is_flagged_on_its_second_row():
    same = ONE + "\n".join(f"{i} | 138-0013-8000 | 小张 | D | 2026-05-01 | 2026-06-03 | 回访 | -" for i in (1, 2))
    once = TALKED + "2026-06-03 09:00 | 9 | 小张 | 电话 | 否\n2026-06-03 09:10 | 3 | 小张 | 电话 | 否"
    third = same + "\n3 | 13800138000 | 小张 | Lost | 2026-05-01 | - | - | -"
    assert lines(calls(customers=third, activities=once), "id", "tries", "flag") == ["1 1 -", "2 1 too_many_tries"]


@pytest.mark.parametrize("other", ["+8613800138001", "0086 138 0013 8001", "１３８００１３８００１", "138-0013-8001"])
def test_a_number_is_one_number_however_it_is_written(other):
    two = f"{ONE}1 | 13800138001 | 小张 | Lost | 2026-05-01 | - | - | -\n2 | {other} | 小张 | D | 2026-05-01 | 2026-06-03 | 回访 | -"
    once = TALKED + "2026-06-03 09:00 | 1 | 小张 | 电话 | 否"
    assert lines(calls(customers=two, activities=once), "id", "tries") == ["2 1"]
    assert calls(customers=two, activities=once + "\n2026-06-03 10:00 | 1 | 小张 | 电话 | 否").empty


@pytest.mark.parametrize(
    ("first", "second"), [("13800138001", "+86 138 0013 8001"), ("010-62345678", "+86 10 6234 5678"), ("123", "12-3")]
)
def test_a_number_that_must_not_be_called_is_called_for_nobody(first, second):
    listed = calls(
        customers=f"客户编号 | 电话 | 业务员 | 录入日期 | 勿扰\n1 | {first} | 小张 | 2026-05-01 | 是\n"
        f"2 | {second} | 小张 | 2026-05-01 | -\n3 | - | 小张 | 2026-05-01 | 是\n4 | - | 小张 | 2026-05-01 | -",
        activities=TALKED,
    )
    assert listed["id"].tolist() == ["4"]


_days = st.integers(1, 28).map(lambda d: f"2026-05-{d:02d}") | st.sampled_from(["-", "2026-06-03", "2026-06-10"])
_customers = st.lists(
    st.tuples(
        st.sampled_from(["小李", "小张", "老王", "-"]),
        st.sampled_from([*"EDCBA", "Won", "Lost", "-"]),
        st.sampled_from(["13800138000", "138 0013 8000", "13900139000", "-"]),
        st.sampled_from(["是", "-"]),
        _days,
        st.sampled_from(["上门", "短信", "-"]),
    ),
    min_size=1,
    max_size=12,
)
_talks = st.lists(
    st.tuples(
        _days.filter(lambda d: d != "-"),
        st.integers(0, 11),
        st.sampled_from(["电话", "邮件", "传真"]),
        st.sampled_from(["Lost", "B", "-"]),
    ),
    max_size=12,
)


@given(_customers, _talks, st.integers(0, 3))
@settings(max_examples=examples(30))
def test_the_list_keeps_within_capacity_and_calls_nobody_it_must_not(customers, talks, capacity):
    rows = [f"{i} | {p} | {o} | {t} | {d} | {n} | {c}" for i, (o, t, p, d, n, c) in enumerate(customers)]
    done = [f"{at} 10:00 | {who} | 小李 | {channel} | {tier}" for at, who, channel, tier in talks]
    listed = calls(
        customers="客户编号 | 电话 | 业务员 | 级别 | 勿扰 | 下次联系 | 下次方式\n" + "\n".join(rows),
        activities="时间 | 客户编号 | 业务员 | 方式 | 级别\n" + "\n".join(done),
        people=PEOPLE.replace("4n", f"{capacity}n"),
    )
    assert (listed["person"] == "小李").sum() <= capacity
    assert set(listed["person"]) <= {"小李", "小张"}
    assert not listed.duplicated("id").any()
    asked = [customers[int(i)] for i in listed["id"]]
    assert not any(row[3] == "是" for row in asked)
    assert "上门" not in set(listed["channel"])
    assert "Lost" not in set(listed["tier"])
    today = [
        customers[who][2]
        for at, who, channel, _ in talks
        if at == "2026-06-03" and channel == "电话" and who < len(customers)
    ]
    numbers = [normalise(number) for number in today if number != "-"]
    assert not [row for row in asked if row[2] != "-" and numbers.count(normalise(row[2])) >= 2]
    for _, his in listed.groupby("person"):
        assert his["rank"].tolist() == list(range(1, len(his) + 1))


def test_the_promise_is_the_customers_cell_once_it_was_typed_over():
    """Until the next activity of the customer, whatever that promises."""
    customers = "客户编号 | 业务员 | 级别 | 下次联系 | 下次目的"
    log = "时间 | 客户编号 | 业务员 | 方式 | 下次联系 | 下次目的"
    said = "2026-06-01 10:00 | K1 | 小李 | 电话 | 2026-06-10d | 签约"

    def dues(book, as_of: date) -> list[tuple[str, str]]:
        refreshed(book, as_of)
        listed = table(book, "CallList")
        return list(zip(listed["due"].astype(str), listed["purpose"], strict=True))

    book = adopted(customers=f"{customers}\nK1 | 小李 | C | 2026-06-10d | 签约", activities=f"{log}\n{said}")
    assert dues(book, date(2026, 6, 2)) == []
    book.grids["客户"][1][3:5] = [datetime(2026, 6, 3), "改约"]
    for day in (3, 4):
        assert dues(book, date(2026, 6, day)) == [("2026-06-03", "改约")]
    book.grids["跟进记录"].append([datetime(2026, 6, 4, 9), "K1", "小李", "电话", datetime(2026, 6, 5), "再谈"])
    assert dues(book, date(2026, 6, 5)) == [("2026-06-05", "再谈")]


def test_looking_back_changes_nothing_of_what_was_seen_of_the_cells():
    book = adopted(
        customers="客户编号 | 业务员 | 级别 | 下次联系\nK1 | 小李 | C | 2026-06-10d\nK2 | 小李 | C | -",
        activities="时间 | 客户编号 | 业务员 | 方式\n2026-06-01 10:00 | K1 | 小李 | 电话",
    )
    refreshed(book, date(2026, 6, 2))
    seen = ["K1 2026-06-10 00:00:00 2026-06-01 10:00:00"]
    assert lines(table(book, "Seen"), "id", "next_contact", "at") == seen
    book.grids["客户"][1][3] = datetime(2026, 6, 3)
    refreshed(book, date(2026, 5, 31))  # before there was an activity
    assert lines(table(book, "Seen"), "id", "next_contact", "at") == seen
    refreshed(book, date(2026, 6, 3))
    assert table(book, "CallList")["due"].astype(str).tolist()[0] == "2026-06-03"


# Existing customers; only 小张 calls. Guidance is due on the first day after the order, a visit on the 30th.
#  1 ordered on Friday 05-29: guidance since 05-30. 2 as well, and promised for today. 3 ordered on 05-04: a visit today.
#  4 has his birthday on 06-01, 5 must not be called, 6 was called on 05-30: done. 7 was called on its day and not reached.
#  8 bought and was lost since. 9 was never called and is as many as the plan wants.
CARED = {
    "customers": """
        客户编号 | 客户名称 | 电话 | 业务员 | 生日 | 勿扰 | 录入日期 | 下次联系 | 下次目的
        1 | 甲 | 13800138001 | 小张 | - | - | 2026-04-01 | - | -
        2 | 乙 | 13800138002 | 小张 | - | - | 2026-04-01 | 2026-06-03 | 收款
        3 | 丙 | 13800138003 | 小张 | - | - | 2026-04-01 | 2026-06-20 | 续约
        4 | 丁 | 13800138004 | 小张 | 1980-06-01 | - | 2026-04-01 | - | -
        5 | 戊 | 13800138005 | 小张 | - | 是 | 2026-04-01 | - | -
        6 | 己 | 13800138006 | 小张 | - | - | 2026-04-01 | - | -
        7 | 庚 | 13800138007 | 小张 | - | - | 2026-04-01 | - | -
        8 | 辛 | 13800138008 | 小张 | - | - | 2026-04-01 | - | -
        9 | 壬 | 13800138009 | 小张 | - | - | 2026-05-30 | - | -
    """,
    "activities": """
        时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别
        2026-05-30 10:00 | 6 | 小张 | 电话 | 是 | -
        2026-06-01 10:00 | 7 | 小张 | 电话 | 否 | -
        2026-05-31 10:00 | 8 | 小张 | 电话 | 否 | Lost
    """,
    "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\n"
    + "\n".join(f"D{i} | 2026-05-29 | {i} | 小张 | 3000n" for i in (1, 2, 5, 6, 7, 8))
    + "\nD3 | 2026-05-04 | 3 | 小张 | 3000n\nD4 | 2026-03-20 | 4 | 小张 | 3000n",
    "rules": "事项 | 天数 | 客户价值 | 模板\n使用指导 | 1n | - | {客户名称}您好，已开通\n回访 | 30n | - | -\n生日祝福 | - | - | 生日快乐",
}


def test_care_that_is_due_stands_in_the_list():
    listed = calls(**CARED)
    assert lines(listed, "id", "why", "due", "flag") == [
        "2 promised 2026-06-03 00:00:00 -",
        "1 care 2026-05-30 00:00:00 -",
        "7 care 2026-05-30 00:00:00 -",
        "3 care 2026-06-03 00:00:00 -",  # a day in three weeks is agreed, and a visit due today
        "9 new 2026-05-30 00:00:00 -",
        "4 care 2026-06-01 00:00:00 -",  # a greeting takes no call's place
    ]
    assert listed.set_index("id")["purpose"].to_dict() == {
        "2": "收款；关怀：乙您好，已开通",
        "1": "甲您好，已开通",
        "7": "庚您好，已开通",
        "3": "回访",  # there is no text for it
        "9": None,
        "4": "生日快乐",
    }
    assert set(listed["cold"]) == {False}


@pytest.mark.parametrize("tick", first(1, ["✓", "√", "已做", "done", "已关怀"]))
def test_a_tick_says_that_care_is_done(tick):
    log = "时间 | 客户编号 | 业务员 | 方式 | 结果 | 级别\n2026-05-30 10:00 | 6 | 小张 | 电话 | 已关怀 | -"
    outcomes = "结果 | 级别 | 接通\n已关怀 | - | 是\n无人接听 | - | 否"
    book = adopted(**TEAM | CARED | {"activities": log, "通话结果": outcomes})
    refreshed(book, DAY)
    grid = book.grids["result CallList"]
    at = 3 + table(book, "CallList")["id"].tolist().index("1")
    grid[at][grid[2].index("结果")] = tick
    assert refreshed(book, DAY).logged == 1
    done = read(book, as_of=DAY).frames["Activities"].iloc[-1]
    assert done[["id", "outcome", "tier_after", "owner"]].tolist() == ["1", "已关怀", None, "小张"]
    assert "1" not in table(book, "CallList")["id"].tolist()
    assert not refreshed(book, DAY).written


def test_care_makes_no_list_longer_and_is_told_of_above_it():
    people = PEOPLE.replace("小张 | 2026-01-01 | 是 | -", "小张 | 2026-01-01 | 是 | 3n")
    book = adopted(**TEAM | CARED | {"people": people})
    refreshed(book, DAY)
    assert table(book, "CallList")["id"].tolist() == ["2", "1", "7"]
    assert "共 3 个电话：约定和过期 1 个、客户关怀 2 个。" in book.grid("result CallList")[1][0]


def test_what_is_due_several_times_is_one_row_the_latest_first():
    ordered = (
        CARED["orders"]
        .replace("D3 | 2026-05-04", "D3 | 2026-06-02")
        .replace("D4", "D9 | 2026-05-26 | 3 | 小张 | 1n\nD4")
    )
    rules = CARED["rules"].replace("回访", "使用指导 | 7n | - | 一周了\n回访")
    listed = calls(**CARED | {"orders": ordered, "rules": rules}).set_index("id")
    assert listed["purpose"]["3"] == "丙您好，已开通", "the latest; the other stands on the sheet of care"
    assert str(listed["due"]["3"].date()) == "2026-05-27"


def test_who_is_away_or_makes_no_calls_is_told():
    book = adopted(**TEAM, leave="姓名 | 开始 | 结束\n小李 | 2026-06-02 | 2026-06-05")
    refreshed(book, DAY)
    assert "约好的请别人打或改约：小李。" in book.grid("result CallList")[1][0]
    book = adopted(**TEAM | {"people": PEOPLE.replace("4n", "0n")})
    refreshed(book, DAY)
    head = book.grid("result CallList")[1][0]
    assert "今天没有要打的电话。" in head
    assert "“每日电话量”是 0，没有名单：小李。" in head
    assert "没有别的客户可打了（其余已约好日期、今天已联系或不能打）；比每日电话量少的个数：小张 40。" in head
