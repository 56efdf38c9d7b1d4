"""How long the engine takes for formulas, values as COM brings them, against the domain functions on the same Python values.

Run: `uv run pytest tests/bench/test_formulas.py -o addopts= -s`. It takes about a minute and prints the table of
docs/performance.md. Pure domain is what a Python programmer would write: from lists of texts and datetimes to a list.
"""

from __future__ import annotations

import gc
import platform
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from rich.table import Table as Grid

from funnelbook.domain import conversion, followup, history
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.engine.excel_cells import LEFT_OUT, answer
from support.com_values import PyTime

MOST_OF_PURE = 3.0
CALLS, ROWS, ACTIVITIES, CUSTOMERS, ROUNDS = 10_000, (10_000, 100_000), 100_000, 10_000, 5
CODES = ("E", "D", "C", "B", "A")
CADENCE = (("E", 14.0), ("D", 7.0), ("C", 5.0), ("B", 3.0), ("A", 2.0))
AS_OF = date(2026, 12, 31)
TIERS, CALENDAR = Tiers.default(), WorkCalendar.plain()
_rows: list[tuple[str, float, float, str]] = []


@pytest.fixture(scope="module", autouse=True)
def printed():
    yield
    _print()


def _best(work: Callable[[], object]) -> float:
    runs = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        work()
        runs.append(time.perf_counter() - start)
    return min(runs)


def _measured(benchmark, what: str, work: Callable[[], object], pure: Callable[[], object], allowed: str = "") -> float:
    """Times a formula and its pure domain call, the best of some rounds each; gives the ratio."""
    seconds, of_pure = _best(work), _best(pure)
    benchmark.pedantic(work, rounds=1)
    _rows.append((what, seconds, of_pure, allowed))
    return seconds / of_pure


def _column(values) -> tuple[tuple[object], ...]:
    return tuple((v,) for v in values)


def _tiers_and_days(rows: int) -> tuple[list[str], list[datetime]]:
    rng = np.random.default_rng(1)
    days = [datetime(2026, 1, 1) + timedelta(days=int(d)) for d in rng.integers(0, 365, rows)]
    return [CODES[i] for i in rng.integers(0, len(CODES), rows)], days


def _com_days(days: list[datetime]) -> list[PyTime]:
    return [PyTime(d.year, d.month, d.day) for d in days]


def _next_contacts(codes: list[str], days: list[datetime]) -> list[datetime]:
    last = np.array(days, dtype="datetime64[s]")
    due = followup.next_contact(TIERS.encode(codes), last, TIERS.cadence_days, CALENDAR)
    return due.astype("datetime64[s]").tolist()


def _naive(rows: list[list[datetime]]) -> list[datetime]:
    return [row[0].replace(tzinfo=None) for row in rows]


def test_next_one_cell_at_a_time(benchmark):
    codes, days = _tiers_and_days(CALLS)
    given = [(c, d, CADENCE, LEFT_OUT) for c, d in zip(codes, _com_days(days), strict=True)]
    _measured(
        benchmark,
        f"FB_NEXT, {CALLS:,} calls of one cell",
        lambda: [answer("FB_NEXT", arguments) for arguments in given],
        lambda: [_next_contacts([c], [d]) for c, d in zip(codes, days, strict=True)],
    )


@pytest.mark.parametrize("rows", ROWS)
def test_next_of_a_column(benchmark, rows):
    codes, days = _tiers_and_days(rows)
    given = (_column(codes), _column(_com_days(days)), CADENCE, LEFT_OUT)
    assert _naive(answer("FB_NEXT", given)) == _next_contacts(codes, days)
    held = rows == max(ROWS)
    ratio = _measured(
        benchmark,
        f"FB_NEXT, one call of {rows:,} rows",
        lambda: answer("FB_NEXT", given),
        lambda: _next_contacts(codes, days),
        f"under {MOST_OF_PURE:g} x" if held else "",
    )
    assert not held or ratio < MOST_OF_PURE


def _rates(ids: list[str], codes: list[str], days: list[datetime]) -> list[list[float]]:
    calls = pd.DataFrame(
        {"at": pd.to_datetime(days).as_unit("s"), "id": ids, "owner": None, "tier_after": TIERS.encode(codes)}
    ).astype({"id": object})
    names = calls["id"].unique()
    unknown = np.full(len(names), np.datetime64("NaT", "D"), dtype="datetime64[s]")
    customers = pd.DataFrame({"id": names, "owner": None, "tier": -1, "created": unknown, "closed": unknown})
    line = history.timeline(customers.astype({"tier": np.int8}), calls, None, None, TIERS, AS_OF)
    found = conversion.rates(conversion.cohorts(line, TIERS), TIERS, AS_OF, [])
    return found[["reached", "cases", "rate_raw", "rate", "rate_low", "rate_high"]].astype(float).to_numpy().tolist()


def test_rates(benchmark):
    codes, days = _tiers_and_days(ACTIVITIES)
    ids = [f"K{i:05d}" for i in np.random.default_rng(2).integers(0, CUSTOMERS, ACTIVITIES)]
    given = (_column(ids), _column(codes), _column(_com_days(days)), (CODES,), PyTime(2026, 12, 31), LEFT_OUT)
    assert answer("FB_RATES", given) == _rates(ids, codes, days)
    ratio = _measured(
        benchmark,
        f"FB_RATES, {ACTIVITIES:,} activities of {CUSTOMERS:,} customers",
        lambda: answer("FB_RATES", given),
        lambda: _rates(ids, codes, days),
        f"under {MOST_OF_PURE:g} x",
    )
    assert ratio < MOST_OF_PURE


def _print() -> None:
    grid = Grid(title=f"Formulas as the engine answers them; Python {platform.python_version()}, {platform.machine()}")
    for text in ("what", "seconds", "pure domain", "ratio", "allowed"):
        grid.add_column(text, justify="left" if text == "what" else "right")
    for what, seconds, pure, allowed in _rows:
        grid.add_row(what, f"{seconds:.3f}", f"{pure:.3f}", f"{seconds / pure:.2f}", allowed)
    Console(width=110).print(grid)
