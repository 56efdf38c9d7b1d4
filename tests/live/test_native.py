"""Ordinary spreadsheet formulas, worked out by LibreOffice, give the same funnel: an independent check of Funnelbook's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from funnelbook import sample, template
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.find import find
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.formulas.catalogue import call
from support.external import need
from support.native_book import NEED, NEED_COLUMNS, SPLIT, SPLIT_COLUMNS, TEAM, Given, team_book
from support.native_sheet import NativeBook

pytestmark = pytest.mark.live

AS_OF = date(2026, 5, 20)
INPUTS = ["Customers", "Activities", "Orders", "People", "Leave", "Targets"]
SETTINGS = ["Tiers", "Outcomes", "Ramp", "Calendar"]

# One of each: steps back, tiers skipped, lost and opened again, bought twice, cancelled and future orders, an owner who hands over,
# customers nobody called, owned by nobody or entered twice, results that name the tier, days on which everything happens
SMALL = {
    "Customers": """
        id | name | owner | tier | created
        a1 | 甲   | 小李  | -    | 2026-01-05
        a2 | 乙   | 小李  | D    | 2026-01-12
        a3 | 丙   | 小张  | C    | 2026-02-02
        a4 | 丁   | -     | -    | 2026-02-02
        a5 | 戊   | 小张  | B    | 2026-02-09
        a6 | 己   | 小张  | Lost | 2026-02-09
        a7 | 庚   | 小李  | -    | -
        a8 | 辛   | 小张  | 很好 | 2026-03-16
        a9 | 壬   | 小李  | -    | 2026-03-16
        b1 | 癸   | 小李  | E    | 2026-05-18
        b2 | 子   | 小王  | -    | 2026-05-21
        a3 | 丙   | 小张  | C    | 2026-02-02
    """,
    "Activities": """
        at               | id | owner | outcome    | tier_after | connected
        2026-01-06 09:00 | a1 | 小李  | 愿意了解   | -          | -
        2026-01-09 09:00 | a1 | 小李  | -          | B          | y
        2026-01-14 09:00 | a1 | 小李  | -          | C          | y
        2026-01-19 10:00 | a1 | 小李  | 成交       | -          | -
        2026-02-20 10:00 | a1 | 小张  | -          | D          | y
        2026-03-02 10:00 | a1 | 小张  | -          | Lost       | y
        2026-01-20 10:00 | a2 | 小李  | 无人接听   | -          | -
        2026-03-20 10:00 | a2 | 小李  | -          | A          | y
        2026-05-12 10:00 | a2 | 小李  | -          | Won        | y
        2026-02-16 10:00 | a4 | 小张  | -          | E          | y
        2026-02-18 10:00 | a4 | 小张  | 愿意了解   | -          | y
        2026-02-18 15:00 | a4 | 小李  | 认同有需求 | -          | y
        2026-02-18 11:00 | a4 | 小张  | -          | D          | y
        2026-03-09 10:00 | a7 | -     | -          | D          | y
        2026-03-10 10:00 | a7 | 小李  | -          | Lost       | y
        2026-04-10 10:00 | a7 | 小李  | -          | C          | y
        2026-03-17 10:00 | a9 | 小李  | 占线       | -          | -
        2026-05-21 10:00 | a9 | 小李  | -          | A          | y
        2月30日          | a9 | 小李  | -          | B          | y
        2026-05-06 10:00 | zz | 小李  | -          | B          | y
    """,
    "Orders": """
        order_id | date       | id | owner | amount | margin | status
        o1       | 2026-01-19 | a1 | 小李  | 1000   | 300    | valid
        o2       | 2026-05-12 | a2 | 小李  | 800.5  | 200    | -
        o3       | 2026-05-13 | a2 | 小李  | 50     | 20     | valid
        o4       | 2026-05-14 | a5 | -     | 400    | 100    | valid
        o5       | 2026-05-15 | a5 | 小张  | 70     | 10     | cancelled
        o6       | 2026-05-18 | a8 | 小张  | -90    | -      | valid
        o7       | 2026-05-25 | a9 | 小李  | 600    | 200    | valid
        o8       | 2026-04-30 | a4 | 小张  | -      | -      | valid
    """,
    "People": """
        person | start      | active | capacity
        小张   | 2024-01-02 | y      | 1
        小李   | 2024-01-02 | y      | 0.5
        小王   | 2026-04-20 | y      | -
        老周   | 2020-01-02 | y      | 1
    """,
    "Leave": """
        person | from       | to
        小张   | 2026-05-13 | 2026-05-18
        小李   | 2026-05-20 | -
    """,
    "Targets": """
        period  | person | revision | orders_proposed | orders | amount
        2026-05 | team   | 1        | 30              | 29     | 9000
        2026-05 | team   | 2        | 25              | 23     | 9999.99
        2026-05 | team   | 3        | 17              | -      | 9876.54
        2026-05 | 小王   | 1        | 4               | -      | -
        2026-06 | team   | 9        | 99              | 99     | 99
    """,
}


@dataclass(frozen=True)
class Both:
    """The same team twice: `native` by LibreOffice (tables of native_book.py), `ours` as a refreshed workbook shows it."""

    native: dict[str, pd.DataFrame]
    ours: dict[str, pd.DataFrame]

    def pairs(self, native: str, ours: str, keys: list[str]) -> pd.DataFrame:
        """Rows of both, side by side: columns of ours with the suffix _ours."""
        mine = self.ours[ours].assign(
            person=self.ours[ours]["person"].astype(object).where(self.ours[ours]["person"].notna(), TEAM)
        )
        joined = self.native[native].merge(mine, on=keys, how="outer", suffixes=("", "_ours"), indicator=True)
        assert (joined["_merge"] == "both").all()
        return joined


def _typed(name: str, value: object) -> object:
    if value == "-":
        return None
    if name in ("at", "date", "created", "start", "from", "to") and value[:4].isdigit():
        return datetime.fromisoformat(value) if name == "at" else date.fromisoformat(value)
    if name in ("connected", "active"):
        return value == "y"
    if name in ("amount", "margin", "capacity", "revision", "orders", "orders_proposed"):
        return float(value)
    return value


def _rows(text: str) -> list[dict[str, object]]:
    head, *body = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [{name: _typed(name, value) for name, value in zip(head, row, strict=True)} for row in body]


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


@pytest.fixture(scope="module", params=["sample", "small"])
def both(request, tmp_path_factory) -> Both:
    need("libreoffice")
    rows = sample.team(1, "zh").rows if request.param == "sample" else {name: _rows(SMALL[name]) for name in INPUTS}
    path: Path = tmp_path_factory.mktemp(request.param) / "team.xlsx"
    path.write_bytes(template.build("zh", rows=rows))
    assert refresh_file(path, AS_OF, "zh").status != "refused"
    seen = {
        name: show(path, TABLES[name], as_of=AS_OF) for name in (*SETTINGS, "Settings", "Funnel", "Shapes", "Board")
    }
    settings = seen["Settings"].set_index("key")["value"].map(lambda v: pd.to_numeric(v, errors="coerce"))
    funnel = seen["Funnel"].assign(person=seen["Funnel"]["person"].astype(object).fillna(TEAM)).dropna(subset="rate")
    rates, cases, cold = (
        {who: part[name].tolist() for who, part in funnel.groupby("person")} for name in ("rate", "cases", "cold")
    )
    given = Given(
        AS_OF, date(2026, 5, 1), date(2026, 5, 31), "2026-05",
        *map(float, settings[["prior_cases", "rate_window_days", "fairness"]]), rates, cases, cold, cold_ids(path),
    )  # fmt: skip
    tables = {name: rows[name] for name in INPUTS} | {name: _records(seen[name]) for name in SETTINGS}
    return Both(team_book(tables, given).worked_out(), seen)


def cold_ids(path: Path) -> frozenset[str]:
    """Customers who are cold, as Find lists them."""
    try:
        return frozenset(find(path, "不活跃", as_of=AS_OF).rows["id"].dropna())
    except BookError:  # nobody is
        return frozenset()


def same(native: pd.Series, ours: pd.Series, rel: float = 1e-9) -> None:
    """Both have values in the same rows, and the same ones."""
    left, right = (pd.to_numeric(column).to_numpy(float) for column in (native, ours))
    assert np.isfinite(left).any()
    assert left.tolist() == pytest.approx(right.tolist(), rel=rel, abs=1e-9, nan_ok=True)


def _funnel(both: Both) -> pd.DataFrame:
    codes = [*both.ours["Tiers"]["code"], "Won", "Lost"]
    both.native["Funnel"]["code"] = [codes[int(tier) - 1] for tier in both.native["Funnel"]["tier"]]
    ours = both.ours["Funnel"].rename(columns={"tier": "code"})
    return Both(both.native, {"Funnel": ours}).pairs("Funnel", "Funnel", ["person", "code"])


def test_stock_per_tier_and_person(both):
    pairs = _funnel(both)
    same(pairs["stock"], pairs["stock_ours"])


def test_reached_and_raw_rates(both):
    pairs = _funnel(both)
    pairs = pairs[~pairs["code"].isin(["Won", "Lost"])]
    for column in ("reached", "rate_raw"):
        same(pairs[column], pairs[f"{column}_ours"])


def test_needed_and_missing(both):
    codes = both.ours["Tiers"]["code"].tolist()
    ours = both.ours["Funnel"].rename(columns={"person": "case"})
    ours = ours.assign(case=ours["case"].astype(object).where(ours["case"].notna(), TEAM))
    native = both.native["Need"].assign(code=[codes[int(tier) - 1] for tier in both.native["Need"]["tier"]])
    pairs = native.merge(ours, left_on=["case", "code"], right_on=["case", "tier"], suffixes=("", "_ours"))
    assert len(pairs) == len(codes) * (1 + ours["case"].nunique() - 1)
    same(pairs["needed_shown"], pairs["needed_ours"])
    same(pairs["missing_shown"], pairs["missing_ours"])


def test_targets_orders_and_pace_of_the_board(both):
    pairs = both.pairs("Goals", "Board", ["person"])
    for column in ("orders", "amount", "margin", "target", "completion", "time_progress", "ahead"):
        same(pairs[column], pairs[f"{column}_ours"])


def test_gap_target_amount_and_first_calls(both):
    pairs = both.pairs("Goals", "Shapes", ["person"])
    same(pairs["gap"], pairs["gap_ours"])
    same(pairs["orders"], pairs["won"])
    same(pairs["target_amount"], pairs["target_amount_ours"])
    calls = both.pairs("Calls", "Shapes", ["person"])
    same(calls["first_calls"], calls["first_calls_ours"])


def test_split_targets_tie_exactly(both):
    splits = (
        both.native["Splits"].astype({"part": float, "total": float}).dropna(subset="total")
    )  # a measure with a target
    assert not splits.empty
    for _, rows in splits.groupby("split"):
        assert rows["part"].sum() == pytest.approx(rows["total"].iloc[0], abs=1e-6)


def test_the_formula_of_stock(both):
    codes = [*both.ours["Tiers"]["code"], "Won", "Lost"]
    customers = both.native["Customers"]
    customers = customers[customers["now"].astype(float) > 0]
    tiers = [[codes[int(now) - 1]] for now in customers["now"]]
    counted = call("FB_COUNTS", [tiers, [codes], [[owner] for owner in customers["owner"]]], "zh")
    native = both.native["Funnel"].pivot(index="person", columns="tier", values="stock")
    assert {row[0]: row[1:] for row in counted} == {
        name: row
        for name, row in zip(native.index, native.to_numpy(float).tolist(), strict=True)
        if name != TEAM and sum(row)
    }


# the two worked examples of numbers.md 3, a rate of 0 that matters and one that does not
NEEDS = {
    "first": (15, [40, 12, 9, 6, 3], [0.5, 0.4, 0.5, 0.6, 0.8]),
    "second": (15, [100, 30, 20, 8, 5], [0.5, 0.4, 0.5, 0.6, 0.8]),
    "closed": (3, [5, 1, 0], [0.5, 0.0, 0.8]),
    "closed below": (2, [5, 1, 4], [0.5, 0.0, 0.8]),
    "done": (0, [0, 0, 0, 0], [0.3, 0.3, 0.3, 0.3]),
    "whole": (7, [0, 1, 0], [0.1, 0.7, 0.7]),
}


@pytest.fixture(scope="module")
def worked() -> dict[str, pd.DataFrame]:
    need("libreoffice")
    book = NativeBook()
    rows = [
        [case, i, gap, *tier]
        for case, (gap, *tiers) in NEEDS.items()
        for i, tier in enumerate(zip(*tiers, strict=True), 1)
    ]
    book.add("Need", NEED_COLUMNS, rows, NEED)
    parts = [
        [case, total, weight, locked, fairness, None]
        for case, (total, weights, locks, fairness) in SPLITS.items()
        for weight, locked in zip(weights, locks, strict=True)
    ]
    book.add("Splits", SPLIT_COLUMNS, parts, SPLIT)
    book.names["calls"] = "=ROUNDUP(ROUND(93.5/0.3,9),0)"
    return book.worked_out()


def _of(frame: pd.DataFrame, key: str, case: str, column: str) -> list[float]:
    return frame.loc[frame[key] == case, column].astype(float).tolist()


def test_worked_examples_of_the_back_calculation(worked):
    native = worked["Need"]
    assert _of(native, "case", "first", "needed") == pytest.approx([133.5, 78.75, 40.5, 26.25, 18.75])
    assert _of(native, "case", "first", "missing") == pytest.approx([93.5, 66.75, 31.5, 20.25, 15.75])
    second = [0, 24.5833, 29.8333, 22.9167, 18.75], [0, 0, 9.8333, 14.9167, 13.75]
    assert _of(native, "case", "second", "needed") == pytest.approx(second[0], abs=5e-5)
    assert _of(native, "case", "second", "missing") == pytest.approx(second[1], abs=5e-5)


@pytest.mark.parametrize("case", NEEDS)
def test_the_formula_of_need(worked, case):
    gap, stock, rates = NEEDS[case]
    rows = call("FB_NEED", [gap, [[s] for s in stock], [[r] for r in rates]], "zh")
    ours = [[v if isinstance(v, float) else np.nan for v in row] for row in rows]
    native = np.column_stack([_of(worked["Need"], "case", case, column) for column in ("needed", "missing")])
    assert native.tolist() == [pytest.approx(row, nan_ok=True) for row in ours]


def _several_splits() -> dict[str, tuple[int, list[float], list[float | None], float]]:
    """The examples of numbers.md 7, some by hand, and many with few different weights, so that remainders tie."""
    made = {
        "100": (100, [3, 3, 1], [None] * 3, 0.0),
        "10": (10, [1, 1, 1], [None] * 3, 0.0),
        "7": (7, [0, 2, 2, 1], [None] * 4, 0.0),
        "zero weights": (7, [0, 0, 0], [None] * 3, 0.0),
        "equal": (9, [8, 1, 0, 1], [None] * 4, 1.0),
        "locked": (10, [1, 1, 1], [None, 6, None], 0.0),
        "locked zero": (5, [1, 0, 1, 0], [0, None, None, None], 0.5),
        "nothing": (0, [1, 2], [None, None], 0.5),
    }
    rng = np.random.default_rng(7)
    for number in range(60):
        people = int(rng.integers(1, 12))
        weights = (rng.integers(0, 5, people) * rng.choice([1.0, 0.5, 0.1])).tolist()
        total = int(rng.integers(0, 90))
        locks = [
            int(rng.integers(0, 1 + total // people)) if rng.random() < 0.2 and at else None for at in range(people)
        ]
        made[f"drawn {number}"] = (total, weights, locks, float(rng.choice([0.0, 0.25, 0.5, 1.0])))
    return made


SPLITS = _several_splits()


def test_worked_examples_of_the_split(worked):
    native = worked["Splits"]
    assert _of(native, "split", "100", "part") == [43, 43, 14]
    assert _of(native, "split", "10", "part") == [4, 3, 3]
    assert _of(native, "split", "7", "part") == [0, 3, 3, 1]


@pytest.mark.parametrize("case", SPLITS)
def test_the_formula_of_split(worked, case):
    total, weights, locks, fairness = SPLITS[case]
    ours = call("FB_SPLIT", [total, [[w] for w in weights], [[v] for v in locks], fairness], "zh")
    assert _of(worked["Splits"], "split", case, "part") == [value for (value,) in ours]
