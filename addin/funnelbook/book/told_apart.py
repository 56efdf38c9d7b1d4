"""The distinct values of columns of cells, found once however often they are asked for."""

from __future__ import annotations

import weakref
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import At, Flags, Objects


class ToldApart(NamedTuple):
    """`at`: which of the distinct `values`, in the order they come, each cell holds, -1 where it is blank."""

    at: At
    values: Objects

    @property
    def filled(self) -> Flags:
        return self.at >= 0


_known: dict[int, tuple[weakref.ref[Objects], ToldApart]] = {}


def told_apart(cells: Objects) -> ToldApart:
    """The ToldApart of cells, None for blanks; TRUE and 1 are two values. Of a `settled` array it is remembered as long as that lives."""
    known = _known.get(id(cells))
    if known is not None and known[0]() is cells:
        return known[1]
    found = _of(cells)
    if not cells.flags.writeable and cells.base is None:  # nor can anybody write through another array
        _remember(cells, found)
    return found


def settled(cells: Objects) -> Objects:
    """The cells, into which nobody can write any more."""
    cells.flags.writeable = False
    return cells


def drawn(values: Objects, places: At) -> Objects:
    """The values at some places of others, which are told apart by the places: equal values may be among those, and so may None."""
    cells, there = settled(values[places]), places >= 0
    least, beyond = int(places.min(initial=len(values), where=there)), int(places.max(initial=-1)) + 1
    within = np.where(there, places - least, max(0, beyond - least))  # values of a column mostly stand together
    first = np.full(max(0, beyond - least) + 1, -1)
    first[within[::-1]] = np.arange(len(places) - 1, -1, -1)  # of several the earliest stays
    first[-1] = -1
    used = np.flatnonzero(first >= 0)
    used = used[np.argsort(first[used])]
    number, distinct = _of(values[used + least])
    first[used] = number
    _remember(cells, ToldApart(first[within], distinct))
    return cells


def kept(cells: Objects, keep: Flags) -> Objects:
    """Some of the cells, told apart as all of them are where these are known to be."""
    known = _known.get(id(cells))
    if known is None or known[0]() is not cells:
        return cells[keep]
    at, values = known[1]
    return drawn(np.array([*values, None], dtype=object), at[keep])


def _of(cells: Objects) -> ToldApart:
    at, values = pd.factorize(cells)
    for one in np.flatnonzero((values == 1) | (values == 0)):
        here = np.flatnonzero(at == one)
        other = [type(cell) is not type(values[one]) for cell in cells[here]]
        if any(other):
            return _by_kind(cells)
    return ToldApart(at, values)


def _by_kind(cells: Objects) -> ToldApart:
    kinds = np.empty(len(cells), dtype=object)
    kinds[:] = [None if pd.isna(cell) else (type(cell), cell) for cell in cells]
    at, distinct = pd.factorize(kinds)
    values = np.empty(len(distinct), dtype=object)
    values[:] = [value for _, value in distinct]
    return ToldApart(at, values)


def _remember(cells: Objects, found: ToldApart) -> None:
    key = id(cells)
    _known[key] = weakref.ref(cells, lambda _: _known.pop(key, None)), found
