"""Rows typed below a ListObject: read as its own where Excel would have made them so, else told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sheets import book_of, problems, read

from funnelbook.book.edit import taken_in
from funnelbook.book.locate import locate
from funnelbook.book.ports import Area, ListObject
from funnelbook.hosts.memory import MemoryBook

LISTED = """
    客户编号 | 客户名称 | 业务员 | 外
    K1 | 甲 | 小李
    K2 | 乙 | 小李
"""


def listed(below: str, *, totals: int = 0, others: tuple[ListObject, ...] = ()) -> MemoryBook:
    """Customers in A1:C3, a ListObject, with lines below it."""
    book = book_of(客户=LISTED.rstrip() + "\n" + below)
    book.objects = [ListObject("Liste", "客户", Area(1, 1, 3 + totals, 3), totals), *others]
    return book


def ids(book: MemoryBook) -> list[str]:
    return read(book).frames["Customers"]["id"].tolist()


def told(book: MemoryBook) -> list[str]:
    return [line for line in problems(book) if "below the table" in line]


def test_rows_right_below_are_its_own_and_are_taken_in():
    book = listed("K3 | 丙 | 小李\nK4 | 丁 | -")
    assert ids(book) == ["K1", "K2", "K3", "K4"]
    assert told(book) == []
    (edit,) = taken_in(locate(book), read(book))
    assert (edit.sheet, edit.header_row, edit.last_row, edit.column) == ("客户", 1, 5, 1)
    assert read(replace_bottom(book, 5)).typed_below == {}


def replace_bottom(book: MemoryBook, bottom: int) -> MemoryBook:
    book.objects = [replace(book.objects[0], area=replace(book.objects[0].area, bottom=bottom)), *book.objects[1:]]
    return book


@pytest.mark.parametrize(
    ("below", "line"),
    {
        "- | -\nK3 | 丙\nK4 | 丁": "Customers 5 None: From this row on 2 rows below the table look like its own; they were not read",
        "K3 | 丙 | 小李 | 多一列": "Customers 4 None: From this row on 1 rows below the table look like its own; they were not read",
        "合计 | 2n\nK3 | 丙": "Customers 5 None: From this row on 1 rows below the table look like its own; they were not read",
    }.items(),
    ids=["a gap", "wider", "a total between"],
)
def test_where_it_is_unsure_it_is_told_how_many_and_where(below, line):
    book = listed(below)
    assert ids(book) == ["K1", "K2"]
    assert told(book) == [line]
    assert taken_in(locate(book), read(book)) == []


def test_rows_below_a_totals_row_are_not_its_own():
    book = listed("合计 | -\nK3 | 丙", totals=1)
    assert ids(book) == ["K1", "K2"]
    assert len(told(book)) == 1


def test_notes_totals_and_other_tables_below_are_no_rows():
    other = ListObject("Other", "客户", Area(6, 1, 8, 2))
    book = listed("备注：以上为老客户\n- | 合计\n代码 | 含义\nA | 大\nB | 小", others=(other,))
    assert ids(book) == ["K1", "K2"]
    assert told(book) == []
    plain = listed("- | -\n客户编号 | 订单编号 | 金额 | 日期\nK1 | O1 | 5n | 2026-05-01d")
    assert ids(plain) == ["K1", "K2"]
    assert told(plain) == []
