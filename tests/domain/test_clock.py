from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from funnelbook.domain import clock
from funnelbook.domain.workdays import WorkCalendar
from support.forecasts import day, stays, until

PLAIN = WorkCalendar.plain()


def test_the_evening_of_the_last_day_leaves_none():
    assert [
        clock.days_left(day("2026-05-31"), day(d)) for d in ("2026-05-20", "2026-05-30", "2026-05-31", "2026-06-02")
    ] == [11, 1, 0, 0]


def test_days_off_count_less_and_the_calendar_says_which_they_are():
    calendar = WorkCalendar.from_frame(
        pd.DataFrame(
            {"date": pd.to_datetime(["2026-05-21", "2026-05-23"]), "workday": [False, True], "weight": [1, 0.5]}
        )
    )
    got = clock.day_weights(calendar, day("2026-05-20"), 6, 0.3)  # Wednesday, a holiday, Friday, a Saturday worked
    assert got.tolist() == [1, 0.3, 1, 1, 0.3, 1]
    assert clock.day_weights(calendar, day("2026-05-20"), 0, 0.3).tolist() == []


def test_a_week_of_five_days_and_two_that_count_a_fifth():
    assert clock.weeks_worth(0.2) == pytest.approx(7 / 5.4)


def team(moves_at_work: int, moves_off: int):
    """A hundred cases watched for four weeks from Monday the 4th; some move on its Tuesdays, some on its Sundays."""
    lines, monday = [], date(2026, 5, 4)
    days = [monday + timedelta(days=1)] * moves_at_work + [monday + timedelta(days=6)] * moves_off
    for customer in range(200):
        left = days[customer] if customer < len(days) else "-"
        lines.append(f"{customer} | B | 2026-05-03 | {left}")
        if customer < len(days):
            lines.append(f"{customer} | A | {left} | -")
    return stays("customer | tier | entered | left\n" + "\n".join(lines))


def test_what_a_day_off_is_worth_is_learned_from_where_moves_fall():
    got = clock.off_weight(team(60, 20), PLAIN, day("2026-05-10"), 365)
    # case-days, the day of a move included: nobody leaves the watch
    assert got == pytest.approx((20 / (2 * 200)) / (60 / (5 * 200)))


def test_a_day_off_is_worth_a_fifth_while_little_is_known():
    assert clock.off_weight(team(40, 9), PLAIN, day("2026-05-10"), 365) == 0.2
    assert clock.off_weight(team(0, 60), PLAIN, day("2026-05-10"), 365) == 0.2
    assert clock.off_weight(team(60, 0), PLAIN, day("2026-05-10"), 365) == 0.0
    assert clock.off_weight(team(10, 90), PLAIN, day("2026-05-10"), 365) == 1.0


def test_nobody_at_all():
    none = until(team(60, 20), 0)
    assert clock.off_weight(none, PLAIN, day("2026-05-10"), 365) == 0.2
    assert not len(none)
    assert np.isfinite(none.first_day)
