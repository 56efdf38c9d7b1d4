from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.domain.history import LOG_COLUMNS, timeline
from support.worked import TIERS, activities, customers, orders, rows

DAY = date(2026, 5, 20)
NO_LOG = pd.DataFrame(columns=list(LOG_COLUMNS))


def stays(of) -> list[str]:
    return [
        f"{r.customer}/{r.case} {TIERS.labels[r.tier]} {r.entered:%m-%d} {'' if pd.isna(r.left) else f'{r.left:%m-%d}'} {r.source}"
        for r in of.stays.itertuples()
    ]


def logged(of) -> list[str]:
    return [f"{r.at:%m-%d} {r.id} {r.from_tier} {r.to_tier} {r.source}" for r in of.log_rows.fillna("-").itertuples()]


def test_a_customer_climbs_and_buys():
    got = timeline(
        customers("""
            id | owner | created
            1  | 小李  | 2026-05-01
        """),
        activities("""
            at         | id | owner | tier_after
            2026-05-06 | 1  | 小李  | C
            2026-05-04 | 1  | 小李  | D
            2026-05-12 | 1  | 小张  | A
        """),
        orders("""
            date       | id | owner
            2026-05-15 | 1  | 小张
        """),
        NO_LOG,
        TIERS,
        DAY,
    )
    assert stays(got) == [
        "0/0 E 05-01 05-04 start",
        "0/0 D 05-04 05-06 activity",
        "0/0 C 05-06 05-12 activity",
        "0/0 A 05-12 05-15 activity",
        "0/0 Won 05-15  order",
    ]
    assert got.stays["owner"].tolist() == ["小李", "小李", "小李", "小张", "小张"]
    assert logged(got) == [
        "05-01 1 - E initial",
        "05-04 1 E D activity",
        "05-06 1 D C activity",
        "05-12 1 C A activity",
        "05-15 1 A Won order",
    ]


def test_without_activity_the_typed_tier_places_the_customer_and_is_no_move():
    got = timeline(
        customers("""
            id | tier | created
            1  | C    | 2026-05-01
            2  | -    | -
            3  | Won  | 2026-05-02
        """),
        None,
        None,
        NO_LOG,
        TIERS,
        DAY,
    )
    assert stays(got) == ["0/0 C 05-01  initial", "1/1 E 05-20  initial", "2/2 Won 05-02  initial"]
    assert logged(got) == [
        "05-01 1 - C initial",
        "05-02 3 - Won initial",
        "05-20 1 - C seen",
        "05-20 2 - E initial",
        "05-20 3 - Won seen",
    ]


def test_any_activity_with_a_tier_overrides_the_typed_one():
    got = timeline(
        customers("""
            id | tier | created
            1  | A    | 2026-05-01
        """),
        activities("""
            at         | id | tier_after
            2026-05-08 | 1  | D
        """),
        None,
        NO_LOG,
        TIERS,
        DAY,
    )
    assert stays(got) == ["0/0 E 05-01 05-08 start", "0/0 D 05-08  activity"]


HISTORY = """
    at         | id | from_tier | to_tier | owner | source
    2026-05-01 | 1  | -         | C       | -     | initial
    2026-05-10 | 1  | -         | C       | -     | seen
"""


def test_a_cell_typed_over_is_a_manual_move_of_today():
    people = customers("""
        id | tier | created
        1  | B    | 2026-05-01
    """)
    first = timeline(people, None, None, rows(HISTORY), TIERS, DAY)
    assert stays(first) == ["0/0 C 05-01 05-20 initial", "0/0 B 05-20  manual"]
    assert logged(first) == ["05-20 1 C B manual", "05-20 1 C B seen"]
    log = pd.concat([rows(HISTORY), first.log_rows], ignore_index=True)
    again = timeline(people, None, None, log, TIERS, DAY)
    assert stays(again) == stays(first)
    assert logged(again) == []


def test_a_manual_move_wins_over_earlier_activities_and_loses_to_those_of_its_day():
    people = customers("""
        id | tier | created
        1  | B    | 2026-05-01
    """)
    log = rows(HISTORY)
    earlier = activities("""
        at         | id | tier_after
        2026-05-19 | 1  | D
    """)
    assert timeline(people, earlier, None, log, TIERS, DAY).current["tier"].tolist() == [TIERS.codes.index("B")]
    same_day = activities("""
        at               | id | tier_after
        2026-05-20 09:30 | 1  | D
    """)
    assert timeline(people, same_day, None, log, TIERS, DAY).current["tier"].tolist() == [TIERS.codes.index("D")]


def test_won_or_lost_by_hand_is_dated_when_the_customer_was_closed():
    got = timeline(
        customers("""
            id | tier | created    | closed
            1  | Won  | 2026-05-01 | 2026-05-16
        """),
        None,
        None,
        rows(HISTORY),
        TIERS,
        DAY,
    )
    assert stays(got) == ["0/0 C 05-01 05-16 initial", "0/0 Won 05-16  manual"]


def test_a_tier_after_the_end_opens_a_new_case_and_a_second_order_does_not():
    got = timeline(
        customers("""
            id | created
            1  | 2026-05-01
        """),
        activities("""
            at         | id | tier_after
            2026-05-04 | 1  | A
            2026-05-11 | 1  | C
            2026-05-12 | 1  | Lost
        """),
        orders("""
            date       | id
            2026-05-06 | 1
            2026-05-08 | 1
        """),
        NO_LOG,
        TIERS,
        DAY,
    )
    assert stays(got) == [
        "0/0 E 05-01 05-04 start",
        "0/0 A 05-04 05-06 activity",
        "0/0 Won 05-06 05-11 order",
        "0/1 C 05-11 05-12 activity",
        "0/1 Lost 05-12  activity",
    ]


def test_days_after_as_of_and_unknown_customers_do_not_exist_yet():
    got = timeline(
        customers("""
            id | created
            1  | 2026-05-01
            2  | 2026-05-21
        """),
        activities("""
            at               | id | tier_after
            2026-05-20 23:59 | 1  | D
            2026-05-21       | 1  | C
            2026-05-02       | 9  | A
        """),
        None,
        NO_LOG,
        TIERS,
        DAY,
    )
    assert stays(got) == ["0/0 E 05-01 05-20 start", "0/0 D 05-20  activity"]
    assert got.current["tier"].tolist() == [1, -1]


def test_an_earlier_day_is_computed_but_nothing_is_logged():
    people = customers("""
        id | tier | created
        1  | B    | 2026-05-01
    """)
    got = timeline(people, None, None, rows(HISTORY), TIERS, date(2026, 5, 5), last_logged=date(2026, 5, 10))
    assert stays(got) == ["0/0 C 05-01  initial"]
    assert logged(got) == []


def test_a_case_stays_with_who_had_the_customer_first():
    people = customers("""
        id | owner | tier | created
        1  | 李四  | -    | 2026-05-01
        2  | 李四  | C    | 2026-05-01
        3  | 李四  | -    | 2026-05-01
        4  | 李四  | -    | 2026-05-18
    """)
    log = rows("""
        at         | id | from_tier | to_tier | owner | source
        2026-05-01 | 1  | -         | E       | 张三  | initial
        2026-05-01 | 2  | -         | C       | 张三  | initial
        2026-05-01 | 3  | -         | E       | -     | initial
    """)
    got = timeline(people, None, None, log, TIERS, DAY)
    # 3 belonged to nobody when it was first seen; 4 is seen for the first time
    assert got.stays["owner"].tolist() == ["张三", "张三", "李四", "李四"]


moves = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 25), st.sampled_from(["E", "D", "C", "B", "A", "Won", "Lost"])),
    max_size=30,
)


@given(moves=moves, data=st.data())
def test_row_order_does_not_matter_and_a_second_look_logs_nothing(moves, data):
    unique = {(who, day): tier for who, day, tier in moves}
    calls = pd.DataFrame(
        [(pd.Timestamp(2026, 5, day), str(who), "小李", tier) for (who, day), tier in unique.items()],
        columns=["at", "id", "owner", "tier_after"],
    ).astype({"at": "datetime64[s]"})
    calls["tier_after"] = TIERS.encode(calls["tier_after"])
    people = customers("id | tier\n0 | C\n1 | -\n2 | Lost\n3 | E")
    first = timeline(people, calls, None, NO_LOG, TIERS, DAY)
    order = data.draw(st.permutations(range(len(calls))))
    shuffled = timeline(people, calls.iloc[order], None, NO_LOG, TIERS, DAY)
    assert stays(first) == stays(shuffled)
    assert timeline(people, calls, None, first.log_rows, TIERS, DAY).log_rows.empty


def test_nobody_at_all():
    none = customers("id | tier\n1 | E").iloc[:0]
    got = timeline(none, activities("at | id | tier_after\n2026-05-01 | 1 | D"), None, NO_LOG, TIERS, DAY)
    assert got.stays.empty
    assert got.log_rows.empty
