from datetime import date

import numpy as np
import pytest

from funnelbook.domain import arrivals
from funnelbook.domain.stays import day_number
from funnelbook.domain.workdays import WorkCalendar
from support.forecasts import day, stays, until

PLAIN = WorkCalendar.plain()


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def test_who_was_there_at_the_first_refresh_came_who_knows_when():
    created = days("2026-05-04", "NaT", "NaT")
    got = arrivals.born(created, days("2026-05-01", "2026-05-01", "2026-05-11"))
    assert got.tolist() == [day_number(day("2026-05-04")), arrivals.NEVER, day_number(day("2026-05-11"))]
    assert arrivals.born(days(), days()).tolist() == []


def test_new_prospects_a_unit_of_weight():
    born = np.array([day_number(day(d)) for d in ("2026-05-20", "2026-04-23", "2026-04-22", "2026-05-21")] + [-1])
    got = arrivals.new_a_day(born, np.array([1, -1, 1, 1, 1]), 2, day("2026-05-20"), 4, PLAIN, 0.25)
    assert got == pytest.approx([1 / (20 + 8 * 0.25), 1 / 22, 0])
    assert arrivals.new_a_day(born, np.zeros(5, dtype=int), 0, day("2026-05-20"), 0, PLAIN, 0.25).tolist() == [0]


def test_where_new_cases_stand_on_their_first_evening():
    of = stays("""
        customer | tier | entered    | left       | seen
        0        | B    | 2026-05-04 | 2026-05-06 | -
        0        | Won  | 2026-05-06 | -          | -
        1        | A    | 2026-05-18 | -          | -
        2        | Won  | 2026-05-19 | -          | -
        3        | A    | 2026-05-01 | -          | 2026-05-18
        4        | B    | 2026-01-01 | -          | -
    """)
    got = arrivals.entry_mix(of, date(2026, 5, 20), 2)
    # one in B, one in A, one won within the day; the fourth was first seen later, the fifth came long ago
    assert got == pytest.approx(np.array([1 + 2, 1, 1, 0]) / 5)
    assert arrivals.entry_mix(until(of, 0), date(2026, 5, 20), 0).tolist() == [1, 0, 0, 0]
