"""A formula as it is written, taken apart: functions and operators, constants, references."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from funnelbook.book.ports import CellError


@dataclass(frozen=True, eq=False, slots=True)
class Constant:
    """A number, a text, TRUE or FALSE, an error; None for an argument left out."""

    value: float | str | bool | CellError | None


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """The rows of an array constant."""

    rows: tuple[tuple[float | str | bool | CellError | None, ...], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Reference:
    """What stands for cells: A1:B5, 客户!C:C, Customers[级别], a defined name."""

    text: str


@dataclass(frozen=True, eq=False, slots=True)
class Call:
    """A function or an operator of its arguments; operators are called as they are written, a sign before one value `+1`, `-1`."""

    name: str
    arguments: tuple[Node, ...]


Node = Constant | Rows | Reference | Call

_SHEET = r"(?:'(?:[^']|'')+'!|(?:\[[^\[\]]*\])?[^\W\d][\w.]*!)"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<operator><=|>=|<>|[-+*/^&=<>%(){{}},;])
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d+)?)(?![\w.:$!])
    | (?P<text>"(?:[^"]|"")*")
    | (?P<error>\#(?:N/A|[A-Z0-9/]+[!?]))
    | (?P<call>(?:_xlfn\.|_xlws\.|_xldudf_|\[\d+\]!|'[^']*'!)*[A-Za-z_][\w.]*)\(
    | (?P<reference>{_SHEET}?(?:
          {_COLUMN}\$?\d+(?::{_COLUMN}\$?\d+)?(?![\w.\[(!])
        | {_COLUMN}:{_COLUMN}(?![\w.\[(!])
        | [^\W\d][\w.]*(?:\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])?
      ))(?![:\#!])
    )""",
    re.VERBOSE,
)
_PREFIXES = re.compile(r"_xlfn\.|_xlws\.|_xldudf_|\[\d+\]!|'[^']*'!")
_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5, "%": 7}
_SIGN = 6  # before a value, looser than the % behind it
_END = ("end", "")
_MOST_NESTED = 64  # Excel's own limit


class _NoFormulaError(ValueError):
    """A text that cannot be taken apart."""


@lru_cache(maxsize=20_000)
def parsed(formula: str) -> Node | None:
    """A formula taken apart; None when it holds what is not known here: ranges that are worked out, unions, other notations.

    Equal parts of all formulas are one and the same object, so that what they give can be remembered by it.
    """
    try:
        return _Parser(formula.strip().removeprefix("=")).whole()
    except (_NoFormulaError, RecursionError):
        return None


_known: dict[object, Node] = {}
_MOST_KNOWN = 200_000


def _one(key: object, make: Callable[..., Node], *parts: object) -> Node:
    """The one node of a key; it is made of its parts where none is known."""
    found = _known.get(key)
    if found is None:
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        found = _known[key] = make(*parts)
    return found


def _call(name: str, *arguments: Node) -> Node:
    return _one((name, arguments), Call, name, arguments)


class _Parser:
    """By the strength with which operators bind, the weakest first."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        found = self._expression(0)
        if self._tokens[self._at] is not _END:
            raise _NoFormulaError
        return found

    def _take(self, operator: str) -> bool:
        """Whether an operator stands here; it is passed over then."""
        if self._tokens[self._at][1] == operator:
            self._at += 1
            return True
        return False

    def _expression(self, weakest: int) -> Node:
        self._depth += 1
        if self._depth > 4 * _MOST_NESTED:
            raise _NoFormulaError
        left = self._operand()
        while True:
            operator = self._tokens[self._at][1]
            binding = _BINDING.get(operator, 0)
            if binding <= weakest:
                break
            self._at += 1
            left = _call(operator, left) if operator == "%" else _call(operator, left, self._expression(binding))
        self._depth -= 1
        return left

    def _operand(self) -> Node:
        kind, text = self._tokens[self._at]
        self._at += 1
        match kind:  # the most frequent first
            case "reference":
                if text.upper() in ("TRUE", "FALSE"):
                    return _constant(text.upper() == "TRUE")
                return _one(text, Reference, text)
            case "call":
                return _call(_named(text), *self._arguments())
            case "number":
                return _constant(float(text))
            case "text":
                return _constant(text[1:-1].replace('""', '"'))
            case "error":
                return _constant(CellError(text))
            case "operator" if text in "+-":
                return _call(f"{text}1", self._expression(_SIGN))
            case "operator" if text == "(":
                inside = self._expression(0)
                if self._take(")"):
                    return inside
            case "operator" if text == "{":
                return self._rows()
            case _:
                pass
        raise _NoFormulaError

    def _arguments(self) -> list[Node]:
        found: list[Node] = []
        if self._take(")"):
            return found
        while True:
            left_out = self._tokens[self._at][1] in (",", ")")
            found.append(_constant(None) if left_out else self._expression(0))
            if self._take(")"):
                return found
            if not self._take(","):
                raise _NoFormulaError

    def _rows(self) -> Node:
        rows: list[list[float | str | bool | CellError | None]] = [[]]
        while True:
            sign = -1.0 if self._take("-") else 1.0
            item = self._operand()
            if not isinstance(item, Constant) or (sign < 0 and not isinstance(item.value, float)):
                raise _NoFormulaError
            rows[-1].append(-item.value if sign < 0 and isinstance(item.value, float) else item.value)
            if self._take("}"):
                break
            if self._take(";"):
                rows.append([])
            elif not self._take(","):
                raise _NoFormulaError
        if len({len(row) for row in rows}) > 1:
            raise _NoFormulaError
        found = tuple(map(tuple, rows))
        return _one(("rows", tuple((type(v), v) for row in found for v in row), len(found)), Rows, found)


def _constant(value: float | str | bool | CellError | None) -> Node:
    return _one((type(value), value), Constant, value)


@lru_cache
def _named(call: str) -> str:
    """The name of a function that is called, as it is known here."""
    return _PREFIXES.sub("", call).upper()


def _tokens(text: str) -> list[tuple[str, str]]:
    """Kinds and texts of what a formula is written of, `_END` at its end."""
    found: list[tuple[str, str]] = []
    at, end, match = 0, len(text.rstrip()), _TOKEN.match
    while at < end:
        token = match(text, at)
        if token is None:
            raise _NoFormulaError
        kind = str(token.lastgroup)
        found.append((kind, token[kind]))
        at = token.end()
    return [*found, _END]
