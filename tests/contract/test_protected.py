"""A sheet that its user protected is written into by no host; cells left open to typing are, as in Excel itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from funnelbook import template
from funnelbook.book.labels import header
from funnelbook.book.ports import BookError, TableEdit, TableWrite
from funnelbook.book.result_tables import present
from funnelbook.book.schema import TABLES
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.fake_excel import App
from support.packages import members, packed, sheet_part

HEADS = ["客户编号", "客户名称", "业务员", "电话"]
BODY = [["K1", "甲公司", "小李", "021-55667788"], ["K2", "乙公司", "小张", "007"]]
OWNER, PHONE = 3, 4  # columns of the sheet


@pytest.fixture(params=["ooxml", "excel", pytest.param("libreoffice", marks=pytest.mark.live)])
def book_of(request):
    """The Book of a host over a file."""
    if request.param == "ooxml":
        return OoxmlBook
    if request.param == "excel":
        return lambda path: ExcelBook(App().new(path.read_bytes()))
    return request.getfixturevalue("in_libreoffice")


def customers(path: Path, open_from: int = 99, *, table: bool = False, password: str = "") -> Path:
    """A protected sheet of customers; its cells from the column `open_from` on, as far down as anyone types, are left open."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户")
        left_open = workbook.add_format({"locked": False})
        for j, head in enumerate(HEADS):
            looks = left_open if j + 1 >= open_from else None
            sheet.set_column(j, j, 12, looks)
            sheet.write(0, j, head)
            for i, row in enumerate(BODY, 1):
                sheet.write(i, j, row[j], looks)
        if table:
            heads = [{"header": head} for head in HEADS]
            sheet.add_table(0, 0, len(BODY), len(HEADS) - 1, {"name": "Liste", "columns": heads})
        sheet.protect(password)
    return path


def with_protection(path: Path, sheet: str, tag: bytes = b'<sheetProtection sheet="1"/>') -> Path:
    """The workbook with a sheet protected by someone."""
    parts, part = members(path), sheet_part(path, sheet)
    assert b"</sheetData>" in parts[part]
    parts[part] = parts[part].replace(b"</sheetData>", b"</sheetData>" + tag)
    path.write_bytes(packed(parts))
    return path


def board(rows: int) -> TableWrite:
    names = TABLES["Board"].names
    return TableWrite(
        "Board", [header(TABLES["Board"], n, "zh") for n in names], [[f"{n}{i}" for i in range(rows)] for n in names]
    )


def refusal(book, *args) -> BookError:
    """The refusal of a write; every cell is as before."""
    before = {sheet: book.grid(sheet) for sheet in book.sheets()}
    with pytest.raises(BookError) as refused:
        book.write(*args)
    assert {sheet: book.grid(sheet) for sheet in book.sheets()} == before
    return refused.value


@pytest.mark.parametrize("password", ["", "secret"])
@pytest.mark.parametrize("table", [True, False], ids=["ListObject", "plain"])
@pytest.mark.parametrize(
    "edit",
    [{"cells": {(2, OWNER): "小王"}}, {"rows": [{1: "K3", 2: "丙公司"}]}],
    ids=["a cell", "a row"],
)
def test_a_protected_sheet_of_the_users_is_refused_by_name(book_of, tmp_path, table, password, edit):
    book = book_of(customers(tmp_path / "book.xlsx", table=table, password=password))
    error = refusal(book, [], [TableEdit("客户", 1, 3, **edit)])
    assert error.code == "protected_sheet"
    assert "客户" in error.text("zh")
    assert "--allow-protected" in error.text("en")


def test_what_is_there_already_is_no_reason_to_refuse(book_of, tmp_path):
    book = book_of(customers(tmp_path / "book.xlsx"))
    assert not book.write([], [TableEdit("客户", 1, 3, cells={(2, OWNER): "小李"})])


def test_cells_left_open_are_set_as_excel_would_let_their_user(book_of, tmp_path):
    book = book_of(customers(tmp_path / "book.xlsx", open_from=OWNER))
    assert book.write([], [TableEdit("客户", 1, 3, cells={(2, OWNER): "小王", (3, PHONE): "008"})])
    assert [row[OWNER - 1 :] for row in book.grid("客户")[1:3]] == [["小王", "021-55667788"], ["小张", "008"]]


def test_one_locked_cell_among_them_and_none_is_set(book_of, tmp_path):
    book = book_of(customers(tmp_path / "book.xlsx", open_from=PHONE))
    edit = TableEdit("客户", 1, 3, cells={(2, PHONE): "008", (2, OWNER): "小王"})
    assert refusal(book, [], [edit]).code == "protected_sheet"


def test_rows_go_below_a_plain_range_left_open(book_of, tmp_path):
    book = book_of(customers(tmp_path / "book.xlsx", open_from=1))
    assert book.write([], [TableEdit("客户", 1, 3, rows=[{1: "K3", 2: "丙公司"}])])
    assert book.grid("客户")[3][:2] == ["K3", "丙公司"]


def test_a_listobject_cannot_grow_on_a_protected_sheet_even_where_all_is_open(book_of, tmp_path):
    book = book_of(customers(tmp_path / "book.xlsx", open_from=1, table=True))
    assert refusal(book, [], [TableEdit("客户", 1, 3, rows=[{1: "K3"}])]).code == "protected_sheet"


def test_our_own_sheet_that_a_user_protected_is_refused_by_name_too(book_of, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build("zh", tables=["Board", "Shapes", "Funnel"]))
    sheet = present(OoxmlBook(path))["Board"].sheet
    error = refusal(book_of(with_protection(path, sheet)), [board(3)])
    assert error.code == "protected_sheet"
    assert sheet in error.text("zh")


def test_our_own_protected_sheet_that_need_not_change_is_none_of_the_matter(book_of, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build("zh", tables=["Board", "Shapes", "Funnel"]))
    book = OoxmlBook(path)
    book.write([board(3)])
    book = book_of(with_protection(path, present(book)["Board"].sheet))
    assert not book.write([board(3)])


def test_cells_that_may_not_be_set_are_known_beforehand(book_of, tmp_path):
    book = book_of(customers(tmp_path / "book.xlsx", open_from=PHONE))
    every = [(row, column) for row in (2, 3) for column in (OWNER, PHONE)]
    assert book.closed("客户", every) == {(2, OWNER): "protected_sheet", (3, OWNER): "protected_sheet"}
    assert book.closed("客户", []) == {}
