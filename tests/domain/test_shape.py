import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.shape import groups, ideal_share, shape

RATES = np.array([0.5, 0.4, 0.5, 0.6, 0.8])
DWELL = np.array([14, 10, 10, 7, 5])


def test_the_ideal_share_by_hand():
    # d / product of the rates from the tier up: 14/.048, 10/.096, 10/.24, 7/.48, 5/.8
    weight = np.array([291.6667, 104.1667, 41.6667, 14.5833, 6.25])
    assert ideal_share(RATES, DWELL) == pytest.approx(weight / weight.sum(), rel=1e-5)


@pytest.mark.parametrize(
    ("stock", "name"),
    [
        ([3, 2, 1, 1, 1], "too_few"),
        ([127, 46, 18, 6, 3], "ideal"),
        ([40, 20, 20, 60, 60], "top_heavy"),
        ([150, 60, 90, 10, 3], "bulge"),
        ([110, 60, 0, 15, 10], "hour_glass"),
        ([100, 40, 18, 30, 10], "mixed"),
    ],
)
def test_names(stock, name):
    assert shape(stock, RATES, DWELL).name == name


def test_bottom_heavy_needs_an_ideal_that_leaves_room_at_the_bottom():
    # equal dwell and rates near 1 make all tiers alike: 40 % of the customers belong in the bottom two
    assert shape([90, 70, 40, 0, 0], np.full(5, 0.99), np.full(5, 7)).name == "bottom_heavy"


@pytest.mark.parametrize(
    ("n", "sizes"), [(2, (1, 0, 1)), (3, (1, 1, 1)), (4, (2, 0, 2)), (5, (2, 1, 2)), (8, (2, 4, 2))]
)
def test_groups(n, sizes):
    assert tuple(len(range(n)[g]) for g in groups(n)) == sizes


@given(st.lists(st.integers(0, 300), min_size=2, max_size=12))
def test_any_stock_has_a_name_and_the_expected_numbers_add_up(stock):
    got = shape(stock, np.full(len(stock), 0.5), np.full(len(stock), 7.0))
    assert got.name in {"too_few", "ideal", "top_heavy", "bulge", "hour_glass", "bottom_heavy", "mixed"}
    assert got.expected.sum() == pytest.approx(sum(stock))
