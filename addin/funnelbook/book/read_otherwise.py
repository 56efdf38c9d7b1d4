"""Values of a workbook that are read as something else than what stands in the cell, counted column by column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes, durations, values
from funnelbook.book.arrays import through
from funnelbook.book.counted import is_duration
from funnelbook.book.decode import Inputs
from funnelbook.book.labels import in_one_line, normalise
from funnelbook.book.locate import Located
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES, Column, Kind
from funnelbook.book.spared import says_spared
from funnelbook.book.state_columns import STATED
from funnelbook.book.table_reader import TableReader
from funnelbook.domain.dtypes import Objects
from funnelbook.words import say

_DIGITS = re.compile(r"[0-9]+")
_LONGEST = 24  # signs of an example
_DAYS = (Kind.DATE, Kind.MOMENT)
_NUMBERS = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE)
_SHOWN_AS_READ = (Kind.TEXT, Kind.ID, Kind.PHONE)  # what is folded or split there says the same


class Otherwise(NamedTuple):
    """Cells of a column that are read as something else than they say: how many, and the first with what it is read as."""

    cells: int
    cell: str
    read: str

    def text(self, language: str) -> str:
        """How many, and the example."""
        return say("preview.otherwise", language, count=self.cells, cell=short(self.cell), read=self.read)


def read_otherwise(
    book: Book, located: Located, inputs: Inputs, as_of: date, language: str
) -> dict[tuple[str, str], Otherwise]:
    """The columns (table, column) with such cells, tables as `located`; values told in `language`.

    What cannot be read is a problem and none of these.
    """
    reader, found = TableReader(book, as_of, Problems()), dict[tuple[str, str], Otherwise]()
    for table in TABLES.inputs:
        place, frame = located.places.get(table.name), inputs.frames[table.name]
        if place is None or place.lacks or frame.empty:
            continue
        raw, rows = reader.cells(place)
        at = pd.Index(rows).get_indexer(pd.Index(frame["row"]))
        for column in table.columns:
            if column.kind in _SHOWN_AS_READ or column.name not in place.columns:
                continue
            cells = raw[column.name][at]
            if column.name == "tier" and STATED in raw:
                cells[raw[STATED][at] == True] = None  # noqa: E712 (elementwise) - these are what another column says
            if column.name == "do_not_call":  # a No that a note or a tier beats is told as that
                no = through(cells, says_spared(place.heading(column.name)))[0] == False  # noqa: E712 (elementwise)
                cells[no & frame[column.name].to_numpy(bool)] = None
            if of := otherwise(column, cells, frame[column.name].to_numpy(object), language):
                found[table.name, column.name] = of
    return found


def otherwise(column: Column, cells: Objects, read: Objects, language: str) -> Otherwise | None:
    """Of the cells of a column those that are read as something else than they say, None where none is.

    Cells that cannot be read, and days and times that are stored as such, are none of these.
    """
    of_numbers = column.kind in _NUMBERS
    told = np.array(
        [isinstance(cell, str) or (of_numbers and isinstance(cell, float | time | timedelta)) for cell in cells], bool
    ) & pd.notna(read)
    if column.kind in _DAYS and told.any():  # the usual way to write them, in a glance
        plain = pd.to_datetime(
            pd.Series(cells[told]).str.replace("/", "-"), format="ISO8601", errors="coerce", utc=True
        )
        told[told] = (plain.dt.tz_localize(None) != pd.to_datetime(pd.Series(read[told]))).to_numpy(bool)
    each = pd.DataFrame({"cell": cells[told], "read": read[told]}, dtype=object).value_counts(sort=False, dropna=False)
    meant = [_told(column, read_as, language) for _, read_as in each.index]
    other = np.array(
        [not _says(column, cell, was, text) for (cell, was), text in zip(each.index, meant, strict=True)], bool
    )
    if not other.any():
        return None
    first = int(np.argmax(other))
    return Otherwise(int(each.to_numpy()[other].sum()), str(values.text(each.index[first][0])), meant[first])


def joined(each: Iterable[Mapping[str, Otherwise]]) -> dict[str, Otherwise]:
    """What is read otherwise in several lists, by header: all cells, with the first example."""
    found: dict[str, Otherwise] = {}
    for head, of in ((head, of) for one in each for head, of in one.items()):
        found[head] = found[head]._replace(cells=found[head].cells + of.cells) if head in found else of
    return found


def told(found: Mapping[str, Otherwise], language: str) -> str:
    """The line that says it, by header; "" where nothing is."""
    heads = say("listed", language).join(f"{in_one_line(head)} {of.text(language)}" for head, of in found.items())
    return say("adopt_otherwise", language, columns=heads) if heads else ""


def short(text: str) -> str:
    """A text as an example, in one line and not long: both its ends, since either may be what is read otherwise."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]}…{line[-(_LONGEST // 2 - 1) :]}"


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
        case float() if is_duration(column):
            return say("preview.minutes", language, size=f"{read:.2f}".rstrip("0").rstrip("."))
        case _:
            return values.text(read) or ""


def _says(column: Column, cell: object, read: object, told: str) -> bool:
    """Whether a cell says itself what it is read as."""
    if column.kind in _DAYS:
        return _is_same_day(str(cell), told)
    if is_duration(column) and durations.minutes(cell) == read:  # 3:25, 3分25秒
        return True
    return normalise(values.text(cell) or "") == normalise(told)


def _is_same_day(cell: str, told: str) -> bool:
    """Whether a day is written from the year on, as it is told."""
    said, meant = ([*map(int, _DIGITS.findall(text))] for text in (cell, told))
    return meant[: len(said)] == said and len(said) >= 3 and not any(meant[len(said) :])
