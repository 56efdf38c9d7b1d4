"""A workbook in memory with an empty place for every result table."""

from __future__ import annotations

import math

import pandas as pd

from funnelbook.book import result_tables
from funnelbook.book.labels import header
from funnelbook.book.locate import locate
from funnelbook.book.ports import Area
from funnelbook.book.schema import TABLES
from funnelbook.hosts.memory import MemoryBook
from funnelbook.refresh import RefreshReport, refresh
from support.sheets import DAY, book_of, mark


def adopted(language: str = "zh", **sheets) -> MemoryBook:
    book = book_of(**sheets)
    for table in TABLES.results:
        name = f"result {table.name}"
        book.grids[name] = [[], [], [header(table, c, language) for c in table.names], []]
        mark(book, table.name, name, Area(3, 1, 4, len(table.columns)))
    return book


def refreshed(book: MemoryBook, as_of=DAY, language: str | None = None) -> RefreshReport:
    return refresh(book, locate(book), as_of, language)


def table(book: MemoryBook, name: str) -> pd.DataFrame:
    return result_tables.read(book, TABLES[name], result_tables.present(book)[name]).frame


def lines(frame: pd.DataFrame, *columns: str) -> list[str]:
    """Rows as text: blanks as `-`, whole numbers without a point."""

    def cell(v):
        if v is None or (isinstance(v, float) and math.isnan(v)):
            return "-"
        return f"{v:g}" if isinstance(v, float) else str(v)

    return [" ".join(cell(v) for v in row) for row in frame[list(columns)].itertuples(index=False)]
