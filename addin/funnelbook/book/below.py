"""Where the rows of a table end: what people typed right below a ListObject is its own, notes and totals below a range are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from funnelbook.book.locate import Place
from funnelbook.book.schema import TABLES, Kind
from funnelbook.book.totals import says_total

_FEWEST_CELLS = 2  # of a row of data; a note has one
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
    rows = 0
    while not place.totals and rows < len(lines) and _is_row(lines[rows], place) and not _is_wider(lines[rows], place):
        rows += 1
    more = [at for at, line in enumerate(lines[rows:], table.bottom + rows + 1) if _is_row(line, place)]
    return Below(rows, more[0] if more else 0, len(more))


def rows_of_range(body: Sequence[Sequence[object]], place: Place) -> int:
    """How many rows of a plain range's body there are down to the last one that has what is required: below it only stand totals
    and notes, or a row not yet filled in."""
    at = len(body)
    while at and not (_is_row(body[at - 1], place) or _is_key(body[at - 1], place)):
        at -= 1
    return at


def is_note(line: Sequence[object], place: Place) -> bool:
    """Whether all that a row has is one cell, and that not what is required; nor is a sentence an id."""
    return len(_there(line, place)) == 1 < len(place.columns) and not _is_key(line, place)


def _is_row(line: Sequence[object], place: Place) -> bool:
    """Whether cells below a table look like a row of it: what is required is there, and not that alone; no total."""
    there = _there(line, place)
    enough = len(there) >= min(_FEWEST_CELLS, len(place.columns)) and _required(place) <= there.keys()
    return enough and not any(map(says_total, there.values()))


def _is_key(line: Sequence[object], place: Place) -> bool:
    """Whether all that a row has is the one thing required, as of a customer with an id only."""
    there = _there(line, place)
    if len(there) != 1 or there.keys() != _required(place):
        return False
    ((name, value),) = there.items()
    is_id = TABLES[place.table].by_name[name].kind is Kind.ID
    return not says_total(value) and not (is_id and _SENTENCE.search(str(value)))


def _there(line: Sequence[object], place: Place) -> dict[str, object]:
    """What a row says, by schema name."""
    return {name: line[j - 1] for name, j in place.columns.items() if _filled(line, j)}


def _required(place: Place) -> set[str]:
    return {c.name for c in TABLES[place.table].columns if c.required and c.name in place.columns}


def _is_wider(line: Sequence[object], place: Place) -> bool:
    """Whether what stands there goes on beyond the table's columns."""
    return _filled(line, place.listed.left - 1) or _filled(line, place.listed.right + 1)


def _filled(line: Sequence[object], column: int) -> bool:
    return 0 < column <= len(line) and line[column - 1] not in (None, "")
