"""What of a workbook is Funnelbook's own: what is marked as such. A name is never proof.

A workbook of 0.1.0, which has no marks, is known by what its template wrote, and marked when it is next refreshed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from funnelbook.book import marks
from funnelbook.book.heads_0_1 import HEADS
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.ports import Area, Book, BookError, ListObject
from funnelbook.book.schema import PAGES, TABLES, Table

_HALF, _MOST = 0.5, 0.7  # of a table's columns
_PAGE_HEAD = 5  # rows
_NAMES_OF_0_1 = re.compile(r"fb_(people|outcomes|channels|objections)|track_\w+|guide_severities")


@dataclass(frozen=True)
class Owned:
    """What is Funnelbook's own in a workbook.

    `book`: the workbook's id, "" when it is none of ours. `tables`: ListObjects by schema name, also those only Funnelbook reads;
    `pages`: sheets without a table by key; `names`: defined names by the name the template gives them. `unmarked`: the marks a
    workbook of 0.1.0 lacks, as `Book.define` takes them.
    """

    book: str = ""
    tables: Mapping[str, ListObject] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    unmarked: Mapping[str, str] = field(default_factory=dict)

    @property
    def results(self) -> dict[str, ListObject]:
        """Result tables by schema name."""
        return {table.name: self.tables[table.name] for table in TABLES.results if table.name in self.tables}


def owned(book: Book) -> Owned:
    """What of a workbook is ours."""
    names = book.names()
    found = {
        name.removeprefix(marks.PREFIX): formula
        for name, formula in names.items()
        if name.startswith(marks.PREFIX) and name != marks.UNFINISHED  # which one of 0.1.0 may have got as well
    }
    if not found:
        return _made_by_0_1(book, names)
    id_ = names.get(marks.BOOK, "").strip('"')
    return _marked(id_, found, names, book.list_objects(), book.sheets()) if id_ else Owned()


def refuse_not_set_up(book: Book) -> None:
    """BookError when a workbook was never adopted; stages the marks that one of 0.1.0 lacks. To be asked before anything is written."""
    if not owned(book).book:
        raise BookError("not_adopted", file=book.name)
    mark(book)


def mark(book: Book) -> None:
    """Stages the marks that a workbook of 0.1.0 lacks."""
    unmarked = owned(book).unmarked
    if unmarked:
        book.define({marks.BOOK: f'"{new_id()}"', **unmarked})


def new_id() -> str:
    """An id no other workbook has."""
    return uuid.uuid4().hex


def free_names(book: Book, wanted: Iterable[str]) -> dict[str, str]:
    """For each name of the template the one it gets in a workbook: its own, or with _2, _3 ... where the user has it."""
    ours = owned(book).names
    used = marks.taken(book.names()) | {lo.name.casefold() for lo in book.list_objects()}
    found = {}
    for name in wanted:
        free, number = ours.get(name, name), 2
        while free.casefold() in used:
            free, number = f"{name}_{number}", number + 1
        used.add(free.casefold())
        found[name] = free
    return found


def marked(names: Mapping[str, str], objects: Iterable[ListObject], sheets: Iterable[str]) -> dict[str, ListObject]:
    """The tables that are marked, by schema name, as `owned` finds them: for a host that has the names at hand."""
    return dict(by_marks(names, objects, sheets).tables)


def by_marks(names: Mapping[str, str], objects: Iterable[ListObject], sheets: Iterable[str]) -> Owned:
    """What is marked, as `owned` finds it: for a host that has the names at hand."""
    found = {name.removeprefix(marks.PREFIX): text for name, text in names.items() if name.startswith(marks.PREFIX)}
    return _marked("", found, names, objects, sheets)


def settings(names: Mapping[str, str], objects: Iterable[ListObject], sheets: Iterable[str]) -> ListObject | None:
    """The Settings table: the one that is marked, else one with its headers."""
    objects = list(objects)
    alike = (lo for lo in objects if _known(TABLES["Settings"], lo.headers) >= {"key", "value"})
    return marked(names, objects, sheets).get("Settings") or next(alike, None)


def _marked(
    id_: str, found: Mapping[str, str], names: Mapping[str, str], objects: Iterable[ListObject], sheets: Iterable[str]
) -> Owned:
    """Tables, pages and defined names that marks point to: each table where a mark covers its header row and its headers fit."""
    sheets = list(sheets)
    on_sheet: dict[str, list[ListObject]] = {}
    for lo in objects:
        on_sheet.setdefault(lo.sheet, []).append(lo)
    called = {name.casefold(): name for name in names}
    pages: dict[str, str] = {}
    defined: dict[str, str] = {}
    fits: list[tuple[float, str, ListObject]] = []
    for key, formula in found.items():
        if f"{marks.PREFIX}{key}".startswith((marks.NUMBERS, marks.PREVIEW)):
            continue  # a column of the user's list; a sheet that is to go again
        place = marks.cells_of(formula)
        if place is None:
            if formula.casefold() in called:
                defined[key] = called[formula.casefold()]
        elif key in PAGES:
            if place[0] in sheets:
                pages[key] = place[0]
        else:
            there = (lo for lo in on_sheet.get(place[0], ()) if _covers(place[1], lo.area))
            fits += [(share, key, lo) for lo in there if (share := _share(key, lo.headers))]
    tables: dict[str, ListObject] = {}
    for _, key, lo in sorted(fits, key=lambda fit: -fit[0]):  # of two marks on one table the better stands
        if key not in tables and lo not in tables.values():
            tables[key] = lo
    return Owned(id_, tables, pages, defined)


def _covers(marked: Area, table: Area) -> bool:
    return marked.top <= table.top <= marked.bottom and marked.left <= table.right and table.left <= marked.right


def _share(key: str, headers: tuple[str, ...]) -> float:
    """How many of a table's columns its headers name, of 1; 0 when they are another table's. Tables without schema need none."""
    table = TABLES.get(key)
    if table is None:
        return 1.0
    known = _known(table, headers)
    share = len(known) / len(table.columns)
    return share if share >= _HALF or (table.keys and known.issuperset(table.keys)) else 0.0


@lru_cache(maxsize=1024)
def _known(table: Table, headers: tuple[str, ...]) -> frozenset[str]:
    texts = {normalise(text) for text in headers}
    return frozenset({column.name for column in table.columns if not texts.isdisjoint(aliases(table, column.name))})


def _made_by_0_1(book: Book, names: Mapping[str, str]) -> Owned:
    """What 0.1.0 made: tables called as it called them, with all key headers, below the head it wrote on their sheet.

    Where one is proved so, others of its names need no head when they begin with one of its columns and have most of them: hidden
    sheets have none, and a table may have been moved. One that begins with another is the user's, to which 0.1.0 put its own.
    """
    called = {table.name.casefold(): table for table in TABLES.values()}
    candidates = [
        (table, lo)
        for lo in book.list_objects()
        if (table := called.get(lo.name.casefold())) and _known(table, lo.headers).issuperset(table.keys)
    ]
    proved = {table.name: lo for table, lo in candidates if _has_head(book, lo.sheet, table.sheet, lo.area.top)}
    if not any(table.name in proved for table in TABLES.results):
        return Owned()
    for table, lo in candidates:
        if _known(table, lo.headers[:1]) and len(_known(table, lo.headers)) >= _MOST * len(table.columns):
            proved.setdefault(table.name, lo)
    pages = {key: s for key in PAGES for s in book.sheets() if _has_head(book, s, key, _PAGE_HEAD)}
    unmarked = {name: marks.formula_of(lo.sheet, _header_row(lo)) for name, lo in proved.items()}
    unmarked |= {key: marks.formula_of(sheet, Area(1, 1, 3, 2)) for key, sheet in pages.items()}
    defined = {
        name: name
        for name, text in names.items()
        if _NAMES_OF_0_1.fullmatch(name) and any(f"{lo.name}[" in text for lo in proved.values())
    }
    every = {f"{marks.PREFIX}{key}": text for key, text in (unmarked | defined).items()}
    return Owned("0.1", proved, pages, defined, every)


def _has_head(book: Book, sheet: str, key: str, rows: int) -> bool:
    """Whether the line that 0.1.0 wrote under the title stands in the first rows of a sheet."""
    if key not in HEADS:
        return False
    return any(value in HEADS[key] for row in book.head(sheet, rows) for value in row)


def _header_row(lo: ListObject) -> Area:
    return Area(lo.area.top, lo.area.left, lo.area.top, lo.area.right)
