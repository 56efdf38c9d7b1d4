import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.warning import expected_stock, first_dry

# two tiers: every day a quarter of the lower goes up and a quarter is lost, half of the upper is won
STEPS = np.array([[[0.5, 0.25, 0.0, 0.25], [0.0, 0.5, 0.5, 0.0], [0, 0, 1, 0], [0, 0, 0, 1.0]]])


def test_expected_stock_by_hand():
    # (16, 8) -> (8, 4 + 4) -> (4, 2 + 4); seven new ones a week are one a day
    got = expected_stock(STEPS, np.array([[16, 8]]), np.array([0.0]), np.array([0, 1, 2]))
    assert got[0].tolist() == [[16, 8], [8, 8], [4, 6]]
    got = expected_stock(STEPS, np.array([[16, 8]]), np.array([7.0]), np.array([0, 1, 2]))
    assert got[0].tolist() == [[16, 8], [9, 8], [5.5, 6.25]]


def test_the_first_week_below_what_is_needed_and_the_higher_tier_first():
    expected = np.array([[[16, 8], [8, 8], [4, 6]]], dtype=float)
    needed = np.array([[[16, 0], [8, 8], [5, 7]]], dtype=float)
    assert [part.tolist() for part in first_dry(expected, needed)] == [[1], [2]]
    needed[0, 2, 1] = 6
    assert [part.tolist() for part in first_dry(expected, needed)] == [[0], [2]]
    needed[0, 0, 0] = 16.5
    assert [part.tolist() for part in first_dry(expected, needed)] == [[0], [0]]


def test_never_dry():
    expected = np.array([[[16, 8], [8, 8]]], dtype=float)
    for needed in (expected, np.full(expected.shape, np.nan), expected + 1e-12):
        assert [part.tolist() for part in first_dry(expected, needed)] == [[-1], [-1]]
    over = np.zeros((1, 0, 2))
    assert [part.tolist() for part in first_dry(over, over)] == [[-1], [-1]]


@given(stock=st.lists(st.integers(0, 100), min_size=2, max_size=2), days=st.lists(st.integers(0, 30), max_size=6))
def test_nobody_is_made_out_of_nothing(stock, days):
    got = expected_stock(STEPS, np.array([stock]), np.array([0.0]), np.sort(np.array(days, dtype=int)))
    totals = got.sum(axis=2)[0]
    assert (np.diff(totals) <= 1e-9).all()
    assert (totals <= sum(stock) + 1e-9).all()
    one = expected_stock(STEPS, np.array([stock]), np.array([0.0]), np.array([9]))[0, 0]
    assert one == pytest.approx(np.array(stock) @ np.linalg.matrix_power(STEPS[0, :2, :2], 9))
