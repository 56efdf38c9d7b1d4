"""Which days are worked, the calendar read day by day."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.workdays import WorkCalendar, leave_of
from support.worked import rows

PLAIN = WorkCalendar.plain()


def calendar(text: str) -> WorkCalendar:
    """Of `date | workday | weight` lines."""
    frame = rows(text, "weight")
    return WorkCalendar.from_frame(frame.assign(workday=frame["workday"].map({"yes": True, "no": False})))


def moved(way, *days: str) -> list[str]:
    return [str(day) for day in way(np.array(days, "datetime64[D]"))]


def test_monday_to_friday():
    works, weight = PLAIN.working(date(2026, 5, 4), date(2026, 5, 10))
    assert works.tolist() == [True] * 5 + [False] * 2
    assert weight.tolist() == [1] * 5 + [0] * 2


MAY = calendar("""
    date       | workday | weight
    2026-05-09 | yes     | 0.5
    2026-05-04 | yes     | -
    2026-05-01 | no      | -
    -          | no      | 9
    2026-05-04 | no      | 3
    2026-05-16 | -       | 2
    2026-05-15 | -       | 2
    2026-05-17 | yes     | -
""")


def test_the_days_listed_are_as_they_say():
    # the 1st and the 4th are holidays (of two rows of the 4th the last counts), Saturday the 9th is worked at half its worth;
    # where nothing is said a weekday is worked and a weekend is not, whatever the weight
    days = [date(2026, 5, day) for day in (1, 4, 5, 9, 15, 16, 17)]
    assert [MAY.count(day, day) for day in days] == [0, 0, 1, 1, 1, 0, 1]
    assert [MAY.weight_of(day, day) for day in days] == [0, 0, 1, 0.5, 2, 0, 1]
    assert MAY.count(date(2026, 5, 1), date(2026, 5, 9)) == 5
    assert MAY.weight_of(date(2026, 4, 30), date(2026, 5, 16)) == 1 + 4 + 0.5 + 4 + 2


def test_nothing_between_two_days_the_wrong_way_round():
    assert MAY.count(date(2026, 5, 9), date(2026, 5, 8)) == 0
    assert MAY.weight_of(date(2026, 5, 9), date(2026, 5, 1)) == 0


def test_leave_takes_its_first_and_its_last_day():
    away = [(date(2026, 5, 5), date(2026, 5, 6)), (date(2026, 5, 8), date(2026, 5, 8))]
    works, weight = MAY.working(date(2026, 5, 4), date(2026, 5, 9), away)
    assert works.tolist() == [False, False, False, True, False, True]
    assert weight.tolist() == [0, 0, 0, 1, 0, 0.5]


def test_a_day_off_moves_on_to_the_next_worked_one_or_back_to_the_last():
    days = "2026-04-30", "2026-05-01", "2026-05-02", "2026-05-04", "NaT", "2026-05-09", "2026-05-10"
    assert moved(MAY.next_working, *days) == [
        "2026-04-30", "2026-05-05", "2026-05-05", "2026-05-05", "NaT", "2026-05-09", "2026-05-11",
    ]  # fmt: skip
    assert moved(MAY.last_working, *days) == [
        "2026-04-30", "2026-04-30", "2026-04-30", "2026-04-30", "NaT", "2026-05-09", "2026-05-09",
    ]  # fmt: skip
    assert moved(MAY.next_working, "NaT") == ["NaT"]
    assert moved(MAY.next_working) == []


def shut(first: str, days: int) -> WorkCalendar:
    """No work on so many days."""
    closed = pd.date_range(first, periods=days)
    return WorkCalendar.from_frame(pd.DataFrame({"date": closed, "workday": False, "weight": 1.0}))


@pytest.mark.parametrize(
    ("closed", "after", "before"),
    [(60, "2026-06-30", "2026-04-30"), (61, "2026-05-01", "2026-06-30")],  # from Friday the 1st of May on
)
def test_sixty_days_without_work_are_the_longest_break(closed, after, before):
    calendar, last = shut("2026-05-01", closed), str(date(2026, 5, 1) + timedelta(days=closed - 1))
    assert moved(calendar.next_working, "2026-05-01") == [after]
    assert moved(calendar.last_working, last) == [before]
    # whatever days they are asked with
    assert moved(calendar.next_working, "2026-05-01", "2026-09-01") == [after, "2026-09-01"]
    assert moved(calendar.last_working, "2026-01-01", last) == ["2026-01-01", before]


def test_no_day_worked_at_all_leaves_every_day_where_it_is():
    always = shut("2026-01-01", 365)
    days = ["2026-05-02", "2026-05-01", "NaT"]
    assert moved(always.next_working, *days) == moved(always.last_working, *days) == days


days = st.dates(date(2026, 4, 1), date(2026, 6, 30))


@given(
    said=st.dictionaries(days, st.tuples(st.sampled_from([True, False, None]), st.sampled_from([0.5, 1.0, 2.0]))),
    away=st.lists(st.tuples(days, days).map(lambda two: (min(two), max(two))), max_size=2),
    first=days,
    length=st.integers(0, 40),
)
def test_it_is_the_calendar_read_day_by_day(said, away, first, length):
    listed = [(pd.Timestamp(day), works, weight) for day, (works, weight) in said.items()]
    frame = pd.DataFrame(listed, columns=["date", "workday", "weight"])
    calendar = WorkCalendar.from_frame(frame.astype({"date": "datetime64[s]"}))
    wanted = []
    for day in (first + timedelta(days=n) for n in range(length)):
        works, weight = said.get(day, (None, 1.0))
        works = day.weekday() < 5 if works is None else works
        at_work = works and not any(start <= day <= end for start, end in away)
        wanted.append((at_work, weight if at_work else 0.0))
    works, weight = calendar.working(first, first + timedelta(days=length - 1), away)
    assert list(zip(works.tolist(), weight.tolist(), strict=True)) == wanted


def test_a_person_s_leave():
    leave = rows("""
        person | from       | to
        小李   | 2026-05-04 | 2026-05-06
        小张   | 2026-05-07 | 2026-05-08
        小李   | -          | 2026-05-20
        小李   | 2026-05-11 | -
    """)
    assert leave_of(leave, "小李") == [(date(2026, 5, 4), date(2026, 5, 6)), (date(2026, 5, 11), date(2026, 5, 11))]
    assert leave_of(leave, "小张") == [(date(2026, 5, 7), date(2026, 5, 8))]
    assert leave_of(leave, "小王") == leave_of(leave, "小丁") == []
