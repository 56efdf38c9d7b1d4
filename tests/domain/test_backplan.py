import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import backplan

RATES = [0.5, 0.4, 0.5, 0.6, 0.8]  # E D C B A


@pytest.mark.parametrize(
    ("stock", "needed", "missing"),
    [
        ([40, 12, 9, 6, 3], [133.5, 78.75, 40.5, 26.25, 18.75], [93.5, 66.75, 31.5, 20.25, 15.75]),
        (
            [100, 30, 20, 8, 5],
            [0, 24.58333333, 29.83333333, 22.91666667, 18.75],
            [0, 0, 9.83333333, 14.91666667, 13.75],
        ),
    ],
)
def test_worked_values_of_the_method(stock, needed, missing):
    got = backplan.need(15, stock, RATES)
    assert got.needed == pytest.approx(needed)
    assert got.missing == pytest.approx(missing)
    assert got.reachable.all()


def test_first_calls_of_the_worked_example():
    assert backplan.ceil_shown(backplan.first_calls(np.array(93.5), np.array(0.3))) == 312


def test_a_rate_of_zero_cannot_be_reached_and_is_never_infinity():
    got = backplan.need(3, [5, 1, 0], [0.5, 0.0, 0.8])
    assert got.reachable.tolist() == [False, False, True]
    assert np.isnan(got.needed[:2]).all()
    assert got.needed[2] == pytest.approx(3.75)


def test_a_rate_of_zero_does_not_matter_where_nothing_is_missing():
    got = backplan.need(2, [5, 1, 4], [0.5, 0.0, 0.8])
    assert got.reachable.all()
    assert got.missing.tolist() == [0, 0, 0]


def test_the_hand_worked_sheet():
    sheet = Path(__file__).parent / "worked" / "backplan.csv"
    for line in csv.DictReader(sheet.open(encoding="utf-8")):
        stock = [float(line[f"stock_{t}"]) for t in "EDCBA"]
        rates = [float(line[f"rate_{t}"]) for t in "EDCBA"]
        got = backplan.need(float(line["gap"]), stock, rates)
        assert got.missing == pytest.approx([float(line[f"missing_{t}"]) for t in "EDCBA"], abs=1e-6), line


def test_shown_numbers_round_up_but_not_over_floating_point_noise():
    assert backplan.ceil_shown(np.array([2.0000000001, 2.01, 3.0, 0.0, np.nan])).tolist()[:4] == [2, 3, 3, 0]


several = st.lists(st.tuples(st.integers(0, 500), st.floats(0.01, 1)), min_size=2, max_size=12)


@given(gap=st.integers(0, 1000), tiers=several)
def test_what_is_missing_above_is_what_is_needed_here(gap, tiers):
    stock, rates = np.array(tiers, dtype=float).T
    got = backplan.need(gap, stock, rates)
    above = np.r_[got.missing[1:], gap]
    assert got.needed * rates == pytest.approx(above, rel=1e-9, abs=1e-9)
    assert (got.missing >= 0).all()
    assert np.where(got.missing > 0, got.missing + stock, got.needed) == pytest.approx(got.needed, rel=1e-9)


@given(gap=st.integers(0, 100), tiers=several)
def test_more_stock_never_needs_more_prospects(gap, tiers):
    stock, rates = np.array(tiers, dtype=float).T
    assert backplan.need(gap, stock + 1, rates).missing[0] <= backplan.need(gap, stock, rates).missing[0] + 1e-9
