"""Columns of a list of customers that hold phones besides the one that is read as their phone: 备用电话, 座机 next to 手机, Phone 2."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.book.arrays import array_of, through
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.other_headers import other_headers
from funnelbook.book.place import ROWS, Place
from funnelbook.book.ports import Book
from funnelbook.book.schema import TABLES
from funnelbook.domain import phone
from funnelbook.domain.dtypes import At, Objects
from funnelbook.words import typed

_BETWEEN = " / "  # of two numbers in a cell


def is_phone(text: str) -> bool:
    """Whether a header is what phones are called by, or one more of them: 电话2, 备用电话, Other phone."""
    return normalise(text) in _called()


def further_phones(book: Book, place: Place) -> list[tuple[Place, int]]:
    """The parts of a list of customers and their columns with further phones, but for those their user wants read as nothing."""
    if place.table != "Customers" or "phone" not in place.columns:
        return []
    return [
        (part, column)
        for part in place.whole
        for column, text in other_headers(book, part).items()
        if is_phone(text) and normalise(text) not in part.unused and column not in part.elsewhere
    ]


def with_further(book: Book, place: Place, phones: Objects, rows: At, country: str) -> Objects:
    """The phones of customers, at `rows` as in the frames of Inputs, each with the numbers of its further columns behind it."""
    found = phones
    for part, column in further_phones(book, place):
        grid, at = book.grid(part.sheet), np.flatnonzero(rows // ROWS == place.whole.index(part))
        lines = [grid[row - 1] for row in (rows[at] % ROWS).tolist()]
        cells = array_of([line[column - 1] if len(line) >= column else None for line in lines])
        more = through(cells, lambda cell: _number(cell, country))[0]
        first = through(found[at], values.identifier)[0]
        told, there = more != None, first != None  # noqa: E711 (elementwise)
        both = pd.Series(first[told & there]) + _BETWEEN + pd.Series(more[told & there])
        found = found.copy()
        found[at[told & ~there]] = more[told & ~there]
        found[at[told & there]] = both.to_numpy(object)
    return found


def _number(cell: object, country: str) -> str | None:
    """What a cell says if a number can stand in it: a remark among numbers is none."""
    said = values.identifier(cell)
    return said if isinstance(said, str) and phone.can_be(said, country) else None


@cache
def _called() -> frozenset[str]:
    known, more = aliases(TABLES["Customers"], "phone"), [normalise(word) for word in typed("phone_more")]
    return frozenset((*known, *(text for one in known for word in more for text in (one + word, word + one))))
