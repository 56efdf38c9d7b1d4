"""Blocks of cells to be cleared."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.hosts.live_values import emptied

CELLS = st.sampled_from(["", "x", 0.0])


@st.composite
def two_states(draw):
    rows, width = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    columns = st.lists(st.lists(CELLS, min_size=rows, max_size=rows), min_size=width, max_size=width)
    return draw(columns), draw(columns)


@given(two_states())
def test_every_cell_that_becomes_blank_is_in_one_block_and_no_other_is(states):
    before, after = states
    cleared = Counter(
        (column, row)
        for left, top, right, bottom in emptied(before, after)
        for column in range(left, right + 1)
        for row in range(top, bottom + 1)
    )
    wanted = Counter(
        (j, i)
        for j, (old, new) in enumerate(zip(before, after, strict=True))
        for i, (was, value) in enumerate(zip(old, new, strict=True))
        if was != "" and value == ""
    )
    assert cleared == wanted


@pytest.mark.parametrize(
    ("before", "after", "blocks"),
    [
        (["ab", "cd"], [["a", ""], ["c", ""]], {(0, 1, 1, 1)}),  # a row
        (["abc"], [["", "b", ""]], {(0, 0, 0, 0), (0, 2, 0, 2)}),
        (["ab", "cd", "ef"], [["", ""], ["c", "d"], ["", ""]], {(0, 0, 0, 1), (2, 0, 2, 1)}),
    ],
)
def test_neighbouring_columns_are_one_block(before, after, blocks):
    assert set(emptied(before, after)) == blocks
