"""Rows of a list of customers that only name a group of those below them: 华东区, 销售一组, North region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from funnelbook.book.below import TELLING
from funnelbook.book.labels import normalise
from funnelbook.book.place import Place
from funnelbook.domain.dtypes import Flags, Objects
from funnelbook.words import typed

_OF_A_CUSTOMER = 2  # cells of a row


def name_groups(place: Place, raw: Mapping[str, Objects], rows: int) -> Flags:
    """Which rows of a body, its cells by schema column, hold one word for a group and nothing else, where others hold more."""
    cells = {name: of for name, of in raw.items() if name != "id" or not place.numbered}
    if place.table != "Customers" or place.listed or len(cells) < _OF_A_CUSTOMER:
        return np.zeros(rows, dtype=bool)
    filled = np.array([of != None for of in cells.values()]).sum(axis=0)  # noqa: E711 (elementwise)
    alone = filled == 1
    if not alone.any() or 2 * alone.sum() > (filled > 0).sum():
        return np.zeros(rows, dtype=bool)
    found = np.zeros(rows, dtype=bool)
    for name in cells:
        if name in TELLING or name in ("id", "owner"):
            texts = pd.Series(cells[name][alone], dtype=object)
            found[alone] |= [isinstance(text, str) and bool(_groups().search(normalise(text))) for text in texts]
    return found


@cache
def _groups() -> re.Pattern[str]:
    """What names of groups end in, and months, which are whole names."""
    ends = "|".join(re.escape(normalise(text)) for text in sorted(typed("group_end")))
    months = "|".join(re.escape(normalise(text)) for text in sorted(typed("group_month")))
    return re.compile(rf"(?:{ends})$|^\d{{1,2}}(?:{months})$")
