"""The sheet 会议: one row a person in the order of the Board, and who helps whom."""

from __future__ import annotations

from support.adopted import adopted, lines, refreshed, table

TEAM = {
    "customers": "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期\n1 | 甲 | 小李 | - | 2026-03-02\n2 | 乙 | 小张 | C | 2026-03-02",
    "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\nD1 | 2026-05-15 | 1 | 小李 | 1000n",
    "people": "姓名 | 入职日期\n小李 | 2025-01-01\n小张 | 2026-01-01",
    "targets": """
        期间 | 业务员 | 版本 | 拟定订单 | 订单 | 确认日期
        2026-05 | 团队 | 1 | 12n | - | -
        2026-05 | 团队 | 2 | 12n | 9n | 2026-04-29
        2026-05 | 小李 | 1 | 5n | 4n | 2026-04-30
    """,
}


def calls(person: str, connected: int, made: int) -> str:
    return "\n".join(
        f"2026-05-{4 + i % 10:02d} 10:00 | 1 | {person} | 电话 | {'是' if i < connected else '否'}" for i in range(made)
    )


def test_targets_results_and_shapes():
    book = adopted(**TEAM)
    refreshed(book)
    got = table(book, "Meeting")
    assert lines(got, "person", "proposed", "target", "orders", "completion", "shape") == [
        "小李 5 4 1 0.25 too_few",
        "小张 - 5 0 0 too_few",
        "- 12 9 1 0.111111 too_few",
    ]
    assert got["agreed_on"].dt.strftime("%m-%d").fillna("-").tolist() == ["04-30", "-", "04-29"]
    assert table(book, "Pairs").empty
    assert book.grid("result Pairs")[1][0].startswith("没有人在哪个环节落后")


def test_who_helps_whom():
    # 20 of 100 calls connected against 60 of 100: a lead that is no chance
    head = "时间 | 客户编号 | 业务员 | 方式 | 接通\n"
    book = adopted(**TEAM, activities=head + calls("小李", 60, 100) + "\n" + calls("小张", 20, 100))
    refreshed(book)
    columns = ("person", "topic", "rate", "benchmark", "cases", "helper", "helper_rate", "helper_cases")
    assert lines(table(book, "Pairs"), *columns) == ["小张 电话接通 0.2 0.6 100 小李 0.6 100"]
    got = table(book, "Meeting").set_index("person")
    assert (got["cause"]["小张"], got["helper"]["小张"]) == ("电话接通 20%，其他人 60%", "小李")
    assert got["cause"]["小李"] is None


def entered(first: int, count: int, person: str, day: str, moved: int = 0, on: str = "") -> tuple[str, str]:
    """Customers first called on a day, and the calls by which so many of them went on to D."""
    numbers = range(first, first + count)
    people = "\n".join(f"{i} | {person} | {day}" for i in numbers)
    calls = [(day, i, "E") for i in numbers] + [(on, i, "D") for i in numbers[:moved]]
    return people, "\n".join(f"{at} 10:00 | {i} | {person} | 电话 | 是 | {tier}" for at, i, tier in calls)


def young(*parts: tuple[str, str], **sheets: str):
    people, calls = ("\n".join(part for part in column if part) for column in zip(*parts, strict=True))
    book = adopted(
        customers="客户编号 | 业务员 | 录入日期\n" + people,
        activities="时间 | 客户编号 | 业务员 | 方式 | 接通 | 新级别\n" + calls,
        **sheets,
    )
    refreshed(book)
    return book


def test_cases_still_open_count_for_what_was_seen_of_them():
    # E, h = 42: first called 19 days ago, an open case is worth 19 / 42 of one: 50 + 10 x 19/42 = 54.5, 10 + 50 x 19/42 = 32.6
    book = young(
        entered(1, 60, "小李", "2026-05-01", 50, "2026-05-06"), entered(101, 60, "小张", "2026-05-01", 10, "2026-05-06")
    )
    columns = ("person", "topic", "rate", "benchmark", "cases", "helper", "helper_rate", "helper_cases")
    assert lines(table(book, "Pairs"), *columns) == ["小张 E 级推进 0.166667 0.833333 32 小李 0.833333 54"]
    leads = table(book, "Diagnosis").set_index(["question", "person"]).loc["B3"]
    assert lines(leads.loc[["小张"]], "value", "benchmark", "cases") == ["0.166667 0.833333 32"]


def test_the_market_fell_when_new_cases_go_on_less_than_those_before():
    goal = {"targets": "期间 | 业务员 | 版本 | 订单\n2026-05 | 团队 | 1 | 50n"}
    before = entered(1, 60, "小李", "2026-02-02", 40, "2026-02-09")
    fell = young(before, entered(101, 60, "小李", "2026-04-25", 5, "2026-05-06"), **goal)
    assert "原因：外部变化" in fell.grid("result Meeting")[1][0]
    same = young(before, entered(101, 60, "小李", "2026-04-25", 40, "2026-05-06"), **goal)
    assert "原因：预测不准" in same.grid("result Meeting")[1][0]
