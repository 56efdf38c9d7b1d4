"""Rows in the body of a table that are none of its rows: its headers again, totals, names of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from funnelbook.domain.dtypes import Flags
from funnelbook.words import say

_HEADS, _TOTALS, _GROUPS = "heads", "totals", "groups"


class LeftOut(NamedTuple):
    """How many rows of a sheet are left out for one reason, and the first of them."""

    sheet: str
    why: str  # preview.left_out_...
    rows: int
    first: int

    def text(self, language: str) -> str:
        """The sheet, how many rows of what, and the first."""
        return say(f"preview.left_out_{self.why}", language, sheet=self.sheet, count=self.rows, row=self.first)


def left_out(sheet: str, header_row: int, heads: Flags, totals: Flags, groups: Flags) -> Iterator[LeftOut]:
    """What is told of a body's rows that are left out, below a header in such a row."""
    for why, rows in ((_HEADS, heads), (_TOTALS, totals & ~heads), (_GROUPS, groups & ~heads & ~totals)):
        if rows.any():
            yield LeftOut(sheet, why, int(rows.sum()), header_row + 1 + int(np.argmax(rows)))


def told(found: Sequence[LeftOut], language: str) -> str:
    """The line that says it; "" where nothing is left out."""
    lines = say("between", language).join(of.text(language) for of in found)
    return say("adopt_left_out", language, rows=lines) if found else ""
