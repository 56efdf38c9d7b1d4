"""Rows of totals among the rows of a table."""

from __future__ import annotations

import re

import numpy as np

from funnelbook.book.arrays import through
from funnelbook.book.labels import normalise
from funnelbook.book.told_apart import told_apart
from funnelbook.book.values import fold
from funnelbook.domain.dtypes import Flags, Objects
from funnelbook.words import typed

_ENDS = tuple(map(normalise, typed("total_end")))  # of 5月合计, 张三小计
_TOTALS = frozenset(map(normalise, typed("total")))
_BEGINNINGS = re.compile(  # of Subtotal April, 合计：3500元; 合计源贸易 and Total Fortune are names
    "|".join(re.escape(fold(text).casefold()) + (r"\b" if text.isascii() else "") for text in typed("total_start"))
)
_SPACES, _UNIT = re.compile(r"[^\S\0]+"), re.compile(r"[(（\[【][^\0]{1,6}[)）\]】](?=\0|$)")
_LONGEST = 16  # letters


def says_total(value: object) -> bool:
    """Whether a cell names its row one of totals, averages or the like."""
    if not isinstance(value, str) or len(value) > _LONGEST or value.isdecimal():
        return False
    said = _plain(value)
    return said in _TOTALS or said.endswith(_ENDS) or _begins(value)


def _begins(value: str) -> bool:
    """Whether a text begins as those of totals do, whatever spaces stand between its words or letters."""
    said = " ".join(fold(value).casefold().split())
    return bool(_BEGINNINGS.match(said) or (not said.isascii() and _BEGINNINGS.match(_SPACES.sub("", said))))


def _plain(said: str) -> str:
    """A name without spaces, and without a unit behind it: 合 计, 本月合计（元）."""
    return normalise(_UNIT.sub("", _SPACES.sub("", said)))


def say_totals(cells: Objects) -> Flags:
    """Which cells name their row a totals row; mostly none does, which one look at all texts tells."""
    texts = _plain("\0".join(v for v in told_apart(cells).values if isinstance(v, str)))
    if not any(total in texts for total in _TOTALS):
        return np.zeros(len(cells), dtype=bool)
    return through(cells, says_total)[0].astype(bool)
