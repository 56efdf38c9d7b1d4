"""The picture on each result sheet. Series start at the first body row; the host spans them over what is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from funnelbook.book.labels import header
from funnelbook.book.schema import Chart as Declared
from funnelbook.book.schema import Series, Table, Tone
from funnelbook.template.looks import ACCENT, GREY, LINE, TEXT, WARM
from funnelbook.words import say

WIDTH, HEIGHT = 560, 318


_COLOURS = {Tone.MAIN: ACCENT, Tone.PALE: "#B9C4CA", Tone.WARM: WARM}

_Options = dict[str, Any]  # as xlsxwriter takes them


def draw(
    workbook: Workbook,
    sheet: Worksheet,
    tables: Iterable[Table],
    language: str,
    places: Mapping[str, tuple[int, int]],
    row: int,
    who: str,
    behind: str,
) -> None:
    """Puts the pictures of the tables of a result sheet side by side from `row` (counted from 0) on.

    `places`: row and column (from 0) of the first body cell of each table; `who` the first rows are about, or of people who are furthest
    `behind`.
    """
    pictures = [(table, picture) for table in tables for picture in table.charts]
    for number, (table, picture) in enumerate(pictures):
        title = say(f"charts.{picture.title}", language, who=who, behind=behind)
        chart = _chart(workbook, table, picture, title, str(sheet.name), language, places[table.name])
        sheet.insert_chart(row, 0, chart, {"x_offset": 8 + number * (WIDTH + 16), "y_offset": 4, "object_position": 3})


def _new(workbook: Workbook, kind: str) -> Chart:
    chart = workbook.add_chart({"type": kind})
    if chart is None:
        raise ValueError(f"there is no chart {kind}")
    return chart


def _chart(
    workbook: Workbook, table: Table, picture: Declared, title: str, sheet: str, language: str, place: tuple[int, int]
) -> Chart:
    name = say("language.font", language)
    font: _Options = {"name": name, "size": 9, "color": TEXT}
    large: _Options = {"name": name, "size": 12, "bold": True, "color": TEXT}
    chart = _new(workbook, picture.kind)
    for series in picture.series:
        chart.add_series(_series(table, picture, series, sheet, language, place) | {"gap": 60, "overlap": -5})
    if picture.lines:
        line = _new(workbook, "line")
        for series in picture.lines:
            line.add_series(
                _series(table, picture, series, sheet, language, place)
                | {"line": {"color": _COLOURS[series.tone], "width": 2}, "y2_axis": picture.own_axis}
                | ({"data_labels": _labels(picture, language) | {"position": "above"}} if picture.own_axis else {})
            )
        if picture.own_axis:
            line.set_y2_axis({"visible": False, "min": 0})
        chart.combine(line)
    title = title.replace("!", "\uff01")  # or XlsxWriter takes what stands behind it for a cell
    chart.set_title({"name": title, "name_font": large, "overlay": False})
    # what stands at the columns says how high they are; without data nothing is drawn but the title
    values: _Options = {"visible": False, "major_gridlines": {"visible": False}}
    categories: _Options = {"num_font": font, "line": {"none": True}, "major_tick_mark": "none"}
    if picture.signed:
        categories["label_position"] = "low"
    else:
        values["min"] = 0
    if picture.dated:
        categories |= {"num_format": "m-d", "text_axis": True}
    if picture.kind == "bar":  # the lowest tier, the wide end, on top
        chart.set_y_axis(categories | {"reverse": True})
        chart.set_x_axis(values)
    else:
        chart.set_x_axis(categories)
        chart.set_y_axis(values)
    chart.set_legend(
        {"position": "bottom", "font": font} if len(picture.series) > 1 or picture.lines else {"none": True}
    )
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart


def _series(
    table: Table, picture: Declared, series: Series, sheet: str, language: str, place: tuple[int, int]
) -> _Options:
    row, left = place
    at, category = left + table.names.index(series.column), left + table.names.index(picture.category)
    drawn: _Options = {
        "name": header(table, series.column, language),
        "categories": [sheet, row, category, row, category],
        "values": [sheet, row, at, row, at],
        "fill": {"color": _COLOURS[series.tone]},
        "border": {"none": True},
    }
    if picture.signed:
        drawn |= {"invert_if_negative": True, "invert_if_negative_color": WARM}
    if picture.dated:
        drawn["categories_data"] = [0]  # numbers, not texts
    return drawn if series in picture.lines else drawn | {"data_labels": _labels(picture, language)}


def _labels(picture: Declared, language: str) -> _Options:
    """The values, beside what is drawn of them."""
    font = {"name": say("language.font", language), "size": 8, "color": GREY}
    return {"value": True, "font": font} | ({"num_format": "0%"} if picture.per_cent else {})
