"""Days as people say them; the calendar of May 2026 says which day each is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book import spoken_days, values
from support.examples import examples

WEDNESDAY = date(2026, 5, 20)


def read(said: object, as_of: date = WEDNESDAY) -> object:
    return spoken_days.moment(said, date1904=False, as_of=as_of)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("今天", "05-20"), ("明天", "05-21"), ("后天", "05-22"), ("大后天", "05-23"),
        ("周五", "05-22"), ("星期天", "05-24"), ("周二", "05-26"), ("周三", "05-27"), ("本周六", "05-23"),
        ("下周三", "05-27"), ("下星期日", "05-31"), ("下下周一", "06-01"), ("礼拜四", "05-21"),
        ("月底", "05-31"), ("本月底", "05-31"), ("下月底", "06-30"), ("26号", "05-26"), ("5号", "06-05"), ("下个月3号", "06-03"),
        ("5/26", "05-26"), ("26/5", "05-26"), ("5.26", "05-26"), ("5月26号", "05-26"), ("5/12", "05-12"),
        ("三天后", "05-23"), ("2周后", "06-03"),
        ("tomorrow", "05-21"), ("Next Wed", "05-27"), ("next Friday", "05-29"), ("Fri", "05-22"), ("on Monday", "05-25"),
        ("end of month", "05-31"), ("EOM", "05-31"), ("26th", "05-26"), ("the 1st", "06-01"), ("May 26", "05-26"), ("26 May", "05-26"),
        ("in 3 days", "05-23"), ("2026-05-29", "05-29"), ("20260529", "05-29"), ("２６号", "05-26"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_meant_on_a_wednesday(said, day):
    assert read(said) == datetime.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("下午3点", "05-20 15:00"), ("3pm", "05-20 15:00"), ("明天下午3点半", "05-21 15:30"), ("5/26 下午3点", "05-26 15:00"),
        ("周五上午9点15分", "05-22 09:15"), ("明天3点", "05-21 15:00"), ("明天10点", "05-21 10:00"), ("明天中午12点", "05-21 12:00"),
        ("next Wed 3:30pm", "05-27 15:30"), ("26th at 10:30", "05-26 10:30"), ("2026-05-26 14:00", "05-26 14:00"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_with_its_day(said, moment):
    assert read(said) == datetime.fromisoformat(f"2026-{moment}")


@pytest.mark.parametrize(
    "said", ["改天", "下周", "next week", "本周二", "明天25点", "13/13", "32号", "5/32", "周八", "下午", "31号说"]
)
def test_what_may_mean_several_days_or_none_is_not_guessed(said):
    assert read(said) is values.BAD


def test_the_year_turns():
    assert read("1/5", date(2026, 12, 20)) == datetime(2027, 1, 5)
    assert read("31号", date(2026, 6, 3)) is values.BAD
    assert read("月底", date(2024, 2, 3)) == datetime(2024, 2, 29)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
@settings(max_examples=examples(60))
def test_a_day_of_the_week_is_the_coming_one_and_next_weeks_a_monday_later(as_of, number):
    zh, en = "一二三四五六日"[number], ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[number]
    coming, following = read(f"周{zh}", as_of), read(f"下周{zh}", as_of)
    assert (read(en, as_of), read(f"next {en}", as_of)) == (coming, following)
    assert coming.weekday() == following.weekday() == number
    assert timedelta(0) < coming.date() - as_of <= timedelta(7)
    assert following.isocalendar()[:2] == (datetime.combine(as_of, coming.time()) + timedelta(7)).isocalendar()[:2]


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(-80, 270))
@settings(max_examples=examples(60))
def test_a_day_said_without_a_year_comes_back(as_of, days):
    day = as_of + timedelta(days=days)
    for said in (f"{day.month}/{day.day}", f"{day.month}月{day.day}日", f"{day:%b} {day.day}", f"{day.day} {day:%B}"):
        if (day.month, day.day) != (2, 29):
            assert read(said, as_of) == datetime.combine(day, datetime.min.time())


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("下周", "05-25"), ("下下周", "06-01"), ("next week", "05-25"), ("月底", "05-31"), ("月初", "06-01"), ("下月初", "06-01"),
        ("本月中", "06-15"), ("下月中旬", "06-15"), ("early next month", "06-01"), ("mid-month", "06-15"),
        ("明天", "05-21"), ("下周三", "05-27"),
        ("26号", "05-26"), ("end of month", "05-31"),
    ],
)  # fmt: skip
def test_a_list_may_say_days_roughly(said, day):
    assert spoken_days.of_list(said, WEDNESDAY) == datetime.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize("said", ["改天", "有空", "本周二", "32号", "下"])
def test_what_a_list_does_not_say_is_no_day(said):
    assert spoken_days.of_list(said, WEDNESDAY) is None
