"""A sample team's tables on the sheets of a workbook in memory."""

from __future__ import annotations

from datetime import date, datetime, time

from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.hosts.memory import MemoryBook
from funnelbook.sample import Sample


def book_of_team(team: Sample, language: str = "zh") -> MemoryBook:
    book = MemoryBook()
    for name, rows in team.rows.items():
        table = TABLES[name]
        head = [header(table, column, language) for column in table.names]
        body = [[_cell(row.get(column)) for column in table.names] for row in rows]
        book.grids[sheet_name(table.sheet, language)] = [head, *body]
    return book


def _cell(value: object) -> object:
    """Days as every host gives them, with a time."""
    plain = isinstance(value, date) and not isinstance(value, datetime)
    return datetime.combine(value, time()) if plain else value
