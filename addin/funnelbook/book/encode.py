"""Result tables as they are shown: codes become words of the workbook's language, columns that users added are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes, problems
from funnelbook.book.column_letters import column_letters
from funnelbook.book.labels import header
from funnelbook.book.place import Place
from funnelbook.book.ports import Cells, Link, TableWrite
from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.domain.dtypes import Numbers

WHOLE_NOISE = 1e-9  # a rate or sum this close to a rounder number is that number
DECIMALS = 12


@dataclass(frozen=True)
class UserColumns:
    """What users added to a result table: the header row as it stands and, per added header, value by row key."""

    headers: tuple[str, ...] = ()  # schema names for ours, the text as typed for theirs
    added: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def with_values(self, waiting: Mapping[str, Mapping[str, object]]) -> UserColumns:
        """These columns with values that waited for their row to come back; what stands in a cell goes first."""
        return UserColumns(
            self.headers, {name: {**waiting.get(name, {}), **values} for name, values in self.added.items()}
        )


class Waiting(NamedTuple):
    """A row of Kept: a value in a column that users added, of a row that is not there now."""

    table: str
    row_key: str
    column: str
    value: object


def encode(
    table: Table,
    frame: pd.DataFrame,
    language: str,
    user: UserColumns | None = None,
    note: str = "",
    chart_rows: int | None = None,
    places: Mapping[str, Place] | None = None,
) -> TableWrite:
    """The write that puts `frame` (schema names and codes) into its table.

    A column order that a user chose stays; a column that a user deleted comes back at the end. With the `places` of the input
    tables the rows of Problems lead there. Source: workbook.md.
    """
    user = user or UserColumns()
    cells = problems.shown(frame, language) if table.name in problems.NAMING else frame
    order = [*user.headers, *(name for name in table.names if name not in user.headers)]
    keys = row_keys(table, frame) if user.added else []
    headers: list[str] = []
    columns: list[Cells] = []
    for name in order:
        if name in table.by_name:
            headers.append(header(table, name, language))
            column = table.by_name[name]
            if not len(frame):
                columns.append([])
            elif column.entry:
                columns.append(as_typed(cells[name]))
            elif column.link and places:
                columns.append(_linked(frame, np.asarray(shown(table, column, frame[name], language), float), places))
            else:
                columns.append(shown(table, column, cells[name], language))
        else:
            values = user.added[name]
            headers.append(name)
            columns.append([values.get(key) for key in keys])
    return TableWrite(table.name, _unique(headers), columns, note, chart_rows, _pages(table, frame))


def _pages(table: Table, frame: pd.DataFrame) -> list[int] | None:
    """Rows where what a printed page is for changes."""
    if table.page_by is None:
        return None
    of = pd.factorize(frame[table.page_by])[0]
    return (np.flatnonzero(np.diff(of)) + 1).tolist()


def _linked(problems: pd.DataFrame, rows: Numbers, places: Mapping[str, Place]) -> list[object]:
    """Sheet rows that lead to the cell with the problem; numbers where it is in no column."""
    found: list[object] = []
    for row, t, c in zip(rows, problems["table"], problems["column"], strict=True):
        if np.isnan(row) or t not in places or not isinstance(c, str):
            found.append(row)
            continue
        place, sheet_row = places[t].at(int(row))
        found.append(Link(sheet_row, place.sheet, f"{column_letters(place.columns.get(c, 1))}{sheet_row}"))
    return found


def as_typed(values: pd.Series) -> list[object]:
    """Cells that users typed, to be put back as they were."""
    plain = (str, float, int, bool, date)
    return [None if pd.isna(v) else v if isinstance(v, plain) else str(v) for v in values]


def shown(table: Table, column: Column, values: pd.Series, language: str) -> Cells:
    """One column's cells: words for codes, blanks for missing, floats without noise."""
    match column.kind:
        case Kind.PERSON if column.name == "person" and table.role is not Role.INPUT:
            named: dict[object, object] = {
                None: codes.special(codes.TEAM, language),
                **{code: codes.share(code, language) for code in codes.SHARES},
            }
            return _mapped(values, named)
        case Kind.TIER:
            return _mapped(
                values, {code: codes.special(code, language) for code in (codes.WON, codes.LOST, codes.ORDER)}
            )
        case Kind.CODE:
            name = column.codes or ""
            return _mapped(values, {code: codes.word(name, code, language) for code in codes.lists()[name]})
        case Kind.FLAG:
            return _mapped(values.eq(True), {True: codes.flag(True, language), False: None})
        case Kind.COUNT | Kind.NUMBER | Kind.MONEY | Kind.RATE:
            return np.round(pd.to_numeric(values).to_numpy(float, na_value=np.nan), DECIMALS)
        case Kind.DATE | Kind.MOMENT:
            return pd.to_datetime(values, cache=False).to_numpy("datetime64[s]")
        case _:
            return _mapped(values, {})


def row_keys(table: Table, frame: pd.DataFrame) -> list[str]:
    """One text a row that names it among the rows of its table, whatever the language shown."""
    parts = [_key_text(table.by_name[name], frame[name]) for name in table.keys]
    return ["|".join(row) for row in zip(*parts, strict=True)]


def values_without_row(table: Table, frame: pd.DataFrame, user: UserColumns) -> list[Waiting]:
    """Values of user columns whose row is gone, to wait in Kept for its return."""
    present = set(row_keys(table, frame)) if user.added else set()
    return [
        Waiting(table.name, key, added, value)
        for added, values in user.added.items()
        for key, value in values.items()
        if key not in present and value is not None
    ]


def _key_text(column: Column, values: pd.Series) -> list[str]:
    if column.kind in (Kind.DATE, Kind.MOMENT):
        values = pd.to_datetime(values).dt.strftime("%Y-%m-%d")
    elif column.kind in (Kind.COUNT, Kind.NUMBER):
        values = pd.to_numeric(values).map(lambda x: f"{x:g}", na_action="ignore")
    return ["" if pd.isna(v) else str(v) for v in values]


def _mapped(values: pd.Series, mapping: Mapping[object, object]) -> list[object]:
    """Values with blanks as None (or what None maps to), looked up once a distinct value."""
    place, uniques = pd.factorize(values.to_numpy(object))
    table = np.array([*(mapping.get(v, v) for v in uniques), mapping.get(None)], dtype=object)
    return table[place].tolist()


def _unique(headers: list[str]) -> list[str]:
    """Excel refuses a table with two equal headers: the later ones get a number."""
    seen: dict[str, int] = {}
    unique = []
    for text in headers:
        seen[text.casefold()] = count = seen.get(text.casefold(), 0) + 1
        unique.append(text if count == 1 else f"{text}{count}")
    return unique
