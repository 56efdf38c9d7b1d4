"""Workbooks of users in which all our names are taken: tables, sheets or defined names of their own, with their own headers."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook

from funnelbook import template
from funnelbook.book.handout_copy import BASE_SHEET, BASE_TABLE, MARK_SHEET, MARK_TABLE
from funnelbook.book.labels import sheet_names
from funnelbook.book.schema import TABLES
from support.packages import CUSTOMERS

NAMES = sorted({*template.names(), BASE_TABLE, MARK_TABLE})
SHEET_NAMES = sorted({name for key in TABLES.sheets for name in sheet_names(key)} | {BASE_SHEET, MARK_SHEET})
HEADERS = ("门店", "租金", "面积")  # none of ours
CUSTOMER_SHEET = "我的名单"
KINDS = ("tables", "names", "local names")


def taken(path: Path, kind: str, names: list[str] | None = None) -> Path:
    """A list of customers beside the user's own sheets, every one called like one of ours; `names` of `kind` likewise."""
    names = NAMES if names is None else names
    with xlsxwriter.Workbook(path) as workbook:
        for number, name in enumerate(SHEET_NAMES):
            sheet = workbook.add_worksheet(name)
            here = names[number :: len(SHEET_NAMES)]
            for at, called in enumerate(here):
                left = at * (len(HEADERS) + 1)
                rows = [(f"{called} {row}", 1000.5 + row, number) for row in range(3)]
                if kind == "tables":
                    options = {"name": called, "columns": [{"header": text} for text in HEADERS], "data": rows}
                    sheet.add_table(4, left, 7, left + 2, options)
                    continue
                sheet.write_row(4, left, HEADERS)
                for i, row in enumerate(rows, 5):
                    sheet.write_row(i, left, row)
                quoted, scope = name.replace("'", "''"), number if kind == "local names" else -1
                # XlsxWriter's own `define_name` takes no sheet with a quote in its name
                workbook.defined_names.append([called, scope, f"'{quoted}'!$B$6:$B$8", False])
            sheet.write(9, 0, "合计")
            sheet.write_formula(9, 1, "=SUM(B6:B8)", None, 3004.5)
        page = workbook.add_worksheet(CUSTOMER_SHEET)
        for i, row in enumerate(CUSTOMERS):
            page.write_row(i, 0, row)
    return path


def parts(path: Path) -> dict[str, bytes]:
    """The parts of the user's sheets, but for the customers, and of their tables."""
    with zipfile.ZipFile(path) as archive:
        there = {f"xl/worksheets/sheet{number}.xml": None for number in range(1, len(SHEET_NAMES) + 1)}
        found = {name: archive.read(name) for name in there}
        for name in archive.namelist():
            if name.startswith("xl/tables/"):
                xml = archive.read(name)
                if HEADERS[0].encode() in xml:
                    found[name] = xml
    return found


def defined(path: Path) -> dict[str, str]:
    """Every defined name that is the user's: by scope and name its text, as openpyxl reads it."""
    book = load_workbook(path)
    scopes = {"": book, **{sheet.title: sheet for sheet in book.worksheets if sheet.title in SHEET_NAMES}}
    texts = {f"{at}!{name}": d.attr_text for at, scope in scopes.items() for name, d in scope.defined_names.items()}
    return {key: text for key, text in texts.items() if re.fullmatch(r"'[^']+(?:''[^']*)*'!\$B\$6:\$B\$8", text)}
