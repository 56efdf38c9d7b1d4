"""The rows of a call log as columns of cells, blank and totals rows and repeated headers left out."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.book.arrays import array_of, columns_of, through
from funnelbook.book.totals import say_totals
from funnelbook.commands.call_log.columns import LogColumns
from funnelbook.domain.dtypes import At, Flags, Objects
from funnelbook.hosts.delimited import Grid


class LogSheet:
    """A sheet of a log with its columns told apart.

    `line`: where each row stands in it, counted from 1; `filled`: how many of its cells hold anything.
    """

    def __init__(self, grid: Grid, columns: LogColumns, as_of: date) -> None:
        self.columns, self.as_of, self.size = columns, as_of, len(grid)
        body = grid[columns.top + 1 :]
        width = len(columns.heads)
        cells = [array_of(column) for column in columns_of(body, width)]
        self._cells = [*cells, *(array_of([None] * len(body)) for _ in range(width - len(cells)))]
        filled, repeats = np.zeros(len(body), dtype=np.intp), np.ones(len(body), dtype=bool)
        for head, column in zip(columns.heads, self._cells, strict=True):
            filled += column != None  # noqa: E711 (elementwise)
            if head:
                repeats &= column == head
        totals = say_totals(self._cells[0]) | say_totals(self._cells[columns.at["start"]])
        self._filled = filled
        self._take(np.flatnonzero((filled > 0) & ~repeats & ~totals))

    def _take(self, rows: At) -> None:
        self._keep, self.filled = rows, self._filled[rows]
        self.line: At = rows + self.columns.top + 2

    def __len__(self) -> int:
        return len(self.line)

    def again(self) -> Flags:
        """Which rows repeat an earlier one in every cell."""
        start = pd.Series(self._cells[self.columns.at["start"]][self._keep])
        twice = np.flatnonzero(start.duplicated(keep=False))  # few, so that most cells are not compared
        found = np.zeros(len(self), dtype=bool)
        cells = {j: column[self._keep[twice]] for j, column in enumerate(self._cells)}
        found[twice] = pd.DataFrame(cells, dtype=object).duplicated()
        return found

    def without(self, rows: Flags) -> LogSheet:
        """The sheet without some of its rows."""
        rest = copy(self)
        rest._take(self._keep[~rows])
        return rest

    def has(self, role: str) -> bool:
        return role in self.columns.at

    def cells(self, role: str | int) -> Objects:
        """The cells of a column by its role or position, what only says that there is nothing blank; all blank where there is none."""
        at = self.columns.at.get(role) if isinstance(role, str) else role
        if at is None:
            return array_of([None] * len(self))
        return through(self._cells[at][self._keep], _something)[0]


def distinct(*columns: Objects) -> Sequence[object]:
    """The different cells of columns, blanks left out."""
    return [cell for column in columns for cell in pd.unique(column) if cell is not None]


def _something(value: object) -> object:
    return None if isinstance(value, str) and values.is_nothing(values.fold(value).casefold()) else value
