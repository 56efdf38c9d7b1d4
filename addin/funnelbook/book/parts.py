"""A table on several sheets of the same headers: whose its sheets are, and its edits, sheet by sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from funnelbook.book import codes
from funnelbook.book.labels import normalise, sheet_names
from funnelbook.book.locate import Located
from funnelbook.book.place import Place
from funnelbook.book.ports import TableEdit
from funnelbook.book.schema import TABLES
from funnelbook.words import typed

_MARKS = " -_·—–()（）[]【】"
_MONTH = re.compile(  # beside a name, apart from it: 张三-5月, 5月_张三, Ann 2026-05
    r"[\s_·(（-]+(?:\d{2,4}\s?年)?\d{1,2}月份?[)）]?$|^(?:\d{2,4}\s?年)?\d{1,2}月份?[\s_·-]+"
    r"|[\s_·(（-]+20\d\d[-.]?[01]\d[)）]?$"
)
_NO_NAME = re.compile(r"\d")  # what no person is called by


def owner_of(sheet: str) -> str | None:
    """Whom a sheet of customers is named after; nobody where it has a number, or is called as one of ours, as nobody or an end of sales."""
    nobody = {normalise(name) for table in TABLES.values() for name in sheet_names(table.sheet)}
    nobody |= codes.NOBODY_WORDS | codes.special_of().keys() | set(map(normalise, typed("template")))
    said = _person_in(sheet.strip())
    return None if _NO_NAME.search(said) or normalise(said) in nobody else said


def _person_in(sheet: str) -> str:
    """The name of a sheet without what it says besides a person: 离职张三, 张三(离职), 张三-5月."""
    gone = _gone()
    said = gone.sub("", sheet).strip(_MARKS)
    dated = _MONTH.sub("", said).strip(_MARKS)
    if dated != said and not any(thing in dated.casefold() for thing in typed("no_person")):
        said = dated
    return said if len(said) > 1 else sheet


@cache
def _gone() -> re.Pattern[str]:
    """What says that somebody left, before or behind a name."""
    words = "|".join(map(re.escape, sorted(typed("left_team"), key=len, reverse=True)))
    return re.compile(rf"^(?:{words})|[(（\[【\s_-]*(?:{words})[)）\]】]?$", re.IGNORECASE)


def owners_of(place: Place) -> list[str | None]:
    """Whom each sheet of the customers is named after; nobody where the list says itself whose they are.

    A column of owners at its right end is one that a transfer added: where it is blank the sheet speaks.
    """
    if place.columns.get("owner", 0) not in (0, max(place.columns.values())):
        return [None] * len(place.whole)
    return [owner_of(part.sheet) for part in place.whole]


def placed(edits: Iterable[TableEdit], located: Located) -> list[TableEdit]:
    """The edits, those of a table in parts split by sheet."""
    return [part for edit in edits for part in _split(edit, located)]


def _split(edit: TableEdit, located: Located) -> Iterator[TableEdit]:
    """An edit by the part that each of its cells is in; new rows go below the first."""
    place = next((p for p in located.places.values() if (p.sheet, p.header_row) == (edit.sheet, edit.header_row)), None)
    if place is None or not place.parts:
        yield edit
        return
    column_of = {column: name for name, column in place.columns.items()}
    cells: dict[int, dict[tuple[int, int], object]] = {}
    for (row, column), value in edit.cells.items():
        part, sheet_row = place.at(row)
        at = part.columns[column_of[column]] if column in column_of else column
        cells.setdefault(place.whole.index(part), {})[sheet_row, at] = value
    yield replace(edit, cells=cells.pop(0, {}))
    for i, of in cells.items():
        part = place.whole[i]
        yield TableEdit(part.sheet, part.header_row, part.header_row, of)
