"""Columns of a list of customers that tell of contacts besides the note: 跟进情况 next to 备注, days of the last one, sales."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.book.arrays import array_of
from funnelbook.book.codes import LOST, WON
from funnelbook.book.labels import aliases, in_one_line, normalise
from funnelbook.book.place import ROWS, Place
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.sale_columns import SaleColumns, sale_columns, sales
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import At, Objects
from funnelbook.words import typed

Grid = Sequence[Sequence[object]]
_VALUE, _CLOSED = "expected_value", "closed"


class Column(NamedTuple):
    """Texts of a column, None for blanks, and the row of each as the frames of Inputs give it; `sales`: they hold of who is won only."""

    rows: At
    texts: Objects
    sales: bool = False


def further_notes(book: Book, place: Place, grid: Callable[[str], Grid] | None = None) -> Iterator[Column]:
    """The columns called as notes are that are not the note, but for those their user wants read as nothing.

    A day of a last contact, or of a sale and its amount, is told as a note would: the day, and what the column is called. `grid`: the
    cells of a sheet, for who has read them already.
    """
    grid = grid or book.grid
    for i, part in enumerate(place.whole):
        head = book.head(part.sheet, part.header_row)[part.header_row - 1]
        for j in _columns(part, head):
            if is_note(text := str(head[j - 1])) and normalise(text) not in place.unused:
                body = grid(part.sheet)[part.header_row : part.last_row]
                cells = [values.text(line[j - 1]) if len(line) >= j else None for line in body]
                if is_last_contact(text):
                    cells = [cell and f"{cell} {in_one_line(text)}" for cell in cells]
                yield _column(i, part, cells)
        if sold := sold_columns(part, head):
            body = grid(part.sheet)[part.header_row : part.last_row]
            yield _column(i, part, sales(body, sold, part.unit))._replace(sales=True)


def sold_columns(place: Place, head: Sequence[object]) -> SaleColumns | None:
    """The columns of a list that tell of sales, unless its user wants one read as something else; `head`: its line of headers."""
    mine = {at: name for name, at in place.columns.items()}
    heads = {j: str(head[j - 1]) for j in (*_columns(place, head), *mine) if j <= len(head)}
    found = sale_columns({j: text for j, text in heads.items() if normalise(text) not in place.unused})
    free = found and mine.get(found.amount, _VALUE) == _VALUE and mine.get(found.day, _CLOSED) == _CLOSED
    return found if free else None


def say_open_sales(columns: Iterable[Column], row: At, tier: Objects, problems: Problems) -> None:
    """Tells of customers with a sale beside them whose tier is still open; `tier`: as codes, by `row`."""
    still = ~np.isin(pd.Series(tier, dtype=object).fillna(WON), [WON, LOST])
    for column in columns:
        if column.sales:
            sold = column.rows[~pd.isna(column.texts)]
            at = still & np.isin(row, sold)
            problems.add("Customers", "tier", "open_sale", row[at], tier[at], count=int(at.sum()))


def is_note(text: str) -> bool:
    """Whether a header is what notes are called by, or days of a last contact."""
    return normalise(text) in aliases(TABLES["Customers"], "note") or is_last_contact(text)


def is_last_contact(text: str) -> bool:
    """Whether a header, or what is left of a note without its day, only says that there was a contact."""
    return normalise(text) in _last_contact()


def _column(part: int, place: Place, cells: Sequence[str | None]) -> Column:
    rows = np.arange(place.header_row + 1, place.header_row + 1 + len(cells))
    return Column(rows + part * ROWS, array_of(cells))


@cache
def _last_contact() -> frozenset[str]:
    return frozenset(map(normalise, typed("last_contact")))


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
