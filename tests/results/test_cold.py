"""Cold customers: apart in the funnel and its shape, no stock of the plan, one line in Problems, last in the call list."""

from __future__ import annotations

import pytest

from funnelbook.book.result_tables import present
from support.adopted import adopted, lines, refreshed, table

# Ten of tier A went Won after two days each, in the last weeks; 21 to 60 have been there since January and never moved
WON = range(1, 11)
CUSTOMERS = "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 预计金额\n" + "\n".join(
    [f"{i} | 甲{i} | 小李 | - | 2026-04-01 | -" for i in WON]
    + [f"{i} | 乙{i} | 小李 | - | 2026-01-05 | {'9000n' if i == 35 else '-'}" for i in range(21, 61)]
)
ACTIVITIES = "时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别\n" + "\n".join(
    [f"2026-05-{i + 3:02d} 10:00 | {i} | 小李 | 电话 | 是 | A" for i in WON]
    + [f"2026-01-06 10:00 | {i} | 小李 | 电话 | 是 | A" for i in range(21, 61)]
)
ORDERS = "订单号 | 日期 | 客户编号 | 业务员 | 金额\n" + "\n".join(
    f"D{i} | 2026-05-{i + 5:02d} | {i} | 小李 | 100n" for i in WON
)
TEAM = {
    "customers": CUSTOMERS,
    "activities": ACTIVITIES,
    "orders": ORDERS,
    "people": "姓名 | 入职日期 | 每日电话量\n小李 | 2025-01-01 | 45n",
    "targets": "期间 | 业务员 | 版本 | 订单\n2026-05 | 小李 | 1 | 30n",
}


@pytest.fixture(scope="module")
def cold_team():
    book = adopted(**TEAM)
    refreshed(book)
    return book


def test_cold_ones_are_counted_and_apart(cold_team):
    funnel = table(cold_team, "Funnel").set_index(["person", "tier"]).loc["小李"]
    assert lines(funnel, "stock", "cold")[4] == "40 40"
    # 20 orders wanted, and no stock for them but the cold
    assert funnel.loc["A", "missing"] == funnel.loc["A", "needed"] > 0
    shapes = table(cold_team, "Shapes").set_index("person")
    assert lines(shapes.loc[["小李"]], "open", "cold", "shape") == ["40 40 too_few"]


def test_one_line_says_what_to_decide(cold_team):
    found = table(cold_team, "Problems")
    found = found[found["problem"].str.contains("不活跃")]
    # the one that is worth most first; it is in row 26
    assert lines(found, "table", "row", "column", "value") == ["Customers 26 tier 35 21 22 23 24 …"]
    assert "40 个在谈客户不活跃" in found["problem"].iloc[0]
    assert "小李 40" in found["problem"].iloc[0]


def test_none_of_them_is_told_of_again(cold_team):
    """Nobody called them for four months: of a warm customer that would be a line of its own."""
    assert len(table(cold_team, "Problems").query("table == 'Customers'")) == 1


@pytest.mark.parametrize("said", ["不活跃", "cold"])
def test_all_of_them_are_found_by_the_word(said):
    book = adopted(**TEAM)
    refreshed(book)
    place = present(book)["Found"]
    book.grids[place.sheet][place.area.top][place.area.left - 1] = said
    refreshed(book)
    found = table(book, "Found")
    assert found["id"].tolist() == ["35", *map(str, [*range(21, 35), *range(36, 61)])]


def test_they_are_called_last_and_the_list_says_why_it_is_short(cold_team):
    listed = table(cold_team, "CallList")
    assert set(listed["why"]) == {"cold"}
    assert len(listed) == 40
    assert "小李 5" in cold_team.grid("result CallList")[1][0]
