"""Set up in LibreOffice, pressed as its button is: a sheet to look at first, then the workbook as the file host makes it, each one Undo."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.book import marks
from funnelbook.book.ports import Book
from funnelbook.commands.adopt import adopt
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.compare import assert_same, tables
from support.office import Office, undone

pytestmark = pytest.mark.live
DAY, SHEET = date(2026, 12, 2), "启用预览"
HEADS = ["序号", "公司名称", "手机/电话", "客户等级", "跟进人", "首次联系", "跟进情况", "报价金额", "微信"]
ROWS = [
    [1, "达信公司", "13888047506", "C", "陈刚", "2026/9/19", "9/19 加了微信", "9800元", "wx1"],
    [2, "盛兴公司", "13900004555", "死单", "马强", "2026/11/2", "11/6 已报价", "8千", "wx2"],
]


@pytest.fixture
def own(tmp_path) -> Path:
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户跟进表")
        for at, row in enumerate([HEADS, *ROWS]):
            sheet.write_row(at, 0, row)
        workbook.define_name("我的范围", "='客户跟进表'!$A$1:$I$3")
    return path


def copied(path: Path) -> Path:
    """The file under another name: LibreOffice has it open."""
    return Path(shutil.copy(path, path.with_name("alone.xlsx")))


def cells(book: Book) -> dict[str, list[list[object]]]:
    """Every sheet of a workbook without what is blank at the end of its rows, and below them."""
    found = {}
    for sheet in book.sheets():
        rows = [list(row) for row in book.grid(sheet)]
        for row in rows:
            while row and row[-1] in (None, ""):
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        found[sheet] = rows
    return found


def assert_as_by_file(book: Book, file: Book) -> None:
    """The same sheets, tables and list: formulas of pages differ in the last digits."""
    assert book.sheets() == file.sheets()
    assert_same(tables(book), tables(file))
    assert_same({"": cells(book)["客户跟进表"]}, {"": cells(file)["客户跟进表"]})


def press(office: Office, document: object) -> str:
    done, line = office.press(document, "adopt", AsOf=DAY.isoformat())
    assert done, line
    return line


def choose(document: object, header: str, column: str) -> None:
    sheet = document.Sheets.getByName(SHEET)
    row = next(i for i in range(60) if sheet.getCellByPosition(2, i).String == header)
    sheet.getCellByPosition(3, row).String = column


def offered(document: object, header: str) -> list[str]:
    """What the cell beside a header offers to choose from."""
    sheet = document.Sheets.getByName(SHEET)
    row = next(i for i in range(60) if sheet.getCellByPosition(2, i).String == header)
    formula = sheet.getCellByPosition(3, row).Validation.getFormula1()
    return [
        str(line[0]) for line in sheet.getCellRangeByName(formula.rpartition(".")[2].replace("$", "")).getDataArray()
    ]


def test_two_presses_do_what_the_file_host_does(own, opened, office: Office):
    document = opened(own)
    before, names = cells(office.book(document)), document.NamedRanges.ElementNames
    assert press(office, document).startswith("还没有改动")
    assert document.getCurrentController().getActiveSheet().Name == SHEET
    seen = cells(office.book(document))
    assert_same({sheet: seen[sheet] for sheet in before}, before)
    assert offered(document, "报价金额")[:4] == ["不用", "客户编号", "客户名称", "联系人"]
    choose(document, "微信", "来源")
    choose(document, "公司名称", "联系人")
    choose(document, "序号", "客户名称")
    assert press(office, document).startswith("已启用漏斗")
    assert SHEET not in document.Sheets.ElementNames
    assert not {name for name in document.NamedRanges.ElementNames if name == marks.PREVIEW}
    wanted = {("Customers", "name"): "序号", ("Customers", "contact"): "公司名称", ("Customers", "source"): "微信"}
    alone = copied(own)
    adopt(alone, wanted, as_of=DAY)
    assert_as_by_file(office.book(document), OoxmlBook(alone))
    assert set(names) <= set(document.NamedRanges.ElementNames)


def test_each_press_is_one_undo(own, opened, office: Office):
    document = opened(own)
    manager = document.getUndoManager()
    start, names = cells(office.book(document)), document.NamedRanges.ElementNames
    press(office, document)
    shown, with_preview = cells(office.book(document)), document.NamedRanges.ElementNames
    titles = manager.getAllUndoActionTitles()
    assert titles == ("Funnelbook: 启用漏斗",)
    press(office, document)
    assert manager.getAllUndoActionTitles() == titles * 2
    undone(document)
    assert_same(cells(office.book(document)), shown)
    assert set(document.NamedRanges.ElementNames) == set(with_preview)
    assert office.press(document, "adopt", AsOf=DAY.isoformat())[1].startswith(
        "已启用漏斗"
    )  # what is back is taken again
    undone(document)
    undone(document)
    assert_same(cells(office.book(document)), start)
    assert document.NamedRanges.ElementNames == names


def test_a_preview_deleted_by_hand_leaves_nothing_that_is_in_the_way(own, opened, office: Office):
    document = opened(own)
    press(office, document)
    document.Sheets.moveByName(SHEET, 0)
    document.Sheets.removeByName(SHEET)  # LibreOffice now takes its names for those of the sheet that stands there
    assert press(office, document).startswith("还没有改动")
    assert press(office, document).startswith("已启用漏斗")
    alone = copied(own)
    adopt(alone, as_of=DAY)
    assert_as_by_file(office.book(document), OoxmlBook(alone))


def test_what_cannot_be_is_refused_and_the_sheet_stays(own, opened, office: Office):
    document = opened(own)
    press(office, document)
    choose(document, "微信", "客户名称")
    before = cells(office.book(document))
    done, line = office.press(document, "adopt", AsOf=DAY.isoformat())
    assert (done, "都选了“客户名称”" in line) == (False, True), line
    assert_same(cells(office.book(document)), before)
