import numpy as np
import pytest

from funnelbook.domain.needed import for_count, for_proportion


def one(of, *values, phi=1.0, min_cases=20):
    got = of(*(np.array([float(v)]) for v in values), phi, min_cases)
    return got.cases[0], int(got.leaning[0])


def test_worked_value():
    assert one(for_proportion, 9, 13, 0.6) == (96, 1)


def test_proportions_by_hand():
    # 12 of 40 against .6: 1.96^2 .24 / .09 = 10.2; narrow enough from 4 x 3.84 x .4 / .6 = 10.2; 20 are there already
    assert one(for_proportion, 12, 40, 0.6) == (pytest.approx(np.nan, nan_ok=True), -1)
    assert one(for_proportion, 3, 10, 0.6) == (10, -1)
    assert one(for_proportion, 0, 0, 0.6) == (20, 0)
    assert one(for_proportion, 0, 0, 0.1) == (139, 0)  # 4 x 3.8416 x 9 = 138.3
    assert one(for_proportion, 6, 10, 0.6) == (
        pytest.approx(np.nan, nan_ok=True),
        0,
    )  # who is like the others never differs
    assert one(for_proportion, 61, 101, 0.6)[0] == pytest.approx(np.nan, nan_ok=True)  # some 60,000
    assert one(for_proportion, 9, 13, 0.6, phi=2.0) == (pytest.approx(204), 1)


def test_counts_by_hand():
    # 2 a day where 3 are usual: 3.8416 x 3 / 1 = 11.5, 20 / 3 = 6.7, 4 x 3.8416 / 3 = 5.1 days
    assert one(for_count, 10, 5, 3.0) == (7, -1)
    assert one(for_count, 0, 0, 3.0) == (7, 0)


def test_nothing_to_compare_with_says_nothing():
    assert one(for_proportion, 3, 5, np.nan) == (pytest.approx(np.nan, nan_ok=True), 0)
    assert np.isnan(one(for_count, 3, 5, 0.0)[0])
