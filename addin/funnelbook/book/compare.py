"""In what two workbooks differ, table by table, in numbers of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book.labels import title
from funnelbook.book.locate import locate
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Area, Book, ListObject
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import Objects
from funnelbook.words import say

_WIDEST_KEY = 4  # columns at the left that tell rows apart

_Key = tuple[str, bool]  # of a table: its schema name and True, or the user's name for it and False


@dataclass(frozen=True)
class Difference:
    """Rows of one table, by its schema name or its own, that come, change and go from one workbook to the other.

    `cells`: outside tables, the number of cells of the sheet `table` that differ. `worked_out`: of a sheet whose tables each refresh
    works out anew. `known`: `table` is a schema name, not one the user gave, which may be the same word.
    """

    table: str
    sheet: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    cells: int = 0
    worked_out: bool = False
    known: bool = True

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    def text(self, language: str) -> str:
        """As in: 客户增加 3 行、修改 1 行."""
        counts = {"rows_added": self.added, "rows_changed": self.changed, "rows_removed": self.removed}
        counts["cells_differ"] = self.cells
        told = [say(code, language, count=count) for code, count in counts.items() if count]
        name = title(TABLES[self.table], language) if self.known and self.table in TABLES else self.table
        return say("table_differs", language, table=name, how=say("listed", language).join(told))


def told(differences: Sequence[Difference], language: str) -> str:
    """Differences in one line: users' tables one by one, sheets that every refresh works out anew by their number."""
    own = [one.text(language) for one in differences if not one.worked_out]
    results = {one.sheet for one in differences if one.worked_out}
    if results:
        own.append(say("results_differ", language, count=len(results)))
    return say("between", language).join(own) or say("only_looks_differ", language)


def differences(before: Book, after: Book) -> list[Difference]:
    """In what the values of two workbooks differ, tables in the order of `after`; formats and formulas are not looked at."""
    old, new = _Content(before), _Content(after)
    sheets, ours = old.sheets | new.sheets, old.results | new.results
    found: list[Difference] = []
    for key in {**new.tables, **old.tables}:
        counts = _rows(old.tables.get(key), new.tables.get(key))
        found.append(Difference(key[0], sheets[key], **counts._asdict(), worked_out=sheets[key] in ours, known=key[1]))
    for sheet in {**new.grids, **old.grids}:
        covered = [*old.areas.get(sheet, ()), *new.areas.get(sheet, ())]
        cells = _cells(old.grids.get(sheet, []), new.grids.get(sheet, []), covered)
        found.append(Difference(sheet, sheet, cells=cells, worked_out=sheet in ours, known=False))
    return [one for one in found if one.added or one.changed or one.removed or one.cells]


class _Content:
    """The tables of a workbook as frames of the values, its sheets with where those tables stand, and those with results on them."""

    def __init__(self, book: Book) -> None:
        self.grids = {sheet: book.grid(sheet) for sheet in book.sheets()}
        self.areas: dict[str, list[Area]] = {}
        self.tables: dict[_Key, pd.DataFrame] = {}
        self.sheets: dict[_Key, str] = {}
        ours = owned(book)
        self.results = {table.sheet for table in ours.results.values()}
        for key, sheet, area, totals in _tables(book, ours.tables):
            grid = self.grids[sheet]
            bottom = min(area.bottom, len(grid))
            self.areas.setdefault(sheet, []).append(area)
            rows = [row[area.left - 1 : area.right] for row in grid[area.top - 1 : bottom]]
            if rows:
                self.sheets[key] = sheet
                self.tables[key] = _frame(rows[0], rows[1 : len(rows) - totals])


def _tables(book: Book, ours: Mapping[str, ListObject]) -> Iterator[tuple[_Key, str, Area, int]]:
    """Key, sheet, place and totals rows of Excel's tables and of plain ranges that are ours to read."""
    marked = {table: name for name, table in ours.items()}
    listed = book.list_objects()
    plain = []
    read: dict[ListObject, str] = {}
    for place in locate(book).places.values():
        columns = place.columns.values()
        area = Area(place.header_row, min(columns), place.last_row or len(book.grid(place.sheet)), max(columns))
        over = [lo for lo in listed if lo.sheet == place.sheet and _on_its_head(area, lo.area)]
        read |= dict.fromkeys(over, place.table)
        if not over:
            plain.append(((place.table, True), place.sheet, area, 0))
    for table in listed:
        name = marked.get(table) or read.get(table)
        yield (name or table.name, bool(name)), table.sheet, table.area, table.totals_rows
    yield from plain


def _on_its_head(area: Area, other: Area) -> bool:
    return area.top == other.top and other.left <= area.left <= other.right


def _frame(header: Sequence[object], rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    names = [str(name or "") for name in header]
    twice = Counter(names)
    columns = [f"{name} {i}" if twice[name] > 1 else name for i, name in enumerate(names)]
    frame = pd.DataFrame(_filled(rows, len(columns)), columns=columns, dtype=object)
    return frame[(frame != "").any(axis=1)].reset_index(drop=True)


def _filled(rows: Sequence[Sequence[object]], width: int) -> Objects:
    """Cells as an array of objects, the blank ones all alike."""
    cells = np.full((len(rows), width), "", dtype=object)
    for i, row in enumerate(rows):
        cells[i, : len(row)] = row
    cells[cells == None] = ""  # noqa: E711 - of each cell
    return cells


class _Counts(NamedTuple):
    """Of rows that come, change and go."""

    added: int = 0
    changed: int = 0
    removed: int = 0


def _rows(old: pd.DataFrame | None, new: pd.DataFrame | None) -> _Counts:
    if old is None or new is None:
        return _Counts(added=0 if new is None else len(new), removed=0 if old is None else len(old))
    shared = [column for column in map(str, new) if column in old]
    wide = next(
        (k for k in range(1, _WIDEST_KEY + 1) if _tells_apart(old, shared[:k]) and _tells_apart(new, shared[:k])), 0
    )
    if not wide:
        before, after = Counter(map(tuple, old.to_numpy())), Counter(map(tuple, new.to_numpy()))
        return _Counts(added=(after - before).total(), removed=(before - after).total())
    was, now = _index(old, shared[:wide]), _index(new, shared[:wide])
    at = now.get_indexer(was)
    both = at >= 0
    one, other = old.loc[both, shared].to_numpy(), new.iloc[at[both]][shared].to_numpy()
    widened = set(old) ^ set(new)
    changed = both.sum() if widened else (one != other).any(axis=1).sum()
    return _Counts(len(now) - int(both.sum()), int(changed), int((~both).sum()))


def _tells_apart(frame: pd.DataFrame, columns: list[str]) -> bool:
    return bool(columns) and _index(frame, columns).is_unique


def _index(frame: pd.DataFrame, columns: list[str]) -> pd.Index:
    return pd.Index(list(map(tuple, frame[columns].to_numpy())), tupleize_cols=False)


def _cells(old: Sequence[Sequence[object]], new: Sequence[Sequence[object]], covered: Sequence[Area]) -> int:
    """How many cells outside the tables differ."""
    height = max(len(old), len(new))
    width = max((len(row) for row in (*old, *new)), default=0)
    one, other = (_filled([*grid, *[[]] * (height - len(grid))], width) for grid in (old, new))
    differ = one != other
    for area in covered:
        differ[area.top - 1 : area.bottom, area.left - 1 : area.right] = False
    return int(differ.sum())
