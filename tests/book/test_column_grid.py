"""A grid held by columns reads as rows, as a list of rows does."""

from __future__ import annotations

import numpy as np
import pytest

from funnelbook.book.arrays import array_of, columns_of
from funnelbook.book.column_grid import ColumnGrid

ROWS = [["客户编号", None, 3.0], [None, None, None], ["K1", "甲", None]]


@pytest.fixture
def grid() -> ColumnGrid:
    values = np.array(["客户编号", 3.0, "K1", "甲", None], dtype=object)
    return ColumnGrid(values, [np.array(places, dtype=np.int32) for places in ([0, -1, 2], [-1, -1, 3], [1, -1, -1])])


def test_rows_one_by_one_and_in_slices(grid):
    assert list(grid) == ROWS
    assert len(grid) == 3
    assert grid[0] == ROWS[0]
    assert grid[-1] == ROWS[-1]
    assert list(grid[1:9]) == ROWS[1:9]
    assert list(grid[5:]) == []
    with pytest.raises(IndexError):
        grid[3]


def test_no_rows():
    assert list(ColumnGrid(np.array([None], dtype=object), [])) == []


@pytest.mark.parametrize("count", [None, 2, 5])
def test_columns_are_those_of_the_rows(grid, count):
    one, other = columns_of(grid[1:], count), columns_of(ROWS[1:], count)
    assert [list(array_of(column)) for column in one] == [list(array_of(column)) for column in other]
