"""Cold cases (不活跃): open on paper, but so long where they are that hardly anything comes of them."""

from __future__ import annotations

import numpy as np

from funnelbook.domain.dtypes import At, Flags
from funnelbook.domain.forecast import Learned
from funnelbook.domain.stays import day_number

LONGER_THAN_DWELLS, LEAST_DAYS = 2, 30
OF_A_FRESH_ONE = 0.25


def cold(learned: Learned, rows: At, owner: At) -> Flags:
    """Which of the open stays `rows` are cold; `owner`: the row of each one's present owner, nobody negative.

    Longer in the tier than twice its dwell_days (at least `LEAST_DAYS`), and over one cycle (dwell_days from the tier up) with
    less than a quarter of the chance of a fresh case there. Source: forecast.md 2.
    """
    stays, tiers = learned.past.stays, learned.past.tiers
    tier, who = stays.tier[rows], np.maximum(owner, 0)
    age = day_number(learned.as_of) - stays.entered[rows]
    dwell = np.maximum(1.0, tiers.dwell_days)
    cycle = np.ceil(np.cumsum(dwell[::-1])[::-1]).astype(int)
    found = np.zeros(len(rows), dtype=bool)
    old = age > np.maximum(LEAST_DAYS, LONGER_THAN_DWELLS * dwell)[tier]
    for i in np.unique(tier[old]):
        these = np.flatnonzero(old & (tier == i))
        ahead = learned.outlook(int(cycle[i]))
        fresh = ahead.of(who[these], tier[these], np.zeros(len(these), dtype=np.intp))
        found[these] = ahead.of(who[these], tier[these], age[these]) < OF_A_FRESH_ONE * fresh
    return found
