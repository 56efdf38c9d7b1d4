"""Customer numbers made for a list that has none: K0001, K0002 ..., each given once and never again.

They stand in a column of their own right of the list, which a mark names; rows typed later get theirs with the next refresh.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from funnelbook.book import marks, result_tables, values
from funnelbook.book.arrays import through
from funnelbook.book.below import TELLING
from funnelbook.book.free_column import free_column
from funnelbook.book.labels import header
from funnelbook.book.locate import HEADER_DEPTH, Located
from funnelbook.book.place import Place
from funnelbook.book.ports import Area, Book, TableEdit
from funnelbook.book.returned_numbers import GIVEN, remembered, returned, whom
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import At, Objects

_ALSO = (
    "phone",
    "email",
    "owner",
    "tier",
    "next_contact",
    "created",
    "expected_value",
)  # what a list of customers says too
REFERRING = ("Activities", "Orders")
_MADE = re.compile(r"[Kk]0*(\d{1,9})")


@dataclass(frozen=True)
class Numbers:
    """Numbers made for rows without one: by sheet row, of the Customers. `next`: the first that none has had. `returned`: those that
    stood beside other rows, by the row they belong to; None where none belongs. `strangers`: rows that had the number of somebody
    else and are nobody's who has one. `given`: whom all are given to (GIVEN)."""

    made: Mapping[int, str] = field(default_factory=dict)
    next: int = 1
    returned: Mapping[int, str | None] = field(default_factory=dict)
    strangers: Sequence[int] = ()
    given: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(GIVEN), dtype=object))

    def edits(self, place: Place | None, new: Sequence[NewColumn] = ()) -> list[TableEdit]:
        """The edits that put them into their columns; a `new` one gets its header too."""
        if place is None:
            return []
        made: dict[str, dict[int, str | None]] = {}
        for row, number in {**self.returned, **self.made}.items():
            part, sheet_row = place.at(row)
            made.setdefault(part.sheet, {})[sheet_row] = number
        added = {column.place.sheet: column for column in new if column.beside}
        return [
            _edit(part, made.get(part.sheet, {}), added.get(part.sheet))
            for part in place.whole
            if part.sheet in made or part.sheet in added
        ]

    def remember(self, book: Book) -> None:
        """Stages which number comes next."""
        if self.made:
            book.define({marks.NEXT_NUMBER: f'"{self.next}"'})


@dataclass(frozen=True)
class NewColumn:
    """A column for numbers that is to be added to a list; `beside`: the last one of the list so far, 0 where it is there, blank."""

    place: Place
    beside: int


def mark(book: Book, new: Sequence[NewColumn]) -> None:
    """Stages the marks by which columns of numbers are known from then on."""
    for i, column in enumerate(new, 1):
        row, at = column.place.header_row, column.place.columns["id"]
        name = marks.NUMBERS if i == 1 else f"{marks.NUMBERS}_{i}"
        book.define({name: marks.formula_of(column.place.sheet, Area(row, at, row, at))})


def _edit(place: Place, made: Mapping[int, str | None], new: NewColumn | None) -> TableEdit:
    """The edit that puts numbers into their column on one sheet."""
    column, head = place.columns["id"], place.header_row
    cells: dict[tuple[int, int], object] = {(row, column): number for row, number in made.items()}
    if new is None:
        return TableEdit(place.sheet, head, head, cells, column=column)
    cells[head, column] = place.headers["id"]
    return TableEdit(place.sheet, head, max(row for row, _ in cells), cells, column=new.beside, new_column=column)


def with_numbers(book: Book, located: Located, language: str) -> tuple[Located, list[NewColumn]]:
    """The tables with a column for customer numbers where the Customers lack it, and that column, one a sheet; one that is there
    and blank does.

    It is the first one right of the list with nothing from the header on down; of a ListObject the one next to it. BookError
    `no_room_for_numbers` when there is none.
    """
    place = located.places.get("Customers")
    if place is None or place.numbered or place.lacks not in ([], ["id"]) or not _lists_customers(place):
        return located, []
    new = [_numbered(book, part, language) for part in place.whole]
    if None in new:
        return located, []
    columns = [column for column in new if column]
    first, *rest = (column.place for column in columns)
    whole = replace(first, parts=tuple(rest))
    return replace(located, places=located.places | {"Customers": whole}), columns


def _numbered(book: Book, place: Place, language: str) -> NewColumn | None:
    """The column for numbers of one list; None where it has numbers."""
    if not place.lacks:
        return NewColumn(replace(place, numbered=True, parts=()), 0) if _blank_ones(book, place) else None
    column, right = free_column(book, place)
    columns = {"id": column, **place.columns}
    headers = {"id": header(TABLES["Customers"], "id", language), **place.headers}
    return NewColumn(replace(place, columns=columns, headers=headers, numbered=True, parts=()), right)


def _blank_ones(book: Book, place: Place) -> bool:
    """Whether a list has customers, and a column for numbers with nothing in it."""

    def filled(grid: Sequence[Sequence[object]], names: Iterable[str]) -> bool:
        columns = [place.columns[name] for name in names if name in place.columns]
        body = grid[place.header_row : place.until or place.last_row or len(grid)]
        return any(line[j - 1] not in (None, "") for line in body for j in columns if len(line) >= j)

    if filled(book.head(place.sheet, HEADER_DEPTH), ["id"]):  # as most are, which then are not read whole for this
        return False
    grid = book.grid(place.sheet)
    return not filled(grid, ["id"]) and filled(grid, TELLING)


def numbered(
    book: Book, raw: dict[str, Objects], row: At, referring: Iterable[Place | None]
) -> tuple[Objects, Numbers]:
    """The ids of a list, its cells by schema column and their sheet `row`: those left beside other rows back where they belong, new
    ones for who has none; and the Numbers of that."""
    tells = np.logical_or.reduce([raw[name] != None for name in TELLING if name in raw])  # noqa: E711 (elementwise)
    at, ids = np.flatnonzero(tells), raw["id"].copy()
    rows = whom({name: cells[at] for name, cells in raw.items()}, ids[at])
    found = returned(rows, _given(book))
    moved: dict[int, str | None] = {}
    if found.moved.any():
        ids[at[found.moved]] = found.ids[found.moved]
        gone = ~tells & np.isin(through(ids, values.identifier)[0], found.ids[pd.notna(found.ids)])
        ids[gone] = None
        back = at[found.moved & pd.notna(found.ids)]
        moved = dict.fromkeys(row[gone].tolist()) | dict(zip(row[back].tolist(), ids[back].tolist(), strict=True))
    ids[at], numbers = number(book, ids[at], row[at].tolist(), referring)
    given = rows.assign(id=through(ids[at], values.identifier)[0])
    return ids, replace(numbers, returned=moved, strangers=row[at[found.strangers]].tolist(), given=given)


def _given(book: Book) -> pd.DataFrame:
    """Whom numbers were given to, as the workbook remembers."""
    there = result_tables.present(book).get("Numbered")
    return remembered(result_tables.read(book, TABLES["Numbered"], there).frame) if there else Numbers().given


def number(book: Book, ids: Objects, rows: Sequence[int], referring: Iterable[Place | None]) -> tuple[Objects, Numbers]:
    """The ids of a list (blank: None) with numbers in the blanks, at sheet `rows`; the numbers made.

    None has been one before: not in the list, nor in tables `referring` to it, nor as the workbook remembers.
    """
    blank = [i for i, value in enumerate(ids) if values.identifier(value) is None]
    if not blank:
        return ids, Numbers()
    known = [*ids]
    for other in referring:
        if other and "id" in other.columns:
            known += [
                line[other.columns["id"] - 1 : other.columns["id"]]
                for line in book.grid(other.sheet)[other.header_row :]
            ]
    used = [int(found[1]) for value in _flat(known) if (found := _MADE.fullmatch(values.identifier(value) or ""))]
    told = book.names().get(marks.NEXT_NUMBER, "").strip('"')
    first = max([int(told) if told.isdecimal() else 1, *(n + 1 for n in used)])
    made = {rows[i]: f"K{n:04d}" for n, i in enumerate(blank, first)}
    filled = ids.copy()
    filled[blank] = list(made.values())
    return filled, Numbers(made, first + len(blank))


def _flat(known: Iterable[object]) -> Iterator[object]:
    for value in known:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _lists_customers(place: Place) -> bool:
    """Whether a list says enough to be one of customers: who, and how to reach or keep them."""
    told = [name for name in TELLING if name in place.columns]
    return bool(told) and any(name in place.columns for name in _ALSO if name != told[0])
