"""Cells of a sheet as numpy arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, zip_longest

import numpy as np

from funnelbook.book import values
from funnelbook.book.column_grid import ColumnGrid
from funnelbook.book.told_apart import told_apart
from funnelbook.domain.dtypes import At, Flags, Objects

Column = Sequence[object] | Objects


def columns_of(rows: Sequence[Sequence[object]], count: int | None = None) -> Sequence[Column]:
    """The columns, or the first so many, of rows that may be of different length, None where a row is too short."""
    if isinstance(rows, ColumnGrid):
        return [rows.column(at) for at in range(rows.width)[:count]]
    return list(islice(zip_longest(*rows), count))


def array_of(cells: Column) -> Objects:
    """Cells as an array of objects, blank texts as None; those of a ColumnGrid are one."""
    if isinstance(cells, np.ndarray):
        return cells
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    array[array == ""] = None
    return array


def through(cells: Objects, parse: Callable[[object], object]) -> tuple[Objects, Flags]:
    """Each cell parsed, every distinct value once, None for what is BAD; and which are."""
    parsed, at, bad = distinct(cells, parse)
    return parsed[at], bad[at]


def distinct(cells: Objects, parse: Callable[[object], object]) -> tuple[Objects, At, Flags]:
    """Every distinct value parsed, None for what is BAD and, at the end, for blanks; which of them each cell holds; which are BAD."""
    codes, uniques = told_apart(cells)
    parsed = np.empty(len(uniques) + 1, dtype=object)
    parsed[:-1] = [parse(v) for v in uniques]
    bad = np.fromiter((v is values.BAD for v in parsed), dtype=bool, count=len(parsed))
    parsed[bad] = None
    return parsed, codes, bad
