from datetime import date

import pytest

from funnelbook.book.ports import BookError
from support.adopted import adopted, lines, refreshed, table

TEAM = {
    "customers": """
        客户编号 | 客户名称 | 业务员 | 级别 | 录入日期
        1 | 甲 | 小李 | - | 2026-03-02
        2 | 乙 | 小李 | - | 2026-03-02
        3 | 丙 | 小张 | C | 2026-04-20
        4 | 丁 | -   | - | 2026-05-18
    """,
    "activities": """
        时间 | 客户编号 | 业务员 | 方式 | 接通 | 结果 | 级别
        2026-03-10 10:00 | 1 | 小李 | 电话 | 是 | - | D
        2026-05-12 10:00 | 1 | 小李 | 电话 | 是 | - | A
        2026-05-13 11:00 | 2 | 小李 | 电话 | 否 | - | -
    """,
    "orders": """
        订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态
        D1 | 2026-05-15 | 1 | 小李 | 1000n | 有效
        D2 | 2026-05-16 | 1 | 小李 | 500n | 取消
        D3 | 2026-04-16 | 1 | 小李 | 70n | 有效
    """,
    "people": "姓名 | 入职日期\n小李 | 2025-01-01\n小张 | 2026-01-01",
    "targets": "期间 | 业务员 | 版本 | 订单 | 金额\n2026-05 | 团队 | 1 | 9n | 9000n",
}


@pytest.fixture
def book():
    return adopted(**TEAM)


def test_stock_by_person_and_tier(book):
    refreshed(book)
    stock = table(book, "Funnel").pivot_table(index="person", columns="tier", values="stock", sort=False, dropna=False)
    assert stock.loc["小李"].to_dict() == {"E": 1, "D": 0, "C": 0, "B": 0, "A": 0, "Won": 1, "Lost": 0}
    assert stock.loc["小张", "C"] == 1
    team = table(book, "Funnel")[table(book, "Funnel")["person"].isna()]
    assert team["stock"].tolist() == [2, 0, 1, 0, 0, 1, 0]
    assert team["tier"].tolist() == ["E", "D", "C", "B", "A", "Won", "Lost"]


def test_the_gap_is_the_target_less_the_valid_orders_of_the_period(book):
    refreshed(book)
    assert lines(table(book, "Shapes"), "person", "open", "shape", "target", "won", "gap") == [
        "- 3 too_few 9 1 8",
        "小李 1 too_few 6 1 5",
        "小张 1 too_few 3 0 3",
    ]


def test_the_board_ranks_people_and_ends_with_the_team(book):
    refreshed(book)
    # May 2026: 21 weekdays, 14 of them up to the 20th
    got = table(book, "Board")
    assert lines(got, "rank", "person", "orders", "amount", "target") == [
        "1 小李 1 1000 6",
        "2 小张 0 0 3",
        "- - 1 1000 9",
    ]
    assert got["time_progress"].round(4).tolist() == [0.6667] * 3
    assert got["ahead"].round(4).tolist() == [-0.5, -0.6667, -0.5556]


def test_the_week_plan_ties_with_the_gap_and_shows_what_was_done(book):
    refreshed(book)
    plan = table(book, "WeekPlan")
    orders = plan[plan["person"].isna() & (plan["tier"] == "order")]
    assert lines(orders, "week", "workdays", "planned", "done", "status") == [
        "2026-W18 1 - 0 past",
        "2026-W19 5 - 0 past",
        "2026-W20 5 - 1 past",
        "2026-W21 5 2 0 current",  # 8 over the 2 days and the 5 still to come
        "2026-W22 5 6 - future",
    ]
    assert orders["amount"].sum() == pytest.approx(9000)
    due = plan[plan["person"].isna() & (plan["tier"] == "E")]
    # two people of 40 calls on 2 days to come, two of three calls connected: 106 can be reached this week, the rest is put off
    assert lines(due, "planned", "late")[3] == "106 True"
    assert due["planned"].iloc[4] > 0
    in_a = plan[plan["person"].isna() & (plan["tier"] == "A")]
    assert in_a["done"].tolist()[:4] == [0, 0, 1, 0]


def test_a_second_refresh_writes_nothing(book):
    assert refreshed(book).written
    assert not refreshed(book).written


def test_a_later_refresh_keeps_the_first_plan_and_measures_against_it(book):
    refreshed(book, date(2026, 5, 13))
    first = table(book, "PlanHistory")
    refreshed(book, date(2026, 5, 20))
    both = table(book, "PlanHistory")
    assert lines(both[: len(first)], *both.columns) == lines(first, *first.columns)
    assert both["as_of"].nunique() == 2
    plan = table(book, "WeekPlan")
    week20 = plan[plan["person"].isna() & (plan["tier"] == "order") & (plan["week"] == "2026-W20")]
    planned = first[first["person"].isna() & (first["tier"] == "order") & (first["week"] == "2026-W20")][
        "planned"
    ].iloc[0]
    assert week20["planned"].tolist() == [planned]
    assert week20["completion"].tolist() == pytest.approx([1 / planned])


def test_what_was_done_before_the_first_plan_is_part_of_the_whole(book):
    refreshed(book, date(2026, 5, 15))  # a Friday, on which the one order came
    plan = table(book, "WeekPlan")
    orders = plan[plan["person"].isna() & (plan["tier"] == "order")].set_index("week")
    assert orders["done"].tolist()[:3] == [0, 0, 1]
    rest = orders["planned"]["2026-W20":].fillna(0)
    assert rest.sum() == 8
    assert orders["completion"]["2026-W20"] == pytest.approx(1 / (1 + rest["2026-W20"]))
    summary = table(book, "Summary")
    whole = summary[summary["person"].isna() & (summary["tier"] == "order")]
    assert lines(whole, "first_plan", "done") == ["9 1"]
    assert whole["completion"].tolist() == pytest.approx([1 / 9])


def test_an_earlier_day_is_shown_and_not_logged(book):
    refreshed(book, date(2026, 5, 20))
    history, plans = table(book, "History"), table(book, "PlanHistory")
    refreshed(book, date(2026, 5, 13))
    assert table(book, "Shapes")["won"].tolist() == [0, 0, 0]
    assert lines(table(book, "History"), *history.columns) == lines(history, *history.columns)
    assert lines(table(book, "PlanHistory"), *plans.columns) == lines(plans, *plans.columns)


def test_a_tier_typed_over_is_logged_as_a_move_and_counts_as_done(book):
    refreshed(book, date(2026, 5, 19))
    book.grids["客户"][3][3] = "B"
    refreshed(book, date(2026, 5, 20))
    moved = table(book, "History")
    assert lines(moved[moved["source"] == "manual"], "at", "id", "from_tier", "to_tier", "owner") == [
        "2026-05-20 00:00:00 3 C B 小张"
    ]
    plan = table(book, "WeekPlan")
    assert plan[(plan["person"] == "小张") & (plan["tier"] == "B") & (plan["week"] == "2026-W21")]["done"].tolist() == [
        1
    ]


def test_a_column_a_user_added_keeps_its_values_by_key(book):
    refreshed(book)
    sheet, lo = "result Board", next(o for o in book.objects if o.name == "Board")
    grid = book.grids[sheet]
    grid[2].append("评语")
    for row, remark in zip(grid[3:6], ["很好", "加油", None], strict=True):
        row.append(remark)
    book.objects[book.objects.index(lo)] = type(lo)(lo.name, lo.sheet, type(lo.area)(3, 1, 6, lo.area.right + 1))
    book.grids["订单"].append(["D9", "2026-05-16", "3", "小张", 100.0, "有效"])
    book.grids["订单"].append(["D8", "2026-05-16", "3", "小张", 100.0, "有效"])
    refreshed(book)
    assert [(row[1], row[-1]) for row in book.grid(sheet)[3:6]] == [("小张", "加油"), ("小李", "很好"), ("团队", None)]
    book.grids["业务员"] = [["姓名", "在岗"], ["小李", "是"]]
    book.grids["客户"] = [row for row in book.grids["客户"] if row[2] != "小张"]
    book.grids["订单"] = [row for row in book.grids["订单"] if row[3] != "小张"]
    refreshed(book)
    assert [(row[1], row[-1]) for row in book.grid(sheet)[3:5]] == [("小李", "很好"), ("团队", None)]
    book.grids["订单"].append(["D9", "2026-05-16", "3", "小张", 100.0, "有效"])
    refreshed(book)
    assert ("小张", "加油") in [(row[1], row[-1]) for row in book.grid(sheet)[3:6]]


def test_what_is_missing_is_said_in_one_line():
    book = adopted(customers="客户编号 | 客户名称 | 业务员 | 级别\n1 | 甲 | 小李 | C")
    refreshed(book)
    assert book.grid("result Shapes")[1][0] == (
        "截至 2026-05-20 下班，期间 2026-05。“目标”表里没有本期间的订单目标，需要数、缺口和计划暂不计算。"
    )
    assert "没有跟进记录" in book.grid("result Funnel")[1][0]
    assert "没有订单表" in book.grid("result Funnel")[1][0]
    refreshed(book, language="en")
    assert book.grid("result Summary")[1][0] == "As of the evening of 2026-05-20, period 2026-05."


def test_a_workbook_without_customers_is_refused():
    with pytest.raises(BookError, match="no list of customers"):
        refreshed(adopted(people="姓名 | 在岗\n小李 | 是"))


def test_an_empty_team_is_no_accident():
    book = adopted(customers="客户编号 | 客户名称 | 业务员 | 级别")
    refreshed(book)
    assert table(book, "Shapes")["open"].tolist() == [0]


def test_customers_without_a_team_are_no_accident():
    book = adopted(customers="客户编号 | 客户名称 | 业务员 | 级别\n1 | 甲 | - | C")
    refreshed(book)
    assert table(book, "Shapes")["open"].tolist() == [1]
