"""Workbooks a sales team might have, made with XlsxWriter, each different, with an independent account of what must follow rows."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

HEADS = ["流水号", "时间", "客户编号", "业务员", "分钟", "报价"]
MINUTES, QUOTE = 4, 5
SHEETS = ["跟进记录", "Call log", "It's 2024", "2024", "跟进 记录", "Log"]
NEW = [("N1", 11.0, 100.0), ("N2", 13.0, 210.0), ("N3", 17.0, 320.0)]


@dataclass
class Made:
    """A workbook, where its log stands (rows and columns from 1), and by formula what it must give once the rows of NEW are in."""

    path: Path
    sheet: str
    header_row: int
    left: int
    rows: list[tuple[float, float]]
    totals_below: str = ""  # the cell that holds the total, before
    wanted: dict[str, float] = field(default_factory=dict)

    @property
    def last_row(self) -> int:
        return self.header_row + len(self.rows)

    def added(self) -> list[dict[int, object]]:
        """The new rows as an edit takes them."""
        return [
            {self.left: key, self.left + 1: datetime(2026, 5, 20), self.left + 2: "K1",
             self.left + MINUTES: minutes, self.left + QUOTE: quote}
            for key, minutes, quote in NEW
        ]  # fmt: skip


def make(folder: Path, number: int) -> Made:
    """The workbook of that number."""
    pick = random.Random(number)
    listed, beside = number % 2 == 0, pick.random() < 0.3
    below = ["nothing", "totals" if listed else "total right below", "total after a gap", "note", "table"][number % 5]
    top, left = pick.choice([0, 0, 2, 5]), pick.choice([0, 0, 1, 3])
    rows = [(float(pick.randint(0, 30)), float(pick.randint(0, 900))) for _ in range(pick.choice([1, 2, 3, 7, 20]))]
    made = Made(folder / f"made-{number}.xlsx", SHEETS[number % len(SHEETS)], top + 1, left + 1, rows)
    workbook = xlsxwriter.Workbook(made.path)
    board = workbook.add_worksheet("汇总") if pick.random() < 0.5 else None
    sheet = workbook.add_worksheet(made.sheet)
    board = board or workbook.add_worksheet("汇总")
    if top:
        sheet.write(0, left, "某公司跟进记录")
    _log(workbook, sheet, made, listed, below == "totals")
    _below(sheet, made, below)
    if beside:
        for row in range(top, top + len(rows) + 6):
            sheet.write(row, left + len(HEADS) + 1, f"旁 {row}")
            sheet.write(row, left + len(HEADS) + 2, row)
    _references(workbook, sheet, board, made, pick, listed)
    workbook.close()
    return made


def _log(workbook, sheet, made: Made, listed: bool, totals: bool) -> None:
    top, left, day = made.header_row - 1, made.left - 1, workbook.add_format({"num_format": "yyyy-mm-dd"})
    data = [[f"A{i}", datetime(2026, 5, 1), "K1", "小李", *row] for i, row in enumerate(made.rows, 1)]
    if listed:
        columns: list[dict[str, object]] = [{"header": head} for head in HEADS]
        if totals:
            columns[0]["total_string"] = "合计"
            columns[MINUTES]["total_function"] = "sum"
        bottom = top + len(data) + totals
        options = {"name": "Calls_", "columns": columns, "total_row": totals, "data": data}
        sheet.add_table(top, left, bottom, left + len(HEADS) - 1, options)
    else:
        sheet.write_row(top, left, HEADS)
        if len(data) % 2:
            sheet.autofilter(top, left, top + len(data), left + len(HEADS) - 1)
    for i, line in enumerate(data, top + 1):
        for j, value in enumerate(line, left):
            sheet.write(i, j, value, day if j == left + 1 else None)


def _below(sheet, made: Made, below: str) -> None:
    left, last = made.left - 1, made.last_row  # `last` is also the row below, from 0
    column = xl_col_to_name(left + MINUTES)
    summed = f"=SUM({column}{made.header_row + 1}:{column}{last})"
    match below:
        case "totals":
            made.totals_below = f"{column}{last + 1}"
            # as Excel writes it: LibreOffice knows no column without its table
            sheet.write_formula(last, left + MINUTES, "=SUBTOTAL(109,Calls_[分钟])")
        case "total right below" | "total after a gap":
            row = last + (3 if "gap" in below else 0)
            sheet.write(row, left, "合计")
            sheet.write_formula(row, left + MINUTES, summed)
            made.totals_below = f"{column}{row + 1}"
        case "note":
            sheet.merge_range(last + 1, left, last + 1, left + 3, "备注：通话时长以分钟计")
        case "table":
            sheet.add_table(
                last + 3,
                left,
                last + 5,
                left + 1,
                {"name": "Legend", "columns": [{"header": "代码"}, {"header": "含义"}]},
            )
            sheet.write(last + 4, left, "A")
            sheet.write(last + 4, left + 1, 12)
            made.wanted["SUM(Legend[含义])"] = 12


def _references(workbook, sheet, board, made: Made, pick: random.Random, listed: bool) -> None:
    first, last, left = made.header_row, made.last_row - 1, made.left - 1  # rows from 0
    name = quote_sheetname(made.sheet)
    minutes, quotes = (sum(r[i] for r in made.rows) + sum(n[i + 1] for n in NEW) for i in (0, 1))
    count = len(made.rows) + len(NEW)

    def area(column: int, *, to: int | None = None, fixed: str = "$$", head: bool = False) -> str:
        top, right = (first - head), left + (column if to is None else to)
        one = xl_rowcol_to_cell(top, left + column, row_abs=fixed[0] == "$", col_abs=True)
        return f"{one}:{xl_rowcol_to_cell(last, right, row_abs=fixed[1] == '$', col_abs=True)}"

    cells = itertools.count()

    def put(formula: str, value: float) -> None:
        row = next(cells)
        board.write_formula(row, 0, f"={formula}")
        made.wanted[f"汇总!A{row + 1}"] = value

    put(f"SUM({name}!{area(MINUTES)})", minutes)
    put(f"SUM({name}!{area(QUOTE, fixed=pick.choice(['-$', '$-', '--']))})", quotes)
    put(f"COUNTA({name}!{area(0, head=True)})-1", count)
    put(f"ROWS({name}!{area(0, to=QUOTE)})", count)
    put(f'SUMIF({name}!{area(2)},"K1",{name}!{area(QUOTE)})', quotes)
    put(f'SUMPRODUCT(({name}!{area(2)}="K1")*{name}!{area(MINUTES)})', minutes)
    workbook.define_name("通话分钟", f"={name}!{area(MINUTES)}")
    put("SUM(通话分钟)", minutes)
    workbook.define_name("报价列", f"={name}!{area(QUOTE)}")
    put("SUM(报价列)", quotes)
    if listed:
        put("SUM(Calls_[分钟])", minutes)
    row = next(cells)
    board.write_array_formula(row, 0, row, 0, f"{{=SUM({name}!{area(MINUTES)}*2)}}")
    made.wanted[f"汇总!A{row + 1}"] = 2 * minutes
    sheet.print_area(first - 1, left, last, left + QUOTE)
    sheet.repeat_rows(first - 1)
    chart = workbook.add_chart({"type": pick.choice(["column", "line", "scatter"])})
    series = [made.sheet, first, left + MINUTES, last, left + MINUTES]
    chart.add_series(
        {
            "values": series,
            "categories": [made.sheet, first, left, last, left],
            "name": [made.sheet, first - 1, left + MINUTES],
        }
    )
    (board if pick.random() < 0.5 else sheet).insert_chart("Q3", chart)
    board.add_sparkline(2, 4, {"range": f"{name}!{area(MINUTES)}"})
    sheet.conditional_format(
        first,
        left,
        last,
        left + QUOTE,
        {"type": "formula", "criteria": f"=${xl_col_to_name(left + MINUTES)}{first + 1}>5"},
    )
    sheet.data_validation(first, left + 3, last, left + 3, {"validate": "list", "source": ["小李", "小张"]})
    board.data_validation("G1", {"validate": "list", "source": f"={name}!{area(0)}"})
