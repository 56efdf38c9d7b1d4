import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from funnelbook.domain.spread import factors, pinball, spread_of


def test_worked_spread():
    got = spread_of(np.array([6, 17, 9, 6, 8, 15]), np.array([10.0, 12, 9, 11, 8, 10]), np.array([7, 8, 6, 7.5, 6, 7]))
    assert got == pytest.approx(0.239649, abs=5e-7)


def test_without_a_look_back_it_is_a_tenth():
    none = np.zeros(0)
    assert spread_of(none, none, none) == pytest.approx(0.1)


def test_misses_no_larger_than_chance_leave_the_prior():
    assert spread_of(np.array([10.0, 11]), np.array([10.0, 10]), np.array([9.0, 9])) == pytest.approx(np.sqrt(0.03 / 5))


@given(st.floats(0.02, 2))
def test_factors_are_the_midpoints_of_the_gamma_law(cv):
    got = factors(cv)
    raw = stats.gamma.ppf((np.arange(15) + 0.5) / 15, 1 / cv**2, scale=cv**2)
    assert got == pytest.approx(raw / raw.mean(), rel=1e-6, abs=1e-12)
    assert got.mean() == pytest.approx(1)
    assert (np.diff(got) > 0).all()


def test_no_spread_is_one_factor():
    assert factors(0.0).tolist() == [1]


def test_pinball_by_hand():
    # 3 came where 5 was the median and 2 the lower tenth: .5 x 2 and .1 x 1
    assert pinball(np.array([[2.0, 5.0]]), np.array([3]), np.array([0.1, 0.5])) == pytest.approx(
        (0.1 * 1 + 0.5 * 2) / 2
    )


def test_pinball_at_the_usual_levels():
    levels = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    assert pinball(np.full((1, 5), 20.0), np.array([10])) == pytest.approx(((1 - levels) * 10).mean())
    assert pinball(np.zeros((1, 5)), np.array([10])) == pytest.approx((levels * 10).mean())


def test_no_spread_is_larger_than_two():
    assert spread_of(np.array([9, 0]), np.array([0.001, 0.001]), np.array([0.001, 0.001])) == 2


def test_an_order_where_next_to_nothing_was_expected_leaves_a_spread_to_work_with():
    for mean in (1e-200, 1e-3):
        cv = spread_of(np.array([1, 0]), np.array([mean, mean]), np.array([mean, mean]))
        assert cv <= 2
        assert np.isfinite(factors(cv)).all()
