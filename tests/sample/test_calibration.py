"""The shown intervals hold the truth as often as they promise: 200 generated teams, each with known true rates."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import numpy as np
from scipy import stats

from funnelbook import sample
from funnelbook.book.locate import locate
from funnelbook.refresh import compute
from support.teams import book_of_team

SEEDS, LEVEL = 200, 0.95


def _held(seed: int) -> tuple[list[bool], list[bool]]:
    """By tier: whether the team's true rate lies inside the shown interval, and whether below it."""
    team = sample.team(seed)
    book = book_of_team(team)
    outcome, _ = compute(book, locate(book), {}, team.as_of, "zh")
    funnel = outcome["Funnel"].rows
    shown = funnel[funnel["person"].isna() & funnel["tier"].isin(list(team.true_rates))]
    true = np.array([team.true_rates[code] for code in shown["tier"]])
    low, high = shown["rate_low"].to_numpy(float), shown["rate_high"].to_numpy(float)
    return ((low <= true) & (true <= high)).tolist(), (true < low).tolist()


def test_true_rates_lie_inside_the_95_percent_intervals_at_about_that_share():
    with ProcessPoolExecutor() as pool:
        seen = list(pool.map(_held, range(SEEDS), chunksize=10))
    inside = np.array([held for held, _ in seen])
    below = np.array([low for _, low in seen])
    shares = inside.mean(axis=0)
    print(f"\ninside the {LEVEL:.0%} interval over {SEEDS} seeds: {inside.mean():.1%};", *(f"{s:.1%}" for s in shares))
    assert inside.shape == (SEEDS, 5)
    # each tier alone: within what 200 draws of a 95 % event give at 99.9 %
    least = stats.binom.ppf(0.0005, SEEDS, LEVEL) / SEEDS
    assert shares.min() >= least
    assert abs(inside.mean() - LEVEL) <= 0.03
    assert below.mean() > 0, "the intervals are not so wide as to hold anything"
