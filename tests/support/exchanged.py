"""A small team's workbook, and what people do to the workbooks they are handed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from funnelbook import template
from funnelbook.book import result_tables
from funnelbook.book.edit import table_edit
from funnelbook.book.encode import encode
from funnelbook.book.locate import locate
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import open_book, read_inputs

DAY = date(2026, 5, 20)
USED = ["Customers", "Activities", "Orders", "People", "Problems", "Matched"]
PEOPLE = [{"person": p, "active": True} for p in ("小李", "小张")]
CUSTOMERS = [
    {"id": "K1", "name": "甲公司", "owner": "小李", "tier": "C", "phone": "021-55667788", "expected_value": 1000.0},
    {"id": "K2", "name": "乙公司", "owner": "小李", "tier": "A", "phone": "13800138000"},
    {"id": "K3", "name": "丙公司", "owner": "小张", "tier": "D", "source": "展会"},
]
ACTIVITIES = [
    {"at": datetime(2026, 5, 18, 9, 41, 7), "id": "K1", "outcome": "已报价"},
    {"at": datetime(2026, 5, 18, 9, 41, 7), "id": "K1", "outcome": "已报价"},
    {"activity_id": "A3", "at": datetime(2026, 5, 19), "id": "K3", "owner": "小张"},
]
ORDERS = [{"order_id": "O1", "date": date(2026, 5, 6), "id": "K1", "amount": 500.0}]


def team(path: Path, tables: list[str] = USED, **rows: list[dict[str, object]]) -> Path:
    given = {"People": PEOPLE, "Customers": CUSTOMERS, "Activities": ACTIVITIES, "Orders": ORDERS} | rows
    path.write_bytes(template.build("zh", tables=tables, rows=given))
    return path


def rows(path: Path, table: str) -> pd.DataFrame:
    return read_inputs(open_book(path), DAY).frames[table]


def change(path: Path, table: str, key: str, **values: object) -> None:
    """What a person types into a row of their workbook."""
    frame = rows(path, table)
    retype(path, table, int(np.flatnonzero(frame[TABLES[table].keys[0]] == key)[0]), **values)


def retype(path: Path, table: str, position: int, **values: object) -> None:
    """As `change`, of a row by its position in the table."""
    at = rows(path, table)[["row"]].iloc[[position]]
    book = open_book(path)
    book.write([], [table_edit(book, locate(book).places[table], "zh", changed=at.assign(**values))])


def add(path: Path, table: str, **values: object) -> None:
    book = open_book(path)
    book.write([], [table_edit(book, locate(book).places[table], "zh", added=pd.DataFrame([values]))])


def type_into_list(path: Path, key: str, **entries: object) -> None:
    """What a person types beside a customer of the call list."""
    book = open_book(path)
    listed = result_tables.read(book, TABLES["CallList"], result_tables.present(book)["CallList"])
    at = listed.frame["id"].eq(key)
    assert at.any()
    frame = listed.frame.drop(columns=list(listed.entries)).join(listed.entries)
    for column, said in entries.items():
        frame[column] = frame[column].where(~at, said)
    book.write([encode(TABLES["CallList"], frame, "zh")])
