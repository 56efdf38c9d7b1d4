"""The FB_ formulas for Excel: each goes through xlwings' conversion to the one registry, and back as what COM can carry."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain

import xlwings as xw

from funnelbook import __version__
from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.formulas.formula import Formula
from funnelbook.words import ELSEWHERE, choose, chosen

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


def given(value: object) -> object:
    """An argument as COM brings it: its error numbers as errors, its times without the zone that nobody chose.

    Not left to xlwings, which does it cell by cell: columns of 100,000 rows would take several times the calculation.
    """
    if not isinstance(value, tuple):
        return _given(value)
    rows = value if value and isinstance(value[0], tuple) else (value,)
    if set(map(type, chain.from_iterable(rows))) <= _AS_THEY_ARE:
        return rows
    return [tuple(map(_given, row)) for row in rows]


def _given(value: object) -> object:
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.time())
    return ERRORS.get(value, value) if type(value) is int else value


def com(value: object) -> object:
    """A cell as COM carries it: an error as its mark and code, a time with a zone, which pywin32 wants."""
    if isinstance(value, CellError):
        return ERROR_MARK + value.code
    return value.replace(tzinfo=UTC) if type(value) is datetime else value


def serve(clsid: str = "", language: str = "") -> None:
    """Answers Excel's calls until Excel lets go. `clsid` is what Excel asks for; empty: the server started at log-on."""
    if language:
        choose(language)
    # its one argument is there on Windows only
    xw.serve(clsid) if clsid else xw.serve()  # pyright: ignore[reportCallIssue] - its stub has no arguments


def self_test() -> str:
    """Versions of what a formula needs, after one was computed; an exception says what is missing."""
    found = globals()["FB_NEED"]([[15.0]], [[40.0], [12.0]], [[0.5], [0.4]])
    if found[1] != [37.5, 25.5]:
        raise RuntimeError(f"FB_NEED gave {found}")
    return f"funnelbook {__version__}, xlwings {xw.__version__}, Python {sys.version.split()[0]}"


def _function(formula: Formula) -> Callable[..., object]:
    """The function xlwings finds under the formula's name, with its arguments."""

    def run(*arguments):  # pyright: ignore[reportUnknownParameterType, reportMissingParameterType] - xlwings converts by hints
        rows = call(formula.name, list(map(given, arguments)), chosen())
        if set(map(type, chain.from_iterable(rows))) <= _AS_THEY_ARE:
            return rows
        return [list(map(com, row)) for row in rows]

    run.__name__ = run.__qualname__ = formula.name
    run.__doc__ = formula.text(ELSEWHERE)
    run.__signature__ = inspect.Signature(
        [
            inspect.Parameter(
                a.name,
                inspect.Parameter.VAR_POSITIONAL if a.repeats else inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=None if a.optional else inspect.Parameter.empty,
            )
            for a in formula.arguments
        ]
    )
    for argument in formula.arguments:
        run = xw.arg(argument.name, "raw")(run)
    return xw.func(call_in_wizard=False)(xw.ret("raw")(run))


globals().update({name: _function(formula) for name, formula in FORMULAS.items()})

if __name__ == "__main__":
    serve(language="".join(sys.argv[1:2]))
