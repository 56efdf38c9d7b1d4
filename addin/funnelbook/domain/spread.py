"""How wrong we have been (误差): the factor all orders of a future share, and how large it is by what past forecasts missed."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import special

from funnelbook.domain.dtypes import Numbers

MIDPOINTS = 15
_PRIOR_CUTS, _PRIOR = 3, 0.03  # as if three cuts had been seen with a cv of .1
LARGEST = 2.0  # beyond it a team that expected next to nothing had an order, and the Gamma law has all its weight at 0
NO_SPREAD = 1e-4  # too little to be seen, and too little for the inverse of the Gamma law
PINBALL_LEVELS = np.array([0.1, 0.25, 0.5, 0.75, 0.9])


def spread_of(came: Numbers, expected: Numbers, variance: Numbers) -> float:
    """cv: by how much more than chance alone what came differed from what was expected, a share of it; .1 without cuts, at most 2.

    A value a cut: orders that came, `expected` ones (above 0), and their `variance` by the model alone. Source: forecast.md 4.
    """
    n = len(came)
    size = np.sum(expected**2)
    missed = np.sum((came - expected) ** 2 - variance) / size if size > 0 else 0.0
    return float(min(LARGEST, np.sqrt((n * max(0.0, missed) + _PRIOR) / (n + _PRIOR_CUTS))))


@lru_cache(maxsize=64)
def factors(cv: float) -> Numbers:
    """theta at `MIDPOINTS` midpoints of equal chance of a Gamma with mean 1 and variance cv squared, scaled to a mean of 1.

    Source: forecast.md 4.
    """
    if cv < NO_SPREAD:
        return np.ones(1)
    shape = 1 / cv**2
    theta = special.gammaincinv(shape, (np.arange(MIDPOINTS) + 0.5) / MIDPOINTS) / shape
    return theta / theta.mean()


def pinball(quantiles: Numbers, came: Numbers, levels: Numbers = PINBALL_LEVELS) -> float:
    """Mean pinball loss of `quantiles` (cuts x levels) against what came, a value a cut. Source: forecast.md 4."""
    over = np.asarray(came, dtype=float)[:, None] - quantiles
    return float(np.maximum(levels * over, (levels - 1) * over).mean())
