"""A formula as it is written, taken apart: functions and operators, constants, references."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
      (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d+)?)(?![\w.:$!])
    | (?P<text>"(?:[^"]|"")*")
    | (?P<error>\#(?:N/A|[A-Z0-9/]+[!?]))
    | (?P<call>(?:_xlfn\.|_xlws\.|_xldudf_|\[\d+\]!|'[^']*'!)*[A-Za-z_][\w.]*)\(
    | (?P<reference>{_SHEET}?(?:
          {_COLUMN}\$?\d+(?::{_COLUMN}\$?\d+)?(?![\w.\[(!])
        | {_COLUMN}:{_COLUMN}(?![\w.\[(!])
        | [^\W\d][\w.]*(?:\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])?
      ))(?![:\#!])
    | (?P<operator><=|>=|<>|[-+*/^&=<>%(){{}},;])
    )""",
    re.VERBOSE,
)
_PREFIXES = re.compile(r"_xlfn\.|_xlws\.|_xldudf_|\[\d+\]!|'[^']*'!")
_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_SIGN = 6
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


def _one(node: Node, key: object) -> Node:
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    return _known.setdefault(key, node)


def _call(name: str, *arguments: Node) -> Node:
    return _one(Call(name, arguments), (name, *arguments))


class _Parser:
    """By the strength with which operators bind, the weakest first."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._depth = 0
        self._next()

    def whole(self) -> Node:
        found = self._expression(0)
        if self._token is not _END:
            raise _NoFormulaError
        return found

    def _next(self) -> None:
        self._token = next(self._tokens, _END)

    def _take(self, operator: str) -> bool:
        """Whether an operator stands here; it is passed over then."""
        if self._token == ("operator", operator):
            self._next()
            return True
        return False

    def _expression(self, weakest: int) -> Node:
        self._depth += 1
        if self._depth > 4 * _MOST_NESTED:
            raise _NoFormulaError
        left = self._operand()
        while self._token[0] == "operator":
            operator = self._token[1]
            if operator == "%":
                self._next()
                left = _call("%", left)
                continue
            binding = _BINDING.get(operator, 0)
            if binding <= weakest:
                break
            self._next()
            left = _call(operator, left, self._expression(binding))
        self._depth -= 1
        return left

    def _operand(self) -> Node:
        kind, text = self._token
        self._next()
        match kind:
            case "number":
                return _constant(float(text))
            case "text":
                return _constant(text[1:-1].replace('""', '"'))
            case "error":
                return _constant(CellError(text))
            case "call":
                return _call(_PREFIXES.sub("", text).upper(), *self._arguments())
            case "reference":
                if text.upper() in ("TRUE", "FALSE"):
                    return _constant(text.upper() == "TRUE")
                return _one(Reference(text), ("reference", text))
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

    def _arguments(self) -> Iterator[Node]:
        if self._take(")"):
            return
        while True:
            left_out = self._token in (("operator", ","), ("operator", ")"))
            yield _constant(None) if left_out else self._expression(0)
            if self._take(")"):
                return
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
        return _one(Rows(found), ("rows", tuple((type(v), v) for row in found for v in row), len(found)))


def _constant(value: float | str | bool | CellError | None) -> Node:
    return _one(Constant(value), ("constant", type(value), value))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise _NoFormulaError
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()
