from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book import values
from funnelbook.book.values import BAD

DAY = date(2026, 5, 20)


def moment(value, **options):
    return values.moment(value, **({"date1904": False, "as_of": DAY} | options))


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
        ("2026-05-03T14:05:09Z", (2026, 5, 3, 14, 5, 9)),
        ("5/3/2026", (2026, 5, 3)),
        ("25/3/2026", (2026, 3, 25)),
        (date(2026, 5, 3), (2026, 5, 3)),
    ],
)
def test_dates_as_people_type_them(typed, meant):
    assert moment(typed) == datetime(*meant)


@pytest.mark.parametrize(
    "typed",
    ["2月30日", "2026-13-01", "soon", 12.0, -5.0, "1899-12-31", datetime(1899, 12, 31), True, "2026-05-03 25:00"],
)
def test_impossible_dates(typed):
    assert moment(typed) is BAD


def test_serials_of_the_1904_system():
    assert moment(44683.0, date1904=True) == datetime(2026, 5, 3)  # 46145 - 1462


def test_the_day_comes_first_where_the_column_says_so():
    assert values.day_comes_first(["3/5/2026", "25/5/2026"])
    assert moment("3/5/2026", day_first=True) == datetime(2026, 5, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,234.50", 1234.5),
        ("￥3万", 30000),
        ("¥1.2万元", 12000),
        ("45%", 0.45),
        ("１２３", 123),
        ("-5", -5),
        ("(120)", -120),
        ("2亿", 2e8),
        ("1e3", 1000),
        (7, 7.0),
        ("  ", None),
        ("", None),
        ("三", BAD),
        (True, BAD),
        ("12个", BAD),
        ("$5", 5),
    ],
)
def test_numbers_as_people_type_them(typed, meant):
    assert values.number(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("是", True),
        ("Y", True),
        ("1", True),
        (1.0, True),
        ("√", True),
        ("否", False),
        ("No", False),
        (0.0, False),
        ("", None),
        ("也许", BAD),
        (3.0, BAD),
    ],
)
def test_yes_and_no(typed, meant):
    assert values.flag(typed) is meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("007", "007"),
        (13800138000.0, "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        (12.5, "12.5"),
        (" A-1 ", "A-1"),
        ("", None),
    ],
)
def test_ids_and_phones_keep_their_zeros(typed, meant):
    assert values.identifier(typed) == meant


SPELLINGS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]


@given(st.dates(date(1930, 1, 1), date(2199, 12, 31)), st.sampled_from(SPELLINGS))
def test_a_date_in_any_spelling_reads_back(day, spelling):
    assert moment(day.strftime(spelling)).date() == day


@given(st.dates(date(1932, 1, 1), date(2199, 12, 31)), st.booleans())
def test_a_serial_reads_back_in_both_systems(day, date1904):
    epoch = values.EPOCH_1904 if date1904 else values.EPOCH
    assert moment(float((datetime(day.year, day.month, day.day) - epoch).days), date1904=date1904).date() == day


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 2)))
def test_a_number_with_thousands_reads_back(x):
    assert values.number(f"{x:,.2f}") == pytest.approx(x)


@given(st.text())
def test_any_text_is_read_or_bad_and_never_an_exception(text):
    moment(text), values.number(text), values.flag(text), values.identifier(text)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), "1e999"])
def test_no_day_is_infinite(value):
    assert values.moment(value, date1904=False, as_of=date(2026, 5, 20)) is values.BAD
