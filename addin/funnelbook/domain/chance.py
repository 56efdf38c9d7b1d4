"""Orders still to come as a distribution (达成概率): from the open cases, the new prospects, and how wrong we have been."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from funnelbook.domain import backplan
from funnelbook.domain.dtypes import Counts, Numbers
from funnelbook.domain.spread import LARGEST, factors

MOST_CASES = 10_000_000  # a workbook holds a tenth of it; a typing slip must not keep Excel busy for minutes
UNLIKELY = 0.2  # a target with less chance than this is too high (numbers.md 8, B1)
LIKELY = 0.8
_FEW, _STEPS = 100, 400  # more different chances than that are rounded to such a part of 1, each step keeping its mean
_TAIL = -np.log(1e-30)  # chance given up at each end of a distribution, as an exponent
_AT_ONCE = 500_000
_KEPT = 1_000  # the largest transform whose turns are kept for the next
_NOISE = 1e-12


@dataclass(frozen=True)
class Orders:
    """Chance of every number of orders from `first` on; `least` and `most` are what is certain and what can be at all."""

    first: int
    pmf: Numbers
    least: float
    most: float

    @cached_property
    def _or_more(self) -> Numbers:
        return np.minimum(1.0, np.cumsum(self.pmf[::-1])[::-1])

    @cached_property
    def _or_fewer(self) -> Numbers:
        return np.cumsum(self.pmf)

    def at_least(self, gap: float) -> float:
        """Chance (0 .. 1) of `gap` orders or more; 1 for a gap of 0 or less, a fractional one rounded up, NaN for NaN."""
        if np.isnan(gap):
            return float("nan")
        wanted = float(backplan.ceil_shown(np.asarray(gap)))
        if wanted <= max(0.0, self.least, self.first):
            return 1.0
        if wanted > min(self.most, self.first + len(self.pmf) - 1):
            return 0.0
        return float(self._or_more[int(wanted) - self.first])

    def quantile(self, level: Numbers | float) -> Numbers:
        """The smallest number of orders that so large a part of the futures does not exceed."""
        at = np.searchsorted(self._or_fewer, np.asarray(level) - _NOISE, side="left")
        return self.first + np.minimum(at, len(self.pmf) - 1)

    def reachable(self, level: float) -> int:
        """The largest number of orders with a chance of at least `level`. Source: forecast.md 6."""
        return self.first + int(np.flatnonzero(self._or_more >= min(level, self._or_more[0]) - _NOISE)[-1])

    def draw(self, rng: np.random.Generator, draws: int) -> Counts:
        """Numbers of orders of so many futures."""
        at = np.searchsorted(self._or_fewer, rng.random(draws) * self._or_fewer[-1], side="right")
        return self.first + np.minimum(at, len(self.pmf) - 1)


def orders(
    p: Numbers, count: Numbers | Counts | None = None, arrivals: float = 0.0, cv: float = 0.0, scale: float = 1.0
) -> Orders:
    """Orders of open cases with chances `p` (one each, or so many of each as `count` says) and of new prospects (a mean).

    All of a future share a factor theta of mean `scale` and spread `cv`: p(theta) = 1 - (1 - p)^theta, arrivals x theta; the
    result is the mean over it, each part a Poisson-binomial and a Poisson, exact but for a chance of 1e-14. Source: forecast.md 4.
    """
    p, count = _alike(p, count)
    with np.errstate(divide="ignore"):
        parts = [_of_factor(p, count, arrivals, theta) for theta in scale * factors(cv)]
    first = min(low for low, _ in parts)
    pmf = np.zeros(max(low + len(part) for low, part in parts) - first)
    for low, part in parts:
        pmf[low - first : low - first + len(part)] += part / len(parts)
    certain, possible = count[p >= 1].sum(), count[p > 0].sum()
    return Orders(first, pmf, float(certain), float("inf") if arrivals > 0 else float(possible))


def expected(p: Numbers, arrivals: float, scale: float = 1.0) -> float:
    """Orders expected of cases and new prospects when all are `scale` times as likely. Source: forecast.md 4."""
    return float((1 - (1 - p) ** scale).sum() + arrivals * scale)


def chance_of_orders(gap: float, stock: Numbers, p: Numbers, arrivals: float = 0.0, cv: float = 0.0) -> float:
    """Probability (0 .. 1) of at least `gap` more orders from the open cases and the new prospects.

    `stock`: open cases per tier, whole numbers; `p`: chance of an order of each such case, 0 .. 1, same length, same order
    (any order of tiers); `arrivals`: orders expected from new prospects, a Poisson mean; `cv`: the spread of forecasts. A gap of
    0 or less gives 1; a fractional gap is rounded up, floating point noise aside; a NaN gap gives NaN. ValueError for p outside
    0 .. 1, stock negative or not whole, negative arrivals, a spread outside 0 .. 2, unequal lengths, or more than `MOST_CASES`
    cases or arrivals.
    Source: forecast.md 4.
    """
    stock, p = np.atleast_1d(np.asarray(stock, dtype=float)), np.atleast_1d(np.asarray(p, dtype=float))
    _check(stock, p, arrivals, cv)
    return orders(p, stock, arrivals, cv).at_least(gap)


def _check(stock: Numbers, p: Numbers, arrivals: float, cv: float) -> None:
    if stock.ndim != 1 or stock.shape != p.shape:
        raise ValueError("stock and p are lists of the same length")
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("a chance p lies between 0 and 1")
    if not (stock >= 0).all() or (stock != np.round(stock)).any():
        raise ValueError("stock is whole numbers, not negative")
    if not arrivals >= 0:
        raise ValueError("arrivals are not negative")
    if not 0 <= cv <= LARGEST:
        raise ValueError(f"a spread lies between 0 and {LARGEST:g}")
    if stock.sum() + arrivals > MOST_CASES:
        raise ValueError(f"more than {MOST_CASES} cases")


def _alike(p: Numbers, count: Numbers | Counts | None) -> tuple[Numbers, Numbers]:
    """Distinct chances and how many cases have each; a great many of them in steps."""
    p = np.asarray(p, dtype=float)
    if count is None:
        p = np.sort(p)
    else:
        there = np.asarray(count) > 0
        p, count = p[there], np.asarray(count, dtype=float)[there]
    number = _numbered if count is None else _numbered_anew
    at = number(p)
    if len(at) and at.max() >= _FEW:
        at = number(np.round(p * _STEPS))
    many = np.bincount(at, count).astype(float)
    total = np.bincount(at, p if count is None else count * p)
    return np.clip(total / np.where(many > 0, many, 1), 0.0, 1.0), many


def _numbered(rising: Numbers) -> Counts:
    """The number of each distinct value, from 0, of values that never fall."""
    return np.concatenate([[0], np.cumsum(rising[1:] != rising[:-1])])[: len(rising)]


def _numbered_anew(values: Numbers) -> Counts:
    """The same of values in any order."""
    return np.unique(values, return_inverse=True)[1]


def _of_factor(p: Numbers, count: Numbers | Counts, arrivals: float, theta: float) -> tuple[int, Numbers]:
    """First number of orders and the chance of each from there on, by the inverse Fourier transform of their law."""
    p, arrivals = 1 - (1 - p) ** theta, arrivals * theta
    mean, variance = float(count @ p) + arrivals, float(count @ (p * (1 - p))) + arrivals
    low, high = _support(mean, variance, count.sum() if arrivals == 0 else np.inf)
    size = high - low + 1
    at, back, sideways = _turns(size) if size <= _KEPT else _turns.__wrapped__(size)
    size_of, turned = arrivals * back[:, 0], arrivals * sideways[:, 0] + 2 * np.pi * (at[:, 0] * low % size) / size
    step = max(1, _AT_ONCE // len(at))
    for i in range(0, len(p), step):
        q, n = p[i : i + step], count[i : i + step]
        size_of += np.log1p(2 * q * (1 - q) * back) @ (n / 2)
        turned += np.arctan2(q * sideways, 1 + q * back) @ n
    law = np.exp(size_of) * np.exp(1j * turned)
    return low, np.maximum(0.0, np.fft.irfft(law, size))


@lru_cache(maxsize=1024)
def _turns(size: int) -> tuple[Counts, Numbers, Numbers]:
    """The frequencies of a transform of so many values, and what of a turn by each goes back and sideways, less 1."""
    at = np.arange(size // 2 + 1)[:, None]
    half = np.pi * at / size
    return at, -2 * np.sin(half) ** 2, -np.sin(2 * half)


def _support(mean: float, variance: float, most: float) -> tuple[int, int]:
    """First and last count outside which lies a chance of less than 1e-30 on either side (Bernstein's inequality)."""
    if variance == 0:
        return round(mean), round(mean)
    far = _TAIL / 3 + np.sqrt((_TAIL / 3) ** 2 + 2 * _TAIL * variance)
    return max(0, int(np.floor(mean - far))), int(min(most, np.ceil(mean + far)))
