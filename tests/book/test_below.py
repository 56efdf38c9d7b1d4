"""Rows typed below a ListObject: read as its own where Excel would have made them so, else told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funnelbook.book.edit import last_filled, taken_in
from funnelbook.book.locate import locate
from funnelbook.book.ports import Area, ListObject
from funnelbook.hosts.memory import MemoryBook
from support.sheets import book_of, problems, read

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
        "K3 | 丙 | 小李 | 多一列": "Customers 4 None: From this row on 1 row below the table looks like its own; it was not read",
        "合计 | 2n\nK3 | 丙": "Customers 5 None: From this row on 1 row below the table looks like its own; it was not read",
        "K3": "Customers 4 None: From this row on 1 row below the table looks like its own; it was not read",
        "- | 丙 | 小李\nK4 | 丁": "Customers 4 None: From this row on 2 rows below the table look like its own; they were not read",
    }.items(),
    ids=["a gap", "wider", "a total between", "an id only", "no id"],
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


PLAIN = """
客户编号 | 客户名称 | 业务员 | 预计金额
K1 | 甲 | 小李 | 1n
K2 | 乙 | 小李 | 2n
"""
LOG = """
流水号 | 时间 | 客户编号 | 内容 | 分钟
A1 | 2026-05-03d | K1 | 谈过 | 1n
A2 | 2026-05-04d | K1 | - | 2n
"""


@pytest.mark.parametrize(
    "below",
    [
        "合计 | - | - | 3n",
        "平均值： | - | - | 1.5n",
        "5月合计 | - | - | 3n\n年累计 | - | - | 30n",
        "- | 总计 | - | 3n",
        "- | - | - | 3n",
        "-\n-\n备注：以上为老客户\n- | - | 制表人 | -",
        "-\nTotal | - | - | 3n\nAverage | - | - | 1.5n\n注：含税 | - | - | -",
    ],
)
def test_totals_and_notes_below_a_range_are_no_rows_and_new_rows_go_above_them(below):
    book = book_of(客户=PLAIN.rstrip() + "\n" + below)
    assert ids(book) == ["K1", "K2"]
    assert last_filled(book, locate(book).places["Customers"]) == 3
    assert problems(book) == problems(book_of(客户=PLAIN))


@pytest.mark.parametrize("below", ["平均 | - | - | - | 1.5n", "- | - | - | - | 3n", "制表人：小李", "- | - | 未完待续"])
def test_totals_and_notes_below_a_log_are_no_calls(below):
    book, without = (book_of(客户=PLAIN, 流水=LOG.rstrip() + more) for more in ("\n-\n" + below, ""))
    assert last_filled(book, locate(book).places["Activities"]) == 3
    assert problems(book) == problems(without)


@pytest.mark.parametrize("last", ["K3 | - | -", "Ann Lee"])
def test_a_row_with_no_more_than_its_key_is_a_row(last):
    assert ids(book_of(客户=PLAIN.rstrip() + "\n" + last)) == ["K1", "K2", last.split(" |")[0]]


def test_a_row_not_yet_filled_in_is_told_and_new_rows_go_above_it():
    book = book_of(客户=PLAIN.rstrip() + "\n- | 丙 | 小李")
    assert problems(book) == ["Customers 4 id: A required cell is blank; the row is not counted"]
    assert last_filled(book, locate(book).places["Customers"]) == 3


def test_a_range_ends_above_a_list_object_of_any_kind():
    book = book_of(客户=PLAIN.rstrip() + "\n-\n品名 | 数量 | 价\n甲 | 1n | 2n\n乙 | 3n | 4n")
    assert ids(book) == ["K1", "K2", "品名", "甲", "乙"]
    book.objects = [ListObject("Other", "客户", Area(5, 1, 7, 3))]
    assert ids(book) == ["K1", "K2"]
    assert last_filled(book, locate(book).places["Customers"]) == 3
