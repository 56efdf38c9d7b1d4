"""Who helps whom (谁帮谁): people weak at a step and, for each, who is better at it by more than chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from funnelbook.domain.limits import PROBLEM, WATCH, proportion_limits

CHANCE = 0.025  # a lead this likely among equals is none


def pairs(successes: np.ndarray, trials: np.ndarray, min_cases: int) -> pd.DataFrame:
    """Weak people at one step: weak, helper (row positions, -1 where nobody leads), rate, benchmark, helper_value (0 .. 1).

    `successes` of `trials`: whole counts, a row a person. Weak is who falls below the 95 % control limit of the others. The
    helper has at least `min_cases` and the lead over the weak one that is least likely chance, by Fisher's exact test, one-sided,
    at most 2.5 %; of equal ones the first. Source: method E4, numbers.md 8.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    limits = proportion_limits(x, n, min_cases=min_cases)
    weak = np.flatnonzero(np.isin(limits.verdict, (WATCH, PROBLEM)))
    able = np.flatnonzero(n >= max(1, min_cases))  # the weak are among them
    by = (able[:, None], weak[None, :])
    both, won = (v[by[0]] + v[by[1]] for v in (n, x))
    # row by column: the chance that this one leads that one by so much or more, were both equal
    chance = stats.hypergeom.sf(x[able][:, None] - 1, both, won, n[able][:, None])
    best = chance.argmin(axis=0) if len(weak) else weak
    helper = np.where(chance[best, np.arange(len(weak))] <= CHANCE, able[best] if len(weak) else weak, -1)
    rate = np.append(x[able] / n[able], np.nan)
    at = np.where(helper >= 0, best, -1)
    return pd.DataFrame(
        {
            "weak": weak,
            "helper": helper,
            "rate": x[weak] / n[weak],
            "benchmark": limits.benchmark[weak],
            "helper_value": rate[at],
        }
    )
