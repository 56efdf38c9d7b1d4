"""Back-calculation (倒推法): from the orders wanted to the customers needed at every tier."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from funnelbook.domain.dtypes import Counts, Flags, Numbers

NOISE = 1e-9  # below this above a whole number the whole number is meant


class Need(NamedTuple):
    """Customers per tier, lowest first along the last axis; NaN where a rate of 0 stands between the tier and the target."""

    needed: Numbers
    missing: Numbers
    reachable: Flags


def need(gap: Numbers, stock: Numbers | Counts, rates: Numbers) -> Need:
    """Needed and missing customers for `gap` more orders: x = gap; from the top needed = x / rate, x = missing = needed - stock.

    `stock` and `rates` (0 .. 1) have the tiers on the last axis, lowest first; `gap` the shape of the other axes.
    `missing[..., 0]` is the number of new prospects to find. Values are exact, not rounded; a NaN gap gives NaN.
    Source: method D3, numbers.md 3.
    """
    stock, rates = np.broadcast_arrays(np.asarray(stock, dtype=float), np.asarray(rates, dtype=float))
    x = np.broadcast_to(np.asarray(gap, dtype=float), stock.shape[:-1])
    needed, missing = np.empty(stock.shape), np.empty(stock.shape)
    for i in range(stock.shape[-1] - 1, -1, -1):
        with np.errstate(divide="ignore", invalid="ignore"):
            needed[..., i] = np.where(x == 0, 0.0, x / rates[..., i])
        x = missing[..., i] = np.maximum(0.0, needed[..., i] - stock[..., i])
    reachable = ~np.isinf(needed)
    return Need(np.where(reachable, needed, np.nan), np.where(reachable, missing, np.nan), reachable)


def ceil_shown(x: Numbers) -> Numbers:
    """Customers as they are shown: rounded up, the last digit of floating point aside."""
    return np.ceil(np.asarray(x, dtype=float) - NOISE) + 0.0


def first_calls(prospects: Numbers, connect_rate: Numbers) -> Numbers:
    """Calls until all `prospects` were reached once; NaN without a connect rate above 0. Source: numbers.md 3."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(connect_rate > 0, prospects / connect_rate, np.where(prospects == 0, 0.0, np.nan))
