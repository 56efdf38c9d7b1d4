"""The value of a formula in a cell, for a host that has no spreadsheet program to ask: FB_ functions and the few put around them."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, isfinite

from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.formulas.cells import VALUE, Grid, grid
from funnelbook.formulas.text import Call, Reference, parsed

Resolve = Callable[[str], object | None]  # the cells a reference stands for; None when it cannot be told
_REF = CellError("#REF!")
_NOISE = 1e-9


class _Unknown(Exception):
    """A function or reference that only a spreadsheet program can work out."""


def evaluate(formula: str, resolve: Resolve, language: str) -> Grid | None:
    """The rows a formula gives; None when it is no FB_ formula or holds what cannot be told here.

    Known besides FB_: INDEX, IFERROR, ROUNDUP to whole numbers.
    """
    found = parsed(formula)
    if found is None or not _mentions(found):
        return None
    try:
        return _value(found, resolve, language)
    except _Unknown:
        return None


def _mentions(node: object) -> bool:
    return isinstance(node, Call) and (node.name in FORMULAS or any(map(_mentions, node.arguments)))


def _value(node: object, resolve: Resolve, language: str) -> Grid:
    if isinstance(node, Reference):
        found = resolve(node.text)
        if found is None:
            raise _Unknown(node.text)
        return grid(found)
    if not isinstance(node, Call):
        return grid(node)
    given = [_value(a, resolve, language) for a in node.arguments]
    if node.name in FORMULAS:
        return call(node.name, given, language)
    match node.name, given:
        case "IFERROR", [rows, other]:
            return [[other[0][0] if isinstance(v, CellError) else v for v in row] for row in rows]
        case "INDEX", [rows, row, *column]:
            at = (row[0][0], column[0][0][0] if column else 1.0)
            along = not column and len(rows) == 1  # one number counts along a single row
            return [[_item(rows, *(at[::-1] if along else at))]]
        case "ROUNDUP", [rows, [[0.0]]]:
            return [[_up(v) for v in row] for row in rows]
        case _:
            raise _Unknown(node.name)


def _item(rows: Grid, row: object, column: object) -> object:
    if len(rows) == len(rows[0]) == 1 and isinstance(rows[0][0], CellError):
        return rows[0][0]
    if not (isinstance(row, float) and isinstance(column, float) and row >= 1 and column >= 1):
        raise _Unknown("INDEX")
    inside = row <= len(rows) and column <= len(rows[0])
    return rows[int(row) - 1][int(column) - 1] if inside else _REF


def _up(value: object) -> object:
    if isinstance(value, CellError):
        return value
    if value is None:
        return 0.0
    if not isinstance(value, float) or not isfinite(value):
        return VALUE
    size = ceil(abs(value) - _NOISE)
    return float(size if value >= 0 else -size)
