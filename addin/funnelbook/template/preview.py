"""The sheet 启用预览 (Set-up preview): what setting a workbook up would do, and a list of columns to choose from beside each header."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from funnelbook.book.labels import header, title
from funnelbook.book.schema import TABLES
from funnelbook.template.looks import ACCENT, DEEP, ENTRY, GREY, LINE, PALE, WARM, Looks, display_width
from funnelbook.template.named import Named
from funnelbook.words import say

TABLE, SHEETS, HEADER, READ_AS, HOW, EXAMPLES, OTHERWISE = range(7)  # columns
_KEYS = ("table", "sheets", "header", "read_as", "how", "examples", "otherwise_head")
_WIDTHS = (12, 21, 20, 18, 17, 34, 34)  # characters
_LISTS = len(_WIDTHS) + 1  # the first of the hidden columns that fill the lists
_MADE = datetime(2026, 1, 1)  # not when: the same code gives the same bytes
_LINE = 15  # points
_CHECK = ("alike", "content")  # how headers were matched that are guesses


class Line(NamedTuple):
    """A header of the user's: its table by schema name, its sheets, the column it is read as ("" none), how it was matched, what stands
    below, and which of it is read as something else."""

    table: str
    sheets: Sequence[str]
    text: str
    column: str
    how: str
    examples: Sequence[str]
    otherwise: str


def name(language: str) -> str:
    """What the sheet is called."""
    return say("preview.sheet", language)


def build(language: str, lines: Sequence[Line], facts: Sequence[str]) -> bytes:
    """A package with the sheet alone: what to do, the facts, a line a header. The same arguments give the same bytes."""
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"created": _MADE, "title": name(language)})
    looks, sheet = Looks(workbook, language), workbook.add_worksheet(name(language))
    sheet.hide_gridlines(2)
    sheet.set_tab_color(WARM)
    for at, size in enumerate(_WIDTHS):
        sheet.set_column(at, at, size)
    row = _head(sheet, looks, language, facts)
    _heads(sheet, looks, language, row)
    Named(workbook, {}).mark_cells("preview", name(language), row, 0, row, len(_WIDTHS) - 1)
    tables = list(dict.fromkeys(line.table for line in lines))
    lists = {table: _list(sheet, _LISTS + at, table, language) for at, table in enumerate(tables)}
    for at, line in enumerate(lines, row + 1):
        _line(sheet, looks, language, at, line)
        sheet.data_validation(
            at,
            READ_AS,
            at,
            READ_AS,
            {
                "validate": "list",
                "source": lists[line.table],
                "error_title": name(language),
                "error_message": say("preview.from_the_list", language),
            },
        )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area(0, 0, row + len(lines), len(_WIDTHS) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(row)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    workbook.close()
    return out.getvalue()


def _head(sheet: Worksheet, looks: Looks, language: str, facts: Sequence[str]) -> int:
    """Title, what to do, the facts a line each; the row below."""
    sheet.write_string(0, 0, say("preview.title", language), looks.title)
    sheet.set_row(0, 32)
    todo = looks(font_size=12, bold=True, font_color=DEEP, bg_color=PALE, text_wrap=True, indent=1)
    _across(sheet, 1, say("preview.todo", language), todo, 1.25)
    _across(sheet, 2, say("preview.safe", language), looks(font_color=GREY, text_wrap=True, indent=1))
    row = 4
    if facts:
        sheet.write_string(row - 1, 0, say("preview.facts", language), looks.section)
        sheet.set_row(row - 1, 24)
        for at, fact in enumerate(facts, row):
            _across(sheet, at, fact, looks(text_wrap=True, indent=1, bottom=1, bottom_color=LINE))
        row += len(facts) + 2
    sheet.write_string(row - 1, 0, say("preview.heads", language), looks.section)
    sheet.set_row(row - 1, 24)
    return row


def _across(sheet: Worksheet, row: int, text: str, look: object, size: float = 1) -> None:
    """A text over all columns, as high as it needs."""
    sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, text, look)  # pyright: ignore[reportArgumentType] - a format
    sheet.set_row(row, 6 + _LINE * size * ceil(display_width(text) * size / (sum(_WIDTHS) - 6)))


def _heads(sheet: Worksheet, looks: Looks, language: str, row: int) -> None:
    for at, key in enumerate(_KEYS):
        fill = ACCENT if at == READ_AS else GREY
        look = looks(bold=True, font_color="#FFFFFF", bg_color=fill, border=1, border_color=fill, indent=1)
        sheet.write_string(row, at, say(f"preview.{key}", language), look)
    sheet.set_row(row, 24)


def _line(sheet: Worksheet, looks: Looks, language: str, row: int, line: Line) -> None:
    """A header, what it is read as in a cell to choose in, and why."""
    listed = say("listed", language)
    table = TABLES[line.table]
    read_as = header(table, line.column, language) if line.column else say("preview.not_used", language)
    texts = (
        title(table, language),
        listed.join(line.sheets),
        line.text,
        read_as,
        say(f"preview.how_{line.how}", language),
        listed.join(line.examples),
        line.otherwise,
    )
    for at, text in enumerate(texts):
        properties: dict[str, object] = {"bottom": 1, "bottom_color": LINE, "indent": 1, "text_wrap": True}
        if at == READ_AS:
            properties |= {"bg_color": ENTRY, "bold": bool(line.column)}
        elif at == HOW and line.how in _CHECK:
            properties |= {"font_color": WARM, "bold": True}
        elif not line.column:
            properties["font_color"] = GREY
        sheet.write_string(row, at, text, looks(**properties))
    lines = max(ceil(display_width(text) / (size - 2)) for text, size in zip(texts, _WIDTHS, strict=True))
    sheet.set_row(row, 5 + _LINE * max(1, lines))


def _list(sheet: Worksheet, at: int, table: str, language: str) -> str:
    """A hidden column with what a header of a table can be read as; the cells that fill its lists."""
    choices = [say("preview.not_used", language), *(header(TABLES[table], n, language) for n in TABLES[table].names)]
    for row, text in enumerate(choices):
        sheet.write_string(row, at, text)
    sheet.set_column(at, at, None, None, {"hidden": True})
    return f"={xl_range_abs(0, at, len(choices) - 1, at)}"
