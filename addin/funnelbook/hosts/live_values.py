"""Rows of a table in a running spreadsheet program."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from funnelbook.book.ports import TableWrite

Rows = list[list[object]]


def columns(write: TableWrite) -> list[list[object]]:
    """The columns below the header, None for blank; one blank row where there is none."""
    return [_plain(column) or [None] for column in write.columns]


def body(write: TableWrite) -> Rows:
    """The rows below the header, as `columns`."""
    return list(map(list, zip(*columns(write), strict=True)))


def _plain(column: Sequence[object]) -> list[object]:
    if isinstance(column, np.ndarray):
        column = (column.astype("datetime64[s]") if column.dtype.kind == "M" else column).tolist()
    if float not in set(map(type, column)):
        return list(column)
    return [None if value != value else value for value in column]  # noqa: PLR0124 - only NaN is not itself


def filled(row: Sequence[object]) -> bool:
    """Whether anything stands in a row."""
    return any(v not in (None, "") for v in row)
