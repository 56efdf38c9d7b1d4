"""Quantiles of the laws used here, from scipy.special: scipy.stats takes longer to load than a refresh to run."""

from __future__ import annotations

import numpy as np
from scipy import special

from funnelbook.domain.dtypes import Numbers

Number = Numbers | float
_MOST = 2.0**53  # above it whole numbers cannot be told apart


def binomial(level: Number, n: Number, p: Number) -> Numbers:
    """The smallest count whose cumulated chance reaches `level`; NaN where p is none, or n none, 0 or no number to count to."""
    trials, p = np.asarray(n, dtype=float), np.asarray(p, dtype=float)
    known = (trials > 0) & (trials <= _MOST) & (p >= 0) & (p <= 1)
    trials, chance = np.where(known, trials, 1).astype(np.int64), np.where(known, p, 0.5)
    found = np.ceil(special.bdtrik(level, trials, chance))
    below = np.maximum(found - 1, 0)
    exact = np.where(special.bdtr(below, trials, chance) >= level, below, found)
    exact = np.where(chance == 0, 0.0, np.where(chance == 1, trials, exact))
    return np.where(known, exact, np.nan)


def poisson(level: Number, mean: Number) -> Numbers:
    """The smallest count whose cumulated chance reaches `level`; NaN where the mean is none."""
    mean = np.asarray(mean, dtype=float)
    found = np.ceil(special.pdtrik(level, mean))
    below = np.maximum(found - 1, 0)
    exact = np.where(special.pdtr(below, mean) >= level, below, found)
    return np.where(mean == 0, 0.0, np.where(np.isfinite(mean) & (mean > 0), exact, np.nan))


def beta(level: Number, a: Number, b: Number) -> Numbers:
    """The value so large a part of a Beta(a, b) lies below."""
    return special.betaincinv(a, b, level)


def student(level: Number, freedom: Number) -> Numbers:
    """The value so large a part of Student's t lies below; NaN without degrees of freedom."""
    return np.where(np.asarray(freedom) > 0, special.stdtrit(freedom, level), np.nan)
