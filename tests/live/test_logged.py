"""Calls logged in a real LibreOffice below which something stands: it moves down, and every total counts the new rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.book.ports import Book, TableEdit
from funnelbook.book.result_tables import present
from funnelbook.commands.adopt import adopt
from funnelbook.commands.buttons import press_button
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.office import Office, undone

pytestmark = pytest.mark.live
DAY = date(2026, 5, 20)
CUSTOMERS = [
    [f"K{i}", f"公司{i}", person, "C", datetime(2026, 5, 1), datetime(2026, 5, 20)]
    for i, person in enumerate(["小李", "小张", "小李", "小王"], 1)
]
CALLS = [
    [datetime(2026, 5, 18, 9, 30), "K1", "小李", "已报价", 3],
    [datetime(2026, 5, 19, 10, 0), "K2", "小张", "无人接听", 0],
]
DATE, MOMENT = {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A team's own workbook: calls in A3:E5 with a row of totals and a note below, counted on a sheet with a chart."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
        sheet, calls, sums = map(workbook.add_worksheet, ("客户", "跟进记录", "汇总"))
        sheet.write_row(0, 0, ["客户编号", "客户名称", "业务员", "级别", "建档日期", "下次联系"])
        for row, line in enumerate(CUSTOMERS, 1):
            sheet.write_row(row, 0, line)
        columns = [{"header": head} for head in ("时间", "客户编号", "业务员", "结果", "通话分钟", "累计")]
        columns[0]["total_string"], columns[4]["total_function"], columns[5]["formula"] = (
            "合计",
            "sum",
            "=COUNTA(B$4:B4)",
        )
        calls.add_table(2, 0, 5, 5, {"name": "Anrufe", "columns": columns, "data": CALLS, "total_row": True})
        for row, line in enumerate(CALLS, 4):
            calls.write_row(row - 1, 0, line)
            calls.write_formula(row - 1, 5, f"=COUNTA(B$4:B{row})")
        calls.write("A8", "备注：只记打通的")
        calls.write_formula("B9", "=COUNTA(B4:B5)")
        for row, formula in enumerate(SUMS):
            sums.write_formula(row, 0, formula)
        workbook.define_name("联系过", "='跟进记录'!$B$4:$B$5")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"categories": "='跟进记录'!$B$4:$B$5", "values": "='跟进记录'!$A$4:$A$5"})
        sums.insert_chart("C2", chart)
        sums.data_validation("B1", {"validate": "list", "source": "='跟进记录'!$B$4:$B$5"})
        calls.conditional_format(
            "B4:B5",
            {"type": "formula", "criteria": "=COUNTIF($B$4:$B$5,B4)>1", "format": workbook.add_format({"bold": True})},
        )
        calls.print_area("A1:F6")
    adopt(path, as_of=DAY)
    refresh_file(path, DAY)
    return path


SUMS = (
    "=SUM('跟进记录'!A4:A5)", "=COUNTA('跟进记录'!$B$4:$B$5)", "=COUNTIF('跟进记录'!D$4:D5,\"无人接听\")",
    "=COUNTA(联系过)", "=COUNTA(Anrufe[客户编号])", "='跟进记录'!B5", "=ROWS('跟进记录'!A3:F5)", "=COUNTA('跟进记录'!B5:B5)",
)  # fmt: skip


def call_list_edit(book: Book) -> TableEdit:
    """What callers type into the first three rows of the call list: an outcome each."""
    place = present(book)["CallList"]
    heads = book.grid(place.sheet)[place.area.top - 1]
    column, rows = heads.index("结果") + 1, range(place.area.top + 1, place.area.top + 4)
    cells = {(row, column): "无人接听" for row in rows}
    return TableEdit(place.sheet, place.area.top, place.area.bottom, cells)


def cells(document: object) -> dict[str, list[tuple[str, ...]]]:
    """The formulas and values of every sheet."""
    found = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        used = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        found[sheet.Name] = [
            list(a) + list(b) for a, b in zip(used.getFormulaArray(), used.getDataArray(), strict=True)
        ]
    return found


THEIRS = ("客户", "跟进记录", "汇总")


def around(document: object) -> dict[str, object]:
    """What else speaks of the calls."""
    from funnelbook.hosts import libreoffice_charts as charts  # noqa: PLC0415

    calls, sums = (document.Sheets.getByName(name) for name in ("跟进记录", "汇总"))
    formats = calls.ConditionalFormats.getConditionalFormats()
    return {
        "chart": list(charts.ranges(sums).values()),
        "name": document.NamedRanges.getByName("联系过").Content,
        "print area": [(a.StartRow, a.EndRow) for a in calls.getPrintAreas()],
        "list of a validation": sums.getCellByPosition(1, 0).Validation.getFormula1(),
        "conditional formats": [(f.Range.RangeAddressesAsString, f.getByIndex(0).Formula1) for f in formats],
    }


def test_calls_logged_above_a_total_are_in_every_total(path, opened: Callable, office: Office):
    copy = path.with_name("open.xlsx")
    copy.write_bytes(path.read_bytes())
    document = opened(copy)
    book = office.book(document)
    book.write([], [call_list_edit(book)])
    document.getUndoManager().clear()
    before, spoken = cells(document), around(document)
    told = "已记入 3 条跟进记录，0 条未记入、留在名单里。名单已更新。"
    assert office.press(document, "log", AsOf=DAY.isoformat()) == (True, told)

    grid = book.grid("跟进记录")
    logged = [row[:4] for row in grid[3:8]]
    assert [row[1] for row in logged[:2]] == ["K1", "K2"]
    assert {row[1] for row in logged[2:]} == {"K1", "K2", "K3"}
    assert [row[3] for row in logged] == ["已报价", *["无人接听"] * 4]
    assert [row[5] for row in grid[3:8]] == [1, 2, 3, 4, 5], "a running total runs on"
    assert [grid[8][0], grid[10][0], grid[11][1]] == ["合计", "备注：只记打通的", 5]
    serials = sum((row[0] - datetime(1899, 12, 30)).total_seconds() / 86_400 for row in logged)
    sums = document.Sheets.getByName("汇总")
    shown = [sums.getCellByPosition(0, row) for row in range(len(SUMS))]
    assert shown[0].Value == pytest.approx(serials)
    assert [cell.Value for cell in shown[1:5]] == [5, 4, 5, 5]
    assert [shown[5].String, shown[6].Value, shown[7].Value] == ["K2", 6, 1], "what meant one row means it still"
    followed = {
        "chart": [["$跟进记录.$A$4:$A$8", "$跟进记录.$B$4:$B$8"]],
        "name": "$跟进记录.$B$4:$B$8",
        "print area": [(0, 8)],
        "list of a validation": "$跟进记录.$B$4:$B$8",
        "conditional formats": [("跟进记录.B4:B8", "COUNTIF($B$4:$B$8,B4)>1")],
    }
    assert around(document) == followed

    file = OoxmlBook(path)
    file.write([], [call_list_edit(file)])
    assert press_button("log", OoxmlBook(path), DAY, language="zh").line == told
    of_file = opened(path)
    assert around(of_file) == followed
    for sheet in THEIRS:
        assert cells(of_file)[sheet] == cells(document)[sheet], "the file host and LibreOffice differ"

    after, manager = cells(document), document.getUndoManager()
    assert len(manager.getAllUndoActionTitles()) == 1
    for again in (False, True, False):
        undone(document, again=again)
        assert (cells(document), around(document)) == ((after, followed) if again else (before, spoken))


def test_a_filter_and_a_chart_of_a_plain_list_grow_with_it_and_back(tmp_path, opened: Callable, office: Office):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户")
        sheet.write_row(0, 0, ["客户编号", "金额"])
        sheet.write_row(1, 0, ["K1", 3])
        sheet.autofilter("A1:B2")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"categories": "=客户!$A$2:$A$2", "values": "=客户!$B$2:$B$2"})
        sheet.insert_chart("D2", chart)
        sheet.write("A3", "合计")
        sheet.write_formula("B3", "=SUM(B2:B2)")
    document = opened(path)

    def seen() -> tuple[object, ...]:
        from funnelbook.hosts import libreoffice_charts as charts  # noqa: PLC0415

        found = document.Sheets.getByName("客户")
        filtered = document.getPropertyValue("UnnamedDatabaseRanges").getByTable(0).DataArea
        return filtered.EndRow + 1, *map(sorted, charts.ranges(found).values()), cells(document)["客户"]

    before = seen()
    assert office.book(document).write([], [TableEdit("客户", 1, 2, {}, [{1: "K2", 2: 4}, {1: "K3", 2: 5}])])
    after = seen()
    assert after[:2] == (4, ["$客户.$A$2:$A$4", "$客户.$B$2:$B$4"])
    assert after[2][4] == ["合计", "=SUM(B2:B4)", "合计", 12.0]
    for again in (False, True, False):
        undone(document, again=again)
        assert seen() == (after if again else before)
