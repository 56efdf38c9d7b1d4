"""Why customers do not buy (未购原因): how often each objection is met, and what to do about it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book.schema import Chart, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.domain.dtypes import Objects
from funnelbook.results import headlines, notes
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

OBJECTION_COUNTS = Table(
    "ObjectionCounts",
    Role.RESULT,
    sheet="daily_report",
    order=241,
    columns=(
        Column("objection", Kind.TEXT, key=True, width=20),
        Column("open", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("lost", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("share", Kind.RATE),
        Column("next_step", Kind.TEXT, width=54, wrap=True),
    ),
    charts=(Chart("objections", "column", "objection", (Series("open"), Series("lost", Tone.WARM))),),
    row_lines=2,
)


@makes(OBJECTION_COUNTS)
def objection_counts(situation: Situation) -> Made:
    """The ObjectionCounts, the most frequent first: customers open and lost with each objection. Source: method E6.

    A customer's objection is the last one logged, else that of the Customers cell. share: of all customers who have one and are
    open or lost. next_step: from the Objections table, blank for an objection that is not in it.
    """
    said = objections(situation)
    tier = situation.timeline.current["tier"].to_numpy()
    there = pd.notna(said)
    is_open, lost = there & (tier >= 0) & (tier < situation.tiers.n), there & (tier == situation.tiers.lost)
    counts = pd.DataFrame({"objection": said, "open": is_open, "lost": lost})[is_open | lost].groupby("objection").sum()
    steps = situation.frames["Objections"].drop_duplicates("objection").set_index("objection")["next_step"]
    total = counts["open"] + counts["lost"]
    rows = (
        counts.assign(share=total / total.sum(), next_step=steps.reindex(counts.index))
        .iloc[np.lexsort((counts.index.to_numpy(str), -total.to_numpy()))]
        .reset_index()
    )
    return Made(rows, note=notes.line(notes.as_of(situation), *headlines.of_objections(rows, situation.language)))


def objections(situation: Situation) -> Objects:
    """The objection of each customer, aligned with them; None where there is none."""
    logged = situation.last_said("objection")
    return np.where(pd.isna(logged), situation.customers["objection"].to_numpy(object), logged)
