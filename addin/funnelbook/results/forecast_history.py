"""The ForecastHistory (预测历史): what was said of a period, day by day, so that nobody can rewrite it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book.schema import ONE_DECIMAL, WHOLE, Column, Kind, Role, Table, Unit
from funnelbook.book.told_chance import CHANCE
from funnelbook.domain import weekplan
from funnelbook.results.chances import chance_of_target, ends
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

FORECAST_HISTORY = Table(
    "ForecastHistory",
    Role.LOG,
    sheet="forecast_history",
    order=430,
    columns=(
        Column("as_of", Kind.DATE, key=True),
        Column("person", Kind.PERSON, key=True),
        Column("period", Kind.TEXT, key=True, width=22),
        Column("target", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("won", Kind.COUNT, unit=Unit.ORDERS),
        Column("expected", Kind.NUMBER, unit=Unit.ORDERS, number=ONE_DECIMAL),
        Column("low", Kind.COUNT, unit=Unit.ORDERS),
        Column("high", Kind.COUNT, unit=Unit.ORDERS),
        Column("chance", Kind.RATE, number=CHANCE),
    ),
)


@makes(FORECAST_HISTORY, goals)
def forecast_history(situation: Situation, goals: Goals) -> Made:
    """The ForecastHistory with what is said today; as it stands when a later day was logged or the period is over."""
    before = situation.forecast_history
    if situation.before_log or situation.as_of > situation.period.end:
        return Made(before)
    said = pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "period": situation.period.label,
            "target": goals.target["orders"],
            "won": goals.won["orders"],
            **ends(situation, goals),
            "chance": chance_of_target(situation, goals.gap),
        }
    )
    return Made(weekplan.replace_same_day(before, said, situation.as_of))
