"""The picture on each result sheet. Series start at the first body row; the host spans them over what is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from funnelbook.book.labels import header
from funnelbook.book.schema import TABLES
from funnelbook.template import texts
from funnelbook.template.looks import ACCENT, FONTS, GREY, LINE, TEXT, WARM, index

WIDTH, HEIGHT = 560, 318


@dataclass(frozen=True)
class _Picture:
    title: str
    table: str
    kind: str  # bar or column
    category: str
    series: tuple[str, ...]
    line: str | None = None  # one series drawn as a line on top
    per_cent: bool = False
    signed: bool = False  # columns may hang below the line
    own_axis: bool = False  # of the line, right
    dated: bool = False  # days along the bottom


PICTURES: dict[str, tuple[_Picture, ...]] = {
    "funnel": (
        _Picture("funnel_ideal", "Funnel", "bar", "tier", ("stock", "expected")),
        _Picture("funnel_need", "Funnel", "column", "tier", ("stock", "needed")),
    ),
    "week_plan": (_Picture("plan_done", "WeekPlan", "column", "week", ("planned", "done")),),
    "daily_report": (
        _Picture("daily_calls", "DailyReport", "column", "date", ("calls",), line="orders", own_axis=True, dated=True),
        _Picture("objections", "ObjectionCounts", "column", "objection", ("open", "lost")),
    ),
    "board": (
        _Picture("target_done", "Board", "column", "person", ("target", "orders")),
        _Picture("completion", "Board", "column", "person", ("completion",), line="time_progress", per_cent=True),
    ),
    "causes": (_Picture("contributions", "Causes", "column", "driver", ("contribution",), signed=True),),
    "care": (
        _Picture("old_new_amount", "Effort", "column", "kind", ("amount_per_call",)),
        _Picture("old_new_calls", "Effort", "column", "kind", ("calls_per_order",)),
    ),
    "meeting": (
        _Picture("target_done", "Meeting", "column", "person", ("target", "orders")),
        _Picture("completion", "Meeting", "column", "person", ("completion",), line="time_progress", per_cent=True),
    ),
    "summary": (_Picture("average_rates", "Summary", "column", "tier", ("average_rate",), per_cent=True),),
}
_COLOURS = {
    "stock": ACCENT, "expected": "#B9C4CA", "needed": WARM, "planned": "#B9C4CA", "done": ACCENT, "target": "#B9C4CA", "orders": ACCENT,
    "completion": ACCENT, "time_progress": WARM, "average_rate": ACCENT, "contribution": ACCENT,
    "amount_per_call": ACCENT, "calls_per_order": WARM, "calls": "#B9C4CA", "open": ACCENT, "lost": WARM,
}  # fmt: skip


def draw(
    workbook: Workbook,
    sheet: Worksheet,
    key: str,
    name: str,
    language: str,
    places: Mapping[str, tuple[int, int]],
    row: int,
) -> None:
    """Puts the pictures of a result sheet side by side from `row` (counted from 0) on, but for those of tables it lacks.

    `places`: row and column (from 0) of the first body cell of each table.
    """
    for number, picture in enumerate(p for p in PICTURES.get(key, ()) if p.table in places):
        chart = _chart(workbook, picture, name, language, places[picture.table])
        sheet.insert_chart(row, 0, chart, {"x_offset": 8 + number * (WIDTH + 16), "y_offset": 4, "object_position": 3})


def _chart(workbook: Workbook, picture: _Picture, sheet: str, language: str, place: tuple[int, int]) -> Chart:
    chart = workbook.add_chart({"type": picture.kind})
    for column in picture.series:
        chart.add_series(_series(picture, column, sheet, language, place) | {"gap": 60, "overlap": -5})
    if picture.line:
        line = workbook.add_chart({"type": "line"})
        line.add_series(
            _series(picture, picture.line, sheet, language, place)
            | {"line": {"color": _COLOURS[picture.line], "width": 2}, "y2_axis": picture.own_axis}
        )
        chart.combine(line)
    font = {"name": FONTS[language], "size": 9, "color": TEXT}
    title = {"name": FONTS[language], "size": 12, "bold": True, "color": TEXT}
    chart.set_title({"name": texts.CHARTS[picture.title][index(language)], "name_font": title, "overlay": False})
    if picture.own_axis:
        line.set_y2_axis({"num_font": font, "line": {"none": True}, "min": 0, "num_format": "0"})
    values = {
        "num_font": font,
        "major_gridlines": {"visible": True, "line": {"color": LINE}},
        "line": {"none": True},
    }
    categories = {"num_font": font, "line": {"color": GREY}}
    if picture.signed:
        categories["label_position"] = "low"
    else:
        values["min"] = 0
    values["num_format"] = "0%" if picture.per_cent else "#,##0"
    if picture.dated:
        categories |= {"num_format": "m-d", "text_axis": True}
    if picture.kind == "bar":  # the lowest tier, the wide end, on top
        chart.set_y_axis(categories | {"reverse": True})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    else:
        chart.set_x_axis(categories)
        chart.set_y_axis(values)
    chart.set_legend(
        {"position": "bottom", "font": font} if len(picture.series) > 1 or picture.line else {"none": True}
    )
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart


def _series(picture: _Picture, column: str, sheet: str, language: str, place: tuple[int, int]) -> dict[str, object]:
    table = TABLES[picture.table]
    row, left = place
    at, category = left + table.names.index(column), left + table.names.index(picture.category)
    labels = {"value": True, "font": {"name": FONTS[language], "size": 8, "color": GREY}}
    if picture.per_cent:
        labels["num_format"] = "0%"
    series: dict[str, object] = {
        "name": header(table, column, language),
        "categories": [sheet, row, category, row, category],
        "values": [sheet, row, at, row, at],
        "fill": {"color": _COLOURS[column]},
        "border": {"none": True},
    }
    if picture.signed:
        series |= {"invert_if_negative": True, "invert_if_negative_color": WARM}
    if picture.dated:
        series["categories_data"] = [0]  # numbers, not texts
    return series if column == picture.line else series | {"data_labels": labels}
