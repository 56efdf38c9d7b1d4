from calendar import monthrange
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
        ("2026.10", "2026-10-01", "2026-10-31"),
        ("2026.1月", "2026-01-01", "2026-01-31"),
        (2026.01, "2026-01-01", "2026-01-31"),
        ("202612", "2026-12-01", "2026-12-31"),
        ("2026-05-20", "2026-05-01", "2026-05-31"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026Q1", "2026-01-01", "2026-03-31"),
        ("2026年四季度", "2026-10-01", "2026-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026年第二季度", "2026-04-01", "2026-06-30"),
        ("May 2026", "2026-05-01", "2026-05-31"),
        ("Sept. 2026", "2026-09-01", "2026-09-30"),
        ("2026-Dec", "2026-12-01", "2026-12-31"),
        ("05/2026", "2026-05-01", "2026-05-31"),
        ("Q2 2026", "2026-04-01", "2026-06-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026-04-01/2026-06-30", "2026-04-01", "2026-06-30"),
        ("2026年4月1日至2026年6月30日", "2026-04-01", "2026-06-30"),
    ],
)
def test_what_people_write(text, start, end):
    got = periods.parse(text)
    assert (got.start.isoformat(), got.end.isoformat()) == (start, end)


@pytest.mark.parametrize("month", range(1, 13))
def test_months_end_with_their_last_day(month):
    _, days = monthrange(2028, month)
    assert periods.parse(f"2028-{month}") == periods.Period(
        date(2028, month, 1), date(2028, month, days), f"2028-{month:02d}"
    )


# 2026.1 is what a cell makes of 2026.10
@pytest.mark.parametrize(
    "text", ["", "five", "13/2026", "Maybe 2026 soon", "2026-13", "2026-Q5", "2026-06-30/2026-04-01", "2026.1", 2026.1]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        periods.parse(text)
    assert not periods.is_period(text)


@pytest.mark.parametrize("text", ["2026-05", "2026-Q2", "2026", "2026-04-01/2026-04-01"])
def test_a_period_is_called_as_it_is_written_and_holds_its_first_and_last_day(text):
    found = periods.parse(text)
    assert found.label == text
    assert periods.is_period(text)
    around = [found.start - timedelta(days=1), found.start, found.end, found.end + timedelta(days=1)]
    assert [day in found for day in around] == [False, True, True, False]


@pytest.mark.parametrize(
    ("day", "week"), [(date(2026, 1, 4), "2026-W01"), (date(2027, 1, 3), "2026-W53"), (date(2026, 5, 20), "2026-W21")]
)
def test_weeks_are_those_of_iso(day, week):
    assert periods.week_of(day) == week


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
        ("2026-04", "2026-05", date(2026, 5, 1), date(2026, 5, 31)),
        ("2026-Q4", "2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("2026-Q1", "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q2", "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q3", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", "2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2026-05-04/2026-05-17", "2026-05-18/2026-05-31", date(2026, 5, 18), date(2026, 5, 31)),
        ("2026-05-03/2026-05-03", "2026-05-04/2026-05-04", date(2026, 5, 4), date(2026, 5, 4)),
    ],
)
def test_the_period_after(text, label, first, last):
    found = periods.after(periods.parse(text))
    assert (found.label, found.start, found.end) == (label, first, last)
    assert periods.before(found) == periods.parse(text)
