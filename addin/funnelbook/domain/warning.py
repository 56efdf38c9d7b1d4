"""Early warning (预警): which tier runs dry first, and when."""

from __future__ import annotations

import numpy as np

_NOISE = 1e-9
NONE = -1


def expected_stock(steps: np.ndarray, stock: np.ndarray, new_per_week: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Customers expected in each tier `days` from now, people x moments x tiers.

    `steps`: daily transition matrices, people x states x states, the tiers first. `stock`: people x tiers, now.
    `new_per_week`: new prospects of each person, who enter the lowest tier. `days`: whole numbers, not falling, one a moment.
    Source: method D6, numbers.md 6.
    """
    n = stock.shape[1]
    tiers, now, path = steps[:, :n, :n], stock.astype(float), []
    for passed in np.diff(days, prepend=0):
        now = (now[:, None] @ np.linalg.matrix_power(tiers, int(passed)))[:, 0]
        now[:, 0] += new_per_week * passed / 7
        path.append(now.copy())
    return np.array(path).reshape(len(days), *stock.shape).transpose(1, 0, 2)


def first_dry(expected: np.ndarray, needed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tier and moment (positions) at which `expected` first falls below `needed`, a value a person; -1 where it never does.

    Both: people x moments x tiers from the lowest; NaN needs nothing. Of several tiers at once it is the highest, whose orders
    fail first. Source: method D6, numbers.md 6.
    """
    people, moments, n = expected.shape
    dry = (expected < needed - _NOISE)[:, :, ::-1].reshape(people, moments * n)
    first = np.append(dry, np.ones((people, 1), dtype=bool), axis=1).argmax(axis=1)
    never = first == moments * n
    return np.where(never, NONE, n - 1 - first % n), np.where(never, NONE, first // n)
