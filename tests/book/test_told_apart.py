"""The distinct values of columns of cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.told_apart import drawn, kept, settled, told_apart
from funnelbook.domain.dtypes import Objects

CELLS = st.lists(st.sampled_from([None, "a", "b", "c", True, False, 1.0, 0.0, 2.0]), max_size=12)


def objects(cells: list[object]) -> Objects:
    found = np.empty(len(cells), dtype=object)
    found[:] = cells
    return found


def in_order(cells: list[object]) -> tuple[list[int], list[str]]:
    """Which distinct cell each is, -1 for a blank, and what these look like: TRUE is not 1."""
    looks = [repr(cell) for cell in cells]
    distinct = list(dict.fromkeys(look for look, cell in zip(looks, cells, strict=True) if cell is not None))
    return [-1 if cell is None else distinct.index(look) for look, cell in zip(looks, cells, strict=True)], distinct


def told(cells: Objects) -> tuple[list[int], list[str]]:
    at, values = told_apart(cells)
    return at.tolist(), list(map(repr, values))


@given(CELLS)
def test_cells_are_told_apart_in_the_order_they_come(cells: list[object]) -> None:
    assert told(objects(cells)) == in_order(cells)


@given(CELLS, st.data())
def test_cells_drawn_from_values_are_told_apart_as_if_they_stood_there(
    values: list[object], data: st.DataObject
) -> None:
    places = data.draw(st.lists(st.integers(-1, len(values) - 1), max_size=20))
    cells = drawn(objects([*values, None]), np.array(places, dtype=np.int32))
    assert told(cells) == in_order([None if place < 0 else values[place] for place in places])


@given(CELLS, st.data())
def test_some_of_the_cells_are_told_apart_by_themselves(cells: list[object], data: st.DataObject) -> None:
    keep = data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))
    all_of_them = settled(objects(cells))
    told_apart(all_of_them)
    some = kept(all_of_them, np.array(keep, dtype=bool))
    assert told(some) == in_order([cell for cell, there in zip(cells, keep, strict=True) if there])


def test_what_is_remembered_cannot_be_written_into() -> None:
    cells = settled(objects(["a", "b"]))
    assert told_apart(cells) is told_apart(cells)
    with pytest.raises(ValueError, match="read-only"):
        cells[0] = "b"


def test_what_can_be_written_into_is_looked_at_anew() -> None:
    cells = objects(["a", "b"])
    assert told(cells) == ([0, 1], ["'a'", "'b'"])
    cells[0] = "b"
    assert told(cells) == ([0, 0], ["'b'"])
