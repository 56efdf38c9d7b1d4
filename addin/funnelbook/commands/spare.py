"""`funnelbook import --do-not-call`: whoever stands in a list of numbers is never called again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import dates, ownership, values
from funnelbook.book.arrays import columns_of
from funnelbook.book.column_edits import column_edits
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError, TableEdit
from funnelbook.commands.call_log.files import read_log
from funnelbook.commands.open import mapping_of, read_inputs
from funnelbook.domain import phone
from funnelbook.words import say

_FEWEST_DIGITS, _MOST = 7, 0.8  # of a number; of the cells of a column that hold digits
_COLUMN = "do_not_call"


@dataclass(frozen=True)
class SpareReport:
    """What a list of numbers came to: customers marked, those marked before, numbers nobody has."""

    marked: int
    before: int
    unknown: int
    written: bool
    problems: Sequence[str] = ()  # such a list has none

    def as_dict(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if name != "problems"}

    def text(self, language: str) -> str:
        """The same in a sentence."""
        return say("spared_told", language, marked=self.marked, before=self.before, unknown=self.unknown)

    def done(self, language: str) -> str:
        """That it was written."""
        return say("done_spared", language)


@dataclass(frozen=True)
class StagedSpare:
    """A list that is read and not written: what it comes to, and what writes it."""

    report: SpareReport
    book: Book
    edits: list[TableEdit]

    def write(self) -> SpareReport:
        """The report, written."""
        return replace(self.report, written=self.book.write([], self.edits))


def stage_spared(book: Book, lists: Sequence[Path], *, as_of: date) -> StagedSpare:
    """Lists of numbers not to be called read for a workbook, nothing written yet.

    A list is any sheet or text with a column of phone numbers, with headers or without. Every customer who has one of the numbers, first
    or second, is marked; the mark is never taken off again. BookError `no_numbers` for a list without any. Source: ownbooks.md 3.
    """
    ownership.refuse_not_set_up(book)
    located, inputs = locate(book, mapping_of(book)), read_inputs(book, as_of)
    customers, country = inputs.frames["Customers"], inputs.settings.country
    wanted = set().union(*(_numbers(file, as_of, country) for file in lists))
    own = [set(phone.every(str(said), country)) if said is not None else set() for said in customers["phone"]]
    hit = pd.Series([bool(numbers & wanted) for numbers in own], index=customers.index, dtype=bool)
    before = hit & customers[_COLUMN].astype(bool)
    going = customers.loc[hit & ~before, ["row"]].assign(do_not_call=True)
    unknown = len(wanted - set().union(*own))
    report = SpareReport(len(going), int(before.sum()), unknown, False)
    place, language = located.places["Customers"], inputs.settings.language
    return StagedSpare(report, book, column_edits(book, place, _COLUMN, going, language) if len(going) else [])


def _numbers(file: Path, as_of: date, country: str) -> set[str]:
    """The numbers of a list, in one spelling."""
    columns = (column for grid in read_log(file).values() for column in columns_of(grid))
    found = {one for column in columns for one in _of_column(column, as_of, country)}
    if not found:
        raise BookError("no_numbers", file=file.name)
    return found


def _of_column(cells: Iterable[object], as_of: date, country: str) -> Iterator[str]:
    """The numbers of a column that mostly holds such."""
    said = [text for cell in cells if (text := values.identifier(cell)) and any(map(str.isdigit, text))]
    numbers = [phone.every(text, country) if _can_be(text, as_of, country) else [] for text in said]
    if sum(map(bool, numbers)) >= max(1, _MOST * len(said)):
        for each in numbers:
            yield from each


def _can_be(text: str, as_of: date, country: str) -> bool:
    """Whether a text can be a number, and is no day."""
    day = dates.moment(text, date1904=False, as_of=as_of)
    return sum(map(str.isdigit, text)) >= _FEWEST_DIGITS and day is values.BAD and phone.can_be(text, country)
