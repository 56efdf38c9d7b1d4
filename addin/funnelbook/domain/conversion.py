"""Conversion rates: how many customers of a tier go on to the next, from what happened, honest under small samples."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain import history
from funnelbook.domain.dtypes import NO_DAY, Flags, Numbers
from funnelbook.domain.history import Timeline
from funnelbook.domain.stays import watched_from
from funnelbook.domain.tiers import Tiers


def cohorts(timeline: Timeline, tiers: Tiers) -> pd.DataFrame:
    """A row a case and tier it reached, Won included: case, customer, tier, entered (datetime64[D]), next_day, lost_day, owner, placed.

    A tier skipped is reached on the day of the jump; a case with nothing but Lost reached the lowest tier. `next_day` is the
    day the next tier was reached, `lost_day` the one the case was lost (NaT: not yet). `placed` rows were not entered before our
    eyes: the customer was first seen there, so they count as reached and in no rate. The owner is the one at entry.
    Source: numbers.md 1 and 2, forecast.md 7.
    """
    stays = timeline.stays
    case, tier = stays["case"].to_numpy(), stays["tier"].to_numpy().astype(np.int64)
    height = np.where(tier == tiers.lost, 0, tier)
    rows = tiers.n + 2
    highest = (
        np.maximum.accumulate(case * rows + height + 1) % rows
    )  # cases run upwards: the maximum stays inside its case
    first = np.r_[True, case[1:] != case[:-1]] if len(case) else np.zeros(0, dtype=bool)
    before = np.where(first, 0, np.r_[0, highest[:-1]])[: len(case)]
    climbed = np.maximum(highest - before, 0).astype(np.intp)  # as repeat wants them
    stay = np.repeat(np.arange(len(case)), climbed)
    step = np.arange(len(stay)) - np.repeat(np.cumsum(climbed) - climbed, climbed)
    reached = before[stay] + step
    entered = stays["entered"].to_numpy("datetime64[D]")[stay]
    lost = np.full(int(case.max(initial=-1)) + 1, NO_DAY, dtype="datetime64[D]")
    lost[case[tier == tiers.lost]] = stays["entered"].to_numpy("datetime64[D]")[tier == tiers.lost]
    follows = np.r_[case[stay][1:] == case[stay][:-1], False] if len(stay) else np.zeros(0, dtype=bool)
    return pd.DataFrame(
        {
            "case": case[stay],
            "customer": stays["customer"].to_numpy()[stay],
            "tier": reached.astype(np.int8),
            "entered": entered,
            "next_day": np.where(follows, np.roll(entered, -1), NO_DAY),
            "lost_day": lost[case[stay]],
            "owner": stays["owner"].to_numpy(object)[stay],
            "placed": _placed(timeline)[stay],
        }
    )


def _placed(timeline: Timeline) -> Flags:
    """Which stays their customer was first seen in."""
    stays = timeline.stays
    who, source = stays["customer"].to_numpy(), stays["source"].to_numpy(object)
    entered = stays["entered"].to_numpy("datetime64[D]").astype(np.int64)
    watched = watched_from(timeline)
    return (source == history.INITIAL) | (
        (source == history.START) & ~watched.told[who] & (watched.lowest[who] > entered)
    )


def lead_days(cohorts: pd.DataFrame, tiers: Tiers) -> Numbers:
    """Median days from entering each tier to the order, by tier; NaN where no case went all the way. Source: numbers.md 4."""
    won = cohorts[cohorts["tier"] == tiers.won].set_index("case")["entered"]
    seen = cohorts[~cohorts["placed"] & (cohorts["tier"] < tiers.n)]
    days = (won.reindex(seen["case"]).set_axis(seen.index) - seen["entered"]).dt.days
    return days.groupby(seen["tier"]).median().reindex(range(tiers.n)).to_numpy(float)


def dwell_days(timeline: Timeline, tiers: Tiers) -> Numbers:
    """Mean days of the completed stays in each tier; NaN where there is none. Source: numbers.md 5."""
    stays = timeline.stays
    ended = stays[stays["left"].notna() & (stays["source"] != history.INITIAL) & (stays["tier"] < tiers.n)]
    days = (ended["left"] - ended["entered"]).dt.days
    return days.groupby(ended["tier"]).mean().reindex(range(tiers.n)).to_numpy(float)
