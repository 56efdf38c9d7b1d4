"""The foot of the page Today: every sheet there is, and how one that is hidden is shown."""

from __future__ import annotations

from collections.abc import Collection

from funnelbook.book.labels import sheet_name
from funnelbook.book.schema import FIRST_PAGE, PAGES, SEEN_AT_FIRST, TABLES
from funnelbook.template.looks import ACCENT, GREY
from funnelbook.template.today_cells import FIRST, LAST, Cells

_BESIDE = 5  # sheets in a row
_WIDE = (LAST - FIRST + 1) // _BESIDE  # columns a name has


def write(cells: Cells, row: int, wanted: Collection[str]) -> None:
    """Writes the list from a row on: the sheets that hold one of the tables `wanted`, and the pages among them."""
    cells.band(row, FIRST, LAST, f"={cells.said('sheets')}")
    link, plain = (
        cells.looks(**cells.line, font_color=ACCENT, indent=1),
        cells.looks(**cells.line, font_color=GREY, indent=1),
    )
    for number, key in enumerate(_keys(wanted)):
        at, left = row + 1 + number // _BESIDE, FIRST + number % _BESIDE * _WIDE
        name = sheet_name(key, cells.language)
        if key in SEEN_AT_FIRST:
            cells.across(at, left, left + _WIDE - 1, "=" + cells.linked(key, f'"{name}"'), link)
        else:  # a link to a hidden sheet leads nowhere
            cells.sheet.merge_range(at, left, at, left + _WIDE - 1, name, plain)


def _keys(wanted: Collection[str]) -> list[str]:
    """Of these sheets every one but this that people read."""
    there = {table.sheet for table in TABLES.values() if table.name in wanted}
    read = (there | (PAGES.keys() & wanted)) - TABLES.hidden_sheets - {FIRST_PAGE}
    return [key for key in TABLES.sheets if key in read]
