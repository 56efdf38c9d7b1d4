"""In what two workbooks differ, in rows of tables and cells outside them."""

from __future__ import annotations

import pytest

from funnelbook.book import marks
from funnelbook.book.compare import Difference, differences, told
from funnelbook.book.ports import Area, ListObject
from funnelbook.hosts.memory import MemoryBook

HEAD = ["客户编号", "业务员", "级别"]
CUSTOMERS = [HEAD, ["K1", "李", "A"], ["K2", "李", "B"], ["K3", "王", "C"]]


def book(table: list, name: str = "Customers", sheet: str = "客户", totals: int = 0, **others: list) -> MemoryBook:
    """A table at C2 of a sheet, and other sheets."""
    grid = [[], *([None, None, *row] for row in table)]
    area = Area(2, 3, len(table) + 1, 2 + len(table[0]))
    return MemoryBook(grids={sheet: grid, **others}, objects=[ListObject(name, sheet, area, totals)])


def counts(before: MemoryBook, after: MemoryBook) -> list[tuple]:
    return [(d.table, d.added, d.changed, d.removed, d.cells) for d in differences(before, after)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (CUSTOMERS, []),
        ([HEAD, *reversed(CUSTOMERS[1:])], []),
        ([*CUSTOMERS, [None, "", None]], []),
        ([*CUSTOMERS, ["K4", "王", "A"]], [("Customers", 1, 0, 0, 0)]),
        (CUSTOMERS[:3], [("Customers", 0, 0, 1, 0)]),
        ([*CUSTOMERS[:3], ["K3", "王", "A"], ["K9", "", ""]], [("Customers", 1, 1, 0, 0)]),
        ([*CUSTOMERS[:3], ["K5", "王", "C"]], [("Customers", 1, 0, 1, 0)]),
        ([[*row, n] for n, row in enumerate(CUSTOMERS)], [("Customers", 0, 3, 0, 0)]),
        ([row[::-1] for row in CUSTOMERS], []),
    ],
    ids=["same", "sorted", "blank row", "added", "removed", "changed", "another", "column added", "columns moved"],
)
def test_rows_of_a_table(rows, found):
    assert counts(book(CUSTOMERS), book(rows)) == found


def test_a_table_that_has_no_key_is_compared_row_by_row():
    before, after = [["a", "b"], ["x", 1], ["x", 1], ["y", 2]], [["a", "b"], ["x", 1], ["y", 2], ["z", 3]]
    assert counts(book(before, "Mine"), book(after, "Mine")) == [("Mine", 1, 0, 1, 0)]


def test_totals_are_no_rows():
    totals = ["合计", None, 3]
    assert counts(book(CUSTOMERS), book([*CUSTOMERS, totals], totals=1)) == []


def test_a_plain_range_that_is_read_as_a_table_is_compared_as_one():
    before, after = MemoryBook(grids={"客户": CUSTOMERS}), MemoryBook(grids={"客户": [*CUSTOMERS, ["K4", "王", "A"]]})
    assert counts(before, after) == [("Customers", 1, 0, 0, 0)]


def test_cells_beside_tables_and_sheets_without_any():
    before = book(CUSTOMERS, 笔记=[["a"], ["b", None]])
    after = book(CUSTOMERS, 笔记=[["a"], ["c", ""], ["d"]])
    after.grids["客户"][0] = ["note"]
    assert counts(before, after) == [("客户", 0, 0, 0, 1), ("笔记", 0, 0, 0, 2)]


def test_a_table_that_comes_or_goes():
    assert counts(MemoryBook(grids={"客户": []}), book(CUSTOMERS)) == [("Customers", 3, 0, 0, 0)]
    assert counts(book(CUSTOMERS), MemoryBook(grids={"客户": []})) == [("Customers", 0, 0, 3, 0)]


def test_it_is_said_in_words_users_tables_first():
    found = [
        Difference("Customers", "客户", added=2, changed=1),
        Difference("Board", "龙虎榜", changed=4, worked_out=True),
        Difference("龙虎榜", "龙虎榜", cells=1, worked_out=True),
        Difference("笔记", "笔记", cells=3),
    ]
    assert told(found, "zh") == "客户增加 2 行、修改 1 行；笔记有 3 格不同；漏斗算出的工作表 1 张不同"
    assert told(found, "en") == (
        "Customers: rows added 2, rows changed 1; 笔记: cells that differ 3; sheets worked out by Funnelbook that differ: 1"
    )
    assert (told([], "zh"), told([], "en")) == ("各表的值都相同", "the values are the same")


def test_what_is_ours_is_known_by_its_mark_not_by_its_name():
    """Their table Shapes on their sheet Summary, which they log calls in, and our Summary, which had to be called Summary_2."""
    log = [
        ["日期", "客户编号", "业务员", "结果"],
        ["2026-05-20", "K1", "李", "成交"],
        ["2026-05-21", "K2", "王", "成交"],
    ]
    ours = [["业务员", "级别", "平均转化率", "最初计划", "完成"], ["李", "A", 0.5, 1, 2]]

    def both(log: list, ours: list, note: str) -> MemoryBook:
        found = book(log, "Shapes", "Summary", 期末总结=ours)
        found.grids["Summary"][0] = [note]
        found.objects.append(ListObject("Summary_2", "期末总结", Area(1, 1, len(ours), 5), headers=tuple(ours[0])))
        found.defined = {marks.BOOK: '"1"', f"{marks.PREFIX}Summary": marks.formula_of("期末总结", Area(1, 1, 1, 5))}
        return found

    found = differences(both(log, ours, "a"), both(log[:2], [ours[0], ["李", "A", 0.6, 1, 2]], "b"))
    assert told(found, "zh") == "跟进记录减少 1 行；Summary有 1 格不同；漏斗算出的工作表 1 张不同"


def test_a_table_of_theirs_with_a_name_of_ours_keeps_that_name():
    before, after = book([["型号", "价"], ["x", 1]], "Board"), book([["型号", "价"], ["x", 2]], "Board")
    assert told(differences(before, after), "zh") == "Board修改 1 行"
