"""Cells of a sheet as numpy arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, zip_longest

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.domain.dtypes import Flags, Objects


def columns_of(rows: Sequence[Sequence[object]], count: int | None = None) -> list[tuple[object, ...]]:
    """The columns, or the first so many, of rows that may be of different length, None where a row is too short."""
    return list(islice(zip_longest(*rows), count))


def array_of(cells: Sequence[object]) -> Objects:
    """Cells as an array of objects, blank texts as None."""
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    array[array == ""] = None
    return array


def through(cells: Objects, parse: Callable[[object], object]) -> tuple[Objects, Flags]:
    """Each cell parsed, every distinct value once, None for what is BAD; and which are."""
    codes, uniques = pd.factorize(cells)
    table = np.empty(len(uniques) + 1, dtype=object)
    table[:-1] = [parse(v) for v in uniques]
    bad = np.fromiter((v is values.BAD for v in table), dtype=bool, count=len(table))
    table[bad] = None
    return table[codes], bad[codes]
