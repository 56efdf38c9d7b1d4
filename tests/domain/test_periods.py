from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-05", "2026-05-01", "2026-05-31"),
        ("2026年5月", "2026-05-01", "2026-05-31"),
        ("２０２６年５月", "2026-05-01", "2026-05-31"),
        (datetime(2026, 5, 1), "2026-05-01", "2026-05-31"),
        ("2026-05-01 00:00:00", "2026-05-01", "2026-05-31"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026年第二季度", "2026-04-01", "2026-06-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026-04-01/2026-06-30", "2026-04-01", "2026-06-30"),
        ("2026年4月1日至2026年6月30日", "2026-04-01", "2026-06-30"),
    ],
)
def test_what_people_write(text, start, end):
    got = periods.parse(text)
    assert (got.start.isoformat(), got.end.isoformat()) == (start, end)


@pytest.mark.parametrize("text", ["", "five", "2026-13", "2026-Q5", "2026-06-30/2026-04-01"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        periods.parse(text)


def test_weeks_are_cut_to_the_period():
    got = periods.weeks(periods.parse("2026-05"))
    assert got["week"].tolist() == ["2026-W18", "2026-W19", "2026-W20", "2026-W21", "2026-W22"]
    assert got["from"].dt.day.tolist() == [1, 4, 11, 18, 25]
    assert got["to"].dt.day.tolist() == [3, 10, 17, 24, 31]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_weeks_cover_every_day_once(start, length):
    end = start + timedelta(days=length)
    got = periods.weeks(periods.Period(start, end, ""))
    days = [d for a, b in zip(got["from"], got["to"], strict=True) for d in range(a.toordinal(), b.toordinal() + 1)]
    assert days == list(range(start.toordinal(), end.toordinal() + 1))
    assert got["week"].is_unique


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("2026-12", "2027-01", date(2027, 1, 1), date(2027, 1, 31)),
        ("2026-Q4", "2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("2026", "2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2026-05-04/2026-05-17", "2026-05-18/2026-05-31", date(2026, 5, 18), date(2026, 5, 31)),
        ("2026-05-03/2026-05-03", "2026-05-04/2026-05-04", date(2026, 5, 4), date(2026, 5, 4)),
    ],
)
def test_the_period_after(text, label, first, last):
    found = periods.after(periods.parse(text))
    assert (found.label, found.start, found.end) == (label, first, last)
