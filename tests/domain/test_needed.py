"""How far from a verdict somebody is, by hand from forecast.md 9."""

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.limits import overdispersion, trend_limits
from funnelbook.domain.needed import for_count, for_proportion


def of_share(x, n, b, phi=1.0, min_cases=20):
    found = for_proportion([x], [n], [b], phi, min_cases)
    return found.cases[0], found.leaning[0]


def test_two_outliers_do_not_silence_eight():
    # |z| sorted .1 .3 .4 .5 .8 1.2 5 6: median .65, below .67449
    assert overdispersion(np.array([0.3, -0.5, 1.2, -0.8, 6, 0.1, -0.4, -5])) == 1
    # |z| 1, 2, 3: (2 / .67449)^2
    assert overdispersion(np.array([1, -2, 3, np.nan, np.inf])) == pytest.approx(8.7924, abs=1e-4)
    assert overdispersion(np.array([np.nan])) == 1


def test_worked_value():
    # (1.96 / (9/13 - .6))^2 x .24 = 108.2: 109; 109 - 13
    assert of_share(9, 13, 0.60) == (96, 1)


@pytest.mark.parametrize(
    ("x", "n", "b", "phi", "needed", "leaning"),
    [
        # 2 of 10 against .5: 1.96^2 x .25 / .09 = 10.7, 4 x 1.96^2 x .5 / .5 = 15.4: the 20 of min_cases
        (2, 10, 0.5, 1, 10, -1),
        # against .2: 4 x 1.96^2 x .8 / .2 = 61.5: 62; phi 2: 122.9: 123
        (0, 0, 0.2, 1, 62, 0),
        (0, 0, 0.2, 2, 123, 0),
        # exactly at the benchmark no number of cases shows a difference
        (5, 10, 0.5, 1, np.nan, 0),
        # 1.96^2 x .25 / .01^2 = 9604: more than 500 is no advice
        (51, 100, 0.5, 1, np.nan, 1),
        # enough already
        (40, 400, 0.5, 1, np.nan, -1),
        (3, 10, np.nan, 1, np.nan, 0),
    ],
)
def test_shares(x, n, b, phi, needed, leaning):
    got = of_share(x, n, b, phi)
    assert got == pytest.approx((needed, leaning), nan_ok=True)


def test_counts_are_needed_in_units_of_exposure():
    # 12 calls in 3 days against 6 a day: 20 / 6 = 3.3: 4; 1.96^2 x 6 / 4 = 5.8: 6; 4 x 1.96^2 / 6 = 2.6: 3; 6 - 3 days
    got = for_count([12], [3], [6.0], 1.0, 20)
    assert (got.cases[0], got.leaning[0]) == (3, -1)
    assert for_count([0], [0], [6.0], 1.0, 20).cases[0] == ceil(20 / 6)


@given(x=st.integers(0, 60), more=st.integers(0, 60), b=st.floats(0.05, 0.95), phi=st.floats(1, 9))
def test_what_is_needed_is_whole_and_can_be_waited_for_and_grows_with_phi(x, more, b, phi):
    n = x + more
    cases, leaning = of_share(x, n, b, phi)
    assert np.isnan(cases) or (1 <= cases <= 500 and cases == int(cases))
    assert leaning == (0 if n == 0 else np.sign(x / n - b))
    calm, _ = of_share(x, n, b)
    assert np.isnan(cases) or np.isnan(calm) or cases >= calm


def test_a_team_whose_calls_swing_widens_the_trend():
    # half of each one's 200 calls are due in the last half: 100 -+ 14 at 95 %. All of them 20 off: |z| = 20 / sqrt(50) = 2.83,
    # phi = (2.83 / .67449)^2 = 17.6: 100 -+ 59
    swinging = trend_limits([80, 120, 80, 120], [200] * 4, [10] * 4, [20] * 4)
    assert set(swinging.verdict) <= {"ok", "no_evidence"}
    calm = trend_limits([100, 100, 100, 60], [200] * 4, [10] * 4, [20] * 4)
    assert calm.verdict.tolist() == ["ok", "ok", "ok", "problem"]
    assert (swinging.high - swinging.low > calm.high - calm.low).all()
    assert (swinging.low >= 0).all()
