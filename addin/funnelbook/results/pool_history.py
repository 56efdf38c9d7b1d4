"""The PoolHistory (公海记录): what was decided about whom, from whom customers were taken and to whom they went."""

from __future__ import annotations

import pandas as pd

from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

POOL_HISTORY = Table(
    "PoolHistory",
    Role.LOG,
    sheet="pool_history",
    order=445,
    columns=(
        Column("at", Kind.DATE, key=True),
        Column("id", Kind.ID, key=True),
        Column("decision", Kind.CODE, codes="pool_decision", key=True),
        Column("owner", Kind.PERSON),
        Column("new_owner", Kind.PERSON),
        Column("reason", Kind.TEXT, width=46),
    ),
)


@makes(POOL_HISTORY)
def pool_history(situation: Situation) -> Made:
    """The PoolHistory, to which only decisions that are carried out add."""
    return Made(situation.pool_history)


def with_decided(history: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Rows of PoolHistory and new ones below them."""
    names = list(POOL_HISTORY.names)
    return pd.concat([part[names] for part in (history, new) if len(part)] or [history[names]], ignore_index=True)
