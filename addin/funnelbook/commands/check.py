"""`funnelbook check`: what is wrong in a workbook's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import results
from funnelbook.book.encode import encode
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import compute
from funnelbook.results.outcome import Outcome


def check(path: Path, *, as_of: date, language: str | None = None) -> pd.DataFrame:
    """The rows of the Problems table as a refresh would write them; the file is only read."""
    return found_in(open_book(path), as_of, language)[0].frame


def check_book(book: Book, as_of: date, language: str | None = None) -> Outcome:
    """The Problems table of a workbook in any host, rewritten where it has one; nothing else is written."""
    outcome, shown = found_in(book, as_of, language)
    standing = results.read_all(book).get("Problems")
    if standing is not None:
        book.write([encode(TABLES["Problems"], outcome.frame, shown, standing.user, outcome.note)])
    return outcome


def found_in(book: Book, as_of: date, language: str | None = None) -> tuple[Outcome, str]:
    """The Problems table as a refresh would write it, and the language it is in."""
    outcome, shown = compute(book, locate(book, mapping_of(book)), results.read_all(book), as_of, language)
    return outcome["Problems"], shown
