"""The Problems (数据检查): what is wrong in the workbook's data, and what to do about it."""

from __future__ import annotations

import pandas as pd

from funnelbook.book.problems import Problems
from funnelbook.book.schema import Colour, Column, Kind, Role, Table, Tone
from funnelbook.book.severities import INFO
from funnelbook.results import notes
from funnelbook.results.making import Made, every_problem, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

PROBLEMS = Table(
    "Problems",
    Role.RESULT,
    sheet="problems",
    order=340,
    columns=(
        Column("table", Kind.TEXT, key=True),
        Column("row", Kind.COUNT, key=True, centred=True, link=True),
        Column("column", Kind.TEXT, key=True),
        Column("value", Kind.TEXT, width=32),
        Column("problem", Kind.TEXT, key=True, width=62, wrap=True),
        Column("remedy", Kind.TEXT, width=52, wrap=True),
        Column("severity", Kind.CODE, codes="severity"),
    ),
    row_lines=3,
    colours=(Colour("{severity}={words[severity][error]}", ("severity",), Tone.WARM, bold=True),),
)


@makes(PROBLEMS, every_problem)
def data_check(situation: Situation, found: Problems) -> Made:
    """The Problems, a line for each cause in a column, the worst first; all of it as `problems`."""
    rows = found.lines(situation.language, situation.inputs.sheets)
    return Made(rows, found, note=notes.line(notes.as_of(situation), _counts(rows, situation.language)))


def _counts(rows: pd.DataFrame, language: str) -> str:
    if rows.empty:
        return say("no_problems_line", language)
    counts = rows["severity"].value_counts()
    errors, warnings, hints = (int(counts.get(s, 0)) for s in ("error", "warning", INFO))
    return say("problems_line", language, errors=errors, warnings=warnings, notes=hints)
