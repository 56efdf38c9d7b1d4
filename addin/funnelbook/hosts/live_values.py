"""Rows of a table in a running spreadsheet program."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from funnelbook.book.ports import TableWrite

Rows = list[list[object]]


def body(write: TableWrite) -> Rows:
    """The rows below the header, None for blank; one blank row where there is none."""
    columns = [list(map(_cell, _listed(column))) for column in write.columns]
    return [list(row) for row in zip(*columns, strict=True)] or [[None] * len(write.headers)]


def _listed(column: Sequence[object]) -> Sequence[object]:
    if not isinstance(column, np.ndarray):
        return column
    return (column.astype("datetime64[s]") if column.dtype.kind == "M" else column).tolist()


def _cell(value: object) -> object:
    return None if isinstance(value, float) and np.isnan(value) else value


def filled(row: Sequence[object]) -> bool:
    """Whether anything stands in a row."""
    return any(v not in (None, "") for v in row)
