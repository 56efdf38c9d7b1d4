"""Values as COM brings them from Excel and pywin32 hands them on, and as Excel shall be handed them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from funnelbook.engine.excel_cells import LEFT_OUT
from funnelbook.formulas.formula import MISSING
from support import anything as a

ZONE = timezone(timedelta(hours=8))  # pywin32 puts one on every time, which means nothing


class PyTime(datetime):
    """pywintypes' time."""


def brought(value: object) -> object:
    """An argument as the engine meets it: a tuple of rows for cells, the bare value of one, a number for what was left out."""
    if value is MISSING:
        return LEFT_OUT
    if not isinstance(value, list | tuple):
        return _cell(value)
    rows = tuple(tuple(map(_cell, row)) if isinstance(row, list | tuple) else (_cell(row),) for row in value)
    if not rows or not rows[0]:
        return None
    return rows if len(rows) > 1 or len(rows[0]) > 1 else rows[0][0]


def _cell(value: object) -> object:
    match value:
        case str() if value in a.COM_ERRORS:
            return a.COM_ERRORS[value]
        case datetime() if not isinstance(value, PyTime):
            return PyTime(*value.timetuple()[:6], tzinfo=ZONE)
    return value
