from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.drivers import shapley

TARGET, ACTUAL = [1000, 0.3, 0.2, 0.25, 2000], [800, 0.33, 0.2, 0.2, 2100]


def by_every_order(target, actual):
    """The definition: change the factors one by one, in every order, and average what each change did."""
    orders = list(permutations(range(len(target))))
    parts = np.zeros(len(target))
    for order in orders:
        now = list(target)
        for i in order:
            before = np.prod(now)
            now[i] = actual[i]
            parts[i] += np.prod(now) - before
    return parts / len(orders)


def by_integral(target, actual):
    """The diagonal formula (Owen 1972): change times the mean product of the others on the way from target to actual."""
    target, actual = np.asarray(target, dtype=float), np.asarray(actual, dtype=float)
    at, weight = np.polynomial.legendre.leggauss(8)
    way = target + np.outer((at + 1) / 2, actual - target)
    return [(actual - target)[i] * (weight / 2 @ np.delete(way, i, axis=1).prod(axis=1)) for i in range(len(target))]


def test_worked_values():
    parts = shapley(TARGET, ACTUAL)
    assert parts == pytest.approx([-5798.5, 2496.5, 0, -5798.5, 1276.5])
    assert parts[2] == 0
    assert parts.sum() == pytest.approx(22_176 - 30_000)


def test_by_hand():
    # 2 x 3 to 4 x 5: the first alone +6 or, last, +10; the second +4 or +8
    assert shapley([2, 3], [4, 5]) == pytest.approx([8, 6])
    assert shapley([7], [4]) == pytest.approx([-3])


def test_zeros_are_safe():
    assert shapley([0, 0, 5], [3, 0, 5]).tolist() == [0, 0, 0]
    assert shapley([10, 0.5], [0, 0]) == pytest.approx([-2.5, -2.5])
    assert shapley([0, 0], [2, 3]) == pytest.approx([3, 3])


def test_ten_factors_against_the_integral():
    random = np.random.default_rng(5)
    target, actual = random.uniform(0.5, 2, 10), random.uniform(0.5, 2, 10)
    assert shapley(target, actual) == pytest.approx(by_integral(target, actual), rel=1e-11)


@pytest.mark.parametrize(
    ("target", "actual", "says"),
    [
        (np.ones(11), np.ones(11), "1 to 10"),
        ([], [], "1 to 10"),
        ([1, 2], [1], "same length"),
        (3, 4, "same length"),
        ([1, np.nan], [1, 2], "finite"),
        ([1, 2], [np.inf, 2], "finite"),
        ([1e200, 1e200], [1, 1e200], "too large"),
        ([1, 1, 1e200], [2, 2, -1e308], "too large"),
    ],
)
def test_what_cannot_be_meant_is_refused(target, actual, says):
    with pytest.raises(ValueError, match=says):
        shapley(target, actual)


numbers = st.one_of(st.just(0.0), st.floats(-100, 100).map(lambda x: round(x, 3)))
factors = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5)


def size(pairs):
    """The largest product on any way, the measure of floating point noise."""
    return np.prod([max(abs(t), abs(a), 1.0) for t, a in pairs])


@given(pairs=factors)
def test_agrees_with_every_order(pairs):
    target, actual = zip(*pairs, strict=True)
    assert shapley(target, actual) == pytest.approx(by_every_order(target, actual), abs=1e-11 * size(pairs))


@given(pairs=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=10))
def test_the_parts_sum_to_the_gap_and_an_unchanged_factor_has_none(pairs):
    target, actual = np.array(pairs).T
    parts = shapley(target, actual)
    assert parts.sum() == pytest.approx(actual.prod() - target.prod(), abs=1e-11 * size(pairs))
    assert (parts[target == actual] == 0).all()


@given(pairs=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=8), data=st.data())
def test_permuted_factors_have_permuted_parts(pairs, data):
    order = data.draw(st.permutations(range(len(pairs))))
    target, actual = np.array(pairs).T
    got = shapley(target[list(order)], actual[list(order)])
    assert got == pytest.approx(shapley(target, actual)[list(order)], abs=1e-11 * size(pairs))


@given(pairs=factors)
def test_the_way_back_is_the_same_with_the_other_sign(pairs):
    target, actual = np.array(pairs).T
    assert shapley(actual, target) == pytest.approx(-shapley(target, actual), abs=1e-11 * size(pairs))
