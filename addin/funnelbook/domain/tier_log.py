"""The log of tiers: what the History table says of every customer, and the rows it lacks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import NO_DAY, At, Counts, Flags, Moments, Objects
from funnelbook.domain.tiers import Tiers

_Cells = At | Moments | Objects | Sequence[object]

START, INITIAL, MANUAL, ACTIVITY, ORDER, SEEN = "start", "initial", "manual", "activity", "order", "seen"
_SOURCES = (START, INITIAL, MANUAL, ACTIVITY, ORDER, SEEN)  # as they are logged within one day
NOT_LOGGED = np.iinfo(np.int64).max
LOG_COLUMNS = ("at", "id", "from_tier", "to_tier", "owner", "source")


class TierLog:
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
        kept = np.flatnonzero((source == MANUAL) & (who >= 0) & (at <= today) & (tier >= 0))
        self.manual = events_of(who[kept], at[kept], tier[kept], owner[kept], MANUAL)
        before = _keys(who[kept], at[kept], tier[kept], np.full(len(kept), SEEN, dtype=object))
        sights = np.flatnonzero(np.isin(self.keys, before)) if len(kept) else kept
        over = pd.DataFrame(
            {"key": self.keys[sights], "row": sights, "over": tiers.encode(log["from_tier"].iloc[sights])}
        )
        # the sight logged with the move is the first behind it: a cell may be typed over twice a day
        typed = pd.merge_asof(pd.DataFrame({"key": before, "row": kept}), over, on="row", by="key", direction="forward")
        self.manual = self.manual.assign(row=kept, over=typed["over"].fillna(-1).to_numpy(np.int8))

    def rows_of(self, events: pd.DataFrame) -> At:
        """The row of the log in which each event stands first; far behind the last where it does not."""
        keys = _keys(
            events["customer"].to_numpy(),
            events["day"].to_numpy("datetime64[D]"),
            events["tier"].to_numpy(),
            events["source"].to_numpy(object),
        )
        rows = np.flatnonzero(np.isin(self.keys, keys))
        first = pd.Series(rows, index=self.keys[rows])
        return first[~first.index.duplicated()].reindex(keys, fill_value=NOT_LOGGED).to_numpy(np.int64)


def unlogged(
    stays: pd.DataFrame,
    typed_over: pd.DataFrame,
    customers: pd.DataFrame,
    typed: At,
    exists: Flags,
    logged: TierLog,
    tiers: Tiers,
    today: np.datetime64,
) -> pd.DataFrame:
    """Rows History lacks, by day, customer and source: first sights, cells seen changed, moves."""
    owner = customers["owner"].to_numpy(object)
    new = np.flatnonzero(exists & ~logged.known)
    created = customers["created"].to_numpy("datetime64[D]")
    first_sight = events_of(
        new,
        np.where(created[new] <= today, created[new], today),
        np.where(typed[new] < 0, 0, typed[new]),
        owner[new],
        INITIAL,
    )
    other = np.flatnonzero(exists & (typed != logged.seen))
    seen = events_of(other, np.full(len(other), today), typed[other], owner[other], SEEN)
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
    fresh = ~pd.Index(keys).isin(logged.keys) | np.isin(source, (SEEN, MANUAL))
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


def events_of(customer: _Cells, day: _Cells, tier: _Cells, owner: _Cells, source: str) -> pd.DataFrame:
    """A row an event: customer (row position), day, tier (int8), owner, and the one `source` of all."""
    return pd.DataFrame(
        {
            "customer": np.asarray(customer, dtype=np.intp),
            "day": np.asarray(day, dtype="datetime64[D]").astype("datetime64[s]"),
            "tier": np.asarray(tier, dtype=np.int8),
            "owner": np.asarray(owner, dtype=object),
            "source": np.full(len(customer), source, dtype=object),
        }
    )


def _codes(source: Objects) -> Counts:
    number = {name: i for i, name in enumerate(_SOURCES)}
    codes, uniques = pd.factorize(source)
    return np.array([*(number.get(u, len(number)) for u in uniques), len(number)], dtype=np.int64)[codes]


def _keys(who: At, day: Moments, tier: At, source: Objects) -> Counts:
    """One whole number a row of History: customer, day, tier and source."""
    days = day.astype("datetime64[D]").astype(np.int64) + 1_000_000
    return ((who.astype(np.int64) * 4_000_000 + days) * 16 + tier + 1) * 8 + _codes(source)
