"""Whether the chances come true: books cut at past days, the chances told then against what happened after.

Run: `uv run pytest tests/bench/test_reliability.py -o addopts= -s`. It prints the tables of docs/calibration.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
from teams import book_of_team

from external import SHARED, need
from funnelbook import sample
from funnelbook.book import results
from funnelbook.book.decode import decode
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.domain.periods import parse
from funnelbook.hosts.memory import MemoryBook
from funnelbook.results.board import forecast
from funnelbook.results.chance import chances
from funnelbook.results.goals import goals
from funnelbook.results.situation import Situation
from funnelbook.results.week_plan import plan

BINS = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
FACTORS = (0.7, 1.0, 1.3)  # targets around the forecast, so that chances of every size are told
TEAMS, SAMPLE_CUTS = 12, (date(2026, 4, 22), date(2026, 4, 29))
MAVEN_CUTS = [date(2017, month, 14) for month in range(6, 12)]
Events = Mapping[str, tuple[float, float]]  # person (or "": the team) -> orders and amount in the period


def test_generated_teams():
    with ProcessPoolExecutor(2) as pool:
        told = pd.concat(pool.map(_of_sample, range(1, TEAMS + 1)), ignore_index=True)
    _show(f"{TEAMS} generated teams, {len(SAMPLE_CUTS)} cuts each", told)
    for kind in ("orders", "amount"):
        _is_calibrated(told[told["of"] == kind], 0.12)


def test_maven_pipeline():
    need("shared")
    with (SHARED / "data" / "maven_sales_pipeline.csv").open(encoding="utf-8") as file:
        deals = [deal for deal in csv.DictReader(file) if deal["engage_date"]]
    with ProcessPoolExecutor(2) as pool:
        told = pd.concat(pool.map(_of_maven, [deals] * len(MAVEN_CUTS), MAVEN_CUTS), ignore_index=True)
    _show(f"Maven, {len(MAVEN_CUTS)} cuts", told)
    for kind in ("orders", "amount"):
        _is_calibrated(told[told["of"] == kind], 0.35)


def _is_calibrated(told: pd.DataFrame, most: float) -> None:
    """Better than telling everybody the base rate, and no well filled bin further off than `most`."""
    assert _brier(told) < _brier(told.assign(chance=told["happened"].mean()))
    table = _reliability(told)
    full = table[table["cases"] >= 50]
    assert (full["told"] - full["happened"]).abs().max() <= most


def _told(book: Book, as_of: date, period: str, happened: Events) -> Iterator[pd.DataFrame]:
    """Chances of some targets as of a day, and whether each was made."""
    inputs = decode(book, locate(book), as_of)
    inputs = replace(inputs, settings=replace(inputs.settings, period=period))
    logs = [results.blank(TABLES[name]) for name in ("History", "PlanHistory")]
    situation = Situation(inputs, *logs, as_of, "en")
    aims = goals(situation, Problems())
    at_end = np.array([happened.get(person or "", (0.0, 0.0)) for person in situation.rows])
    expected, unit = forecast(situation, aims), np.nanmean(situation.orders["amount"])
    for factor in FACTORS:
        orders = np.ceil(factor * expected)
        aimed = replace(aims, target=aims.target | {"orders": orders, "amount": factor * expected * unit})
        shown = chances(situation, aimed, plan(situation, aimed).week_plan)
        for kind, column, j in (("orders", "chance", 0), ("amount", "chance_amount", 1)):
            made = at_end[:, j] >= aimed.target[kind]
            open_still = aimed.target[kind] > aimed.won[kind]
            frame = pd.DataFrame({"of": kind, "chance": shown[column], "happened": made})
            yield frame[open_still]


def _of_sample(seed: int) -> pd.DataFrame:
    team = sample.team(seed, dirt=False)
    for row in team.rows["Customers"]:  # what the book says of a later day
        row["tier"] = row["closed"] = row["next_contact"] = row["objection"] = None
    book = book_of_team(team)
    parts = []
    for cut in SAMPLE_CUTS:
        period = parse(f"{cut}/{cut + timedelta(days=20)}")
        orders = [o for o in team.rows["Orders"] if period.start <= o["date"] <= period.end and o["status"] == "valid"]
        parts += _told(book, cut, period.label, _sums((o["owner"], o["amount"]) for o in orders))
    return pd.concat(parts)


def _of_maven(deals: list[dict[str, str]], cut: date) -> pd.DataFrame:
    period = parse(f"{cut.year}-{cut.month:02d}")
    known = [deal for deal in deals if _day(deal["engage_date"]).date() <= cut]
    closed = [deal for deal in deals if deal["close_date"]]
    past = [deal for deal in closed if _day(deal["close_date"]).date() <= cut]
    won = [deal for deal in closed if deal["deal_stage"] == "Won"]
    owner, key = "sales_agent", "opportunity_id"
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
    book.grids["Tiers"] = [["Order", "Code", "Default rate", "Dwell days"], [1.0, "Prospecting", 0.6, 1.0]]
    book.grids["Tiers"].append([2.0, "Engaging", 0.6, 45.0])
    inside = [d for d in won if period.start <= _day(d["close_date"]).date() <= period.end]
    happened = _sums((d[owner], float(d["close_value"])) for d in inside)
    return pd.concat(_told(book, cut, period.label, happened))


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%m/%d/%Y")


def _sums(orders: Iterator[tuple[str, float]]) -> dict[str, tuple[float, float]]:
    sums: dict[str, tuple[float, float]] = {}
    for person, amount in orders:
        for name in (person, ""):
            count, total = sums.get(name, (0.0, 0.0))
            sums[name] = (count + 1, total + amount)
    return sums


def _brier(told: pd.DataFrame) -> float:
    return float(((told["chance"] - told["happened"]) ** 2).mean())


def _reliability(told: pd.DataFrame) -> pd.DataFrame:
    bins = pd.cut(told["chance"], BINS, include_lowest=True)
    groups = told.groupby(bins, observed=True)
    return pd.DataFrame(
        {"cases": groups.size(), "told": groups["chance"].mean(), "happened": groups["happened"].mean()}
    )


def _show(title: str, told: pd.DataFrame) -> None:
    for kind, rows in told.groupby("of", sort=False):
        base = _brier(rows.assign(chance=rows["happened"].mean()))
        print(f"\n{title}, {kind}: {len(rows)} chances, Brier {_brier(rows):.3f}, base rate alone {base:.3f}")
        print(_reliability(rows).round(3).to_string())
