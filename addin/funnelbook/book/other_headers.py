"""Headers of a list that are none of ours."""

from __future__ import annotations

from funnelbook.book.labels import in_one_line
from funnelbook.book.place import Place
from funnelbook.book.ports import Book


def other_headers(book: Book, place: Place) -> dict[int, str]:
    """By column of the sheet the headers beside those of a table: in its ListObject, else up to the first blank on either side."""
    line = book.head(place.sheet, place.header_row)[place.header_row - 1]
    mine = set(place.columns.values())
    if place.listed:
        left, right = place.listed.left, place.listed.right
    else:
        left, right = min(mine), max(mine)
        while left > 1 and line[left - 2] not in (None, ""):
            left -= 1
        while right < len(line) and line[right] not in (None, ""):
            right += 1
    texts = {j: line[j - 1] for j in range(left, min(right, len(line)) + 1) if j not in mine}
    return {j: in_one_line(text) for j, text in texts.items() if isinstance(text, str) and text.strip()}
