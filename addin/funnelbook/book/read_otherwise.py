"""Values of a workbook that are read as something else than what stands in the cell, counted column by column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.decode import Inputs
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES, Column, Kind
from funnelbook.book.table_reader import TableReader

_SHOWN_AS_READ = (Kind.TEXT, Kind.ID, Kind.PHONE)  # what is folded or split there says the same


class ReadOtherwise(NamedTuple):
    """Cells of a column that are texts and are read as something else: how many, and the first with what it is read as."""

    table: str
    column: str
    cells: int
    cell: str
    read: str


def read_otherwise(book: Book, located: Located, inputs: Inputs, as_of: date, language: str) -> Iterator[ReadOtherwise]:
    """The columns with such cells, tables as `located`; values told in `language`. What cannot be read is a problem and none of these."""
    reader = TableReader(book, as_of, Problems())
    for table in TABLES.inputs:
        place, frame = located.places.get(table.name), inputs.frames[table.name]
        if place is None or place.lacks or frame.empty:
            continue
        raw, rows = reader.cells(place)
        at = pd.Index(rows).get_indexer(pd.Index(frame["row"]))
        for column in table.columns:
            if column.kind in _SHOWN_AS_READ or column.name not in place.columns:
                continue
            pairs = pd.DataFrame({"cell": raw[column.name][at], "read": frame[column.name].to_numpy(object)})
            texts = pairs[[isinstance(cell, str) for cell in pairs["cell"]] & pairs["read"].notna().to_numpy()]
            each = texts.value_counts(sort=False, dropna=False)
            told = [_told(column, read, language) for _, read in each.index]
            other = np.array(
                [not _same(str(cell), text) for (cell, _), text in zip(each.index, told, strict=True)], bool
            )
            if other.any():
                first = int(np.argmax(other))
                cells = int(each.to_numpy()[other].sum())
                yield ReadOtherwise(table.name, column.name, cells, str(each.index[first][0]).strip(), told[first])


def _told(column: Column, read: object, language: str) -> str:
    """What a cell is read as, as people are told it."""
    match read:
        case bool() | np.bool_():
            return codes.flag(bool(read), language)
        case str() if column.kind is Kind.TIER:
            return codes.special(read, language)
        case str() if column.codes:
            return codes.word_or_own(column.codes, read, language)
        case pd.Timestamp():
            return values.text(read.to_pydatetime()) or ""
        case _:
            return values.text(read) or ""


def _same(cell: str, told: str) -> bool:
    return normalise(cell) == normalise(told)
