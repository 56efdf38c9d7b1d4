"""Who helps whom (谁帮谁): people behind at a step and, for each, who is better at it by more than chance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain import fisher
from funnelbook.domain.dtypes import Counts, Numbers

CHANCE = 0.05  # that a helper is found for somebody among equals


def pairs(successes: Numbers | Counts, trials: Numbers | Counts, min_cases: int) -> pd.DataFrame:
    """People to be helped at one step: behind, helper (row positions), rate, benchmark, helper_rate (0 .. 1).

    `successes` of `trials`: a row a person, whole trials; only people with `min_cases` are compared. The helper is who has the lead
    that is least likely chance by Fisher's exact test, one-sided, of equal ones the first; among equals a person is given one in
    at most 5 % (Bonferroni over the others). Benchmark: pooled rate of everybody else. Source: method E4.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    able = np.flatnonzero(n >= max(1, min_cases))
    m = len(able)
    if m < 2:
        return pd.DataFrame({"behind": able[:0], "helper": able[:0], "rate": [], "benchmark": [], "helper_rate": []})
    won, made = np.rint(x[able]), n[able]
    # row by column: the chance that this one leads that one by so much or more, were both equal
    row, column = np.nonzero(won[:, None] * made > won * made[:, None])
    chance = np.ones((m, m))
    chance[row, column] = fisher.at_least(won[row], made[row], won[column], made[column])
    best = chance.argmin(axis=0)
    led = np.flatnonzero(chance[best, np.arange(m)] <= CHANCE / (m - 1))
    behind, helper = able[led], able[best[led]]
    others = (x.sum() - x[behind]) / (n.sum() - n[behind])
    rates = {"rate": x[behind] / n[behind], "benchmark": others, "helper_rate": x[helper] / n[helper]}
    return pd.DataFrame({"behind": behind, "helper": helper} | rates)
