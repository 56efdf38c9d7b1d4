"""Chances come true as often as told where cases behave as numbers.md 2 supposes: every day alike, nobody stuck."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from funnelbook.results.situation import Situation
from support import memoryless, reliability
from support.teams import book_of_team

AS_OF, WEEKS, TEAMS = date(2026, 6, 30), 8, 32
# weeks left are rounded up (numbers.md 2): the period ends in the middle of the last one, as on most days it does
FIRST, LAST = date(2026, 1, 5), AS_OF + timedelta(days=7 * WEEKS - 4)
NEW_PER_WEEK, GAPS = 5.0, (1, 2, 3, 5)


@pytest.fixture(scope="module")
def teams() -> list[tuple[Situation, pd.DataFrame]]:
    """What was known of each team at `AS_OF`, and its orders after it."""
    made = []
    for seed in range(TEAMS):
        team = memoryless.team(seed, FIRST, LAST, NEW_PER_WEEK)
        orders = pd.DataFrame(team.rows["Orders"])
        situation = reliability.situation_of(book_of_team(team), AS_OF, f"{AS_OF}/{LAST}")
        made.append((situation, orders[(orders["date"] > AS_OF) & (orders["date"] <= LAST)]))
    return made


def test_each_tier_and_new_prospects_bring_as_many_orders_as_expected(teams):
    found = reliability.summed([reliability.by_source(*team) for team in teams])
    # the rates are estimates too, from about as many cases again
    assert ((found["came"] - found["expected"]).abs() <= 3.3 * np.sqrt(2 * found["variance"])).all()
    assert found["came"].sum() == pytest.approx(found["expected"].sum(), rel=0.1)


def test_chances_come_true_as_often_as_told(teams):
    told = pd.concat([reliability.told(*team, GAPS) for team in teams])
    reliability.show(f"{TEAMS} memoryless teams", told, reliability.summed([reliability.by_source(*t) for t in teams]))
    told = reliability.base_rates(told)
    for _, kind in told.groupby("of"):
        table = reliability.table(kind)
        full = table[table["cases"] >= 50]
        assert len(full) >= 5, "chances of every size are told"
        assert (full["told"] - full["happened"]).abs().max() <= 0.08
        assert reliability.brier(kind) < reliability.brier(kind, "base")
    orders = told[told["of"] == "orders"]
    assert reliability.brier(orders) < reliability.brier(orders, "pace")
