from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book import dates, values
from funnelbook.book.dates import clock, day_order
from funnelbook.book.values import BAD

DAY = date(2026, 5, 20)


def moment(value, **options):
    return dates.moment(value, **({"date1904": False, "as_of": DAY} | options))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026/5/3", (2026, 5, 3)),
        ("2026-05-03", (2026, 5, 3)),
        ("2026.5.3", (2026, 5, 3)),
        ("2026年5月3日", (2026, 5, 3)),
        ("２０２６年５月３日", (2026, 5, 3)),
        ("5月3日", (2026, 5, 3)),
        ("12月3日", (2025, 12, 3)),
        ("20260503", (2026, 5, 3)),
        (20260503.0, (2026, 5, 3)),
        (46145.0, (2026, 5, 3)),
        ("46145", (2026, 5, 3)),
        ("2026-05-03 14:05", (2026, 5, 3, 14, 5)),
        ("2026/5/3 下午2:05", (2026, 5, 3, 14, 5)),
        ("2026-05-19 12:15 AM", (2026, 5, 19, 0, 15)),
        ("2026年5月19日 上午12:05", (2026, 5, 19, 0, 5)),
        ("2026-05-19 12:05 PM", (2026, 5, 19, 12, 5)),
        ("2026年5月3日14时5分", (2026, 5, 3, 14, 5)),
        ("2026-05-19T08:10:21+08:00", (2026, 5, 19, 8, 10, 21)),
        ("2026-05-19T16:30:00Z", (2026, 5, 20, 0, 30)),
        ("2026-05-19 23:30:00 -0500", (2026, 5, 20, 12, 30)),
        ("2026-05-19 1:05 p.m.", (2026, 5, 19, 13, 5)),
        ("2026-05-19 晚上8:05", (2026, 5, 19, 20, 5)),
        ("2026年5月19日凌晨1点", (2026, 5, 19, 1)),
        ("5月19日中午12点", (2026, 5, 19, 12)),
        ("19/05/2026, 23:57:03", (2026, 5, 19, 23, 57, 3)),
        ("5/19/2026, 1:05:09 PM", (2026, 5, 19, 13, 5, 9)),
        ("2026-05-19 23:57:03,120", (2026, 5, 19, 23, 57, 3)),
        ("2026-05-19T23:57:03.120456", (2026, 5, 19, 23, 57, 3)),
        ("5/19/26 13:57", (2026, 5, 19, 13, 57)),
        ("26.5.19", (2026, 5, 19)),
        ("19/5/26", (2026, 5, 19)),
        ("3/5/78", (1978, 3, 5)),
        ("14-Apr-26", (2026, 4, 14)),
        ("3 May 2026 09:05", (2026, 5, 3, 9, 5)),
        ("May 3, 2026", (2026, 5, 3)),
        ("Sept. 3", (2026, 9, 3)),
        ("2026.5.3日", (2026, 5, 3)),
        ("5/3/2026", (2026, 5, 3)),
        ("02-20-2026", (2026, 2, 20)),
        ("25/3/2026", (2026, 3, 25)),
        (date(2026, 5, 3), (2026, 5, 3)),
        ("26年3月5日", (2026, 3, 5)),
        ("5-18 9:05", (2026, 5, 18, 9, 5)),
        ("5.18 14:05", (2026, 5, 18, 14, 5)),
        ("5/18 下午2点半", (2026, 5, 18, 14, 30)),
        ("20260519140500", (2026, 5, 19, 14, 5)),
        ("20260519 140500", (2026, 5, 19, 14, 5)),
        (20260519140500.0, (2026, 5, 19, 14, 5)),
        ("2026-05-19 14.05 Uhr", (2026, 5, 19, 14, 5)),
        # from when to when is no offset
        ("2026-05-19 09:00-09:05", (2026, 5, 19, 9)),
        ("2026-05-19 14:00-14:30", (2026, 5, 19, 14)),
        ("2026-05-19 09:00 ~ 10:00", (2026, 5, 19, 9)),
        ("2026-05-19 09:00-05:00", (2026, 5, 19, 22)),
        ("2026-05-19T03:00-05:00", (2026, 5, 19, 16)),
    ],
)
def test_dates_as_people_type_them(typed, meant):
    assert moment(typed) == datetime(*meant)


@pytest.mark.parametrize(
    "typed",
    [
        "2月30日",
        "2026-13-01",
        "soon",
        12.0,
        -5.0,
        "1899-12-31",
        datetime(1899, 12, 31),
        True,
        "2026-05-03 25:00",
        "31/31/2026",
        "2026-05-03 晚上12点",
        "2026-05-031",
        "Maybe 3",
        "2026-05-03 14:05+99",
    ],
)
def test_impossible_dates(typed):
    assert moment(typed) is BAD


def test_serials_of_the_1904_system():
    assert moment(44683.0, date1904=True) == datetime(2026, 5, 3)  # 46145 - 1462


def order(*texts, past=False):
    return day_order(texts, DAY, past=past)


@pytest.mark.parametrize(
    ("column", "past", "text", "meant"),
    [
        (["3/5/2026", "25/5/2026"], False, "3/5/2026", (2026, 5, 3)),
        (["3/5/2026", "5/25/2026"], False, "3/5/2026", (2026, 3, 5)),
        # by separator: each says its own
        (["20/03/2026", "02-20-2026", "4/5/2026", "4-5-2026"], False, "4/5/2026", (2026, 5, 4)),
        (["20/03/2026", "02-20-2026", "4/5/2026", "4-5-2026"], False, "4-5-2026", (2026, 4, 5)),
        # what cannot lie after 20 May
        (["07/05/2026 09:00", "08/05/2026 09:00"], True, "07/05/2026 09:00", (2026, 5, 7, 9)),
        (["07/05/2026", "08/05/2026"], False, "07/05/2026", (2026, 7, 5)),
        # two digits
        (["3/5/26", "15/5/26"], True, "3/5/26", (2026, 5, 3)),
        (["26/5/3", "26/5/19"], True, "26/5/3", (2026, 5, 3)),
    ],
)
def test_the_column_says_which_part_is_the_day(column, past, text, meant):
    assert moment(text, order=order(*column, past=past)) == datetime(*meant)


def test_what_nothing_decides_is_said():
    assert order("3/5/2026", "4/4/2026", "2026-05-03").unsure == ("3/5/2026",)
    assert order("3/5/2026", "25/5/2026").unsure == ()
    assert order("3/5/2026", "25/5/2026", "5/25/2026").unsure == ("3/5/2026",)
    assert order("7/5/2026", past=True).unsure == ()
    assert order("4/3/2026", past=True).unsure == ("4/3/2026",)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("8:30", 510),
        ("8点半", 510),
        ("晚上9点", 1260),
        ("12:05 a.m.", 5),
        ("中午1点", 780),
        (0.375, 540),
        ("24:00", 1440),
    ],
)
def test_times_of_day(typed, minutes):
    assert clock(typed) == minutes


@pytest.mark.parametrize("typed", ["晚上12点", "25:00", "8:30Z", "soon"])
def test_no_times_of_day(typed):
    assert clock(typed) is BAD


SPELLINGS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]


@given(st.dates(date(1930, 1, 1), date(2199, 12, 31)), st.sampled_from(SPELLINGS))
def test_a_date_in_any_spelling_reads_back(day, spelling):
    assert moment(day.strftime(spelling)).date() == day


@given(st.dates(date(1932, 1, 1), date(2199, 12, 31)), st.booleans())
def test_a_serial_reads_back_in_both_systems(day, date1904):
    epoch = values.EPOCH_1904 if date1904 else values.EPOCH
    assert moment(float((datetime(day.year, day.month, day.day) - epoch).days), date1904=date1904).date() == day


@given(st.text())
def test_any_text_is_read_or_bad_and_never_an_exception(text):
    moment(text), clock(text), day_order([text], DAY)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), "1e999"])
def test_no_day_is_infinite(value):
    assert dates.moment(value, date1904=False, as_of=date(2026, 5, 20)) is values.BAD


def test_a_month_behind_a_dash_has_its_year_unless_the_column_writes_days_so():
    assert moment("Dec-25", order=day_order(["May-26", "Apr-26", "Dec-25"], DAY)) == datetime(2025, 12, 1)
    assert moment("Apr-26", order=day_order(["May-03", "Apr-26"], DAY)) == datetime(2026, 4, 26)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 5, 19, 23)), st.integers(1, 55))
def test_a_call_from_to_began_at_its_beginning(start, minutes):
    start = start.replace(second=0, microsecond=0)
    end = (start + timedelta(minutes=minutes)).strftime("%H:%M")
    if end > start.strftime("%H:%M"):
        assert moment(f"{start:%Y-%m-%d %H:%M}-{end}") == start
