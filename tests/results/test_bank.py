"""A real telephone campaign of 45,211 calls (UCI Bank Marketing, CC BY 4.0, Moro, Cortez and Rita 2014), counted twice."""

from __future__ import annotations

import collections
import csv
import gzip
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from funnelbook.domain.limits import NO_EVIDENCE, proportion_limits
from support.adopted import adopted, refreshed, table
from support.external import SHARED, need

DAY = date(2012, 1, 31)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PERSON = "Ana"


@pytest.fixture(scope="module")
def calls() -> list[dict[str, object]]:
    """The file's rows in order, each with a day: the year rises when the month falls, from May 2008 on."""
    need("shared")
    with gzip.open(SHARED / "data" / "bank-full.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    year, before = 2008, 0
    for row in rows:
        month = _MONTHS.index(row["month"]) + 1
        year, before = year + (month < before), month
        row["date"] = datetime(year, month, int(row["day"]), 10)
    return rows


@pytest.fixture(scope="module")
def book(calls):
    customers = [["Customer ID", "Customer", "Owner"]]
    activities = [["Activity ID", "Time", "Customer ID", "Owner", "Channel", "Connected", "Minutes", "Outcome"]]
    for number, row in enumerate(calls, 1):
        seconds, bought = float(row["duration"]), row["y"] == "yes"
        customers.append([str(number), f"Client {number}", _PERSON])
        said = "Yes" if seconds > 0 else "No"
        outcome = "Bought" if bought else "Other"
        activities.append([str(number), row["date"], str(number), _PERSON, "Phone", said, seconds / 60, outcome])
    book = adopted(
        "en",
        customers=customers,
        activities=activities,
        Outcomes="Outcome | Tier after\nBought | Won\nOther | -",
        people=f"Person | Active\n{_PERSON} | Yes",
        Settings=f"Key | Value\nperiod | 2008-05-01/{DAY}\nlanguage | en",
    )
    assert refreshed(book, DAY).written
    return book


def test_the_days_are_those_of_the_file(book, calls):
    report = table(book, "DailyReport")
    for mine in (report[report["person"].isna()], report[report["person"] == _PERSON]):
        for column, counts in (
            ("calls", lambda row: True),
            ("connects", lambda row: int(row["duration"]) > 0),
            ("orders", lambda row: row["y"] == "yes"),
        ):
            counted = collections.Counter(row["date"].date() for row in calls if counts(row))
            got = {day.date(): n for day, n in zip(mine["date"], mine[column], strict=True) if n}
            assert got == dict(counted), column
        assert mine["calls"].sum() == len(calls) == 45_211
        assert mine["orders"].sum() == 5_289
        assert mine["minutes"].sum() == pytest.approx(sum(int(row["duration"]) for row in calls) / 60)


def test_efficiency_is_that_of_the_file(book, calls):
    weekdays = np.busday_count("2008-05-01", np.datetime64(DAY + timedelta(days=1)))
    connects = sum(int(row["duration"]) > 0 for row in calls)
    for _, row in table(book, "Efficiency").iterrows():
        assert row["calls_per_day"] == pytest.approx(45_211 / weekdays)
        assert row["connects_per_order"] == pytest.approx(connects / 5_289)
        assert row["calls_per_order"] == pytest.approx(45_211 / 5_289)


def test_limits_by_month_need_no_second_person(book):
    report = table(book, "DailyReport")
    mine = report[report["person"] == _PERSON]
    alone = proportion_limits(mine["orders"].sum(), mine["calls"].sum())
    assert alone.verdict.tolist() == [NO_EVIDENCE]
    months = mine.groupby(mine["date"].dt.to_period("M"))[["orders", "calls"]].sum()
    limits = proportion_limits(months["orders"].to_numpy(), months["calls"].to_numpy())
    others = (5_289 - months["orders"]) / (45_211 - months["calls"])
    assert limits.benchmark == pytest.approx(others.to_numpy())
