"""Between cells and the calculation: what people and hosts pass is read as a person means it, and results go back as plain cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Sized
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from math import isfinite, isnan
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from funnelbook.book import dates, values
from funnelbook.book.ports import ERROR_CODES, CellError
from funnelbook.domain.dtypes import Flags, Moments, Numbers, Objects
from funnelbook.formulas.errors import NA, NUM, VALUE, FormulaError

Grid = Sequence[Sequence[object]]
Reader = Callable[[Grid], object]
_Read = TypeVar("_Read")

_TO_CHANGE = frozenset((*ERROR_CODES, ""))
MOST_WHOLE = 1e12  # shares of more are no longer exact to the last whole number
_NO_DAY, _FIRST_DAY = -1, date(1970, 1, 1).toordinal()
_EARLIEST, _LATEST = date(values.FIRST_YEAR, 1, 1).toordinal(), date(values.LAST_YEAR, 12, 31).toordinal()
_NO_YEAR = date.min  # a day written without its year means none: formulas know no today
_PART_OF_DATE = re.compile(r"(\d\d?\s*[-/.月]\s*\d\d?\s*[日号]?|\d{4}\s*[-/.年]\s*\d\d?\s*月?|\d\d?\s*月)(\s.*)?")


def grid(value: object) -> Grid:
    """Any argument as rows of cells: a single value, a row, a column or a block; blank is None, an error a CellError."""
    if isinstance(value, np.ndarray | pd.Series | pd.DataFrame):
        value = value.tolist() if isinstance(value, np.ndarray | pd.Series) else value.to_numpy(object).tolist()
    if not isinstance(value, list | tuple):
        return [[_cell(value)]]
    rows: list[Any] = list(value)
    nested = set(map(type, rows)) <= {list, tuple}
    if not nested and not any(isinstance(row, list | tuple) for row in rows):
        rows = [rows]  # a flat list is a row, as Excel gives a constant {1,2,3}
    elif not nested:
        rows = [row if isinstance(row, list | tuple) else [row] for row in rows]
    widths = set(map(len, rows))
    width = max(widths, default=0)
    if not width:
        return [[None]]
    if len(widths) > 1:
        rows = [[*row, *[None] * (width - len(row))] for row in rows]
    return rows if _is_plain(rows) else [list(map(_cell, row)) for row in rows]


def _is_plain(rows: Grid) -> bool:
    """Whether every cell is as `_cell` would give it, told without looking at each in turn."""
    values_ = flat(rows)
    kinds = set(map(type, values_))
    if not kinds <= {float, str, bool, datetime, type(None)}:
        return False
    if str in kinds and not _TO_CHANGE.isdisjoint(values_):
        return False
    if float in kinds and not all(isfinite(v) for v in values_ if type(v) is float):
        return False
    return datetime not in kinds or all(v.tzinfo is None for v in values_ if type(v) is datetime)


def _cell(value: object) -> object:
    match value:
        case None | "":
            return None
        case str():
            return CellError(value) if value in ERROR_CODES else value
        case bool() | CellError():
            return value
        case float() | int() | Decimal() | np.number():
            return _number(value)
        case np.bool_():
            return bool(value)
        case np.datetime64():
            return _cell(pd.Timestamp(value))
        case datetime():  # COM gives times with a zone that nobody chose
            return None if value is pd.NaT else datetime.combine(value.date(), value.time())
        case date():
            return datetime(value.year, value.month, value.day)
        case time():
            return value
        case _:
            return str(value)


def _number(value: float | Decimal | np.number) -> object:
    try:
        found = float(value)
    except (OverflowError, TypeError, ValueError):  # no number of a cell, such as a complex one
        return NUM
    return found if isfinite(found) else None if isnan(found) else NUM


def is_blank(cells: Grid) -> bool:
    """Whether nothing stands in any of the cells."""
    return all(_blank(v) for row in cells for v in row)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def flat(cells: Grid) -> list[object]:
    """The cells of a row, a column or a block as one list, row by row."""
    return list(chain.from_iterable(cells))


def one(cells: Grid) -> object:
    """The value of a single cell; of more cells the only one that is filled."""
    there = [v for v in flat(cells) if not _blank(v)]
    if not there:
        raise FormulaError(NA, "blank")
    if len(there) > 1:
        raise FormulaError(VALUE, "one_cell")
    return there[0]


def _parsed(
    value: object, parse: Callable[[object], _Read | values.Unreadable], code: str, at: tuple[int, int]
) -> _Read:
    if isinstance(value, CellError):
        raise FormulaError(value, "error_cell", row=at[0], column=at[1], value=value.code)
    found = parse(value)
    if found is values.BAD:
        code = no_day(value) if parse is day_of else code
        raise FormulaError(VALUE, code, row=at[0], column=at[1], value=value)
    if isinstance(found, float) and not isfinite(found):
        raise FormulaError(NUM, "too_large")
    return found


def _each(cells: Grid, parse: Callable[[object], _Read | values.Unreadable], code: str) -> list[_Read]:
    return [_parsed(v, parse, code, (i, j)) for i, row in enumerate(cells, 1) for j, v in enumerate(row, 1)]


date1904: ContextVar[bool] = ContextVar("date1904", default=False)  # whether the numbers of days count from 1904


def day_of(value: object) -> datetime | values.Unreadable | None:
    """A cell as a datetime; None for a blank, BAD for what is no day."""
    return dates.moment(value, date1904=date1904.get(), as_of=_NO_YEAR)


def no_day(value: object) -> str:
    """The reason code of a cell that is no day."""
    return "part_of_date" if isinstance(value, str) and _PART_OF_DATE.fullmatch(values.fold(value)) else "not_date"


def number(cells: Grid) -> float:
    """A single number."""
    found = _parsed(one(cells), values.number, "not_number", (1, 1))
    if found is None:
        raise FormulaError(NA, "blank")
    return found


def amount(cells: Grid) -> float:
    """A single number of 0 or more."""
    found = number(cells)
    if found < 0:
        raise FormulaError(VALUE, "negative", row=1, column=1, value=f"{found:g}")
    return found


def share(cells: Grid) -> float:
    """A single number from 0 to 1."""
    found = number(cells)
    if not 0 <= found <= 1:
        raise FormulaError(VALUE, "not_share", row=1, column=1, value=f"{found:g}")
    return found


def text(cells: Grid) -> str:
    """A single text."""
    return str(_parsed(one(cells), values.text, "blank", (1, 1)))


def day(cells: Grid) -> date:
    """A single day."""
    found = _parsed(one(cells), day_of, "not_date", (1, 1))
    if found is None:
        raise FormulaError(NA, "blank")
    return found.date()


def _vector(cells: Grid, blank: float) -> Numbers:
    found: list[Any] = flat(cells)
    found = found if set(map(type, found)) <= {float, type(None)} else _each(cells, values.number, "not_number")
    return np.array([blank if v is None else v for v in found], dtype=float)


def numbers(cells: Grid) -> Numbers:
    """Numbers of a row, column or block; a blank is NaN."""
    return _vector(cells, np.nan)


def summable(total: float, parts: Numbers) -> None:
    """FormulaError unless whole numbers up to `total` and the sum of `parts` are exact enough to add up."""
    with np.errstate(over="ignore"):
        size = np.nansum(np.abs(parts))
    if total > MOST_WHOLE or not isfinite(size):
        raise FormulaError(NUM, "too_large")


def all_numbers(cells: Grid) -> Numbers:
    """Numbers, one in every cell."""
    found = numbers(cells)
    if np.isnan(found).any():
        at = int(np.flatnonzero(np.isnan(found))[0])
        raise FormulaError(NA, "blank_at", row=at // len(cells[0]) + 1, column=at % len(cells[0]) + 1)
    return found


def counts(cells: Grid) -> Numbers:
    """Numbers of 0 or more; a blank is 0."""
    found = _vector(cells, 0.0)
    _refuse(cells, found < 0, "negative")
    return found


def whole(cells: Grid) -> Numbers:
    """Whole numbers of 0 or more; a blank is 0."""
    found = counts(cells)
    _refuse(cells, found != np.round(found), "not_whole")
    return found


def shares(cells: Grid) -> Numbers:
    """Numbers from 0 to 1, one in every cell."""
    found = all_numbers(cells)
    _refuse(cells, (found < 0) | (found > 1), "not_share")
    return found


def _refuse(cells: Grid, bad: Flags, code: str) -> None:
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        row, column = at // len(cells[0]), at % len(cells[0])
        raise FormulaError(VALUE, code, row=row + 1, column=column + 1, value=cells[row][column])


def texts(cells: Grid) -> Objects:
    """Texts as an object array; a blank is None."""
    found: list[Any] = flat(cells)
    if set(map(type, found)) <= {str, type(None)}:
        return objects([v and (v.strip() or None) for v in found])
    return objects(_each(cells, values.text, "blank"))


def days(cells: Grid) -> Moments:
    """Days as datetime64[D]; a blank is NaT."""
    found: list[Any] = flat(cells)
    if not set(map(type, found)) <= {datetime, type(None)}:
        found = _each(cells, day_of, "not_date")
    # through the day's number: numpy takes several times as long for datetimes
    number = np.fromiter((_NO_DAY if v is None else v.toordinal() for v in found), dtype=np.int64, count=len(found))
    if ((number != _NO_DAY) & ((number < _EARLIEST) | (number > _LATEST))).any():
        _each(cells, day_of, "not_date")
    return np.where(number == _NO_DAY, np.datetime64("NaT", "D"), (number - _FIRST_DAY).astype("datetime64[D]"))


def cells(block: Grid) -> Grid:
    """The cells as they stand: for formulas that answer cell by cell."""
    return block


def objects(items: Sequence[object]) -> Objects:
    """An object array of any values, None and texts among them."""
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def same_length(*columns: Sized) -> None:
    """FormulaError unless all have the same number of cells."""
    if len({len(c) for c in columns}) > 1:
        raise FormulaError(VALUE, "lengths_of", lengths=", ".join(str(len(c)) for c in columns))
