"""The chance and early-warning columns of Shapes, from a workbook's rows."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from support.adopted import adopted, lines, refreshed, table

CUSTOMERS = """
    客户编号 | 客户名称 | 业务员 | 级别 | 录入日期
    1 | 甲 | 小李 | A | 2026-03-02
    2 | 乙 | 小李 | A | 2026-03-02
    3 | 丙 | 小李 | B | 2026-04-20
    4 | 丁 | 小张 | A | 2026-04-20
"""
ORDERS = """
    订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态
    D1 | 2026-05-15d | 9 | 小李 | 1000n | 有效
    D2 | 2026-04-16d | 9 | 小张 | 1000n | 有效
"""
TARGETS = "期间 | 业务员 | 版本 | 订单 | 金额\n2026-05 | 小李 | 1 | 3n | 3000n\n2026-05 | 小张 | 1 | 2n | 2000n"
PEOPLE = "姓名 | 入职日期\n小李 | 2025-01-01\n小张 | 2026-01-01"


@pytest.fixture
def book():
    return adopted(customers=CUSTOMERS, orders=ORDERS, targets=TARGETS, people=PEOPLE)


def test_the_chance_is_that_of_the_open_cases(book):
    refreshed(book)
    shapes, funnel = table(book, "Shapes").set_index("person"), table(book, "Funnel")
    p = funnel[funnel["person"] == "小李"].set_index("tier")["p_in_time"]
    assert shapes.loc["小李", "gap"] == 2
    # no week could be looked back to, so the spread is .1: the mean over 15 midpoints of its Gamma law (forecast.md 4)
    theta = stats.gamma.ppf((np.arange(15) + 0.5) / 15, 100, scale=0.01)
    p = np.array([p["A"], p["A"], p["B"]])
    chance = np.mean([stats.poisson_binom.sf(1, 1 - (1 - p) ** t) for t in theta / theta.mean()])
    assert shapes.loc["小李", "chance"] == pytest.approx(chance)
    assert shapes.loc["小张", "chance"] == 0  # two orders from one customer


def test_money_is_counted_over_the_whole_period(book):
    refreshed(book)
    got = table(book, "Shapes").set_index("person")
    # every past order was 1,000, so 小李 ends with 1,000 and 1,000 an order, 小张 with 1,000 at the most
    assert set(got.loc["小李", ["amount_p10", "amount_p50", "amount_p90"]]) <= {1000, 2000, 3000, 4000}
    assert got.loc["小李", "amount_p10"] <= got.loc["小李", "amount_p50"] <= got.loc["小李", "amount_p90"]
    assert got.loc["小李", "chance_amount"] == pytest.approx(got.loc["小李", "chance"], abs=0.05)
    assert got.loc["小张", "amount_p90"] <= 1000
    assert got.loc["小张", "chance_amount"] == 0


def test_the_tier_that_runs_dry(book):
    refreshed(book)
    got = lines(table(book, "Shapes"), "person", "dry_tier", "dry_week")
    # 2026-05-20 lies in W21, of which nothing is said. 小张: 2 orders over 2 days and 5 are one each week, for which one A
    # customer at .8, less what went until then, is more than a tenth too little in W22
    assert "小张 A 2026-W22" in got


def test_nothing_runs_dry_while_the_target_is_likely():
    # four A customers for an order wanted: its chance is above 80 %
    many = "客户编号 | 业务员 | 级别 | 录入日期\n" + "\n".join(f"{i} | 小李 | A | 2026-05-18" for i in range(8))
    one = adopted(customers=many, people=PEOPLE, targets="期间 | 业务员 | 版本 | 订单\n2026-05 | 小李 | 1 | 1n")
    refreshed(one)
    got = table(one, "Shapes").set_index("person").loc["小李"]
    assert got["chance"] >= 0.8
    assert got["dry_week"] is None


def test_a_period_that_is_over_is_certain_and_dry_of_warnings(book):
    refreshed(book, date(2026, 5, 31))
    over = adopted(
        customers=CUSTOMERS, orders=ORDERS, people=PEOPLE, targets=TARGETS, settings="key | value\nperiod | 2026-05"
    )
    refreshed(over, date(2026, 6, 3))
    got = table(over, "Shapes")
    assert got["chance"].tolist() == [0, 0, 0]
    assert got["amount_p10"].tolist() == got["amount_p90"].tolist() == [1000, 1000, 0]
    assert got["dry_week"].isna().all()


def test_without_a_target_or_orders_the_columns_stay_blank():
    book = adopted(customers=CUSTOMERS, people=PEOPLE)
    refreshed(book)
    blank = ["chance", "amount_p10", "amount_p90", "chance_amount", "dry_tier", "dry_week"]
    assert table(book, "Shapes")[blank].isna().all().all()


def test_the_order_of_the_rows_and_other_people_change_nobodys_numbers(book):
    refreshed(book)
    head, *rows = CUSTOMERS.strip().splitlines()
    other = adopted(
        customers="\n".join([head, *reversed(rows), "5 | 戊 | 小王 | C | 2026-04-20"]),
        orders=ORDERS,
        targets=TARGETS,
        people=PEOPLE,
    )
    refreshed(other)
    columns = ("person", "chance", "amount_p10", "amount_p50", "amount_p90", "chance_amount", "dry_tier", "dry_week")
    first, second = (lines(table(b, "Shapes"), *columns) for b in (book, other))
    assert [row for row in second if row.startswith(("小李", "小张"))] == first[1:]
