"""COUNTIFS, SUMIFS and their like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from funnelbook.book.ports import CellError
from funnelbook.formulas.native.blocks import DIV0, ERROR, NUMBER, VALUE, Block, Range, Scalar, UntoldError, Value
from funnelbook.formulas.native.criteria import holding
from funnelbook.formulas.native.registry import Given, at, function
from funnelbook.formulas.native.scalars import StoppedError


def _odd(place: int) -> bool:
    return place % 2 == 1


def _even_after_first(place: int) -> bool:
    return place > 0 and place % 2 == 0


def _mask(given: Given, pairs: Sequence[Value]) -> NDArray[np.bool_]:
    """Where all criteria hold: of (range, criterion) one after the other."""
    if len(pairs) % 2:
        raise UntoldError("pairs")
    found = None
    for cells, wanted in zip(pairs[::2], pairs[1::2], strict=True):
        if isinstance(cells, CellError):
            raise StoppedError(cells)
        if not isinstance(cells, Range):
            raise UntoldError("no range")
        criterion = cast("Scalar", wanted)
        key = (cells, type(criterion), criterion)
        if key not in given.masks:
            given.masks[key] = holding(given.block(cells), criterion)
        mask = given.masks[key]
        if found is not None and found.shape != mask.shape:
            raise StoppedError(VALUE)
        found = mask if found is None else found & mask
    if found is None:
        raise UntoldError("pairs")
    return found


def _numbers(block: Block, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The numbers where a mask holds; an error among them is the answer."""
    if mask.shape != block.shape:
        raise StoppedError(VALUE)
    if block.error is not None:
        met = np.flatnonzero(mask & (block.kinds == ERROR))
        if len(met):
            raise StoppedError(block.values.flat[met[0]])
    return block.numbers[mask & (block.kinds == NUMBER)]


@function("COUNTIF", "COUNTIFS", least=2, most=None, lifted=_odd)
def countifs(given: Given, *pairs: Value) -> Scalar:
    """How many cells all criteria hold for."""
    return float(np.count_nonzero(_mask(given, pairs)))


@function("SUMIFS", least=3, most=None, lifted=_even_after_first)
def sumifs(given: Given, cells: Value, *pairs: Value) -> Scalar:
    """The sum of the cells all criteria hold for."""
    return float(_numbers(given.block(cells), _mask(given, pairs)).sum())


@function("AVERAGEIFS", least=3, most=None, lifted=_even_after_first)
def averageifs(given: Given, cells: Value, *pairs: Value) -> Scalar:
    """The mean of the cells all criteria hold for."""
    return _mean(_numbers(given.block(cells), _mask(given, pairs)))


@function("MAXIFS", least=3, most=None, lifted=_even_after_first)
def maxifs(given: Given, cells: Value, *pairs: Value) -> Scalar:
    """The largest of the cells all criteria hold for; 0 when there is none."""
    return max(_numbers(given.block(cells), _mask(given, pairs)).tolist(), default=0.0)


@function("MINIFS", least=3, most=None, lifted=_even_after_first)
def minifs(given: Given, cells: Value, *pairs: Value) -> Scalar:
    """The smallest of the cells all criteria hold for; 0 when there is none."""
    return min(_numbers(given.block(cells), _mask(given, pairs)).tolist(), default=0.0)


@function("SUMIF", least=2, most=3, lifted=at(1))
def sumif(given: Given, cells: Value, criterion: Scalar, summed: Value = None) -> Scalar:
    """The sum of the cells beside those a criterion holds for."""
    return float(_beside(given, cells, criterion, summed).sum())


@function("AVERAGEIF", least=2, most=3, lifted=at(1))
def averageif(given: Given, cells: Value, criterion: Scalar, averaged: Value = None) -> Scalar:
    """The mean of the cells beside those a criterion holds for."""
    return _mean(_beside(given, cells, criterion, averaged))


def _beside(given: Given, cells: Value, criterion: Scalar, others: Value) -> NDArray[np.float64]:
    mask = _mask(given, [cells, criterion])
    others = cells if others is None else given.resized(others, *mask.shape)
    return _numbers(given.block(others), mask)


def _mean(numbers: NDArray[np.float64]) -> Scalar:
    return float(numbers.mean()) if len(numbers) else DIV0
