"""`check --fix` in every host: what is certain is put into the cells, what stood there is kept, nothing else is touched."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.book import result_tables
from funnelbook.book.ports import Book
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt, adopt_book
from funnelbook.commands.fix import fix_book
from funnelbook.commands.open import read_inputs
from funnelbook.hosts.excel import ExcelBook
from support.fake_excel import App
from support.opened import memory, ooxml

DAY = date(2026, 5, 20)
HEADS = ["客户编号", "客户名称", "业务员", "电话", "录入日期", "下次联系", "预计金额"]
AS_TYPED = [
    ["K1 ", "甲公司", " 李娜", "138 0013 8000", "2026/5/3", "5月28日", "8千"],
    ["K2", "乙公司", "李娜", "１３９００１３９０００", "13/4/2026", "下周三", "1.2万"],
    ["K3", "丙公司 ", "王强", "010-62345678", datetime(2026, 5, 4), None, 9800.0],
    ["K4", "丁公司", "王强", "王总 13700137000", "3-May-26", "2026-06-01", "￥9,800元"],
    ["K5", "戊公司", "王强", "13800138001/13900139001", "20260504", "2026/6/2 14:30", "约1万"],
    ["K6", "己公司", "王强", "13612345678", 46146.0, None, "USD 1,200"],
]
CORRECTED = [
    ["K1", "甲公司", "李娜", "13800138000", datetime(2026, 5, 3), "5月28日", 8000.0],
    ["K2", "乙公司", "李娜", "13900139000", datetime(2026, 4, 13), "下周三", 12000.0],
    ["K3", "丙公司 ", "王强", "010-62345678", datetime(2026, 5, 4), None, 9800.0],
    ["K4", "丁公司", "王强", "王总 13700137000", datetime(2026, 5, 3), datetime(2026, 6, 1), "￥9,800元"],
    ["K5", "戊公司", "王强", "13800138001/13900139001", datetime(2026, 5, 4), datetime(2026, 6, 2, 14, 30), "约1万"],
    ["K6", "己公司", "王强", "13612345678", datetime(2026, 5, 4), None, "USD 1,200"],
]


def package(rows: list[list[object]] = AS_TYPED) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet, text = workbook.add_worksheet("客户"), workbook.add_format({"num_format": "@"})
        sheet.write_row(0, 0, HEADS)
        for i, row in enumerate(rows, 1):
            for j, value in enumerate(row):
                sheet.write(i, j, value, *([text] if isinstance(value, str) and j != 4 else []))
    return out.getvalue()


def excel(_folder: Path, data: bytes, _sheets: list[str]) -> Book:
    workbook = App().new(data)
    for i, row in enumerate(AS_TYPED, 2):
        for j, value in enumerate(row, 1):
            if isinstance(value, str) and j != 5:
                workbook.sheets[0].range((i, j)).number_format = "@"
    return ExcelBook(workbook)


HOSTS = [memory, ooxml, excel, pytest.param("libreoffice", marks=pytest.mark.live)]


@pytest.fixture(params=HOSTS, ids=["memory", "ooxml", "excel", "libreoffice"])
def book(request, tmp_path) -> Book:
    if request.param == "libreoffice":  # set up as a file: adding sheets one by one takes it a minute
        path = tmp_path / "book.xlsx"
        path.write_bytes(package())
        adopt(path, as_of=DAY)
        return request.getfixturevalue("in_libreoffice")(path)
    made = request.param(tmp_path, package(), ["客户"])
    adopt_book(made, as_of=DAY)
    return made


def cells(book: Book) -> list[list[object]]:
    return [[_plain(v) for v in row[: len(HEADS)]] for row in book.grid("客户")[1 : 1 + len(AS_TYPED)]]


def _plain(value: object) -> object:
    if type(value) is date:
        return datetime(value.year, value.month, value.day)
    return None if value == "" else value


def test_what_is_certain_is_put_into_the_cells_and_what_stood_there_kept(book):
    read = read_inputs(book, DAY).frames["Customers"]
    assert cells(book) == AS_TYPED
    report = fix_book(book, as_of=DAY)
    assert report.written
    assert cells(book) == CORRECTED
    after = read_inputs(book, DAY).frames["Customers"]
    assert after.drop(columns="phone").equals(read.drop(columns="phone")), "what is read stays what it was"
    table = result_tables.read(book, TABLES["Fixes"], result_tables.present(book)["Fixes"])
    log = table.frame.assign(old=table.as_they_stand("old"))
    assert log[["table", "row_key", "column", "old", "new"]].to_numpy().tolist() == [
        ["Customers", "K1", "id", "K1 ", "K1"],
        ["Customers", "K1", "phone", "138 0013 8000", "13800138000"],
        ["Customers", "K2", "phone", "１３９００１３９０００", "13900139000"],
        ["Customers", "K1", "owner", " 李娜", "李娜"],
        ["Customers", "K1", "expected_value", "8千", "8000"],
        ["Customers", "K2", "expected_value", "1.2万", "12000"],
        ["Customers", "K1", "created", "2026/5/3", "2026-05-03"],
        ["Customers", "K2", "created", "13/4/2026", "2026-04-13"],
        ["Customers", "K4", "created", "3-May-26", "2026-05-03"],
        ["Customers", "K5", "created", "20260504", "2026-05-04"],
        ["Customers", "K6", "created", "46146", "2026-05-04"],
        ["Customers", "K4", "next_contact", "2026-06-01", "2026-06-01"],
        ["Customers", "K5", "next_contact", "2026/6/2 14:30", "2026-06-02 14:30:00"],
    ]
    assert not fix_book(book, as_of=DAY).written, "twice is once"
    assert cells(book) == CORRECTED


def test_it_says_what_it_would_do_and_touches_nothing(book):
    report = fix_book(book, as_of=DAY, dry_run=True)
    assert not report.written
    assert cells(book) == AS_TYPED
    assert list(report.lines("zh"))[1] == "客户·电话：2 处，例如 客户!D2：“138 0013 8000” → 13800138000"
    assert list(report.lines("en"))[-1] == "Dry run, nothing written. Would correct 13 cells."
