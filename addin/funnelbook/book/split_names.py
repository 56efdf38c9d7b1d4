"""Names of people that a list of customers keeps in two columns, First Name and Last Name, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from funnelbook.book import values
from funnelbook.book.arrays import array_of, through
from funnelbook.book.labels import normalise
from funnelbook.book.place import Place
from funnelbook.domain.dtypes import Objects
from funnelbook.words import typed

_PARTS = ("first_name", "last_name")


def split_names(place: Place, headers: Mapping[int, str]) -> tuple[int, int] | None:
    """The columns of first and last names, among the `headers` that are none of ours, of a list without contacts."""
    if place.table != "Customers" or "contact" in place.columns:
        return None
    free = {normalise(text): column for column, text in headers.items() if normalise(text) not in place.unused}
    first, last = (next((free[text] for text in free if text in _called(part)), None) for part in _PARTS)
    return (first, last) if first and last else None


def with_names(
    raw: Mapping[str, Objects], body: Sequence[Sequence[object]], columns: tuple[int, int]
) -> dict[str, Objects]:
    """The cells of a list by schema column with the contact, who is the customer too where nobody else is named."""
    parts = [array_of([line[at - 1] if len(line) >= at else None for line in body]) for at in columns]
    first, last = (through(cells, values.text)[0] for cells in parts)
    both = (first != None) & (last != None)  # noqa: E711 (elementwise)
    contact = np.where(first == None, last, first)  # noqa: E711 (elementwise)
    contact[both] = first[both] + " " + last[both]
    name = raw.get("name", np.full(len(contact), None, dtype=object))
    return {**raw, "contact": contact, "name": np.where(name == None, contact, name)}  # noqa: E711 (elementwise)


@cache
def _called(part: str) -> frozenset[str]:
    return frozenset(map(normalise, typed(part)))
