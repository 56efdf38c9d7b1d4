"""The money still to come (预计金额), simulated: the rates are uncertain, so are the cases, so are the amounts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from funnelbook.domain.dtypes import Counts, Numbers

DRAWS = 20_000
_DAYS_A_WEEK = 7
_MOST_RESAMPLED = 4_000_000  # amounts drawn one by one; beyond it a draw sums up so many that the sum is normal


class Prospects(NamedTuple):
    """What one row's orders can come from."""

    evidence: Numbers  # tiers x states: Dirichlet parameters of the daily steps (chain.evidence)
    stock: Counts  # open cases per tier, lowest first, whole numbers
    new_per_week: float  # new prospects a week that go on coming
    weeks: int  # whole weeks left, each of them with its new prospects


def simulated_orders(prospects: Prospects, rng: np.random.Generator, draws: int = DRAWS) -> Counts:
    """Orders still to come in each of `draws` futures, whole numbers.

    In each future the daily steps are drawn from their posteriors, then who of the stock is won within the weeks, then the
    orders of new prospects, those of week k having k whole weeks less. Source: numbers.md 6.
    """
    if prospects.weeks == 0 or (prospects.new_per_week == 0 and not prospects.stock.any()):
        return np.zeros(draws, dtype=np.int64)
    won, new = _chances(prospects, rng, draws)
    orders = rng.poisson(prospects.new_per_week * new).astype(np.int64)
    for stock, p in zip(prospects.stock, won, strict=True):
        orders += rng.binomial(int(stock), p)
    return orders


def simulated_amounts(orders: Counts, past: Numbers, rng: np.random.Generator) -> Numbers:
    """The sum of that many amounts for each of `orders`, drawn with replacement from the amounts of `past` orders.

    NaN without past orders. Source: numbers.md 6.
    """
    if len(past) == 0:
        return np.full(len(orders), np.nan)
    total = int(orders.sum())
    if total > _MOST_RESAMPLED:
        return orders * past.mean() + np.sqrt(orders) * past.std() * rng.standard_normal(len(orders))
    sums = np.concatenate([[0.0], np.cumsum(past[rng.integers(0, len(past), total)])])
    ends = np.concatenate([[0], np.cumsum(orders)])
    return sums[ends[1:]] - sums[ends[:-1]]


def _chances(
    prospects: Prospects, rng: np.random.Generator, draws: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Per draw: the chance of an order of a case of each tier (tiers x draws), and the orders one new prospect a week brings."""
    n = len(prospects.stock)
    # draws last: every sum below runs over long rows of memory
    steps = np.zeros((*prospects.evidence.shape, draws), dtype=np.float32)  # a chance to seven digits
    for i, j in np.argwhere(prospects.evidence > 0):
        steps[i, j] = rng.standard_gamma(prospects.evidence[i, j], draws, dtype=np.float32)
    steps /= steps.sum(axis=1, keepdims=True)
    stay, win = steps[:, :n], steps[:, n]
    three = _times(stay, _times(stay, stay))
    week = _times(stay, _times(three, three))
    won_in_a_week = np.zeros_like(win)
    for _ in range(_DAYS_A_WEEK):
        won_in_a_week = win + _times(stay, won_in_a_week[:, None])[:, 0]
    won, new = np.zeros_like(win), np.zeros_like(win[0])
    for _ in range(prospects.weeks):
        new = new + won[0]
        won = won_in_a_week + _times(week, won[:, None])[:, 0]
    return won, new


def _times(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """Matrix products, one a draw."""
    return np.einsum("ijd,jkd->ikd", a, b)
