"""Where the input tables are: found by what their header rows say, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import permutations

from funnelbook.book import marks
from funnelbook.book.counted import titled
from funnelbook.book.header_fit import FEWEST_MATCHES, MAPPED, MARKED, HeaderRow, best_fit
from funnelbook.book.labels import in_one_line, normalise
from funnelbook.book.ownership import owned
from funnelbook.book.place import Place
from funnelbook.book.ports import Area, Book, ListObject
from funnelbook.book.schema import TABLES, Kind
from funnelbook.book.settings import KEYS

HEADER_DEPTH = 50  # a header row is looked for in so many rows
_READ_ALIKE = (Kind.TEXT, Kind.PHONE, Kind.PERSON, Kind.TIER, Kind.DATE)  # whatever stands above them
_SETTINGS_DEPTH = 200  # rows in which one of ours must stand


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
        if (place := best_fit(row, wanted)) and not _settings_of_theirs(book, place)
    ]
    places: dict[str, Place] = {}
    rivals: list[Place] = []
    numbered = _numbered(book)
    ranked = sorted(found, key=lambda p: (bool(p.lacks), -p.score))  # stable: of equals the first in the workbook
    for place in ranked:
        if place.table not in places:
            places[place.table] = _with_parts(book, place, ranked, numbered)
        elif (
            (not place.lacks or _is_like(place, places[place.table]))
            and not _again(place, places[place.table])
            and not _is_title(place)
            and place.sheet not in {part.sheet for part in places[place.table].parts}
            and not any(_overlap(place, other) for other in (places[place.table], *rivals))
        ):
            rivals.append(place)
    objects = book.list_objects()

    def settled(place: Place) -> Place:
        ours = place.table == "Customers" and _is_numbered(place, numbered)
        parts = tuple(map(settled, place.parts))
        unit = titled(book.head(place.sheet, place.header_row - 1)) if place.header_row > 1 else ""
        return replace(_bounded(place, found, objects), numbered=ours, parts=parts, unit=unit)

    return Located({name: settled(place) for name, place in places.items()}, tuple(rivals))


def _with_parts(book: Book, place: Place, found: Sequence[Place], numbered: Set[tuple[str, int]]) -> Place:
    """The customers with those on other sheets of the same headers, in the order of the workbook: one a salesperson, or a month.

    What became one table when it got its numbers stays so. Otherwise a sheet that mostly repeats this one is a copy of it.
    """
    if place.table != "Customers" or place.listed or place.score >= MARKED:
        return place
    others = {
        other.sheet: other for other in reversed(found) if other.table == "Customers" and other.sheet != place.sheet
    }
    if _is_numbered(place, numbered):
        parts = {sheet: other for sheet, other in others.items() if _is_numbered(other, numbered)}
    else:
        parts = {sheet: other for sheet, other in others.items() if _is_like(other, place)}
        names = _names(book, place) if parts else set()
        parts = {sheet: p for sheet, p in parts.items() if 2 * len(names & _names(book, p)) <= len(names)}
    return replace(place, parts=tuple(parts[sheet] for sheet in book.sheets() if sheet in parts))


def _is_numbered(place: Place, numbered: Set[tuple[str, int]]) -> bool:
    """Whether the ids of a list are numbers we make."""
    return (place.sheet, place.columns.get("id", 0)) in numbered


def _is_like(other: Place, place: Place) -> bool:
    """Whether two plain lists have the same columns under mostly the same headers; numbers, which one of them may have got, apart.

    Where a header says how its cells are read, as the unit of an amount, it is the same in both.
    """
    if other.listed or place.listed or other.table != place.table:
        return False
    mine, theirs = ({name: normalise(text) for name, text in p.headers.items() if name != "id"} for p in (place, other))
    differing = {name for name in mine if theirs.get(name) != mine[name]}
    columns = TABLES[place.table].by_name
    return (
        mine.keys() == theirs.keys()
        and 2 * len(differing) < len(mine)
        and all(columns[name].kind in _READ_ALIKE for name in differing)
    )


def _again(other: Place, place: Place) -> bool:
    """Whether a header row only repeats one above it in the same columns."""
    below = other.sheet == place.sheet and other.header_row > place.header_row and not place.listed and not other.listed
    return below and other.table == place.table and other.columns.items() <= place.columns.items()


def _names(book: Book, place: Place) -> set[object]:
    """What tells the customers of a list apart."""
    columns = [place.columns[name] for name in ("name", "phone") if name in place.columns][:1]
    return {line[j - 1] for line in book.grid(place.sheet)[place.header_row :] for j in columns if len(line) >= j} - {
        None,
        "",
    }


def explain(located: Located) -> list[dict[str, str]]:
    """What was matched of the tables that can be read, for people to read: rows of table, column, sheet, header in schema order."""
    return [
        {
            "table": t.name,
            "column": c,
            "sheet": ", ".join(p.sheet for p in place.whole),
            "header": in_one_line(place.headers[c]),
        }
        for t in TABLES.inputs
        if (place := located.whole.get(t.name))
        for c in t.names
        if c in place.columns
    ]


def _numbered(book: Book) -> set[tuple[str, int]]:
    """Sheet and column of the customer numbers we make."""
    marked = (marks.cells_of(text) for name, text in book.names().items() if name.startswith(marks.NUMBERS))
    return {(place[0], place[1].left) for place in marked if place}


def _header_rows(book: Book, wanted: Mapping[tuple[str, str], str]) -> Iterator[HeaderRow]:
    """Rows that may be headers: those of ListObjects, then of the rest of each sheet."""
    ours = {lo: name for name, lo in owned(book).tables.items()}
    inputs = {table.name for table in TABLES.inputs}
    objects = book.list_objects()
    preview, numbered = marks.preview_of(book.names(), book.sheets()), _numbered(book)
    for sheet in book.sheets():
        if preview and sheet == preview[0]:
            continue  # it speaks of headers and is no list
        here = [lo for lo in objects if lo.sheet == sheet]
        grid = book.head(sheet, max([HEADER_DEPTH, *(lo.area.top for lo in here)]))
        for lo in here:
            marked = ours.get(lo, "")
            if not marked or marked in inputs:
                cells = _texts(grid, lo.area.top - 1, lo.area.left - 1, lo.area.right)
                body = replace(lo.area, bottom=lo.area.bottom - lo.totals_rows)
                yield HeaderRow(sheet, lo.area.top, cells, body.bottom, lo.name, marked, body, bool(lo.totals_rows))
        ends = {column for of, column in numbered if of == sheet}
        yield from _plain_rows(sheet, grid[:HEADER_DEPTH], here, wanted, ends)


def _plain_rows(
    sheet: str,
    grid: Sequence[Sequence[object]],
    objects: Sequence[ListObject],
    wanted: Mapping[tuple[str, str], str],
    ends: Set[int],
) -> Iterator[HeaderRow]:
    """The rows of a sheet that may be headers; `ends`: columns of numbers we made, with which a list ends."""
    for i in range(len(grid)):
        cells = {j: text for j, text in _texts(grid, i).items() if not _inside(objects, i + 1, j)}
        if not cells:
            continue
        gaps = _gaps(grid[i:], cells) | (ends & cells.keys())
        parts = [HeaderRow(sheet, i + 1, part) for part in _segments(cells)]
        lists = parts if _each_a_list(parts, wanted) else [HeaderRow(sheet, i + 1, cells, gaps=gaps)]
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
                    both = titles | row.cells
                    yield replace(row, cells=both, gaps=_gaps(grid[i:], both) | (ends & both.keys()))


def _gaps(grid: Sequence[Sequence[object]], cells: Mapping[int, str]) -> frozenset[int]:
    """The columns between headers in which nothing stands."""
    between = set(range(min(cells), max(cells))) - cells.keys()
    return frozenset(j for j in between if all(len(line) < j or line[j - 1] in (None, "") for line in grid))


def _each_a_list(parts: Sequence[HeaderRow], wanted: Mapping[tuple[str, str], str]) -> bool:
    """Whether of neighbours, blank columns between them, two are whole tables that both have a column which one of them needs."""
    if len(parts) < 2:
        return False
    whole = [place for part in parts if (place := best_fit(part, wanted)) and not place.lacks]
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
        and not _again(p, place)
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
