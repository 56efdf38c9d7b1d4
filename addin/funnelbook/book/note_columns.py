"""Columns of a list of customers that hold notes besides the one that is read as their note: 跟进情况 next to 备注."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from funnelbook.book import values
from funnelbook.book.arrays import array_of
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.place import ROWS, Place
from funnelbook.book.ports import Book
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import At, Objects

Grid = Sequence[Sequence[object]]


class Column(NamedTuple):
    """Texts of a column, None for blanks, and the row of each as the frames of Inputs give it."""

    rows: At
    texts: Objects


def further_notes(book: Book, place: Place, grid: Callable[[str], Grid] | None = None) -> Iterator[Column]:
    """The columns called as notes are that are not the note, but for those their user wants read as nothing.

    `grid`: the cells of a sheet, for who has read them already.
    """
    grid = grid or book.grid
    for i, part in enumerate(place.whole):
        head = book.head(part.sheet, part.header_row)[part.header_row - 1]
        for j in _columns(part, head):
            if is_note(text := str(head[j - 1])) and normalise(text) not in place.unused:
                body = grid(part.sheet)[part.header_row : part.last_row]
                cells = [values.text(line[j - 1]) if len(line) >= j else None for line in body]
                rows = np.arange(part.header_row + 1, part.header_row + 1 + len(cells))
                yield Column(rows + i * ROWS, array_of(cells))


def is_note(text: str) -> bool:
    """Whether a header is what notes are called by."""
    return normalise(text) in aliases(TABLES["Customers"], "note")


def _columns(place: Place, head: Sequence[object]) -> list[int]:
    """The columns of a list that are none of ours: those of its ListObject, else up to the first without a header."""
    mine = place.columns.values()
    if place.listed:
        every = range(place.listed.left, place.listed.right + 1)
    else:
        right = max(mine)
        while right < len(head) and head[right] not in (None, ""):
            right += 1
        every = range(min(mine), right + 1)
    return [j for j in every if j not in mine and j <= len(head) and isinstance(head[j - 1], str)]
