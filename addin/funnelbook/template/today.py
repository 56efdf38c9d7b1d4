"""The page Today (今日): one screen on the team, or on one person chosen in a cell, by native formulas over the result tables."""

from __future__ import annotations

from collections.abc import Collection

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from funnelbook.template import today_funnel, today_lists, today_sheets, today_tiles
from funnelbook.template.looks import DEEP, ENTRY, GREY, LINE, Looks
from funnelbook.template.named import Named
from funnelbook.template.today_cells import COLUMNS, FIRST, LAST, READ, Cells, name_of
from funnelbook.words import particulars, say, texts

_CHOICE = (0, FIRST + 3)
_EDGE = 0.3  # inches


def names() -> list[str]:
    """The defined names that the formulas read."""
    return [name_of(table, column) for table, columns in READ.items() for column in columns]


def write(
    named: Named,
    workbook: Workbook,
    sheet: Worksheet,
    looks: Looks,
    language: str,
    tiers: int,
    wanted: Collection[str],
    who: str,
) -> None:
    """Writes the page and the names its formulas read: columns of result tables, found by header wherever they stand.

    `tiers`: bars the funnel has; `wanted`: the tables and pages of the workbook; `who`: is chosen at first. Source: desk.md 1, 2.
    """
    for table, columns in READ.items():
        for column in columns:
            named.column(name_of(table, column), table, column)
    cells = Cells(named, sheet, looks, language, xl_rowcol_to_cell(*_CHOICE, True, True))
    _columns(sheet, particulars(language).page_column)
    cells.rows()
    _head(cells, who)
    row = today_tiles.write(cells, 3)
    today_funnel.write(cells, workbook, row, tiers)
    last = today_lists.write(cells, row)
    today_sheets.write(cells, last + 2, wanted)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=_EDGE, right=_EDGE, top=_EDGE, bottom=2 * _EDGE)
    sheet.center_horizontally()
    sheet.print_area(0, FIRST, last, LAST)
    sheet.set_footer(say("language.footer", language))
    sheet.set_selection(*_CHOICE, *_CHOICE)


def _columns(sheet: Worksheet, width: float) -> None:
    sheet.set_column(0, FIRST - 1, None, None, {"hidden": True})
    sheet.set_column(FIRST, LAST, width)
    sheet.set_column(LAST + 1, LAST + COLUMNS, None, None, {"hidden": True})


def _head(cells: Cells, who: str) -> None:
    """Title, the cell to choose in, the day; below it one sentence that answers."""
    sheet, looks, language = cells.sheet, cells.looks, cells.language
    sheet.set_row(0, 26)
    sheet.write_string(0, FIRST, texts("pages.today", language)[0], looks(font_size=18, bold=True, font_color=DEEP))
    label = looks(bold=True, align="right", indent=1, font_color=GREY)
    sheet.write_string(0, FIRST + 2, say("today.who", language), label)
    choice = looks(bold=True, font_size=12, bg_color=ENTRY, align="center", border=1, border_color=LINE)
    sheet.merge_range(0, FIRST + 3, 0, FIRST + 4, who, choice)
    offered = {"validate": "list", "show_error": False, "source": f"={cells.name('Desk', 'person')}"}
    sheet.data_validation(0, FIRST + 3, 0, FIRST + 4, offered)
    day = cells.iso_day(cells.of("Desk", "as_of"))
    said = cells.said("data_of", as_of=day, period=cells.of("Desk", "period"))
    note = cells.of("Desk", "note")
    noted = f'{said}&IF({note}="","",{cells.said("noted", note=note)})'
    cells.across(0, FIRST + 6, LAST, f'=IFERROR({noted},"")', looks(font_color=GREY, align="right", shrink=True))
    sheet.set_row(1, 20)
    won, target = cells.of("Board", "orders"), cells.of("Board", "target")
    short = cells.said("head_short", tier=cells.of("Desk", "short_tier"), count=cells.whole(cells.of("Desk", "short")))
    whole = cells.said(
        "head",
        period=cells.of("Desk", "period"),
        target=cells.whole(target),
        won=cells.whole(won),
        chance=cells.chance(cells.of("Shapes", "chance")),
        short=f'IF(ISNUMBER({cells.of("Desk", "short")}),{short},"")',
    )
    without = cells.said("head_no_target", period=cells.of("Desk", "period"), won=cells.whole(won))
    empty, nobody = cells.said("head_empty"), cells.said("head_nobody")
    known = f"IF(ISNUMBER({target}),{whole},{without})"
    strong = looks(font_size=12, bold=True, font_color=DEEP)
    head = f'=IF({cells.empty},{empty},IF({cells.row("Desk")}="",{nobody},IFERROR({known},"")))'
    cells.across(1, FIRST, LAST, head, strong)
    sheet.set_row(2, 4)
