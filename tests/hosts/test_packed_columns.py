"""A grid kept as bytes comes back with every cell the same, in value and in kind."""

from __future__ import annotations

import struct
from datetime import date, datetime, time, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.column_grid import ColumnGrid
from funnelbook.book.ports import CellError
from funnelbook.hosts.ooxml.packed_columns import packed, unpacked
from support.examples import examples

VALUES = st.one_of(
    st.none(),
    st.text(),
    st.text(st.characters(min_codepoint=0x10000)),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(-10_000), timedelta(3_000_000)),
    st.sampled_from([CellError("#N/A"), CellError("#DIV/0!"), "", "\x00", "\ud800", -0.0, "业务员01"]),
)


@st.composite
def grids(draw: st.DrawFn) -> ColumnGrid:
    values = draw(st.lists(VALUES, max_size=30))
    height = draw(st.integers(0, 12))
    columns = draw(st.lists(st.lists(st.integers(-1, len(values)), min_size=height, max_size=height), max_size=4))
    return made(values, *columns)


def made(values: list[object], *columns: list[int]) -> ColumnGrid:
    """A grid of which -1 and the last place are blank."""
    held = np.full(len(values) + 1, None, dtype=object)
    held[:-1] = values
    return ColumnGrid(held, [np.array(column, dtype=np.int32) for column in columns])


def exact(value: object) -> tuple[type, object]:
    return type(value), struct.pack("<d", value) if isinstance(value, float) else value


def told(grid: ColumnGrid) -> object:
    return [list(map(exact, row)) for row in grid], list(map(exact, grid.values)), [c.tolist() for c in grid.places]


@settings(max_examples=examples(300), deadline=None)
@given(grids())
def test_every_cell_comes_back(grid):
    assert told(unpacked(packed(grid))) == told(grid)


def test_days_and_times_at_the_ends_of_the_calendar_come_back():
    values = [datetime.min, datetime.max, datetime(1900, 3, 1, 0, 0, 0, 1), date.min, date.max, time.max, time.min]
    grid = made(values, list(range(len(values))))
    assert [row[0] for row in unpacked(packed(grid))] == values


def test_many_different_cells_come_back():
    values = [f"K{n:06d}" for n in range(70_000)] + [n / 7 for n in range(70_000)]
    grid = made(values, list(range(70_000)), [-1, *range(139_999, 70_000, -1)])
    assert told(unpacked(packed(grid))) == told(grid)


def test_a_grid_with_something_that_no_sheet_has_is_not_kept():
    assert packed(made(["a", b"bytes"], [0, 1])) is None
