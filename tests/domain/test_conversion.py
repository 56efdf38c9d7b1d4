from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain import conversion, incidence
from funnelbook.domain.history import LOG_COLUMNS, timeline
from support.worked import TIERS, activities, customers

DAY = date(2026, 5, 20)
NO_LOG = pd.DataFrame(columns=list(LOG_COLUMNS))


PEOPLE = customers("""
    id | owner | created
    1  | 小李  | 2026-03-02
    2  | 小李  | 2026-03-02
    3  | 小张  | 2026-03-02
    4  | 小张  | 2026-05-18
    5  | -     | 2024-01-01
""")
CALLS = activities("""
    at         | id | owner | tier_after
    2026-03-10 | 1  | 小李  | C
    2026-03-20 | 1  | 小李  | B
    2026-05-04 | 2  | 小李  | D
    2026-03-05 | 3  | 小张  | Lost
    2026-05-19 | 4  | 小张  | D
""")


def test_cohorts_by_hand():
    got = conversion.cohorts(timeline(PEOPLE, CALLS, None, NO_LOG, TIERS, DAY), TIERS)
    shown = [
        f"{r.case} {TIERS.labels[r.tier]} {r.entered:%m-%d} {'' if pd.isna(r.next_day) else f'{r.next_day:%m-%d}'}".strip()
        for r in got.itertuples()
    ]
    assert shown == [
        "0 E 03-02 03-10",
        "0 D 03-10 03-10",
        "0 C 03-10 03-20",
        "0 B 03-20",  # the jump E to C passes D
        "1 E 03-02 05-04",
        "1 D 05-04",
        "2 E 03-02",
        "3 E 05-18 05-19",
        "3 D 05-19",
        "4 E 01-01",
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(1, 200), st.sampled_from(["E", "D", "C", "B", "A", "Won", "Lost"])),
        max_size=40,
    )
)
def test_reached_never_grows_up_the_funnel_and_rates_lie_in_their_interval(moves):
    days = np.datetime64("2025-11-01") + np.array([day for _, day, _ in moves], dtype="timedelta64[D]")
    calls = pd.DataFrame(
        {
            "id": [str(who) for who, _, _ in moves],
            "owner": "小李",
            "at": days.astype("datetime64[s]"),
            "tier_after": TIERS.encode([tier for _, _, tier in moves]),
        }
    )
    of = timeline(
        customers("id | owner\n" + "\n".join(f"{i} | 小李" for i in range(7))), calls, None, NO_LOG, TIERS, DAY
    )
    cohorts = conversion.cohorts(of, TIERS)
    got = incidence.rates(incidence.watched(cohorts, TIERS, DAY), cohorts, TIERS, ["小李"])
    for _, rows in got.groupby("person", dropna=False):
        assert rows["reached"].is_monotonic_decreasing
    assert (got["cases"] <= got["reached"]).all()
    assert ((got["rate_low"] <= got["rate"]) & (got["rate"] <= got["rate_high"])).all()


def test_lead_and_dwell_by_hand():
    of = timeline(
        customers("id | created\n1 | 2026-05-01\n2 | 2026-05-01"),
        activities("""
            at         | id | tier_after
            2026-05-05 | 1  | A
            2026-05-09 | 1  | Won
            2026-05-11 | 2  | D
            2026-05-13 | 2  | Won
        """),
        None,
        NO_LOG,
        TIERS,
        DAY,
    )
    lead = conversion.lead_days(conversion.cohorts(of, TIERS), TIERS)
    assert lead.tolist() == [10, 3, 2, 2, 2]  # medians of (8, 12), (4, 2), and of 4 and 0 for the tiers jumped over
    assert conversion.dwell_days(of, TIERS)[[0, 1, 4]].tolist() == [7, 2, 4]
