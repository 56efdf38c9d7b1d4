"""The Causes (归因): what each person's gap to the target comes from, in parts that add up to it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book.schema import SIGNED, WHOLE, Chart, Colour, Column, Kind, Role, Series, Table, Tone
from funnelbook.domain.drivers import shapley
from funnelbook.domain.dtypes import Numbers
from funnelbook.results import headlines, notes, performance
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

CAUSES = Table(
    "Causes",
    Role.RESULT,
    sheet="causes",
    order=270,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("driver", Kind.CODE, codes="driver", key=True, width=30),
        Column("target", Kind.NUMBER, number=WHOLE),
        Column("actual", Kind.NUMBER, number=WHOLE),
        Column("contribution", Kind.NUMBER, width=13, number=SIGNED),
    ),
    charts=(Chart("contributions", "column", "driver", (Series("contribution"),), signed=True),),
    colours=(
        # calls, rates and money in one column
        Colour("AND(ISNUMBER({target}),{target}<10)", ("target",), number="0.00"),
        Colour("AND(ISNUMBER({actual}),{actual}<10)", ("actual",), number="0.00"),
        Colour("{contribution}<0", ("contribution",), Tone.WARM, bold=True),
        Colour("{contribution}>0", ("contribution",), Tone.GOOD),
    ),
)

# driver -> (count it ends in, count it starts from); calls start the chain
_CHAIN = {
    "connect": ("connects", "calls"),
    "progress": ("moves_up", "connects"),
    "quote": ("quotes", "moves_up"),
    "close": ("orders", "quotes"),
    "value": ("amount", "orders"),
    "margin": ("margin", "amount"),
}
_MEASURES = {"amount": "value", "margin": "margin", "orders": "close"}  # measure -> the driver its chain ends in
TARGET_LEVEL = "target_level"


@makes(CAUSES, goals)
def causes(situation: Situation, goals: Goals) -> Made:
    """The Causes: the drivers of each active person with a target, who is furthest behind first.

    The result is the amount where the team has a target of it, else the margin, else orders, all of the period up to `as_of`.
    target: the drivers of the others of the team (calls: available days of the period x daily_calls) and what the target asks
    beyond them; actual: the person's own. No rows for one person alone, nor where the others have no result yet.
    Source: method B10, numbers.md 8.
    """
    measure = next((m for m in _MEASURES if not np.isnan(goals.target[m][0]) and _known(situation, m)), "orders")
    done = performance.counts(situation, situation.period.start, situation.as_of)
    wanted = np.where(situation.active, goals.target[measure][1:], np.nan)
    gap, planned = done[measure][1:] - wanted, _planned_calls(situation, done["calls"][1:])
    parts = [
        _of_person(situation, done, float(planned[at]), measure, float(wanted[at]), at + 1)
        for at in np.argsort(gap, kind="stable").tolist()
        if len(situation.people) > 1 and wanted[at] > 0
    ]
    parts = [part for part in parts if len(part)]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(CAUSES.names))
    code = "causes_alone_line" if len(situation.people) == 1 else "causes_none_line" if rows.empty else "causes_line"
    answer = headlines.of_causes(rows, situation.language)
    note = notes.line(notes.as_of(situation), *answer, say(code, situation.language))
    return Made(rows, note=note, chart_rows=rows["driver"].nunique())


class Factors(NamedTuple):
    """Drivers, and their factors: the product of `target` is the target, that of `actual` the result."""

    drivers: list[str]
    target: Numbers
    actual: Numbers


def factors(
    mine: dict[str, float], others: dict[str, float], planned_calls: float, target: float, measure: str
) -> Factors | None:
    """The Factors of a person; None without a benchmark.

    A count of 0 under a later one that is not is as large as its benchmark asks for: then both products are exact.
    """
    drivers = list(_CHAIN)[: list(_CHAIN).index(_MEASURES[measure]) + 1]
    benchmark = _ratios(others, drivers, dict.fromkeys(drivers, 1.0))
    ideal = np.array([planned_calls, *(benchmark[d] for d in drivers)])
    if not (others[measure] > 0 and ideal.prod() > 0 and np.isfinite(ideal).all()):
        return None
    actual = _ratios(mine, drivers, benchmark)
    calls = _filled(mine, drivers, benchmark)["calls"]
    names = ["calls", *drivers, TARGET_LEVEL]
    wanted = np.append(ideal, target / ideal.prod())
    return Factors(names, wanted, np.array([calls, *(actual[d] for d in drivers), 1.0]))


def _of_person(
    situation: Situation, done: dict[str, Numbers], planned_calls: float, measure: str, target: float, who: int
) -> pd.DataFrame:
    mine = {name: values[who] for name, values in done.items()}
    others = {name: values[1:].sum() - values[who] for name, values in done.items()}
    found = factors(mine, others, planned_calls, target, measure)
    if found is None:
        return pd.DataFrame()
    return pd.DataFrame(
        {
            "person": situation.rows[who],
            "driver": found.drivers,
            "target": found.target,
            "actual": found.actual,
            "contribution": shapley(found.target, found.actual),
        }
    )


def _planned_calls(situation: Situation, calls: Numbers) -> Numbers:
    """Available days of the period x daily_calls of each person; who has no such number is given the others' calls a day."""
    period = situation.period
    days = situation.available_days(period.start, period.end)
    worked = situation.available_days(period.start, min(situation.as_of, period.end))
    others_worked = worked.sum() - worked
    others = (calls.sum() - calls) / np.where(others_worked > 0, others_worked, np.nan)
    daily = situation.frames["People"].set_index("person")["daily_calls"].reindex(situation.people).to_numpy(float)
    return days * np.where(np.isnan(daily), others, daily)


def _ratios(done: dict[str, float], drivers: list[str], benchmark: dict[str, float]) -> dict[str, float]:
    filled = _filled(done, drivers, benchmark)
    return {
        driver: filled[end] / filled[start] if filled[start] else benchmark[driver]
        for driver, (end, start) in _CHAIN.items()
        if driver in drivers
    }


def _filled(done: dict[str, float], drivers: list[str], benchmark: dict[str, float]) -> dict[str, float]:
    """Counts, those of 0 below a later one that is not made as large as the benchmark asks for."""
    filled = dict(done)
    for driver in reversed(drivers):
        end, start = _CHAIN[driver]
        if filled[start] == 0 and filled[end] != 0:
            filled[start] = filled[end] / benchmark[driver]
    return filled


def _known(situation: Situation, measure: str) -> bool:
    return measure == "orders" or situation.has_orders
