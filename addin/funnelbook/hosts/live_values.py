"""Rows of a table in a running spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from funnelbook.book.ports import Cells, TableWrite

Rows = list[list[object]]


def columns(write: TableWrite) -> list[list[object]]:
    """The columns below the header, None for blank; one blank row where there is none."""
    return [_plain(column) or [None] for column in write.columns]


def body(write: TableWrite) -> Rows:
    """The rows below the header, as `columns`."""
    return list(map(list, zip(*columns(write), strict=True)))


def _plain(column: Cells) -> list[object]:
    if isinstance(column, np.ndarray):
        column = (column.astype("datetime64[s]") if column.dtype.kind == "M" else column).tolist()
    if float not in set(map(type, column)):
        return list(column)
    return [None if value != value else value for value in column]  # noqa: PLR0124 - only NaN is not itself


def filled(row: Sequence[object]) -> bool:
    """Whether anything stands in a row."""
    return any(v not in (None, "") for v in row)


def emptied(
    before: Sequence[Sequence[object]], after: Sequence[Sequence[object]]
) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom, from 0, of blocks of the cells that become blank (""): each is in one, and no other cell is.

    `before` and `after`: columns of equal length, as they are and will be.
    """
    since: dict[tuple[int, int], int] = {}  # rows of an open block -> its first column
    for j in range(len(after) + 1):
        runs = set(_runs(before[j], after[j])) if j < len(after) else set()
        for top, bottom in since.keys() - runs:
            yield since.pop((top, bottom)), top, j - 1, bottom
        since |= dict.fromkeys(runs - since.keys(), j)


def _runs(before: Sequence[object], after: Sequence[object]) -> Iterator[tuple[int, int]]:
    """First and last row of the runs of cells of a column that become blank."""
    if "" in after:
        blanked = [old != "" == new for old, new in zip(before, after, strict=True)]
        for is_blanked, run in groupby(range(len(blanked)), key=blanked.__getitem__):
            if is_blanked:
                rows = list(run)
                yield rows[0], rows[-1]
