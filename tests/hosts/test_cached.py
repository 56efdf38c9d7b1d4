"""FB_ formulas in a file: their cells hold what they give, for readers that cannot work them out."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from support.external import validate
from support.lint import lint
from support.packages import plain

AS_OF = date(2026, 5, 20)
TIERS = [("E", 40, 0.5), ("D", 12, 0.4), ("C", 9, 0.5), ("B", 6, 0.6), ("A", 3, 0.8)]
STALE = -1


@pytest.fixture
def book(tmp_path) -> Path:
    """A user's workbook with customers, a table of stock, and a sheet of formulas whose cells hold -1."""
    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        customers = book.add_worksheet("客户")
        customers.add_table(
            0, 0, 2, 2, {"name": "Customers", "columns": [{"header": h} for h in ("客户编号", "客户名称", "业务员")]}
        )
        for i, row in enumerate((("K1", "大地", "王芳"), ("K2", "海天", "李明")), 1):
            customers.write_row(i, 0, row)
        stock = book.add_worksheet("我的 存量")
        stock.add_table(0, 0, 5, 2, {"name": "Stock", "columns": [{"header": h} for h in ("码", "现有", "率")]})
        for i, row in enumerate(TIERS, 1):
            stock.write_row(i, 0, row)
        formulas, day = book.add_worksheet("公式"), book.add_format({"num_format": "yyyy-mm-dd"})
        for i, formula in enumerate(FORMULAS):
            formulas.write_formula(i, 0, formula, day if "FB_NEXT" in formula else None, STALE)
        formulas.write_dynamic_array_formula("C1:C3", "=FB_SPLIT(100,{3;3;1})", None, STALE)
        formulas.write_dynamic_array_formula("E1", "=FB_SPLIT(7,{1})", None, STALE)
        formulas.write_dynamic_array_formula("G1:G2", "=FB_SPLIT(100,{3;3;1})", None, STALE)
    return path


FORMULAS = {
    "=FB_SPLIT(100,{3;3;1})": 43.0,
    "=FB_CHANCE(8,'我的 存量'!$B$2:$B$6,{0.048;0.096;0.24;0.48;0.8})": 0.885617,
    "=INDEX(FB_NEED(15,Stock[现有],Stock[率]),1,2)": 93.5,
    '=IFERROR(FB_NEED(15,Stock[现有],{0.5}),"不成")': "不成",
    "=FB_WORKDAYS(46174,46203)": 22.0,
    "=ROUNDUP(INDEX(FB_NEED(15,'我的 存量'!B:B,'我的 存量'!C:C),1,1),0)": "#VALUE!",  # the headers are no numbers
    '=FB_PHONE("010-6234 5678")': "01062345678",
    '=FB_WORKDAYS("",1)': "#N/A",
    "=FB_COUNTS({\"E\";\"E\"},{\"E\"})": 2.0,
    "=FB_SPLIT(A1,{1;1})": 22.0,
    '=FB_NEXT("B","2026-06-03",{"B",3;"A",2})': datetime(2026, 6, 8),
    '=IFERROR(FB_SPLIT(1,{1;-1}),Z99)': 0.0,  # an empty cell
    "=FB_SPLIT('[1]2025'!B7,{1;1})": STALE,  # another workbook
    "=FB_SPLIT(Nope!B7,{1;1})": STALE,
    "=FB_SPLIT(客户:公式!B7,{1;1})": STALE,
    "=FB_SPLIT(WON,{1;1})": STALE,  # a defined name, no column
    "=FB_SPLIT(SUM(1,2),{1;1})": 2.0,
    '=INDEX(FB_WEEKS(13,"2026-08-03","2026-08-07"),2)': 5.0,  # along the only row
    "=INDEX(FB_NEED(1.05,{0},{0.35}),1)": 3.0,  # no digit of floating point
    "=SUM(FB_SPLIT(100,{3;3;1}))": 100.0,
    "=FB_SPLIT(10+5,{1;1})": 8.0,
    # what only a spreadsheet program can work out stays as it is
    "=FB_SPLIT(100,Gone[x])": STALE,
    "=FB_SPLIT(100,INDIRECT(\"A1\"))": STALE,
    "=FB_SPLIT(A1:A3*2,{1;1})": STALE,
    "=FB_SPLIT(A26,{1;1})": STALE,  # itself, by way of the next
    "=FB_SPLIT(A25,{1;1})": STALE,
    "=SUM(1,2)": STALE,  # none of ours
    "=FB_SPLIT(A29,{1;1})": 50.0,  # what stands further down comes first
    "=FB_SPLIT(100,{1})": 100.0,
}  # fmt: skip


def test_whatever_writes_the_file_writes_what_each_formula_gives(book):
    adopt(book, as_of=AS_OF)
    sheet = openpyxl.load_workbook(book, data_only=True)["公式"]
    got = {formula: sheet.cell(i, 1).value for i, formula in enumerate(FORMULAS, 1)}
    for formula, value in FORMULAS.items():
        assert got[formula] == (pytest.approx(value, abs=1e-6) if isinstance(value, float) else value), formula
    assert [sheet.cell(i, 3).value for i in (1, 2, 3)] == [43, 43, 14]
    assert sheet["E1"].value == 7
    assert [sheet.cell(i, 7).value for i in (1, 2)] == [STALE, 0]  # three would spill, two are there: Excel's to do
    kept = openpyxl.load_workbook(book)["公式"]
    assert [kept.cell(i, 1).value for i in range(1, len(FORMULAS) + 1)] == list(FORMULAS)


def test_a_second_refresh_finds_nothing_to_write(book):
    adopt(book, as_of=AS_OF)
    refresh_file(book, AS_OF)
    before = book.read_bytes()
    assert refresh_file(book, AS_OF, again=True).status == "unchanged"
    assert book.read_bytes() == before


def test_our_own_pages_hold_what_excel_would_show(tmp_path):
    heads = ("客户编号", "客户名称", "业务员", "级别", "创建日期")
    rows = (("K1", "大地", "王芳", "C", "2026-05-01"), ("K2", "海天", "李明", "Z9", "2026-05-02"))
    book = plain(tmp_path / "list.xlsx", heads, *rows)
    adopt(book, as_of=AS_OF)
    refresh_file(book, AS_OF)
    shown = openpyxl.load_workbook(book, data_only=True)
    guide, problems = shown["使用指南"], shown["数据检查"]
    counted = {guide.cell(i, 2).value: guide.cell(i, 3).value for i in range(1, 60)}
    listed = [cell.value for row in problems.iter_rows() for cell in row]
    for severity in ("错误", "提醒", "说明"):
        assert counted[severity] == listed.count(severity)
    assert any(counted[severity] for severity in ("错误", "提醒", "说明"))
    board, page = shown["龙虎榜"], shown["个人追踪"]
    top = int(board.tables["Board"].ref.split(":")[0][1:])
    heads, *rows = ([cell.value for cell in row] for row in board.iter_rows(min_row=top, max_row=top + 3))
    team = next(row for row in rows if "团队" in row)
    assert page["C4"].value == "团队"
    tracked = {page.cell(7, j).value: page.cell(8, j).value for j in range(2, 8)}
    assert tracked["订单"] == 0
    assert tracked == {head: team[heads.index(head)] for head in tracked}
    assert [page.cell(i, 2).value for i in range(25, 30)] == ["E", "D", "C", "B", "A"]


def test_digits_that_another_program_leaves_out_are_no_change(book):
    adopt(book, as_of=AS_OF)
    refresh_file(book, AS_OF)
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = 0
    for name, xml in parts.items():
        if "worksheets/" in name and b"FB_CHANCE" in xml:
            parts[name], count = re.subn(
                rb"(</f><v>)(0\.\d{16,})(?=</v>)", lambda m: m[1] + b"%.15g" % float(m[2]), xml
            )
            changed += count
    assert changed
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    before = book.read_bytes()
    assert refresh_file(book, AS_OF, again=True).status == "unchanged"
    assert book.read_bytes() == before


def test_other_sheets_of_the_user_keep_their_bytes(book):
    def parts() -> dict[str, bytes]:
        with zipfile.ZipFile(book) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    before = parts()
    adopt(book, as_of=AS_OF)
    refresh_file(book, AS_OF)
    after = parts()
    assert after["xl/worksheets/sheet1.xml"] == before["xl/worksheets/sheet1.xml"]
    assert after["xl/worksheets/sheet2.xml"] == before["xl/worksheets/sheet2.xml"]
    assert after["xl/worksheets/sheet3.xml"] != before["xl/worksheets/sheet3.xml"]


def test_what_is_written_is_sound(book):
    adopt(book, as_of=AS_OF)
    assert lint(book) == []
    assert set(map(tuple, validate([book]).values())) == {()}
    with zipfile.ZipFile(book) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()
    for tag, value in re.findall(r"<c ([^>]*)>(?:<f.*?</f>)?<v>([^<]*)</v>", xml):
        if " t=" not in tag:
            float(value)
