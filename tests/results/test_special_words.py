"""People, tiers and targets that are called like words of ours, or are no numbers anybody means: a sentence, never a wrong number."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from support.adopted import adopted, lines, refreshed, table
from support.cases import first
from support.sheets import DAY

OURS = ("成交", "Won", "流失", "Lost", "订单", "Order")
TEAM = ("团队", "Team", "全队")


def book(person: str = "小李", orders: object = 4.0, amount: object = 50000.0, **more: str):
    """A small team whose first person is called so, with the target so."""
    sheets = {
        "customers": f"""
            客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系
            K1 | 甲 | {person} | A | 2026-05-01d | 2026-05-25d
            K2 | 乙 | 小张 | B | 2026-05-02d | 2026-05-25d""",
        "activities": f"""
            时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别 | 下次目的
            2026-05-03d | K1 | {person} | 电话 | 是 | A | 报价
            2026-05-04d | K2 | 小张 | 电话 | 是 | B | 报价""",
        "orders": f"""
            订单编号 | 客户编号 | 日期 | 业务员 | 金额
            O1 | K1 | 2026-05-10d | {person} | 1000n""",
        "people": f"""
            业务员 | 在岗
            {person} | 是
            小张 | 是""",
    }
    targets = [
        ["期间", "业务员", "订单", "金额"],
        ["2026-05", "团队", 8.0, 100000.0],
        ["2026-05", person, orders, amount],
    ]
    return adopted(**sheets, targets=targets, **more)


def problems(made) -> list[str]:
    return lines(table(made, "Problems"), "table", "column", "problem")


def logged(made, *days: int) -> list[int]:
    """Rows of TargetHistory after a refresh on each of these days."""
    found = []
    for day in days:
        refreshed(made, DAY + timedelta(days=day))
        found.append(len(table(made, "TargetHistory")))
    return found


@pytest.mark.parametrize("person", first(1, OURS))
def test_a_person_called_like_a_tier_of_ours_is_a_person_everywhere(person):
    made = book(person)
    assert logged(made, 0, 0, 1, 8) == [4, 4, 4, 4]
    assert lines(table(made, "Board"), "person", "orders") == [f"{person} 1", "小张 0", "- 1"]
    assert problems(made) == []
    assert not refreshed(made, DAY + timedelta(days=8)).written


@pytest.mark.parametrize("person", TEAM)
def test_a_person_called_like_the_team_is_nobody_and_it_is_said(person):
    made = book(person)
    assert logged(made, 0, 0, 1) == [2, 2, 2]
    assert lines(table(made, "Board"), "person", "orders") == ["小张 0", "- 1"]
    said = [line for line in problems(made) if "整个团队" in line]
    assert [line.split(" ")[:2] for line in said] == [
        ["Customers", "owner"],
        ["Activities", "owner"],
        ["Orders", "owner"],
        ["People", "person"],
    ]


@pytest.mark.parametrize("value", [1e308, float("inf"), "1E+308", -1e308, 2e15])
@pytest.mark.parametrize("column", ["orders", "amount"])
def test_a_target_too_large_to_be_meant_is_said_and_not_used(value, column):
    made = book(**{column: value})
    refreshed(made)
    assert [f"Targets {column} 数字大得不合理；这一格按空白算，其余照常"] == [
        line for line in problems(made) if line.startswith("Targets")
    ]
    board = table(made, "Board").set_index("person")
    assert lines(table(made, "Board"), "person", "orders") == ["小李 1", "小张 0", "- 1"]
    assert board.select_dtypes(float).abs().max().max() < 1e9


@pytest.mark.parametrize("value", ["NaN", "inf", "八单", "#N/A!", "--"])
def test_a_target_that_is_no_number_is_said(value):
    made = book(orders=value)
    refreshed(made)
    assert "Targets orders 不是数字；这一格按空白算，其余照常" in problems(made)


@pytest.mark.parametrize("day", [datetime(9999, 12, 31), datetime(1899, 12, 31), datetime(2201, 1, 1)])
def test_a_day_nobody_means_is_said_whatever_stands_beside_it(day):
    made = book()
    made.grids["客户"][2][4] = day  # the only days of the column are real ones
    refreshed(made)
    assert "Customers created 不是有效日期；这一格按空白算，其余照常" in problems(made)


@pytest.mark.parametrize("code", ["成交", "Won", "流失", "订单", "团队"])
def test_a_tier_called_like_one_every_funnel_has_is_left_out_and_said(code):
    made = book(
        settings=f"""
        级别 | 顺序
        E | 1n
        C | 2n
        A | 3n
        B | 2n
        {code} | 4n"""
    )
    refreshed(made)
    assert [line for line in problems(made) if line.startswith("Tiers")] == [
        "Tiers code 成交、流失、订单、团队不是级别，漏斗里本来就有，这一行没有用"
    ]
    assert set(table(made, "Funnel")["tier"]) == {"E", "C", "B", "A", "Won", "Lost"}


def test_a_tier_whose_name_is_that_of_won_does_not_take_its_orders():
    made = book(
        settings="""
        级别 | 顺序 | 名称
        C | 1n | 意向
        B | 2n | 报价
        A | 3n | 成交"""
    )
    made.grids["跟进记录"][2][5] = "成交"  # K2 is won
    refreshed(made)
    assert "Tiers name 名称和“成交”或“流失”相同，分不清，没有采用" in problems(made)
    assert "K2 Won" in lines(table(made, "History"), "id", "to_tier")
