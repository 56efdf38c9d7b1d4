"""`funnelbook check`: what is wrong in a workbook's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import results
from funnelbook.book.locate import locate
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import compute


def check(path: Path, *, as_of: date, language: str | None = None) -> pd.DataFrame:
    """The rows of the Problems table as a refresh would write them; the file is only read."""
    book = open_book(path)
    located = locate(book, mapping_of(book))
    outcome, _ = compute(book, located, results.read_all(book), as_of, language)
    return outcome["Problems"].frame
