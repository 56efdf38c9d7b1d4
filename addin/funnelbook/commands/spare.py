"""`funnelbook import --do-not-call`: whoever stands in a list of numbers or ids is never called again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook.book import dates, ownership, values
from funnelbook.book.arrays import Column, columns_of
from funnelbook.book.column_edits import column_edits
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.commands.asked import taken
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.call_log.files import read_log
from funnelbook.commands.open import mapping_of, read_inputs
from funnelbook.commands.staged import Staged
from funnelbook.domain import phone
from funnelbook.hosts.delimited import cut_in
from funnelbook.words import say, spellings

_FEWEST_DIGITS, _MOST = 7, 0.8  # of a number; of the cells of a column that hold digits
_ENOUGH = 0.5  # of a column of ids without a header that are customers'
_COLUMN = "do_not_call"


@dataclass(frozen=True)
class SpareReport:
    """What a list came to: customers marked, those marked before, numbers and ids nobody has."""

    marked: int
    before: int
    unknown: int
    written: bool
    problems: pd.DataFrame = field(default_factory=pd.DataFrame)

    def as_dict(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if name != "problems"}

    def text(self, language: str) -> str:
        """The same in a sentence."""
        return say("spared_told", language, marked=self.marked, before=self.before, unknown=self.unknown)

    def done(self, language: str) -> str:
        """That it was written."""
        return say("done_spared", language)


def stage_spared(book: Book, lists: Sequence[Path], *, as_of: date, told_in: str | None = None) -> Staged[SpareReport]:
    """Lists of who is not to be called read for a workbook, nothing written yet.

    A list is any sheet or text with a column of phone numbers or of customers' ids, with headers or without. Every customer with one
    of the ids, or of the numbers as the first or second, is marked; the mark is never taken off again. `told_in`: the language of
    the report's problems, else the workbook's. BookError `no_numbers` for a
    list without any. Source: ownbooks.md 3.
    """
    ownership.refuse_not_set_up(book)
    located, inputs = locate(book, mapping_of(book)), read_inputs(book, as_of)
    customers, country = inputs.frames["Customers"], inputs.settings.country
    listed = _Listed(frozenset(customers["id"]), as_of, country)
    for file in lists:
        listed.take(file)
    own = [set(phone.every(str(said), country)) if said is not None else set() for said in customers["phone"]]
    called = np.array([bool(numbers & listed.numbers) for numbers in own], dtype=bool)
    hit = called | customers["id"].isin(listed.ids).to_numpy(bool)
    before = hit & customers[_COLUMN].to_numpy(bool)
    going = customers.loc[hit & ~before, ["row"]].assign(do_not_call=True)
    unknown = len(listed.numbers - set().union(*own)) + len(listed.strange)
    place, language = located.places["Customers"], inputs.settings.language
    report = SpareReport(len(going), int(before.sum()), unknown, False, listed.problems.lines(told_in or language))
    return Staged(report, book, column_edits(book, place, _COLUMN, going, language) if len(going) else [])


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of taking a do-not-call list into the workbook in front."""
    return taken(press, stage_spared(press.book, [press.path], as_of=press.day, told_in=press.language))


class _Listed:
    """Who stands in lists: `numbers` in one spelling, `ids` of customers, and `strange` ones that nobody has."""

    def __init__(self, known: frozenset[str], as_of: date, country: str) -> None:
        self._known, self._as_of, self._country = known, as_of, country
        self.numbers, self.ids, self.strange = set[str](), set[str](), set[str]()
        self.problems = Problems()

    def take(self, file: Path) -> None:
        """Takes in the columns of a file that hold numbers or ids. BookError `no_numbers` where none does."""
        sheets = read_log(file)
        columns = [column for grid in sheets.values() for column in columns_of(grid)]
        self.problems.add(
            "Customers", "phone", "cut_off", [cut for grid in sheets.values() if (cut := cut_in(grid))], None
        )
        if not sum([self._taken(column) for column in columns]):
            raise BookError("no_numbers", file=file.name)

    def _taken(self, cells: Column) -> bool:
        """Whether a column mostly holds numbers, or ids under a header that says so or that are no mere count of the rows."""
        said = [text for cell in cells if (text := values.identifier(cell))]
        told = [text for text in said if text in self._known or any(map(str.isdigit, text))]
        each = [phone.every(text, self._country) if self._can_be(text) else [] for text in told]
        ids = {text for text in told if text in self._known}
        if sum(map(bool, each)) >= max(1, _MOST * len(told)):
            self.numbers.update(number for numbers in each for number in numbers)
            self.ids |= {text for text, numbers in zip(told, each, strict=True) if not numbers} & ids
            return True
        headed = bool(said) and normalise(said[0]) in _id_headers()
        counts = all(map(str.isdecimal, ids))  # as the rows of any list do
        if not headed and (counts or len(ids) < _ENOUGH * len(set(told))):
            return False
        self.ids |= ids
        self.strange |= set(told) - ids
        return True

    def _can_be(self, text: str) -> bool:
        return _can_be(text, self._as_of, self._country)


@cache
def _id_headers() -> frozenset[str]:
    """Headers of a customer's id that mean nothing else."""
    return frozenset(aliases(TABLES["Customers"], "id")) - set(map(normalise, spellings("logs.running")))


def _can_be(text: str, as_of: date, country: str) -> bool:
    """Whether a text can be a number, and is no day."""
    day = dates.moment(text, date1904=False, as_of=as_of)
    return sum(map(str.isdigit, text)) >= _FEWEST_DIGITS and day is values.BAD and phone.can_be(text, country)
