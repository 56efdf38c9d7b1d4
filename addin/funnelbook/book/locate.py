"""Where the input tables are: found by what their header rows say, wherever they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import permutations

from funnelbook.book import labels
from funnelbook.book.labels import normalise
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Area, Book, ListObject
from funnelbook.book.schema import TABLES, Table
from funnelbook.book.settings import KEYS

HEADER_DEPTH = 50  # a header row is looked for in so many rows
FEWEST_MATCHES = 2
SMALLEST_SHARE = 0.4  # of the headers of a row that must be known, or the sheet must be named like the table
NAMED, MAPPED, MARKED = (
    2.0,
    5.0,
    100.0,
)  # what a name of sheet or table, a match by hand, a mark add to the number of headers known

_SETTINGS_DEPTH = 200  # rows in which one of ours must stand
_NEEDED = {"Settings": {"key", "value"}}  # by a table called so: many a list has the first of them


@dataclass(frozen=True)
class Place:
    """Where a table stands. Rows and columns count from 1 as in the sheet; `last_row` None: to the end of the sheet.

    `listed`: header and body of its ListObject, `totals`: whether that has a totals row; `until`: the row before what stands below
    in the same columns, None for the end of the sheet.
    """

    table: str
    sheet: str
    header_row: int
    last_row: int | None
    columns: dict[str, int]  # schema name -> column
    headers: dict[str, str]  # schema name -> text as typed
    score: float = 0.0
    listed: Area | None = None
    totals: bool = False
    until: int | None = None

    @property
    def lacks(self) -> list[str]:
        """Required columns that are not there."""
        return [c.name for c in TABLES[self.table].columns if c.required and c.name not in self.columns]


@dataclass(frozen=True)
class Located:
    """The place of each input table found; `rivals`: other places that look like the same table and are not read."""

    places: dict[str, Place] = field(default_factory=dict)
    rivals: tuple[Place, ...] = ()

    @property
    def whole(self) -> dict[str, Place]:
        """The places that lack no required column."""
        return {name: place for name, place in self.places.items() if not place.lacks}


def locate(book: Book, mapping: Mapping[tuple[str, str], str] | None = None) -> Located:
    """Where each input table stands, as a ListObject or a plain header row. Source: workbook.md.

    Titles above, blank columns, merged and two-row headers are met. A header row belongs to the table it knows most columns
    of; of two such rows the better is taken and the other named in `rivals`. `mapping` ((table, column) -> header) goes first, a
    table of ours before one that only looks like it. What a sheet or table is called never suffices.
    """
    wanted = {key: normalise(text) for key, text in (mapping or {}).items()}
    found = [
        place
        for row in _header_rows(book, wanted)
        if (place := _best(row, wanted)) and not _settings_of_theirs(book, place)
    ]
    places: dict[str, Place] = {}
    rivals = []
    for place in sorted(found, key=lambda p: (bool(p.lacks), -p.score)):  # stable: of equals the first in the workbook
        if place.table not in places:
            places[place.table] = place
        elif (
            not place.lacks
            and not _is_title(place)
            and not any(_overlap(place, other) for other in (places[place.table], *rivals))
        ):
            rivals.append(place)
    objects = book.list_objects()
    return Located({name: _bounded(place, found, objects) for name, place in places.items()}, tuple(rivals))


def explain(located: Located) -> list[dict[str, str]]:
    """What was matched, for people to read: rows of table, column, sheet, header in schema order."""
    return [
        {"table": t.name, "column": c, "sheet": place.sheet, "header": place.headers[c]}
        for t in TABLES.inputs
        if (place := located.places.get(t.name))
        for c in t.names
        if c in place.columns
    ]


@dataclass(frozen=True)
class _HeaderRow:
    sheet: str
    row: int
    cells: dict[int, str]  # column -> text as typed
    last_row: int | None = None
    name: str = ""  # of the ListObject
    marked: str = ""  # the table of ours that it is
    listed: Area | None = None
    totals: bool = False


def _header_rows(book: Book, wanted: Mapping[tuple[str, str], str]) -> Iterator[_HeaderRow]:
    """Rows that may be headers: those of ListObjects, then of the rest of each sheet."""
    ours = {lo: name for name, lo in owned(book).tables.items()}
    inputs = {table.name for table in TABLES.inputs}
    objects = book.list_objects()
    for sheet in book.sheets():
        here = [lo for lo in objects if lo.sheet == sheet]
        grid = book.head(sheet, max([HEADER_DEPTH, *(lo.area.top for lo in here)]))
        for lo in here:
            marked = ours.get(lo, "")
            if not marked or marked in inputs:
                cells = _texts(grid, lo.area.top - 1, lo.area.left - 1, lo.area.right)
                body = replace(lo.area, bottom=lo.area.bottom - lo.totals_rows)
                yield _HeaderRow(sheet, lo.area.top, cells, body.bottom, lo.name, marked, body, bool(lo.totals_rows))
        yield from _plain_rows(sheet, grid[:HEADER_DEPTH], here, wanted)


def _plain_rows(
    sheet: str, grid: Sequence[Sequence[object]], objects: Sequence[ListObject], wanted: Mapping[tuple[str, str], str]
) -> Iterator[_HeaderRow]:
    for i in range(len(grid)):
        cells = {j: text for j, text in _texts(grid, i).items() if not _inside(objects, i + 1, j)}
        if not cells:
            continue
        parts = [_HeaderRow(sheet, i + 1, part) for part in _segments(cells)]
        lists = parts if _each_a_list(parts, wanted) else [_HeaderRow(sheet, i + 1, cells)]
        yield from lists
        if len(parts) > len(lists):
            yield from parts
        if i:
            above = {j: text for j, text in _texts(grid, i - 1).items() if not _inside(objects, i, j)}
            for row in lists:
                titles = (
                    above if len(lists) == 1 else {j: above[j] for j in above if min(row.cells) <= j <= max(row.cells)}
                )
                if titles and len(titles | row.cells) > len(row.cells):
                    yield replace(row, cells=titles | row.cells)


def _each_a_list(parts: Sequence[_HeaderRow], wanted: Mapping[tuple[str, str], str]) -> bool:
    """Whether of neighbours, blank columns between them, two are whole tables that both have a column which one of them needs."""
    if len(parts) < 2:
        return False
    whole = [place for part in parts if (place := _best(part, wanted)) and not place.lacks]
    return any(
        column.name in one.columns and column.name in other.columns
        for one, other in permutations(whole, 2)
        for column in TABLES[one.table].columns
        if column.required
    )


def _texts(grid: Sequence[Sequence[object]], row: int, left: int = 0, right: int | None = None) -> dict[int, str]:
    if row >= len(grid):
        return {}
    cells = enumerate(grid[row][left:right], left + 1)
    return {j: value.strip() for j, value in cells if isinstance(value, str) and value.strip()}


def _inside(objects: Sequence[ListObject], row: int, column: int) -> bool:
    return any(lo.area.top <= row <= lo.area.bottom and lo.area.left <= column <= lo.area.right for lo in objects)


def _segments(cells: Mapping[int, str]) -> Iterator[dict[int, str]]:
    """Runs of neighbouring columns: tables that stand side by side."""
    part: dict[int, str] = {}
    for j, text in cells.items():
        if part and j - 1 not in part:
            yield part
            part = {}
        part[j] = text
    yield part


def _best(row: _HeaderRow, wanted: Mapping[tuple[str, str], str]) -> Place | None:
    """The table a header row fits best, if it fits one."""
    texts = {j: normalise(text) for j, text in row.cells.items()}
    likely = {row.marked.casefold()} | {
        table.casefold() for (table, _), text in wanted.items() if text in texts.values()
    }
    likely.update(table for text in texts.values() for table in _tables_that_know().get(text, ()))
    tables = [table for table in TABLES.inputs if table.name.casefold() in likely]
    fits = [place for table in tables if (place := _fit(row, texts, table, wanted))]
    return max(fits, key=lambda p: (p.score, -len(p.lacks)), default=None)


def _fit(
    row: _HeaderRow, texts: Mapping[int, str], table: Table, wanted: Mapping[tuple[str, str], str]
) -> Place | None:
    columns, mapped = _matches(texts, table, wanted)
    marked = row.marked == table.name
    if not (columns or marked):
        return None
    named = normalise(row.sheet) in map(normalise, (*labels.sheet_names(table.sheet), table.name))
    named = named or row.name.casefold() == table.name.casefold()
    enough = len(columns) >= min(FEWEST_MATCHES, len(table.columns)) and len(columns) >= SMALLEST_SHARE * len(row.cells)
    named_enough = named and not _NEEDED.get(table.name, {c.name for c in table.columns if c.required}) - columns.keys()
    if not (marked or mapped or enough or named_enough):
        return None
    score = len(columns) + MAPPED * mapped + NAMED * named + MARKED * marked
    headers = {name: row.cells[j] for name, j in columns.items()}
    return Place(table.name, row.sheet, row.row, row.last_row, columns, headers, score, row.listed, row.totals)


def _matches(
    texts: Mapping[int, str], table: Table, wanted: Mapping[tuple[str, str], str]
) -> tuple[dict[str, int], int]:
    """Column of each schema column a header names, the user's own matches first, then the better aliases; how many by hand."""
    by_hand = {text: column for (name, column), text in wanted.items() if name == table.name}
    named = [(-1, 0, j, by_hand[text]) for j, text in texts.items() if text in by_hand]
    known = _known(table.name)
    named += [(rank, order, j, name) for j, text in texts.items() for rank, order, name in known.get(text, ())]
    columns: dict[str, int] = {}
    for _rank, _order, j, name in sorted(named):
        if name not in columns and j not in columns.values():
            columns[name] = j
    mapped = sum(rank < 0 and columns[name] == j for rank, _order, j, name in named)
    return {c.name: columns[c.name] for c in table.columns if c.name in columns}, mapped


@cache
def _tables_that_know() -> dict[str, set[str]]:
    """By header text the tables it may be a header of, by their names casefolded."""
    tables: dict[str, set[str]] = defaultdict(set)
    for table in TABLES.inputs:
        for text in _known(table.name):
            tables[text].add(table.name.casefold())
    return dict(tables)


@cache
def _known(table: str) -> dict[str, list[tuple[int, int, str]]]:
    """By header text the columns of a table it may name, as (how far down its aliases, position in the table, name)."""
    known: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for order, column in enumerate(TABLES[table].columns):
        for rank, text in enumerate(labels.aliases(TABLES[table], column.name)):
            known[text].append((rank, order, column.name))
    return dict(known)


def _settings_of_theirs(book: Book, place: Place) -> bool:
    """Whether a list of settings has none of ours: many a workbook has a sheet of keys and values."""
    if place.table != "Settings" or place.score >= MAPPED + FEWEST_MATCHES or "key" not in place.columns:
        return False
    rows = book.head(place.sheet, place.header_row + _SETTINGS_DEPTH)[place.header_row :]
    keys = (row[place.columns["key"] - 1] for row in rows if len(row) >= place.columns["key"])
    return not any(str(key).strip().casefold() in KEYS for key in keys)


def _is_title(place: Place) -> bool:
    """Whether a lone header only repeats the name of its sheet."""
    texts = [normalise(text) for text in place.headers.values()]
    return texts == [normalise(place.sheet)]


def _overlap(place: Place, other: Place) -> bool:
    """Whether two places are readings of the same header, in one row or two."""
    same_rows = place.sheet == other.sheet and abs(place.header_row - other.header_row) <= 1
    return same_rows and bool(set(place.columns.values()) & set(other.columns.values()))


def _bounded(place: Place, found: Sequence[Place], objects: Sequence[ListObject]) -> Place:
    """A plain table ends where the next header row or ListObject below it in the same columns begins, what is typed below another
    where anything."""
    mine = set(place.columns.values())
    below = [
        p.header_row - 1
        for p in found
        if p.sheet == place.sheet
        and p.header_row > (place.last_row or place.header_row)
        and mine & set(p.columns.values())
        and not p.lacks
        # its own header read together with the row below, whose dates and numbers hide none of its words, is no other table
        and not _overlap(p, place)
    ]
    block = place.listed or Area(place.header_row, min(mine), place.header_row, max(mine))
    below += [
        lo.area.top - 1
        for lo in objects
        if lo.sheet == place.sheet
        and lo.area.top > block.bottom
        and lo.area.left <= block.right
        and lo.area.right >= block.left
    ]
    end = min(below, default=None)
    return replace(place, until=end) if place.listed else replace(place, last_row=end)
