"""Where the rows of a table end: what people typed right below a ListObject is its own, notes and totals below a range are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from funnelbook.book import values
from funnelbook.book.place import Place
from funnelbook.book.ports import Area
from funnelbook.book.schema import TABLES, Kind
from funnelbook.book.totals import says_total
from funnelbook.domain.dtypes import At

TELLING = ("name", "contact", "phone", "email")  # any of these says that a row is of a customer
_FEWEST_CELLS = 2  # of a row of data; a note has one
_FEWEST_DIGITS = 7  # of a phone
_SENTENCE = re.compile("[:：;；。]")  # what no id has


@dataclass(frozen=True)
class Below:
    """What stands below a ListObject in its columns: so many `rows` right below it that are rows of it, and so many more, from row
    `first` on, that only look like some."""

    rows: int = 0
    first: int = 0
    unsure: int = 0


def typed_below(grid: Sequence[Sequence[object]], place: Place) -> Below:
    """The Below of a table on a sheet; nothing for a plain range, which goes on to its end anyway."""
    if place.listed is None:
        return Below()
    table, lines = place.listed, grid[place.listed.bottom : place.until]
    holds = _holds_required(place)
    likely = [at for at, line in enumerate(lines) if holds(line) and _is_row(line, place)]
    rows = 0
    while not place.totals and likely[rows : rows + 1] == [rows] and not _is_wider(lines[rows], table):
        rows += 1
    more = sorted({*likely[rows:], *_begun(lines, rows, place)})
    return Below(rows, table.bottom + 1 + more[0] if more else 0, len(more))


def _begun(lines: Sequence[Sequence[object]], first: int, place: Place) -> Iterator[int]:
    """Which lines without a gap from `first` on look like rows that somebody has not filled in yet: neither notes nor totals."""
    for at in range(first, len(lines)):
        there = _there(lines[at], place)
        if not there:
            return
        if not (_is_note(there, place) or any(map(says_total, there.values()))):
            yield at


def rows_of_range(body: Sequence[Sequence[object]], place: Place) -> int:
    """How many rows of a plain range's body there are down to the last one that has what is required: below it only stand totals
    and notes, or a row not yet filled in."""
    holds = _holds_required(place)
    for at in range(len(body), 0, -1):
        line = body[at - 1]
        if holds(line) and (_is_row(line, place) or _is_key(_there(line, place), place)):
            return at
    return 0


def notes(body: Sequence[Sequence[object]], place: Place, filled: At) -> list[int]:
    """Which rows of a plain range's body only stand below its last one, with no more than a note or a total. `filled`: those that
    are not blank."""
    if place.listed:
        return []
    below = filled[filled >= rows_of_range(body, place)].tolist()
    return [
        at for at in below if _is_note(there := _there(body[at], place), place) or any(map(says_total, there.values()))
    ]


def _is_note(there: Mapping[str, object], place: Place) -> bool:
    """Whether all that a row has is one cell, and that not what is required; nor is a sentence an id."""
    return len(there) == 1 < len(place.columns) and not _is_key(there, place) and not _reaches(there)


def _is_row(line: Sequence[object], place: Place) -> bool:
    """Whether cells below a table that hold what is required look like a row of it: not that alone, and no total."""
    there = _there(line, place)
    enough = len(there) >= min(_FEWEST_CELLS, len(place.columns)) or (place.numbered and _reaches(there))
    return enough and not any(map(says_total, there.values()))


def _reaches(there: Mapping[str, object]) -> bool:
    """Whether a phone or an e-mail is among what a row has, by which somebody can be reached of whom nothing else is known."""
    digits = sum(map(str.isdigit, values.text(there.get("phone")) or ""))
    return digits >= _FEWEST_DIGITS or "@" in str(there.get("email", ""))


def _is_key(there: Mapping[str, object], place: Place) -> bool:
    """Whether all that a row has is the one thing required, as of a customer with an id only."""
    required = _required(place)
    if len(there) != 1 or list(there) != required:
        return False
    is_id = TABLES[place.table].by_name[required[0]].kind is Kind.ID
    value = there[required[0]]
    return not says_total(value) and not ((is_id or place.numbered) and _SENTENCE.search(str(value)))


def _there(line: Sequence[object], place: Place) -> dict[str, object]:
    """What a row says, by schema name."""
    return {name: line[j - 1] for name, j in place.columns.items() if _filled(line, j)}


def _holds_required(place: Place) -> Callable[[Sequence[object]], bool]:
    """Whether a line has what a row must have, which most of what may be a million lines lacks: where numbers are made, what tells
    a customer."""
    if place.numbered:
        told = [place.columns[name] for name in TELLING if name in place.columns]
        return lambda line: any(_filled(line, j) for j in told)
    required = [place.columns[name] for name in _required(place)]
    return lambda line: all(_filled(line, j) for j in required)


def _required(place: Place) -> list[str]:
    if place.numbered:  # a number is none that people must give
        return [name for name in TELLING if name in place.columns][:1]
    return [c.name for c in TABLES[place.table].columns if c.required and c.name in place.columns]


def _is_wider(line: Sequence[object], table: Area) -> bool:
    """Whether what stands there goes on beyond the table's columns."""
    return _filled(line, table.left - 1) or _filled(line, table.right + 1)


def _filled(line: Sequence[object], column: int) -> bool:
    return 0 < column <= len(line) and line[column - 1] not in (None, "")
