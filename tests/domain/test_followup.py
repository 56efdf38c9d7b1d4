from datetime import date

import numpy as np
import pandas as pd
import pytest

from funnelbook.domain import followup
from funnelbook.domain.workdays import WorkCalendar
from support.worked import TIERS, rows

PLAIN = WorkCalendar.plain()
P_WIN = np.array([0.048, 0.096, 0.24, 0.48, 0.8])
AS_OF = date(2026, 6, 3)  # a Wednesday


def calls(customers: str, activities: str = "at | id", **how: object) -> list[tuple[str, str]]:
    """(customer, why) of the call list."""
    listed, known = call_list(customers, activities, **how)
    return list(zip(known["id"].to_numpy()[listed["customer"]], listed["why"], strict=True))


def call_list(customers: str, activities: str, **how: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    known = rows(customers, "id tier phone expected_value created next_contact do_not_call")
    known = known.assign(
        tier=TIERS.encode(known["tier"]),
        expected_value=pd.to_numeric(known["expected_value"]),
        created=pd.to_datetime(known["created"]),
        next_contact=pd.to_datetime(known["next_contact"]),
        do_not_call=known["do_not_call"].notna(),
    )
    done = rows(activities, "at id next_contact channel")
    done = done.assign(
        at=pd.to_datetime(done["at"]),
        customer=pd.Index(known["id"]).get_indexer(done["id"]),
        next_contact=pd.to_datetime(done["next_contact"]),
        is_call=done["channel"].isna(),
    )
    latest = followup.latest_activity(known, done)
    listed = followup.call_list(
        known,
        latest,
        TIERS,
        AS_OF,
        promise=followup.promises(known, latest),
        tries=followup.tries_of_the_day(known, done, AS_OF),
        chance=np.append(P_WIN, [np.nan, np.nan, np.nan])[known["tier"].to_numpy().astype(int)],
        median_amount=1000.0,
        calendar=PLAIN,
        **how,
    )
    return listed, known


MIXED = """
    id    | tier | expected_value | created    | next_contact
    new2  | E    | 9000           | 2026-05-20 | -
    worth | C    | 9000           | 2026-01-01 | -
    top   | A    | -              | 2026-01-01 | -
    less  | D    | 100            | 2026-01-01 | -
    new1  | E    | -              | 2026-05-01 | -
    today | D    | -              | 2026-01-01 | 2026-06-03
    late  | E    | -              | 2026-01-01 | 2026-05-29
    later | B    | -              | 2026-01-01 | 2026-06-04
    top2  | B    | -              | 2026-01-01 | -
"""
TALKS = """
    at         | id
    2026-05-10 | worth
    2026-05-30 | top
    2026-05-01 | less
    2026-05-10 | later
    2026-05-20 | top2
    2026-05-20 | today
"""
ORDERED = [
    ("late", "overdue"),
    ("today", "promised"),
    ("top2", "cadence"),
    ("top", "cadence"),
    ("worth", "cadence"),
    ("less", "cadence"),
    ("new1", "new"),
    ("new2", "new"),
]


def test_the_four_groups_in_order():
    # `less` is due before `worth` and new2 is worth more than new1: neither counts in their groups
    assert calls(MIXED, TALKS) == ORDERED


def test_limit_and_number_of_new_prospects():
    assert calls(MIXED, TALKS, limit=3) == ORDERED[:3]
    assert calls(MIXED, TALKS, new=1) == ORDERED[:7]
    assert calls(MIXED, TALKS, new=0, limit=20) == ORDERED[:6]


def test_do_not_call_and_lost_are_never_listed():
    asked = """
        id | tier | next_contact | do_not_call
        K1 | A    | 2026-06-01   | 是
        K2 | Lost | 2026-06-01   | -
        K3 | Won  | -            | -
        K4 | E    | -            | 是
        K5 | Won  | 2026-06-01   | -
    """
    assert calls(asked) == [("K5", "overdue")]


def test_a_number_tried_often_enough_today_rests():
    same = """
        id | tier | phone       | next_contact
        K1 | A    | 13800138000 | 2026-06-03
        K2 | A    | 13800138000 | 2026-06-03
        K3 | A    | 13900139000 | 2026-06-03
    """
    once = "at | id | channel\n2026-06-03 09:00 | K1 | -\n2026-06-03 09:05 | K1 | 短信\n2026-06-02 09:00 | K2 | -"
    twice = once + "\n2026-06-03 10:00 | K1 | -"
    # the promise to K1 is kept by the call; K2 has the same number
    assert [who for who, _ in calls(same, once)] == ["K2", "K3"]
    assert call_list(same, once)[0]["tries"].tolist() == [1, 0]
    assert [who for who, _ in calls(same, twice)] == ["K3"]
    assert [who for who, _ in calls(same, twice, max_tries=3)] == ["K2", "K3"]


def test_calls_to_customers_nobody_knows_count_for_nobody():
    asked = "id | tier | next_contact\nK1 | A | 2026-06-03\nK2 | A | 2026-06-03"
    foreign = "at | id\n2026-06-03 09:00 | X\n2026-06-03 09:10 | X\n2026-06-03 09:20 | Y"
    assert [who for who, _ in calls(asked, foreign)] == ["K1", "K2"]


def test_a_cadence_that_is_not_over_is_not_listed():
    assert calls("id | tier\nK1 | D", "at | id\n2026-05-27 | K1") == [("K1", "cadence")]
    assert calls("id | tier\nK1 | D", "at | id\n2026-05-28 | K1") == []


def test_whoever_was_never_called_is_new_in_the_lowest_tier_and_due_in_any_other():
    known = "id | tier | created\nE1 | E | 2026-06-01\nD1 | D | 2026-06-01\nB1 | B | 2026-06-01"
    assert calls(known) == [("B1", "cadence"), ("D1", "cadence"), ("E1", "new")]


def test_a_missing_expected_value_is_the_median():
    known = "id | tier | expected_value\nlow | C | 999\nnone | C | -\nhigh | C | 1001"
    talks = "at | id\n2026-05-01 | low\n2026-05-01 | none\n2026-05-01 | high"
    assert [who for who, _ in calls(known, talks)] == ["high", "none", "low"]


@pytest.mark.parametrize(
    ("cell", "said", "edited", "promise"),
    [
        ("2026-06-10", "2026-06-08", False, "2026-06-08"),  # the latest activity rules
        ("2026-06-10", "2026-06-08", True, "2026-06-10"),  # unless the cell was typed over since
        ("2026-06-10", "-", False, "2026-06-10"),
        ("2026-06-02", "-", False, "NaT"),  # kept by the call of that day
        ("2026-06-01", "-", False, "NaT"),
        ("2026-06-02", "2026-06-08", True, "NaT"),
        ("-", "-", False, "NaT"),
    ],
)
def test_promises(cell, said, edited, promise):
    known = rows(f"id | next_contact\nK1 | {cell}").assign(next_contact=lambda f: pd.to_datetime(f["next_contact"]))
    done = rows(f"at | id | next_contact\n2026-06-02 | K1 | {said}\n2026-05-01 | K1 | 2026-05-05")
    done = done.assign(next_contact=pd.to_datetime(done["next_contact"]), customer=0)
    latest = followup.latest_activity(known, done)
    assert str(followup.promises(known, latest, np.array([edited]))[0]) == promise


@pytest.mark.parametrize(
    ("tier", "last", "due"),
    [
        ("A", "2026-06-03", "2026-06-05"),
        ("B", "2026-06-03", "2026-06-08"),  # Saturday moves on to Monday
        ("E", "2026-06-03", "2026-06-17"),
        ("Won", "2026-06-03", "NaT"),
        ("Lost", "2026-06-03", "NaT"),
        (None, "2026-06-03", "NaT"),
        ("A", "NaT", "NaT"),
    ],
)
def test_the_next_contact(tier, last, due):
    got = followup.next_contact(TIERS.encode([tier]), np.array([last], "datetime64[D]"), TIERS.cadence_days, PLAIN)
    assert str(got[0]) == due


def test_a_cadence_typed_wrong_never_leads_back_or_out_of_the_calendar():
    last = np.array(["2026-06-03"] * 2, "datetime64[D]")
    got = followup.next_contact(np.array([0, 1]), last, np.array([-5.0, 1e300]), PLAIN)
    assert str(got[0]) == "2026-06-03"
    assert got[1] < np.datetime64("2037")


FILLED = """
    id    | tier | expected_value | created    | next_contact
    due   | C    | -              | 2026-01-01 | -
    soon  | C    | -              | 2026-01-01 | -
    sooner| B    | -              | 2026-01-01 | -
    set   | A    | -              | 2026-01-01 | 2026-06-30
    cold  | C    | -              | 2026-01-01 | -
    asked | C    | -              | 2026-01-01 | 2026-05-19
    new1  | E    | -              | 2026-05-01 | -
    new2  | E    | -              | 2026-05-02 | -
    today | C    | -              | 2026-01-01 | -
"""
TALKED_TO = """
    at         | id     | next_contact | channel
    2026-01-05 | due    | -            | -
    2026-06-02 | soon   | -            | -
    2026-06-02 | sooner | -            | -
    2026-01-05 | cold   | -            | -
    2026-05-18 | asked  | 2026-05-19   | -
    2026-06-03 | today  | -            | -
"""
GAIN = np.array([9, 2, 3, 9, 8, 9, 1, 4, 9.0])
IS_COLD = np.array([0, 0, 0, 0, 1, 1, 0, 0, 0], dtype=bool)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        # what was promised comes first, cold or not; then what is due; the one new prospect wanted; then by gain, cold ones last
        (40, ["asked overdue", "due cadence", "new1 new", "new2 warm", "sooner warm", "soon warm", "cold cold"]),
        (5, ["asked overdue", "due cadence", "new1 new", "new2 warm", "sooner warm"]),
        (0, ["asked overdue", "due cadence", "new1 new"]),  # the calls of the day are made: nothing is filled up
    ],
)
def test_the_list_is_filled_with_warm_cases_then_with_cold_ones(most, expected):
    listed, known = call_list(FILLED, TALKED_TO, new=1, limit=40, filling=followup.Filling(IS_COLD, GAIN, most))
    ids = known["id"].iloc[listed["customer"]]
    assert [f"{i} {why}" for i, why in zip(ids, listed["why"], strict=True)] == expected
