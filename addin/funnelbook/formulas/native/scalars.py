"""Single values read as Excel reads them where it wants another kind: numbers out of texts, texts out of numbers, truth."""

from __future__ import annotations

import re
from math import isfinite

from funnelbook.book.ports import CellError
from funnelbook.formulas.native.blocks import NUM, VALUE, Scalar, UntoldError

_PLAIN = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d+)?)\s*(%?)\s*")
_DIGIT = re.compile(r"\d")
_PLAINEST, _LARGEST_SHOWN = 1e-4, 1e15  # numbers between them Excel writes into texts without a power of ten
_DIGITS = 15  # that Excel knows of a number


class StoppedError(Exception):
    """What a formula gives is this error."""

    def __init__(self, cell: CellError) -> None:
        super().__init__(cell.code)
        self.cell = cell


def number(value: Scalar) -> float:
    """A value as a number: 1 and 0 for TRUE and FALSE, 0 for a blank, a text that is one; StoppedError for errors and other texts."""
    if type(value) is float:
        return value
    match value:
        case bool():
            return float(value)
        case float() | int():
            return float(value)
        case None:
            return 0.0
        case str():
            found = number_in(value)
            if found is None:
                raise StoppedError(VALUE)
            return found
        case _:
            raise StoppedError(value)


def number_in(text: str) -> float | None:
    """The number a text is; None when it is none. UntoldError where that depends on the country: days, money, commas."""
    found = _PLAIN.fullmatch(text)
    if found:
        return float(found[1]) / (100 if found[2] else 1)
    if _DIGIT.search(text):
        raise UntoldError(text)
    return None


def whole(value: Scalar) -> int:
    """A value as a whole number, what is behind the point cut off."""
    found = number(value)
    if not abs(found) < _LARGEST_SHOWN:
        raise StoppedError(NUM)
    return int(found)


def text(value: Scalar) -> str:
    """A value as a text, numbers as Excel writes them in 15 digits."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value
        case None:
            return ""
        case float() | int():
            if value != 0 and not _PLAINEST <= abs(value) < _LARGEST_SHOWN:
                raise UntoldError(value)
            return f"{value:.{_DIGITS}g}" if value else "0"
        case _:
            raise StoppedError(value)


def truth(value: Scalar) -> bool:
    """A value as TRUE or FALSE: a number other than 0 is TRUE, a blank FALSE."""
    if type(value) is bool:
        return value
    match value:
        case str():
            if value.upper() in ("TRUE", "FALSE"):
                return value.upper() == "TRUE"
            if number_in(value) is not None:
                raise UntoldError("programs differ on whether such a text is a number here")
            raise StoppedError(VALUE)
        case CellError():
            raise StoppedError(value)
        case _:
            return number(value) != 0


def finite(value: float) -> Scalar:
    """A number that was worked out; #NUM! when there is none so large."""
    return value if isfinite(value) else NUM
