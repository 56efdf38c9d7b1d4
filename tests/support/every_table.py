"""A small team with rows in every table people fill in, and all that a refresh makes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd

from funnelbook.book.labels import header
from funnelbook.book.locate import locate
from funnelbook.book.schema import TABLES
from funnelbook.hosts.memory import MemoryBook
from funnelbook.refresh import compute
from support.sheets import DAY

Rows = dict[str, list[dict[str, Any]]]
NAMES = ["广州白云科技有限公司", *(f"{a}{b}" for a in "张陈刘黄周" for b in ("玉梅", "国强", "建华", "志明"))]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _person(i: int) -> str:
    return ("小李", "小张")[i % 2]


def team() -> Rows:
    """The rows of each input table by schema name, without a fault in them."""
    return {
        "Customers": [
            {
                "id": f"K{i}", "name": NAMES[i], "contact": "王", "phone": f"1380013{i:04d}", "email": "a@b.cn", "source": "展会",
                "owner": _person(i), "tier": "CBAE"[i % 4], "expected_value": 1000.0 * (i + 1), "created": day(f"2026-04-{i + 1:02d}"),
                "next_contact": day("2026-05-22"), "next_purpose": "报价", "next_channel": "电话", "objection": "价格",
                "do_not_call": "否", "birthday": day("1990-05-22"), "note": "n",
            }
            for i in range(20)
        ],
        "Activities": [
            {
                "activity_id": f"C{i}", "at": day(f"2026-05-{i % 18 + 1:02d}"), "id": f"K{i % 16}", "owner": _person(i),
                "channel": "电话", "connected": "是", "minutes": 3.0, "outcome": ("谈过", "报价了")[i % 2],
                "tier_after": "BA"[i % 2], "quote": 500.0, "next_contact": day("2026-05-21"), "next_purpose": "跟进",
                "objection": "价格", "note": "x",
            }
            for i in range(20)
        ],
        "Orders": [
            {
                "order_id": f"O{i}", "date": day(f"2026-05-{i + 5:02d}"), "id": f"K{i}", "owner": _person(i), "amount": 1000.0,
                "margin": 200.0, "paid": 500.0, "status": "有效",
            }
            for i in range(10)
        ],
        "People": [
            {"person": name, "start": day("2026-01-05"), "active": "是", "daily_calls": 10.0, "capacity": 1.0, "note": "n"}
            for name in ("小李", "小张")
        ],
        "Leave": [{"person": "小李", "from": day("2026-05-25"), "to": day("2026-05-26")}],
        "Targets": [
            {"period": "2026-05", "person": None, "revision": 0.0, "orders": 30.0, "amount": 30000.0, "agreed_on": day("2026-05-01")},
            {"period": "2026-05", "person": "小李", "revision": 0.0, "orders": 15.0, "amount": 15000.0},
        ],
        "Tiers": [
            {
                "order": float(i), "code": code, "name": name, "definition": "d", "rate": 0.5, "dwell_days": 10.0,
                "cadence_days": 5.0, "minutes": 5.0, "advice": "a",
            }
            for i, (code, name) in enumerate((("E", "潜在"), ("C", "意向"), ("B", "报价"), ("A", "快成")))
        ],
        "Outcomes": [
            {"outcome": "谈过", "tier_after": "B", "connected": "是", "quoted": "否"},
            {"outcome": "报价了", "tier_after": "A", "connected": "是", "quoted": "是"},
        ],
        "Channels": [{"channel": "电话", "from": "09:00", "to": "18:00", "advice": "a"}],
        "Objections": [{"objection": "价格", "next_step": "讲价值"}],
        "Ramp": [{"month": 1.0, "factor": 0.5}],
        "CareRules": [{"event": "回访", "days": 7.0, "value_class": None, "template": "{客户名称}你好"}],
        "RewardRules": [{"rule": "单奖", "metric": "订单", "from": 1.0, "to": 100.0, "amount": 10.0, "granted_by": "王"}],
        "Calendar": [{"date": day("2026-05-01"), "workday": "否", "name": "劳动节", "greeting": "快乐"}],
    }  # fmt: skip


def book_with(rows: Rows, language: str = "zh") -> MemoryBook:
    book = MemoryBook()
    for name, listed in rows.items():
        columns = TABLES[name].names
        head = [header(TABLES[name], column, language) for column in columns]
        book.grids[name] = [head, *([row.get(column) for column in columns] for row in listed)]
    return book


def results(rows: Rows, language: str = "zh") -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Every result table by name but Problems, and Problems."""
    book = book_with(rows)
    made, _ = compute(book, locate(book), {}, DAY, language)
    problems = made.pop("Problems").rows
    return {name: result.rows.reset_index(drop=True) for name, result in made.items()}, problems


def differing(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> set[str]:
    """Names of the tables that are not the same cell for cell."""
    return {name for name, frame in one.items() if not frame.equals(other[name])}
