"""Rows of a table in a running spreadsheet program."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from funnelbook.book.ports import TableWrite

Rows = list[list[object]]


def body(write: TableWrite) -> Rows:
    """The rows below the header, one blank row where there is none."""
    columns = []
    for column in write.columns:
        if isinstance(column, np.ndarray) and column.dtype.kind == "M":
            columns.append([None if np.isnat(v) else v.astype("datetime64[s]").item() for v in column])
        else:
            columns.append(column.tolist() if isinstance(column, np.ndarray) else list(column))
    return [list(row) for row in zip(*columns, strict=True)] or [[None] * len(write.headers)]


def filled(row: Sequence[object]) -> bool:
    """Whether anything stands in a row."""
    return any(v not in (None, "") for v in row)
