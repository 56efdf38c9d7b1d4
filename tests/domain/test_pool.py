"""The pool: when a customer falls due, calls in vain, and who could take whom, each by a law or by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import pool

NONE = np.datetime64("NaT", "D")


def days(*said: str | None) -> np.ndarray:
    return np.array([NONE if day is None else np.datetime64(day, "D") for day in said])


@pytest.mark.parametrize(
    ("since", "agreed", "limit", "due"),
    [
        ("2026-05-06", None, 14.0, "2026-05-20"),
        ("2026-05-06", "2026-05-08", 14.0, "2026-05-20"),  # agreed and over before it falls due
        ("2026-05-06", "2026-06-01", 14.0, "2026-06-02"),  # has until the day agreed
        ("2026-05-06", None, np.nan, None),
        (None, "2026-06-01", 14.0, None),
        ("2026-05-06", None, 1e12, "2126-07-21"),  # a typing slip stays in the calendar
    ],
)
def test_when_a_customer_falls_due(since, agreed, limit, due):
    (found,) = pool.due(days(since), days(agreed), np.array([limit]))
    assert (found == days(due)[0]) or (np.isnat(found) and due is None)


def test_calls_in_vain_are_those_since_somebody_was_reached_and_since_the_decision():
    log = [  # of customer 0, 1 and nobody known; 2: a message between two calls
        ("2026-05-01", 0, True, False), ("2026-05-02", 0, True, True), ("2026-05-03", 0, True, False),
        ("2026-05-04", 0, True, False), ("2026-05-01", 1, True, False), ("2026-05-02", 1, True, False),
        ("2026-05-03", 1, True, False), ("2026-05-03", -1, True, False), ("2026-05-01", 2, True, False),
        ("2026-05-02", 2, False, False), ("2026-05-03", 2, True, False),
    ]  # fmt: skip
    at, customer, tried, reached = (np.array(column) for column in zip(*log, strict=True))
    found = pool.in_vain(at.astype("datetime64[s]"), customer, tried, reached, days(None, "2026-05-02", None, None))
    assert found.tolist() == [2, 1, 2, 0]


def test_the_one_with_fewest_cases_is_first_and_nobody_gets_back_whom_he_had():
    got = pool.takers(np.ones(4), np.array([-1, -1, 1, -1]), np.array([5.0, 1.0, 2.0]), np.array([9.0, 9.0, 0.5]))
    assert got.tolist() == [1, 1, 0, 1]  # the third had him last, and has no room


LOADS = st.sampled_from([0.5, 1.0, 1.4, 3.5])


@given(
    st.lists(st.tuples(LOADS, st.integers(-1, 3)), max_size=30),
    st.lists(st.tuples(st.integers(0, 9), st.floats(-5, 20)), min_size=4, max_size=4),
)
def test_nobody_is_proposed_more_than_he_has_room_for_and_room_is_used_fairly(customers, people):
    load, barred = (np.array(column) for column in zip(*customers, strict=True)) if customers else (np.zeros(0),) * 2
    cases, room = (np.array(column, dtype=float) for column in zip(*people, strict=True))
    got = pool.takers(load, barred.astype(int), cases, room)
    given_, left = np.bincount(got[got >= 0], minlength=4), room - np.bincount(got[got >= 0], load[got >= 0], 4)
    assert (left[given_ > 0] >= -1e-6).all()
    assert not ((got >= 0) & (got == barred)).any()
    for at in np.flatnonzero(got < 0):  # nobody else had room for him
        assert not (np.delete(left, int(barred[at])) if barred[at] >= 0 else left)[...].max() >= load[at] + 1e-6
    if len(set(customers)) == 1 and customers[0][1] < 0:  # alike: who got one does not end above who has room
        total, can = cases + given_, left >= load[0]
        assert not given_.any() or not can.any() or total[given_ > 0].max() - 1 <= total[can].min()
