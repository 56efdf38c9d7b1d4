"""Fisher's exact test of two shares (费希尔检验), over arrays; scipy.stats takes longer to load than a refresh to run."""

from __future__ import annotations

import numpy as np
from scipy import special

from funnelbook.domain.dtypes import Numbers

_NEGLIGIBLE = 1e-17


def at_least(x: Numbers, n: Numbers, y: Numbers, m: Numbers) -> Numbers:
    """The chance that x or more of the x + y successes fall to the first of two equals, who tried n and m times.

    Whole counts, element by element. Source: Fisher's exact test, one-sided.
    """
    x, n, y, m = (np.asarray(part, dtype=float) for part in (x, n, y, m))
    leads = x * m >= y * n
    # the tail that leads away from the mean is summed, so that its terms shrink
    tail = _tail(np.where(leads, x, y + 1), np.where(leads, n, m), np.where(leads, y, x - 1), np.where(leads, m, n))
    return np.where(leads, tail, 1 - tail)


def _tail(x: Numbers, n: Numbers, y: Numbers, m: Numbers) -> Numbers:
    possible = (x <= n) & (y >= 0)
    x, y = np.where(possible, x, 0.0), np.where(possible, y, 0.0)
    first = np.exp(_log_choices(n, x) + _log_choices(m, y) - _log_choices(n + m, x + y))
    term, total = np.ones_like(first), np.ones_like(first)
    while (term > _NEGLIGIBLE * total).any():
        term = term * (n - x) * y / ((x + 1) * (m - y + 1))
        x, y, total = x + 1, y - 1, total + term
    return np.where(possible, np.minimum(1.0, first * total), 0.0)


def _log_choices(n: Numbers, k: Numbers) -> Numbers:
    """Logarithm of the ways to choose k of n."""
    return -np.log1p(n) - special.betaln(n - k + 1, k + 1)
