"""Rows that are not as their table declares are told at once, by table and column."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from funnelbook.book.frames import conform
from funnelbook.book.schema import Column, Kind, Role, Table

PAIRS = Table(
    "Pairs",
    Role.RESULT,
    sheet="meeting",
    order=1,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("rate", Kind.RATE),
        Column("since", Kind.DATE),
        Column("star", Kind.FLAG),
        Column("status", Kind.CODE, codes="reward_status"),
        Column("remark", Kind.TEXT, entry=True),
    ),
)
DAYS = pd.to_datetime(["2026-05-01", None])
ROWS = pd.DataFrame(
    {
        "rate": [0.5, np.nan],
        "person": np.array(["小李", None], dtype=object),
        "since": DAYS,
        "star": [True, False],
        "status": ["paid", None],
        "remark": [3, "谈过"],
    }
)


def test_columns_come_in_the_order_of_the_table():
    assert list(conform(PAIRS, ROWS)) == ["person", "rate", "since", "star", "status", "remark"]


@pytest.mark.parametrize("blank", [None, np.nan, pd.NaT])
def test_a_blank_column_fits_any_kind(blank):
    conform(PAIRS, ROWS.assign(**dict.fromkeys(PAIRS.names, blank)))
    conform(PAIRS, ROWS.iloc[:0])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS.drop(columns="rate"), "Pairs lacks the column rate"),
        (ROWS.assign(rats=1.0), "Pairs has no column rats"),
        (ROWS.rename(columns={"since": "sinse"}), "Pairs lacks the column since"),
        (ROWS.assign(rate=["50%", None]), r"Pairs\.rate is rate, not string"),
        (ROWS.assign(rate=[True, False]), r"Pairs\.rate is rate, not boolean"),
        (ROWS.assign(person=[1, 2]), r"Pairs\.person is person, not integer"),
        (ROWS.assign(since=["2026-05-01", None]), r"Pairs\.since is date, not string"),
        (ROWS.assign(star=[1.0, 0.0]), r"Pairs\.star is flag, not floating"),
        (ROWS.assign(status=["paid", "payed"]), r"Pairs\.status has no code payed"),
        (ROWS.assign(person=["小李", 7]), r"Pairs\.person is person, not mixed-integer"),
    ],
)
def test_what_is_not_as_declared_is_named(rows, told):
    with pytest.raises(ValueError, match=told):
        conform(PAIRS, rows)
