"""Promises against a plain reading of the rule, one customer and one day at a time."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.promises import due
from funnelbook.domain.workdays import WorkCalendar

FIRST = date(2026, 5, 4)  # a Monday
days = st.integers(0, 20)
calls = st.lists(st.tuples(st.integers(0, 2), days, st.none() | days), max_size=12)


def day(number: int | None) -> pd.Timestamp:
    return pd.NaT if number is None else pd.Timestamp(FIRST + timedelta(days=number))


@given(calls, st.lists(st.none() | days, min_size=3, max_size=3), st.lists(st.booleans(), min_size=3, max_size=3))
def test_each_promise_is_due_once_and_kept_by_a_call_on_its_day(rows, cells, is_open):
    rows = sorted(rows, key=lambda row: row[1])
    customers = pd.DataFrame({"owner": ["A"] * 3, "next_contact": pd.to_datetime(list(map(day, cells)))})
    activities = pd.DataFrame(
        {
            "customer": pd.Series([who for who, _, _ in rows], dtype=int),
            "at": pd.to_datetime([day(at) for _, at, _ in rows]),
            "next_contact": pd.to_datetime([day(said) for _, _, said in rows]),
            "owner": pd.Series(["A"] * len(rows), dtype=object),
        }
    )
    got = due(customers, activities, np.array(is_open), np.zeros(len(customers), dtype=bool), WorkCalendar.plain())
    found = sorted(zip(got["customer"], got["day"], got["done"], strict=True))
    assert found == sorted(expected(rows, cells, is_open))


def expected(rows, cells, is_open):
    for who in range(3):
        log = [(at, said) for w, at, said in rows if w == who]
        for i, (at, said) in enumerate(log):
            later = log[i + 1][0] if i + 1 < len(log) else None
            if said is not None and said >= at and (later is None or later >= said):
                yield who, day(worked(said)), later is not None and later <= worked(said)
        if is_open[who] and cells[who] is not None and (not log or log[-1][1] is None):
            yield who, day(worked(cells[who])), any(cells[who] <= at <= worked(cells[who]) for at, _ in log)


def worked(number: int) -> int:
    return number + {5: 2, 6: 1}.get(number % 7, 0)
