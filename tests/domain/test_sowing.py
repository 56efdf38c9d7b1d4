import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.sowing import capped, lead_weeks, orders_wanted, sow, whole


def test_worked_plan():
    # tiers B, A; two weeks left with 2 and 1 orders, then 2 a week; leads of 2 weeks and 1
    got = sow(np.array([2, 1, 2, 2]), np.array([4.0, 2.0]), np.array([0.5, 0.5]), np.array([2, 1]))
    moves = whole(got.moves)
    assert moves[1, :2].tolist() == [4, 4]
    assert moves[0, :2].tolist() == [12, 8]
    assert got.late.tolist() == [[True, False, False, False]] * 2
    # with time enough nothing is late
    assert not sow(np.array([0, 2]), np.array([0.0, 0.0]), np.array([0.5, 0.5]), np.array([0, 1])).late.any()
    # what is late of them: A 2 for the first week's orders, B 4 for the second's
    early = sow(np.array([2, 0, 0, 0]), np.array([4.0, 2.0]), np.array([0.5, 0.5]), np.array([2, 1])).moves
    assert early[1, 0] == 2
    assert sow(np.array([2, 1, 0, 0]), np.array([4.0, 2.0]), np.array([0.5, 0.5]), np.array([2, 1])).moves[0, 0] == 4


def test_orders_by_week():
    left, beyond = orders_wanted(10, np.array([3.0, 5, 5]), np.array([5.0, 5.0]), 0.4)
    assert left.tolist() == [2, 4, 4]
    assert beyond.tolist() == [2, 2]
    assert orders_wanted(np.nan, np.ones(2), np.ones(1), 0.0)[0].tolist() == pytest.approx([np.nan] * 2, nan_ok=True)
    assert orders_wanted(4, np.zeros(0), np.ones(1), 1.0)[0].tolist() == []
    assert orders_wanted(4, np.zeros(1), np.ones(1), 1.0)[0].tolist() == [0]
    assert orders_wanted(4, np.full(1, 0.5), np.ones(1), 1.0)[0].tolist() == [4]


def test_a_rate_of_nothing_plans_nothing_below_it():
    got = sow(np.array([2.0]), np.array([4.0, 2.0]), np.array([0.5, 0.0]), np.array([0, 0]))
    assert np.isnan(got.moves).all()
    none = sow(np.array([0.0]), np.array([4.0, 2.0]), np.array([0.5, 0.0]), np.array([0, 0]))
    assert none.moves.tolist() == [[0], [0]]


def test_lead_times_are_rounded_to_weeks():
    assert lead_weeks(np.array([0, 3, 3.5, 10.4, 10.5])).tolist() == [0, 0, 1, 1, 2]


def test_what_cannot_be_called_this_week_is_put_off():
    assert capped(np.array([12.0, 8, 0]), np.array([10.0, 9, 9])).tolist() == [10, 9, 1]
    assert capped(np.array([np.nan]), np.array([3.0])).tolist() == pytest.approx([np.nan], nan_ok=True)


def test_sums_are_rounded_up_not_weeks():
    assert whole(np.array([0.5, 0.5, 0.5, 0.0])).tolist() == [1, 0, 1, 0]
    assert whole(np.array([1 / 3] * 3)).tolist() == [1, 0, 0]
    assert [str(n) for n in whole(np.zeros(2)).tolist()] == ["0.0", "0.0"]  # not -0.0


wanted = st.lists(st.integers(0, 9), min_size=4, max_size=8)


@given(
    orders=wanted,
    stock=st.lists(st.integers(0, 30), min_size=3, max_size=3),
    leads=st.lists(st.integers(0, 4), min_size=3, max_size=3),
)
def test_all_that_is_wanted_is_moved_and_more_stock_never_asks_for_more(orders, stock, leads):
    rates, orders = np.array([0.5, 0.4, 0.8]), np.array(orders, dtype=float)
    got = sow(orders, np.array(stock, dtype=float), rates, np.array(leads))
    x = orders.sum()
    for i in (2, 1, 0):
        x = max(0.0, x / rates[i] - stock[i])
        assert got.moves[i].sum() == pytest.approx(x)
    more = sow(orders, np.array(stock) + 1.0, rates, np.array(leads))
    assert (np.cumsum(more.moves, axis=1) <= np.cumsum(got.moves, axis=1) + 1e-9).all()
    assert whole(got.moves).sum() <= np.ceil(got.moves.sum(axis=1) - 1e-9).sum()
