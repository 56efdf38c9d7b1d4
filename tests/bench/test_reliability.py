"""Whether the chances come true: books cut at past days, the chances told then against what happened after.

Run: `uv run pytest tests/bench/test_reliability.py -o addopts= -s`. It prints the tables of docs/calibration.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pandas as pd
import pytest

from funnelbook import sample
from funnelbook.domain.periods import Period, parse
from funnelbook.hosts.memory import MemoryBook
from funnelbook.sample.law import LAW, Law
from support import reliability
from support.external import SHARED, need
from support.teams import book_of_team

pytestmark = pytest.mark.slow
TEAMS, SAMPLE_CUTS, SAMPLE_GAPS = 12, (date(2026, 4, 22), date(2026, 4, 29)), (1, 2, 3, 5)
CLOSED = replace(LAW, lost=(1.0,) * len(LAW.lost))  # who does not go on is marked lost
# three whole weeks before the end, so that nothing is rounded up; a quarter holds high and low months
MAVEN_MONTHS = [parse(f"2017-{month:02d}") for month in range(6, 12)]
MAVEN_QUARTERS = [parse("2017-Q2"), parse("2017-Q3"), parse("2017-Q4")]
MAVEN_GAPS = {3: (2, 4, 8, 12), 6: (4, 8, 16, 24)}
Found = tuple[pd.DataFrame, pd.DataFrame]  # chances told, orders by source


def test_teams_that_close_what_is_dead():
    told = _of_samples("dead cases closed", CLOSED)
    _beats(told[told["of"] == "orders"], "base", "pace")


def test_teams_that_leave_dead_cases_open():
    _is_in_order(_of_samples("dead cases left open", LAW))


def test_maven_months():
    _is_in_order(_of_maven(MAVEN_MONTHS, 3))


def test_maven_quarters():
    _is_in_order(_of_maven(MAVEN_QUARTERS, 6))


def _beats(told: pd.DataFrame, *benchmarks: str) -> None:
    told = reliability.base_rates(told)
    for name in benchmarks:
        assert reliability.brier(told) < reliability.brier(told, name), name


def _is_in_order(told: pd.DataFrame) -> None:
    """Higher chances come true more often."""
    for _, kind in told.groupby("of"):
        table = reliability.table(kind)
        assert table.loc[table["cases"] >= 50, "happened"].is_monotonic_increasing


def _shown(title: str, found: Iterable[list[Found]]) -> pd.DataFrame:
    told, sources = zip(*(cut for cuts in found for cut in cuts), strict=True)
    told = pd.concat(told, ignore_index=True)
    reliability.show(title, told, reliability.summed(sources))
    return told


def _of_samples(title: str, law: Law) -> pd.DataFrame:
    with ProcessPoolExecutor(2) as pool:
        return _shown(f"{TEAMS} sample teams, {title}", pool.map(partial(_of_sample, law=law), range(1, TEAMS + 1)))


def _of_sample(seed: int, law: Law) -> list[Found]:
    team = sample.team(seed, dirt=False, law=law)
    for row in team.rows["Customers"]:  # what the book says of a later day
        row["tier"] = row["closed"] = row["next_contact"] = row["objection"] = None
    book, parts = book_of_team(team), []
    for cut in SAMPLE_CUTS:
        end = cut + timedelta(days=20)
        later = pd.DataFrame([o for o in team.rows["Orders"] if cut < o["date"] <= end and o["status"] == "valid"])
        situation = reliability.situation_of(book, cut, f"{cut}/{end}")
        parts.append((reliability.told(situation, later, SAMPLE_GAPS), reliability.by_source(situation, later)))
    return parts


def _of_maven(periods: list[Period], weeks: int) -> pd.DataFrame:
    need("shared")
    with (SHARED / "data" / "maven_sales_pipeline.csv").open(encoding="utf-8") as file:
        deals = [deal for deal in csv.DictReader(file) if deal["engage_date"]]
    with ProcessPoolExecutor(2) as pool:
        title = f"Maven {periods[0].label} .. {periods[-1].label}, {weeks} weeks before the end"
        return _shown(title, pool.map(partial(_of_deals, deals, weeks), periods))


def _of_deals(deals: list[dict[str, str]], weeks: int, period: Period) -> list[Found]:
    cut = period.end - timedelta(days=7 * weeks - 1)
    situation = reliability.situation_of(_book_of_deals(deals, cut), cut, period.label)
    later = pd.DataFrame(
        [
            {"id": d["opportunity_id"], "owner": d["sales_agent"], "amount": float(d["close_value"])}
            for d in deals
            if d["deal_stage"] == "Won" and cut < _day(d["close_date"]).date() <= period.end
        ]
    )
    return [(reliability.told(situation, later, MAVEN_GAPS[weeks]), reliability.by_source(situation, later))]


def _book_of_deals(deals: list[dict[str, str]], cut: date) -> MemoryBook:
    """The deals as they stood at the end of a day."""
    owner, key = "sales_agent", "opportunity_id"
    known = [deal for deal in deals if _day(deal["engage_date"]).date() <= cut]
    past = [deal for deal in known if deal["close_date"] and _day(deal["close_date"]).date() <= cut]
    book = MemoryBook()
    book.grids["Customers"] = [["Customer ID", "Customer", "Owner", "Created"]] + [
        [d[key], d["account"], d[owner], _day(d["engage_date"])] for d in known
    ]
    moves = [[_day(d["engage_date"]), d[key], d[owner], "Engaging"] for d in known]
    moves += [[_day(d["close_date"]), d[key], d[owner], "Lost"] for d in past if d["deal_stage"] == "Lost"]
    book.grids["Activities"] = [["Time", "Customer ID", "Owner", "Tier after"], *moves]
    book.grids["Orders"] = [["Order ID", "Date", "Customer ID", "Owner", "Amount"]] + [
        [f"O{d[key]}", _day(d["close_date"]), d[key], d[owner], float(d["close_value"])]
        for d in past
        if d["deal_stage"] == "Won"
    ]
    # every deal with an engage date begins as Engaging
    book.grids["Tiers"] = [["Order", "Code", "Default rate", "Dwell days"], [1.0, "Prospecting", 0.99, 1.0]]
    book.grids["Tiers"].append([2.0, "Engaging", 0.6, 45.0])
    return book


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%m/%d/%Y")
