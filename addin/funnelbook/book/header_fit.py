"""Which input table a header row belongs to, told by the columns it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from funnelbook.book import counted, labels
from funnelbook.book.labels import normalise
from funnelbook.book.place import Place
from funnelbook.book.ports import Area
from funnelbook.book.schema import TABLES, Table
from funnelbook.words import spellings

FEWEST_MATCHES = 2
SMALLEST_SHARE = 0.4  # of the headers of a row that must be known, or the sheet must be named like the table
# what a name of sheet or table, a match by hand, a mark add to the number of headers known
NAMED, MAPPED, MARKED = 2.0, 5.0, 100.0

_REMEMBERED = 1 << 14  # headers: they are looked at again whenever a list is looked for

NOT_USED = "~"  # before a header, in place of the column of a mapping: it names none

# By a table called so: many a list has the first of them, and a title may say it
_NEEDED = {"Settings": {"key", "value"}, "PoolRules": {"tier", "days"}}
# Of which a table has one at least, or it is another
_ONE_OF = {"Targets": {"orders", "amount", "margin", "paid", *(f"{of}_proposed" for of in ("orders", "amount"))}}


@dataclass(frozen=True)
class HeaderRow:
    """A row that may be the header of a table, on its own or of a ListObject."""

    sheet: str
    row: int
    cells: dict[int, str]  # column -> text as typed
    last_row: int | None = None
    name: str = ""  # of the ListObject
    marked: str = ""  # the table of ours that it is
    listed: Area | None = None
    totals: bool = False
    gaps: frozenset[int] = frozenset()  # columns between with nothing from the header on down


def not_used(table: str, header: str) -> tuple[str, str]:
    """The key in a mapping of a header that is to be read as no column of a table."""
    return table, f"{NOT_USED}{normalise(header)}"


def is_not_used(key: tuple[str, str]) -> bool:
    """Whether a key of a mapping is that of a header that is to be read as no column."""
    return key[1].startswith(NOT_USED)


def best_fit(row: HeaderRow, wanted: Mapping[tuple[str, str], str]) -> Place | None:
    """The table a header row fits best, if it fits one."""
    texts = {j: normalise(text) for j, text in row.cells.items()}
    likely = {row.marked.casefold()} | {
        table.casefold() for (table, _), text in wanted.items() if text in texts.values()
    }
    said = {*texts.values(), *(normalise(text) for each in row.cells.values() for text in _without_units(each))}
    likely.update(table for text in said for table in _tables_that_know().get(text, ()))
    tables = [table for table in TABLES.inputs if table.name.casefold() in likely]
    fits = [place for table in tables if (place := _fit(row, texts, table, wanted))]
    return max(fits, key=lambda p: (p.score, -len(p.lacks)), default=None)


def _fit(row: HeaderRow, texts: Mapping[int, str], table: Table, wanted: Mapping[tuple[str, str], str]) -> Place | None:
    unused = frozenset(text for key, text in wanted.items() if key[0] == table.name and is_not_used(key))
    texts = {j: text for j, text in texts.items() if text not in unused}
    columns, mapped, elsewhere = _matches(row, texts, table, wanted)
    texts = {j: text for j, text in texts.items() if j not in elsewhere}
    if texts.get(columns.get("at", 0)) in _clocks() and not mapped and is_day_apart(row.cells.values()):
        del columns["at"]  # it is for an import, which puts the two together
    marked = row.marked == table.name
    if not marked and not (columns.keys() & _ONE_OF.get(table.name, columns.keys())):
        return None
    named = normalise(row.sheet) in map(normalise, (*labels.sheet_names(table.sheet), table.name))
    named = named or row.name.casefold() == table.name.casefold()
    enough = len(columns) >= min(FEWEST_MATCHES, len(table.columns)) and len(columns) >= SMALLEST_SHARE * len(texts)
    named_enough = named and not _NEEDED.get(table.name, {c.name for c in table.columns if c.required}) - columns.keys()
    if not (marked or mapped or enough or named_enough):
        return None
    score = len(columns) + MAPPED * mapped + NAMED * named + MARKED * marked
    headers = {name: row.cells[j] for name, j in columns.items()}
    place = Place(table.name, row.sheet, row.row, row.last_row, columns, headers, score, row.listed, row.totals)
    home = _parts(row, {*columns.values()})[0]
    across = frozenset(name for name, j in columns.items() if j not in home)
    return replace(place, unused=unused, elsewhere=elsewhere, across=across)


def is_day_apart(headers: Iterable[str]) -> bool:
    """Whether a log says the day and the time of day of its calls in two columns."""
    said = set(map(normalise, headers))
    return bool(said & _clocks()) and any(normalise(word) in said for word in spellings("logs.day"))


@cache
def _clocks() -> frozenset[str]:
    """Normalised headers of times of day."""
    return frozenset(map(normalise, spellings("logs.clock")))


@lru_cache(_REMEMBERED)
def _without_units(header: str) -> tuple[str, str]:
    return counted.without_money_unit(header), counted.without_time_unit(header)


def _matches(
    row: HeaderRow, texts: Mapping[int, str], table: Table, wanted: Mapping[tuple[str, str], str]
) -> tuple[dict[str, int], int, frozenset[int]]:
    """Column of each schema column a header names, the user's own matches first, then the better aliases; how many by hand.

    The part of the row with most of them goes before what stands beyond a wholly blank column. The last are the columns of other
    lists beside it, from which only what was matched by hand is taken.
    """
    by_hand = {text: key[1] for key, text in wanted.items() if key[0] == table.name and not is_not_used(key)}
    named = [(-1, 0, j, by_hand[text]) for j, text in texts.items() if text in by_hand]
    known = _known(table.name)
    named += [(rank, order, j, name) for j, text in texts.items() for rank, order, name in known.get(text, ())]
    named += [
        (rank, order, j, name)
        for j in texts
        for text in map(normalise, _without_units(row.cells[j]))
        if text != texts[j]
        for rank, order, name in known.get(text, ())
        if normalise(counted.bare(row.cells[j], table.by_name[name])) == text
    ]
    ranked = sorted(named)
    columns: dict[str, int] = {}

    def take(part: Set[int], *, by_hand: bool = False) -> None:
        for rank, _order, j, name in ranked:
            if j in part and (rank < 0 or not by_hand) and name not in columns and j not in columns.values():
                columns[name] = j

    home, *others = _parts(row, {j for _, _, j, _ in named})
    take(home, by_hand=True)
    take(frozenset(texts), by_hand=True)
    take(home)
    elsewhere: set[int] = set()
    for part in others:
        if _is_list_of_its_own(part, texts, table, columns):
            elsewhere |= part
        else:
            take(part)
    elsewhere -= {*columns.values()}
    mapped = sum(rank < 0 and columns[name] == j for rank, _order, j, name in named)
    return {c.name: columns[c.name] for c in table.columns if c.name in columns}, mapped, frozenset(elsewhere)


def _parts(row: HeaderRow, known: Set[int]) -> list[frozenset[int]]:
    """The columns of a header row by what stands between wholly blank ones, the part with most of the `known` first."""
    parts: list[set[int]] = []
    for j in sorted(row.cells):
        if not parts or any(gap in row.gaps for gap in range(max(parts[-1]), j)):
            parts.append(set())
        parts[-1].add(j)
    by_most = sorted(parts, key=lambda part: -len(part & known))  # stable: of equals the first
    return [*map(frozenset, by_most)] or [frozenset()]


def _is_list_of_its_own(part: Set[int], texts: Mapping[int, str], table: Table, columns: Mapping[str, int]) -> bool:
    """Whether what stands beyond a blank column says again what the list has, or lists people beside customers."""
    said = [texts[j] for j in part if j in texts and j not in columns.values()]
    known = _known(table.name)
    again = any(text in known and all(name in columns for _, _, name in known[text]) for text in said)
    people = table.name == "Customers" and any(text in _known("People") and text not in known for text in said)
    return again or people


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
