"""The calls of a log: rows of one call joined, and calls that the workbook has already found again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.book.identity import CONTENT_ID, activity_ids
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import At, Flags

_TABLE = TABLES["Activities"]
_CALL = ["activity_id", "id"]
_NEXT_LEG = pd.Timedelta(minutes=10)  # between the end of a leg and the next; a numbering that starts again comes later
_ZONES = np.timedelta64(14, "h")  # two readings of one time are no further apart
_SURE_ID = 8  # letters: no numbering of a few calls that starts again
FILLED = (
    "owner",
    "channel",
    "connected",
    "minutes",
    "outcome",
    "tier_after",
    "quote",
    "next_contact",
    "next_purpose",
    "objection",
    "note",
)


def joined(calls: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """One row a call: its legs, tries over several lines and moves from desk to desk, are one.

    Rows of one customer with the same number of a call; where that is not said to be of all legs, each begins soon after the one
    before. The leg of most talk says who spoke and what came of it, the first when; talk at the same time counts once. `kept` as in
    LogRows.
    """
    said = kept.reindex(calls["row"])
    calls = calls.assign(activity_id=said["call"].to_numpy(object), connected=said["connected"].to_numpy(object))
    several = (calls["activity_id"].notna() & calls.duplicated(_CALL, keep=False)).to_numpy()
    if several.any():
        legs = calls[several].assign(
            linked=said["legs"].to_numpy(bool)[several], whole=said["whole"].to_numpy(float)[several]
        )
        parts = [part for part in (calls[~several], _one_a_call(legs)[calls.columns]) if len(part)]
        calls = pd.concat(parts).sort_values("row", kind="stable").reset_index(drop=True)
    again = calls["activity_id"].notna() & calls.duplicated("activity_id")  # the numbering starts again
    return calls.assign(activity_id=calls["activity_id"].astype(object).where(~again, None))


def _one_a_call(legs: pd.DataFrame) -> pd.DataFrame:
    talk = legs["minutes"].fillna(0.0)
    ends = legs["at"] + pd.to_timedelta(np.fmax(legs["whole"], talk), unit="min")
    legs = legs.assign(begins=ends - pd.to_timedelta(talk, unit="min"), ends=ends, talk=talk).sort_values(
        "at", kind="stable"
    )
    before = (
        legs.groupby(_CALL, sort=False)["ends"].cummax().groupby([legs[name] for name in _CALL], sort=False).shift()
    )
    apart = (legs["at"] - before > _NEXT_LEG) & ~legs["linked"]
    legs["part"] = apart.groupby([legs[name] for name in _CALL], sort=False).cumsum()
    key = [*_CALL, "part"]
    legs["call"] = legs.groupby(key, sort=False).ngroup()
    legs["reached"] = legs["connected"].eq(True)
    best = legs.sort_values(["reached", "talk"], kind="stable").drop_duplicates("call", keep="last").set_index("call")
    by_call = legs.groupby("call")
    in_vain = legs["connected"].eq(False) & by_call["reached"].transform("any")
    last = legs.assign(outcome=legs["outcome"].mask(in_vain)).groupby("call")[list(FILLED)].last()  # that is not blank
    for name in FILLED:
        best[name] = best[name].where(best[name].notna(), last[name])
    reached = by_call["reached"].any()
    best["connected"] = best["connected"].astype(object).where(~reached, True)
    best["at"] = by_call["at"].min()
    best["minutes"] = _talk(legs).where(by_call["minutes"].count() > 0)
    return best.reset_index(drop=True)


def _talk(legs: pd.DataFrame) -> pd.Series:
    """Minutes of talk of each call, what lies over each other once."""
    legs = legs.sort_values(["call", "begins"], kind="stable")
    until = legs.groupby("call")["ends"].cummax().groupby(legs["call"]).shift()
    new = legs["ends"] - legs["begins"].where(until.isna() | (legs["begins"] > until), until)
    minutes = (new.dt.total_seconds().clip(lower=0) / 60).groupby(legs["call"]).sum()
    return minutes.round(9)


@dataclass(frozen=True)
class Matched:
    """Calls of a log with an id each, and the position among the known ones that each is, -1 for a new one."""

    calls: pd.DataFrame
    known: At


def matched(calls: pd.DataFrame, seen: pd.DataFrame) -> Matched:
    """The calls that are among `seen`, by the log's own number, else by time and customer.

    A time may have been read in another zone before; one without seconds is any in that minute. Of calls at one time the first is
    the first. The ids of new calls follow from their content where the log has none that is free.
    """
    known, free = np.full(len(calls), -1, dtype=np.intp), np.ones(len(seen), dtype=bool)
    seen = seen.reset_index(drop=True)
    ids = seen["activity_id"]
    place = pd.Series(seen.index, index=ids)[~ids.duplicated().to_numpy()]
    at = calls["activity_id"].map(place).fillna(-1).to_numpy(np.intp)
    has = np.flatnonzero(at >= 0)
    mine, theirs = calls.iloc[has], seen.iloc[at[has]]
    away = np.abs(mine["at"].to_numpy() - theirs["at"].to_numpy())
    sure = mine["activity_id"].str.len().to_numpy() >= _SURE_ID if len(has) else np.zeros(0, dtype=bool)
    same = (mine["id"].to_numpy(object) == theirs["id"].to_numpy(object)) & (
        (away == np.timedelta64(0)) | (sure & (away <= _ZONES))
    )
    known[has[same]], free[at[has[same]]] = at[has[same]], False
    calls = calls.assign(activity_id=calls["activity_id"].astype(object).where((at < 0) | (known >= 0), None))
    numbered = ~ids.str.fullmatch(CONTENT_ID).to_numpy(bool)
    _by_time(calls, seen, known, free, numbered, "s")
    if _to_the_minute(calls) or _to_the_minute(seen):
        _by_time(calls, seen, known, free, numbered, "min")
    return Matched(_numbered(calls, set(ids)), known)


def _by_time(calls: pd.DataFrame, seen: pd.DataFrame, known: At, free: Flags, numbered: Flags, unit: str) -> None:
    """Matches what is left by customer and time; two that have a number each are one only when a second says so."""
    new, old = np.flatnonzero(known < 0), np.flatnonzero(free)
    if not len(new) or not len(old):
        return
    mine, theirs = calls.iloc[new], seen.iloc[old]
    found = pd.Index(_keys(theirs, unit)).get_indexer(pd.Index(_keys(mine, unit)))
    exact = (unit == "s") & (mine["at"].dt.second.to_numpy() > 0)
    fits = (found >= 0) & (exact | mine["activity_id"].isna().to_numpy() | ~numbered[old[found]])
    known[new[fits]], free[old[found[fits]]] = old[found[fits]], False


def _keys(frame: pd.DataFrame, unit: str) -> pd.MultiIndex:
    at = frame["at"].dt.floor(unit)
    turn = frame.groupby([at, frame["id"]], dropna=False).cumcount()
    return pd.MultiIndex.from_arrays([at.to_numpy(), frame["id"].to_numpy(object), turn.to_numpy()])


def _to_the_minute(frame: pd.DataFrame) -> bool:
    return len(frame) > 0 and bool(frame["at"].dt.second.eq(0).all())


def _numbered(calls: pd.DataFrame, taken: set[object]) -> pd.DataFrame:
    """Calls with an id each, none that another call has."""
    ids = activity_ids(_TABLE, calls)
    for i in np.flatnonzero(calls["activity_id"].isna() & ids.isin(taken)).tolist():
        stem, number = ids.iat[i], 2
        while f"{stem}-{number}" in taken or ids.eq(f"{stem}-{number}").any():
            number += 1
        ids.iat[i] = f"{stem}-{number}"
    return calls.assign(activity_id=ids)
