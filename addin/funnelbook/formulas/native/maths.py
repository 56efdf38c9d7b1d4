"""Functions of one or two numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from funnelbook.formulas.native.blocks import DIV0, NUM, NUMBER, Block, Scalar, UntoldError, number_block
from funnelbook.formulas.native.operators import power as raised
from funnelbook.formulas.native.registry import Given, function
from funnelbook.formulas.native.scalars import StoppedError, finite, number, whole

_DIGITS = 15  # that Excel knows of a number
_NOISE = 1e-9  # of a whole number: what floating point adds to one
_MOST_PLACES = 300


def _of_one(name: str, work: Callable[[float], float]) -> None:
    @function(name, least=1)
    def _(_: Given, value: Scalar) -> Scalar:
        try:
            return finite(work(number(value)))
        except (ValueError, OverflowError) as error:
            raise StoppedError(NUM) from error


def _down(value: float) -> float:
    """The next whole number below, where what Excel shows is not whole itself."""
    near = round(value)
    return float(near) if near and abs(value - near) < abs(near) * 2.0**-50 else float(math.floor(value))


for _name, _work in {
    "ABS": abs,
    "SIGN": lambda value: float((value > 0) - (value < 0)),
    "SQRT": math.sqrt,
    "EXP": math.exp,
    "LN": math.log,
    "LOG10": math.log10,
    "SIN": math.sin,
    "COS": math.cos,
    "INT": _down,
}.items():
    _of_one(_name, _work)


@function("ATAN2", least=2)
def atan2(_: Given, x: Scalar, y: Scalar) -> Scalar:
    """The angle at which a point is seen; Excel takes x first."""
    across, up = number(x), number(y)
    return math.atan2(up, across) if across or up else DIV0


OF_BLOCKS: dict[str, Callable[..., NDArray[np.float64]]] = {
    "EXP": np.exp,
    "LN": np.log,
    "SIN": np.sin,
    "COS": np.cos,
    "ATAN2": lambda x, y: np.arctan2(y, x),
}


def in_blocks(name: str, *blocks: Block) -> Block | None:
    """What a function gives of each value of blocks that hold numbers only; None for the rest, to be asked one by one."""
    if any((block.kinds != NUMBER).any() for block in blocks):
        return None
    with np.errstate(all="ignore"):
        found = OF_BLOCKS[name](*(block.numbers for block in blocks))
    nowhere = name == "ATAN2" and not np.logical_or(*(block.numbers != 0 for block in blocks)).all()
    return None if nowhere or not np.isfinite(found).all() else number_block(found)


def _rounded(value: float, places: int, how: str) -> float:
    """A number rounded to decimal places, or left of the point where these are negative, as it reads in 15 digits."""
    if abs(places) > _MOST_PLACES:
        raise UntoldError(places)
    shown = Decimal(f"{value:.{_DIGITS}g}")
    return float(shown.quantize(Decimal(1).scaleb(-places), rounding=how)) if shown.is_finite() else value


def _rounding(name: str, how: str) -> None:
    @function(name, least=2)
    def _(_: Given, value: Scalar, places: Scalar) -> Scalar:
        size, to = number(value), whole(places)
        if size.is_integer() and to >= 0:
            return size
        return _rounded(size, to, how) + 0.0


_rounding("ROUND", ROUND_HALF_UP)
_rounding("ROUNDUP", ROUND_UP)
_rounding("ROUNDDOWN", ROUND_DOWN)


@function("TRUNC", least=1, most=2)
def trunc(_: Given, value: Scalar, places: Scalar = None) -> Scalar:
    """A number without what lies behind so many places."""
    return _rounded(number(value), whole(places), ROUND_DOWN) + 0.0


@function("MOD", least=2)
def mod(_: Given, value: Scalar, divisor: Scalar) -> Scalar:
    """What a division leaves, with the sign of the divisor."""
    size, by = number(value), number(divisor)
    if by == 0:
        return DIV0
    return size - by * math.floor(size / by)


@function("QUOTIENT", least=2)
def quotient(_: Given, value: Scalar, divisor: Scalar) -> Scalar:
    """How often one number goes into another."""
    size, by = number(value), number(divisor)
    return float(math.trunc(size / by)) if by else DIV0


@function("POWER", least=2)
def power(_: Given, value: Scalar, to: Scalar) -> Scalar:
    """One number raised to another."""
    return finite(raised(number(value), number(to)))


@function("LOG", least=1, most=2)
def log(_: Given, value: Scalar, base: Scalar = 10.0) -> Scalar:
    """The logarithm to a base."""
    size, to = number(value), number(base)
    if size <= 0 or to <= 0:
        return NUM
    return math.log(size) / math.log(to) if to != 1 else DIV0


@function("CEILING", least=2)
def ceiling(_: Given, value: Scalar, step: Scalar) -> Scalar:
    """The next multiple of a step, away from 0."""
    return _multiple(number(value), number(step), math.ceil)


@function("FLOOR", least=2)
def floor(_: Given, value: Scalar, step: Scalar) -> Scalar:
    """The multiple of a step before, towards 0."""
    return _multiple(number(value), number(step), math.floor)


def _multiple(size: float, step: float, to: Callable[[float], int]) -> Scalar:
    if size < 0 or step <= 0:
        if size == 0 or step == 0:
            return 0.0
        raise UntoldError(step)
    share = size / step
    near = round(share)
    return (near if abs(share - near) < _NOISE else to(share)) * step


@function("PI", least=0)
def pi(_: Given) -> Scalar:
    """3.14159265358979."""
    return math.pi
