"""What every host promises of edits to a table that users own, a ListObject or a plain range."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook import template
from funnelbook.book.edit import last_filled, table_edit
from funnelbook.book.locate import locate
from funnelbook.book.ports import Area, Book, BookError, TableEdit, TableWrite
from funnelbook.book.result_tables import present
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import read_inputs
from funnelbook.hosts.excel import ExcelBook
from support.examples import examples
from support.fake_excel import App
from support.opened import memory, ooxml

DAY = date(2026, 5, 20)
HEADS = ["客户编号", "客户名称", "业务员", "电话", "下次联系", "预计金额"]
BODY = [
    ["K1", "甲公司", "小李", "021-55667788", datetime(2026, 5, 21), 1000.0],
    ["K2", "乙公司", "小张", "007", None, 20.5],
]


def package(listed: bool, below: int = 0, extra: str = "") -> bytes:
    """A customers list from B3 on, a ListObject or a plain range; `extra` stands `below` rows under its last row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet("客户")
        sheet.write(0, 0, "客户名单")
        if listed:
            columns = [{"header": head} for head in HEADS]
            sheet.add_table(2, 1, 2 + len(BODY), len(HEADS), {"name": "Liste", "columns": columns, "data": BODY})
        else:
            sheet.write_row(2, 1, HEADS)
            sheet.autofilter(2, 1, 2 + len(BODY), len(HEADS))
        for i, row in enumerate(BODY, 3):
            sheet.write_row(i, 1, row)
        if below:
            sheet.write(2 + len(BODY) + below, 2, extra)
    return out.getvalue()


def excel(_folder: Path, data: bytes, _sheets: list[str]) -> Book:
    return ExcelBook(App().new(data))


HOSTS = [memory, ooxml, excel, pytest.param("libreoffice", marks=pytest.mark.live)]


@pytest.fixture(params=HOSTS, ids=["memory", "ooxml", "excel", "libreoffice"])
def book_of(request, tmp_path):
    if request.param != "libreoffice":
        return lambda data, *sheets: request.param(tmp_path, data, list(sheets or ["客户"]))
    in_libreoffice, path = request.getfixturevalue("in_libreoffice"), tmp_path / "book.xlsx"

    def run(data, *_sheets):
        path.write_bytes(data)
        return in_libreoffice(path)

    return run


def body(book: Book, rows: range, sheet: str = "客户") -> list[list[object]]:
    grid = book.grid(sheet)
    lines = [grid[r - 1] if r <= len(grid) else [] for r in rows]
    return [[_read(v) for v in [*line, *[None] * 7][1:7]] for line in lines]


def _read(value: object) -> object:
    if type(value) is date:
        return datetime(value.year, value.month, value.day)
    return None if value == "" else value


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
def test_cells_are_set_and_rows_go_below_the_last_one(book_of, listed):
    book = book_of(package(listed))
    cells = {(4, 4): "小王", (5, 7): 99.0, (4, 6): None, (5, 6): date(2026, 6, 1), (4, 3): "=1+1"}
    new = {2: "007", 3: "丙公司", 4: "小王", 5: "+86 139", 6: datetime(2026, 5, 30, 9, 30), 7: 5}
    assert book.write([], [TableEdit("客户", 3, 5, cells, [new, {2: "K4"}])])
    assert body(book, range(4, 8)) == [
        ["K1", "=1+1", "小王", "021-55667788", None, 1000.0],
        ["K2", "乙公司", "小张", "007", datetime(2026, 6, 1), 99.0],
        ["007", "丙公司", "小王", "+86 139", datetime(2026, 5, 30, 9, 30), 5.0],
        [*["K4"], *[None] * 5],
    ]
    if listed:
        assert [lo.area for lo in book.list_objects()] == [Area(3, 2, 7, 7)]


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
def test_an_edit_that_changes_nothing_writes_nothing(book_of, listed):
    book = book_of(package(listed))
    same = {(4, 4): "小李", (5, 7): 20.5, (5, 6): None, (4, 6): date(2026, 5, 21)}
    assert not book.write([], [TableEdit("客户", 3, 5, same), TableEdit("客户", 3, 5)])


def test_blank_rows_of_a_list_object_are_filled_before_it_grows(book_of):
    book = book_of(template.build("zh", tables=["Customers"]), "客户")
    place = locate(book).places["Customers"]
    before = next(lo.area for lo in book.list_objects() if lo.name == "Customers")
    for number in (1, 2, 3):
        edit = table_edit(book, place, "zh", added=pd.DataFrame({"id": [f"00{number}"], "owner": ["小李"]}))
        assert edit.last_row == place.header_row + number - 1
        assert book.write([], [edit])
        place = locate(book).places["Customers"]
    after = next(lo.area for lo in book.list_objects() if lo.name == "Customers")
    assert after == Area(before.top, before.left, max(before.bottom, before.top + 3), before.right)
    assert read_inputs(book, DAY).frames["Customers"]["id"].tolist() == ["001", "002", "003"]


def test_result_tables_and_edits_are_written_in_one_go(book_of):
    book = book_of(template.build("zh", tables=["Customers", "Matched"]), "客户", "Funnelbook")
    place = locate(book).places["Customers"]
    edit = table_edit(book, place, "zh", added=pd.DataFrame({"id": ["K1"]}))
    write = TableWrite("Matched", ["table", "column", "sheet", "header"], [["Customers"], ["id"], ["客户"], ["编号"]])
    assert book.write([write], [edit])
    matched = present(book)["Matched"]
    assert book.grid(matched.sheet)[matched.area.top][matched.area.left - 1] == "Customers"
    assert last_filled(book, place) == place.header_row + 1


def test_schema_values_go_in_as_people_write_them_and_come_back(book_of):
    book = book_of(template.build("zh", tables=["Activities", "People", "Orders"]), "跟进记录", "业务员", "订单")
    places = locate(book).places
    activities = pd.DataFrame(
        {
            "activity_id": ["00017", "A2"],
            "at": pd.to_datetime(["2026-05-18 09:41:00", "2026-05-19 00:00:00"]),
            "id": ["K1", "K2"],
            "connected": [True, False],
            "minutes": [3.5, None],
            "outcome": ["已报价", "无人接听"],
            "tier_after": ["Won", "C"],
        }
    )
    people = pd.DataFrame({"person": ["小李"], "active": [False]})
    orders = pd.DataFrame(
        {"order_id": ["1"], "date": [pd.Timestamp("2026-05-01")], "amount": [9.5], "status": ["refunded"]}
    )
    added = {"Activities": activities, "People": people, "Orders": orders}
    assert book.write([], [table_edit(book, places[name], "zh", added=frame) for name, frame in added.items()])
    shown = [v for sheet in ("跟进记录", "业务员", "订单") for row in book.grid(sheet) for v in row if v]
    assert {"是", "否", "成交", "退款"} <= set(shown)
    inputs = read_inputs(book, DAY)
    for name, frame in added.items():
        back = inputs.frames[name][list(frame.columns)]
        pd.testing.assert_frame_equal(back, frame, check_dtype=False, check_index_type=False)


def test_a_value_without_a_column_is_refused_and_named(book_of):
    book = book_of(package(True))
    place = locate(book).places["Customers"]
    with pytest.raises(BookError) as caught:
        table_edit(book, place, "zh", added=pd.DataFrame({"id": ["K3"], "note": ["老客户"]}))
    assert "备注" in caught.value.text("zh")
    edit = table_edit(book, place, "zh", added=pd.DataFrame({"id": ["K3"], "note": [None]}))
    assert edit.rows == [{2: "K3"}]


def test_totals_are_no_row_of_data(book_of):
    book = book_of(package(False, 1, "合计"))
    assert last_filled(book, locate(book).places["Customers"]) == 5
    assert TABLES["Customers"].keys == ("id",)


values = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25))
@given(rows=st.lists(st.lists(values, min_size=6, max_size=6), min_size=1, max_size=4), listed=st.booleans())
def test_hosts_agree_on_any_values(rows, listed, tmp_path):
    edit = TableEdit("客户", 3, 5, {(4, 4): rows[0][0]}, [dict(enumerate(row, 2)) for row in rows])
    got = []
    for host in (memory, ooxml, excel):
        book = host(tmp_path, package(listed), ["客户"])
        book.write([], [edit])
        got.append([[_plain(v) for v in row] for row in body(book, range(4, 6 + len(rows)))])
    assert got[0] == got[1]
    assert got[0] == got[2]


def _plain(value: object) -> object:
    """Moments as serials, texts as every reader gives them."""
    if isinstance(value, datetime):
        return round((value - datetime(1899, 12, 30)).total_seconds() / 86_400, 5)
    if isinstance(value, str):
        return value.strip() or None
    return round(value, 5) if isinstance(value, float) else value


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
def test_a_new_column_goes_right_of_the_list_and_a_list_object_reaches_as_far(book_of, listed):
    book = book_of(package(listed))
    cells = {(3, 8): "编码", (4, 8): "K0001", (5, 8): "K0002"}
    edit = TableEdit("客户", 3, 5, cells, column=7, new_column=8)
    assert book.write([], [edit])
    assert body(book, range(3, 6)) == [HEADS, *BODY]
    assert [row[7] for row in book.grid("客户")[2:5]] == ["编码", "K0001", "K0002"]
    assert [(lo.area, lo.headers[-1]) for lo in book.list_objects()] == ([(Area(3, 2, 5, 8), "编码")] if listed else [])
    assert not book.write([], [TableEdit("客户", 3, 5, cells, column=7)])
    assert book.write(
        [], [TableEdit("客户", 3, 5, rows=[{3: "丙公司", 8: "K0003"}])]
    )  # it goes on as one of its columns
    assert book.grid("客户")[5][7] == "K0003"
