"""Excel's operators, on single values and on blocks."""

from __future__ import annotations

from collections.abc import Callable
from math import copysign

import numpy as np
from numpy.typing import NDArray

from funnelbook.book.ports import CellError
from funnelbook.formulas.native.blocks import (
    DIV0,
    NUM,
    NUMBER,
    TEXT,
    Block,
    Scalar,
    UntoldError,
    kind_of,
    logical_block,
    number_block,
)
from funnelbook.formulas.native.registry import function
from funnelbook.formulas.native.scalars import StoppedError, finite, number, text

_NOISE = 2.0**-48  # of a number: two that differ by less are equal, what is left of their difference is 0
_COMPARED: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}
_LIKE: dict[type, Scalar] = {float: 0.0, str: "", bool: False}  # what a blank is beside each


def order(one: Scalar, other: Scalar) -> int:
    """-1, 0 or 1 as one value stands before, with or after another: numbers, texts of either case alike, FALSE, TRUE.

    UntoldError for the order of texts of which a country decides; StoppedError for errors.
    """
    for value in (one, other):
        if isinstance(value, CellError):
            raise StoppedError(value)
    one = _LIKE.get(type(other), 0.0) if one is None else one
    other = _LIKE.get(type(one), 0.0) if other is None else other
    if type(one) is not type(other):
        return -1 if kind_of(one) < kind_of(other) else 1
    if isinstance(one, str) and isinstance(other, str):
        return _texts_order(one.lower(), other.lower())
    a, b = number(one), number(other)
    return 0 if a == b or abs(a - b) < _NOISE * abs(a) else -1 if a < b else 1


def _texts_order(one: str, other: str) -> int:
    if one == other:
        return 0
    if not one or not other:
        return -1 if not one else 1
    if one.isalnum() and other.isalnum() and one.isascii() and other.isascii():
        return -1 if one < other else 1
    raise UntoldError(one)


def equal(one: Scalar, other: Scalar) -> bool:
    """Whether two values are the same to Excel."""
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    return order(one, other) == 0


def compared(operator: str, one: Scalar, other: Scalar) -> bool:
    """What a comparison gives."""
    if operator in ("=", "<>"):
        return equal(one, other) == (operator == "=")
    return _COMPARED[operator](order(one, other))


def added(one: float, other: float) -> float:
    """A sum; 0 when nothing but the noise of the digits is left."""
    total = one + other
    return 0.0 if total and abs(total) < _NOISE * abs(one) else total


def _divided(one: float, other: float) -> float:
    if other == 0:
        raise StoppedError(DIV0)
    return one / other


def power(one: float, other: float) -> float:
    """One number raised to another."""
    if one == 0 and other <= 0:
        raise StoppedError(NUM if other == 0 else DIV0)
    if one < 0 and not other.is_integer():
        raise StoppedError(NUM)
    try:
        return one**other
    except OverflowError as error:
        raise StoppedError(NUM) from error


_WORKED: dict[str, Callable[[float, float], float]] = {
    "+": added,
    "-": lambda one, other: added(one, -other),
    "*": lambda one, other: one * other,
    "/": _divided,
    "^": power,
}


def _arithmetic(operator: str) -> None:
    worked = _WORKED[operator]

    @function(operator, least=2)
    def _(_: object, one: Scalar, other: Scalar) -> Scalar:
        return finite(worked(number(one), number(other)))


def _comparison(operator: str) -> None:
    @function(operator, least=2)
    def _(_: object, one: Scalar, other: Scalar) -> Scalar:
        return compared(operator, one, other)


for _operator in _WORKED:
    _arithmetic(_operator)
for _operator in _COMPARED:
    _comparison(_operator)


@function("&", least=2)
def joined(_: object, one: Scalar, other: Scalar) -> Scalar:
    """Two values as one text."""
    return text(one) + text(other)


@function("%", least=1)
def percent(_: object, value: Scalar) -> Scalar:
    """A hundredth."""
    return number(value) / 100


@function("-1", least=1)
def negative(_: object, value: Scalar) -> Scalar:
    """A number with the other sign; 0 has none."""
    found = number(value)
    return -found if found else copysign(0.0, 1)


@function("+1", least=1)
def positive(_: object, value: Scalar) -> Scalar:
    """A value as it is."""
    if isinstance(value, CellError):
        raise StoppedError(value)
    return 0.0 if value is None else value


def in_blocks(operator: str, one: Block, other: Block) -> Block | None:
    """What an operator gives of each pair of values, for the pairs that are common; None for the rest, to be asked one by one."""
    if one.error or other.error:
        return None
    if operator in ("=", "<>"):
        mask = _equal(one, other)
        return None if mask is None else logical_block(mask if operator == "=" else ~mask)
    numeric = not ((one.kinds == TEXT).any() or (other.kinds == TEXT).any())
    if operator in _COMPARED and _all(one, NUMBER) and _all(other, NUMBER):
        close = np.abs(one.numbers - other.numbers) < _NOISE * np.abs(one.numbers)
        signs = np.where(close, 0, np.sign(one.numbers - other.numbers))
        wanted = _COMPARED[operator]
        return logical_block(np.where(signs < 0, wanted(-1), np.where(signs > 0, wanted(1), wanted(0))))
    if numeric and operator in "+-":
        signed = other.numbers if operator == "+" else -other.numbers
        total = one.numbers + signed
        return number_block(np.where(np.abs(total) < _NOISE * np.abs(one.numbers), 0.0, total))
    if numeric and operator == "*":
        return number_block(one.numbers * other.numbers)
    return None


def _equal(one: Block, other: Block) -> NDArray[np.bool_] | None:
    for many, single in ((one, other), (other, one)):
        if single.single:
            value: Scalar = single.values[0, 0]
            if isinstance(value, str) and value:
                return many.is_text(value)
            if type(value) is float and value:
                close = np.abs(many.numbers - value) < _NOISE * abs(value)
                return (many.kinds == NUMBER) & (close | (many.numbers == value))
            return None
    return None


def _all(block: Block, kind: int) -> bool:
    return bool((block.kinds == kind).all())
