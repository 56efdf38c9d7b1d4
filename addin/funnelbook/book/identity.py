"""Rows of input tables told apart: as texts that compare, and by ids that follow from what a row holds."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from funnelbook.book.encode import DECIMALS
from funnelbook.book.schema import Kind, Table
from funnelbook.domain.dtypes import Flags, Objects

_NUMBERS = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE)
_ID_LENGTH = 12
_LATER = ("source",)  # columns that came after ids were given
CONTENT_ID = rf"c[0-9a-f]{{{_ID_LENGTH}}}(-\d+)?"  # an id made by `activity_ids`


def texts(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The schema columns of a frame of Inputs as texts, "" for blanks; equal values give equal texts, in any workbook."""
    columns = {column.name: _texts(column.kind, frame[column.name]) for column in table.columns}
    return pd.DataFrame(columns, index=frame.index, dtype=object)


def activity_ids(table: Table, frame: pd.DataFrame) -> pd.Series:
    """The activity_id of each row; where blank, one that follows from the row's content, so that the same call gives it again.

    Rows with the same content are numbered in their order.
    """
    said = frame["activity_id"]
    blank = said.isna().to_numpy(bool)
    content = texts(table, frame[blank]).drop(columns=["activity_id", *_LATER])
    columns = [content[name] for name in content]
    lines = pd.Series(["\x1f".join(line) for line in zip(*columns, strict=True)], content.index, dtype=object)
    again = lines.groupby(lines).cumcount()
    made = [_made(line, number) for line, number in zip(lines, again, strict=True)]
    ids = said.to_numpy(object).copy()
    ids[blank] = np.array(made, dtype=object)
    return pd.Series(ids, index=frame.index, dtype=object)


def as_made(table: Table, frame: pd.DataFrame) -> Flags:
    """Which rows have the id that follows from their content: they are as they were when they got it."""
    made = activity_ids(table, frame.assign(activity_id=None))
    stem = 1 + _ID_LENGTH
    return (made.str[:stem] == frame["activity_id"].astype(object).str[:stem]).to_numpy(bool)


def _made(content: str, number: int) -> str:
    digest = sha256(content.encode()).hexdigest()[:_ID_LENGTH]
    return f"c{digest}-{number + 1}" if number else f"c{digest}"


def _texts(kind: Kind, values: pd.Series) -> Objects:
    if kind in (Kind.DATE, Kind.MOMENT):
        days = pd.to_datetime(values).to_numpy("datetime64[s]")
        told = [text.replace("T", " ") for text in np.datetime_as_string(days).tolist()]
        return np.where(np.isnat(days), "", np.array(told, dtype=object))
    at, distinct = pd.factorize(values.to_numpy(object))
    told = np.array([*(_text(kind, value) for value in distinct), ""], dtype=object)
    return told[at]


def _text(kind: Kind, value: Any) -> str:
    if kind in _NUMBERS:
        return f"{round(float(value), DECIMALS) + 0.0:.15g}"
    return f"{bool(value):d}" if kind is Kind.FLAG else str(value)
