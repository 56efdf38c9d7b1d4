"""What formulas work with: single values as a cell holds them, blocks of them, and ranges of cells not read yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from funnelbook.book.ports import Area, CellError
from funnelbook.book.values import EPOCH, EPOCH_1904

Scalar = float | str | bool | CellError | None  # None: a blank cell
BLANK, NUMBER, TEXT, LOGICAL, ERROR = range(5)  # kinds of a value
NULL, DIV0, VALUE, REF, NAME, NUM, NA = map(
    CellError, ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
)
_KINDS: dict[type, int] = {type(None): BLANK, float: NUMBER, int: NUMBER, str: TEXT, bool: LOGICAL}
_DAY = timedelta(days=1)


class UntoldError(Exception):
    """Only a spreadsheet program can tell what this gives."""


def kind_of(value: Scalar) -> int:
    """BLANK, NUMBER, TEXT, LOGICAL or ERROR."""
    return _KINDS.get(type(value), ERROR)


def as_scalar(raw: object, date1904: bool) -> Scalar:
    """A cell as its host read it, as formulas see it: days and times are numbers, None is a blank cell."""
    if raw is None or isinstance(raw, float | str | CellError):
        return raw
    match raw:
        case bool():
            return raw
        case datetime():
            return (raw.replace(tzinfo=None) - (EPOCH_1904 if date1904 else EPOCH)) / _DAY
        case date():
            return as_scalar(datetime(raw.year, raw.month, raw.day), date1904)
        case time():
            return timedelta(hours=raw.hour, minutes=raw.minute, seconds=raw.second) / _DAY
        case timedelta():
            return raw / _DAY
        case int():
            return float(raw)
        case np.number():
            return float(raw)
        case np.bool_():
            return bool(raw)
        case _:
            raise UntoldError(type(raw).__name__)


@dataclass(frozen=True)
class Range:
    """Cells of a sheet, by their place."""

    sheet: str
    area: Area

    @property
    def height(self) -> int:
        return self.area.bottom - self.area.top + 1

    @property
    def width(self) -> int:
        return self.area.right - self.area.left + 1

    @property
    def single(self) -> bool:
        return self.area.top == self.area.bottom and self.area.left == self.area.right


@dataclass(eq=False)
class Block:
    """Rows of values, all of one length. `values` as single values have it, an object array of two dimensions."""

    values: NDArray[np.object_]
    _sorted: NDArray[np.float64] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, rows: Sequence[Sequence[Scalar]]) -> Block:
        """A block of rows."""
        width = len(rows[0])
        values = np.empty(len(rows) * width, dtype=object)
        values[:] = [v for row in rows for v in row]
        return cls(values.reshape(len(rows), width))

    @property
    def shape(self) -> tuple[int, int]:
        return self.values.shape[0], self.values.shape[1]

    @property
    def single(self) -> bool:
        return self.values.size == 1

    @cached_property
    def kinds(self) -> NDArray[np.int8]:
        """The kind of each value."""
        found = [_KINDS.get(type(v), ERROR) for v in self.values.ravel().tolist()]
        return np.array(found, dtype=np.int8).reshape(self.shape)

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """Numbers, and 1 and 0 for TRUE and FALSE, 0 for blanks; NaN for texts and errors."""
        found = np.full(self.shape, np.nan)
        there = self.kinds == NUMBER
        found[there | (self.kinds == LOGICAL)] = self.values[there | (self.kinds == LOGICAL)].astype(float)
        found[self.kinds == BLANK] = 0.0
        return found

    @cached_property
    def error(self) -> CellError | None:
        """The first error among the values."""
        at = np.flatnonzero(self.kinds == ERROR)
        return self.values.flat[at[0]] if len(at) else None

    @cached_property
    def _words(self) -> tuple[dict[str, int], NDArray[np.int64]]:
        """A number for each different text, letters of either case alike, and that of each value; -1 for what is no text."""
        known: dict[str, int] = {}
        flat = (known.setdefault(v.lower(), len(known)) if type(v) is str else -1 for v in self.values.ravel().tolist())
        return known, np.fromiter(flat, dtype=np.int64, count=self.values.size).reshape(self.shape)

    def words(self) -> dict[str, int]:
        """The different texts, in small letters."""
        return self._words[0]

    def is_text(self, text: str) -> NDArray[np.bool_]:
        """Where a text stands, letters of either case alike."""
        known, codes = self._words
        return codes == known.get(text.lower(), -2)

    def is_among(self, texts: set[str]) -> NDArray[np.bool_]:
        """Where one of texts, which are in small letters, stands."""
        known, codes = self._words
        chosen = np.array([*(word in texts for word in known), False])
        return chosen[codes]

    @property
    def in_order(self) -> NDArray[np.float64]:
        """The numbers, the smallest first; nothing else counts."""
        if self._sorted is None:
            self._sorted = np.sort(self.numbers[self.kinds == NUMBER])
        return self._sorted

    def rows(self) -> list[list[Scalar]]:
        """The values row by row."""
        return self.values.tolist()


Value = Scalar | Range | Block


def logical_block(mask: NDArray[np.bool_]) -> Block:
    """A block of TRUE and FALSE."""
    found = Block(mask.astype(object))
    found.kinds = np.full(mask.shape, LOGICAL, dtype=np.int8)
    found.numbers = mask.astype(float)
    return found


def number_block(numbers: NDArray[np.float64]) -> Block:
    """A block of numbers; #NUM! where one is not finite."""
    bad = ~np.isfinite(numbers)
    if not bad.any():
        return _Numbers(numbers)
    values = numbers.astype(object)
    values[bad] = NUM
    return Block(values)


class _Numbers(Block):
    """Nothing but numbers: single values are made of them only where they are asked for."""

    def __init__(self, numbers: NDArray[np.float64]) -> None:
        self.numbers, self.error, self._sorted = numbers, None, None
        self.kinds = np.full(numbers.shape, NUMBER, dtype=np.int8)

    @cached_property
    def values(self) -> NDArray[np.object_]:  # pyright: ignore[reportIncompatibleVariableOverride] - read only, as there
        return self.numbers.astype(object)

    @property
    def shape(self) -> tuple[int, int]:
        return self.numbers.shape[0], self.numbers.shape[1]

    @property
    def single(self) -> bool:
        return self.numbers.size == 1
