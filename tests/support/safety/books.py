"""The workbooks that trials start from, made once: a small team with things of its own that must not change."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import xlsxwriter

from funnelbook.commands.adopt import adopt
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book

DAY = date(2026, 5, 20)
KINDS = ("plain", "table", "totals")
CUSTOMER_SHEET, LOG_SHEET, OWN_SHEET = "客户名单", "跟进", "我的分析"
CUSTOMERS = (
    ("客户编号", "客户名称", "业务员", "级别", "录入日期", "电话", "预计金额", "备注"),
    ("K1", "甲公司", "小李", "C", date(2026, 5, 1), "021-55667788", 1200, "老客户"),
    ("K2", "乙公司", "小张", "A", date(2026, 5, 2), "021-55667799", 800.5, "电话 <&>\"' 联系"),
    ("K3", "丙公司", "小李", "E", date(2026, 5, 3), "13800138000", 0, "要发票"),
)
CALLS = (
    (
        "流水号",
        "时间",
        "客户编号",
        "业务员",
        "方式",
        "接通",
        "分钟",
        "结果",
        "级别",
        "报价",
        "下次联系",
        "下次目的",
        "未购原因",
        "内容",
    ),
    (
        "L1",
        date(2026, 5, 10),
        "K1",
        "小李",
        "电话",
        "是",
        3,
        "有意向",
        "C",
        "",
        date(2026, 5, 18),
        "报价",
        "",
        "约好再谈",
    ),
    ("L2", date(2026, 5, 12), "K2", "小张", "电话", "否", 0, "占线", "", "", "", "", "", "没人"),
)
_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@cache
def untouched(kind: str = "table", ballast: int = 0) -> bytes:
    """A workbook as a manager has it: customers and calls on sheets of any name, sums, a chart, a picture, a comment, names.

    `kind`: the customers stand in a plain range, in a table, or in a table with a totals row. `ballast`: bytes of one more member.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        people, calls, own = (book.add_worksheet(name) for name in (CUSTOMER_SHEET, LOG_SHEET, OWN_SHEET))
        for sheet, rows, name in ((people, CUSTOMERS, "客户表"), (calls, CALLS, "通话表")):
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
            if kind != "plain":
                _as_table(sheet, rows, name, totals=kind == "totals" and rows is CUSTOMERS)
        own.write_row("A1", ["我的数", 17, True])
        own.write_formula("B2", "=SUM(B1,25)", None, 42)
        own.write_formula("B3", f"=COUNTA({CUSTOMER_SHEET}!A2:A4)", None, 3)
        own.write_comment("A1", "别动")
        own.insert_image("E2", "picture.png", {"image_data": io.BytesIO(_PICTURE)})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"={OWN_SHEET}!$B$1:$B$3"})
        own.insert_chart("E8", chart)
        book.define_name("我的名称", f"={OWN_SHEET}!$B$1")
    if ballast:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("customXml/ballast.bin", bytes(range(256)) * (ballast // 256))
    return out.getvalue()


def _as_table(sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Sequence[object]], name: str, totals: bool) -> None:
    columns = [{"header": header} for header in rows[0]]
    if totals:
        columns[0]["total_string"], columns[6]["total_function"] = "合计", "sum"
    options = {"name": name, "columns": columns, "total_row": totals, "autofilter": not totals}
    sheet.add_table(0, 0, len(rows) - 1 + totals, len(columns) - 1, options)


@cache
def adopted(kind: str = "table", ballast: int = 0) -> bytes:
    """The same, adopted and refreshed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(untouched(kind, ballast))
        adopt(path, as_of=DAY)
        refresh(path)
        return path.read_bytes()


def refresh(path: Path) -> bool:
    """Whether a refresh wrote; what it refuses or stumbles over is raised as it is."""
    return refresh_book(open_book(path), DAY).written
