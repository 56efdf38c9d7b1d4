"""`funnelbook find`: a customer's whole history at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from funnelbook.book import ownership, result_tables
from funnelbook.book.encode import encode
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import compute
from funnelbook.results.making import Made


def find(path: Path, text: str, *, as_of: date, language: str | None = None) -> Made:
    """The Found table for a text; the file is only read. BookError when no customer fits."""
    book = open_book(path)
    located, standing = locate(book, mapping_of(book)), result_tables.read_all(book)
    found = compute(book, located, standing, as_of, language, text)[0]["Found"]
    if found.rows["id"].isna().all():
        raise BookError("no_customer", text=text)
    return found


def find_book(book: Book, as_of: date) -> Made:
    """The Found table for what is typed in it, rewritten in a workbook in any host; nothing else is written."""
    located, standing = locate(book, mapping_of(book)), result_tables.read_all(book)
    outcome, shown = compute(book, located, standing, as_of)
    found = outcome["Found"]
    if "Found" in standing:
        ownership.mark(book)
        book.write([encode(TABLES["Found"], found.rows, shown, standing["Found"].user, found.note)])
    return found


def pressed(press: ButtonPress) -> ButtonResult:
    """How many customers fit what is typed into the workbook in front."""
    return ButtonResult(find_book(press.book, press.day).note)
