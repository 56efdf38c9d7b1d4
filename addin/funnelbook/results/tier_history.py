"""The History (级别变动): every move of a customer from tier to tier, as it was found."""

from __future__ import annotations

import pandas as pd

from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.results.bringing_up import tiers_seen
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

HISTORY = Table(
    "History",
    Role.LOG,
    sheet="history",
    order=400,
    columns=(
        Column("at", Kind.DATE, key=True),
        Column("id", Kind.ID, key=True),
        Column("from_tier", Kind.TIER),
        Column("to_tier", Kind.TIER, key=True),
        Column("owner", Kind.PERSON),
        Column("source", Kind.CODE, codes="history_source", key=True, width=13),
    ),
)


@makes(HISTORY)
def tier_history(situation: Situation) -> Made:
    """The History with the moves found since."""
    parts = [situation.history, situation.timeline.log_rows, tiers_seen(situation)]
    return Made(pd.concat([rows for rows in parts if len(rows)] or parts[1:2], ignore_index=True))
