"""The money still to come (预计金额), simulated: so many orders in each future, each worth what a past one was."""

from __future__ import annotations

import numpy as np

from funnelbook.domain.dtypes import Counts, Numbers

DRAWS = 20_000
_MOST_RESAMPLED = 4_000_000  # amounts drawn one by one; beyond it a draw sums up so many that the sum is normal


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
