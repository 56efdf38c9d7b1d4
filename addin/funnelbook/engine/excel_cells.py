"""The FB_ formulas as Excel's cells ask for them: values as COM brings them, to the one registry and back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain

from funnelbook import __version__
from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.formulas.formula import MISSING
from funnelbook.words import chosen

LEFT_OUT = -2147352572  # how COM says that an argument was left out
ERRORS: dict[int, CellError] = {  # error cells as COM numbers them
    -2146826288: CellError("#NULL!"),
    -2146826281: CellError("#DIV/0!"),
    -2146826273: CellError("#VALUE!"),
    -2146826265: CellError("#REF!"),
    -2146826259: CellError("#NAME?"),
    -2146826252: CellError("#NUM!"),
    -2146826246: CellError("#N/A"),
}
_AS_THEY_ARE = frozenset((float, str, bool, type(None)))
ERROR_MARK = "\x01"  # a text that begins so is an error cell: the wrapper in VBA makes it a real one

Row = Sequence[object]


def answer(name: str, given: Sequence[object]) -> Sequence[Row]:
    """The rows of a formula as COM carries them; #NAME? for one that is none, as an add-in newer than this may ask for."""
    arguments = [MISSING if type(value) is int and value == LEFT_OUT else _argument(value) for value in given]
    while arguments and arguments[-1] is MISSING:
        arguments.pop()
    if name not in FORMULAS:
        return [[com(CellError("#NAME?"))]]
    rows = call(name, arguments, chosen())
    if _as_they_are(rows):
        return rows
    return [list(map(com, row)) for row in rows]


def _argument(value: object) -> object:
    """An argument as COM brings it: its error numbers as errors, its times without the zone that nobody chose.

    Cell by cell only where there is one of these: a column may hold 100,000.
    """
    if not isinstance(value, tuple):
        return _cell(value)
    rows = value if value and isinstance(value[0], tuple) else (value,)
    return rows if _as_they_are(rows) else [tuple(map(_cell, row)) for row in rows]


def _as_they_are(rows: Iterable[Row]) -> bool:
    return set(map(type, chain.from_iterable(rows))) <= _AS_THEY_ARE


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.time())
    return ERRORS.get(value, value) if type(value) is int else value


def com(value: object) -> object:
    """A cell as COM carries it: an error as its mark and code, a time with a zone, which pywin32 wants."""
    if isinstance(value, CellError):
        return ERROR_MARK + value.code
    return value.replace(tzinfo=UTC) if type(value) is datetime else value


def self_test() -> str:
    """Versions of what a formula needs, after one was computed; an exception says what is missing."""
    found = answer("FB_NEED", (15.0, ((40.0,), (12.0,)), ((0.5,), (0.4,))))
    if list(found[1]) != [37.5, 25.5]:
        raise RuntimeError(f"FB_NEED gave {found}")
    import xlwings  # noqa: PLC0415 - buttons need it, formulas do not

    return f"funnelbook {__version__}, xlwings {xlwings.__version__}, Python {sys.version.split()[0]}"
