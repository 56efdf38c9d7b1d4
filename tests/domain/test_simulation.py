import numpy as np
import pytest

from funnelbook.domain.simulation import simulated_amounts


def rng():
    return np.random.default_rng(1)


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
