"""The guide sheet: what to do when, what the tiers mean, how to read a shape."""

from __future__ import annotations

from collections.abc import Collection

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from funnelbook.book import codes
from funnelbook.book.labels import sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.template.defaults import Rows
from funnelbook.template.looks import ACCENT, DEEP, GREY, LINE, TIER_COLOURS, Looks
from funnelbook.template.named import Named
from funnelbook.words import say

SEVERITIES = "guide_severities"
_REFRESH = "refresh"  # the one thing to do that has no sheet
_TO_DO = {  # what to do when, each on a sheet
    "day_one": ("people", "customers", "targets", "settings"),
    "daily": ("calls", "activities", "orders", _REFRESH, "daily_report"),
    "weekly": ("funnel", "week_plan", "problems"),
    "period_end": ("summary",),
}
_SHAPES = ("ideal", "top_heavy", "bulge", "hour_glass", "bottom_heavy", "mixed", "too_few")


def write(named: Named, sheet: Worksheet, looks: Looks, language: str, wanted: Collection[str], tiers: Rows) -> None:
    """Writes the guide; links lead to the sheets of the `wanted` tables."""
    there = {table.sheet for table in TABLES.values() if table.name in wanted}
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 24)
    sheet.set_column(3, 3, 78)
    sheet.set_row(0, 36)
    sheet.write_string(0, 1, say("guide.title", language), looks(font_size=22, bold=True, font_color=DEEP))
    sheet.merge_range(1, 1, 1, 3, say("guide.lead", language), looks(font_color=GREY, text_wrap=True))
    sheet.set_row(1, 36)
    heading = looks(font_size=12, bold=True, font_color="#FFFFFF", bg_color=ACCENT)
    line, strong = looks(bottom=1, bottom_color=LINE, text_wrap=True), looks(bottom=1, bottom_color=LINE, bold=True)
    link = looks(bottom=1, bottom_color=LINE, font_color=ACCENT, underline=1)
    count = looks(bottom=1, bottom_color=LINE, bold=True, align="left", num_format="0")
    row = 3
    for when, keys in _TO_DO.items():
        row = _heading(sheet, row, say(f"guide.{when}", language), heading)
        for number, key in enumerate(keys, 1):
            sheet.write_string(row, 1, f"{number}", strong)
            if key in there:
                name = sheet_name(key, language)
                quoted = name.replace("'", "''")
                sheet.write_url(row, 2, f"internal:'{quoted}'!A1", link, name)
            else:
                sheet.write_blank(row, 2, None, line)
            sheet.write_string(row, 3, say(f"guide.{when}_{key}", language), line)
            row += 1
        row += 1
    if "Problems" in wanted:
        row = _heading(sheet, row, say("guide.problems", language), heading)
        named.column(SEVERITIES, "Problems", "severity")
        row = _problems(sheet, row, language, named[SEVERITIES], strong, count, line) + 1
    row = _heading(sheet, row, say("guide.tiers", language), heading)
    for number, tier in enumerate(tiers):
        shade = TIER_COLOURS[min(number * len(TIER_COLOURS) // len(tiers), len(TIER_COLOURS) - 1)]
        sheet.write_string(
            row, 1, str(tier["code"]), looks(bold=True, align="center", bg_color=shade, bottom=1, bottom_color=LINE)
        )
        sheet.write_string(row, 2, str(tier.get("name") or ""), strong)
        sheet.write_string(row, 3, str(tier.get("definition") or ""), line)
        row += 1
    row = _heading(sheet, row + 1, say("guide.shapes", language), heading)
    for shape in _SHAPES:
        sheet.merge_range(row, 1, row, 2, codes.word("shape", shape, language), strong)
        sheet.write_string(row, 3, say(f"advice_{shape}", language), line)
        sheet.set_row(row, 30)
        row += 1
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(say("language.footer", language))


def _problems(
    sheet: Worksheet, row: int, language: str, severities: str, strong: Format, count: Format, line: Format
) -> int:
    """How many problems there are by severity, as Excel counts them; the row below."""
    for code in ("error", "warning", "info"):
        word = codes.word("severity", code, language)
        sheet.write_string(row, 1, word, strong)
        sheet.write_formula(row, 2, f'=COUNTIF({severities},"{word}")', count)
        sheet.write_string(row, 3, say(f"guide.severity_{code}", language), line)
        row += 1
    return row


def _heading(sheet: Worksheet, row: int, text: str, looks: Format) -> int:
    for column in (1, 2, 3):
        sheet.write_blank(row, column, None, looks)
    sheet.write_string(row, 1, text, looks)
    sheet.set_row(row, 22)
    return row + 1
