"""Tables and cells of a running Excel: where they stand, what they hold, and how it is put into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import xlwings as xw
from xlwings.main import Table

from funnelbook.book.ports import ERROR_CODES, Area, CellError, Link
from funnelbook.hosts.live_values import Rows

_XL_SRC_RANGE = 1
_FEW_ROWS = 100_000
_XL_FORMULAS, _XL_PART, _XL_BY_ROWS, _XL_PREVIOUS = -4123, 2, 1, 2
_KEPT_AS_TYPED = re.compile(r"[^\W\d_][^\d=+@%/:]*")  # Excel makes no number, date or formula of such a text
_TAKEN_AS_VALUES = ("TRUE", "FALSE")


def area_of(table: Table) -> Area:
    """Where a table stands, header and body; its totals row left out."""
    cells = table.range
    last = cells.last_cell
    return Area(cells.row, cells.column, last.row - bool(table.show_totals), last.column)


def values_of(cells: xw.Range) -> Rows:
    """Cell values row by row; currency as float, error cells as CellError."""
    return [list(map(_value, row)) for row in cells.options(ndim=2, err_to_str=True).value]


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if type(value) is int:  # numbers come as float: this is an error newer than xlwings' list, such as #SPILL!
        return CellError("#VALUE!")
    return CellError(value) if isinstance(value, str) and value in ERROR_CODES else value


def last_filled_row(sheet: xw.Sheet, used: int) -> int:
    """The last row that holds something: a list with borders down to the last row of the sheet is "used" all the way."""
    if used < _FEW_ROWS or not hasattr(sheet.api, "Cells"):
        return used
    found = sheet.api.Cells.Find(
        What="*", LookIn=_XL_FORMULAS, LookAt=_XL_PART, SearchOrder=_XL_BY_ROWS, SearchDirection=_XL_PREVIOUS
    )
    return found.Row if found is not None else 1


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether a sheet is protected; False where Excel does not tell (on a Mac), and then refuses by itself."""
    return getattr(sheet.api, "ProtectContents", False) is True


def shows_all(cells: xw.Range) -> bool:
    """Whether none of some rows is hidden, as by a filter; True where Excel does not tell (on a Mac)."""
    rows = getattr(cells.api, "EntireRow", None)
    return rows is None or rows.Hidden is False


def is_fed(table: Table) -> bool:
    """Whether a query or a map fills a table, and would take away what is written into it; False where Excel does not tell."""
    return getattr(table.api, "SourceType", _XL_SRC_RANGE) != _XL_SRC_RANGE


def one_formula(cells: xw.Range) -> bool:
    """Whether all cells of a column hold the same formula, told by its relative form."""
    relative = getattr(cells.api, "FormulaR1C1", None)
    if relative is None:  # a Mac does not tell
        return all(str(row[0]).startswith("=") for row in formulas(cells))
    return len({row[0] for row in _two_dimensional(relative)}) == 1


def formulas(cells: xw.Range) -> Sequence[Sequence[object]]:
    """Formulas as rows, as dynamic arrays take them where this Excel knows these."""
    try:
        return _two_dimensional(cells.formula2)
    except Exception:  # Excel 2019 and before, or a Mac, each with an error of its own
        return _two_dimensional(cells.formula)


def set_formulas(cells: xw.Range, new: object) -> None:
    """Puts formulas into cells; by `formula` alone newer Excels would cut arrays down to single values."""
    try:
        _ = cells[0, 0].formula2  # an Excel that lacks it says so only to who reads: xlwings tries for ever to set it
    except Exception:  # as in formulas
        cells.formula = new
        return
    cells.formula2 = new


def contents(cells: xw.Range) -> Rows:
    """Cells as they can be put back: formulas and errors as such, texts marked as texts."""
    return [
        [
            f if isinstance(f, str) and ((f.startswith("=") and f != v) or f in ERROR_CODES) else typed(_exact(f, v))
            for f, v in zip(*pair, strict=True)
        ]
        for pair in zip(formulas(cells), cells.options(ndim=2, err_to_str=True).value, strict=True)
    ]


def _exact(formula: object, value: object) -> object:
    """A value with all its digits: COM rounds those of currency."""
    if isinstance(value, Decimal):
        with suppress(ValueError):
            return float(str(formula))
    return value


def _two_dimensional(found: object) -> Sequence[Sequence[object]]:
    """Formulas as rows: xlwings gives the bare one of a single cell, and a flat row where there is one."""
    if not isinstance(found, tuple | list):
        return ((found,),)
    return found if isinstance(found[0], tuple | list) else (found,)


def typed(value: object) -> object:
    """A value as it is put into a cell; texts that Excel would make something else of are marked as text."""
    if isinstance(value, Link):
        return f"={value.formula()}"
    if isinstance(value, str) and value and (not _KEPT_AS_TYPED.fullmatch(value) or value.upper() in _TAKEN_AS_VALUES):
        return "'" + value
    if isinstance(value, float) and np.isnan(value):
        return None
    return datetime(value.year, value.month, value.day) if type(value) is date else value
