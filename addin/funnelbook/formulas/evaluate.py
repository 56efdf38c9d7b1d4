"""What formulas in cells give, for a host that has no spreadsheet program to ask: FB_ functions and Excel's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from funnelbook.book.ports import Area, CellError
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.formulas.cells import Grid, grid
from funnelbook.formulas.mentions import is_fixed
from funnelbook.formulas.native import maths
from funnelbook.formulas.native.blocks import (
    NA,
    VALUE,
    Block,
    Range,
    Scalar,
    UntoldError,
    Value,
    as_scalar,
)
from funnelbook.formulas.native.choosing import BEYOND, by_truth, value_at
from funnelbook.formulas.native.functions import FUNCTIONS
from funnelbook.formulas.native.operators import in_blocks
from funnelbook.formulas.native.registry import Function
from funnelbook.formulas.native.scalars import StoppedError, truth, whole
from funnelbook.formulas.syntax import Call, Constant, Node, Reference, parsed

_OPERATORS = frozenset(("=", "<>", "<", ">", "<=", ">=", "+", "-", "*"))  # that go through blocks as a whole
_LARGEST = 5_000_000  # values of a block


class Cells(Protocol):
    """What formulas of a workbook can refer to. Each raises UntoldError for what cannot be told."""

    date1904: bool

    def place(self, text: str, sheet: str) -> Range | str:
        """The cells that a reference in a formula on a sheet means, or the formula of the defined name it is."""
        ...

    def rows(self, cells: Range) -> Grid:
        """The cells of a range as their host reads them."""
        ...


class Evaluator:
    """Works out formulas over the cells of one workbook as they are now; what was worked out once is remembered."""

    def __init__(self, cells: Cells, language: str) -> None:
        self.date1904 = cells.date1904
        self.masks: dict[object, NDArray[np.bool_]] = {}
        self._cells, self._language = cells, language
        self._known: dict[tuple[Node, str, bool], Value] = {}
        self._fixed: dict[Node, bool] = {}
        self._blocks: dict[Range, Block] = {}
        self._singles: dict[Range, Scalar] = {}
        self._ranges: dict[tuple[str, str], Range] = {}

    def rows(self, formula: str, sheet: str, *, array: bool = False) -> Grid:
        """The rows that a formula in a cell of a sheet gives, cells of ranges as their host reads them.

        `array`: it is an array formula. UntoldError when it holds what only a spreadsheet program can work out.
        """
        node = parsed(formula)
        if node is None:
            raise UntoldError(formula)
        try:
            value = self._value(node, sheet, array)
        except StoppedError as error:
            return [[error.cell]]
        if isinstance(value, Range):
            if not array and not value.single:
                raise UntoldError("which of the cells stands in its row")
            return self._cells.rows(value)
        return value.rows() if isinstance(value, Block) else [[value]]

    def block(self, value: Value) -> Block:
        """The values of an argument."""
        if isinstance(value, Block):
            return value
        if not isinstance(value, Range):
            return Block.of([[value]])
        if value not in self._blocks:
            found = [[as_scalar(raw, self.date1904) for raw in row] for row in self._cells.rows(value)]
            self._blocks[value] = Block.of(found)
        return self._blocks[value]

    def scalar(self, value: Value) -> Scalar:
        """The value of an argument that is a single one."""
        if isinstance(value, Range):
            if value not in self._singles:
                if not value.single:
                    raise UntoldError("which of the cells stands in its row")
                self._singles[value] = as_scalar(self._cells.rows(value)[0][0], self.date1904)
            return self._singles[value]
        if isinstance(value, Block):
            return value.values[0, 0]
        return value

    def resized(self, value: Value, height: int, width: int) -> Value:
        """Cells of another size from the same first one on."""
        if not isinstance(value, Range):
            raise UntoldError("no range")
        top, left = value.area.top, value.area.left
        return Range(value.sheet, Area(top, left, top + height - 1, left + width - 1))

    def _value(self, node: Node, sheet: str, array: bool) -> Value:
        if isinstance(node, Call):  # the most frequent first
            key = node, sheet, array
            if key not in self._known:
                self._known[key] = self._called(node, sheet, array)
            return self._known[key]
        if isinstance(node, Constant):
            return node.value
        if isinstance(node, Reference):
            return self._referred(node.text, sheet)
        return Block.of(node.rows)

    def _referred(self, text: str, sheet: str) -> Value:
        known = self._ranges.get((text, sheet))
        if known is not None:
            return known
        place = self._cells.place(text, sheet)
        if isinstance(place, Range):
            self._ranges[text, sheet] = place
            return place
        node = parsed(place)
        if node is not None and node not in self._fixed:
            self._fixed[node] = is_fixed(node)
        if node is None or not self._fixed[node]:
            raise UntoldError(text)
        found = self._value(node, sheet, True)
        if isinstance(found, Range):
            self._ranges[text, sheet] = found
        return found

    def _called(self, node: Call, sheet: str, array: bool) -> Value:
        name = node.name
        if name in _LAZY:
            try:
                return _LAZY[name](self, node.arguments, sheet, array)
            except StoppedError as error:
                return error.cell
        if name in FORMULAS:
            given = [self._raw(self._value(a, sheet, array)) for a in node.arguments]
            return self._plain(call(name, given, self._language, date1904=self.date1904))
        known = FUNCTIONS.get(name)
        if known is None or not known.least <= len(node.arguments) <= known.most:
            raise UntoldError(name)
        inside = array or known.arrays
        try:
            return self._applied(known, [self._value(a, sheet, inside) for a in node.arguments], inside)
        except StoppedError as error:
            return error.cell

    def _raw(self, value: Value) -> object:
        if isinstance(value, Range):
            return grid(self._cells.rows(value))
        return value.rows() if isinstance(value, Block) else value

    def _plain(self, rows: Grid) -> Value:
        found = [[as_scalar(raw, self.date1904) for raw in row] for row in rows]
        return found[0][0] if len(found) == len(found[0]) == 1 else Block.of(found)

    def _applied(self, known: Function, given: list[Value], array: bool) -> Value:
        lifted = known.lifted_of(len(given))
        many = False
        ready = given
        for place, value in enumerate(given):
            if not (lifted[place] and isinstance(value, Range | Block)):
                continue
            if isinstance(value, Block) and not value.single:
                many = True
                continue
            if ready is given:
                ready = given.copy()
            if isinstance(value, Range) and array and not value.single:
                ready[place], many = self.block(value), True
            else:
                ready[place] = self.scalar(value)
        return self._over_all(known, ready, lifted) if many else known.work(self, *ready)

    def _over_all(self, known: Function, given: Sequence[Value], lifted: Sequence[bool]) -> Block:
        """A function asked of the values at each place of blocks; a single value, row or column goes with all."""
        if known.name in _OPERATORS or known.name in maths.OF_BLOCKS:
            found = self._whole(known.name, *(self.block(value) for value in given))
            if found is not None:
                return found
        blocks = [self.block(value) for value, one in zip(given, lifted, strict=True) if one]
        height, width = max(b.shape[0] for b in blocks), max(b.shape[1] for b in blocks)
        if height * width > _LARGEST:
            raise UntoldError("so many values")
        values = np.empty((height, width), dtype=object)
        for i in range(height):
            for j in range(width):
                at = iter(blocks)
                asked = [value_at(next(at), i, j) if one else value for value, one in zip(given, lifted, strict=True)]
                try:
                    values[i, j] = NA if BEYOND in asked else self.scalar(known.work(self, *asked))
                except StoppedError as error:
                    values[i, j] = error.cell
        return Block(values)

    @staticmethod
    def _whole(name: str, one: Block, other: Block | None = None) -> Block | None:
        if other is None:
            return maths.in_blocks(name, one)
        fits = all(a == b or 1 in (a, b) for a, b in zip(one.shape, other.shape, strict=True))
        work = in_blocks if name in _OPERATORS else maths.in_blocks
        return work(name, one, other) if fits else None

    def _if(self, arguments: Sequence[Node], sheet: str, array: bool) -> Value:
        """IF: only what is chosen is worked out, unless there is a block to choose by."""
        if not 2 <= len(arguments) <= 3:
            raise UntoldError("IF")
        asked = self._asked(arguments[0], sheet, array)
        other: Node = arguments[2] if len(arguments) > 2 else Constant(False)
        if not isinstance(asked, Block):
            return self._chosen(arguments[1] if truth(asked) else other, sheet, array)
        chosen = [self._chosen(node, sheet, array) for node in (arguments[1], other)]
        return by_truth(asked, *(self._asked_value(value, array) for value in chosen))

    def _iferror(self, arguments: Sequence[Node], sheet: str, array: bool) -> Value:
        return self._unless(arguments, sheet, array, lambda value: isinstance(value, CellError))

    def _ifna(self, arguments: Sequence[Node], sheet: str, array: bool) -> Value:
        return self._unless(arguments, sheet, array, lambda value: value == NA)

    def _unless(self, arguments: Sequence[Node], sheet: str, array: bool, bad: Callable[[Scalar], bool]) -> Value:
        if len(arguments) != 2:
            raise UntoldError("IFERROR")
        first = self._value(arguments[0], sheet, array)
        asked = self._asked_value(first, array)
        if not isinstance(asked, Block):
            return self._chosen(arguments[1], sheet, array) if bad(asked) else first
        if not any(map(bad, asked.values.ravel().tolist())):
            return asked
        other = self.block(self._chosen(arguments[1], sheet, array))
        if not other.single:
            raise UntoldError("IFERROR")
        return Block.of([[other.values[0, 0] if bad(v) else v for v in row] for row in asked.rows()])

    def _choose(self, arguments: Sequence[Node], sheet: str, array: bool) -> Value:
        which = self._asked(arguments[0], sheet, array)
        if isinstance(which, Block):
            raise UntoldError("CHOOSE")
        place = whole(which)
        return self._chosen(arguments[place], sheet, array) if 1 <= place < len(arguments) else VALUE

    def _asked(self, node: Node, sheet: str, array: bool) -> Scalar | Block:
        return self._asked_value(self._value(node, sheet, array), array)

    def _asked_value(self, value: Value, array: bool) -> Scalar | Block:
        if isinstance(value, Block) and not value.single:
            return value
        if isinstance(value, Range) and array and not value.single:
            return self.block(value)
        return self.scalar(value)

    def _chosen(self, node: Node, sheet: str, array: bool) -> Value:
        """What a function gives back of its arguments; one left out is 0."""
        if isinstance(node, Constant) and node.value is None:
            return 0.0
        return self._value(node, sheet, array)


_LAZY: dict[str, Callable[[Evaluator, Sequence[Node], str, bool], Value]] = {
    "IF": Evaluator._if,  # pyright: ignore[reportPrivateUsage] - of this file
    "IFERROR": Evaluator._iferror,  # pyright: ignore[reportPrivateUsage] - of this file
    "IFNA": Evaluator._ifna,  # pyright: ignore[reportPrivateUsage] - of this file
    "CHOOSE": Evaluator._choose,  # pyright: ignore[reportPrivateUsage] - of this file
}
