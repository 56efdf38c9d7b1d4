from datetime import date

import numpy as np
import pytest

from funnelbook.domain.forecast import Learned, Past
from funnelbook.domain.warning import expected_stock, first_dry
from funnelbook.domain.workdays import WorkCalendar
from support.forecasts import TWO, stays, worked_hazards

OPEN = stays("""
    customer | tier | entered    | left | who
    0        | B    | 2026-05-16 | -    | 1
    1        | A    | 2026-05-15 | -    | 1
    2        | A    | 2026-05-17 | -    | -
""")


def learned(new: float = 0.0) -> Learned:
    past = Past(OPEN, OPEN.entered, OPEN.who, TWO, WorkCalendar.plain(), 1)
    entry = np.array([0.9, 0.1, 0, 0])
    return Learned(past, date(2026, 5, 17), worked_hazards(np.ones((2, 2))), np.array([0.0, new]), entry)


def test_expected_stock_by_hand():
    # the 17th is a Sunday; on Monday B goes up at age 1 with .1208, is lost with .05; A leaves at ages 2 and 0
    got = expected_stock(learned(2.0), OPEN.at(OPEN.entered.max()), OPEN.who, np.array([0, 1]))
    assert got[:, 0].tolist() == [[1, 2], [1, 1]]
    h = worked_hazards().team
    b = 1 - h[0, 1].sum() + h[1, 2, 0] + 2 * 0.9
    assert got[1, 1] == pytest.approx([b, 1 - h[1, 2].sum() + h[0, 1, 1] + 2 * 0.1])
    assert got[0, 1] == pytest.approx(got[1, 1] + [h[1, 0, 0], 1 - h[1, 0].sum()])


def test_those_who_are_gone_were_won_or_lost():
    known = learned()
    seen = known.outlook(30).of(np.maximum(OPEN.who, 0), OPEN.tier, np.array([1, 2, 0]))
    still = expected_stock(known, OPEN.at(OPEN.entered.max()), OPEN.who, np.arange(31))[0].sum(axis=1)
    assert (np.diff(still) < 0).all()
    assert still[-1] <= 3 - seen.sum()


def test_the_first_week_below_what_is_needed_and_the_higher_tier_first():
    expected = np.array([[[16, 8], [8, 8], [4, 6]]], dtype=float)
    needed = np.array([[[16, 0], [8, 8], [5, 7]]], dtype=float)
    assert [part.tolist() for part in first_dry(expected, needed)] == [[1], [2]]
    needed[0, 2, 1] = 6
    assert [part.tolist() for part in first_dry(expected, needed)] == [[0], [2]]
    needed[0, 0, 0] = 18
    assert [part.tolist() for part in first_dry(expected, needed)] == [[0], [0]]


def test_a_tenth_too_little_is_not_dry():
    expected = np.array([[[9.0, 18.0]]])
    assert [part.tolist() for part in first_dry(expected, np.array([[[10.0, 20.0]]]))] == [[-1], [-1]]
    assert [part.tolist() for part in first_dry(expected, np.array([[[10.0, 20.1]]]))] == [[1], [0]]


def test_never_dry():
    expected = np.array([[[16, 8], [8, 8]]], dtype=float)
    for needed in (expected, np.full(expected.shape, np.nan), expected + 1e-12):
        assert [part.tolist() for part in first_dry(expected, needed)] == [[-1], [-1]]
    over = np.zeros((1, 0, 2))
    assert [part.tolist() for part in first_dry(over, over)] == [[-1], [-1]]
