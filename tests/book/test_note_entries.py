"""Notes kept in a cell become dated entries: where one begins, of which year it is, and what is no entry at all."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.note_entries import notes, tells_days

DAY = date(2026, 5, 20)  # a Wednesday


def read(*texts: str, created: str = "NaT", as_of: date = DAY) -> list[tuple[str, str]]:
    """(day, what stands behind it) of each entry."""
    found = notes(texts, np.array([created] * len(texts), dtype="datetime64[D]"), as_of).entries
    days = found["day"].to_numpy("datetime64[D]").astype(str)
    return list(zip(days.tolist(), found["body"], strict=True))


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("5.12 电话，意向不错，下周三再联系", [("2026-05-12", "电话，意向不错，下周三再联系")]),
        ("2026/3/4 已签单 3.2万", [("2026-03-04", "已签单 3.2万")]),
        ("5/3 电话，有意向；5/8 已报价", [("2026-05-03", "电话，有意向"), ("2026-05-08", "已报价")]),
        ("1、5/12电话\n2、５月14号报价", [("2026-05-12", "电话"), ("2026-05-14", "报价")]),
        ("【5.12】电话 3.5万", [("2026-05-12", "电话 3.5万")]),
        ("5/12(周二) 14:30 电话", [("2026-05-12", "电话")]),
        ("20260512 电话", [("2026-05-12", "电话")]),
        ("26.5.3 电话", [("2026-05-03", "电话")]),
        # as Germans write, with a dot behind the month as well: the day is first
        ("12.05. called", [("2026-05-12", "called")]),
        ("18.04. order", [("2026-04-18", "order")]),
        ("02.05. called; 12.05. quoted", [("2026-05-02", "called"), ("2026-05-12", "quoted")]),
        ("02.05.: called", [("2026-05-02", "called")]),
        ("12.05. 10:30 called", [("2026-05-12", "called")]),
        ("5.12.电话", [("2026-05-12", "电话")]),  # Chinese do not
        ("5.18. called", [("2026-05-18", "called")]),
        ("May 3 called; 5-May-2026 quoted", [("2026-05-03", "called"), ("2026-05-05", "quoted")]),
        ("5/3：电话，有意向；5/8：已报价9800", [("2026-05-03", "电话，有意向"), ("2026-05-08", "已报价9800")]),
        ("5/3: called; 5/8:9800已报价", [("2026-05-03", "called"), ("2026-05-08", "9800已报价")]),
        ("5.12 10:30 电话 有意向", [("2026-05-12", "电话 有意向")]),
        ("5/12 10点半电话", [("2026-05-12", "10点半电话")]),
        ("5/12 14:30电话；5-13 9：05:20 微信", [("2026-05-12", "电话"), ("2026-05-13", "微信")]),
        # behind a comma one begins, unless something is to be done on that day, or it is written otherwise
        ("5/6 拜访，5/16 合同已寄出，5/30 付款", [("2026-05-06", "拜访"), ("2026-05-16", "合同已寄出，5/30 付款")]),
        ("5/6 拜访，预计 5/16 合同寄出", [("2026-05-06", "拜访，预计 5/16 合同寄出")]),
        ("5/8 已报价；5/12再联系", [("2026-05-08", "已报价；5/12再联系")]),
        ("12/20 打过，5/2 再打没接", [("2025-12-20", "打过"), ("2026-05-02", "再打没接")]),
        ("5/8 已报价，5/12 再打", [("2026-05-08", "已报价，5/12 再打")]),
        # behind a space too, where it is written as the one before and goes on from it
        (
            "3/6未接 3/8加微信 4/2已报价9800",
            [("2026-03-06", "未接"), ("2026-03-08", "加微信"), ("2026-04-02", "已报价9800")],
        ),
        (
            "1）4.2 首次电话 2）4.9 发方案 3）4.20 谈价",
            [("2026-04-02", "首次电话"), ("2026-04-09", "发方案"), ("2026-04-20", "谈价")],
        ),
        ("1)4.2电话2)4.9发方案", [("2026-04-02", "电话"), ("2026-04-09", "发方案")]),
        (
            "5.6电话10分钟 5.7发资料 5.8 回复太贵",
            [("2026-05-06", "电话10分钟"), ("2026-05-07", "发资料"), ("2026-05-08", "回复太贵")],
        ),
        (
            "12 May: left voicemail. 13 May: spoke, wants demo",
            [("2026-05-12", "left voicemail."), ("2026-05-13", "spoke, wants demo")],
        ),
        ("12/5 left voicemail. 13/5 spoke", [("2026-05-12", "left voicemail."), ("2026-05-13", "spoke")]),
        ("3/6 老板不在 3/8加微信", [("2026-03-06", "老板不在"), ("2026-03-08", "加微信")]),
        (
            "5/8 已报价；5/3 加微信 5/1 没接",
            [("2026-05-08", "已报价"), ("2026-05-03", "加微信"), ("2026-05-01", "没接")],
        ),
        ("12/28电话 1/3报价", [("2025-12-28", "电话"), ("2026-01-03", "报价")]),
        ("5.3电话 5.12 签约12800", [("2026-05-03", "电话"), ("2026-05-12", "签约12800")]),
        ("5/3电话→5/8报价", [("2026-05-03", "电话"), ("2026-05-08", "报价")]),
        # the year turns in the middle, from either end
        ("12/28 电话\n1/3 报价", [("2025-12-28", "电话"), ("2026-01-03", "报价")]),
        ("1/3 报价\n12/28 电话", [("2026-01-03", "报价"), ("2025-12-28", "电话")]),
        ("2024年12月1日 电话；1月5日 报价", [("2024-12-01", "电话"), ("2025-01-05", "报价")]),
        # words that begin like a unit
        ("5/3 小王打电话；5/8周五 百度来的", [("2026-05-03", "小王打电话"), ("2026-05-08", "百度来的")]),
        ("5/3 周总来电；7/24 电话", [("2025-05-03", "周总来电"), ("2025-07-24", "电话")]),
        # a day to come: nobody knows whether it was last year's
        ("5/28 发样品", [("NaT", "发样品")]),
        ("2026/6/1 发样品", [("NaT", "发样品")]),
        ("2/30 电话", [("NaT", "电话")]),
    ],
)
def test_an_entry_begins_with_its_day(text, entries):
    assert read(text) == entries


@pytest.mark.parametrize(
    "text",
    [
        *(
            "老板不在",
            "3-5台设备",
            "3.5万起",
            "2/3的客户",
            "要5/12号的货",
            "13800138000",
            "3.2版",
            "5/28 再联系",
            "15.6英寸屏",
            "10-12:30 在家",
            "5/8 2台设备",
        ),
        *("1988年5月3日 生日", "5.3 生日", "2026-05-03-001 合同", "20260503-001", "24/7 服务"),
    ],
)
def test_what_is_no_day_is_no_entry(text):
    assert read(text) == []


def test_the_time_of_day_is_told_behind_the_day():
    found = notes(
        ["5.12 10:30 电话；5/12 14:30电话；5/12：微信"], np.array(["NaT"], dtype="datetime64[D]"), DAY
    ).entries
    assert found["minutes"].tolist() == [630, 870, 0]


def test_the_customers_own_day_tells_the_year():
    assert read("9/19 加了微信；9/25 再次电话", created="2024-09-19") == [
        ("2024-09-19", "加了微信"),
        ("2024-09-25", "再次电话"),
    ]
    # who came this month was not called a year ago: the day is one to come, and those before it are of this year
    assert [day for day, _ in read("5/3 电话；5/28 发样品", created="2026-04-20")] == ["2026-05-03", "NaT"]


def test_which_number_is_the_day_is_told_by_the_column():
    assert [day for day, _ in read("15/5 called", "3/5 mail")] == ["2026-05-15", "2026-05-03"]
    assert [day for day, _ in read("15/5 called", "3/5 mail", "4/16 met")] == ["2026-05-15", "NaT", "2026-04-16"]


@pytest.mark.parametrize(
    "text",
    [
        "3/6 约 3/8 见面",
        "3/6 电话 改到 3/9 谈",
        "3/6 已报价 3/9 回复",
        "3/6 加微信 客户生日 4/1 记得",
        "3/6 未接 合同到期日 4/30 请注意",
        "5/6 拜访 5/28 签合同",  # to come
        "5/6 电话 完成 6/4 左右",  # nor the 6th of April
        "5.6 电话 预算 3.5万 2/3的客户 5.8折",
        "5.6 电话 报价 5.8 嫌贵",
        "5.6 电话 5/8 报价",
        "5/6 电话 4/2 报价",
        "12 May called, wants demo 20 May at 3pm",
        "12 May called, wants it by 13 May: urgent",
    ],
)
def test_where_it_is_in_doubt_it_stays_one_entry(text):
    assert len(read(text)) == 1


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["02/05/2026 signed $30,000"], ["NaT"]),
        (["02/05/2026 已签单 3万"], ["2026-02-05"]),  # as Chinese write
        (["02/05/2026 signed", "13/5 spoke"], ["2026-05-02", "2026-05-13"]),
        (["02/05/2026 signed", "5/13 spoke"], ["2026-02-05", "2026-05-13"]),
        (["02/05/2026 signed; 13/04/2026 spoke"], ["2026-05-02", "2026-04-13"]),
        (["02/05/2026 已签单", "13/5 电话"], ["2026-05-02", "2026-05-13"]),
        (["3/5 spoke", "13/04/2026 spoke"], ["2026-05-03", "2026-04-13"]),
        (["02/05/2026 已签单", "13/04/2026 电话", "04/13/2026 电话"], ["NaT", "2026-04-13", "2026-04-13"]),
        (["10/05/2026 已签单"], ["2026-05-10"]),  # October is still to come
        (["5/4 spoke; 02/03/2026 signed; 5/5 mail"], ["2026-05-04", "NaT", "2026-05-05"]),
    ],
)
def test_of_three_numbers_the_order_is_told_or_there_is_no_day(texts, days):
    assert [day for day, _ in read(*texts)] == days


def test_what_was_read_before_tells_it_too():
    found = notes(["3/5 mail"], np.array(["NaT"], dtype="datetime64[D]"), DAY, ["15/5 called"]).entries
    assert found["day"].astype(str).tolist() == ["2026-05-03"]


def test_nobody_is_called_before_he_came():
    day_first = ["2/4 no answer", "3/4 quoted", "5/4 mail"]
    came = np.array(["2026-03-25", "2026-03-28", "2026-04-01"], dtype="datetime64[D]")
    days = [notes(each, came, DAY).entries["day"].astype(str).tolist() for each in (day_first, ["2/4 没接"] * 3)]
    assert days == [["2026-04-02", "2026-04-03", "2026-04-05"], ["2026-02-04"] * 3], "in Chinese the month is first"


def test_pieces_without_a_day_are_counted():
    found = notes(["老板不在", "老客户介绍；5/3 电话", "5/3 电话"], np.full(3, "NaT", dtype="datetime64[D]"), DAY)
    assert found.silent.tolist() == [1, 1, 0]
    assert not tells_days(["老板不在", "要资料"])


@given(
    st.lists(st.dates(DAY - timedelta(days=300), DAY), min_size=1, max_size=5, unique=True),
    st.sampled_from(
        [
            "{m}/{d} ",
            "{m}.{d}",
            "{m}月{d}日",
            "{m}月{d}号：",
            "{m}-{d} ",
            "{y}/{m}/{d} ",
            "{y}年{m}月{d}日",
            "【{m}.{d}】",
        ]
    ),
    st.sampled_from(["；", "\n", "。", ";\n"]),
    st.booleans(),
)
def test_what_is_written_is_read_back(days, form, between, newest_first):
    days = sorted(days, reverse=newest_first)
    said = [(form.format(y=day.year, m=day.month, d=day.day), day) for day in days]
    text = between.join(f"{day}电话，有意向" for day, _ in said)
    found = read(text)
    assert [body for _, body in found] == ["电话，有意向"] * len(days)
    turned = len({day.year for day in days}) > 1 and len(days) == 2  # of two alone the nearer way counts
    if not turned or abs((days[0] - days[1]).days) < 180:
        assert [day for day, _ in found if day != "NaT"] == [day.isoformat() for day in days]


@given(
    st.lists(
        st.tuples(
            st.dates(DAY - timedelta(days=110), DAY),
            st.sampled_from(
                ["未接", "加微信了", "已报价9800", "发资料", "回复太贵", "电话10分钟", "老板不在", "有意向，要资料"]
            ),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda each: each[0],
    ),
    st.sampled_from(
        [
            "{m}/{d} ",
            "{m}/{d}：",
            "{m}.{d}",
            "{m}月{d}日",
            "{m}-{d} ",
            "{m}/{d} 10:30 ",
            "{y}/{m}/{d} ",
            "（{m}.{d}）",
            "{m}.{d}: ",
        ]
    ),
    st.sampled_from([" ", "　", "\t", "→", " - ", "；", "; ", "\n", "。", " {n}）", "\n{n}、"]),
)
def test_entries_joined_by_whatever_sign_are_read_back(entries, form, between):
    entries = sorted(entries)
    numbered = "{n}" in between
    parts = [form.format(y=day.year, m=day.month, d=day.day) + said for day, said in entries]
    text = "".join(
        (between.format(n=n) if n > 1 else between.format(n=n).strip() if numbered else "") + part
        for n, part in enumerate(parts, 1)
    )
    assert read(text) == [(day.isoformat(), said) for day, said in entries]


@given(
    st.lists(st.dates(DAY - timedelta(days=110), DAY), min_size=1, max_size=4, unique=True),
    st.sampled_from(["{d}.{m}. ", "{d:02}.{m:02}. ", "{d:02}.{m:02}.: "]),
    st.sampled_from(["; ", "\n", " "]),
)
def test_days_with_a_dot_behind_the_month_are_read_back(days, form, between):
    text = between.join(form.format(d=day.day, m=day.month) + "called, no answer" for day in sorted(days))
    assert read(text) == [(day.isoformat(), "called, no answer") for day in sorted(days)]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("5/3 电话；5/21 回电", [("2026-05-03", "5/3 电话；5/21 回电")]),
        ("5/3 电话；5/8 已报价；6/21 拜访", [("2026-05-03", "5/3 电话"), ("2026-05-08", "5/8 已报价；6/21 拜访")]),
        ("5/3 called; 6/1 call him", [("2026-05-03", "5/3 called; 6/1 call him")]),
        ("5/3 电话；5/18 回电", [("2026-05-03", "5/3 电话"), ("2026-05-18", "5/18 回电")]),
        ("11/3 电话；2/1 拜访", [("2025-11-03", "11/3 电话"), ("2026-02-01", "2/1 拜访")]),
    ],
)
def test_what_is_to_be_done_on_a_day_to_come_belongs_to_the_entry_before_it(text, entries):
    found = notes([text], np.array(["NaT"], dtype="datetime64[D]"), date(2026, 5, 20)).entries
    assert [(f"{day:%Y-%m-%d}", said) for day, said in zip(found["day"], found["text"], strict=True)] == entries
