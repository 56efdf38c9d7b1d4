"""The funnel of the page Today, drawn as one: a bar a tier, centred, what is missing in pale around it."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from funnelbook.template.looks import ACCENT, GREY, TEXT, put_formula
from funnelbook.template.today_cells import FIRST, LAST, Cells
from funnelbook.words import particulars, say

RIGHT = FIRST + 4  # the last column of the funnel
_ROWS = 15  # below its head
_MISSING = "#D9E3E8"
_HIGH, _EDGE = 350, 10  # pixels


def write(cells: Cells, workbook: Workbook, row: int, tiers: int) -> None:
    """Writes the funnel from a row on; where there is nothing to draw a sentence stands in its place."""
    key = say("today.funnel_key", cells.language)
    cells.band(row, FIRST, RIGHT, f"={cells.said('funnel')}")
    top, left = row + 1, LAST + 1
    for k in range(tiers):
        _bar(cells, top + k, left, k)
    widest = f"MAX({_range(top, left + 4, tiers)})"
    for k in range(tiers):
        total = xl_rowcol_to_cell(top + k, left + 4)
        put_formula(cells.sheet, top + k, left + 1, f'=IF({total}="","",({widest}-{total})/2)', None, "")
    unknown = f'AND({cells.row("Desk")}="",NOT({cells.team}))'
    said = f'=IF(OR(N({widest})>0,{unknown}),"",{cells.said("funnel_empty")})'
    look = cells.looks(font_color=GREY, align="center", text_wrap=True)
    cells.sheet.merge_range(top, FIRST, top + _ROWS - 2, RIGHT, None, look)
    put_formula(cells.sheet, top, FIRST, said, look, "")
    cells.across(top + _ROWS - 1, FIRST, RIGHT, f'="{key}"', cells.looks(font_color=GREY, font_size=9, align="center"))
    _draw(cells, workbook, top, left, tiers)


def _bar(cells: Cells, row: int, left: int, k: int) -> None:
    """What the k-th bar is drawn from: label, space before it (put later), half of what is missing, open customers, the whole width."""
    first = cells.row("DeskFunnel")
    at = f"{first}+{k}"
    here = f"IFERROR(INDEX({cells.name('DeskFunnel', 'person')},{at})={cells.chosen},FALSE)"
    found = {name: cells.of("DeskFunnel", name, at) for name in ("tier", "name", "open", "needed", "missing")}
    needed = f'IF(N({found["needed"]})>0,{cells.said("tier_needed", needed=cells.whole(found["needed"]))},"")'
    label = cells.said("tier", name=found["name"], code=found["tier"], stock=cells.whole(found["open"]), needed=needed)
    put_formula(cells.sheet, row, left, f'=IF({here},{label},"")', None, "")
    put_formula(cells.sheet, row, left + 2, f'=IF({here},N({found["missing"]})/2,"")', None, "")
    put_formula(cells.sheet, row, left + 3, f'=IF({here},{found["open"]},"")', None, "")
    half, stock = xl_rowcol_to_cell(row, left + 2), xl_rowcol_to_cell(row, left + 3)
    put_formula(cells.sheet, row, left + 4, f'=IF({half}="","",2*{half}+{stock})', None, "")


def _range(row: int, column: int, rows: int) -> str:
    return f"{xl_rowcol_to_cell(row, column, True, True)}:{xl_rowcol_to_cell(row + rows - 1, column, True, True)}"


def _draw(cells: Cells, workbook: Workbook, top: int, left: int, tiers: int) -> None:
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    if chart is None:
        raise ValueError("there is no chart of bars")
    name = str(cells.sheet.name)
    for column, colour in ((1, None), (2, _MISSING), (3, ACCENT), (2, _MISSING)):
        fill = {"color": colour} if colour else {"none": True}
        chart.add_series(
            {
                "categories": [name, top, left, top + tiers - 1, left],
                "values": [name, top, left + column, top + tiers - 1, left + column],
                "fill": fill,
                "border": {"none": True},
                "gap": 22,
                "overlap": 100,
            }
        )
    font = {"name": say("language.font", cells.language), "size": 9, "color": TEXT}
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis(  # of bars the axis of the categories
        {
            "reverse": True,
            "num_font": font,
            "line": {"none": True},
            "major_tick_mark": "none",
            "minor_tick_mark": "none",
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.show_hidden_data()
    column = int(7 * particulars(cells.language).page_column + 5)  # as XlsxWriter takes it
    chart.set_size({"width": (RIGHT - FIRST + 1) * column - _EDGE, "height": _HIGH})
    cells.sheet.insert_chart(top, FIRST, chart, {"x_offset": 4, "y_offset": 2, "object_position": 1})
