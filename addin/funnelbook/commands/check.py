"""`funnelbook check`: what is wrong in a workbook's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.commands.open import open_book, read_situation


def check(path: Path, *, as_of: date, language: str = "zh") -> pd.DataFrame:
    """The rows of the Problems table as a refresh would write them; the file is only read."""
    return read_situation(open_book(path), as_of, language).problems
