"""Days as people, COM and Python write them; what is none, with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import call
from support.com_values import PyTime

NA, VALUE = CellError("#N/A"), CellError("#VALUE!")
CHINA = timezone(timedelta(hours=8))
TIERS = [["A", 2.0], ["B", 3.0]]


def of(name: str, *arguments: object) -> list[list[object]]:
    return call(name, arguments, "zh")


def why(name: str, *arguments: object, language: str = "zh") -> str:
    return call("FB_WHY", (name, *arguments), language)[0][0]


@pytest.mark.parametrize(
    "third_of_june",
    [
        46176,
        46176.0,
        46176.75,
        "46176",
        20260603,
        "20260603",
        "2026-06-03",
        "2026/6/3",
        "2026年6月3日",
        "２０２６－０６－０３",
        "2026-06-03 18:30",
        date(2026, 6, 3),
        datetime(2026, 6, 3, 23, 59),
        datetime(2026, 6, 3, 1, 0, tzinfo=UTC),
        datetime(2026, 6, 3, 1, 0, tzinfo=CHINA),
        PyTime(2026, 6, 3, 1, 0, tzinfo=CHINA),
        np.datetime64("2026-06-03T10:00"),
        pd.Timestamp("2026-06-03"),
        pd.Timestamp("2026-06-03", tz="Asia/Shanghai"),
        Decimal("46176"),
    ],
)
def test_a_day_as_people_and_com_write_it(third_of_june):
    assert of("FB_NEXT", "A", third_of_june, TIERS) == [[datetime(2026, 6, 5)]]
    assert of("FB_WORKDAYS", third_of_june, "2026-06-05") == [[3.0]]
    assert of("FB_WEEKS", 3, third_of_june, "2026-06-05") == [["2026-W23", 3.0, 3.0]]


@pytest.mark.parametrize("far", [datetime(1899, 12, 30), datetime(9999, 12, 31), "9999-12-31", 10.0, 1e9])
def test_a_day_nobody_means(far):
    assert of("FB_NEXT", ["A", "A"], [datetime(2026, 6, 3), far], TIERS) == [[datetime(2026, 6, 5), VALUE]]
    assert of("FB_RATES", "K1", "E", far, ["E", "D"], 46143) == [[NA]]


@pytest.mark.parametrize(
    "part",
    [
        "6月1日",
        "6月1号",
        "06/01",
        "6-1",
        "2月30日",
        "2026年6月",
        "2026-06",
        "2026.6",
        "６月１日",
        "6月",
        "6月1日 10:00",
    ],
)
def test_a_day_without_its_year_or_a_month_is_asked_for_in_full(part):
    for name, arguments in (
        ("FB_WEEKS", (1, part, 46143)),
        ("FB_WORKDAYS", (46143, part)),
        ("FB_NEXT", ("A", part, TIERS)),
    ):
        assert of(name, *arguments) == [[VALUE]]
        assert "请写上年份和日期，如 2026-06-01" in why(name, *arguments)
        assert "2026-06-01" in why(name, *arguments, language="en")


@pytest.mark.parametrize("wrong", ["2026-02-30", "五一", 6.1, "2026-13-01", True])
def test_what_is_no_day_at_all_is_said_to_be_none(wrong):
    assert "不是日期" in why("FB_WEEKS", 1, wrong, 46143)
