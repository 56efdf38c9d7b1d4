"""The criteria of COUNTIFS and its like: which cells of a range one holds for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from funnelbook.book.ports import CellError
from funnelbook.formulas.native.blocks import BLANK, ERROR, LOGICAL, NUMBER, TEXT, Block, Scalar, UntoldError
from funnelbook.formulas.native.operators import order
from funnelbook.formulas.native.scalars import number_in

_SAID = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
_WILD = re.compile(r"~[*?~]|[*?]|[^*?~]+|~")
_CLOSE = 2.0**-48
Mask = NDArray[np.bool_]
_BY_SIZE: dict[str, Callable[[NDArray[np.float64], float], Mask]] = {
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
}


def holding(block: Block, criterion: Scalar) -> Mask:
    """Where a criterion holds; a blank one asks for 0, as Excel takes it."""
    match criterion:
        case CellError():
            return _is_error(block, criterion.code)
        case bool():
            return (block.kinds == LOGICAL) & (block.numbers == criterion)
        case None:
            return _is_number(block, 0.0)
        case str():
            return _said(block, criterion)
        case _:
            return _is_number(block, criterion)


def _said(block: Block, criterion: str) -> Mask:
    found = _SAID.fullmatch(criterion)
    operator, operand = (found[1] or "", found[2]) if found else ("", criterion)
    if not operand:
        return _without_operand(block, operator)
    size = number_in(operand) if _may_be_number(operand) else None
    if operator in _BY_SIZE:
        return _by_order(block, operator, operand, size)
    if size is not None:
        equal = _is_number(block, size)
    elif operand.upper() in ("TRUE", "FALSE"):
        equal = (block.kinds == LOGICAL) & (block.numbers == (operand.upper() == "TRUE"))
        equal |= block.is_text(operand)
    elif operand.startswith("#"):
        equal = _is_error(block, operand.upper())
    else:
        equal = matching(block, operand)
    return ~equal if operator == "<>" else equal


def _without_operand(block: Block, operator: str) -> Mask:
    blank = block.kinds == BLANK
    match operator:
        case "":
            return blank | block.is_text("")
        case "=":
            return blank
        case "<>":
            return ~blank
        case _:
            raise UntoldError(operator)


def _by_order(block: Block, operator: str, operand: str, size: float | None) -> Mask:
    if size is not None:
        return (block.kinds == NUMBER) & _BY_SIZE[operator](block.numbers, size)
    chosen = set[str]()
    for word in block.words():
        sign = order(word, operand)
        if _BY_SIZE[operator](np.array([float(sign)]), 0.0)[0]:
            chosen.add(word)
    return block.is_among(chosen)


def _may_be_number(operand: str) -> bool:
    """Whether a text could be a number, a day or money; what has letters and signs of other kinds is a name."""
    return not re.search(r"[^\W\d_]", operand) or bool(re.fullmatch(r"\s*[-+\d.]+[eE][-+]?\d+\s*", operand))


def _is_number(block: Block, size: float) -> Mask:
    close = np.abs(block.numbers - size) < _CLOSE * abs(size) if size else np.zeros(block.shape, dtype=bool)
    equal = (block.kinds == NUMBER) & (close | (block.numbers == size))
    alike = {word for word in block.words() if _is_written(word, size)}
    return equal | block.is_among(alike) if alike else equal


def _is_written(word: str, size: float) -> bool:
    if not word[:1].isdigit() and word[:1] not in ("-", "+", "."):
        return False
    try:
        return number_in(word) == size
    except UntoldError:
        return False


def _is_error(block: Block, code: str) -> Mask:
    found = [isinstance(v, CellError) and v.code == code for v in block.values.ravel().tolist()]
    return (block.kinds == ERROR) & np.array(found, dtype=bool).reshape(block.shape)


def matching(block: Block, pattern: str) -> Mask:
    """Where a text stands; ? is any letter, * any letters, ~ before one of them means the sign itself."""
    if not any(sign in pattern for sign in "*?~"):
        return block.is_text(pattern)
    wanted = wildcards(pattern.lower())
    return (block.kinds == TEXT) & block.is_among({word for word in block.words() if wanted.fullmatch(word)})


@lru_cache(maxsize=1_000)
def wildcards(pattern: str) -> re.Pattern[str]:
    """A text with wildcards as a regular expression.

    UntoldError for a tilde before anything but a wildcard, which spreadsheet programs take in different ways.
    """
    parts = []
    for found in _WILD.finditer(pattern):
        part = found[0]
        if part == "*":
            parts.append(".*")
        elif part == "?":
            parts.append(".")
        elif part == "~":
            raise UntoldError(pattern)
        else:
            parts.append(re.escape(part[1:] if part[0] == "~" and len(part) > 1 else part))
    return re.compile("".join(parts), re.DOTALL)
