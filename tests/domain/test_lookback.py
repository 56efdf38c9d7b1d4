from datetime import date

import numpy as np
import pytest

from funnelbook.domain import forecast as fc
from funnelbook.domain import lookback
from funnelbook.domain.dtypes import A_DAY
from funnelbook.domain.forecast import Past
from funnelbook.domain.stays import day_number
from funnelbook.domain.workdays import WorkCalendar
from support.forecasts import TWO, day, stays, until

PLAIN = WorkCalendar.plain()


def past(seed: int, weeks: int = 20, per_week: int = 12, last: str = "2026-05-17") -> Past:
    """Two people's cases, begun day by day, which go up or are lost after a few days at random."""
    rng = np.random.default_rng(seed)
    end = np.datetime64(last, "D")
    lines = ["customer | tier | entered | left | who"]
    for customer in range(weeks * per_week):
        at = end + (7 * customer // per_week - 7 * weeks) * A_DAY
        for tier, up in (("B", 0.5), ("A", 0.7)):
            left = at + (1 + int(rng.integers(0, 9))) * A_DAY
            then = ("A" if tier == "B" else "Won") if rng.random() < up else "Lost"
            if left > end:
                lines.append(f"{customer} | {tier} | {at} | - | {1 + customer % 2}")
                break
            lines.append(f"{customer} | {tier} | {at} | {left} | {1 + customer % 2}")
            at = left
            if then != "A":
                lines.append(f"{customer} | {then} | {at} | - | {1 + customer % 2}")
                break
    found = stays("\n".join(lines))
    first = found.entered[np.unique(found.customer, return_index=True)[1]]
    return Past(found, first, 1 + np.arange(len(first)) % 2, TWO, PLAIN, 2)


def order_days(of: Past) -> np.ndarray:
    return of.stays.entered[of.stays.tier == 2]


def test_the_week_ends_that_are_over_with_two_weeks_before_them():
    # 2026-05-20 is a Wednesday: the week of the 11th to the 17th is the last one over
    first = day_number(day("2026-04-01"))
    assert lookback.cuts(first, day("2026-05-20")) == [
        date(2026, 4, 19),
        date(2026, 4, 26),
        date(2026, 5, 3),
        date(2026, 5, 10),
    ]
    assert lookback.cuts(first, day("2026-05-17"))[-1] == date(2026, 5, 10)
    assert lookback.cuts(first, day("2026-05-16"))[-1] == date(2026, 5, 3)
    assert len(lookback.cuts(0, day("2026-05-20"))) == 8
    assert lookback.cuts(day_number(day("2026-05-10")), day("2026-05-20")) == []


def test_a_past_week_is_forecast_with_what_was_known_then():
    of = past(1)
    cut = date(2026, 4, 26)
    seen = {week.cut: week for week in lookback.look_back(of, date(2026, 5, 17), order_days(of)).weeks}
    known = until(of.stays, day_number(cut))
    alone = fc.forecast(fc.learn(Past(known, of.born, of.found_by, TWO, PLAIN, 2), cut), 7)
    week = seen[cut]
    assert week.mean == pytest.approx(alone.mean(0))
    p, new = alone.of(0)
    assert week.variance == pytest.approx((p * (1 - p)).sum() + new)
    days = order_days(of) - day_number(cut)
    assert week.came == ((days > 0) & (days <= 7)).sum()


def test_people_add_up_to_the_team():
    of = past(2)
    found = fc.forecast(fc.learn(of, date(2026, 5, 17)), 14)
    assert found.mean(0) == pytest.approx(found.mean(1) + found.mean(2) + found.arrivals[0])
    owner = np.where(np.arange(len(of.born)) % 3 == 0, -1, of.found_by)
    handed = fc.forecast(fc.learn(of, date(2026, 5, 17)), 14, owner)
    nobody = handed.p[handed.who == 0].sum() + handed.arrivals[0]
    assert handed.mean(0) == pytest.approx(handed.mean(1) + handed.mean(2) + nobody)


def test_what_is_said_of_past_weeks_holds_about_as_often_as_it_says():
    inside = weeks = 0
    for seed in range(12):
        of = past(seed)
        back = lookback.look_back(of, date(2026, 5, 17), order_days(of))
        for week in back.weeks:
            low, high = back.said(week).quantile([0.1, 0.9])
            inside += low <= week.came <= high
            weeks += 1
    assert weeks == 96
    assert 0.72 <= inside / weeks <= 1.0


def test_the_pace_is_used_only_where_it_was_clearly_better():
    of = past(3)
    steady = lookback.look_back(of, date(2026, 5, 17), order_days(of))
    assert not steady.use_pace
    assert steady.cv == steady.funnel_cv
    team = fc.forecast(fc.learn(of, date(2026, 5, 17)), 14)
    assert steady.scale(team, 40.0) == 1.0
    # orders nobody's case explains: three a working day, whatever the funnel holds
    every_day = np.repeat(np.arange(day_number(day("2026-01-01")), day_number(day("2026-05-18"))), 3)
    works = (every_day + 3) % 7 < 5
    paced = lookback.look_back(of, date(2026, 5, 17), every_day[works])
    assert paced.use_pace
    at = lookback.at_pace(of, date(2026, 5, 17), every_day[works], 0.0, 14)
    assert at == pytest.approx(30)
    assert team.mean(0, paced.scale(team, at)) == pytest.approx(30)


def test_two_weeks_of_data_and_none():
    of = past(4, weeks=2)
    back = lookback.look_back(of, date(2026, 5, 17), order_days(of))
    assert (back.weeks, back.cv, back.use_pace) == ([], pytest.approx(0.1), False)
    none = Past(until(of.stays, 0), of.born[:0], of.found_by[:0], TWO, PLAIN, 2)
    found = fc.forecast(fc.learn(none, date(2026, 5, 17)), 14)
    assert found.mean(0) == 0
    assert found.orders(0, 0.1).at_least(1) == 0
