"""One way through: read every table, work everything out, write every result table at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from funnelbook.book import decode, problems, results
from funnelbook.book.encode import UserColumns, encode, kept_rows
from funnelbook.book.locate import Located
from funnelbook.book.ports import Book, TableWrite
from funnelbook.book.schema import TABLES
from funnelbook.book.settings import Settings
from funnelbook.domain.tiers import Tiers
from funnelbook.results import outcome
from funnelbook.results.situation import Situation


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh found: `problems` counts errors and warnings; `written` is False when nothing had changed."""

    problems: int
    written: bool


def refresh(book: Book, located: Located, as_of: date, language: str | None = None) -> RefreshReport:
    """The report of a workbook refreshed as of a day, the day included. Source: numbers.md.

    Every result table that stands in the workbook is rewritten, or none: a BookError leaves the workbook as it was.
    """
    standing = results.read_all(book)
    situation, found = situation_of(book, located, standing, as_of, language)
    tables = outcome.tables(situation, found)
    book_tables = [name for name in tables if name in standing]
    writes = [_write(name, tables[name], standing[name].user, situation.language) for name in book_tables]
    ...
