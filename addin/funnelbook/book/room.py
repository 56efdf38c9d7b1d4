"""Where new rows of a user's table find room, the same in every host: what stands below moves down whole, or nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from funnelbook.book.ports import Area, TableEdit

KEPT_GAP = 2  # blank rows that stay between a table and what stands below it, where there were as many
LAST_COLUMN = 16_384
Cells = Sequence[object]


class TornError(Exception):
    """What stands where new rows would go can neither stay there nor move down whole."""


@dataclass(frozen=True)
class Room:
    """How a table gets its new rows.

    `old`: its header and the body that is to grow; `new`: the same with the new rows; `inserted`: the blank cells put in, which
    move down what stood there and below, or None where nothing is in the way. A ListObject gets longer by `longer`. `typed`: how
    many rows at the end of `old` were typed right below a ListObject, which no reference to its body covers yet; `filled`: the
    last row with data before and afterwards.
    """

    old: Area
    new: Area
    inserted: Area | None = None
    typed: int = 0
    filled: tuple[int, int] = (0, 0)

    @property
    def longer(self) -> int:
        """How many rows the body has more than before."""
        return self.new.bottom - self.old.bottom

    @property
    def put_in(self) -> int:
        """How many rows of cells are put in."""
        return self.inserted.bottom - self.inserted.top + 1 if self.inserted else 0

    def last_of(self, first: int, last: int) -> int:
        """Where a reference to rows `first` to `last` of the table's columns ends, once cells are put in: one that covered the
        whole body, or all of it that held data, covers the same of the new one."""
        if first > self.old.top + 1 or last <= self.old.top:
            return last
        if last >= self.old.bottom - self.typed:
            return max(last, self.new.bottom)
        return self.filled[1] if last == self.filled[0] else last

    def tears(self, left: int, right: int, last: int) -> bool:
        """Whether of a reference to these columns down to row `last` only some cells were moved down."""
        there = self.inserted
        if there is None or last <= self.old.bottom or left > there.right or right < there.left:
            return False
        return not there.left <= left <= right <= there.right

    def runs_along(self, row: int, first: int, last: int, fixed: tuple[bool, bool]) -> bool:
        """Whether a reference of a formula in the table's own row is one that runs along, as of a running total (C$4:C6 in row 6)
        or of cells side by side; it ends there still. `fixed`: whether a $ stands before its first and its last row."""
        inside = self.old.top < row <= self.old.bottom
        return inside and (first == last or (last == row and fixed[0] != fixed[1]))


def room(edit: TableEdit, block: Area, sheet: Sequence[Cells], *, totals: int = 0, solid: Iterable[Area] = ()) -> Room:
    """The room for the new rows of an edit in a table whose header and body are `block`.

    `sheet`: the sheet's rows from `edit.last_row` on, each from column A on, None or "" for what may be written over; `totals`:
    rows of totals right below the body; `solid`: what is never torn: other tables, merged cells, array formulas. TornError.
    """
    columns, first = {column for row in edit.rows for column in row}, edit.last_row + 1
    body = enumerate(sheet[1 : block.bottom - edit.last_row + 1], first)
    held = next((row for row, line in body if any(_filled(line, j, j) for j in columns)), None)
    old = replace(block, bottom=block.bottom if held is None else held - 1)
    last = edit.last_row + len(edit.rows)
    found = Room(old, replace(old, bottom=max(old.bottom, last)), filled=(edit.last_row, last))
    if not found.longer:
        return found
    below = sheet[old.bottom - edit.last_row + 1 :]
    solid = [area for area in solid if area.bottom > old.bottom]
    tops = [max(area.top, old.bottom + 1) for area in solid if _over(area, block)]
    lines = enumerate(below, old.bottom + 1)
    tops += islice((row for row, line in lines if line and _filled(line, block.left, block.right)), 1)
    occupied = old.bottom + 1 if totals or held else min(tops, default=None)
    if occupied is None:
        return found
    free = occupied - old.bottom - 1
    lacking = found.longer - max(0, free - KEPT_GAP)
    if lacking <= 0:
        return found
    inserted = Area(old.bottom + 1, 1, old.bottom + lacking, LAST_COLUMN)
    if not _cuts(_line(sheet, old.bottom - edit.last_row), _line(below, 0), old, solid):
        return replace(found, inserted=inserted)
    if _tears(below, old, solid):
        raise TornError
    return replace(found, inserted=replace(inserted, left=block.left, right=block.right))


def from_below(edits: Iterable[TableEdit]) -> list[TableEdit]:
    """Edits in the order to make them in: the lowest of a sheet first, as each moves down what stands below its table."""
    return sorted(edits, key=lambda edit: -edit.header_row)


def _cuts(last: Cells, after: Cells, body: Area, solid: Iterable[Area]) -> bool:
    """Whether whole rows put in would cut through what stands beside the table and goes on below its last row."""
    both = [at for at, pair in enumerate(zip(last, after, strict=False), 1) if all(map(_is, pair))]
    return any(not body.left <= at <= body.right for at in both) or any(area.top <= body.bottom for area in solid)


def _tears(below: Sequence[Cells], body: Area, solid: Iterable[Area]) -> bool:
    """Whether something would be torn by moving down the table's columns alone."""
    for area in solid:
        whole = area.top > body.bottom and body.left <= area.left and area.right <= body.right
        if _over(area, body) and not whole:
            return True
    edges = [at for at in (body.left - 1, body.right) if at]
    return any(_filled(row, at, at) and _filled(row, at + 1, at + 1) for row in below if row for at in edges)


def _over(area: Area, body: Area) -> bool:
    return area.left <= body.right and body.left <= area.right


def _line(sheet: Sequence[Cells], at: int) -> Cells:
    return sheet[at] if at < len(sheet) else ()


def _filled(row: Cells, left: int, right: int) -> bool:
    return any(map(_is, row[left - 1 : right]))


def _is(value: object) -> bool:
    return value is not None and value != ""
