"""AND, OR, NOT and what kind a value is. IF and its like, which do not work out all their arguments, are of evaluate.py."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from funnelbook.book.ports import CellError
from funnelbook.formulas.native.blocks import LOGICAL, NA, NUMBER, VALUE, Block, Range, Scalar, Value
from funnelbook.formulas.native.registry import Given, function, none
from funnelbook.formulas.native.scalars import StoppedError, truth


def _truths(given: Given, arguments: Sequence[Value]) -> list[bool]:
    """TRUE and FALSE among arguments; texts and blanks in cells do not count."""
    found: list[bool] = []
    for argument in arguments:
        if isinstance(argument, Range | Block):
            block = given.block(argument)
            if block.error is not None:
                raise StoppedError(block.error)
            there = (block.kinds == NUMBER) | (block.kinds == LOGICAL)
            found += (block.numbers[there] != 0).tolist()
        else:
            found.append(truth(argument))
    if not found:
        raise StoppedError(VALUE)
    return found


@function("AND", least=1, most=None, lifted=none)
def all_of(given: Given, *arguments: Value) -> Scalar:
    """Whether all are TRUE."""
    return all(_truths(given, arguments))


@function("OR", least=1, most=None, lifted=none)
def any_of(given: Given, *arguments: Value) -> Scalar:
    """Whether one is TRUE."""
    return any(_truths(given, arguments))


@function("XOR", least=1, most=None, lifted=none)
def odd_of(given: Given, *arguments: Value) -> Scalar:
    """Whether an odd number of them are TRUE."""
    return bool(np.count_nonzero(_truths(given, arguments)) % 2)


@function("NOT", least=1)
def opposite(_: Given, value: Scalar) -> Scalar:
    """The other of TRUE and FALSE."""
    return not truth(value)


@function("TRUE", least=0)
def true(_: Given) -> Scalar:
    """TRUE."""
    return True


@function("FALSE", least=0)
def false(_: Given) -> Scalar:
    """FALSE."""
    return False


@function("NA", least=0)
def not_available(_: Given) -> Scalar:
    """#N/A."""
    return NA


@function("ISBLANK", least=1)
def isblank(_: Given, value: Scalar) -> Scalar:
    """Whether a cell is blank."""
    return value is None


@function("ISNUMBER", least=1)
def isnumber(_: Given, value: Scalar) -> Scalar:
    """Whether it is a number."""
    return isinstance(value, float)


@function("ISTEXT", least=1)
def istext(_: Given, value: Scalar) -> Scalar:
    """Whether it is a text."""
    return isinstance(value, str)


@function("ISNONTEXT", least=1)
def isnontext(_: Given, value: Scalar) -> Scalar:
    """Whether it is anything but a text."""
    return not isinstance(value, str)


@function("ISLOGICAL", least=1)
def islogical(_: Given, value: Scalar) -> Scalar:
    """Whether it is TRUE or FALSE."""
    return isinstance(value, bool)


@function("ISERROR", least=1)
def iserror(_: Given, value: Scalar) -> Scalar:
    """Whether it is an error."""
    return isinstance(value, CellError)


@function("ISNA", least=1)
def isna(_: Given, value: Scalar) -> Scalar:
    """Whether it is #N/A."""
    return value == NA


@function("ISERR", least=1)
def iserr(_: Given, value: Scalar) -> Scalar:
    """Whether it is an error other than #N/A."""
    return isinstance(value, CellError) and value != NA


@function("N", least=1)
def as_number(_: Given, value: Scalar) -> Scalar:
    """A number as it is, 1 for TRUE, 0 for whatever is none."""
    if isinstance(value, CellError):
        raise StoppedError(value)
    return float(value) if isinstance(value, bool | float) else 0.0


@function("T", least=1)
def as_text(_: Given, value: Scalar) -> Scalar:
    """A text as it is, nothing for whatever is none."""
    if isinstance(value, CellError):
        raise StoppedError(value)
    return value if isinstance(value, str) else ""
