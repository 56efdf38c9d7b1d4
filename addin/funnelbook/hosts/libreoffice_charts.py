"""Charts of a sheet in LibreOffice: what they draw follows the tables that grow and shrink."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelbook.book.ports import Area

_RANGE = re.compile(
    r"(?P<sheet>\$?(?:'(?:[^']|'')+'|[^'.]+))\.\$(?P<column>[A-Z]+)\$(?P<row>\d+)(?::\$(?P=column)\$\d+)?"
)

Ranges = dict[str, list[str]]


def ranges(sheet: object) -> Ranges:
    """What each chart of a sheet draws: by its name the ranges of its series and categories."""
    return {name: [values.SourceRangeRepresentation for _, values in _drawn(chart)] for name, chart in _charts(sheet)}


def redraw(sheet: object, area: Area) -> None:
    """Has charts that draw from the first row of a table draw as far as `area` does, its rows without the header."""

    def redrawn(found: re.Match[str]) -> str:
        column = sheet.getCellRangeByName(f"{found['column']}1").getRangeAddress().StartColumn + 1
        ours = found["sheet"].lstrip("$").strip("'").replace("''", "'") == sheet.getName()
        if not ours or int(found["row"]) != area.top or not area.left <= column <= area.right:
            return found[0]
        return f"{found['sheet']}.${found['column']}${area.top}:${found['column']}${area.bottom}"

    new = {name: [_RANGE.sub(redrawn, text) for text in drawn] for name, drawn in ranges(sheet).items()}
    put_back(sheet, new)


def put_back(sheet: object, drawn: Ranges) -> None:
    """Has the charts of a sheet draw these ranges."""
    for name, chart in _charts(sheet):
        provider = chart.getDataProvider()
        for (sequence, values), text in zip(list(_drawn(chart)), drawn.get(name, ()), strict=False):
            if text and text != values.SourceRangeRepresentation:
                made = provider.createDataSequenceByRangeRepresentation(text)
                made.Role = values.Role
                sequence.setValues(made)


def _charts(sheet: object) -> list[tuple[str, object]]:
    found = sheet.getCharts()
    return [(name, found.getByName(name).getEmbeddedObject()) for name in found.getElementNames()]


def _drawn(chart: object) -> Iterator[tuple[object, object]]:
    """The sequences a chart draws, each with its values: series by series, then the categories."""
    for system in chart.getFirstDiagram().getCoordinateSystems():
        for kind in system.getChartTypes():
            for series in kind.getDataSeries():
                yield from ((sequence, sequence.getValues()) for sequence in series.getDataSequences())
        categories = system.getAxisByDimension(0, 0).getScaleData().Categories
        if categories is not None:
            yield categories, categories.getValues()
