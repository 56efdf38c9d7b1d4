"""Every stay of a case in a tier, evening by evening: the one table all of the forecast is learned from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.domain import history
from funnelbook.domain.dtypes import At, DayNumbers, Flags, Objects
from funnelbook.domain.history import Timeline
from funnelbook.domain.tiers import Tiers

GOES_ON = 1 << 28  # a day no date reaches: `left` of a stay that lasts
NOBODY, NOWHERE = -1, -1


@dataclass(frozen=True)
class Stays:
    """A row a stay, by customer and time; days are whole numbers since 1970, ends (Won, Lost) are rows too.

    The state of a day is the one at its end: a tier left on the day it was entered is no stay.
    `customer`: position; `case`: number; `tier`: number, Won and Lost after the tiers; `entered`, `left` (`GOES_ON` while it
    lasts), `seen`: the first day that was watched, the days before are unknown; `to`: the next state, `NOWHERE` while it lasts;
    `who`: position of the owner at entry, the team being 0, `NOBODY`; `begins`: whether the case begins with it; `initial`:
    whether it was first seen there, which tells nothing of how it came there; `tiers`: how many tiers there are.
    """

    customer: At
    case: At
    tier: At
    entered: DayNumbers
    left: DayNumbers
    seen: DayNumbers
    to: At
    who: At
    begins: Flags
    initial: Flags
    tiers: int

    def __len__(self) -> int:
        return len(self.customer)

    @cached_property
    def open(self) -> Flags:
        """Which rows are stays in a tier, not ends."""
        return self.tier < self.tiers

    @cached_property
    def moved(self) -> Flags:
        """Which rows are stays in a tier that were watched when they ended."""
        return self.open & (self.left < GOES_ON) & (self.left >= self.at_risk_from)

    @cached_property
    def at_risk_from(self) -> DayNumbers:
        """The first day on which each could have moved before our eyes."""
        return np.maximum(self.entered, self.seen) + 1

    @cached_property
    def first_day(self) -> int:
        """The first day watched; far in the future where there is none."""
        return int(self.at_risk_from.min()) - 1 if len(self) else GOES_ON

    def at(self, day: int) -> At:
        """Positions of the stays in a tier that last on the evening of `day`."""
        return np.flatnonzero(self.open & (self.entered <= day) & (self.left > day))


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return int(np.datetime64(day, "D").astype(np.intp))


def stays(timeline: Timeline, tiers: Tiers, people: list[str], as_of: date) -> Stays:
    """The Stays of a tier history. Source: numbers.md 1, forecast.md 2.

    A customer whose calls tell his tiers was watched from the day he was entered. One without them was watched from the first
    day the workbook saw him; in the lowest tier, where everybody begins, from the team's first tiered call on if that is earlier.
    """
    frame = timeline.stays
    who = frame["customer"].to_numpy(np.intp)
    tier = frame["tier"].to_numpy(np.intp)
    entered = frame["entered"].to_numpy("datetime64[D]").astype(np.intp)
    source = frame["source"].to_numpy(object)
    kept = _at_evening(who, tier, entered, tiers)
    who, tier, entered, source = who[kept], tier[kept], entered[kept], source[kept]
    owner = frame["owner"].to_numpy(object)[kept]
    goes_on = np.r_[who[1:] == who[:-1], False] if len(who) else np.zeros(0, dtype=bool)
    begins = np.r_[True, ~goes_on[:-1] | (tier[:-1] >= tiers.n)] if len(who) else goes_on
    seen, initial = _watched(timeline, who, tier, entered, source, day_number(as_of))
    position = _positions(owner, people)
    return Stays(
        customer=who,
        case=np.cumsum(begins) - 1,
        tier=tier,
        entered=entered,
        left=np.where(goes_on, np.roll(entered, -1), GOES_ON),
        seen=seen,
        to=np.where(goes_on, np.roll(tier, -1), NOWHERE),
        who=position,
        begins=begins,
        initial=initial,
        tiers=tiers.n,
    )


def _at_evening(who: At, tier: At, entered: DayNumbers, tiers: Tiers) -> At:
    """Rows that are the state of an evening, or an order; of repeats of a state the first."""
    if not len(who):
        return np.zeros(0, dtype=np.intp)
    passed = np.r_[(who[1:] == who[:-1]) & (entered[1:] == entered[:-1]), False]
    rows = np.flatnonzero(~passed | (tier == tiers.won))
    again = np.r_[False, (who[rows][1:] == who[rows][:-1]) & (tier[rows][1:] == tier[rows][:-1])]
    return rows[~again]


def _watched(
    timeline: Timeline, who: At, tier: At, entered: DayNumbers, source: Objects, today: int
) -> tuple[DayNumbers, Flags]:
    """First day each stay was watched, and whether its customer was first seen there."""
    first = np.r_[True, who[1:] != who[:-1]] if len(who) else np.zeros(0, dtype=bool)
    watched = watched_from(timeline)
    unknown = first & ~watched.told[who]
    since = np.where(tier == 0, watched.lowest[who], watched.other[who])
    seen = np.where(unknown, np.minimum(np.maximum(entered, since), today), entered)
    return seen, unknown & ((source == history.INITIAL) | (seen > entered))


class WatchedFrom(NamedTuple):
    """By customer: whether his calls tell his tiers, and else since when he is watched in the lowest tier and in any other."""

    told: Flags
    lowest: DayNumbers
    other: DayNumbers


def watched_from(timeline: Timeline) -> WatchedFrom:
    """Since when the customers of a timeline are watched."""
    told = np.zeros(len(timeline.current), dtype=bool)
    told[timeline.worked["customer"].to_numpy()] = True
    first_seen = timeline.first_seen.astype("datetime64[D]").astype(np.intp)
    calls = timeline.worked["day"].to_numpy("datetime64[D]").astype(np.intp)
    return WatchedFrom(told, np.minimum(first_seen, calls.min(initial=GOES_ON)), first_seen)


def _positions(owner: Objects, people: list[str]) -> At:
    """Each owner's place on the axis of people, the team being 0."""
    at = pd.Index(people, dtype=object).get_indexer(pd.Index(owner))
    return np.where(at >= 0, at + 1, NOBODY)
