"""Columns beside the tiers of a list of customers that say who bought and who is lost: 状态, 是否成交, Status next to a rating."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from funnelbook.book import codes, values
from funnelbook.book.labels import normalise
from funnelbook.book.place import Place
from funnelbook.book.refusals import forbids
from funnelbook.words import typed

STATED, SPARED = (
    "_stated",
    "_spared",
)  # beside the cells of customers: whose tier such a column says, whom it spares a call


def state_columns(place: Place, headers: Mapping[int, str]) -> Iterator[tuple[int, Callable[[object], object]]]:
    """By column of the sheet, among the `headers` that are none of ours, what reads a cell of it: as Won, Lost or None.

    None where the list has no tiers, which such a column then says itself.
    """
    if place.table != "Customers" or "tier" not in place.columns:
        return
    for column, text in headers.items():
        said = normalise(text)
        if said not in place.unused and said in _called("state") | _called("sold"):
            yield column, _sold if said in _called("sold") else special_tier


def special_tier(cell: object) -> object:
    """Won or Lost where a cell says so, else None."""
    said = values.text(cell)
    found = codes.special_of().get(normalise(said)) if said else None
    if found not in (codes.WON, codes.LOST):
        return codes.LOST if forbids(said) else None
    return found


def _sold(cell: object) -> object:
    said = values.text(cell)
    return codes.WON if said and normalise(said) in codes.YES else special_tier(cell)


@cache
def _called(what: str) -> frozenset[str]:
    return frozenset(map(normalise, typed(f"column_{what}")))
