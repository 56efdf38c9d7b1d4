import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from funnelbook.domain import chain
from funnelbook.domain.chance import chance_of_orders
from funnelbook.domain.simulation import Prospects, simulated_amounts, simulated_orders
from funnelbook.domain.tiers import Tiers
from support.examples import examples

TIERS = Tiers.default()
# what is known so well that it is certain: the default rows, each from a million days
SURE = (
    np.array(
        [
            [1 - 1 / 14, 0.5 / 14, 0, 0, 0, 0, 0.5 / 14],
            [0, 1 - 1 / 10, 0.4 / 10, 0, 0, 0, 0.6 / 10],
            [0, 0, 1 - 1 / 10, 0.5 / 10, 0, 0, 0.5 / 10],
            [0, 0, 0, 1 - 1 / 7, 0.6 / 7, 0, 0.4 / 7],
            [0, 0, 0, 0, 1 - 1 / 5, 0.8 / 5, 0.2 / 5],
        ]
    )
    * 1e9
)
STOCK = np.array([40, 12, 9, 6, 3])


def rng():
    return np.random.default_rng(1)


def p_of(weeks):
    return chain.won_within(chain.steps_of(SURE[None]), TIERS, weeks)[0]


def test_known_rates_give_the_law_of_single_cases():
    orders = simulated_orders(Prospects(SURE, STOCK, 0.0, 6), rng())
    cases = np.repeat(p_of(6), STOCK)
    for gap in (3, 5, 8):
        exact = stats.poisson_binom.sf(gap - 1, cases)
        # of 20,000 draws: four standard errors
        assert (orders >= gap).mean() == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 20_000))


def test_new_prospects_come_every_week_with_less_time_left():
    weeks, new = 10, 30.0
    orders = simulated_orders(Prospects(SURE, np.zeros(5, dtype=int), new, weeks), rng())
    mean = new * sum(p_of(k)[0] for k in range(weeks))
    assert orders.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / 20_000))
    assert orders.var() == pytest.approx(mean, rel=0.05)
    for gap in (round(mean), round(mean) + 3):
        exact = chance_of_orders(gap, [], [], mean)
        assert (orders >= gap).mean() == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 20_000))


def test_rates_known_less_well_spread_the_orders_more():
    # one tier: a case is won tomorrow or lost tomorrow; within a week both have happened. 3 of 8 won: Beta(3, 5)
    evidence = np.array([[1e-9, 3.0, 5.0]])
    orders = simulated_orders(Prospects(evidence, np.array([40]), 0.0, 1), rng())
    exact = stats.betabinom(40, 3, 5)
    assert orders.mean() == pytest.approx(exact.mean(), abs=4 * exact.std() / np.sqrt(20_000))
    assert orders.std() == pytest.approx(exact.std(), rel=0.02)
    for least in (10, 15, 20):
        assert (orders >= least).mean() == pytest.approx(exact.sf(least - 1), abs=0.015)


def test_amounts_are_drawn_from_past_orders():
    past = np.array([100.0, 300.0])
    got = simulated_amounts(np.full(20_000, 2), past, rng())
    # 200, 400 or 600: 1/4, 1/2, 1/4
    assert sorted(set(got)) == [200.0, 400.0, 600.0]
    assert (got == 400).mean() == pytest.approx(0.5, abs=0.02)
    assert simulated_amounts(np.array([0, 3, 0]), np.array([7.0]), rng()).tolist() == [0, 21, 0]
    assert np.isnan(simulated_amounts(np.array([1, 2]), np.zeros(0), rng())).all()


def test_very_many_orders_are_summed_at_once():
    past = np.array([100.0, 300.0])
    orders = np.full(20_000, 2_000)
    got = simulated_amounts(orders, past, rng())
    assert got.mean() == pytest.approx(400_000, abs=4 * 100 * np.sqrt(2_000 / 20_000))
    assert got.std() == pytest.approx(100 * np.sqrt(2_000), rel=0.03)


def test_nothing_to_come_brings_nothing():
    assert simulated_orders(Prospects(SURE, STOCK, 5.0, 0), rng()).max() == 0
    assert simulated_orders(Prospects(SURE, STOCK * 0, 0.0, 9), rng()).max() == 0


def test_twenty_people_take_well_under_two_seconds():
    began = time.process_time()
    for _ in range(20):
        generator = rng()
        orders = simulated_orders(Prospects(SURE / 1e7, STOCK, 4.0, 13), generator)
        simulated_amounts(orders, np.arange(1.0, 200.0), generator)
    assert time.process_time() - began < 2


@settings(max_examples=examples(20))
@given(stock=st.lists(st.integers(0, 50), min_size=5, max_size=5), new=st.floats(0, 20), weeks=st.integers(0, 20))
def test_the_same_seed_gives_the_same_futures_and_more_time_more_orders(stock, new, weeks):
    prospects = Prospects(SURE / 1e6, np.array(stock), new, weeks)
    orders = simulated_orders(prospects, rng(), 500)
    assert orders.tolist() == simulated_orders(prospects, rng(), 500).tolist()
    assert orders.min() >= 0
    assert simulated_orders(prospects._replace(weeks=weeks + 30), rng(), 500).mean() >= orders.mean()
