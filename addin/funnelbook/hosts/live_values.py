"""Cell values of tables in a running spreadsheet program: as rows to write, and as they compare."""

from __future__ import annotations

from datetime import date, datetime

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


def plain(value: object) -> object:
    """A value as it comes back from a cell, for comparing."""
    match value:
        case None | "":
            return None
        case float() if np.isnan(value):
            return None
        case bool():
            return value
        case int() | float():
            return float(f"{value:.15g}")
        case datetime():
            return value.replace(microsecond=0)
        case date():
            return datetime(value.year, value.month, value.day)
        case _:
            return value


def filled(row: list[object]) -> bool:
    """Whether anything stands in a row."""
    return any(v not in (None, "") for v in row)
