from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from funnelbook.domain import cold, levers
from funnelbook.domain import forecast as fc
from funnelbook.domain.chance import orders
from funnelbook.domain.dtypes import A_DAY
from funnelbook.domain.forecast import Past
from funnelbook.domain.stays import day_number
from funnelbook.domain.workdays import WorkCalendar
from support.forecasts import TWO, A, B, day, stays

AS_OF = date(2026, 5, 17)
OPEN = stays("""
    customer | tier | entered    | left | who
    0        | B    | 2026-05-16 | -    | 1
    1        | B    | 2026-05-01 | -    | 1
    2        | A    | 2026-05-15 | -    | 1
    3        | A    | 2026-05-16 | -    | 2
    4        | B    | 2026-05-16 | -    | 2
    5        | B    | 2026-05-17 | -    | 2
    6        | B    | 2026-05-10 | -    | 2
    7        | B    | 2026-02-01 | -    | 1
""")
OWNER = OPEN.who.copy()
BORN = OPEN.entered.copy()


def learned() -> fc.Learned:
    return fc.learn(Past(OPEN, BORN, OWNER, TWO, WorkCalendar.plain(), 2), AS_OF)


def ground(days: int = 14) -> levers.Ground:
    known = learned()
    return levers.ground(known, days, OWNER, cold.cold(known, OPEN.at(day_number(AS_OF)), OWNER))


def found(row=1, gap=3.0, shown=9, **more):
    return levers.levers(ground(), row, gap, 0.2, **{"has_calls_left": True, "most_ahead": 2} | more, shown=shown)


def test_each_lever_is_what_the_chance_becomes():
    here, by_kind = ground(), {(lever.kind, lever.tier): lever for lever in found()}
    p, new = here.expected.of(1)
    chance = orders(p, None, new, 0.2).at_least(3)
    pushed = by_kind["push", A]
    assert pushed.customers == (2,)
    assert pushed.chance == pytest.approx(chance)
    assert pushed.chance_after == pytest.approx(orders(np.r_[p[:2], 1.0, p[3:]], None, new, 0.2).at_least(3))
    fresh = here.seen.won[1, A, 0]
    raised = by_kind["push", B]
    at = list(here.customer[here.expected.who == 1]).index(raised.customers[0])
    assert raised.chance_after == pytest.approx(orders(np.r_[p[:at], fresh, p[at + 1 :]], None, new, 0.2).at_least(3))
    taken = by_kind["take_over", B]
    assert taken.source == 2
    own = [here.seen.won[1, B, day_number(AS_OF) - OPEN.entered[c]] for c in taken.customers]
    assert taken.chance_after == pytest.approx(orders(np.r_[p, own], None, new, 0.2).at_least(3))


def test_the_best_three_are_shown_and_all_of_them_help():
    shown = found(shown=3)
    assert len(shown) == 3
    gains = [lever.gain for lever in shown]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) >= 0.005


def test_what_adds_less_than_half_a_point_is_not_shown():
    everything = found(gap=3.0)
    assert {round(lever.chance, 6) for lever in everything} == {round(everything[0].chance, 6)}
    hopeless = found(gap=40.0)  # of five open cases
    assert hopeless == []


def with_chances(known: levers.Ground, p: np.ndarray, arrivals: float) -> levers.Ground:
    """The ground with other chances of the open cases and other arrivals, however many more moves up there are."""

    def told(at: fc.Expected, by: float = 1.0) -> fc.Expected:
        return fc.Expected(1 - (1 - p) ** by, at.who, np.full(len(at.arrivals), arrivals))

    return replace(known, expected=told(known.expected), stronger=[told(at, 1.2) for at in known.stronger])


def test_what_makes_sure_of_the_target_comes_first_though_it_adds_the_fewest_orders():
    here = ground()
    p = np.where(
        (here.tier == A) & (here.expected.who == 1), 0.96, 0.2
    )  # .04 of an order to gain, and the one that is wanted
    best = levers.levers(with_chances(here, p, 0.5), 1, 1.0, 0.2, has_calls_left=True, most_ahead=2)
    assert (best[0].kind, best[0].tier, best[0].chance_after) == ("push", A, 1.0)


def test_what_leaves_the_chance_below_one_in_a_hundred_is_not_offered():
    here = ground()
    low = with_chances(here, np.full(len(here.tier), 0.004), 0.0)
    pushed = low.seen.won[1, A, 0]
    assert 0.005 < orders(np.array([pushed, 0.004, 0.004, 0.004]), None, 0.0, 0.2).at_least(2) < 0.01  # B to A
    found = levers.levers(low, 1, 2.0, 0.2, has_calls_left=True, most_ahead=2, shown=9)
    assert found
    assert min(lever.chance_after for lever in found) >= 0.01


def test_more_moves_up_from_a_tier_nobody_stands_in_or_comes_to_are_not_offered():
    here = ground()
    stays_there = (here.expected.who != 1) | (here.tier == A)

    def without_b(at: fc.Expected) -> fc.Expected:
        return fc.Expected(at.p[stays_there], at.who[stays_there], np.zeros(len(at.arrivals)))

    cases = {name: getattr(here, name)[stays_there] for name in ("customer", "tier", "age", "gain", "warm")}
    own = replace(here, **cases, expected=without_b(here.expected), stronger=[without_b(at) for at in here.stronger])
    found = levers.levers(own, 1, 1.0, 0.2, has_calls_left=False, most_ahead=None, shown=9)
    assert {(lever.kind, lever.tier) for lever in found} == {("push", A), ("conversion", A)}


def test_a_cold_case_is_not_the_one_to_push():
    known = learned()
    rows = OPEN.at(day_number(AS_OF))
    assert not cold.cold(known, rows, OWNER).any()  # nothing says yet that long ones are hopeless
    assert all(7 not in lever.customers for lever in found() if lever.kind == "push")


def test_no_lever_without_a_gap_or_days_or_for_who_can_call_no_more():
    assert found(gap=0.0) == []
    assert found(gap=np.nan) == []
    assert levers.levers(ground(0), 1, 3.0, 0.2, has_calls_left=True, most_ahead=2) == []
    assert all(lever.kind != "more_new" for lever in found(has_calls_left=False))
    assert all(lever.kind != "take_over" for lever in found(row=0))
    assert all(lever.kind != "take_over" for lever in found(most_ahead=None))


def test_a_case_is_cold_when_older_ones_than_it_never_moved():
    lines = ["customer | tier | entered | left | who"]
    for customer in range(300):  # half go up within two days, the rest stand there for half a year
        at = np.datetime64("2025-11-01") + customer % 20 * A_DAY
        moves = customer % 2
        lines.append(f"{customer} | B | {at} | {at + 2 * A_DAY if moves else '-'} | 1")
        if moves:
            lines.append(
                f"{customer} | A | {at + 2 * A_DAY} | {at + 3 * A_DAY} | 1\n{customer} | Won | {at + 3 * A_DAY} | - | 1"
            )
    lines += ["300 | B | 2026-05-10 | - | 1", "301 | B | 2026-05-17 | - | 1"]
    of = stays("\n".join(lines))
    known = fc.learn(Past(of, of.entered, of.who, TWO, WorkCalendar.plain(), 1), AS_OF)
    rows = of.at(day_number(AS_OF))
    got = cold.cold(known, rows, of.who[rows])
    assert got.tolist() == [True] * 150 + [False, False]
    assert day("2026-05-17") == AS_OF


@pytest.mark.parametrize(
    ("gap", "expected", "each", "most", "wanted", "late"),
    [
        (5, 2, 0.1, 40, 30, False),
        (5, 2, 0.1, 29, np.nan, True),
        (5, 6, 0.1, 0, 0, False),
        (5, 2, 0.0, 40, np.nan, True),
        (0, 0, 0.0, 0, 0, False),
        (np.nan, 2, 0.1, 40, np.nan, False),
    ],
)
def test_new_prospects_in_time_are_no_more_than_can_be_called(gap, expected, each, most, wanted, late):
    got, too_late = levers.in_time(*(np.array([float(v)]) for v in (gap, expected, each, most)))
    np.testing.assert_allclose(got, [wanted])
    assert too_late.tolist() == [late]
