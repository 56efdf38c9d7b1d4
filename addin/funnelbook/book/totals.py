"""Rows of totals among the rows of a table."""

from __future__ import annotations

import re

import numpy as np

from funnelbook.book.arrays import through
from funnelbook.book.labels import normalise

_TOTALS = frozenset(map(normalise, ("合计", "总计", "小计", "汇总", "total", "grand total", "subtotal", "sum")))
_DIGIT = re.compile(r"\d")  # most keys have one, no such name does


def says_total(value: object) -> bool:
    """Whether a cell names its row a totals row."""
    return isinstance(value, str) and not _DIGIT.search(value) and normalise(value) in _TOTALS


def say_totals(cells: np.ndarray) -> np.ndarray:
    """Which cells name their row a totals row; mostly none does, which one look at all texts tells."""
    texts = normalise("\0".join(v for v in cells if isinstance(v, str)))
    if not any(total in texts for total in _TOTALS):
        return np.zeros(len(cells), dtype=bool)
    return through(cells, says_total)[0].astype(bool)
