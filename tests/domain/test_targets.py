from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import rulings, targets
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


TARGETS = "period person revision orders_proposed amount_proposed margin_proposed orders amount margin locked paid_proposed paid"


def _targets(text: str) -> pd.DataFrame:
    frame = rows(text, TARGETS)
    return frame.assign(span=[parse(p) for p in frame["period"]], locked=frame["locked"].eq("y"))


def test_the_highest_agreed_revision_rules_and_agreed_beats_proposed():
    got = rulings.ruling(
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
    # the team's 25 nobody agreed waits beside the agreed 18
    assert got.value["orders"][None] == 18
    assert got.agreed[None]
    assert got.pending["orders"].to_dict() == {None: 25}


SIGNED = TARGETS + " agreed_on agreed_by"


def _signed(text: str) -> pd.DataFrame:
    frame = rows(text, SIGNED)
    return frame.assign(span=[parse(p) for p in frame["period"]], locked=frame["locked"].eq("y"))


@pytest.mark.parametrize(
    ("table", "counts", "pending"),
    [
        # a revision that is only proposed changes nothing while an agreed one stands
        ("小李 | 1 | 9 | 8 | 2026-04-29 | 小李\n小李 | 2 | 5 | - | - | -", 8, 5),
        # nor does one typed as if it were agreed, by nobody and on no day
        ("小李 | 1 | 9 | 8 | 2026-04-29 | -\n小李 | 2 | - | 5 | - | -", 8, 5),
        # where nothing was ever agreed the highest revision counts
        ("小李 | 1 | 9 | - | - | -\n小李 | 2 | 5 | - | - | -", 5, None),
        # where nobody notes days and names, agreed values do
        ("小李 | 1 | - | 8 | - | -\n小李 | 2 | - | 5 | - | -", 5, None),
        # agreed later: it counts, and what was proposed in between is past
        ("小李 | 1 | 9 | 8 | 2026-04-29 | -\n小李 | 2 | 5 | - | - | -\n小李 | 3 | 6 | 6 | - | 小李", 6, None),
        # agreed as it was proposed: a day is enough
        ("小李 | 1 | 9 | - | 2026-04-29 | -\n小李 | 2 | 5 | - | - | -", 9, 5),
        # a day beside no number agrees to nothing
        ("小李 | 1 | 9 | 8 | - | -\n小李 | 2 | - | - | 2026-05-02 | 小李", 8, None),
    ],
)
def test_a_revision_nobody_agreed_waits_beside_the_agreed_one(table, counts, pending):
    head = "person | revision | orders_proposed | orders | agreed_on | agreed_by\n"
    frame = rows(head + table, SIGNED).assign(period="2026-05")
    frame = frame.assign(span=[MAY] * len(frame), locked=False)
    got = rulings.ruling(frame, MAY)
    assert got.value["orders"]["小李"] == counts
    waiting = got.pending["orders"].dropna().to_dict()
    assert waiting == ({} if pending is None else {"小李": pending})


QUARTER = """
    period  | person | revision | orders | amount
    2026-Q2 | -      | 1        | 120    | 650000
    2026-Q2 | 小李   | 1        | 70     | 400000
    2026-Q2 | 小张   | 1        | 50     | 250000
    2026    | -      | 1        | 900    | -
    2026    | 小王   | 1        | 52     | -
"""


def test_the_narrowest_period_around_the_month_gives_its_part_by_working_days():
    # weekdays: April 22, May 21, June 22. By the end of April 120 x 22 / 65 = 40.6: 41, by the end of May 120 x 43 / 65 = 79.4:
    # 79, so May is 38; 小李 and 小张 70 : 50 of 38 = 22.2, 15.8. 小王 has the year's only: 52 of 261 weekdays, 64 of them to
    # the end of April: 12.75: 13, 85 to the end of May: 16.9: 17
    table = _signed(QUARTER)
    got = rulings.in_force(table, MAY, WorkCalendar.plain())
    assert got.value["orders"].to_dict() == {None: 38, "小李": 22, "小张": 16, "小王": 4}
    assert {who: span.label for who, span in got.whole.items()} == {
        None: "2026-Q2",
        "小李": "2026-Q2",
        "小张": "2026-Q2",
        "小王": "2026",
    }
    # 650,000 x 22 / 65 = 220,000, x 43 / 65 = 430,000
    assert got.value["amount"][None] == 210_000
    assert got.value["amount"][["小李", "小张"]].sum() == 210_000


def test_the_month_s_own_target_goes_before_wider_ones_and_narrower_ones_are_none():
    table = _signed(QUARTER + "    2026-05 | 小李   | 1        | 5      | -\n")
    got = rulings.in_force(table, MAY, WorkCalendar.plain())
    assert got.value["orders"]["小李"] == 5
    assert "小李" not in got.whole
    # a part of the month's days is no target of the month
    weeks = _signed("""
        period                | person | revision | orders
        2026-05-18/2026-05-24 | 小李   | 1        | 3
        2026-05-11/2026-06-10 | 小张   | 1        | 9
    """)
    assert rulings.in_force(weeks, MAY, WorkCalendar.plain()).value.empty


@given(total=st.integers(0, 5000), own=st.lists(st.integers(0, 500), min_size=1, max_size=9))
def test_the_parts_of_a_year_add_up_by_month_and_by_person(total, own):
    people = [f"p{i}" for i in range(len(own))]
    table = pd.DataFrame({"person": [None, *people], "orders": [float(total), *map(float, own)], "revision": 1.0})
    table = table.assign(period="2026", span=[parse("2026")] * len(table), locked=False)
    table = table.reindex(columns=[*table.columns, *(c for c in SIGNED.split() if c not in table)])
    months = [
        rulings.in_force(table, parse(f"2026-{month:02d}"), WorkCalendar.plain()).value["orders"]
        for month in range(1, 13)
    ]
    team = [float(month[month.index.isna()].iloc[0]) for month in months]
    assert sum(team) == total
    assert all(part >= 0 for month in months for part in month)
    sums = [float(month[people].sum()) for month in months]
    assert sum(sums) == sum(own)
    if total == sum(own):
        assert team == sums


def _value(text: str) -> pd.DataFrame:
    frame = rows(text, "orders amount margin paid").set_index("person")
    frame.index = pd.Index([None if pd.isna(p) else p for p in frame.index], dtype=object)
    return frame[list(targets.MEASURES)].apply(pd.to_numeric)


def test_money_becomes_orders_by_the_mean_order_value():
    # 20,000 / 1,500 = 13.3; the people's 12,000 + 8,000 the same, 13 in 12 : 8 = 7.8, 5.2
    got = rulings.in_orders(
        _value("""
        person | amount
        -      | 20000
        小李   | 12000
        小张   | 8000
    """),
        {"amount": 1500, "margin": 300},
    )
    assert got.orders.to_dict() == {None: 13, "小李": 8, "小张": 5}
    assert got.each == {"amount": 1500}
    # margin where there is no amount: 3,000 / 300
    got = rulings.in_orders(_value("person | margin\n小李 | 3000"), {"amount": 1500, "margin": 300})
    assert got.orders.to_dict() == {"小李": 10}
    assert got.each == {"margin": 300}


def test_where_the_team_s_target_says_what_an_order_is_worth_that_is_the_mean():
    got = rulings.in_orders(
        _value("""
        person | orders | amount
        -      | 38     | 560000
        小李   | -      | 300000
        小张   | -      | 260000
    """),
        {"amount": 9999, "margin": np.nan},
    )
    assert got.orders[["小李", "小张"]].sum() == 38
    assert got.each["amount"] == pytest.approx(560_000 / 38)


def test_the_sum_of_people_s_orders_goes_before_the_team_s_money():
    got = rulings.in_orders(
        _value("person | orders | amount\n- | - | 9000\n小李 | 5 | -"), {"amount": 1500, "margin": 300}
    )
    assert np.isnan(got.orders[got.orders.index.isna()]).all()
    assert got.each == {}


def test_without_an_order_money_says_nothing_of_orders():
    got = rulings.in_orders(_value("person | amount\n小李 | 9000"), {"amount": np.nan, "margin": np.nan})
    assert np.isnan(got.orders["小李"])
    assert got.each == {"amount": pytest.approx(np.nan, nan_ok=True)}


@pytest.mark.parametrize(
    ("team", "people", "rest"),
    [
        (38, [20, 16], 2),
        (38, [20, 20], -2),
        (38, [20, 18], 0),
        (38, [20, np.nan], 18),
        (np.nan, [20, 18], 0),
        (38, [], 0),
    ],
)
def test_what_nobody_has_of_the_team_s_target(team, people, rest):
    assert targets.unassigned(team, np.array(people, dtype=float)) == rest


@given(team=st.integers(0, 1000), people=st.lists(st.integers(0, 300), min_size=1, max_size=12))
def test_people_and_what_nobody_has_add_up_to_the_team(team, people):
    assert sum(people) + targets.unassigned(team, np.array(people, dtype=float)) == team


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
