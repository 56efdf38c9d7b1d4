"""Workbooks as text, so that a test shows its input."""

from __future__ import annotations

from datetime import date, datetime

from funnelbook.book import marks
from funnelbook.book.checks import check
from funnelbook.book.decode import Inputs, decode
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.ports import Area, ListObject, TableWrite
from funnelbook.book.schema import TABLES
from funnelbook.hosts.memory import MemoryBook

DAY = date(2026, 5, 20)


def book_of(**sheets: str | list[list[object]]) -> MemoryBook:
    """A workbook of sheets written as `a | b` lines; names are schema sheet keys or any text. `-` is blank."""
    names = {key: sheet_name(key, "zh") if key in TABLES.sheets else key for key in sheets}
    return MemoryBook(grids={names[key]: grid(text) for key, text in sheets.items()})


def mark(book: MemoryBook, table: str, sheet: str, area: Area, called: str = "") -> None:
    """Makes a block of cells a ListObject of ours."""
    book.objects.append(ListObject(called or table, sheet, area))
    header_row = Area(area.top, area.left, area.top, area.right)
    book.define({marks.BOOK: '"b"', f"{marks.PREFIX}{table}": marks.formula_of(sheet, header_row)})
    book.staged = False


def grid(text: str | list[list[object]]) -> list[list[object]]:
    if isinstance(text, list):
        return text
    return [[_cell(cell.strip()) for cell in line.split("|")] for line in text.strip("\n").rstrip().splitlines()]


def _cell(text: str) -> object:
    """`-` and nothing are blank, 3.5n is the number 3.5, 2026-05-03d a real date; all else is text."""
    if text in ("", "-"):
        return None
    if text.endswith("n") and text[:-1].replace(".", "", 1).lstrip("-").isdigit():
        return float(text[:-1])
    if text.endswith("d") and text[:4].isdigit():
        return datetime.fromisoformat(text[:-1])
    return text


def read(book: MemoryBook, mapping: dict[tuple[str, str], str] | None = None, as_of: date = DAY) -> Inputs:
    return decode(book, locate(book, mapping), as_of)


def problems(book: MemoryBook, as_of: date = DAY) -> list[str]:
    """`table row column: problem` of every problem, in English."""
    frame = check(read(book, as_of=as_of), as_of).frame("en")
    return [f"{r.table} {r.row:g} {r.column}: {r.problem}" for r in frame.itertuples()]


def write_of(table: str, rows: int, *more: str) -> TableWrite:
    """A write of `rows` rows, with columns of the user's after ours."""
    heads = [*(header(TABLES[table], n, "zh") for n in TABLES[table].names), *more]
    return TableWrite(table, heads, [[f"{j}.{i}" for i in range(rows)] for j in range(len(heads))], "")
