"""The cells of a large sheet, column by column, equal ones held once; to be read row by row like any others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from funnelbook.book.told_apart import drawn
from funnelbook.domain.dtypes import Objects

_CHUNK = 4_096  # rows


class ColumnGrid(Sequence[Sequence[object]]):
    """Rows of cells. `values`: what the cells hold, the last of them None for the blank ones; `places`: by column, which of the
    values each row has."""

    def __init__(self, values: Objects, places: Sequence[npt.NDArray[np.int32]]) -> None:
        self.values, self.places = values, places
        self._height = len(places[0]) if places else 0

    def column(self, at: int) -> Objects:
        """The cells of a column, counted from 0."""
        return drawn(self.values, self.places[at])

    @property
    def width(self) -> int:
        return len(self.places)

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, at: int) -> Sequence[object]: ...
    @overload
    def __getitem__(self, at: slice) -> ColumnGrid: ...
    def __getitem__(self, at: int | slice) -> Sequence[object]:
        if isinstance(at, slice):
            return ColumnGrid(self.values, [places[at] for places in self.places])
        return [self.values[places[at]] for places in self.places]

    def __iter__(self) -> Iterator[Sequence[object]]:
        for start in range(0, self._height, _CHUNK):
            chunk = slice(start, start + _CHUNK)
            columns = [self.values[places[chunk]].tolist() for places in self.places]
            yield from map(list, zip(*columns, strict=True))
