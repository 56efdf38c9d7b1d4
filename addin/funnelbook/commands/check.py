"""`funnelbook check`: what is wrong in a workbook's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import ownership, result_tables
from funnelbook.book.encode import encode
from funnelbook.book.locate import Located, locate
from funnelbook.book.place import ROWS
from funnelbook.book.ports import Book
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import compute
from funnelbook.results.making import Made


def check(path: Path, *, as_of: date, language: str | None = None) -> pd.DataFrame:
    """The rows of the Problems table as a refresh would write them; the file is only read."""
    book = open_book(path)
    rows = found_in(book, locate(book, mapping_of(book)), as_of, language)[0].rows
    return rows.assign(row=rows["row"] % ROWS)


def check_book(book: Book, as_of: date, language: str | None = None) -> Made:
    """The Problems table of a workbook in any host, rewritten where it has one; nothing else is written."""
    located = locate(book, mapping_of(book))
    outcome, shown = found_in(book, located, as_of, language)
    standing = result_tables.read_all(book).get("Problems")
    if standing is not None:
        ownership.mark(book)
        write = encode(TABLES["Problems"], outcome.rows, shown, standing.user, outcome.note, places=located.places)
        book.write([write])
    return outcome


def pressed(press: ButtonPress) -> ButtonResult:
    """How many problems the workbook in front has."""
    return ButtonResult(check_book(press.book, press.day).note)


def found_in(book: Book, located: Located, as_of: date, language: str | None = None) -> tuple[Made, str]:
    """The Problems table as a refresh would write it, and the language it is in."""
    outcome, shown = compute(book, located, result_tables.read_all(book), as_of, language)
    return outcome["Problems"], shown
