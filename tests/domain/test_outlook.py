import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import arrivals
from funnelbook.domain.chance import orders
from funnelbook.domain.hazards import Hazards
from funnelbook.domain.outlook import outlook
from support.forecasts import BINS, WON, A, B, worked_hazards

E = np.array([0.9, 0.1, 0.0, 0.0])
LATE_OFF, EARLY_OFF = np.array([1, 1, 0.2]), np.array([1, 0.2, 1])


@pytest.mark.parametrize(
    ("weights", "b", "a", "new"),
    [
        (LATE_OFF, [0.052945, 0.038576, 0.014336], [0.441913, 0.348104, 0.292872], 0.087172),
        (EARLY_OFF, [0.046392, 0.033522, 0.012643], [0.407117, 0.348104, 0.292872], 0.078806),
    ],
)
def test_worked_values(weights, b, a, new):
    got = outlook(worked_hazards(), weights)
    assert got.won[0, B] == pytest.approx(b, abs=5e-7)
    assert got.won[0, A] == pytest.approx(a, abs=5e-7)
    assert arrivals.orders_to_come(got, E, np.array([2.0])) == pytest.approx([new], abs=5e-7)


def test_it_is_what_walking_day_by_day_gives():
    hazards, weights, walkers = worked_hazards(), np.array([1, 0.2, 0.2, 1, 1, 1, 1]), 200_000
    rng = np.random.default_rng(0)
    state, age = np.full(walkers, B), np.zeros(walkers, dtype=int)
    for w in weights:
        moves = np.zeros((walkers, 4))
        open_ = state < 2
        moves[open_] = w * hazards.team[state[open_], np.minimum(age[open_], 2)]
        u = rng.random(walkers)
        to = (u[:, None] >= np.cumsum(moves, axis=1)).sum(axis=1)
        went = to < 4
        state, age = np.where(went, to, state), np.where(went, 0, age + 1)
    p = outlook(hazards, weights).won[0, B, 0]
    assert abs((state == WON).mean() - p) < 4 * np.sqrt(p * (1 - p) / walkers)


def test_no_day_left_brings_nothing():
    got = outlook(worked_hazards(), np.zeros(0))
    assert not got.won.any()
    assert arrivals.orders_to_come(got, E, np.array([2.0])).tolist() == [0]
    assert got.of(np.array([-1]), np.array([A]), np.array([400])).tolist() == [0]


@given(
    cases=st.lists(st.tuples(st.sampled_from([B, A]), st.integers(0, 400)), max_size=40),
    a_day=st.floats(0, 50),
    cv=st.floats(0, 1),
    gap=st.integers(-5, 60) | st.floats(-5, 60).filter(lambda gap: abs(gap) > 0.001),
)
def test_with_no_day_left_a_chance_is_0_or_1(cases, a_day, cv, gap):
    got = outlook(worked_hazards(), np.zeros(0))
    tier, age = np.array(cases, dtype=np.int64).reshape(-1, 2).T
    p, new = got.of(np.full(len(cases), -1), tier, age), arrivals.orders_to_come(got, E, np.array([a_day]))
    assert orders(p, None, float(new[0]), cv).at_least(gap) == (1 if gap <= 0 else 0)


def test_the_gain_of_a_day_is_the_chance_of_each_move_times_what_it_adds():
    hazards = worked_hazards()
    got = outlook(hazards, LATE_OFF)
    fresh_a, now_b, now_a = got.won[0, A, 0], got.won[0, B, 1], got.won[0, A, 2]
    gain = got.gain(hazards, np.array([-1, 0]), np.array([B, A]), np.array([1, 2]))
    assert gain == pytest.approx([0.120833 * (fresh_a - now_b), 0.158333 * (1 - now_a)], rel=1e-5)


moves = st.lists(st.floats(0, 0.3), min_size=3, max_size=3)


@given(
    up=st.lists(moves, min_size=2, max_size=2), down=moves, weights=st.lists(st.floats(0, 1), min_size=1, max_size=12)
)
def test_chances_lie_in_0_and_1_and_do_not_fall_as_days_are_added(up, down, weights):
    team = np.zeros((2, 3, 4))
    team[B, :, A], team[A, :, WON], team[A, :, B], team[:, :, 3] = up[0], up[1], down, 0.1
    hazards = Hazards(team, np.ones((1, 2)), 0.2, BINS)
    shorter, longer = (outlook(hazards, np.array(weights[:end])).won for end in (-1, len(weights)))
    assert ((longer >= 0) & (longer <= 1)).all()
    assert (longer >= shorter - 1e-12).all()


@given(factor=st.floats(1, 3))
def test_more_moves_up_never_lower_a_chance_where_nobody_falls_back(factor):
    hazards = worked_hazards()
    hazards.team[A, :, B] = 0
    before, after = (outlook(h, LATE_OFF).won for h in (hazards, hazards.stronger(B, factor)))
    assert (after[0, B] >= before[0, B] - 1e-12).all()
    np.testing.assert_allclose(after[0, A], before[0, A])
