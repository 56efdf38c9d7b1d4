"""What an FB_ formula is, and how any host calls one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from funnelbook.book.ports import BookError
from funnelbook.formulas.answers import plain
from funnelbook.formulas.cells import Grid, Reader, cells, grid, is_blank
from funnelbook.formulas.errors import NA, VALUE, FormulaError
from funnelbook.words import key_of, say

MISSING = object()  # an argument that was left out


@dataclass(frozen=True)
class Argument:
    """One argument: its name and how its cells are read; what it means stands in formulas.py of words."""

    name: str
    read: Reader
    optional: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Formula:
    """One FB_ formula; what it gives stands in formulas.py of words.

    `compute` takes the read arguments and gives a value, rows, an array or a frame; `speaks` says that it also takes `language`.
    `example` is a formula with array constants, `gives` its result as rows, worked outside the code.
    """

    name: str
    compute: Callable[..., object]
    category: str
    arguments: tuple[Argument, ...]
    example: str
    gives: Sequence[Sequence[object]]
    speaks: bool = False

    def text(self, language: str) -> str:
        """What it gives, in a language."""
        return say(f"formulas.{self.name}", language)

    def meaning(self, argument: Argument, language: str) -> str:
        """What an argument of it means, in a language."""
        return say(key_of("formulas", self.name, argument.name), language)

    @cached_property
    def needed(self) -> int:
        """How many arguments must be there."""
        return sum(not a.optional and not a.repeats for a in self.arguments)

    @property
    def syntax(self) -> str:
        """The formula with its arguments, optional ones in brackets."""
        parts = [f"[{a.name}]" if a.optional else f"{a.name}…" if a.repeats else a.name for a in self.arguments]
        return f"{self.name}({', '.join(parts)})"

    def call(self, given: Sequence[object], language: str) -> Grid:
        """The result as rows of plain cells; never raises: what cannot be computed is a cell with a real error."""
        try:
            return self.result(given, language)
        except FormulaError as error:
            return [[error.cell]]

    def result(self, given: Sequence[object], language: str) -> Grid:
        """The result as rows of plain cells; FormulaError says why there is none."""
        spoken = {"language": language} if self.speaks else {}
        try:
            if any(a.repeats for a in self.arguments):
                return plain(self.compute(*given, **spoken))
            return plain(self.compute(**self._all_read(given, language), **spoken))
        except BookError as error:
            raise FormulaError(VALUE, "book", reason=error) from error
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            # a cell must never show a traceback; FB_WHY and the tests over all shapes and types say what was met
            raise FormulaError(VALUE, "unexpected", detail=f"{type(error).__name__}: {error}") from error

    def _all_read(self, given: Sequence[object], language: str) -> dict[str, object]:
        if len(given) > len(self.arguments):
            raise FormulaError(VALUE, "too_many", most=len(self.arguments))
        read: dict[str, object] = {}
        for i, argument in enumerate(self.arguments):
            value = given[i] if i < len(given) else MISSING
            if value is MISSING or (argument.optional and is_blank(grid(value))):
                if argument.optional:
                    continue
                raise FormulaError(VALUE, "missing", argument=argument.name, meaning=self.meaning(argument, language))
            read[argument.name] = self._read(argument, value)
        return read

    @staticmethod
    def _read(argument: Argument, value: object) -> object:
        block = grid(value)
        if argument.read is not cells and is_blank(block):
            raise FormulaError(NA, "blank_argument", argument=argument.name)
        try:
            return argument.read(block)
        except FormulaError as error:
            raise FormulaError(error.cell, "argument", argument=argument.name, reason=error) from error

    def check(self) -> None:
        """ValueError when arguments and function do not fit: a mistake of ours."""
        if any(a.repeats for a in self.arguments):
            return
        wanted = list(inspect.signature(self.compute).parameters)
        ours = [a.name for a in self.arguments] + ["language"] * self.speaks
        if wanted != ours:
            raise ValueError(f"{self.name}: {wanted} are not {ours}")
