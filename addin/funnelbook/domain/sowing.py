"""The plan that never stops sowing (滚动计划): what has to move into every tier each week, for orders beyond the period too."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from funnelbook.domain import backplan
from funnelbook.domain.dtypes import Flags, Numbers
from funnelbook.domain.targets import largest_remainder

_DAYS_A_WEEK = 7
_NOISE = 1e-9


class Sowing(NamedTuple):
    """Moves into each tier by week, tiers x weeks, the lowest tier and the current week first; NaN where no number would do."""

    moves: Numbers
    late: Flags  # whether some of them should have been made before


def orders_wanted(gap: float, weights: Numbers, weights_beyond: Numbers, beyond: float) -> tuple[Numbers, Numbers]:
    """Orders wanted in the weeks left of the period, the gap by weight, and in those beyond it, `beyond` a unit of weight.

    Weeks are as the caller has them; none left wants none. A NaN gap gives NaN. Source: forecast.md 8.
    """
    after = np.asarray(weights_beyond, dtype=float) * beyond
    if np.isnan(gap):
        return np.full(len(weights), np.nan), after
    if not np.any(np.asarray(weights) > 0):
        return np.zeros(len(weights)), after
    return largest_remainder(float(backplan.ceil_shown(np.asarray(gap))), weights), after


def lead_weeks(lead_days: Numbers) -> Numbers:
    """Lead times in whole weeks, rounded; half a week is one."""
    return np.floor(np.asarray(lead_days, dtype=float) / _DAYS_A_WEEK + 0.5).astype(int)


def sow(orders: Numbers, stock: Numbers, rates: Numbers, lead_weeks: Numbers) -> Sowing:
    """Moves into each tier for the `orders` wanted in consecutive weeks, the first of which is the first that can still be planned.

    From the top tier down customers are wanted for the orders of each week, the stock serves the earliest weeks, and the rest
    are moves into the tier, due its lead time earlier; what is due before the first week is due in it and late. `stock`, `rates`
    and `lead_weeks` run from the lowest tier. The last `lead_weeks` weeks of a tier are cut off by the end of `orders`.
    Source: forecast.md 8.
    """
    n, weeks = len(stock), len(orders)
    moves, late = np.zeros((n, weeks)), np.zeros((n, weeks), dtype=bool)
    wanted = np.asarray(orders, dtype=float)
    for i in range(n - 1, -1, -1):
        with np.errstate(divide="ignore", invalid="ignore"):
            wanted = np.where(wanted == 0, 0.0, wanted / rates[i])
        wanted = np.where(np.isinf(wanted), np.nan, wanted)
        total = np.cumsum(wanted)
        wanted = np.diff(np.maximum(0.0, total - stock[i]), prepend=0.0)
        due = np.arange(weeks) - lead_weeks[i]
        np.add.at(moves[i], np.maximum(due, 0), wanted)
        late[i, :1] = (wanted[due < 0] > _NOISE).any()
    return Sowing(moves, late)


def capped(moves: Numbers, most: Numbers) -> Numbers:
    """Moves by week, what is more than `most` of a week put off to the next. The last week holds no more than its own."""
    planned, rest = np.empty(len(moves)), 0.0
    for week, (wanted, limit) in enumerate(zip(moves, most, strict=True)):
        planned[week] = min(rest + wanted, limit) if not np.isnan(wanted) else np.nan
        rest = rest + wanted - planned[week]
    return planned


def whole(moves: Numbers) -> Numbers:
    """Whole numbers along the last axis: the sums up to each week rounded up."""
    up = np.ceil(np.cumsum(moves, axis=-1) - _NOISE)
    return np.maximum(0.0, np.diff(up, axis=-1, prepend=0.0)) + 0.0
