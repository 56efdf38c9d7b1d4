"""What formulas give back: answers cell by cell, and results as the plain cells every host can carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd

from funnelbook.book.ports import CellError
from funnelbook.formulas.cells import Grid
from funnelbook.formulas.errors import NA, VALUE, Explained, FormulaError


def cell_by_cell(answer: Callable[..., object], *blocks: Grid) -> Grid:
    """`answer` of the cells at the same place of each block; a single cell goes with all. A bad cell spoils only its own answer.

    Distinct combinations are asked once. Errors of cells pass through.
    """
    height, width = max(map(len, blocks)), max(len(b[0]) for b in blocks)
    shaped = [spread(b, height, width) for b in blocks]
    known: dict[object, object] = {}
    rows = []
    for i in range(height):
        line = []
        for j in range(width):
            given = tuple(b[i][j] for b in shaped)
            key = tuple((type(v), v) for v in given)
            if key not in known:
                known[key] = _answered(answer, given)
            line.append(known[key])
        rows.append(line)
    return rows


def passed_through(error: CellError) -> Explained:
    """The error of a cell as the answer for it."""
    return Explained(FormulaError(error, "error_given", value=error.code))


def _answered(answer: Callable[..., object], given: tuple[object, ...]) -> object:
    for value in given:
        if isinstance(value, CellError):
            return passed_through(value)
    try:
        return answer(*given)
    except FormulaError as error:
        return Explained(error)


def spread(block: Grid, height: int, width: int) -> Grid:
    """A block as large as asked; a single cell, row or column goes with all. FormulaError when it does not fit."""
    if len(block) == height and len(block[0]) == width:
        return block
    if len(block) in (1, height) and len(block[0]) in (1, width):
        rows = [block[0]] * height if len(block) == 1 else block
        return [[row[0]] * width if len(row) == 1 else row for row in rows]
    raise FormulaError(VALUE, "lengths")


def plain(result: object) -> Grid:
    """A result as rows of str, float, bool, datetime, CellError and "" for blank: what every host can carry."""
    if isinstance(result, pd.DataFrame):
        rows = [result[name].tolist() for name in result]
        return [[_out(v) for v in row] for row in zip(*rows, strict=True)] or [[NA]]
    if isinstance(result, np.ndarray):
        result = np.atleast_2d(result.T).T
        if result.dtype.kind == "f" and np.isfinite(result).all():
            return result.tolist()
        if result.dtype.kind == "M" and not np.isnat(result).any():
            return result.astype("datetime64[s]").tolist()
        result = (result.astype("datetime64[s]") if result.dtype.kind == "M" else result).tolist()
    if not isinstance(result, list):
        return [[_out(result)]]
    return [[_out(v) for v in row] for row in result]


def _out(value: object) -> object:
    match value:
        case str() | bool() | CellError():
            return value
        case float():
            return value if np.isfinite(value) else NA
        case None:
            return ""
        case int() | np.number() | Decimal():
            return _out(float(value))
        case np.bool_():
            return bool(value)
        case np.datetime64():
            return _out(pd.Timestamp(value))
        case pd.Timestamp():
            return value.to_pydatetime()
        case _ if value is pd.NaT or value is pd.NA:
            return ""
        case datetime():
            return value
        case date():
            return datetime(value.year, value.month, value.day)
        case _:
            return str(value)
