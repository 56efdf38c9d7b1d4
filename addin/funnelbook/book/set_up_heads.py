"""The headers a list had when it was set up, as the workbook remembers them, so that one that is gone is missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from funnelbook.book import result_tables
from funnelbook.book.frames import rows_of
from funnelbook.book.header_fit import is_not_used
from funnelbook.book.locate import Located
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES

_KNOWN = "="  # before a column: its header says what it is and needs no matching


def remembered(book: Book) -> list[Any]:
    """The rows of Matched (table, column, sheet, header) by which a workbook or a log is read."""
    return [row for row in _matched(book) if not _is_known(row)]


def known(located: Located) -> Iterator[dict[str, str]]:
    """Rows of Matched for the headers of customers that are read as what they say."""
    if place := located.places.get("Customers"):
        for name, header in place.headers.items():
            yield {"table": place.table, "column": f"{_KNOWN}{name}", "sheet": place.sheet, "header": header}


def known_before(book: Book) -> list[dict[str, str]]:
    """Those that stand in the workbook."""
    return [
        {"table": row.table, "column": row.column, "sheet": row.sheet, "header": row.header}
        for row in _matched(book)
        if _is_known(row)
    ]


def say_gone(book: Book, located: Located, problems: Problems) -> None:
    """Tells in Problems (header_gone, one line a column) of each header that is gone whose column was read at set-up."""
    told: set[tuple[str, str]] = set()
    for row in _matched(book):
        key = row.table, row.column.removeprefix(_KNOWN)
        place = located.places.get(row.table)
        if row.sheet and place and not is_not_used(key) and key[1] not in place.columns and key not in told:
            told.add(key)
            problems.add(*key, "header_gone", [place.header_row], [row.header])


def _is_known(row: Any) -> bool:
    return str(row.column).startswith(_KNOWN)


def _matched(book: Book) -> list[Any]:
    place = result_tables.present(book).get("Matched")
    return [] if place is None else list(rows_of(result_tables.read(book, TABLES["Matched"], place).frame))
