"""Charts of a sheet in LibreOffice: what they draw follows the tables that grow and shrink."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from funnelbook.book.ports import Area
from funnelbook.hosts.libreoffice_uno import Uno

_RANGE = re.compile(
    r"(?P<sheet>\$?(?:'(?:[^']|'')+'|[^'.]+))\.\$(?P<column>[A-Z]+)\$(?P<row>\d+)(?::\$(?P=column)\$(?P<end>\d+))?"
)


def ranges(sheet: Uno) -> dict[str, list[str]]:
    """What each chart of a sheet draws: by its name the ranges of its series and categories."""
    return {name: [values.SourceRangeRepresentation for _, values in _drawn(chart)] for name, chart in _charts(sheet)}


def rows_drawn(sheet: Uno, table: Area) -> int:
    """How many rows from the first of a table's body the charts of its sheet draw; 0 where none draws it."""
    drawn = [text for texts in ranges(sheet).values() for text in texts]
    lengths = [int(found["end"] or found["row"]) - table.top for text in drawn for found in _ours(sheet, table, text)]
    return max(lengths, default=0)


def redraw(sheet: Uno, table: Area, rows: int) -> None:
    """Has the charts that draw from the first row of a table's body draw so many rows of it."""
    for draw, text in texts(sheet):
        for found in _ours(sheet, table, text):
            column = f"{found['sheet']}.${found['column']}$"
            new = f"{column}{table.top + 1}:{column.rpartition('.')[2]}{table.top + rows}"
            if new != text:
                draw(new)


def texts(sheet: Uno) -> Iterator[tuple[Callable[[str], None], str]]:
    """Every range the charts of a sheet draw, as text, and what has it draw another."""
    for _, chart in _charts(sheet):
        provider = chart.getDataProvider()
        for sequence, values in list(_drawn(chart)):
            yield partial(_draw, provider, sequence), values.SourceRangeRepresentation


def _draw(provider: Uno, sequence: Uno, text: str) -> None:
    made = provider.createDataSequenceByRangeRepresentation(text)
    made.Role = sequence.getValues().Role
    sequence.setValues(made)


def _ours(sheet: Uno, table: Area, text: str) -> list[re.Match[str]]:
    """A range, taken apart, that starts at the first row of the body of a table; none for any other."""
    found = _RANGE.fullmatch(text)
    if (
        not found
        or int(found["row"]) != table.top + 1
        or found["sheet"].lstrip("$").strip("'").replace("''", "'") != sheet.getName()
    ):
        return []
    column = sheet.getCellRangeByName(f"{found['column']}1").getRangeAddress().StartColumn + 1
    return [found] if table.left <= column <= table.right else []


def _charts(sheet: Uno) -> list[tuple[str, Uno]]:
    found = sheet.getCharts()
    return [(name, found.getByName(name).getEmbeddedObject()) for name in found.getElementNames()]


def _drawn(chart: Uno) -> Iterator[tuple[Uno, Uno]]:
    """The sequences a chart draws, each with its values: series by series, then the categories."""
    for system in chart.getFirstDiagram().getCoordinateSystems():
        for kind in system.getChartTypes():
            for series in kind.getDataSeries():
                yield from ((sequence, sequence.getValues()) for sequence in series.getDataSequences())
        categories = system.getAxisByDimension(0, 0).getScaleData().Categories
        if categories is not None:
            yield categories, categories.getValues()
