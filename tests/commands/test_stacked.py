"""A log above the customers on the same sheet: each call moves the customers down, and all that leads to them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

from funnelbook.commands.adopt import adopt
from funnelbook.commands.log_call import log_call
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.host import OoxmlBook

DAY = date(2026, 5, 20)


def test_calls_logged_above_the_customers_move_them_down_and_problems_lead_there(tmp_path: Path):
    path = tmp_path / "stacked.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("全部")
        sheet.write_row(0, 0, ["流水号", "时间", "客户编号", "业务员", "结果", "内容", "分钟"])
        sheet.write_row(1, 0, ["A1", "2026-05-01", "K1", "小李", "已报价", "x", 3])
        sheet.write_row(4, 0, ["客户编号", "客户名称", "业务员", "级别", "录入日期", "电话"])
        sheet.write_row(5, 0, ["K1", "甲公司", "小李", "C", "2026-05-01", "021-55667788"])
        sheet.write_row(6, 0, ["K2", "乙公司", "小李", "C", "2026-05-01", "12"])
    adopt(path, as_of=DAY)
    for note in ("一", "二", "三"):
        log_call(path, "K1", {"note": note}, as_of=DAY)
    grid = OoxmlBook(path).grid("全部")
    assert [row[5] for row in grid[1:5]] == ["x", "一", "二", "三"]
    assert [row[0] for row in grid[5:]] == ["", "", "客户编号", "K1", "K2"]
    book = OoxmlBook(path)
    place = next(lo for lo in book.list_objects() if lo.name == "Problems")
    rows = [line[place.area.left] for line in book.grid(place.sheet)[place.area.top : place.area.bottom]]
    assert 10 in rows, "the wrong phone of K2"
    assert refresh_file(path, DAY, again=True).status == "unchanged"
