"""How a function of Excel's is declared, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from funnelbook.formulas.native.blocks import Block, Scalar, Value

Lifted = Callable[[int], bool]


class Given(Protocol):
    """What functions may ask of the formulas they stand in."""

    date1904: bool
    masks: dict[object, NDArray[np.bool_]]  # by range and criterion, for one pass over a workbook

    def block(self, value: Value) -> Block:
        """The values of an argument."""
        ...

    def scalar(self, value: Value) -> Scalar:
        """The value of an argument that is a single one."""
        ...

    def resized(self, value: Value, height: int, width: int) -> Value:
        """Cells of another size from the same first one on."""
        ...


@dataclass(frozen=True)
class Function:
    """A function by its name. `work` takes what stands in the cells and the arguments.

    `lifted` says of which arguments (from 0) it takes a single value; where a block stands for one, it is asked of each value.
    `least` and `most` are how many arguments it takes; `arrays`: its arguments are worked out value by value, whatever the cell is.
    """

    name: str
    work: Callable[..., Value]
    least: int
    most: int
    lifted: Lifted
    arrays: bool = False

    def lifted_of(self, count: int) -> tuple[bool, ...]:
        """`lifted` of each of so many arguments."""
        return _lifted_of(self.lifted, count)


@cache
def _lifted_of(lifted: Lifted, count: int) -> tuple[bool, ...]:
    return tuple(map(lifted, range(count)))


FUNCTIONS: dict[str, Function] = {}
_MANY = 255


def every(_: int) -> bool:
    """Each argument is a single value."""
    return True


def none(_: int) -> bool:
    """Each argument may be cells, as many as there are."""
    return False


def at(*places: int) -> Lifted:
    """The arguments at these places are single values."""
    return frozenset(places).__contains__


def function(
    *names: str, least: int, most: int | None = None, lifted: Lifted = every, arrays: bool = False
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Enters a function under its names. `most`: None for as many arguments as there are, else `least` unless it is more."""

    def entered(work: Callable[..., Value]) -> Callable[..., Value]:
        for name in names:
            FUNCTIONS[name] = Function(name, work, least, _MANY if most is None else most, lifted, arrays)
        return work

    return entered
