"""The drivers of a result (差距分解): how much of a missed target each factor of the product accounts for."""

from __future__ import annotations

from math import comb

import numpy as np

from funnelbook.domain.dtypes import Numbers

MOST_FACTORS = 10


def shapley(target_factors: Numbers, actual_factors: Numbers) -> Numbers:
    """Contribution of each factor to product(actual) - product(target), in the unit of the product, summing to it.

    Exact Shapley values: a factor's change from target to actual, averaged over all orders in which the factors could
    change; a factor that did not change gets exactly 0, and zeros are safe since nothing is divided. Both arguments:
    1 to 10 numbers in the same order. ValueError for another number of factors, unequal lengths, a number that is not
    finite, or a product too large. Source: numbers.md 8.
    """
    target, actual = np.asarray(target_factors, dtype=float), np.asarray(actual_factors, dtype=float)
    if target.ndim != 1 or target.shape != actual.shape:
        raise ValueError("target and actual factors are lists of the same length")
    n = len(target)
    if not 1 <= n <= MOST_FACTORS:
        raise ValueError(f"1 to {MOST_FACTORS} factors, not {n}")
    if not (np.isfinite(target).all() and np.isfinite(actual).all()):
        raise ValueError("factors are finite numbers")
    others = np.array([[j for j in range(n) if j != i] for i in range(n)], dtype=np.intp).reshape(n, n - 1)
    changed = (np.arange(2 ** (n - 1))[:, None] >> np.arange(n - 1)) & 1 == 1
    weight = np.array([1 / (n * comb(n - 1, size)) for size in range(n)])[changed.sum(axis=1)]
    with np.errstate(over="ignore", invalid="ignore"):
        # the factor itself is left out of the products, so that one that did not change gets 0 and not noise
        product = np.where(changed, actual[others][:, None, :], target[others][:, None, :]).prod(axis=-1)
        parts = (actual - target) * (product @ weight)
    if not np.isfinite(parts).all():
        raise ValueError("the product of the factors is too large")
    return parts
