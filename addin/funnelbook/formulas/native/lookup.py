"""Functions that find cells: INDEX, MATCH, VLOOKUP, ROW and their like."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from funnelbook.book.ports import Area, CellError
from funnelbook.formulas.native.blocks import (
    LOGICAL,
    NA,
    NUMBER,
    REF,
    VALUE,
    Block,
    Range,
    Scalar,
    UntoldError,
    Value,
    number_block,
)
from funnelbook.formulas.native.criteria import matching
from funnelbook.formulas.native.registry import Given, at, function, none
from funnelbook.formulas.native.scalars import StoppedError, number, truth, whole


def _size(value: Value) -> tuple[int, int]:
    if isinstance(value, Range):
        return value.height, value.width
    return value.shape if isinstance(value, Block) else (1, 1)


def part(value: Value, rows: slice, columns: slice) -> Value:
    """Some rows and columns, counted from 0, of cells."""
    if isinstance(value, Range):
        area = value.area
        top, left = area.top + rows.start, area.left + columns.start
        return Range(value.sheet, Area(top, left, area.top + rows.stop - 1, area.left + columns.stop - 1))
    if isinstance(value, Block):
        return Block(value.values[rows, columns])
    return value


@function("INDEX", least=2, most=3, lifted=at(1, 2), arrays=True)
def index(_: Given, cells: Value, row: Scalar, column: Scalar = None) -> Value:
    """A cell by its row and column, counted from 1; a whole row or column where the other is 0."""
    if isinstance(cells, CellError):
        raise StoppedError(cells)
    height, width = _size(cells)
    i, j = whole(row), whole(column)
    if column is None and height == 1 and width > 1:  # one number counts along a single row
        i, j = 1, i
    if i < 0 or j < 0:
        return VALUE
    if i > height or j > width:
        return REF
    rows = slice(i - 1, i) if i else slice(0, height)
    columns = slice(j - 1, j) if j else slice(0, width)
    return part(cells, rows, columns)


@function("MATCH", least=2, most=3, lifted=at(0, 2))
def match(given: Given, wanted: Scalar, cells: Value, how: Scalar = 1.0) -> Scalar:
    """Where a value stands in a row or column: 0 the same; 1 the last that is not larger; -1 the last that is not smaller."""
    if isinstance(wanted, CellError):
        return wanted
    block = given.block(cells)
    if min(block.shape) > 1:
        return NA
    kind = number(how)
    if kind == 0:
        found = _same(block, 0.0 if wanted is None else wanted)
    else:
        found = _nearest(block, 0.0 if wanted is None else wanted, up=kind > 0)
    return NA if found is None else float(found + 1)


def _same(block: Block, wanted: Scalar) -> int | None:
    if isinstance(wanted, str):
        mask = matching(block, wanted)
    elif isinstance(wanted, bool):
        mask = (block.kinds == LOGICAL) & (block.numbers == wanted)
    else:
        size = number(wanted)
        mask = (block.kinds == NUMBER) & ((block.numbers == size) | _close(block.numbers, size))
    at_ = np.flatnonzero(mask)
    return int(at_[0]) if len(at_) else None


def _close(numbers: NDArray[np.float64], size: float) -> NDArray[np.bool_]:
    return np.abs(numbers - size) < 2.0**-48 * abs(size)


def _nearest(block: Block, wanted: Scalar, *, up: bool) -> int | None:
    """The last number of a sorted row or column that is not beyond `wanted`; UntoldError when it is not sorted, or is of texts."""
    if not isinstance(wanted, float) or not (block.kinds == NUMBER).all():
        raise UntoldError("order")
    numbers = block.numbers.ravel() if up else -block.numbers.ravel()
    if (np.diff(numbers) < 0).any():
        raise UntoldError("not sorted")
    before = int(np.searchsorted(numbers, wanted if up else -wanted, side="right"))
    if not up and before and before >= 2 and numbers[before - 1] == numbers[before - 2]:
        raise UntoldError("which of equals")
    return before - 1 if before else None


@function("VLOOKUP", least=3, most=4, lifted=at(0, 2, 3))
def vlookup(given: Given, wanted: Scalar, cells: Value, column: Scalar, near: Scalar = True) -> Value:
    """The cell of a column in the row whose first cell is `wanted`."""
    return _looked_up(given, wanted, cells, column, near, across=False)


@function("HLOOKUP", least=3, most=4, lifted=at(0, 2, 3))
def hlookup(given: Given, wanted: Scalar, cells: Value, row: Scalar, near: Scalar = True) -> Value:
    """The cell of a row in the column whose first cell is `wanted`."""
    return _looked_up(given, wanted, cells, row, near, across=True)


def _looked_up(given: Given, wanted: Scalar, cells: Value, line: Scalar, near: Scalar, *, across: bool) -> Value:
    if isinstance(cells, CellError):
        raise StoppedError(cells)
    height, width = _size(cells)
    number_of = whole(line)
    if number_of < 1:
        return VALUE
    if number_of > (height if across else width):
        return REF
    keys = part(cells, slice(0, 1), slice(0, width)) if across else part(cells, slice(0, height), slice(0, 1))
    found = match(given, wanted, keys, 1.0 if truth(near) else 0.0)
    if not isinstance(found, float):
        return found
    chosen, place = slice(number_of - 1, number_of), slice(int(found) - 1, int(found))
    return part(cells, *((chosen, place) if across else (place, chosen)))


@function("LOOKUP", least=3, lifted=at(0), arrays=True)
def lookup(given: Given, wanted: Scalar, keys: Value, results: Value) -> Value:
    """The result at the place of the last key that is not larger."""
    block = given.block(keys)
    if (block.kinds != NUMBER).any():
        raise UntoldError("keys that are no numbers")
    found = match(given, wanted, keys, 1.0)
    if not isinstance(found, float):
        return found
    height, width = _size(results)
    place = slice(int(found) - 1, int(found))
    return part(results, *((slice(0, height), place) if height == 1 else (place, slice(0, width))))


def _range(value: Value) -> Range:
    if not isinstance(value, Range):
        raise UntoldError("no range")
    return value


@function("ROW", least=1, lifted=none)
def row(_: Given, cells: Value) -> Value:
    """The numbers of the rows of cells."""
    area = _range(cells).area
    if area.top == area.bottom:
        return float(area.top)
    return number_block(np.arange(area.top, area.bottom + 1, dtype=float)[:, None])


@function("COLUMN", least=1, lifted=none)
def column(_: Given, cells: Value) -> Value:
    """The numbers of the columns of cells."""
    area = _range(cells).area
    if area.left == area.right:
        return float(area.left)
    return number_block(np.arange(area.left, area.right + 1, dtype=float)[None, :])


@function("ROWS", least=1, lifted=none)
def rows(_: Given, cells: Value) -> Scalar:
    """How many rows there are."""
    return _counted(cells, 0)


@function("COLUMNS", least=1, lifted=none)
def columns(_: Given, cells: Value) -> Scalar:
    """How many columns there are."""
    return _counted(cells, 1)


def _counted(cells: Value, along: int) -> Scalar:
    return cells if isinstance(cells, CellError) else float(_size(cells)[along])


@function("TRANSPOSE", least=1, lifted=none, arrays=True)
def transpose(given: Given, cells: Value) -> Value:
    """Rows as columns."""
    return Block(given.block(cells).values.T)


@function("MMULT", least=2, lifted=none, arrays=True)
def mmult(given: Given, one: Value, other: Value) -> Value:
    """The product of two matrices."""
    left, right = given.block(one), given.block(other)
    for block in (left, right):
        if block.error is not None:
            raise StoppedError(block.error)
        if (block.kinds != NUMBER).any():
            return VALUE
    if left.shape[1] != right.shape[0]:
        return VALUE
    return number_block(left.numbers @ right.numbers)
