"""What happened to every customer: which tier, from which day to which, in which case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import NO_DAY
from funnelbook.domain.tiers import Tiers

Cells = np.ndarray | pd.Series | Sequence[object]

START, INITIAL, MANUAL, ACTIVITY, ORDER, SEEN = "start", "initial", "manual", "activity", "order", "seen"
_RANK = {START: 0, INITIAL: 0, MANUAL: 1, ACTIVITY: 2, ORDER: 3}  # within one day the later rank has the last word
_SOURCES = (START, INITIAL, MANUAL, ACTIVITY, ORDER, SEEN)  # as they are logged within one day
LOG_COLUMNS = ("at", "id", "from_tier", "to_tier", "owner", "source")


@dataclass(frozen=True)
class Timeline:
    """Tier history of all customers up to a day, that day included. Source: numbers.md 1.

    `stays`: a row a stay in a tier, in order of customer and time: customer (row position), case, tier (int8), entered and
    left (datetime64[D], left NaT while it lasts), from_tier (-1 for a customer's first), owner, source (start, initial,
    manual, activity, order).
    `current`: aligned with the customers: tier (-1 when there is no such customer yet), since.
    `worked`: a row a customer with tiered activity: customer, day and owner of the first one.
    `first_seen`: aligned with the customers: the day the workbook first saw each (datetime64[D]), `as_of` when it does now.
    `log_rows`: what History lacks (LOG_COLUMNS, tiers as codes).
    """

    stays: pd.DataFrame
    current: pd.DataFrame
    worked: pd.DataFrame
    first_seen: np.ndarray
    log_rows: pd.DataFrame


def timeline(
    customers: pd.DataFrame,
    activities: pd.DataFrame | None,
    orders: pd.DataFrame | None,
    log: pd.DataFrame | None,
    tiers: Tiers,
    as_of: date,
    last_logged: date | None = None,
) -> Timeline:
    """The Timeline of `customers` (id, owner, tier as number, created, closed) as of a day.

    `activities`: at, id, owner, tier_after as number. `orders`: date, id, owner, the valid ones. `log`: the History table.
    Rows of unknown customers and days after `as_of` are left out. A case starts in the lowest tier on the day the customer was
    entered; a customer without tiered activity starts where History or the Customers table places him, which is no move.
    When `as_of` precedes `last_logged`, what is typed now says nothing about that day: no manual move, no row to log.
    """
    today = np.datetime64(as_of, "D")
    log = pd.DataFrame(columns=list(LOG_COLUMNS)) if log is None else log
    index = pd.Index(customers["id"].to_numpy(object))
    logged = _Log(log, index, tiers, today)
    live = last_logged is None or as_of >= last_logged
    calls = _activity_events(activities, index, today)
    moves = pd.concat([calls, _order_events(orders, index, tiers, today)])
    first = _edge_days(len(customers), moves, last=False)
    created = customers["created"].to_numpy("datetime64[D]")
    exists = ~(created > today) | ~np.isnat(first)
    typed = customers["tier"].to_numpy()
    changed = exists & logged.known & (typed >= 0) & (typed != logged.seen) & live
    typed_over = _manual_now(customers, typed, changed, pd.concat([moves, logged.manual]), tiers, today)
    manual = pd.concat([logged.manual, typed_over])
    events = pd.concat([_starts(customers, moves, logged, exists, created, first, manual, today), manual, moves])
    stays = _stays(events, tiers)
    current = _current(stays, len(customers))
    rows = _unlogged(stays, typed_over, customers, typed, exists, logged, tiers, today) if live else log.iloc[:0]
    worked = calls.drop_duplicates("customer")[["customer", "day", "owner"]].reset_index(drop=True)
    return Timeline(stays, current, worked, logged.first_seen, rows[list(LOG_COLUMNS)].reset_index(drop=True))


class _Log:
    """What the History table says up to a day, by customer position."""

    def __init__(self, log: pd.DataFrame, index: pd.Index, tiers: Tiers, today: np.datetime64) -> None:
        at = log["at"].to_numpy("datetime64[D]")
        who = index.get_indexer(log["id"].to_numpy(object))
        tier = tiers.encode(log["to_tier"])
        source = log["source"].to_numpy(object)
        owner = log["owner"].to_numpy(object)
        self.keys = _keys(who, at, tier, source)
        self.known = np.zeros(len(index), dtype=bool)
        self.initial_tier = np.full(len(index), -1, dtype=np.int8)
        self.initial_day = np.full(len(index), NO_DAY, dtype="datetime64[D]")
        initial = (source == INITIAL) & (who >= 0)
        self.known[who[initial]] = True
        self.initial_tier[who[initial]] = tier[initial]
        self.initial_day[who[initial]] = at[initial]
        self.initial_owner = np.full(len(index), None, dtype=object)
        self.initial_owner[who[initial]] = owner[initial]
        self.seen = np.full(len(index), -1, dtype=np.int8)
        seen = np.flatnonzero((source == SEEN) & (who >= 0) & (at <= today))
        seen = seen[np.argsort(at[seen], kind="stable")]  # numpy keeps the last of repeated positions
        self.seen[who[seen]] = tier[seen]
        self.first_seen = np.full(len(index), today)
        self.first_seen[who[seen[::-1]]] = at[seen[::-1]]
        kept = (source == MANUAL) & (who >= 0) & (at <= today) & (tier >= 0)
        self.manual = _events(who[kept], at[kept], tier[kept], owner[kept], MANUAL)


def _activity_events(activities: pd.DataFrame | None, index: pd.Index, today: np.datetime64) -> pd.DataFrame:
    if activities is None:
        return _events([], [], [], [], ACTIVITY)
    tiered = activities[activities["tier_after"].to_numpy() >= 0]
    at = tiered["at"].to_numpy("datetime64[s]")
    who = index.get_indexer(tiered["id"].to_numpy(object))
    keep = np.flatnonzero((who >= 0) & (at.astype("datetime64[D]") <= today))
    keep = keep[
        np.argsort(at[keep], kind="stable")
    ]  # the order within a day; rows of the same minute stay as they stand
    return _events(
        who[keep],
        at[keep].astype("datetime64[D]"),
        tiered["tier_after"].to_numpy()[keep],
        tiered["owner"].to_numpy(object)[keep],
        ACTIVITY,
    )


def _order_events(orders: pd.DataFrame | None, index: pd.Index, tiers: Tiers, today: np.datetime64) -> pd.DataFrame:
    if orders is None:
        return _events([], [], [], [], ORDER)
    day = orders["date"].to_numpy("datetime64[D]")
    who = index.get_indexer(orders["id"].to_numpy(object))
    keep = (who >= 0) & (day <= today)
    won = np.full(keep.sum(), tiers.won, dtype=np.int8)
    return _events(who[keep], day[keep], won, orders["owner"].to_numpy(object)[keep], ORDER)


def _manual_now(
    customers: pd.DataFrame,
    typed: np.ndarray,
    changed: np.ndarray,
    events: pd.DataFrame,
    tiers: Tiers,
    today: np.datetime64,
) -> pd.DataFrame:
    """Tier cells typed over since they were last seen: moves of today, or of `closed` when nothing happened since then."""
    last = _edge_days(len(customers), events, last=True)
    closed = customers["closed"].to_numpy("datetime64[D]")
    on_closed = (typed >= tiers.won) & (closed <= today) & (np.isnat(last) | (closed > last))
    day = np.where(on_closed, closed, today)
    who = np.flatnonzero(changed)
    return _events(who, day[who], typed[who], customers["owner"].to_numpy(object)[who], MANUAL)


def _starts(
    customers: pd.DataFrame,
    moves: pd.DataFrame,
    logged: _Log,
    exists: np.ndarray,
    created: np.ndarray,
    first: np.ndarray,
    manual: pd.DataFrame,
    today: np.datetime64,
) -> pd.DataFrame:
    """Where and when every customer begins."""
    worked = np.zeros(len(customers), dtype=bool)
    worked[moves.loc[moves["source"] == ACTIVITY, "customer"].to_numpy()] = True
    placed = np.where(logged.initial_tier >= 0, logged.initial_tier, customers["tier"].to_numpy())
    tier = np.where(worked | (placed < 0), 0, placed)
    first = np.fmin(first, _edge_days(len(customers), manual, last=False))
    entered = np.where(np.isnat(created), np.where(worked, first, logged.initial_day), created)
    entered = np.fmin(np.where(np.isnat(entered), today, entered), first)
    # whoever was first seen with him keeps the case when the customer is handed over
    owner = np.where(pd.isna(logged.initial_owner), customers["owner"].to_numpy(object), logged.initial_owner)
    who = np.flatnonzero(exists)
    events = _events(who, np.fmin(entered, today)[who], tier[who], owner[who], START)
    return events.assign(source=np.where(tier[who] > 0, INITIAL, START))


def _stays(events: pd.DataFrame, tiers: Tiers) -> pd.DataFrame:
    """Events in order, repeats of the tier one is in dropped, with case and end of each stay."""
    rank = events["source"].map(_RANK).to_numpy()
    order = np.lexsort((np.arange(len(events)), rank, events["day"].to_numpy(), events["customer"].to_numpy()))
    events = events.iloc[order]
    who, tier = events["customer"].to_numpy(), events["tier"].to_numpy()
    moved = np.r_[True, (who[1:] != who[:-1]) | (tier[1:] != tier[:-1])] if len(events) else np.zeros(0, dtype=bool)
    events, who, tier = events[moved], who[moved], tier[moved]
    same = np.r_[False, who[1:] == who[:-1]] if len(who) else np.zeros(0, dtype=bool)
    before = np.where(same, np.r_[np.int8(-1), tier[:-1]] if len(who) else tier, -1).astype(np.int8)
    day = events["day"].to_numpy("datetime64[D]")
    left = np.full(len(day), NO_DAY, dtype="datetime64[D]")
    left[:-1] = np.where(same[1:], day[1:], NO_DAY)
    return pd.DataFrame(
        {
            "customer": who,
            "case": np.cumsum(~same | (before >= tiers.won)) - 1,
            "tier": tier,
            "entered": day,
            "left": left,
            "from_tier": before,
            "owner": events["owner"].to_numpy(object),
            "source": events["source"].to_numpy(object),
        }
    )


def _current(stays: pd.DataFrame, customers: int) -> pd.DataFrame:
    tier = np.full(customers, -1, dtype=np.int8)
    since = np.full(customers, NO_DAY, dtype="datetime64[s]")
    tier[stays["customer"]] = stays["tier"]  # stays run in time: the last one of a customer remains
    since[stays["customer"]] = stays["entered"]
    return pd.DataFrame({"tier": tier, "since": since})


def _unlogged(
    stays: pd.DataFrame,
    typed_over: pd.DataFrame,
    customers: pd.DataFrame,
    typed: np.ndarray,
    exists: np.ndarray,
    logged: _Log,
    tiers: Tiers,
    today: np.datetime64,
) -> pd.DataFrame:
    """Rows History lacks, by day, customer and source: first sights, cells seen changed, moves."""
    owner = customers["owner"].to_numpy(object)
    new = np.flatnonzero(exists & ~logged.known)
    created = customers["created"].to_numpy("datetime64[D]")
    first_sight = _events(
        new,
        np.where(created[new] <= today, created[new], today),
        np.where(typed[new] < 0, 0, typed[new]),
        owner[new],
        INITIAL,
    )
    other = np.flatnonzero(exists & (typed != logged.seen))
    seen = _events(other, np.full(len(other), today), typed[other], owner[other], SEEN)
    happened = stays[stays["source"].isin((ACTIVITY, ORDER))].rename(columns={"entered": "day"})
    rows = pd.concat(
        [
            first_sight.assign(from_tier=-1),
            _with_origin(typed_over, stays),
            happened[["customer", "day", "tier", "owner", "source", "from_tier"]],
            seen.assign(from_tier=logged.seen[other]),
        ]
    )
    who, day, source = (
        rows["customer"].to_numpy(),
        rows["day"].to_numpy("datetime64[D]"),
        rows["source"].to_numpy(object),
    )
    keys = _keys(who, day, rows["tier"].to_numpy(), source)
    fresh = ~np.isin(keys, logged.keys) | np.isin(source, (SEEN, MANUAL))
    _, first = np.unique(keys, return_index=True)
    once = np.zeros(len(rows), dtype=bool)
    once[first] = True
    keep = np.flatnonzero(fresh & once)
    keep = keep[np.lexsort((_codes(source[keep]), who[keep], day[keep]))]
    rows = rows.iloc[keep]
    return pd.DataFrame(
        {
            "at": rows["day"].to_numpy("datetime64[D]").astype("datetime64[s]"),
            "id": customers["id"].to_numpy(object)[rows["customer"]],
            "from_tier": tiers.decode(rows["from_tier"]),
            "to_tier": tiers.decode(rows["tier"]),
            "owner": rows["owner"].to_numpy(object),
            "source": rows["source"].to_numpy(object),
        }
    )


def _with_origin(manual: pd.DataFrame, stays: pd.DataFrame) -> pd.DataFrame:
    """Manual moves with the tier they came from; one to the tier the customer is in came from there."""
    marked = stays.loc[stays["source"] == MANUAL, ["customer", "entered", "tier", "from_tier"]]
    keys = ["customer", "day", "tier"]
    joined = manual.merge(marked.rename(columns={"entered": "day"}), on=keys, how="left").drop_duplicates(keys)
    return joined.assign(from_tier=joined["from_tier"].fillna(joined["tier"]).astype(np.int8))


def _events(customer: Cells, day: Cells, tier: Cells, owner: Cells, source: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer": np.asarray(customer, dtype=np.intp),
            "day": np.asarray(day, dtype="datetime64[D]").astype("datetime64[s]"),
            "tier": np.asarray(tier, dtype=np.int8),
            "owner": np.asarray(owner, dtype=object),
            "source": np.full(len(customer), source, dtype=object),
        }
    )


def _edge_days(customers: int, events: pd.DataFrame, *, last: bool) -> np.ndarray:
    """First or last day of each customer's events; NaT without any."""
    order = np.argsort(events["day"].to_numpy(), kind="stable")[:: 1 if last else -1]
    days = np.full(customers, NO_DAY, dtype="datetime64[D]")
    days[events["customer"].to_numpy()[order]] = events["day"].to_numpy("datetime64[D]")[order]
    return days


def _codes(source: np.ndarray) -> np.ndarray:
    number = {name: i for i, name in enumerate(_SOURCES)}
    codes, uniques = pd.factorize(source)
    return np.array([*(number.get(u, len(number)) for u in uniques), len(number)], dtype=np.int64)[codes]


def _keys(who: np.ndarray, day: np.ndarray, tier: np.ndarray, source: np.ndarray) -> np.ndarray:
    """One whole number a row of History: customer, day, tier and source."""
    days = day.astype("datetime64[D]").astype(np.int64) + 1_000_000
    return ((who.astype(np.int64) * 4_000_000 + days) * 16 + tier + 1) * 8 + _codes(source)
