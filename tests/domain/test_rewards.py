from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.domain import rewards
from support.examples import examples
from support.worked import rows

RULE = "from to amount percent cap"


def _rules(text: str) -> pd.DataFrame:
    renamed = text.replace("from ", "low ").replace(" to ", " high ")  # `from` and `to` are days in other tables
    frame = rows(renamed).rename(columns={"low": "from", "high": "to"})
    return frame.assign(**{name: pd.to_numeric(frame.get(name)) for name in RULE.split()})


def _measured(text: str) -> pd.DataFrame:
    frame = rows(text, "amount").set_index("person")
    return frame.apply(pd.to_numeric)


def _amounts(rules: str, measured: str, ended: bool = True) -> list[float]:
    return rewards.granted(_rules(rules), _measured(measured), ended=ended)["amount"].tolist()


def test_a_sum_a_percentage_and_its_cap():
    # 2 % of 120,000 = 2,400, capped at 2,000; 2 % of 50,000 = 1,000; below 30,000 nothing
    assert _amounts(
        """
        rule | metric | from  | percent | cap
        提成 | amount | 30000 | 0.02    | 2000
        """,
        """
        person | amount
        老王   | 120000
        小李   | 50000
        小张   | 29999
        """,
    ) == [2000, 1000, 0]


def test_a_percentage_of_a_metric_that_is_no_money_is_of_the_amount_sold():
    # 100 % done: 500 and 1 % of 40,000
    assert _amounts(
        """
        rule   | metric     | from | amount | percent
        达标奖 | completion | 1    | 500    | 0.01
        """,
        """
        person | completion | amount
        老王   | 1.0        | 40000
        小李   | 0.99       | 40000
        """,
    ) == [900, 0]


def test_both_ends_hold_but_where_the_next_rule_begins():
    assert _amounts(
        """
        rule | metric | from | to | amount
        三等 | orders | 1    | 5  | 100
        二等 | orders | 6    | 10 | 200
        一等 | orders | 10   | -  | 400
        """,
        """
        person | orders
        甲     | 5
        乙     | 6
        丙     | 10
        """,
    ) == [100, 0, 0, 0, 200, 0, 0, 0, 400]


def test_only_the_first_gets_the_prize_of_the_first():
    rules = """
        rule   | metric | from | to | amount
        冠军奖 | rank   | 1    | 1  | 800
    """
    measured = """
        person | rank
        甲     | 1
        乙     | 2
        丙     | -
    """
    assert _amounts(rules, measured) == [800, 0, 0]


@pytest.mark.parametrize(
    ("terms", "ranks", "amounts"),
    [
        # two first: one prize of 800
        ("1 | 1 | 800 | -", (1, 1, 3), (400, 400, 0)),
        # three first: 100 to the cent
        ("1 | 1 | 100 | -", (1, 1, 1), (33.34, 33.33, 33.33)),
        # the first three: two third share the one prize that is left
        ("1 | 3 | 300 | -", (1, 2, 3, 3), (300, 300, 150, 150)),
        # two second hold the second and the third place
        ("1 | 3 | 300 | -", (1, 2, 2, 4), (300, 300, 300, 0)),
        # a prize for everybody from a place on is not one prize
        ("2 | - | 50 | -", (1, 2, 2), (0, 50, 50)),
        # 1 % of what each sold, one prize between the two
        ("1 | 1 | - | 0.01", (1, 1, 3), (100, 50, 0)),
    ],
)
def test_equals_share_one_prize(terms, ranks, amounts):
    sold = (20000, 10000, 5000, 5000)
    people = "\n".join(f"{'甲乙丙丁'[i]} | {rank} | {sold[i]}" for i, rank in enumerate(ranks))
    head = "rule | metric | from | to | amount | percent\n"
    assert _amounts(head + "冠军奖 | rank | " + terms, "person | rank | amount\n" + people) == list(amounts)


def test_a_place_that_the_next_rule_begins_with_is_not_shared_twice():
    rules = """
        rule | metric | from | to | amount
        冠军 | rank   | 1    | 2  | 800
        亚军 | rank   | 2    | 3  | 400
    """
    measured = """
        person | rank
        甲     | 1
        乙     | 2
        丙     | 2
    """
    # 冠军 is the first place, 亚军 the second and the third
    assert _amounts(rules, measured) == [800, 0, 0, 0, 400, 400]


@given(
    ranks=st.lists(st.integers(0, 50), min_size=1, max_size=9),
    first=st.integers(1, 4),
    more=st.integers(0, 3),
    cents=st.integers(1, 99_999),
)
def test_no_more_is_given_than_there_are_prizes(ranks, first, more, cents):
    ranked = pd.Series(ranks).rank(ascending=False, method="min")
    measured = pd.DataFrame({"rank": ranked.to_numpy(), "amount": 0.0}, index=[f"p{i}" for i in range(len(ranks))])
    rules = pd.DataFrame([{"rule": "奖", "metric": "rank", "amount": cents / 100, "percent": np.nan, "cap": np.nan}])
    rules = rules.assign(**{"from": float(first), "to": float(first + more)})
    given_ = rewards.granted(rules, measured, ended=True)["amount"]
    assert round(given_.sum(), 2) <= round((more + 1) * cents / 100, 2)


def test_nothing_is_due_before_the_period_ends():
    standing = _ledger("""
        period  | person | rule | measured | amount | due        | paid_on
        2026-05 | 小李   | 提成 | 50000    | 1000   | 2026-06-15 | 2026-05-18
    """)
    earned = _ledger("""
        period  | person | rule | measured | amount | due
        2026-05 | 小李   | 提成 | 40000    | 800    | 2026-06-15
        2026-05 | 小张   | 提成 | 35000    | 700    | 2026-06-15
    """)
    day = date(2026, 5, 20)
    running = rewards.ledger(standing, earned, day, date(2026, 6, 4), running={"2026-05"})
    assert sorted(running["status"]) == ["expected", "expected", "paid"]
    over = rewards.ledger(standing, earned, day, date(2026, 6, 4))
    assert sorted(over["status"]) == ["corrected", "due", "paid"]


def test_a_penalty_waits_for_the_end_of_the_period():
    rules = """
        rule   | metric     | to  | amount | cap
        未达标 | completion | 0.6 | -500   | 300
    """
    measured = """
        person | completion
        小李   | 0.2
    """
    assert _amounts(rules, measured, ended=False) == [0]
    assert _amounts(rules, measured, ended=True) == [-300]


def test_seventy_per_cent_typed_as_text_is_seventy_per_cent():
    rules = _rules("""
        rule   | metric     | amount
        达标奖 | completion | 5
    """).assign(**{"from": 70 * 0.01})
    measured = pd.DataFrame({"completion": [7 / 10], "amount": 0.0}, index=["小李"])
    assert rewards.granted(rules, measured, ended=True)["amount"].tolist() == [5]


def _ledger(text: str) -> pd.DataFrame:
    frame = rows(text, "period person rule measured amount due paid_on")
    days = {name: pd.to_datetime(frame[name]) for name in ("due", "paid_on")}
    return frame.assign(measured=pd.to_numeric(frame["measured"]), amount=pd.to_numeric(frame["amount"]), **days)


def _lines(frame: pd.DataFrame) -> list[str]:
    shown = frame.assign(**{name: frame[name].dt.strftime("%m-%d").fillna("-") for name in ("due", "paid_on")})
    return [
        f"{r.person} {r.rule} {r.measured:g} {r.amount:g} {r.due} {r.paid_on} {r.status}" for r in shown.itertuples()
    ]


def test_a_difference_to_what_was_paid_is_a_row_of_its_own():
    standing = _ledger("""
        period  | person | rule | measured | amount | due        | paid_on
        2026-05 | 小李   | 提成 | 50000    | 1000   | 2026-06-15 | 2026-06-10
        2026-05 | 小张   | 提成 | 30000    | 600    | 2026-06-15 | -
        2026-05 | 老王   | 特批 | 1        | 300    | 2026-06-15 | -
    """)
    # an order of 小李 over 10,000 was refunded: 2 % of 40,000 = 800, 200 too much; 小张 had another order
    earned = _ledger("""
        period  | person | rule | measured | amount | due
        2026-05 | 小李   | 提成 | 40000    | 800    | 2026-06-15
        2026-05 | 小张   | 提成 | 35000    | 700    | 2026-06-15
    """)
    got = rewards.ledger(standing, earned, date(2026, 6, 20), date(2026, 7, 5))
    assert sorted(_lines(got)) == [
        "小张 提成 35000 700 06-15 - overdue",
        "小李 提成 40000 -200 07-05 - corrected",
        "小李 提成 50000 1000 06-15 06-10 paid",
        "老王 特批 1 300 06-15 - overdue",
    ]
    later = rewards.ledger(got, earned, date(2026, 6, 22), date(2026, 7, 7))
    assert "小李 提成 40000 -200 07-05 - corrected" in _lines(later)
    assert "小李 提成 40000 -200 07-05 - overdue" in _lines(
        rewards.ledger(got, earned, date(2026, 7, 6), date(2026, 7, 21))
    )


def test_a_correction_that_was_paid_is_paid_and_can_be_corrected_again():
    standing = _ledger("""
        period  | person | rule | measured | amount | due        | paid_on
        2026-05 | 小李   | 提成 | 50000    | 1000   | 2026-06-15 | 2026-06-10
        2026-05 | 小李   | 提成 | 40000    | -200   | 2026-07-05 | 2026-07-01
    """)
    earned = _ledger("""
        period  | person | rule | measured | amount | due
        2026-05 | 小李   | 提成 | 45000    | 900    | 2026-06-15
    """)
    # 1000 - 200 were paid, 900 are due: 100 more, due after the last one although fifteen days from now would be before it
    assert _lines(rewards.ledger(standing, earned, date(2026, 6, 20), date(2026, 7, 5))) == [
        "小李 提成 50000 1000 06-15 06-10 paid",
        "小李 提成 40000 -200 07-05 07-01 paid",
        "小李 提成 45000 100 07-06 - corrected",
    ]


_NAMES = st.sampled_from(["小李", "小张"]), st.sampled_from(["提成", "冠军奖"])
_EARNED = st.dictionaries(st.tuples(*_NAMES), st.integers(-300, 300).map(lambda cents: cents / 10), max_size=4)


def _earned(amounts: dict[tuple[str, str], float]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [("2026-05", *key, amount, amount, pd.Timestamp(2026, 6, 15)) for key, amount in amounts.items()],
        columns=[*rewards.KEY, "measured", "amount", "due"],
    )
    return frame.astype({"measured": float, "amount": float, "due": "datetime64[s]"})


@settings(max_examples=examples(25))
@given(st.lists(st.tuples(_EARNED, st.sets(st.integers(0, 9)), st.integers(0, 40)), min_size=1, max_size=6))
def test_paid_rewards_never_change_and_every_sum_comes_right(steps):
    """Whatever the data say next and whatever is paid when: paid rows stand, and paid + open is what is granted now."""
    book, day = _ledger("period | person\n").iloc[:0], date(2026, 6, 1)
    for amounts, paying, days in steps:
        day += timedelta(days=days)
        before = book[book["paid_on"].notna()]
        book = rewards.ledger(book, _earned(amounts), day, day + timedelta(days=15))
        paid = book[book["paid_on"].notna()]
        pd.testing.assert_frame_equal(
            paid[rewards.ROW].sort_values([*rewards.KEY, "due"], ignore_index=True),
            before[rewards.ROW].sort_values([*rewards.KEY, "due"], ignore_index=True),
            check_dtype=False,
        )
        assert not book.duplicated([*rewards.KEY, "due"]).any()
        totals = book.groupby(["person", "rule"])["amount"].sum()
        assert all(totals.get(key, 0.0) == pytest.approx(amount, abs=0.006) for key, amount in amounts.items())
        again = rewards.ledger(book, _earned(amounts), day, day + timedelta(days=15))
        assert sorted(_lines(again)) == sorted(_lines(book))
        book.loc[book.index.isin(paying), "paid_on"] = book["paid_on"].fillna(pd.Timestamp(day))
