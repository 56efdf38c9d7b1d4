"""The chance of making the target (达成概率) from the open cases and the new prospects still to come."""

from __future__ import annotations

from functools import reduce

import numpy as np
from scipy import stats

from funnelbook.domain import backplan

MOST_CASES = 10_000_000  # a workbook holds a tenth of it; a typing slip must not keep Excel busy for minutes
UNLIKELY = 0.2  # a target with less chance than this is too high (numbers.md 8, B1)
_TAIL = -np.log(1e-30)  # chance given up at each end of a distribution, as an exponent
_LEAST_P = 1e-100


def chance_of_orders(gap: float, stock: np.ndarray, p: np.ndarray, arrivals: float = 0.0) -> float:
    """Probability (0 .. 1) of at least `gap` more orders from the open cases and the new prospects.

    `stock`: open cases per tier, whole numbers; `p`: chance of an order of each such case, 0 .. 1, same length, same order
    (any order of tiers); `arrivals`: orders expected from new prospects, a Poisson mean. Orders are the sum of a binomial
    per tier and that Poisson, all independent; exact but for a chance of 1e-30 a tier. A gap of 0 or less gives 1; a
    fractional gap is rounded up, floating point noise aside; a NaN gap gives NaN. ValueError for p outside 0 .. 1, stock
    negative or not whole, negative arrivals, unequal lengths, or more than `MOST_CASES` cases or arrivals.
    Source: numbers.md 6.
    """
    stock, p = np.atleast_1d(np.asarray(stock, dtype=float)), np.atleast_1d(np.asarray(p, dtype=float))
    _check(stock, p, arrivals)
    if np.isnan(gap):
        return float("nan")
    wanted = float(backplan.ceil_shown(np.asarray(gap)))
    if wanted <= 0:
        return 1.0
    parts = [_binomial(int(n), chance) for n, chance in zip(stock, p, strict=True)]
    parts.append(_poisson(float(arrivals)))
    first = sum(low for low, _ in parts)
    if wanted <= first:
        return 1.0
    if wanted > sum(low + len(pmf) - 1 for low, pmf in parts):
        return 0.0
    orders = reduce(np.convolve, (pmf for _, pmf in parts))
    return min(1.0, float(orders[int(wanted) - first :].sum()))


def _check(stock: np.ndarray, p: np.ndarray, arrivals: float) -> None:
    if stock.ndim != 1 or stock.shape != p.shape:
        raise ValueError("stock and p are lists of the same length")
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("a chance p lies between 0 and 1")
    if not (stock >= 0).all() or (stock != np.round(stock)).any():
        raise ValueError("stock is whole numbers, not negative")
    if not arrivals >= 0:
        raise ValueError("arrivals are not negative")
    if stock.sum() + arrivals > MOST_CASES:
        raise ValueError(f"more than {MOST_CASES} cases")


def _binomial(n: int, p: float) -> tuple[int, np.ndarray]:
    if p < _LEAST_P:  # scipy's pmf overflows
        p = 0.0
    low, high = _support(n * p, n * p * (1 - p), n)
    return low, stats.binom.pmf(np.arange(low, high + 1), n, p)


def _poisson(mean: float) -> tuple[int, np.ndarray]:
    low, high = _support(mean, mean, np.inf)
    return low, stats.poisson.pmf(np.arange(low, high + 1), mean)


def _support(mean: float, variance: float, most: float) -> tuple[int, int]:
    """First and last count outside which lies a chance of less than 1e-30 on either side.

    Bernstein's inequality rather than ppf: scipy's inverse of an upper tail this thin is infinite for Poisson.
    """
    if variance == 0:
        return round(mean), round(mean)
    far = _TAIL / 3 + np.sqrt((_TAIL / 3) ** 2 + 2 * _TAIL * variance)
    return max(0, int(np.floor(mean - far))), int(min(most, np.ceil(mean + far)))
