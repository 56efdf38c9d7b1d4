"""A team's workbook with rules of the pool, refreshed, and a manager's decisions typed into it."""

from __future__ import annotations

from datetime import date, datetime

from funnelbook import template
from funnelbook.book import result_tables
from funnelbook.book.encode import encode
from funnelbook.book.ports import Book
from funnelbook.book.schema import TABLES
from funnelbook.commands.refresh_files import refresh_book

DAY = date(2026, 5, 20)
SAID = {"K1": "收回", "K2": "分给", "K3": "保留", "K5": "分给"}
ROWS = {
    "People": [{"person": person, "active": True} for person in ("小李", "小张", "小王")],
    "Customers": [
        {"id": f"K{i}", "name": f"{name}公司", "owner": owner, "tier": "B", "created": date(2026, 3, 2)}
        for i, (name, owner) in enumerate(
            [("甲", "小李"), ("乙", "小李"), ("丙", "小李"), ("丁", "小张"), ("戊", None)], 1
        )
    ],
    "Activities": [
        {"activity_id": "A1", "at": datetime(2026, 4, 1, 9, 30), "id": "K1", "channel": "电话", "connected": True},
        {"activity_id": "A2", "at": datetime(2026, 5, 18, 9, 30), "id": "K4", "owner": "小张", "channel": "电话"},
    ],
    "Orders": [{"order_id": "O1", "date": date(2026, 3, 5), "id": "K2", "amount": 500.0, "status": "cancelled"}],
    "PoolRules": [{"tier": "B", "days": 14}],
}


def built() -> bytes:
    return template.build("zh", rows=ROWS)


def decide(book: Book, said: dict[str, str]) -> None:
    """Types decisions beside customers of the Pool."""
    pool = result_tables.read(book, TABLES["Pool"], result_tables.present(book)["Pool"])
    typed = pool.frame["id"].map(said)
    assert typed.notna().sum() == len(said)
    book.write([encode(TABLES["Pool"], pool.frame.assign(decision=typed.where(typed.notna(), None)), "zh", pool.user)])


def refreshed_and_decided(book: Book) -> None:
    refresh_book(book, DAY)
    decide(book, SAID)
