"""Functions of texts."""

from __future__ import annotations

from collections.abc import Callable

from funnelbook.formulas.native.aggregates import flat
from funnelbook.formulas.native.blocks import VALUE, Scalar, UntoldError, Value
from funnelbook.formulas.native.criteria import wildcards
from funnelbook.formulas.native.registry import Given, function, none
from funnelbook.formulas.native.scalars import StoppedError, number, text, truth, whole

_LONGEST = 32_767


def _of_one(name: str, work: Callable[[str], Scalar]) -> None:
    @function(name, least=1)
    def _(_: Given, value: Scalar) -> Scalar:
        return work(text(value))


def _length(value: str) -> float:
    """Letters as Excel counts them: those beyond the first 65,536 are two."""
    return len(value.encode("utf-16-le")) / 2


def _plain(value: str) -> str:
    """A text whose letters are one each to Excel too."""
    if _length(value) != len(value):
        raise UntoldError(value)
    return value


for _name, _work in {
    "LEN": _length,
    "UPPER": str.upper,
    "LOWER": str.lower,
    "TRIM": lambda value: " ".join(part for part in value.split(" ") if part),
}.items():
    _of_one(_name, _work)


def _within(value: str) -> str:
    if len(value) > _LONGEST:
        raise StoppedError(VALUE)
    return value


def _count(value: Scalar) -> int:
    found = whole(value)
    if found < 0:
        raise StoppedError(VALUE)
    return found


@function("REPT", least=2)
def rept(_: Given, value: Scalar, times: Scalar) -> Scalar:
    """A text so many times."""
    found, count = text(value), _count(times)
    if len(found) * count > _LONGEST:
        return VALUE
    return found * count


@function("LEFT", least=1, most=2)
def left(_: Given, value: Scalar, letters: Scalar = 1.0) -> Scalar:
    """The first letters of a text."""
    return _plain(text(value))[: _count(letters)]


@function("RIGHT", least=1, most=2)
def right(_: Given, value: Scalar, letters: Scalar = 1.0) -> Scalar:
    """The last letters of a text."""
    found, count = _plain(text(value)), _count(letters)
    return found[-count:] if count else ""


@function("MID", least=3)
def mid(_: Given, value: Scalar, first: Scalar, letters: Scalar) -> Scalar:
    """Letters from within a text."""
    start = _count(first)
    if start < 1:
        return VALUE
    return _plain(text(value))[start - 1 : start - 1 + _count(letters)]


@function("FIND", least=2, most=3)
def find(_: Given, part: Scalar, value: Scalar, first: Scalar = 1.0) -> Scalar:
    """Where a part stands in a text, letters of either case told apart."""
    start, within = _count(first), _plain(text(value))
    found = within.find(text(part), start - 1) if 1 <= start <= len(within) + 1 else -1
    return float(found + 1) if found >= 0 else VALUE


@function("SEARCH", least=2, most=3)
def search(_: Given, part: Scalar, value: Scalar, first: Scalar = 1.0) -> Scalar:
    """Where a part, with wildcards, stands in a text."""
    start, within = _count(first), _plain(text(value)).lower()
    if not 1 <= start <= len(within) + 1:
        return VALUE
    found = wildcards(text(part).lower()).search(within, start - 1)
    return float(found.start() + 1) if found else VALUE


@function("SUBSTITUTE", least=3, most=4)
def substitute(_: Given, value: Scalar, old: Scalar, new: Scalar, which: Scalar = None) -> Scalar:
    """A text with another part for each old one, or for one of them."""
    whole_text, before, after = text(value), text(old), text(new)
    if not before:
        return whole_text
    if which is None:
        return _within(whole_text.replace(before, after))
    count = _count(which)
    if count < 1:
        return VALUE
    parts = whole_text.split(before)
    if len(parts) <= count:
        return whole_text
    return _within(before.join(parts[:count]) + after + before.join(parts[count:]))


@function("EXACT", least=2)
def exact(_: Given, one: Scalar, other: Scalar) -> Scalar:
    """Whether two texts are the same, letters of either case told apart."""
    return text(one) == text(other)


@function("CONCATENATE", least=1, most=None)
def concatenate(_: Given, *values: Scalar) -> Scalar:
    """Values as one text."""
    return _within("".join(map(text, values)))


@function("CONCAT", least=1, most=None, lifted=none)
def concat(given: Given, *arguments: Value) -> Scalar:
    """Values as one text, cells row by row."""
    return _within("".join(map(text, flat(given, arguments))))


@function("TEXTJOIN", least=3, most=None, lifted=lambda place: place < 2)
def textjoin(given: Given, between: Scalar, without_blanks: Scalar, *arguments: Value) -> Scalar:
    """Values as one text with another between them."""
    parts = list(map(text, flat(given, arguments)))
    return _within(text(between).join(p for p in parts if p or not truth(without_blanks)))


@function("VALUE", least=1)
def value(_: Given, given: Scalar) -> Scalar:
    """The number a text is."""
    if isinstance(given, bool):
        return VALUE
    return number(given)


@function("CHAR", "UNICHAR", least=1)
def char(_: Given, code: Scalar) -> Scalar:
    """The letter of a number: only of those that are the same in every country."""
    found = whole(code)
    if found < 1:
        return VALUE
    if found > 126:
        raise UntoldError(found)
    return chr(found)


@function("HYPERLINK", least=1, most=2)
def hyperlink(_: Given, target: Scalar, shown: Scalar = "") -> Scalar:
    """What a link shows."""
    return target if shown == "" else shown
