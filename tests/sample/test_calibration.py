"""The shown intervals hold the truth as often as they promise: 200 generated teams, each with known true rates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from funnelbook import sample
from funnelbook.book.locate import locate
from funnelbook.refresh import situation_of
from funnelbook.results.funnel import funnel
from funnelbook.results.goals import goals
from support.teams import book_of_team

LEVEL = 0.95


def _held(seed: int) -> tuple[list[bool], list[bool]]:
    """By tier: whether the team's true rate lies inside the shown interval, and whether below it."""
    team = sample.team(seed)
    book = book_of_team(team)
    situation = situation_of(book, locate(book), {}, team.as_of, "zh")
    rows = funnel(situation, goals(situation)).rows
    shown = rows[rows["person"].isna() & rows["tier"].isin(list(team.true_rates))]
    true = np.array([team.true_rates[code] for code in shown["tier"]])
    low, high = shown["rate_low"].to_numpy(float), shown["rate_high"].to_numpy(float)
    return ((low <= true) & (true <= high)).tolist(), (true < low).tolist()


@pytest.mark.parametrize("seeds", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_true_rates_lie_inside_the_95_percent_intervals_at_about_that_share(seeds):
    seen = [_held(seed) for seed in range(seeds)]
    inside = np.array([held for held, _ in seen])
    below = np.array([low for _, low in seen])
    shares = inside.mean(axis=0)
    print(f"\ninside the {LEVEL:.0%} interval over {seeds} seeds: {inside.mean():.1%};", *(f"{s:.1%}" for s in shares))
    assert inside.shape == (seeds, 5)
    # each tier alone: within what so many draws of a 95 % event give at 99.9 %
    least = stats.binom.ppf(0.0005, seeds, LEVEL) / seeds
    assert shares.min() >= least
    assert abs(inside.mean() - LEVEL) <= 0.03 * max(1, np.sqrt(200 / seeds))
    assert below.mean() > 0, "the intervals are not so wide as to hold anything"
