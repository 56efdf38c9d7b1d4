import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import repeat

WON = 5


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def test_a_customer_is_an_existing_one_from_the_day_after_the_first_order():
    got = repeat.bought_before(
        np.array([0, 0, 0, 1]), days("2026-03-01", "2026-03-02", "2026-02-27", "2026-05-01"),
        np.array([0, 0]), days("2026-04-01", "2026-03-01"),
    )  # fmt: skip
    assert got.tolist() == [False, True, False, False]


def test_care_is_a_contact_while_no_new_case_is_open():
    stays = pd.DataFrame(
        {
            "customer": [0, 0, 0, 2],
            "tier": [0, WON, 1, WON],
            "entered": days("2026-03-01", "2026-03-10", "2026-04-10", "2026-03-01"),
        }
    )
    who = np.array([0, 0, 0, 0, 0, 1, 2])
    on = days("2026-03-05", "2026-03-10", "2026-03-11", "2026-04-10", "2026-04-11", "2026-04-01", "2026-06-01")
    # before the sale; the call that won; after it; the call that opened the next case; in that case; a stranger; long after
    assert repeat.care_contacts(who, on, stays, WON).tolist() == [False, False, True, True, False, False, True]


def test_orders_that_care_brought_came_within_60_days():
    cared, on = np.array([0, 0, 3]), days("2026-03-01", "2026-03-20", "2026-01-01")
    who = np.array([0, 0, 0, 0, 1, 3, 3])
    ordered = days("2026-02-28", "2026-03-01", "2026-05-19", "2026-05-20", "2026-03-02", "2026-03-02", "2026-03-03")
    assert repeat.brought(who, ordered, cared, on).tolist() == [False, True, True, False, False, True, False]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-400, 400)), max_size=12),
    st.integers(0, 3),
    st.integers(-400, 400),
)
def test_brought_says_what_looking_at_each_contact_says(contacts, who, day):
    cared = np.array([c for c, _ in contacts], dtype=int)
    on = np.array([d for _, d in contacts], dtype="datetime64[D]")
    got = repeat.brought(np.array([who]), np.array([day], dtype="datetime64[D]"), cared, on)
    assert got.tolist() == [any(c == who and 0 <= day - d <= 60 for c, d in contacts)]


def test_nothing_is_no_accident():
    none = np.array([], dtype=int), days()
    stays = pd.DataFrame({"customer": none[0], "tier": none[0], "entered": none[1]})
    assert repeat.brought(*none, *none).tolist() == []
    assert repeat.care_contacts(np.array([0]), days("2026-01-01"), stays, WON).tolist() == [False]
    assert repeat.bought_before(np.array([0]), days("2026-01-01"), *none).tolist() == [False]
