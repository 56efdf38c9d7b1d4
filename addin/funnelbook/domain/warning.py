"""Early warning (预警): which tier runs dry first, and when."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from funnelbook.domain.dtypes import At, Counts, Numbers
from funnelbook.domain.forecast import Learned
from funnelbook.domain.stays import day_number

_NOISE = 1e-9
NONE = -1
SHORT = 0.1  # a smaller part missing is no warning


def expected_stock(learned: Learned, rows: Counts, owner: Counts, days: Counts) -> Numbers:
    """Cases expected in each tier on the evening `days` from now, people x moments x tiers, the team first.

    `rows`: the open stays; `owner`: the row of each customer's present owner; `days`: whole numbers, not falling, one a moment.
    Source: method D6, forecast.md 2 and 8.
    """
    stays, hazards = learned.past.stays, learned.hazards
    moves, bins = hazards.moves, hazards.bins
    people, n = moves.shape[:2]
    ages = int(bins[-1]) + 1
    in_bin = np.repeat(np.arange(len(bins)), np.diff(np.append(bins, ages)))
    now = np.zeros((people, n, ages))
    who = np.maximum(owner[stays.customer[rows]], 0)
    age = np.clip(day_number(learned.as_of) - stays.entered[rows], 0, ages - 1)
    np.add.at(now, (who, stays.tier[rows], age), 1.0)
    weights, path = learned.weights(int(days.max(initial=0))), []
    passed = 0
    for moment in days:
        for weight in weights[passed:moment]:
            by_bin = np.add.reduceat(now, bins, axis=2)
            entered = weight * np.einsum("pib,pibj->pj", by_bin, moves[..., :n])
            entered += weight * learned.new_a_day[:, None] * learned.entry[:n]
            stay = now * (1 - weight * moves.sum(axis=-1))[:, :, in_bin]
            older = np.concatenate([np.zeros((people, n, 1)), stay[:, :, :-1]], axis=2)
            older[:, :, -1] += stay[:, :, -1]
            older[:, :, 0] = entered
            now = older
        passed = moment
        path.append(now.sum(axis=2))
    found = np.array(path).reshape(len(days), people, n).transpose(1, 0, 2)
    return np.concatenate([found.sum(axis=0, keepdims=True), found[1:]])


class Dry(NamedTuple):
    """Where people first run dry, by position."""

    tier: At
    moment: At


def first_dry(expected: Numbers, needed: Numbers) -> Dry:
    """Tier and moment (positions) of each person at which `expected` first is short of `needed` by more than `SHORT`; -1 where it never is.

    Both: people x moments x tiers from the lowest; NaN needs nothing. Of several tiers at once it is the highest, whose orders
    fail first. Source: method D6, forecast.md 8.
    """
    people, moments, n = expected.shape
    dry = (expected < (1 - SHORT) * needed - _NOISE)[:, :, ::-1].reshape(people, moments * n)
    first = np.append(dry, np.ones((people, 1), dtype=bool), axis=1).argmax(axis=1)
    never = first == moments * n
    return Dry(np.where(never, NONE, n - 1 - first % n), np.where(never, NONE, first // n))
