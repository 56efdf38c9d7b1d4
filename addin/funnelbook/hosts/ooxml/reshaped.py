"""Result tables of one of our sheets written anew with other rows: where references to them, and to what stands below, lead now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from funnelbook.hosts.ooxml.layout import LAST_ROW, Layout, Moved
from funnelbook.hosts.ooxml.references import Reference, Rows


@dataclass(frozen=True)
class Reshaped:
    """A sheet whose tables take up other rows than before. What covered the whole body of a table covers the whole new one; a cell
    or a part of a body stays, as which rows stand there means nothing; what stood below has moved. Nothing is ever torn."""

    anew: ClassVar[bool] = True  # no row keeps what it held

    sheet: str
    layout: Layout

    @property
    def changes(self) -> bool:
        """Whether any table stands in other rows."""
        return any((t.old.top, t.old.bottom) != (t.new.top, t.new.bottom) for t in self.layout.tables)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where the bodies ended; no reference that ends higher changes."""
        return tuple(table.old.bottom for table in self.layout.tables)

    @property
    def after(self) -> int:
        """The row below which cells went down."""
        return min((boundary for boundary, _ in self.layout.moves), default=LAST_ROW)

    @property
    def shift(self) -> int:
        """How many rows the lowest cells went down."""
        return sum(by for _, by in self.layout.moves)

    def moved(self, _left: int, top: int, _right: int, bottom: int, loose: bool = True) -> Rows:
        """The rows of a range of cells as they stand now."""
        return min(self.layout.row(top), LAST_ROW), min(self.layout.row(bottom), LAST_ROW)

    def covers(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether a range covers the whole body of a table, its header or not, and ends with it."""
        return any(table.old.bottom == bottom for table in self._covered(left, top, right, bottom))

    def followed(self, left: int, top: int, right: int, bottom: int, loose: bool = True) -> Rows:
        """The rows of a range: to the end of the new body when it covered the old one, else those of `moved`."""
        first, last = self.moved(left, top, right, bottom)
        covered = self._covered(left, top, right, bottom)
        ends = [table.new.bottom for table in covered]
        if not any(table.old.bottom == bottom for table in covered):
            ends.append(last)
        return first, max(ends)

    def of_formula(self, of: Reference, row: int | None = None) -> Rows:
        """The rows of a reference in a formula: one cell stays one, as do cells side by side in the formula's own row."""
        rule = self.followed if of.ranged and not row == of.top == of.bottom else self.moved
        return rule(of.left, of.top, of.right, of.bottom)

    def of_series(self, of: Reference) -> Rows:
        """The rows of a reference that stands for a row or a column of values: one cell may be a column of one."""
        rule = self.moved if of.top == of.bottom and of.left < of.right else self.followed
        return rule(of.left, of.top, of.right, of.bottom)

    def _covered(self, left: int, top: int, right: int, bottom: int) -> list[Moved]:
        return [
            table
            for table in self.layout.tables
            if left <= table.old.right and right >= table.old.left
            if top <= table.old.top + 1 and bottom >= table.old.bottom
        ]
