import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from funnelbook.domain.chance import MOST_CASES, chance_of_orders, expected, orders

STOCK = [40, 12, 9, 6, 3]  # E D C B A
P = [0.048, 0.096, 0.24, 0.48, 0.8]


def judge(gap, stock, p, arrivals):
    """The same chance from scipy's law of single cases, and the sum over the arrivals written out."""
    cases = np.repeat(p, stock)
    k = np.arange(0, 400)
    rest = gap - k
    from_stock = stats.poisson_binom.sf(rest - 1, cases) if len(cases) else (rest <= 0).astype(float)
    return float((stats.poisson.pmf(k, arrivals) * np.where(rest <= 0, 1.0, from_stock)).sum())


@pytest.mark.parametrize(("gap", "chance"), [(8, 0.885617), (15, 0.062640)])
def test_worked_values(gap, chance):
    assert chance_of_orders(gap, STOCK, P) == pytest.approx(chance, abs=5e-7)
    assert chance_of_orders(gap, STOCK, P) == pytest.approx(judge(gap, STOCK, P, 0.0), abs=1e-12)


def test_the_chances_add_up_to_the_expected_orders():
    assert sum(chance_of_orders(g, STOCK, P) for g in range(1, 71)) == pytest.approx(10.512, abs=1e-9)


def test_by_hand():
    # two cases at one half: 1/4, 1/2, 1/4
    assert [chance_of_orders(g, [2], [0.5]) for g in (1, 2, 3)] == pytest.approx([0.75, 0.25, 0.0])
    assert chance_of_orders(1, [], [], 2.0) == pytest.approx(1 - np.exp(-2))
    assert chance_of_orders(1, 3, 0.5) == pytest.approx(0.875)


@pytest.mark.parametrize("gap", [0, -3, 1e-12, -np.inf])
def test_nothing_left_to_do_is_certain(gap):
    assert chance_of_orders(gap, [0], [0.0]) == 1.0


def test_a_fractional_gap_is_rounded_up_but_not_over_noise():
    assert chance_of_orders(7.2, STOCK, P) == chance_of_orders(8, STOCK, P)
    assert chance_of_orders(8 + 1e-10, STOCK, P) == chance_of_orders(8, STOCK, P)


def test_certain_and_impossible_are_exact():
    assert chance_of_orders(5, [5, 9], [1.0, 0.0]) == 1.0
    assert chance_of_orders(6, [5, 9], [1.0, 0.0]) == 0.0
    assert chance_of_orders(71, STOCK, P) == 0.0
    assert chance_of_orders(np.inf, STOCK, P, 3.0) == 0.0
    assert np.isnan(chance_of_orders(np.nan, STOCK, P))
    assert chance_of_orders(1, [1000], [1e-306]) == 0.0
    # some of them certain: exact, not as near as the transform comes
    for certain, cases in product((1, 3, 7, 20), ([3, 0.1], [10, 0.3], [40, 0.3], [200, 0.5])):
        assert chance_of_orders(certain, [certain, cases[0]], [1.0, cases[1]]) == 1.0
    only = orders(np.ones(5))
    assert (only.first, only.pmf.tolist()) == (5, [1.0])


@pytest.mark.parametrize("off", [-1000, 0, 100, 1000, 1600])
def test_a_hundred_thousand_cases_a_tier_are_exact(off):
    # tiers of one chance are one binomial
    got = chance_of_orders(150_000 + off, np.full(5, 100_000), np.full(5, 0.3))
    assert got == pytest.approx(stats.binom.sf(150_000 + off - 1, 500_000, 0.3), rel=1e-9, abs=1e-12)


def test_a_hundred_thousand_cases_a_tier_are_quick():
    stock, p = np.full(5, 100_000), np.array(P)
    mean, deviation = stock @ p + 500, np.sqrt(stock @ (p * (1 - p)) + 500)
    began = time.perf_counter()
    got = chance_of_orders(np.round(mean + deviation), stock, p, 500.0)
    assert time.perf_counter() - began < 1
    assert got == pytest.approx(stats.norm.sf(1.0), abs=1e-3)


@pytest.mark.parametrize(
    ("stock", "p", "arrivals", "says"),
    [
        ([3], [1.1], 0.0, "between 0 and 1"),
        ([3], [-0.1], 0.0, "between 0 and 1"),
        ([3], [np.nan], 0.0, "between 0 and 1"),
        ([-1], [0.5], 0.0, "whole numbers"),
        ([2.5], [0.5], 0.0, "whole numbers"),
        ([np.nan], [0.5], 0.0, "whole numbers"),
        ([3], [0.5], -1.0, "arrivals"),
        ([3], [0.5], np.nan, "arrivals"),
        ([3, 4], [0.5], 0.0, "same length"),
        ([[3, 4]], [[0.5, 0.5]], 0.0, "same length"),
        ([MOST_CASES + 1], [0.5], 0.0, "more than"),
        ([1], [0.5], np.inf, "more than"),
    ],
)
def test_what_cannot_be_meant_is_refused(stock, p, arrivals, says):
    for gap in (0, 5, np.nan):
        with pytest.raises(ValueError, match=says):
            chance_of_orders(gap, stock, p, arrivals)


@pytest.mark.parametrize("cv", [-0.1, 2.001, np.nan])
def test_a_spread_that_cannot_be_is_refused(cv):
    with pytest.raises(ValueError, match="spread lies between 0 and 2"):
        chance_of_orders(1, [1], [0.5], 0.0, cv)
    assert 0 < chance_of_orders(1, [1], [0.5], 0.0, 2.0) < 0.5


several = st.lists(st.tuples(st.integers(0, 30), st.floats(0, 1)), min_size=1, max_size=6)
few = st.floats(0, 20)


@given(gap=st.integers(1, 60), tiers=several, arrivals=few)
def test_agrees_with_the_law_of_single_cases(gap, tiers, arrivals):
    stock, p = [n for n, _ in tiers], [chance for _, chance in tiers]
    assert chance_of_orders(gap, stock, p, arrivals) == pytest.approx(judge(gap, stock, p, arrivals), abs=1e-10)


@given(gap=st.floats(-5, 100), more=st.floats(0, 20), tiers=several, arrivals=few)
def test_the_chance_falls_as_the_gap_rises(gap, more, tiers, arrivals):
    stock, p = [n for n, _ in tiers], [chance for _, chance in tiers]
    low, high = chance_of_orders(gap + more, stock, p, arrivals), chance_of_orders(gap, stock, p, arrivals)
    assert 0 <= low <= high + 1e-12 <= 1 + 1e-12


@given(gap=st.integers(1, 60), tiers=several, arrivals=few)
def test_more_cases_and_another_order_of_tiers_never_lower_it(gap, tiers, arrivals):
    stock, p = np.array([n for n, _ in tiers]), np.array([chance for _, chance in tiers])
    chance = chance_of_orders(gap, stock, p, arrivals)
    assert chance_of_orders(gap, stock[::-1], p[::-1], arrivals) == pytest.approx(chance, abs=1e-12)
    assert chance_of_orders(gap, stock + 1, p, arrivals) >= chance - 1e-12


@pytest.mark.parametrize(
    ("gap", "arrivals", "cv", "chance"),
    [
        (8, 0, 0.0, 0.885617),
        (15, 0, 0.0, 0.062640),
        (8, 0, 0.1, 0.873916),
        (15, 0, 0.1, 0.069769),
        (8, 0, 0.2, 0.841401),
        (15, 0, 0.2, 0.089118),
        (15, 3, 0.0, 0.362064),
        (15, 3, 0.2, 0.371627),
    ],
)
def test_worked_values_with_a_shared_factor(gap, arrivals, cv, chance):
    assert chance_of_orders(gap, STOCK, P, arrivals, cv) == pytest.approx(chance, abs=5e-7)


def test_quantiles_and_what_can_be_reached():
    found = orders(np.repeat(P, STOCK))
    law = stats.poisson_binom(np.repeat(P, STOCK))
    for level, k in zip((0.1, 0.5, 0.9), found.quantile([0.1, 0.5, 0.9]), strict=True):
        assert law.cdf(k) >= level > law.cdf(k - 1)
    for level in (0.5, 0.8):
        k = found.reachable(level)
        assert law.sf(k - 1) >= level > law.sf(k)


def test_quantiles_by_hand():
    # two cases at nine tenths: none .01, one .18, both .81
    assert orders(np.array([0.9, 0.9])).quantile([0.005, 0.1, 0.5, 0.9, 1.0]).tolist() == [0, 1, 2, 2, 2]


def test_a_shared_factor_mixes_laws_that_begin_at_different_numbers():
    found = orders(np.full(2000, 0.5), None, 0.0, 0.1)
    raw = stats.gamma.ppf((np.arange(15) + 0.5) / 15, 100, scale=0.01)
    p = 1 - 0.5 ** (raw / raw.mean())
    for gap in (800, 950, 1000, 1100, 1300):
        assert found.at_least(gap) == pytest.approx(stats.binom.sf(gap - 1, 2000, p).mean(), abs=1e-9)


def test_all_as_likely_again_is_what_they_are_worth_twice():
    assert expected(np.array([0.5, 0.2, 1.0]), 2.0, 2.0) == pytest.approx((1 - 0.25) + (1 - 0.64) + 1 + 4)


def test_three_hundred_thousand_different_chances_are_worked_out_in_parts():
    p = np.random.default_rng(0).beta(1, 6, 300_000)
    mean, deviation = p.sum(), np.sqrt((p * (1 - p)).sum())
    found = orders(p)
    for z in (-1.0, 0.0, 1.5):
        wanted = np.round(mean + z * deviation)
        assert found.at_least(wanted) == pytest.approx(stats.norm.sf((wanted - 0.5 - mean) / deviation), abs=1e-3)


def test_a_great_many_different_chances_are_as_good_as_exact():
    p = np.random.default_rng(0).beta(1, 6, 3000)
    found, law = orders(p), stats.poisson_binom(p)
    for wanted in (380, 430, 470):
        assert found.at_least(wanted) == pytest.approx(law.sf(wanted - 1), abs=2e-5)
    assert expected(p, 3.0) == pytest.approx(p.sum() + 3)


def test_nothing_to_come_is_certain():
    none = orders(np.zeros(0))
    assert (none.at_least(0), none.at_least(1), none.reachable(0.5)) == (1.0, 0.0, 0)
    assert none.quantile([0.1, 0.9]).tolist() == [0, 0]
    assert none.draw(np.random.default_rng(0), 3).tolist() == [0, 0, 0]


def test_futures_are_drawn_from_the_distribution():
    found = orders(np.repeat(P, STOCK), None, 3.0, 0.2)
    drawn = found.draw(np.random.default_rng(1), 40_000)
    for wanted in (8, 12, 18):
        chance = found.at_least(wanted)
        assert abs((drawn >= wanted).mean() - chance) < 4 * np.sqrt(chance * (1 - chance) / 40_000)


@given(tiers=several, arrivals=few, cv=st.just(0.0) | st.floats(0, 1), scale=st.floats(0.2, 2))
def test_a_distribution_sums_to_one_and_its_mean_is_what_is_expected(tiers, arrivals, cv, scale):
    p = np.repeat([chance for _, chance in tiers], [n for n, _ in tiers])
    found = orders(p, None, arrivals, cv, scale)
    assert found.pmf.sum() == pytest.approx(1)
    if cv == 0:
        mean = (found.first + np.arange(len(found.pmf))) @ found.pmf
        assert mean == pytest.approx(expected(p, arrivals, scale), rel=1e-6, abs=1e-9)
    assert (np.diff([found.at_least(gap) for gap in range(40)]) <= 1e-12).all()
