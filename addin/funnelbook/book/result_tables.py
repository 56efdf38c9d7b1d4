"""Result tables read back from a workbook: schema names and codes again, with the columns users added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import cell_readers, problems
from funnelbook.book.arrays import array_of, columns_of
from funnelbook.book.encode import UserColumns, row_keys
from funnelbook.book.labels import aliases, normalise
from funnelbook.book.ownership import owned
from funnelbook.book.ports import Book, Cells, ListObject, TableWrite
from funnelbook.book.schema import TABLES, Role, Table
from funnelbook.book.told_apart import kept, settled, told_apart
from funnelbook.domain.dtypes import At, Objects


@dataclass(frozen=True)
class ResultTable:
    """A result table as it stands in a workbook: its header row; its other cells are read when they are asked for, before a write."""

    book: Book
    table: Table
    place: ListObject
    header: list[str]

    @property
    def frame(self) -> pd.DataFrame:
        """Rows by schema names; the one blank row, shown when there are none, is no row."""
        return self._rows.frame

    @property
    def entries(self) -> pd.DataFrame:
        """The cells of entry columns as typed, None where blank, row by row as in `frame`."""
        return self._rows.entries

    @property
    def rows(self) -> At:
        """The rows of `frame` in the sheet."""
        return self._rows.at

    def as_they_stand(self, column: str) -> list[object]:
        """The cells of a column row by row as in `frame`, spaces at their ends with them."""
        at = next(j for j, name in self._ours.items() if name == column) + self.place.area.left - 1
        grid = self.book.grid(self.place.sheet)
        return [grid[row - 1][at] for row in self.rows]

    def still_to_write(self, write: TableWrite) -> TableWrite | None:
        """What is left of a write; of a log that was read, whose rows are hundreds of thousands, not those it holds already."""
        if "_rows" not in vars(self) or self.table.role is not Role.LOG:
            return write
        standing, area = len(self.rows), self.place.area
        plain = not write.note and write.pages is None and write.chart_rows is None
        if not plain or not standing == area.bottom - area.top <= write.rows or self.header != list(write.headers):
            return write
        if len(self._rows.raw) != len(write.columns):  # a column without a header
            return write
        if not all(_are(raw, cells[:standing]) for raw, cells in zip(self._rows.raw, write.columns, strict=True)):
            return write
        return replace(write, standing=standing) if standing < write.rows else None

    @cached_property
    def user(self) -> UserColumns:
        """The header row, and the values of columns users added."""
        ours, theirs = self._ours, self._theirs
        order = tuple(ours.get(j, text) for j, text in enumerate(self.header) if j in ours or j in theirs)
        if not theirs:
            return UserColumns(order)
        keys = row_keys(self.table, self.frame)
        return UserColumns(
            order,
            {
                text: {k: v for k, v in zip(keys, self._rows.theirs[j], strict=True) if v is not None}
                for j, text in theirs.items()
            },
        )

    @cached_property
    def _ours(self) -> dict[int, str]:
        """Schema column at each position; the first of two equal headers is ours."""
        table = self.table
        by_alias = {alias: column.name for column in reversed(table.columns) for alias in aliases(table, column.name)}
        names: dict[int, str] = {}
        for j, text in enumerate(self.header):
            name = by_alias.get(normalise(text))
            if name and name not in names.values():
                names[j] = name
        return names

    @property
    def _theirs(self) -> dict[int, str]:
        """Header at each position users added."""
        return {j: text for j, text in enumerate(self.header) if j not in self._ours and text}

    @cached_property
    def _rows(self) -> _Rows:
        area, date1904 = self.place.area, self.book.date1904
        body = self.book.grid(self.place.sheet)[area.top : area.bottom - self.place.totals_rows]
        raw = [settled(array_of(column)) for column in columns_of(body, area.right)[area.left - 1 :]]
        raw += [np.full(len(body), None, dtype=object)] * (len(self.header) - len(raw))
        filled = np.zeros(len(body), dtype=bool)
        for column in raw:
            filled |= told_apart(column).filled
        at = np.arange(area.top + 1, area.top + 1 + len(body))
        if not filled.all():
            raw, at = [kept(column, filled) for column in raw], at[filled]
        none = np.full(len(at), None, dtype=object)
        ours = {name: raw[j] for j, name in self._ours.items()}
        frame = blank(self.table) if not len(at) else _typed(self.table, ours, none, date1904)
        typed = {c.name: ours.get(c.name, none) for c in self.table.columns if c.entry}
        entries = pd.DataFrame(typed, index=frame.index, dtype=object)
        return _Rows(frame, entries, at, raw if self.table.role is Role.LOG else [], {j: raw[j] for j in self._theirs})


class _Rows(NamedTuple):
    frame: pd.DataFrame
    entries: pd.DataFrame
    at: At
    raw: list[Objects]  # of a log, all its cells
    theirs: dict[int, Objects]  # position -> cells of a column users added


def present(book: Book) -> dict[str, ListObject]:
    """Result tables of a workbook by schema name: those that are ours, whatever they are called."""
    return owned(book).results


def read_all(book: Book) -> dict[str, ResultTable]:
    """Every result table of a workbook by schema name."""
    return {name: read(book, TABLES[name], place) for name, place in present(book).items()}


def read(book: Book, table: Table, place: ListObject) -> ResultTable:
    """A result table that stands at a place."""
    area = place.area
    header = book.head(place.sheet, area.top)[area.top - 1][area.left - 1 : area.right]
    return ResultTable(book, table, place, list(map(_text, header)))


def blank(table: Table) -> pd.DataFrame:
    """A result table without rows, typed as `read` types it."""
    return _blank(table).copy(deep=False)


@cache
def _blank(table: Table) -> pd.DataFrame:
    return _typed(table, {}, np.zeros(0, dtype=object), date1904=False)


def _typed(table: Table, cells: Mapping[str, Objects], none: Objects, date1904: bool) -> pd.DataFrame:
    """The cells of a table's columns as they are read; `none` those of a column that is not there."""
    found = {c.name: cell_readers.plain(cells.get(c.name, none), c, date1904) for c in table.columns}
    frame = pd.DataFrame(found)
    return problems.schema_names(frame) if table.name in problems.NAMING else frame


def _are(raw: Objects, cells: Cells) -> bool:
    """Whether the cells of a column are those that are to stand there, in value and in kind."""
    kinds = set(map(type, told_apart(raw).values))
    if not isinstance(cells, np.ndarray):
        return kinds <= {str} and raw.tolist() == [None if v == "" else v for v in cells]
    if cells.dtype.kind == "M":
        return kinds <= {date, datetime} and np.array_equal(
            pd.to_datetime(pd.Index(raw, dtype=object), cache=False).to_numpy("datetime64[s]"), cells, equal_nan=True
        )
    return kinds <= {float} and np.array_equal(raw.astype(float), cells.astype(float), equal_nan=True)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
