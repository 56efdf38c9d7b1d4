"""The shape of a funnel (情形图): which tiers hold too many customers, which too few, and what that is called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funnelbook.domain import quantiles
from funnelbook.domain.dtypes import Numbers

SMALLEST_RATE = 0.01
FEWEST_CASES = 10
LEVEL = 0.8


@dataclass(frozen=True)
class Shape:
    """The name of a shape (a code of workbook.md Shapes) and what it was told from.

    `expected`: customers per tier in the ideal shape, lowest first. Per group (bottom, middle, top): 1 too many, -1 too few, 0.
    """

    name: str
    expected: Numbers
    bottom: int
    middle: int
    top: int


def ideal_share(rates: Numbers, dwell_days: Numbers) -> Numbers:
    """Share of the open cases each tier holds in the ideal funnel, lowest first, summing to 1.

    Source: numbers.md 5; proportional to dwell_i / (r_i r_i+1 ... r_top), rates floored at .01.
    """
    ahead = np.cumprod(np.maximum(rates, SMALLEST_RATE)[::-1])[::-1]
    weight = np.asarray(dwell_days, dtype=float) / ahead
    return weight / weight.sum() if weight.sum() > 0 else np.full(len(weight), 1 / len(weight))


def groups(tiers: int) -> tuple[slice, slice, slice]:
    """The tiers, lowest first, that make up bottom, middle and top. Source: numbers.md 5."""
    ends = 1 if tiers <= 3 else 2
    return slice(0, ends), slice(ends, tiers - ends), slice(tiers - ends, tiers)


def shape(stock: Numbers, rates: Numbers, dwell_days: Numbers, tau: float = 0.25) -> Shape:
    """The shape of `stock` (open cases per tier, lowest first) against the ideal. Source: method D4, numbers.md 5."""
    stock = np.asarray(stock, dtype=float)
    total = stock.sum()
    share = ideal_share(rates, dwell_days)
    held, part = (np.array([values[g].sum() for g in groups(len(stock))]) for values in (stock, share))
    low, high = (quantiles.binomial(at, total, np.minimum(part, 1.0)) for at in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    many = (held > (1 + tau) * total * part) & (held > high)
    few = (held < total * part / (1 + tau)) & (held < low)
    bottom, middle, top = np.where(part > 0, many.astype(int) - few, 0).tolist()
    return Shape(_name(total, bottom, middle, top), total * share, bottom, middle, top)


def _name(total: float, bottom: int, middle: int, top: int) -> str:
    if total < FEWEST_CASES:
        return "too_few"
    if bottom == middle == top == 0:
        return "ideal"
    if top > 0 and bottom < 0:
        return "top_heavy"
    if middle > 0:
        return "bulge"
    if middle < 0 and top >= 0 and bottom >= 0:
        return "hour_glass"
    if bottom > 0 and top < 0:
        return "bottom_heavy"
    return "mixed"
