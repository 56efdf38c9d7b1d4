from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import targets
from funnelbook.domain.periods import parse
from funnelbook.domain.workdays import WorkCalendar
from support.worked import rows

MAY = parse("2026-05")


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [(100, (3, 3, 1), [43, 43, 14]), (10, (1, 1, 1), [4, 3, 3]), (7, (0, 2, 2, 1), [0, 3, 3, 1])],
)
def test_worked_values(total, weights, parts):
    assert targets.largest_remainder(total, weights).tolist() == parts
    assert targets.split(total, weights).tolist() == parts


def test_all_weights_zero_is_equal_parts():
    assert targets.largest_remainder(7, (0, 0, 0)).tolist() == [3, 2, 2]


def test_money_is_split_to_the_cent():
    assert targets.largest_remainder(100, (1, 1, 1), unit=0.01).tolist() == [33.34, 33.33, 33.33]


def test_locked_values_come_first():
    assert targets.split(10, (1, 1, 1), locked=(np.nan, 6, np.nan)).tolist() == [2, 6, 2]


def test_locks_above_the_total_are_refused():
    with pytest.raises(ValueError, match="12, more than 10"):
        targets.split(10, (1, 1), locked=(12, np.nan))


def test_fairness_one_is_equal_among_those_with_weight():
    assert targets.split(9, (8, 1, 0, 1), fairness=1).tolist() == [3, 3, 0, 3]


@given(
    total=st.integers(0, 10_000),
    fairness=st.floats(0, 1),
    weights=st.lists(st.floats(0, 1e6).filter(lambda w: w == 0 or w > 1e-6), min_size=1, max_size=40),
)
def test_parts_add_up_and_stay_within_one_of_the_exact_share(total, weights, fairness):
    parts = targets.split(total, weights, fairness=fairness)
    assert parts.sum() == total
    assert (parts >= 0).all()
    some = np.array(weights) > 0
    if some.any():
        assert (parts[~some] == 0).all()
        exact = total * ((1 - fairness) * np.array(weights) / sum(weights) + fairness * some / some.sum())
        assert (np.abs(parts - exact) < 1 + 1e-6).all()


def test_productivity_is_shrunk_to_the_team():
    # team: 12 orders in 40 days = .3 a day; (9 + 20 x .3) / (20 + 20), (3 + 6) / 40
    assert targets.productivity([9, 3], [20, 20], 20) == pytest.approx([0.375, 0.225])


def test_weights_are_days_times_ramp_times_capacity_times_productivity():
    people = rows("""
        person | start      | capacity
        老王   | 2024-01-08 | -
        小李   | 2026-05-18 | 0.5
        小张   | 2026-04-01 | 1
    """)
    leave = rows("""
        person | from       | to
        老王   | 2026-05-04 | 2026-05-06
    """)
    ramp = rows("""
        month | factor
        1     | 0.3
        2     | 0.6
    """)
    # May 2026 has 21 weekdays: 18 after leave, 10 from the 18th on, 21; first month, second month of service at mid-May
    got = targets.weights(people, MAY, WorkCalendar.plain(), leave, ramp, np.array([1.0, 1.0, 2.0]))
    assert got == pytest.approx([18, 10 * 0.3 * 0.5, 21 * 0.6 * 2])


TARGETS = "period person revision orders_proposed amount_proposed margin_proposed orders amount margin locked"


def _targets(text: str) -> pd.DataFrame:
    frame = rows(text, TARGETS)
    return frame.assign(span=[parse(p) for p in frame["period"]], locked=frame["locked"].eq("y"))


def test_the_highest_revision_rules_and_agreed_beats_proposed():
    got = targets.ruling(
        _targets("""
        period  | person | revision | orders_proposed | orders
        2026-05 | -      | 1        | 20              | 18
        2026年5月 | -    | 2        | 25              | -
        2026-05 | 小李   | 1        | 9               | 7
        2026-06 | 小李   | 1        | 9               | 30
    """),
        MAY,
    )
    assert got.value.loc["小李", "orders"] == 7
    assert got.agreed["小李"]
    assert got.value["orders"][None] == 25
    assert not got.agreed[None]


def test_a_team_row_that_is_not_the_sum_is_a_conflict():
    got = targets.ruling(
        _targets("""
        period  | person | revision | orders
        2026-05 | -      | 1        | 18
        2026-05 | 小李   | 1        | 7
        2026-05 | 小张   | 1        | 9
    """),
        MAY,
    )
    assert targets.conflict(got, ["小李", "小张"]) == [("orders", 18, 16)]
    assert targets.conflict(got, ["小李", "小张", "老王"]) == []


def test_the_weeks_of_a_calendar():
    calendar = WorkCalendar.from_frame(
        rows("""
        date       | workday | weight
        2026-05-01 | -       | -
        2026-05-09 | -       | 0.5
    """).assign(workday=[False, True])
    )
    assert calendar.count(date(2026, 5, 1), date(2026, 5, 10)) == 6
    assert calendar.weight_of(date(2026, 5, 1), date(2026, 5, 10)) == pytest.approx(5.5)
    assert calendar.count(date(2026, 5, 5), date(2026, 5, 4)) == 0
