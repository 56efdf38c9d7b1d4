"""What was known on a day, and what came after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.domain import history
from funnelbook.domain.history import Timeline
from funnelbook.domain.periods import Period, month_of
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.sample import World
from funnelbook.sample.days_off import calendar_of
from funnelbook.sample.world import NEWCOMER


@dataclass(frozen=True)
class Known:
    """What a refresh at the end of `as_of` finds in the book; nothing in it knows what comes.

    `customers`: id, owner, tier (number), created, closed. `activities`: at, id, owner, tier_after (number). `orders`: date, id,
    owner, those that are valid on that day. The forecast is for the days after `as_of` up to the period's end.
    """

    customers: pd.DataFrame
    activities: pd.DataFrame
    orders: pd.DataFrame
    people: list[str]
    tiers: Tiers
    calendar: WorkCalendar
    as_of: date
    period: Period

    @cached_property
    def timeline(self) -> Timeline:
        return history.timeline(self.customers, self.activities, self.orders, None, self.tiers, self.as_of)

    @cached_property
    def who(self) -> np.ndarray:
        """By customer the row of his owner: people from 1 on."""
        return pd.Index(self.people).get_indexer(self.customers["owner"].to_numpy(object)) + 1

    @cached_property
    def open(self) -> np.ndarray:
        """Positions of the customers with an open case."""
        tier = self.timeline.current["tier"].to_numpy()
        return np.flatnonzero((tier >= 0) & (tier < self.tiers.n))

    def rows(self, owners: pd.Series) -> np.ndarray:
        """How many of `owners` are of the team and of each person."""
        at = pd.Index(self.people).get_indexer(owners.to_numpy(object)) + 1
        return np.append(len(at), np.bincount(at, minlength=1 + len(self.people))[1:])


def name(person: int) -> str:
    return "ABCDEFGH"[person]


def known_of(world: World, as_of: date, period: Period | None = None) -> Known:
    """What the book of a sample world says on a day. The period is the month that holds it, unless told."""
    tiers, clock, today = Tiers.default(), world.clock, int(world.clock.number(as_of))
    there = np.flatnonzero(world.created <= today)
    moves = world.moves[world.moves["day"] <= today]
    tier = world.began.astype(np.int8)
    tier[moves["case"]] = moves["tier"]
    closed = np.full(len(tier), np.datetime64("NaT", "D"), dtype="datetime64[s]")
    ended = moves[moves["tier"] >= tiers.n]
    closed[ended["case"]] = clock.days(ended["day"].to_numpy())
    ids = np.array([f"K{i + 1:05d}" for i in range(len(tier))], dtype=object)
    owner = np.array([name(i) for i in world.owner], dtype=object)
    warm = there[world.began[there] > 0]  # who begins above the lowest tier was talked to on his first day
    case = np.append(warm, moves["case"])
    day = np.append(world.created[warm], moves["day"])
    customers = pd.DataFrame({
        "id": ids[there], "owner": owner[there], "tier": tier[there],
        "created": clock.days(world.created[there]).astype("datetime64[s]"), "closed": closed[there],
    })  # fmt: skip
    activities = pd.DataFrame({
        "at": clock.days(day).astype("datetime64[s]"), "id": ids[case], "owner": owner[case],
        "tier_after": np.append(world.began[warm], moves["tier"]).astype(np.int8),
    })  # fmt: skip
    won = world.won[(world.won["day"] <= today) & ~(world.won["back"] <= today)]
    people = [name(i) for i in range(len(world.skills)) if i != NEWCOMER or world.starts[i] <= today]
    first, last = clock.days(np.array([0, len(clock) - 1])).astype(object)
    return Known(
        customers,
        activities,
        _orders(won, world, ids, owner),
        people,
        tiers,
        calendar_of("zh", first, last),
        as_of,
        period or month_of(as_of),
    )


def came(world: World, known: Known) -> pd.DataFrame:
    """Orders (date, id, owner) after `as_of` up to the period's end that were not taken back."""
    first, last = (int(world.clock.number(day)) for day in (known.as_of, known.period.end))
    won = world.won[(world.won["day"] > first) & (world.won["day"] <= last) & world.won["back"].isna()]
    ids = np.array([f"K{i + 1:05d}" for i in range(len(world.owner))], dtype=object)
    return _orders(won, world, ids, np.array([name(i) for i in world.owner], dtype=object))


def _orders(won: pd.DataFrame, world: World, ids: np.ndarray, owner: np.ndarray) -> pd.DataFrame:
    case = won["case"].to_numpy()
    day = world.clock.days(won["day"].to_numpy()).astype("datetime64[s]")
    return pd.DataFrame({"date": day, "id": ids[case], "owner": owner[case]})
