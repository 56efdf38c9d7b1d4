"""Frames held against the table they are rows of: what is misspelt or of the wrong kind is told at once, by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from funnelbook.book import codes
from funnelbook.book.schema import Column, Kind, Table

_NUMBERS = frozenset(("integer", "floating", "mixed-integer-float"))
_TEXTS = frozenset(("string",))
_DAYS = frozenset(("datetime64", "datetime", "date"))
_FLAGS = frozenset(("boolean",))
_OF_DTYPE = {"f": _NUMBERS, "i": _NUMBERS, "M": _DAYS, "b": _FLAGS}  # where the dtype says what a column holds
_HELD = {  # what pandas finds in a column of each kind, blanks left out
    **dict.fromkeys((Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE), _NUMBERS),
    **dict.fromkeys((Kind.ID, Kind.TEXT, Kind.PHONE, Kind.PERSON, Kind.TIER, Kind.CODE), _TEXTS),
    **dict.fromkeys((Kind.DATE, Kind.MOMENT), _DAYS),
    Kind.FLAG: _FLAGS,
}


def rows_of(frame: pd.DataFrame) -> Iterable[Any]:
    """The rows of a frame, their cells by column as attributes: of what type a frame does not say, so their reader must know."""
    return frame.itertuples()


def conform(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its columns in the table's order.

    ValueError, which names table and column, when one is missing, is none of the table's or holds what its kind does not;
    entry columns hold what users typed. A column that is not worked out is there, and blank. The errors are English only: no workbook
    brings them about, only code that is wrong, and its author reads them.
    """
    there = list(frame)
    for name in table.names:
        if name not in there:
            raise ValueError(f"{table.name} lacks the column {name}")
    for name in there:
        if name not in table.by_name:
            raise ValueError(f"{table.name} has no column {name}")
    for column in table.columns:
        if len(frame) and not column.entry:
            _refuse_other_kind(table, column, frame[column.name])
    return frame if there == list(table.names) else frame[list(table.names)]


def _refuse_other_kind(table: Table, column: Column, values: pd.Series) -> None:
    if _OF_DTYPE.get(values.dtype.kind) is _HELD[column.kind]:
        return
    held = pd.api.types.infer_dtype(values, skipna=True)
    if held not in _HELD[column.kind] and values.notna().any():
        raise ValueError(f"{table.name}.{column.name} is {column.kind}, not {held}")
    if column.kind is Kind.CODE:
        for code in values.dropna().unique():
            if code not in codes.lists()[column.codes or ""]:
                raise ValueError(f"{table.name}.{column.name} has no code {code}: those of {column.codes} it has")
