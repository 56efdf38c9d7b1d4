"""Orders that say whose they are by name or phone: their list has no column of ids."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.book.arrays import array_of, through
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.other_headers import other_headers
from funnelbook.book.place import Place
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.domain import phone

_SAID = ("phone", "name")  # the surer first


def saying(book: Book, place: Place) -> dict[str, tuple[int, str]]:
    """Column and header of what says the customers of a list without ids, by the column of Customers that says so too."""
    if "id" in place.columns:
        return {}
    found: dict[str, tuple[int, str]] = {}
    for at, header in other_headers(book, place).items():
        for name in _SAID:
            if normalise(header) in aliases(TABLES["Customers"], name) and normalise(header) not in place.unused:
                found.setdefault(name, (at, header))
    return {name: found[name] for name in _SAID if name in found}


def with_ids(
    book: Book, place: Place, frame: pd.DataFrame, customers: pd.DataFrame, country: str, problems: Problems
) -> pd.DataFrame:
    """The rows of a list with the id of the one customer that each says; who is not known, or is one of several, is a problem."""
    columns = saying(book, place)
    if not columns or frame.empty:
        return frame
    grid, rows = book.grid(place.sheet), frame["row"].to_numpy(np.intp)
    ids, said = array_of([None] * len(frame)), array_of([None] * len(frame))
    several = np.zeros(len(frame), dtype=bool)
    for name, (at, _) in columns.items():
        cells = array_of([values.text(line[at - 1]) if len(line := grid[row - 1]) >= at else None for row in rows])
        spelt = partial(_spelt, name, country)
        there = customers.dropna(subset=name)
        known = there["id"].groupby(through(there[name].to_numpy(object), spelt)[0]).agg(["first", "size"])
        found = known.reindex(through(cells, spelt)[0])
        many = (found["size"] > 1).to_numpy(bool)
        free = pd.isna(ids) & ~many
        ids[free] = found["first"].to_numpy(object)[free]
        several |= many
        said[pd.isna(said)] = cells[pd.isna(said)]
    lost = pd.isna(ids) & ~pd.isna(said)
    for code, which in (("unknown_customer", lost & ~several), ("name_of_several", lost & several)):
        problems.add(place.table, "id", code, rows[which], said[which])
    ids[pd.isna(ids)] = None
    return frame.assign(id=ids)


def _spelt(name: str, country: str, text: object) -> str | None:
    return phone.normalise(str(text), country) if name == "phone" else normalise(text)
