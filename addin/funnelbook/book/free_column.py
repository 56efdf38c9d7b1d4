"""A column right of a list of customers for what it has none for: numbers, or that somebody is not to be called."""

from __future__ import annotations

from collections.abc import Sequence

from funnelbook.book.place import Place
from funnelbook.book.ports import Book, BookError

_LAST_COLUMN = 16_384


def free_column(book: Book, place: Place) -> tuple[int, int]:
    """The first column right of a list with nothing from the header on down, of a ListObject the one next to it; and the last one of
    the list. BookError `no_room_for_numbers` when there is none.
    """
    grid = book.grid(place.sheet)
    right = place.listed.right if place.listed else _run_of_headers(grid, place)
    bottom = place.until or place.last_row or len(grid)
    candidates = range(right + 1, right + 2 if place.listed else _width(grid, place.header_row) + 2)
    others = [lo.area for lo in book.list_objects() if lo.sheet == place.sheet and lo.area != place.listed]
    for column in candidates:
        below = (line[column - 1] for line in grid[place.header_row - 1 : bottom] if len(line) >= column)
        free = column <= _LAST_COLUMN and all(value in (None, "") for value in below)
        if free and not any(a.left <= column <= a.right and a.bottom >= place.header_row for a in others):
            return column, right
    raise BookError("no_room_for_numbers", file=book.name, sheet=place.sheet, row=place.header_row)


def _run_of_headers(grid: Sequence[Sequence[object]], place: Place) -> int:
    """The last column of a plain list: of its headers that stand side by side with one we know."""
    line, right = grid[place.header_row - 1], max(place.columns.values())
    while right < len(line) and line[right] not in (None, ""):
        right += 1
    return right


def _width(grid: Sequence[Sequence[object]], header_row: int) -> int:
    return max((len(line) for line in grid[header_row - 1 :]), default=0)
