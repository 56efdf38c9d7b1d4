"""Header rows repeated further down a table, among its rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from funnelbook.book.labels import aliases, header, normalise
from funnelbook.book.place import Place
from funnelbook.book.schema import TABLES
from funnelbook.book.told_apart import told_apart
from funnelbook.domain.dtypes import Flags, Objects
from funnelbook.words import LANGUAGES

_FEWEST = 2  # headers in a row; one alone may be a name or a word


def repeat_heads(place: Place, raw: Mapping[str, Objects], rows: int) -> Flags:
    """Which rows of a table's body, its cells by schema column, mostly say what columns are called: its own headers or known ones."""
    hits = np.zeros(rows, dtype=int)
    for name, cells in raw.items():
        at, values = told_apart(cells)
        spelt = _spelt(place, name)
        said = np.array([*(isinstance(value, str) and value in spelt for value in values), False])
        hits += said[at]
    found = hits >= _FEWEST
    at = np.flatnonzero(found)
    filled = sum(cells[at] != None for cells in raw.values())  # noqa: E711 (elementwise)
    found[at] = 2 * hits[at] > filled
    return found


def _spelt(place: Place, name: str) -> set[str]:
    """How a header of a column is probably written."""
    table = TABLES[place.table]
    known = {*aliases(table, name), place.headers.get(name, ""), *(header(table, name, each) for each in LANGUAGES)}
    return known | {text.title() for text in known} | {text.upper() for text in known} | {normalise(t) for t in known}
