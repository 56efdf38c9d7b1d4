from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from funnelbook.domain import hazards
from funnelbook.domain.hazards import Evidence, Spells
from funnelbook.domain.workdays import WorkCalendar
from support.forecasts import (
    BINS,
    LOST,
    TWO,
    WON,
    A,
    B,
    day,
    stays,
    until,
    worked_default,
    worked_evidence,
    worked_hazards,
)

PLAIN = WorkCalendar.plain()


def test_worked_moves_of_a_tier():
    t = hazards.by_tier(worked_evidence(), worked_default(), TWO.dwell_days, 20)
    assert t[B] == pytest.approx([0, 0.091667, 0, 0.05], abs=5e-7)
    assert t[A] == pytest.approx([0.0078125, 0, 0.1875, 0.046875], abs=5e-7)


def test_worked_moves_of_an_age():
    h = worked_hazards().team
    assert h[B, :, A] == pytest.approx([0.156667, 0.120833, 0.040476], abs=5e-7)
    assert h[A, :, WON] == pytest.approx([0.273438, 0.221154, 0.158333], abs=6e-7)


def test_neither_days_nor_a_prior_leave_the_default():
    none = Evidence(np.zeros((2, 3)), np.zeros((2, 3, 4)))
    assert hazards.by_tier(none, worked_default(), TWO.dwell_days, 0).tolist() == worked_default().tolist()


def test_default_moves_a_day_of_weight_1():
    f = 7 / 5.4
    got = hazards.default_moves(TWO, 0.2)
    assert got[B] == pytest.approx([0, 0.6 / 7 * f, 0, 0.4 / 7 * f])
    assert got[A] == pytest.approx([0, 0, 0.8 / 5 * f, 0.2 / 5 * f])


def test_a_day_moves_at_its_age_and_counts_its_weight():
    # entered on Thursday, left on Monday: Friday at age 0, the weekend at 1 and 2, Monday, on which it moves, at 3
    of = stays("customer | tier | entered | left\n0 | B | 2026-05-14 | 2026-05-18\n0 | A | 2026-05-18 | -")
    team, each = hazards.evidence(Spells.of(of, np.array([0, 1, 2, 3])), PLAIN, 0, day("2026-05-20"), 0.25, 365, 10.0)
    decay = 0.5 ** (np.array([5, 4, 3, 2]) / 10)
    assert team.days[B] == pytest.approx(decay * [1, 0.25, 0.25, 1])
    assert team.moves[B, :, A] == pytest.approx([0, 0, 0, decay[3]])
    assert team.days[A] == pytest.approx([0.5 ** (1 / 10), 1, 0, 0])
    assert each.days[0, B].tolist() == [1, 0.25, 0.25, 1]
    assert each.moves.sum() == 1


def test_everybody_has_days_and_moves_of_their_own():
    # of three people the first and the second have a case each, the third none; one case is nobody's
    of = stays("""
        customer | tier | entered    | left       | who
        0        | B    | 2026-05-18 | 2026-05-19 | 1
        0        | A    | 2026-05-19 | 2026-05-20 | 1
        0        | Won  | 2026-05-20 | -          | 1
        1        | B    | 2026-05-18 | -          | 2
        2        | B    | 2026-05-19 | -          | -
    """)
    _, each = hazards.evidence(Spells.of(of, np.array([0, 1, 5])), PLAIN, 3, day("2026-05-20"), 1.0, 365, np.inf)
    assert each.days[:, B].tolist() == [[1, 0, 0], [1, 0, 0], [1, 1, 0], [0, 0, 0]]
    assert each.days[:, A].tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert each.moves[:, [B, A], 0, [A, WON]].tolist() == [[0, 0], [1, 1], [0, 0], [0, 0]]
    assert each.moves.sum() == 2


def test_ages_are_those_of_the_method():
    # forecast.md 2
    assert hazards.AGE_BINS.tolist() == [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 180]


def test_days_before_the_first_one_seen_are_unknown():
    of = stays("customer | tier | entered | left | seen\n0 | B | 2026-05-01 | - | 2026-05-18")
    team, _ = hazards.evidence(Spells.of(of, np.array([0, 10, 18])), PLAIN, 0, day("2026-05-20"), 1.0, 365, np.inf)
    # the 19th at age 17, the 20th at 18
    assert team.days[B].tolist() == [0, 1, 1]


def test_days_before_the_window_are_left_out():
    of = stays(
        "customer | tier | entered | left\n0 | B | 2026-03-01 | 2026-05-01\n0 | Lost | 2026-05-01 | -\n1 | B | 2026-05-12 | -"
    )
    team, _ = hazards.evidence(Spells.of(of, np.array([0])), PLAIN, 0, day("2026-05-20"), 1.0, 5, np.inf)
    assert team.days[B, 0] == 5
    assert team.moves.sum() == 0


def test_people_share_what_the_team_expects():
    # he had 12 moves up where the team's cases of the same ages had 8: (12 + c) / (8 + c), c = prior_cases with so few people
    each = Evidence(np.zeros((2, 2, 3)), np.zeros((2, 2, 3, 4)))
    h = worked_hazards().team
    each.days[1, B, 0] = 8 / h[B, 0, A]
    each.moves[1, B, 0, A], each.moves[1, B, 0, LOST] = 12, 5
    g = hazards.multipliers(each, h, 20)
    assert g[0].tolist() == [1, 1]
    assert g[1] == pytest.approx([32 / 28, 1])


def test_how_alike_people_are_is_the_negative_binomial_fit():
    went, due = np.array([3.0, 30, 12, 9, 1]), np.array([12.0, 15, 10, 14, 9])

    def unlikely(c):
        return -stats.nbinom.logpmf(went, c, c / (c + due)).sum()

    best = optimize.minimize_scalar(unlikely, bounds=(5, 200), method="bounded").x
    got = hazards.common_shape(went, due, 20)
    assert unlikely(got) <= unlikely(best) + 1e-4
    assert hazards.common_shape(due, due, 20) == pytest.approx(200)  # people as alike as can be
    assert hazards.common_shape(went[:2], due[:2], 20) == 20
    assert hazards.common_shape(np.append(went[:2], 0), np.append(due[:2], 0), 20) == 20  # the third has no days


def test_upward_is_a_higher_tier_or_an_order():
    assert hazards.upward(2).tolist() == [[False, True, True, False], [False, False, True, False]]


def test_only_moves_up_are_a_persons_and_none_exceed_a_day():
    found = worked_hazards(np.array([[1.0, 1.0], [4.0, 4.0]])).moves
    assert found[0] == pytest.approx(worked_hazards().team)
    assert found[1, B, 1, A] == pytest.approx(4 * 0.120833, abs=2e-6)
    assert found[1, B, 1, LOST] == pytest.approx(0.05)
    assert found[1, A, 0].sum() == pytest.approx(0.95)  # 4 x .273 and more
    assert found[1, A, 0, WON] / found[1, A, 0, LOST] == pytest.approx(4 * 0.2734375 / 0.02929688, rel=1e-6)


@given(st.data())
def test_shrinking_lies_between_what_was_seen_and_the_default(data):
    days = np.array(data.draw(st.lists(st.floats(0, 50), min_size=3, max_size=3)))
    up = np.array([data.draw(st.floats(0, d)) for d in days])
    evidence = Evidence(np.array([days, days]), np.zeros((2, 3, 4)))
    evidence.moves[B, :, A] = up
    t = hazards.by_tier(evidence, worked_default(), TWO.dwell_days, 20)
    h = hazards.by_age(evidence, t, 20)
    raw = np.divide(up, days, out=np.full(3, t[B, A]), where=days > 0)
    inside = np.minimum(raw, t[B, A]) - 1e-12
    assert (h.sum(axis=2) <= 0.95 + 1e-12).all()
    limited = h[B].sum(axis=1) >= 0.95 - 1e-12
    assert ((inside <= h[B, :, A]) & (h[B, :, A] <= np.maximum(raw, t[B, A]) + 1e-12) | limited).all()


def test_nothing_known_is_the_default():
    none = stays("customer | tier | entered | left\n0 | B | 2026-05-20 | -")
    got = hazards.learn(Spells.of(none), TWO, PLAIN, 2, date(2026, 5, 20))
    assert got.off_weight == 0.2
    assert got.people.tolist() == [[1, 1]] * 3
    for b in range(len(hazards.AGE_BINS)):
        assert got.team[:, b] == pytest.approx(hazards.default_moves(TWO, 0.2))
    assert hazards.learn(Spells.of(until(none, 0)), TWO, PLAIN, 0, date(2026, 5, 20)).team == pytest.approx(got.team)
    assert list(BINS) == [0, 1, 2]
