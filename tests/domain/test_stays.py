from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain.history import LOG_COLUMNS, timeline
from funnelbook.domain.stays import GOES_ON, day_number, stays
from support.forecasts import until
from support.worked import TIERS, activities, customers, orders, rows

DAY = date(2026, 5, 20)


def shown(people, calls=None, sold=None, log=None, as_of=DAY):
    """Each stay as `customer tier entered left>to`, what is odd about it after that."""
    log = pd.DataFrame(columns=list(LOG_COLUMNS)) if log is None else log
    got = stays(timeline(people, calls, sold, log, TIERS, as_of), TIERS, ["小李"], as_of)
    text = lambda d: str(np.datetime64(int(d), "D"))[5:]  # noqa: E731
    return [
        f"{got.customer[i]} {TIERS.labels[got.tier[i]]} {text(got.entered[i])}"
        + (f" {text(got.left[i])}>{TIERS.labels[got.to[i]]}" if got.left[i] < GOES_ON else "")
        + (f" seen {text(got.seen[i])}" if got.seen[i] > got.entered[i] else "")
        + (" initial" if got.initial[i] else "")
        for i in range(len(got))
    ]


def test_the_state_of_a_day_is_the_one_at_its_end():
    calls = activities("""
        at         | id | tier_after
        2026-05-06 | 1  | D
        2026-05-06 | 1  | C
        2026-05-08 | 1  | D
        2026-05-08 | 1  | C
        2026-05-12 | 1  | Lost
    """)
    # D came and went on the 6th and on the 8th: the case never left C before it was lost
    assert shown(customers("id | created\n1 | 2026-05-04"), calls) == [
        "0 E 05-04 05-06>C",
        "0 C 05-06 05-12>Lost",
        "0 Lost 05-12",
    ]


def test_an_order_is_kept_though_the_next_case_begins_the_same_day():
    calls = activities("at | id | tier_after\n2026-05-06 | 1 | B")
    sold = orders("date | id\n2026-05-08 | 1")
    more = activities("at | id | tier_after\n2026-05-06 | 1 | B\n2026-05-09 | 1 | E")
    people = customers("id | created\n1 | 2026-05-04")
    assert shown(people, calls, sold) == ["0 E 05-04 05-06>B", "0 B 05-06 05-08>Won", "0 Won 05-08"]
    got = stays(timeline(people, more, sold, None, TIERS, DAY), TIERS, [], DAY)
    assert got.case.tolist() == [0, 0, 0, 1]
    assert got.begins.tolist() == [True, False, False, True]


def test_without_a_log_nothing_before_today_was_watched():
    people = customers("id | tier | created\n1 | C | 2026-05-04\n2 | E | 2026-05-04\n3 | - | -")
    assert shown(people) == [
        "0 C 05-04 seen 05-20 initial",
        "1 E 05-04 seen 05-20 initial",
        "2 E 05-20 initial",
    ]


def test_what_was_seen_before_is_watched_from_then_on():
    log = rows(
        """
        at         | id | to_tier | source
        2026-05-04 | 1  | C       | initial
        2026-05-11 | 1  | C       | seen
        2026-05-15 | 1  | B       | seen
        2026-05-15 | 1  | B       | manual
    """,
        " ".join(LOG_COLUMNS),
    )
    people = customers("id | tier | created\n1 | B | 2026-05-04")
    assert shown(people, log=log) == ["0 C 05-04 05-15>B seen 05-11 initial", "0 B 05-15"]


def test_a_prospect_nobody_called_is_watched_since_he_came_when_the_team_logs_its_calls():
    people = customers("id | created\n1 | 2026-05-04\n2 | 2026-05-06\n3 | 2026-03-01")
    calls = activities("at | id | tier_after\n2026-05-05 | 1 | D")
    assert shown(people, calls) == [
        "0 E 05-04 05-05>D",
        "0 D 05-05",
        "1 E 05-06",
        "2 E 03-01 seen 05-05 initial",
    ]


def test_a_cut_knows_nothing_of_what_came_after():
    people = customers("id | created\n1 | 2026-05-04\n2 | 2026-05-15")
    calls = activities("at | id | tier_after\n2026-05-06 | 1 | D\n2026-05-12 | 1 | Won")
    whole = stays(timeline(people, calls, None, None, TIERS, DAY), TIERS, [], DAY)
    then = date(2026, 5, 10)
    cut = until(whole, day_number(then))
    alone = stays(timeline(people, calls[calls["at"] <= "2026-05-10"], None, None, TIERS, then), TIERS, [], then)
    for name in ("customer", "case", "tier", "entered", "left", "seen", "to", "who", "begins", "initial"):
        np.testing.assert_array_equal(getattr(cut, name), getattr(alone, name))
    assert whole.at(day_number(then)).tolist() == [1]
    assert cut.moved.tolist() == [True, False]
