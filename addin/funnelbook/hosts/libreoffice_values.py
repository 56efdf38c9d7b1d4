"""Cell values between Python and LibreOffice, which knows numbers and texts only: a day is a number in a cell with the format of a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd
import uno

from funnelbook.book.ports import Area, CellError
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.live_values import Rows, emptied

Raw = Sequence[tuple[float | str, ...]]  # as cells hold them: numbers and texts
_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, days, texts, formulas
FORMULAS, WITH_ERROR = 16, 4  # com.sun.star.sheet.CellFlags.FORMULA, FormulaResult.ERROR
DATE, TIME, TEXT, LOGICAL = 2, 4, 256, 1024  # com.sun.star.util.NumberFormat
ERRORS: dict[int, str] = {
    32767: "#N/A",
    519: "#VALUE!",
    503: "#NUM!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
}
CODES: dict[str, int] = {code: number for number, code in ERRORS.items()}
_FORMATS_OF_A_LANGUAGE = 10_000  # the first of each is the usual one
_DAY_S = 86_400
_FORMATS: dict[type, tuple[int, str]] = {  # what kind of format a value wants, and one of that kind
    date: (DATE, "YYYY-MM-DD"),
    datetime: (DATE, "YYYY-MM-DD HH:MM"),
    bool: (LOGICAL, "BOOLEAN"),
    float: (0, "General"),
    int: (0, "General"),
}


class Corners(NamedTuple):
    """The first and last row and column of a range, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Null:
    """The day a document counts its days from."""

    day: date

    @classmethod
    def of(cls, document: Uno) -> Null:
        """As a document's settings say."""
        found = document.NullDate
        return cls(date(found.Year, found.Month, found.Day))

    @property
    def date1904(self) -> bool:
        return self.day.year == 1904

    def serial(self, value: date | datetime) -> float:
        """The number that stands for a day or moment."""
        seconds = value.hour * 3600 + value.minute * 60 + value.second if isinstance(value, datetime) else 0
        return (value.toordinal() - self.day.toordinal()) + seconds / _DAY_S

    def serials(self, values: Sequence[object]) -> list[float | str]:
        """The numbers that stand for days or moments, "" where there is none."""
        at = pd.to_datetime(pd.Series(list[Any](values), dtype=object)).to_numpy("datetime64[s]")
        day = at.astype("datetime64[D]")
        numbers = (day - np.datetime64(self.day)).astype(float) + (at - day).astype(float) / _DAY_S
        return [
            number if known else "" for number, known in zip(numbers.tolist(), (~np.isnat(at)).tolist(), strict=True)
        ]

    def moments(self, serials: Sequence[float]) -> list[datetime | float]:
        """The days or moments numbers stand for, to the second; a number itself where it is beyond the calendar."""
        numbers = np.asarray(serials, dtype=float)
        inside = (numbers >= 1 - self.day.toordinal()) & (numbers < date.max.toordinal() - self.day.toordinal())
        seconds = np.round(np.where(inside, numbers, 0.0) * _DAY_S).astype("timedelta64[s]")
        found = (np.datetime64(self.day, "s") + seconds).tolist()
        return found if inside.all() else [x if i else n for x, i, n in zip(found, inside, serials, strict=True)]


def read(document: Uno, sheet: Uno, area: Area, null: Null, raw: Raw | None = None) -> Rows:
    """The values of an area: days as datetime, times of day as time, longer times as timedelta, errors as CellError; "" for blank.

    `raw`: its data array, where it was read already.
    """
    cells = cells_of(sheet, area)
    there: Raw = cells.getDataArray() if raw is None else raw
    rows: Rows = [[*row] for row in there]
    kind_of = _kinds(document)
    for j, column in enumerate(zip(*there, strict=True)):
        if float in set(map(type, column)):
            numbers = [i for i, value in enumerate(column) if type(value) is float]
            of_numbers = cells.getCellRangeByPosition(j, numbers[0], j, numbers[-1])
            for kind, (top, _, bottom, _) in _kinds_in(kind_of, of_numbers):
                if kind:
                    typed = numbers[
                        bisect_left(numbers, top - area.top + 1) : bisect_right(numbers, bottom - area.top + 1)
                    ]
                    for i, value in zip(typed, _typed([column[i] for i in typed], kind, null), strict=True):
                        rows[i][j] = value
    for top, left, bottom, right in _addresses(cells.queryFormulaCells(WITH_ERROR)):
        for i in range(top, bottom + 1):
            for j in range(left, right + 1):
                error = CellError(ERRORS.get(sheet.getCellByPosition(j, i).getError(), "#VALUE!"))
                rows[i - area.top + 1][j - area.left + 1] = error
    return rows


def cells_of(sheet: Uno, area: Area) -> Uno:
    """The range of cells of an area."""
    return sheet.getCellRangeByPosition(area.left - 1, area.top - 1, area.right - 1, area.bottom - 1)


def given(value: object, null: Null) -> float | str:
    """A value as a cell takes it; a blank is an empty text. Truth values come as numbers: LibreOffice keeps them as formulas."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return float(value)
        case date():
            return null.serial(value)
        case float():
            return "" if np.isnan(value) else value
        case int() | np.number():
            return float(value)
        case _:
            return str(value)


def given_column(column: Sequence[object], null: Null) -> Sequence[float | str]:
    """A column's values as `given` makes them; NaN is none of them."""
    kinds = set(map(type, column))
    if kinds <= {str, float, type(None)}:
        if type(None) not in kinds:
            return cast("Sequence[float | str]", column)
        return ["" if value is None else value for value in cast("Sequence[float | str | None]", column)]
    if kinds <= {datetime, type(None)}:
        return null.serials(column)
    return [given(value, null) for value in column]


def _kinds(document: Uno) -> Callable[[int], int]:
    """What each number format makes of a number, DATE, TIME, LOGICAL or 0 for a plain one; each is looked up once."""
    formats = document.NumberFormats
    return cache(lambda key: formats.getByKey(key).Type & (DATE | TIME | LOGICAL))


def _format_kinds(kind_of: Callable[[int], int], cells: Uno) -> Iterator[tuple[int, Corners]]:
    """What the formats of cells make of a number."""
    groups = cells.getUniqueCellFormatRanges()
    for i in range(groups.getCount()):
        group = groups.getByIndex(i)
        kind = kind_of(group.getByIndex(0).NumberFormat)
        yield from ((kind, address) for address in _addresses(group))


def _kinds_in(kind_of: Callable[[int], int], cells: Uno) -> Iterator[tuple[int, Corners]]:
    """Likewise; cells of one format are told by a single look, which gives the usual one of a language where they have several."""
    key = cells.NumberFormat
    if key % _FORMATS_OF_A_LANGUAGE == 0:
        yield from _format_kinds(kind_of, cells)
    else:
        address = cells.RangeAddress
        yield kind_of(key), Corners(address.StartRow, address.StartColumn, address.EndRow, address.EndColumn)


def fit_formats(document: Uno, sheet: Uno, area: Area, columns: Sequence[Sequence[object]]) -> None:
    """Gives cells formats of days and truth values where they have none: without, LibreOffice shows and gives back numbers."""
    kind_of = _kinds(document)
    for j, column in enumerate(columns, area.left):
        types = set(map(type, column)) & set(_FORMATS)
        if types:
            there = Area(area.top, j, area.bottom, j)
            groups = list(_format_kinds(kind_of, cells_of(sheet, there)))
            if len({_FORMATS[kind][0] for kind in types} | {_as_asked(kind) for kind, _ in groups}) > 1:
                for kind, (top, _, bottom, _) in groups:
                    for row in range(top, bottom + 1):
                        _fit(document, sheet.getCellByPosition(j - 1, row), column[row - there.top + 1], kind)


def _fit(document: Uno, cell: Uno, value: object, kind: int) -> None:
    wanted, text = _FORMATS.get(type(value), (_as_asked(kind), ""))
    if wanted != _as_asked(kind):
        cell.NumberFormat = _key(document, text)


def _key(document: Uno, text: str) -> int:
    """The number of a number format."""
    formats, locale = document.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
    key = formats.queryKey(text, locale, False)
    return key if key >= 0 else formats.addNew(text, locale)


def no_text_format(document: Uno, cell: Uno) -> None:
    """Gives a cell that is formatted as a text the usual format: a number typed anew would become a text in it."""
    if document.NumberFormats.getByKey(cell.NumberFormat).Type & TEXT:
        cell.NumberFormat = _key(document, "General")


def _as_asked(kind: int) -> int:
    """A kind of format as values ask for one: a moment is a day, a time of day a number."""
    return DATE if kind & DATE else LOGICAL if kind & LOGICAL else 0


def put(sheet: Uno, area: Area, rows: Raw) -> None:
    """Puts values as `given` makes them into an area, so that Undo takes them back and Redo brings them again.

    Undo of `setDataArray` leaves new values in cells that were blank, Redo old ones in cells that become so (measured on 7.4):
    both kinds are seen to before. Only columns that change are touched, from the first row that does to the last.
    """
    there = cells_of(sheet, area).getDataArray()
    changed = [i for i, (old, new) in enumerate(zip(there, rows, strict=True)) if old != new]
    if not changed:
        return
    first, end = changed[0], changed[-1] + 1
    cells = cells_of(sheet, Area(area.top + first, area.left, area.top + end - 1, area.right))
    before, after = (list(zip(*part[first:end], strict=True)) for part in (there, rows))
    for left, top, right, bottom in emptied(before, after):
        cells.getCellRangeByPosition(left, top, right, bottom).clearContents(_CONTENTS)
    for j, (old, new) in enumerate(zip(before, after, strict=True)):
        if "" in old and old != new:
            for i in (i for i, (was, value) in enumerate(zip(old, new, strict=True)) if was == "" != value):
                _fill(cells.getCellByPosition(j, i), new[i])
    differs = [old != new for old, new in zip(before, after, strict=True)]
    for touched, run in groupby(range(len(after)), key=differs.__getitem__):
        if touched:
            columns = list(run)
            block = cells.getCellRangeByPosition(columns[0], 0, columns[-1], end - first - 1)
            block.setDataArray(tuple(zip(*after[columns[0] : columns[-1] + 1], strict=True)))


def _fill(cell: Uno, value: float | str) -> None:
    if isinstance(value, str):
        cell.String = value
    else:
        cell.Value = value


def _addresses(ranges: Uno) -> list[Corners]:
    return [Corners(a.StartRow, a.StartColumn, a.EndRow, a.EndColumn) for a in ranges.getRangeAddresses()]


def _typed(numbers: list[float], kind: int, null: Null) -> list[object]:
    """Numbers as what their format makes of them."""
    if kind & LOGICAL:
        return list(map(bool, numbers))
    if kind & DATE:
        return [*null.moments(numbers)]
    return [
        (datetime.min + timedelta(seconds=round(x * _DAY_S))).time() if 0 <= x < 1 else timedelta(days=x)
        for x in numbers
    ]
