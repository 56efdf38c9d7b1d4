"""The sheets that a workbook lacks of the contract, added."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from funnelbook.book import ownership
from funnelbook.book.handout_copy import handed_to
from funnelbook.book.header_fit import is_day_apart
from funnelbook.book.joining import joining
from funnelbook.book.labels import normalise, sheet_name
from funnelbook.book.locate import Located
from funnelbook.book.other_headers import other_headers
from funnelbook.book.place import Place
from funnelbook.book.ports import Book
from funnelbook.book.schema import FIRST_PAGE, MADE_ANEW, NEW_PAGES, PAGES, TABLES

_DAYS = {"Activities": "at", "Orders": "date"}
_TELLING = 4  # columns by which a list is known for a log

if TYPE_CHECKING:
    from funnelbook.template.defaults import Rows


def add_missing(book: Book, located: Located, language: str, rows: Mapping[str, Rows] | None = None) -> list[str]:
    """Names of the sheets staged to be added so that every table of the contract has a place, but for those that join others
    on a sheet, and for logs of the user's that lack a day: beside an empty one of ours nobody would find them. `rows`: what
    tables start with."""
    own = ownership.owned(book)
    missing = _missing(book, own, located)
    if not missing:
        return []
    from funnelbook import template  # noqa: PLC0415 - what draws sheets takes long to load, and seldom is one missing

    if "Dispositions" in missing and (outcomes := located.whole.get("Outcomes")):
        rows = {**(rows or {}), "Dispositions": _words_of_systems(book, outcomes, language)}
    called = ownership.free_names(book, template.names())
    called |= {name: place.name for name, place in own.results.items()}  # a page reads those that are there
    id_, to = "" if own.book else ownership.new_id(), handed_to(book)
    who = to.person if to else ""
    package = template.build(language, tables=missing, rows=rows, called=called, id_=id_, person=who)
    names = [name for _, name in template.sheets(language, missing)]
    first = sheet_name(FIRST_PAGE, language)
    return list(book.graft(package, names, first if first in names else "").values())


def sheets_to_add(book: Book, located: Located, language: str) -> list[str]:
    """Names of the sheets that `add_missing` would add, as long as they are free."""
    missing = _missing(book, ownership.owned(book), located)
    if not missing:
        return []
    from funnelbook import template  # noqa: PLC0415

    return [name for _, name in template.sheets(language, missing)]


def _missing(book: Book, own: ownership.Owned, located: Located) -> list[str]:
    """Tables and pages of the contract that have no place."""
    there = {
        *own.results,
        *located.whole,
        *joining(book, located.places),
        *filter(partial(_undated, book, located), _DAYS),
    }
    missing = [table.name for table in TABLES.values() if table.name not in there]
    pages = set(NEW_PAGES if own.results else PAGES) - own.pages.keys()
    return missing + sorted(pages.union(MADE_ANEW[page] for page in pages & MADE_ANEW.keys()))


def _undated(book: Book, located: Located, table: str) -> bool:
    """Whether there is a log of the user's in which only the column that says when is not known; one told in two is for an import."""
    place = located.places.get(table)
    if place is None or place.lacks != [_DAYS[table]] or len(place.columns) < _TELLING:
        return False
    return not is_day_apart(other_headers(book, place).values())


def _words_of_systems(book: Book, outcomes: Place, language: str) -> Rows:
    """The rows Dispositions starts with, as far as the workbook has the outcomes they name, called as they are there."""
    from funnelbook.commands.call_log.dispositions import called_here  # noqa: PLC0415
    from funnelbook.template.defaults import default_rows  # noqa: PLC0415

    column = outcomes.columns["outcome"] - 1
    cells = [
        row[column] for row in book.grid(outcomes.sheet)[outcomes.header_row : outcomes.last_row] if column < len(row)
    ]
    own = {normalise(cell): cell.strip() for cell in cells if isinstance(cell, str)}
    each = [
        (row, row["outcome"] and called_here(row["outcome"], own)) for row in default_rows(language)["Dispositions"]
    ]
    return [row | {"outcome": here} for row, here in each if here or not row["outcome"]]
