"""A sample team's tables on the sheets of a workbook in memory."""

from __future__ import annotations

from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.hosts.memory import MemoryBook
from funnelbook.sample import Sample


def book_of_team(team: Sample, language: str = "zh") -> MemoryBook:
    book = MemoryBook()
    for name, rows in team.rows.items():
        table = TABLES[name]
        head = [header(table, column, language) for column in table.names]
        body = [[row.get(column) for column in table.names] for row in rows]
        book.grids[sheet_name(table.sheet, language)] = [head, *body]
    return book
