"""What happened to every customer: which tier, from which day to which, in which case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import NO_DAY, At, Flags, Moments
from funnelbook.domain.tier_log import (
    ACTIVITY,
    INITIAL,
    LOG_COLUMNS,
    MANUAL,
    NOT_LOGGED,
    ORDER,
    START,
    TierLog,
    events_of,
    unlogged,
)
from funnelbook.domain.tiers import Tiers

_RANK = {START: 0, INITIAL: 0, MANUAL: 3, ACTIVITY: 4, ORDER: 5}  # within one day the later rank has the last word
_EARLIER = 3  # so many ranks earlier come calls and orders that were known when a tier was typed over


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
    first_seen: Moments
    log_rows: pd.DataFrame


def timeline(
    customers: pd.DataFrame,
    activities: pd.DataFrame | None,
    orders: pd.DataFrame | None,
    log: pd.DataFrame | None,
    tiers: Tiers,
    as_of: date,
    last_logged: date | None = None,
    called: Collection[str] = (),
) -> Timeline:
    """The Timeline of `customers` (id, owner, tier as number, created, closed) as of a day.

    `activities`: at, id, owner, tier_after as number. `orders`: date, id, owner, the valid ones. `log`: the History table;
    `called`: ids of customers whose latest call was entered just now. Rows of unknown customers and days after `as_of` are left
    out. A case starts in the lowest tier on the day the customer was entered; a customer without tiered activity starts where
    History or the Customers table places him, which is no move.
    When `as_of` precedes `last_logged`, what is typed now says nothing about that day: no manual move, no row to log.
    """
    today = np.datetime64(as_of, "D")
    log = pd.DataFrame(columns=list(LOG_COLUMNS)) if log is None else log
    index = pd.Index(customers["id"].to_numpy(object))
    logged = TierLog(log, index, tiers, today)
    live = last_logged is None or as_of >= last_logged
    calls = _activity_events(activities, index, today)
    moves = pd.concat([calls, _order_events(orders, index, tiers, today)])
    first = _edge_days(len(customers), moves, last=False)
    created = customers["created"].to_numpy("datetime64[D]")
    exists = ~(created > today) | ~np.isnat(first)
    typed = customers["tier"].to_numpy()
    changed = exists & logged.known & (typed >= 0) & (typed != logged.seen) & live
    typed_over = _manual_now(customers, typed, changed, pd.concat([moves, logged.manual]), tiers, today)
    now = typed_over.assign(row=NOT_LOGGED, over=logged.seen[typed_over["customer"]])
    manual = pd.concat([logged.manual, now])
    fresh = index.isin(list(called)) if called else np.zeros(len(index), dtype=bool)
    earlier = _EARLIER * _known_before(moves, manual, logged, fresh)
    starts = _starts(customers, moves, logged, exists, created, first, manual, today)
    events = pd.concat([starts, manual.drop(columns=["row", "over"]), moves])
    stays = _stays(events, np.r_[np.zeros(len(starts) + len(manual), dtype=np.int64), earlier], tiers)
    current = _current(stays, len(customers))
    rows = unlogged(stays, typed_over, customers, typed, exists, logged, tiers, today) if live else log.iloc[:0]
    worked = calls.drop_duplicates("customer")[["customer", "day", "owner"]].reset_index(drop=True)
    return Timeline(stays, current, worked, logged.first_seen, rows[list(LOG_COLUMNS)].reset_index(drop=True))


def _activity_events(activities: pd.DataFrame | None, index: pd.Index, today: np.datetime64) -> pd.DataFrame:
    if activities is None:
        return events_of([], [], [], [], ACTIVITY)
    tiered = activities[activities["tier_after"].to_numpy() >= 0]
    at = tiered["at"].to_numpy("datetime64[s]")
    who = index.get_indexer(tiered["id"].to_numpy(object))
    keep = np.flatnonzero((who >= 0) & (at.astype("datetime64[D]") <= today))
    keep = keep[
        np.argsort(at[keep], kind="stable")
    ]  # the order within a day; rows of the same minute stay as they stand
    return events_of(
        who[keep],
        at[keep].astype("datetime64[D]"),
        tiered["tier_after"].to_numpy()[keep],
        tiered["owner"].to_numpy(object)[keep],
        ACTIVITY,
    )


def _order_events(orders: pd.DataFrame | None, index: pd.Index, tiers: Tiers, today: np.datetime64) -> pd.DataFrame:
    if orders is None:
        return events_of([], [], [], [], ORDER)
    day = orders["date"].to_numpy("datetime64[D]")
    who = index.get_indexer(orders["id"].to_numpy(object))
    keep = (who >= 0) & (day <= today)
    won = np.full(keep.sum(), tiers.won, dtype=np.int8)
    return events_of(who[keep], day[keep], won, orders["owner"].to_numpy(object)[keep], ORDER)


def _manual_now(
    customers: pd.DataFrame,
    typed: At,
    changed: Flags,
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
    return events_of(who, day[who], typed[who], customers["owner"].to_numpy(object)[who], MANUAL)


def _starts(
    customers: pd.DataFrame,
    moves: pd.DataFrame,
    logged: TierLog,
    exists: Flags,
    created: Moments,
    first: Moments,
    manual: pd.DataFrame,
    today: np.datetime64,
) -> pd.DataFrame:
    """Where and when every customer begins.

    Whoever was there when the workbook was first refreshed, without a day of entry and never called, began who knows when.
    """
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
    events = events_of(who, np.fmin(entered, today)[who], tier[who], owner[who], START)
    there_before = np.isnat(created) & ~worked & (logged.first_seen == np.append(logged.first_seen, today).min())
    return events.assign(source=np.where((tier > 0) | there_before, INITIAL, START)[who])


def _known_before(moves: pd.DataFrame, manual: pd.DataFrame, logged: TierLog, fresh: Flags) -> Flags:
    """Which calls and orders were known when a tier was typed over on their day: that typed is the later word.

    Those in the log before it, and those not in it, as they said the tier that was typed over; unless the customer has a `fresh` call.
    """
    known = np.zeros(len(moves), dtype=bool)
    if moves.empty or manual.empty:
        return known
    touched = np.zeros(1 + max(moves["customer"].max(), manual["customer"].max()), dtype=bool)
    touched[manual["customer"].to_numpy()] = True
    at = np.flatnonzero(touched[moves["customer"].to_numpy()])
    of_day = moves.iloc[at].assign(at=at).merge(manual, on=["customer", "day"], suffixes=("", "_typed"))
    row = logged.rows_of(of_day)
    repeats = (
        (row == NOT_LOGGED) & (of_day["tier"] == of_day["over"]).to_numpy() & ~fresh[of_day["customer"].to_numpy()]
    )
    before = (row < of_day["row"].to_numpy()) | repeats
    known[of_day.loc[before, "at"].to_numpy()] = True
    return known


def _stays(events: pd.DataFrame, earlier: At, tiers: Tiers) -> pd.DataFrame:
    """Events in order, repeats of the tier one is in dropped, with case and end of each stay. `earlier`: ranks within the day."""
    rank = events["source"].map(_RANK).to_numpy() - earlier
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


def _edge_days(customers: int, events: pd.DataFrame, *, last: bool) -> Moments:
    """First or last day of each customer's events; NaT without any."""
    order = np.argsort(events["day"].to_numpy(), kind="stable")[:: 1 if last else -1]
    days = np.full(customers, NO_DAY, dtype="datetime64[D]")
    days[events["customer"].to_numpy()[order]] = events["day"].to_numpy("datetime64[D]")[order]
    return days
