"""Functions of many cells at once: SUM, MIN, COUNT, SMALL, SUMPRODUCT and their like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, fsum

import numpy as np
from numpy.typing import NDArray

from funnelbook.book.ports import CellError
from funnelbook.formulas.native.blocks import (
    BLANK,
    DIV0,
    NA,
    NUM,
    NUMBER,
    VALUE,
    Block,
    Range,
    Scalar,
    UntoldError,
    Value,
    kind_of,
)
from funnelbook.formulas.native.registry import Given, at, function, none
from funnelbook.formulas.native.scalars import StoppedError, finite, number

Numbers = NDArray[np.float64]


def numbers_of(given: Given, arguments: Sequence[Value]) -> Numbers:
    """The numbers among arguments: of cells only those that are numbers, of what is typed also TRUE, FALSE and texts that are.

    An error among them is the answer.
    """
    return np.array([each for argument in arguments for each in _of(given, argument)], dtype=float)


def _of(given: Given, argument: Value) -> list[float]:
    if not isinstance(argument, Range | Block):
        return [number(argument)]
    if argument.single:
        value = given.scalar(argument)
        if isinstance(value, CellError):
            raise StoppedError(value)
        return [number(value)] if kind_of(value) == NUMBER else []
    block = given.block(argument)
    if block.error is not None:
        raise StoppedError(block.error)
    return block.numbers[block.kinds == NUMBER].tolist()


def _of_numbers(*names: str) -> Callable[[Callable[[Numbers], float | CellError]], None]:
    def entered(work: Callable[[Numbers], float | CellError]) -> None:
        @function(*names, least=1, most=None, lifted=none)
        def _(given: Given, *arguments: Value) -> Scalar:
            found = work(numbers_of(given, arguments))
            return finite(found) if isinstance(found, float) else found

    return entered


@_of_numbers("SUM")
def _(numbers: Numbers) -> float:
    return fsum(numbers.tolist())


@_of_numbers("PRODUCT")
def _(numbers: Numbers) -> float:
    return float(numbers.prod()) if len(numbers) else 0.0


@_of_numbers("MIN")
def _(numbers: Numbers) -> float:
    return float(numbers.min()) if len(numbers) else 0.0


@_of_numbers("MAX")
def _(numbers: Numbers) -> float:
    return float(numbers.max()) if len(numbers) else 0.0


@_of_numbers("AVERAGE")
def _(numbers: Numbers) -> float | CellError:
    return fsum(numbers.tolist()) / len(numbers) if len(numbers) else DIV0


@_of_numbers("MEDIAN")
def _(numbers: Numbers) -> float | CellError:
    return float(np.median(numbers)) if len(numbers) else NUM


@_of_numbers("SUMSQ")
def _(numbers: Numbers) -> float:
    return float((numbers**2).sum())


@_of_numbers("STDEV", "STDEV.S")
def _(numbers: Numbers) -> float | CellError:
    return float(numbers.std(ddof=1)) if len(numbers) > 1 else DIV0


@function("COUNT", least=1, most=None, lifted=none)
def count(given: Given, *arguments: Value) -> Scalar:
    """How many numbers there are; of what is typed also TRUE, FALSE and texts that are numbers."""
    total = 0
    for argument in arguments:
        if isinstance(argument, Range | Block):
            total += np.count_nonzero(given.block(argument).kinds == NUMBER)
        else:
            total += _counts(argument)
    return float(total)


def _counts(value: Scalar) -> bool:
    try:
        number(value)
    except StoppedError:
        return False
    return True


@function("COUNTA", least=1, most=None, lifted=none)
def counta(given: Given, *arguments: Value) -> Scalar:
    """How many values there are."""
    blocks = ((given.block(a), isinstance(a, Range | Block)) for a in arguments)
    return float(sum(np.count_nonzero(block.kinds != BLANK) if cells else 1 for block, cells in blocks))


@function("COUNTBLANK", least=1, lifted=none)
def countblank(given: Given, cells: Value) -> Scalar:
    """How many cells are blank or hold a text without letters."""
    block = given.block(cells)
    return float(np.count_nonzero((block.kinds == BLANK) | block.is_text("")))


@function("SMALL", least=2, lifted=at(1))
def small(given: Given, cells: Value, place: Scalar) -> Scalar:
    """The number at a place, the smallest first."""
    return _placed(given, cells, place, from_top=False)


@function("LARGE", least=2, lifted=at(1))
def large(given: Given, cells: Value, place: Scalar) -> Scalar:
    """The number at a place, the largest first."""
    return _placed(given, cells, place, from_top=True)


def _placed(given: Given, cells: Value, place: Scalar, *, from_top: bool) -> Scalar:
    if isinstance(cells, bool):
        raise UntoldError("programs differ on whether it is a number")
    block = given.block(cells)
    if block.error is not None:
        raise StoppedError(block.error)
    k = ceil(number(place))
    if not 1 <= k <= len(block.in_order):
        return NUM
    return float(block.in_order[-k if from_top else k - 1])


@function("RANK", "RANK.EQ", least=2, most=3, lifted=at(0, 2))
def rank(given: Given, value: Scalar, cells: Value, ascending: Scalar = None) -> Scalar:
    """The place of a number among others, the largest first unless `ascending`."""
    numbers, wanted = numbers_of(given, [cells]), number(value)
    if wanted not in numbers:
        return NA
    before = numbers < wanted if number(ascending) else numbers > wanted
    return float(1 + np.count_nonzero(before))


@function("SUMPRODUCT", least=1, most=None, lifted=none, arrays=True)
def sumproduct(given: Given, *arguments: Value) -> Scalar:
    """The sum of the products of values at the same place; what is no number counts as 0."""
    blocks = [given.block(a) for a in arguments]
    for block in blocks:
        if block.error is not None:
            raise StoppedError(block.error)
    if len({block.shape for block in blocks}) > 1:
        raise StoppedError(VALUE)
    product = np.ones(blocks[0].shape)
    for block in blocks:
        product = product * np.where(block.kinds == NUMBER, block.numbers, 0.0)
    return finite(fsum(product.ravel().tolist()))


@function("PERCENTILE", "PERCENTILE.INC", least=2, lifted=at(1))
def percentile(given: Given, cells: Value, share: Scalar) -> Scalar:
    """The number below which a share of the numbers lies."""
    numbers, wanted = numbers_of(given, [cells]), number(share)
    if not len(numbers) or not 0 <= wanted <= 1:
        return NUM
    return float(np.quantile(numbers, wanted))


def flat(given: Given, arguments: Sequence[Value]) -> Iterator[Scalar]:
    """Every value of arguments, row by row."""
    for argument in arguments:
        if isinstance(argument, Range | Block):
            yield from given.block(argument).values.ravel().tolist()
        else:
            yield argument
