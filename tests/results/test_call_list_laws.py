"""Whatever is typed into the call list and into Customers, on whatever days: one tier everywhere, each order once, nothing lost."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from funnelbook.hosts.memory import MemoryBook
from support.adopted import adopted, refreshed, table
from support.examples import examples

DAY = date(2026, 6, 3)  # a Wednesday
TEAM = {
    "customers": """
        客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系 | 备注
        1 | 甲公司 | 小李 | D | 2026-05-01 | 2026-06-01 | 老客户介绍
        2 | 乙公司 | 小李 | C | 2026-05-01 | 2026-06-02 | -
        3 | 丙公司 | 小李 | - | 2026-05-01 | 2026-06-03 | -
    """,
    "activities": """
        流水号 | 时间 | 客户编号 | 业务员 | 方式 | 结果 | 级别 | 下次联系 | 下次目的 | 未购原因 | 内容
        H1 | 2026-05-20 10:00 | 2 | 小李 | 电话 | - | C | 2026-06-02 | 报价 | - | -
    """,
    "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态\nO1 | 2026-05-04 | 3 | 小李 | 100 | 取消",
    "people": "姓名 | 入职日期\n小李 | 2025-01-01",
    "通话结果": "结果 | 级别 | 接通\n已报价 | B | 是\n无人接听 | - | 否\n成交 | 成交 | 是",
}
LOWEST, WON = "E", "成交"
TIERS = (LOWEST, "D", "C", "B", "A", WON, "流失")
OUTCOMES = {"已报价": "B", "无人接听": None, WON: WON}  # with the tier each gives
AMOUNTS = {"8千": 8000.0, "1.2万": 12000.0}
UNREADABLE = {"新级别": "甲级", "下次联系": "有空再说", "成交金额": "不少"}
COLUMN = {"新级别": "tier_after", "下次联系": "next_contact", "成交金额": "amount"}

entry = st.fixed_dictionaries(
    {},
    optional={
        "结果": st.sampled_from([*OUTCOMES, None]),
        "新级别": st.sampled_from([*TIERS, UNREADABLE["新级别"], None]),
        "下次联系": st.sampled_from(["下周三", "6/30", UNREADABLE["下次联系"], None]),
        "成交金额": st.sampled_from([*AMOUNTS, UNREADABLE["成交金额"], None]),
    },
)
edit = st.one_of(
    st.tuples(st.just("list"), st.sampled_from("123"), entry),
    st.tuples(st.just("sale"), st.sampled_from("123"), st.sampled_from([*AMOUNTS])),
    st.tuples(st.just("emptied"), st.sampled_from("123"), st.none()),
    st.tuples(st.just("tier"), st.sampled_from("123"), st.sampled_from([*TIERS, "甲级", None])),
)
turns = st.lists(st.tuples(st.lists(edit, max_size=3), st.sampled_from([0, 0, 1, 5])), min_size=1, max_size=5)


@dataclass
class Customer:
    """What there is of a customer by the rules: the tier all show (blank is the lowest), the cell in Customers, now and as last
    seen, what is typed into the list."""

    tier: str
    cell: str | None
    seen: str | None
    typed: dict[str, str | None] = field(default_factory=dict)

    @property
    def cells(self) -> dict[str, str]:
        return {name: value for name, value in self.typed.items() if value is not None}

    @property
    def said(self) -> str | None:
        """The tier that the entry gives."""
        return self.cells.get("新级别") or OUTCOMES.get(self.cells.get("结果", ""))

    @property
    def faults(self) -> set[tuple[str, str]]:
        """What in the entry is of no use."""
        bad = {(COLUMN[name], text) for name, text in UNREADABLE.items() if self.cells.get(name) == text}
        amount = self.cells.get("成交金额")
        return bad | ({("amount", amount)} if amount in AMOUNTS and self.said != WON else set())


@dataclass
class Rules:
    """The team by the rules, without a log or a table."""

    customers: dict[str, Customer]
    calls: int = 0
    orders: list[tuple[str, date, float]] = field(default_factory=list)

    def refresh(self, day: date) -> None:
        for key, of in self.customers.items():
            if of.cell in TIERS and of.cell != of.seen:
                of.tier = of.seen = of.cell  # typed over
            if of.cells and not of.faults:
                self.calls += 1
                if (tier := of.said) is not None:
                    of.tier = tier
                if amount := of.cells.get("成交金额"):
                    self.orders.append((key, day, AMOUNTS[amount]))
                of.typed = {}
            if of.cell is None or of.cell in TIERS:
                of.cell = of.tier
            of.seen = of.cell  # one that cannot be read too: what is typed in its place is typed over


@cache
def _adopted() -> MemoryBook:
    book = adopted(**TEAM)
    book.grids["result Found"][3] = ["公司", *[None] * 13]
    refreshed(book, DAY)
    return book


def row_of(book: MemoryBook, sheet: str, key: str) -> tuple[list[object], list[object]]:
    """The header of a list and a customer's row in it, none of whom is not there."""
    grid = book.grids[sheet]
    at = next(i for i, row in enumerate(grid) if "客户编号" in row)
    column = grid[at].index("客户编号")
    return grid[at], next((row for row in grid[at + 1 :] if row[column] == key), [])


def act(book: MemoryBook, rules: Rules, kind: str, key: str, said: object) -> None:
    """Does what somebody does, in the workbook and by the rules."""
    of = rules.customers[key]
    if kind == "tier":
        head, row = row_of(book, "客户", key)
        row[head.index("级别")] = of.cell = said
        return
    head, row = row_of(book, "result CallList", key)
    if not row:
        return
    cells = {"list": said, "sale": {"结果": WON, "新级别": None, "成交金额": said}, "emptied": dict.fromkeys(of.typed)}
    for name, value in cells[kind].items():
        row[head.index(name)] = of.typed[name] = value


def show(book: MemoryBook, rules: Rules) -> None:
    """Holds what the workbook shows against the rules."""
    found = table(book, "Found")
    found = found[found["kind"] == "customer"].set_index("id")["tier"].replace({"Won": WON, "Lost": "流失"})
    listed = table(book, "CallList").set_index("id")["tier"].replace({"Won": WON, "Lost": "流失"})
    problems = table(book, "Problems")
    of_list = problems[problems["table"] == "CallList"].dropna(subset=["value"])
    told = {
        (column, value)
        for column, values in zip(of_list["column"], of_list["value"], strict=True)
        for value in values.split("、")
    }
    for key, of in rules.customers.items():
        head, row = row_of(book, "客户", key)
        assert (row[head.index("级别")] or LOWEST) == (of.cell or LOWEST)
        assert found[key] == of.tier
        assert key not in listed.index or (listed[[key]] == of.tier).all()
        head, row = row_of(book, "result CallList", key)
        if of.cells:
            assert {name: row[head.index(name)] for name in of.cells} == of.cells, "what waits is still there"
            assert of.faults <= told, "with its reason"
        elif row:
            assert not any(row[head.index(name)] for name in ("结果", "新级别", "下次联系", "成交金额"))
    calls = table_rows(book, "跟进记录")
    assert len(calls) == 1 + rules.calls == len({row["流水号"] for row in calls})
    orders = table_rows(book, "订单")
    assert len(orders) == len({row["订单号"] for row in orders})
    drafted = Counter((row["客户编号"], row["日期"].date(), row["金额"]) for row in orders if row["订单号"] != "O1")
    assert drafted == Counter(rules.orders)


def table_rows(book: MemoryBook, sheet: str) -> list[dict[str, object]]:
    head, *body = book.grids[sheet]
    return [dict(zip(head, row, strict=False)) for row in body if any(cell is not None for cell in row)]


@given(turns)
@example(
    [
        ([("tier", "1", "甲级"), ("list", "1", {"结果": "已报价", "下次联系": "有空再说"})], 0),
        ([("emptied", "1", None), ("tier", "1", "D")], 1),
        ([("tier", "1", "A")], 1),
        ([("tier", "1", "C"), ("sale", "2", "8千")], 0),
        ([("list", "1", {"新级别": "A"}), ("list", "3", {"结果": "已报价", "下次联系": "有空再说"})], 0),
        ([("tier", "3", "流失")], 0),
    ]
)
@example(
    [
        (
            [
                ("sale", "1", "8千"),
                ("list", "1", {"结果": "已报价"}),
                ("sale", "2", "1.2万"),
                ("list", "2", {"新级别": "E"}),
            ],
            0,
        )
    ]
)
@settings(max_examples=examples(20), deadline=None)
def test_one_tier_everywhere_each_order_once_and_nothing_lost(turns):
    book, day = deepcopy(_adopted()), DAY
    known = {
        "1": Customer("D", "D", "D"),
        "2": Customer("C", "C", "C"),
        "3": Customer(LOWEST, None, LOWEST),
    }
    rules = Rules(known)
    for edits, ahead in turns:
        for kind, key, said in edits:
            act(book, rules, kind, key, said)
        day += timedelta(ahead)
        refreshed(book, day)
        rules.refresh(day)
        show(book, rules)
    assert not refreshed(book, day).written
    assert row_of(book, "客户", "1")[1][-1] == "老客户介绍"
