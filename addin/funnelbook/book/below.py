"""Rows that people typed below a ListObject, which Excel would have made part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from funnelbook.book.locate import Place
from funnelbook.book.schema import TABLES
from funnelbook.book.totals import says_total

_FEWEST_CELLS = 2  # of a row of data; a note has one


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
    required = [place.columns[c.name] for c in TABLES[place.table].columns if c.required and c.name in place.columns]
    # most of what may be a million lines lacks them
    likely = [at for at, line in enumerate(lines) if all(_filled(line, j) for j in required) and _is_row(line, place)]
    rows = 0
    while not place.totals and likely[rows : rows + 1] == [rows] and not _is_wider(lines[rows], place):
        rows += 1
    more = [table.bottom + 1 + at for at in likely[rows:]]
    return Below(rows, more[0] if more else 0, len(more))


def _is_row(line: Sequence[object], place: Place) -> bool:
    """Whether cells below a table that hold what is required look like a row of it: not that alone, and no total."""
    filled = [j for j in place.columns.values() if _filled(line, j)]
    return len(filled) >= min(_FEWEST_CELLS, len(place.columns)) and not any(says_total(line[j - 1]) for j in filled)


def _is_wider(line: Sequence[object], place: Place) -> bool:
    """Whether what stands there goes on beyond the table's columns."""
    return _filled(line, place.listed.left - 1) or _filled(line, place.listed.right + 1)


def _filled(line: Sequence[object], column: int) -> bool:
    return 0 < column <= len(line) and line[column - 1] not in (None, "")
