"""Only the rows that a line of Problems speaks of are shown, in every part of their table; all of them when it is pressed again."""

from __future__ import annotations

from pathlib import Path

import pytest

from funnelbook.book.labels import sheet_name
from funnelbook.book.ports import BookError
from funnelbook.commands.buttons import ButtonPress
from funnelbook.commands.only_rows import pressed
from funnelbook.hosts.memory import MemoryBook
from funnelbook.menu import BY_NAME
from support.adopted import adopted, refreshed
from support.looked import Looked
from support.sheets import DAY

ORDERS = sheet_name("orders", "zh")


def looked() -> Looked:
    book = adopted(
        customers="客户编号 | 客户名称\nK1 | 甲",
        orders="订单号 | 日期 | 客户编号 | 金额\nD1 | 2026-05-04 | K1 | 100n\nD2 | 2026-05-04 | K7 | 100n\n"
        "D3 | 2026-05-04 | K1 | 100n\nD4 | 2026-05-04 | K8 | 100n\nD5 | 2026-05-04 | K9 | 100n",
    )
    refreshed(book)
    return Looked(**vars(book))


def press(book: MemoryBook) -> str:
    return pressed(ButtonPress(BY_NAME["only_rows"], book, DAY, Path(), "zh")).line


def line_of(book: MemoryBook, text: str) -> tuple[str, int]:
    rows = enumerate(book.grids["result Problems"], 1)
    return "result Problems", next(i for i, row in rows if any(text in str(cell) for cell in row))


def test_a_line_is_shown_alone_and_all_again():
    book = looked()
    book.chosen = line_of(book, "K7")
    assert "3 行" in press(book)
    assert (book.front, {row for _, row in book.away}) == (ORDERS, {2, 4})
    assert press(book) == "订单：已全部显示。"
    assert not book.away
    press(book)
    book.chosen = (ORDERS, 3)  # or where one was led to
    press(book)
    assert not book.away


def test_elsewhere_it_says_where_to_stand():
    book = looked()
    for chosen, code in (
        (("result Problems", 3), "no_problem_line"),
        (None, "no_problem_line"),
        (("result Board", 4), "no_problem_line"),
    ):
        book.chosen = chosen
        with pytest.raises(BookError) as refused:
            press(book)
        assert refused.value.code == code
    book.chosen = line_of(book, "K7")
    for row in book.grids[ORDERS]:
        row[2] = "K1" if row[2] != "客户编号" else row[2]
    with pytest.raises(BookError) as refused:
        press(book)
    assert refused.value.code == "problem_gone"


def test_a_file_has_no_screen():
    with pytest.raises(BookError) as refused:
        press(adopted(customers="客户编号 | 客户名称\nK1 | 甲"))
    assert refused.value.code == "only_on_screen"
