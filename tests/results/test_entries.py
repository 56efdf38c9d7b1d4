"""What callers type into the call list becomes rows of Activities, once; what cannot is kept and told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.ports import Area, CellError, ListObject
from funnelbook.hosts.memory import MemoryBook
from support.adopted import adopted, lines, refreshed, table
from support.examples import examples
from support.sheets import read

DAY = date(2026, 6, 3)  # a Wednesday
TEAM = {
    "customers": """
        客户编号 | 业务员 | 级别 | 录入日期 | 下次联系 | 下次目的
        1 | 小李 | D | 2026-05-01 | 2026-06-01 | 报价
        2 | 小李 | D | 2026-05-01 | 2026-06-02 | 报价
        3 | 小李 | D | 2026-05-01 | 2026-06-03 | 报价
    """,
    "activities": """
        流水号 | 时间 | 客户编号 | 业务员 | 方式 | 结果 | 级别 | 下次联系 | 下次目的 | 内容 | 领导批示
        H1 | 2026-05-20 10:00 | 2 | 小李 | 电话 | - | D | 2026-06-02 | 报价 | - | 好
        H2 | 2026-06-03 09:15 | 3 | 小张 | 短信 | - | - | 2026-06-03 | 报价 | - | -
    """,
    "people": "姓名 | 入职日期\n小李 | 2025-01-01",
    "通话结果": "结果 | 级别 | 接通\n已报价 | B | 是\n无人接听 | - | 否",
}
COLUMNS = ("结果", "新级别", "下次联系", "下次目的", "备注")


def listed(as_of: date = DAY, **changed: str) -> MemoryBook:
    """A book whose call list has the customers 1, 2 and 3, in this order."""
    book = adopted(**TEAM | changed)
    refreshed(book, as_of)
    assert table(book, "CallList")["id"].tolist() == ["1", "2", "3"]
    return book


def enter(book: MemoryBook, row: int, **cells: object) -> None:
    grid = book.grids["result CallList"]
    for name, value in cells.items():
        grid[2 + row][grid[2].index(name)] = value


def ids(book: MemoryBook) -> list[object]:
    grid = book.grids["result CallList"]
    return [row[grid[2].index("客户编号")] for row in grid[3:]]


def entries(book: MemoryBook) -> list[tuple[object, ...]]:
    """(customer, entries) of the rows of the call list that have some."""
    grid = book.grids["result CallList"]
    at = [grid[2].index(name) for name in COLUMNS]
    return [
        (row[grid[2].index("客户编号")], *(row[j] for j in at))
        for row in grid[3:]
        if any(row[j] is not None for j in at)
    ]


def problems(book: MemoryBook) -> list[str]:
    found = table(book, "Problems")
    return lines(found[found["table"] == "CallList"], "row", "column", "value", "problem")


def test_an_entry_becomes_an_activity_and_the_list_moves_on():
    book = listed()
    enter(book, 1, 结果="已报价", 下次联系="6月8日", 下次目的="签约", 备注="要两份合同")
    enter(book, 3, 结果="无人接听")
    report = refreshed(book, DAY)
    assert (report.written, report.logged, report.waiting) == (True, 2, 0)
    # the second goes after what was logged for its customer that day already
    assert book.grid("跟进记录")[3:] == [
        [
            "20260603-1",
            datetime(2026, 6, 3),
            "1",
            "小李",
            "电话",
            "已报价",
            None,
            datetime(2026, 6, 8),
            "签约",
            "要两份合同",
            None,
        ],
        ["20260603-3", datetime(2026, 6, 3, 9, 15), "3", "小李", "电话", "无人接听", None, None, None, None, None],
    ]
    assert entries(book) == []
    assert table(book, "CallList")["id"].tolist() == ["2"]
    moved = table(book, "Funnel")
    assert moved[(moved["person"] == "小李") & (moved["tier"] == "B")]["stock"].tolist() == [1]
    assert not refreshed(book, DAY).written


def test_the_same_customer_twice_in_a_day():
    book = listed()
    enter(book, 2, 结果="无人接听")
    refreshed(book, DAY)
    book.grids["跟进记录"][-1] = [*book.grids["跟进记录"][-1], *[None] * 5][:11]
    book.grids["跟进记录"][-1][7] = "2026-06-03"
    refreshed(book, DAY)
    book.grids["result CallList"]
    enter(book, ids(book).index("2") + 1, 结果="已报价")
    refreshed(book, DAY)
    assert [row[0] for row in book.grids["跟进记录"]] == ["流水号", "H1", "H2", "20260603-2", "20260603-2-2"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"结果": "报过价了"}, "4 outcome 报过价了 设置里没有这个通话结果，这一行还没有记入跟进记录"),
        ({"结果": "已报价", "新级别": "F"}, "4 tier_after F 设置里没有这个级别；这一行还没有记入跟进记录"),
        (
            {"结果": "已报价", "下次联系": "改天再说"},
            "4 next_contact 改天再说 看不懂是哪一天；这一行还没有记入跟进记录",
        ),
        ({"备注": CellError("#N/A")}, "4 remark #N/A 单元格是公式错误；这一行还没有记入跟进记录"),
    ],
)
def test_an_entry_that_cannot_be_read_waits_and_is_told(cells, told):
    book = listed()
    enter(book, 1, **cells)
    before = [list(row) for row in book.grids["跟进记录"]]
    report = refreshed(book, DAY)
    assert (report.logged, report.waiting) == (0, 1)
    assert book.grids["跟进记录"] == before
    assert entries(book) == [("1", *(str(cells[c]) if c in cells else None for c in COLUMNS))]
    assert problems(book) == [told]
    assert not refreshed(book, DAY).written


def test_an_entry_waits_where_its_customer_is_no_longer_listed():
    book = listed()
    enter(book, 1, 下次联系="改天再说")
    book.grids["客户"][1][4] = "2026-06-10"
    refreshed(book, DAY)
    assert ids(book)[:3] == ["2", "3", "1"]
    assert problems(book) == ["6 next_contact 改天再说 看不懂是哪一天；这一行还没有记入跟进记录"]
    enter(book, 3, 下次联系="2026-06-10")
    refreshed(book, DAY)
    assert entries(book) == []
    assert book.grids["跟进记录"][-1][:3] == ["20260603-1", datetime(2026, 6, 3), "1"]


def test_a_column_that_activities_lacks_loses_nothing():
    book = listed(activities="时间 | 客户编号 | 方式 | 下次联系\n2026-06-03 09:15 | 3 | 短信 | 2026-06-03")
    enter(book, 1, 备注="要两份合同")
    enter(book, 2, 下次联系="2026-06-09")
    refreshed(book, DAY)
    assert problems(book) == ["4 remark 要两份合同 跟进记录表里没有这一列，这一行还没有记入"]
    assert book.grids["跟进记录"][2:] == [[datetime(2026, 6, 3), "2", "电话", datetime(2026, 6, 9)]]


def test_entries_that_activities_cannot_take_wait_and_all_else_is_shown():
    book = listed()
    beside, torn = Area(1, 13, 5, 14), Area(6, 10, 7, 14)  # rows put in would tear one or the other
    book.objects += [ListObject("Beside", "跟进记录", beside), ListObject("Torn", "跟进记录", torn)]
    enter(book, 1, 结果="已报价", 备注="要两份合同")
    before = [list(row) for row in book.grid("跟进记录")]
    report = refreshed(book, date(2026, 6, 4))
    assert (report.written, report.logged, report.waiting) == (True, 0, 1)
    assert book.grid("跟进记录") == before
    assert entries(book) == [("1", "已报价", None, None, None, "要两份合同")]
    (line,) = problems(book)
    assert line.startswith("4 - - 这一行没有记入跟进记录：")
    assert "跟进记录" in line
    assert not refreshed(book, date(2026, 6, 4)).written
    book.objects = [lo for lo in book.objects if lo.name not in ("Beside", "Torn")]
    assert refreshed(book, date(2026, 6, 4)).logged == 1
    assert (entries(book), problems(book)) == ([], [])


ORDERS = "订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态\nO1 | 2026-05-02 | 2 | 小李 | 500 | 有效"
WON = "结果 | 级别 | 接通\n成交 | 成交 | 是\n已报价 | B | 是"


def test_a_sale_with_an_amount_drafts_its_order_once():
    book = listed(orders=ORDERS, 通话结果=WON)
    enter(book, 1, 结果="成交", 成交金额="1.2万")
    enter(book, 2, 新级别="成交", 成交金额=9800.0)
    report = refreshed(book, DAY)
    assert (report.logged, report.ordered, report.waiting) == (2, 2, 0)
    assert book.grid("订单")[2:] == [
        ["20260603-1-1", datetime(2026, 6, 3), "1", "小李", 12000.0, "有效"],
        ["20260603-2-1", datetime(2026, 6, 3), "2", "小李", 9800.0, "有效"],
    ]
    assert (entries(book), problems(book)) == ([], [])
    board = table(book, "Board")
    assert board.loc[board["person"] == "小李", "orders"].tolist() == [2]
    assert not refreshed(book, DAY).written


def test_a_sale_without_its_order_is_a_warning_until_the_order_is_there():
    book = listed(orders=ORDERS, 通话结果=WON)
    enter(book, 1, 结果="成交")
    enter(book, 2, 结果="成交")  # the order of May was of the case before
    assert (refreshed(book, DAY).ordered, entries(book)) == (0, [])
    found = table(book, "Problems")
    told = found[found["problem"].str.contains("订单表里没有这一单")]
    assert lines(told, "table", "row", "column", "value", "severity") == [
        "Customers 2 tier 1、2 warning",
    ]
    book.grids["订单"] += [[f"N{i}", "2026-06-03", i, "小李", 300.0, None] for i in ("1", "2")]
    refreshed(book, DAY)
    assert not table(book, "Problems")["problem"].str.contains("订单表里没有这一单").any()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"结果": "已报价", "成交金额": "9800"}, "4 amount 9800 填了成交金额，但结果不是成交，这一行还没有记入"),
        ({"成交金额": 300.0}, "4 amount 300 填了成交金额，但结果不是成交，这一行还没有记入"),
        ({"结果": "成交", "成交金额": "很多"}, "4 amount 很多 不是数字；这一行还没有记入跟进记录"),
        ({"结果": "成交", "成交金额": -5.0}, "4 amount -5 成交金额要大于 0，这一行还没有记入"),
    ],
)
def test_an_amount_that_makes_no_order_waits_with_its_call(cells, told):
    book = listed(orders=ORDERS, 通话结果=WON)
    enter(book, 1, **cells)
    report = refreshed(book, DAY)
    assert (report.logged, report.ordered, report.waiting) == (0, 0, 1)
    assert problems(book) == [told]
    assert len(book.grid("订单")) == 2


def test_a_sale_waits_where_there_is_no_table_for_its_order():
    book = listed(通话结果=WON)
    enter(book, 1, 结果="成交", 成交金额=9800.0)
    assert refreshed(book, DAY).waiting == 1
    assert problems(book) == ["4 amount 9800 没有能记下这一单的订单表，这一行还没有记入"]


def test_the_time_of_day_agreed_stands_before_the_purpose():
    book = listed()
    enter(book, 1, 下次联系="下周三 下午3点", 下次目的="签约")
    enter(book, 2, 下次联系=datetime(2026, 6, 9, 9, 30))
    refreshed(book, DAY)
    assert [row[7:9] for row in book.grid("跟进记录")[3:]] == [
        [datetime(2026, 6, 10), "15:00 签约"],
        [datetime(2026, 6, 9), "09:30"],
    ]


def test_looking_back_logs_nothing():
    book = listed()
    enter(book, 1, 结果="已报价")
    assert refreshed(book, date(2026, 6, 2)).logged == 0
    assert entries(book) == [("1", "已报价", None, None, None, None)]
    assert refreshed(book, DAY).logged == 1


_cell = st.one_of(
    st.none(),
    st.sampled_from(["已报价", "无人接听", "A", "成交", "2026-06-20", "=1+1", " "]),
    st.text(max_size=5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)),
)


def test_a_next_contact_with_a_time_of_day_is_written_once():
    book = listed()
    enter(book, 2, 下次联系=datetime(2043, 4, 1, 9, 30))
    assert refreshed(book, DAY).logged == 1
    assert not refreshed(book, DAY).written


@given(st.lists(st.tuples(_cell, _cell, _cell, _cell, _cell), min_size=3, max_size=3))
@settings(max_examples=examples(12))
def test_whatever_is_typed_is_logged_or_waits_and_twice_is_once(typed):
    book = listed()
    for row, cells in enumerate(typed, 1):
        enter(book, row, **dict(zip(COLUMNS, cells, strict=True)))
    some = sum(any(cell not in (None, "") for cell in cells) for cells in typed)
    report = refreshed(book, DAY)
    assert report.logged + report.waiting == some
    after = read(book, as_of=DAY).frames["Activities"]
    assert len(after) == 2 + report.logged
    assert len(entries(book)) == report.waiting
    assert after["activity_id"].is_unique
    again = refreshed(book, DAY)
    assert (again.written, again.logged, again.waiting) == (False, 0, report.waiting)


def test_what_was_typed_in_the_evening_and_saved_is_of_that_evening():
    """A list of 3 June, filled and saved on the 4th, refreshed on the 5th: its calls, orders and "tomorrow" are the 4th's."""
    book = listed(activities=TEAM["activities"], orders="订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态\n")
    enter(book, 1, 结果="已报价", 下次联系="明天")
    enter(book, 2, 新级别="成交", 成交金额="9800")
    book.saved = datetime(2026, 6, 4, 18, 30).astimezone()  # of this computer's clock, as today is
    report = refreshed(book, date(2026, 6, 5))
    assert (report.logged, report.ordered, report.typed_on) == (2, 1, date(2026, 6, 4))
    log = [row for row in book.grid("跟进记录")[3:] if row[5] == "已报价" or row[6] == "成交"]
    assert [row[1] for row in log] == [datetime(2026, 6, 4)] * 2
    assert log[0][7] == datetime(2026, 6, 5)
    assert "1 promised 2026-06-05 00:00:00" in lines(
        table(book, "CallList"), "id", "why", "due"
    )  # its tomorrow is today


@pytest.mark.parametrize(
    "saved",
    [
        None,  # changed since: somebody types now
        datetime(2026, 6, 2, 4, tzinfo=UTC),  # before the list was made
        datetime(2026, 6, 5, 4, tzinfo=UTC),
        datetime(2026, 6, 9, 4, tzinfo=UTC),  # a clock that is wrong, or a refresh for a day gone by
    ],
)
def test_else_entries_are_of_the_day_of_the_refresh(saved):
    book = listed()
    enter(book, 1, 结果="已报价")
    book.saved = saved
    report = refreshed(book, date(2026, 6, 5))
    assert (report.logged, report.typed_on) == (1, None)
    assert [row[1] for row in book.grid("跟进记录")[3:] if row[5] == "已报价"] == [datetime(2026, 6, 5)]
