"""Where things on an owned sheet stand after its tables have grown: rows moved down, ranges re-spanned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from funnelbook.book.column_letters import column_letters, column_number
from funnelbook.book.ports import Area

LAST_ROW = 1_048_576
_KEPT_GAP = 2  # blank rows kept between a table and what stands below it
_RANGE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?")
_ROWS = re.compile(r"(\$?)(\d+):(\$?)(\d+)")


@dataclass(frozen=True)
class Moved:
    """A table's body before and after, rows counted from 1; `drawn`: how many rows charts show."""

    old: Area  # header and body
    new: Area
    drawn: int


@dataclass
class Layout:
    """Moves of one sheet: rows below `boundary` go down by `by`."""

    moves: list[tuple[int, int]] = field(default_factory=list)
    tables: list[Moved] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Sequence[tuple[Area, int, int, int]], occupied: Sequence[int]) -> Layout:
        """The layout of a sheet's tables (old area, body rows, columns and drawn rows to come), other content in rows `occupied`."""
        layout = cls()
        for area, rows, columns, drawn in sorted(tables, key=lambda t: t[0].top):
            top = layout.row(area.top)
            bottom = top + rows
            below = [row for row in occupied if row > area.bottom]
            if below:
                gap = min(_KEPT_GAP, min(below) - area.bottom - 1)
                short = bottom + gap + 1 - layout.row(min(below))
                if short > 0:
                    layout.moves.append((area.bottom, short))
            layout.tables.append(Moved(area, Area(top, area.left, bottom, area.left + columns - 1), drawn))
        return layout

    def row(self, row: int) -> int:
        """Where a row of the sheet stands now."""
        return row + sum(by for boundary, by in self.moves if row > boundary)

    def span(self, reference: str, drawn: bool = False) -> str:
        """A range that spanned the body of a table, spanning the new one (`drawn`: its leading rows); others moved."""

        whole_rows = _ROWS.fullmatch(reference)
        if whole_rows:
            return f"{whole_rows[1]}{self.row(int(whole_rows[2]))}:{whole_rows[3]}{self.row(int(whole_rows[4]))}"

        def moved(found: re.Match[str]) -> str:
            first, last = int(found[4]), int(found[8] or found[4])
            left, right = column_number(found[2]), column_number(found[6] or found[2])
            for table in self.tables:
                body = (table.old.top + 1, table.old.bottom)
                inside = table.old.left <= left and right <= max(table.old.right, table.new.right)
                whole = first == body[0] and (last == body[1] or (drawn and last <= body[1]))
                if inside and whole:
                    top = table.new.top + 1
                    bottom = top + table.drawn - 1 if drawn else table.new.bottom
                    return _written(found, top, max(top, bottom))
            return (
                _written(found, self.row(first), self.row(last)) if found[8] else _written(found, self.row(first), None)
            )

        return _RANGE.sub(moved, reference)

    def tears(self, reference: str) -> bool:
        """Whether a range of the user's overlaps one of our tables, or only a part of it would move."""
        found = _RANGE.fullmatch(reference)
        if not found:
            return False
        top, bottom = int(found[4]), int(found[8] or found[4])
        left, right = column_number(found[2]), column_number(found[6] or found[2])
        overlaps = any(
            top <= t.old.bottom and t.old.top <= bottom and left <= t.old.right and t.old.left <= right
            for t in self.tables
        )
        return overlaps or self.row(bottom) - self.row(top) != bottom - top


def _written(found: re.Match[str], first: int, last: int | None) -> str:
    start = f"{found[1]}{found[2]}{found[3]}{min(first, LAST_ROW)}"
    if last is None or (found[8] is None and last == first):
        return start
    mark, letters, fix = (found[5], found[6], found[7]) if found[6] else (found[1], found[2], found[3])
    return f"{start}:{mark or ''}{letters}{fix or ''}{min(last, LAST_ROW)}"


def single_column(reference: str) -> tuple[str, Area] | None:
    """(sheet, area) of a reference such as '漏斗'!$C$5:$C$9 when it is one column of one sheet."""
    sheet, mark, cells = reference.rpartition("!")
    found = _RANGE.fullmatch(cells)
    if not mark or not found:
        return None
    left, right = column_number(found[2]), column_number(found[6] or found[2])
    if left != right:
        return None
    return sheet.strip("'").replace("''", "'"), Area(int(found[4]), left, int(found[8] or found[4]), right)


def used(area: Area) -> str:
    """An area as the dimension of a sheet."""
    return f"{column_letters(area.left)}{area.top}:{column_letters(area.right)}{area.bottom}"
