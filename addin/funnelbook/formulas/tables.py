"""Arguments that are tables: ranges with headers, or bare columns where their meaning is clear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from funnelbook.book import values
from funnelbook.book.cell_readers import tier_words
from funnelbook.book.decode import Inputs, decode
from funnelbook.book.labels import Header, aliases, normalise
from funnelbook.book.locate import Located
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, CellError, ListObject
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import Moments, Objects
from funnelbook.domain.tiers import BadTiers, Tiers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.formulas.cells import Grid, day_of, days, flat, numbers, objects, texts
from funnelbook.formulas.errors import VALUE, FormulaError
from funnelbook.formulas.formula import Argument


class Ranges:
    """A Book of ranges, each on a sheet named like its table, so that formulas read tables as a refresh does."""

    name, date1904 = "ranges", False

    def __init__(self, grids: dict[str, Grid]) -> None:
        self.grids = grids

    def sheets(self) -> Sequence[str]:
        return list(self.grids)

    def list_objects(self) -> Sequence[ListObject]:
        return []

    def head(self, sheet: str, rows: int) -> Grid:
        return self.grids[sheet][:rows]

    def grid(self, sheet: str) -> Grid:
        return self.grids[sheet]


def read(as_of: date, **ranges: Grid) -> Inputs:
    """The Inputs of ranges with headers, given by table name. FormulaError names a range or column that is not there."""
    places = {name: _place(name, cells) for name, cells in ranges.items()}
    return decode(cast("Book", Ranges(ranges)), Located(places), as_of)


def _place(name: str, cells: Grid) -> Place:
    columns = headers_of(name, cells)
    table = TABLES[name]
    lacking = [c.name for c in table.columns if c.required and c.name not in columns]
    if lacking:
        raise FormulaError(VALUE, "no_column", column=Header(name, lacking[0]))
    typed = {c: str(cells[0][j - 1]) for c, j in columns.items()}
    return Place(name, name, 1, None, columns, typed)


def headers_of(name: str, cells: Grid) -> dict[str, int]:
    """Columns (from 1) of a table that the first row names, by schema name."""
    known = {alias: c.name for c in reversed(TABLES[name].columns) for alias in reversed(aliases(TABLES[name], c.name))}
    columns: dict[str, int] = {}
    for j, value in enumerate(cells[0], 1):
        found = known.get(normalise(value)) if isinstance(value, str) else None
        if found and found not in columns:
            columns[found] = j
    return columns


def calendar(cells: Grid) -> WorkCalendar:
    """A Calendar table, two columns (day, worked), or days off as for Excel's WORKDAY."""
    named = headers_of("Calendar", cells)
    if "date" in named:
        return WorkCalendar.from_frame(read(date.max, Calendar=cells).frames["Calendar"])
    if len(cells[0]) == 2 and _are_flags(cells):
        days_, works = days([[row[0]] for row in cells]), [values.flag(row[1]) for row in cells]
    else:
        days_ = days(cells)
        works = [False] * len(days_)
    frame = pd.DataFrame({"date": days_.astype("datetime64[s]"), "workday": works, "weight": np.nan})
    return WorkCalendar.from_frame(frame)


CALENDAR = Argument("calendar", calendar, optional=True)


def _are_flags(cells: Grid) -> bool:
    return all(row[1] is None or values.flag(row[1]) is not values.BAD for row in cells)


def tiers(cells: Grid) -> Tiers:
    """The tiers of a Tiers table, of codes (lowest first), or of two columns: code and days between contacts."""
    if "code" in headers_of("Tiers", cells):
        inputs = read(date.max, Tiers=cells)
        return inputs.tiers
    if len(cells) > 1 and len(cells[0]) == 2:
        codes, cadence = texts([[row[0]] for row in cells]), numbers([[row[1]] for row in cells])
        return _tiers(pd.DataFrame({"code": codes, "cadence_days": cadence}))
    return _tiers(pd.DataFrame({"code": texts(cells)}))


def _tiers(frame: pd.DataFrame) -> Tiers:
    try:
        return Tiers.from_frame(frame)
    except BadTiers as error:
        raise FormulaError(VALUE, error.code, **error.fields) from error


def numbers_of(tiers: Tiers, codes: Objects) -> NDArray[np.int8]:
    """int8 numbers of tiers as people write them (b, B类, 成交); -1 for blanks and for what is none."""
    spelled = tier_words(tiers.codes, tiers.names)
    place, distinct = pd.factorize(codes)
    known = [spelled.get(normalise(v)) if isinstance(v, str) else None for v in distinct]
    return np.append(tiers.encode(objects(known)), np.int8(-1))[place]


def outcomes(cells: Grid) -> dict[str, str | None]:
    """Tier (None: stays) after each call result, by result as it is compared: an Outcomes table or two columns."""
    named = headers_of("Outcomes", cells)
    if {"outcome", "tier_after"} <= set(named):
        cells = [[row[named["outcome"] - 1], row[named["tier_after"] - 1]] for row in cells[1:]]
    if not cells or len(cells[0]) < 2:
        raise FormulaError(VALUE, "two_columns")
    return {normalise(row[0]): values.text(row[1]) for row in cells if row[0] is not None}


def as_texts(cells: Grid) -> Objects:
    """Texts as an object array, None for blanks and errors of cells."""
    try:
        return texts(cells)
    except FormulaError:
        return texts([[None if isinstance(v, CellError) else v for v in row] for row in cells])


def as_days(cells: Grid) -> Moments:
    """Days as datetime64[D], NaT for what is no day."""
    try:
        return days(cells)
    except FormulaError:
        found = [None if isinstance(v, CellError) or (d := day_of(v)) is values.BAD else d for v in flat(cells)]
        return np.array(found, dtype="datetime64[s]").astype("datetime64[D]")
