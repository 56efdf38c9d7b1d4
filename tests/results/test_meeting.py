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
