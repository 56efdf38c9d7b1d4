"""Rates and chances held against judges that share no code with ours: a plain simulation and scipy's powers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import linalg

from funnelbook.domain import chain
from funnelbook.domain.history import LOG_COLUMNS, timeline
from support.worked import TIERS

DAY = date(2026, 5, 20)
NO_LOG = pd.DataFrame(columns=list(LOG_COLUMNS))


def _calls(seed: int, customers: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Customers made within a year, each climbing a random way up with random waits."""
    rng = np.random.default_rng(seed)
    born = [DAY - timedelta(days=int(d)) for d in rng.integers(1, 360, customers)]
    rows = []
    for i, start in enumerate(born):
        day = start
        for tier in (1, 2, 3, 4, 5):
            day += timedelta(days=int(rng.integers(1, 40)))
            if day > DAY or rng.random() > 0.7:
                break
            rows.append((pd.Timestamp(day), str(i), "a", tier))
    frame = pd.DataFrame(
        {"id": [str(i) for i in range(customers)], "owner": "a", "tier": -1, "created": pd.to_datetime(born)}
    )
    return frame.assign(closed=pd.NaT), pd.DataFrame(rows, columns=["at", "id", "owner", "tier_after"])


def test_the_chance_to_win_is_what_walking_the_chain_gives():
    customers, calls = _calls(4, 300)
    of = timeline(customers, calls, None, NO_LOG, TIERS, DAY)
    steps = chain.transitions(of, TIERS, DAY, ["a"])[0]
    rng, weeks, walkers = np.random.default_rng(0), 4, 40_000
    for start in range(TIERS.n):
        state = np.full(walkers, start)
        for _day in range(7 * weeks):
            state = (rng.random(walkers)[:, None] > np.cumsum(steps, axis=1)[state]).sum(axis=1)
        walked = (state == TIERS.won).mean()
        p = chain.win_probability(of, TIERS, DAY, ["a"], weeks)[0][start]
        assert abs(walked - p) <= 4 * np.sqrt(max(p * (1 - p), 1e-4) / walkers)


def test_the_power_of_the_chain_is_the_one_scipy_finds():
    customers, calls = _calls(5, 300)
    of = timeline(customers, calls, None, NO_LOG, TIERS, DAY)
    steps = chain.transitions(of, TIERS, DAY, ["a"])[0]
    by_scipy = linalg.fractional_matrix_power(steps, 21.0).real[: TIERS.n, TIERS.won]
    assert chain.win_probability(of, TIERS, DAY, ["a"], 3)[0] == pytest.approx(by_scipy, abs=1e-6)
