"""What the log says last of customers goes back into their cells: tier, next contact and its purpose, objection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from funnelbook.book.place import Place
from funnelbook.domain.dtypes import Flags, Objects
from funnelbook.domain.next_contact import NextContacts
from funnelbook.domain.tier_log import ACTIVITY, INITIAL, LOG_COLUMNS, ORDER, SEEN
from funnelbook.domain.tiers import LOST, WON
from funnelbook.results.customers_told import Lower, Told
from funnelbook.results.situation import Situation

PROTECTED = "protected_sheet"
_STALE = frozenset(("customers", "next_contacts", "checked", "promised", "found"))  # what rests on cells that are set
Closed = Callable[[Collection[tuple[int, int]]], Mapping[tuple[int, int], str]]


def brought_up(situation: Situation, place: Place, closed: Closed) -> Situation:
    """The situation once Customers says what the log does, as `told` of it.

    A tier is set where the cell does not say the present one: a tier typed over is the present one already, as a move of its own,
    unless a call of that day has the later word. The next contact is set where nobody typed over it since the latest call, its
    purpose and the objection after a call. What disagreed already when last seen (in a workbook that was never written back, or
    seen for the first time) stays until a call since then speaks of it, as does a cell that cannot be read or that, as `closed`
    says, may not be set. Source: desk.md 3.
    """
    wanted = {name: of for name, of in _wanted(situation).items() if name in place.columns and len(of)}
    if not wanted:
        return situation
    rows = situation.customers["row"].to_numpy(np.intp)
    shut = closed([(int(row), place.columns[name]) for name, of in wanted.items() for row in rows[of.index]])
    cells: dict[str, pd.Series] = {}
    locked: set[int] = set()
    for name, of in wanted.items():
        said = [shut.get((int(row), place.columns[name])) for row in rows[of.index]]
        locked |= {at for at, code in zip(of.index, said, strict=True) if code == PROTECTED}
        cells[name] = of[[code is None for code in said]]
    lower = _lower(situation, cells["tier"]) if "tier" in cells else []
    told = Told({name: of for name, of in cells.items() if len(of)}, len(locked), lower)
    return _with(situation, told) if told.cells else replace_kept(situation, told=told)


def replace_kept(situation: Situation, **changes: object) -> Situation:
    """The situation with other fields, which nothing that was worked out rests on."""
    new = replace(situation, **changes)  # pyright: ignore[reportArgumentType] - of any field
    vars(new).update({name: found for name, found in vars(situation).items() if name not in vars(new)})
    return new


def tiers_seen(situation: Situation) -> pd.DataFrame:
    """Rows of History by which tiers just set are those last seen, and no moves."""
    of = situation.told.cells.get("tier")
    if of is None:
        return pd.DataFrame(columns=list(LOG_COLUMNS))
    customers = situation.customers.iloc[of.index]
    return pd.DataFrame(
        {
            "at": np.full(len(of), np.datetime64(situation.as_of, "s")),
            "id": customers["id"].to_numpy(object),
            "from_tier": situation.tiers.decode(customers["tier"]),
            "to_tier": of.to_numpy(object),
            "owner": customers["owner"].to_numpy(object),
            "source": SEEN,
        }
    )


def _wanted(situation: Situation) -> dict[str, pd.Series]:
    """The values that cells are to get, by column and position of the customer."""
    called, none = situation.called, np.zeros(len(situation.customers), dtype=bool)
    now = situation.customers["id"].isin(called).to_numpy() if called else none
    agreed = _agreed(situation, now)
    if not situation.settings.write_tiers:
        return {name: of[now[of.index]] for name, of in agreed.items()}
    found = {"tier": _tiers(situation, now), **agreed, "objection": _objections(situation, now)}
    # what calls of just now agree takes the place of whatever is there
    free = {name: ~_unreadable(situation, name) | (now if name in agreed else False) for name in found}
    return {name: of[free[name][of.index]] for name, of in found.items()}


def _tiers(situation: Situation, now: Flags) -> pd.Series:
    line, cell = situation.timeline, situation.customers["tier"].to_numpy()
    tier = line.current["tier"].to_numpy()
    worked = np.zeros(len(tier), dtype=bool)
    worked[line.worked["customer"].to_numpy()] = True
    at = np.flatnonzero((tier >= 0) & (tier != cell) & ((cell >= 0) | (tier > 0) | worked))
    at = at[now[at] | _may_follow(situation, situation.customers["id"].iloc[at])]
    return pd.Series(situation.tiers.decode(tier[at]), index=at, dtype=object)


def _lower(situation: Situation, new: pd.Series) -> list[Lower]:
    """Whose tiers fall, of those that are set anew."""
    customers = situation.customers.iloc[new.index]
    was, now = customers["tier"].to_numpy(), situation.tiers.encode(new)
    won, lost = situation.tiers.encode(np.array([WON, LOST], dtype=object))
    falls = (was >= 0) & (was != lost) & ((now < was) | ((now == lost) & (was < won)))
    names = customers["name"].fillna(customers["id"]).to_numpy(object)[falls]
    before = situation.tiers.decode(was[falls])
    return [Lower(str(name), str(old), str(of)) for name, old, of in zip(names, before, new[falls], strict=True)]


def _may_follow(situation: Situation, ids: pd.Series) -> Flags:
    """Which customers' tier cells said what the log did when last seen, or have a call or an order since."""
    if situation.history.empty:
        return np.zeros(len(ids), dtype=bool)
    log, new, calls = situation.history, situation.timeline.log_rows, situation.activities
    log = log[log["id"].isin(ids)]
    log = log.assign(move=log["source"] != INITIAL)  # any move overrides it, whatever its day
    log = log.sort_values(["move", "at"], kind="stable")
    sight = log["source"] == SEEN
    was, then = (
        situation.tiers.encode(ids.map(of.drop_duplicates("id", keep="last").set_index("id")["to_tier"]))
        for of in (log[~sight], log[sight])
    )
    moved = new.loc[new["source"].isin((ACTIVITY, ORDER)), "id"]
    told = calls.loc[(calls["tier_after"] >= 0).to_numpy() & _of_late(situation, calls), "id"]
    return (np.maximum(was, 0) == np.maximum(then, 0)) | ids.isin([*moved, *told]).to_numpy()  # a blank is the lowest


def _of_late(situation: Situation, calls: pd.DataFrame) -> Flags:
    """Which calls are of days after the last one logged: those of the day itself were known."""
    return calls["at"].to_numpy("datetime64[D]") > np.datetime64(situation.last_logged or situation.as_of)


def _agreed(situation: Situation, now: Flags) -> dict[str, pd.Series]:
    """The next contact and its purpose, as the latest call says."""
    customers, latest, known = situation.customers, situation.latest, situation.next_contacts
    said, cell = (frame["next_contact"].to_numpy("datetime64[D]") for frame in (latest, customers))
    seen = len(situation.last_seen) > 0
    recent = _of_late(situation, latest) & seen & ~known.edited
    day = ~np.isnat(said) & (now | (known.called & seen) | (recent & np.isnat(cell))) & (said != cell)
    purpose, there = (frame["next_purpose"].to_numpy(object) for frame in (latest, customers))
    blank, silent = pd.isna(there), pd.isna(purpose)
    fresh = now | day | (known.called & seen)
    other = ~np.isnat(said) & ~silent & (blank & recent | fresh & (purpose != there))
    emptied = now & ~np.isnat(said) & silent & ~blank
    at, of = np.flatnonzero(day), np.flatnonzero(other | emptied)
    return {
        "next_contact": pd.Series(said[at].astype("datetime64[s]"), index=at),
        "next_purpose": pd.Series(np.where(silent, None, purpose)[of], index=of, dtype=object),
    }


def _objections(situation: Situation, now: Flags) -> pd.Series:
    """The objection the latest call met; in a blank cell the last one any call met."""
    there, latest = (frame["objection"].to_numpy(object) for frame in (situation.customers, situation.latest))
    if situation.last_seen.empty and not now.any():
        return pd.Series(dtype=object)
    fresh = (now | situation.next_contacts.called) & ~pd.isna(latest) & (latest != there)
    last = situation.last_said("objection")
    recent = situation.next_contacts.called | _of_late(situation, situation.latest)
    filled = pd.isna(there) & ~pd.isna(last) & recent & (len(situation.last_seen) > 0)
    new: Objects = np.where(fresh, latest, last)
    at = np.flatnonzero(fresh | filled)
    return pd.Series(new[at], index=at, dtype=object)


def _unreadable(situation: Situation, name: str) -> Flags:
    rows = situation.inputs.problems.rows("Customers", name)
    return np.isin(situation.customers["row"].to_numpy(), rows)


def _with(situation: Situation, told: Told) -> Situation:
    """The situation with these cells set; a tier is told by the timeline, whatever its cell says."""
    customers, frame = situation.customers.copy(), situation.frames["Customers"].copy()
    for name, of in told.cells.items():
        if name != "tier":
            for one in (customers, frame):
                values = one[name].to_numpy(copy=True)
                values[of.index] = of.to_numpy()
                one[name] = values
    known, seen = situation.next_contacts, situation.next_contacts.seen
    if (days := told.cells.get("next_contact")) is not None:
        edited = known.edited.copy()
        edited[days.index] = False
        ids = customers["id"].to_numpy(object)[days.index]
        new = pd.DataFrame(
            {
                "id": ids,
                "next_contact": days.to_numpy("datetime64[s]"),
                "at": situation.latest["at"].to_numpy("datetime64[s]")[days.index],
            }
        )
        rows = pd.concat([seen[~seen["id"].isin(ids)], new], ignore_index=True)
        order = np.argsort(pd.Index(customers["id"]).get_indexer(pd.Index(rows["id"])), kind="stable")
        known = NextContacts(edited, known.called, rows.iloc[order].reset_index(drop=True))
    inputs = replace(situation.inputs, frames={**situation.frames, "Customers": frame})
    vars(inputs)["customer_at"] = situation.inputs.customer_at  # the ids are the same
    new = replace(situation, inputs=inputs, told=told)
    kept = {name: of for name, of in vars(situation).items() if name not in vars(new) and name not in _STALE}
    vars(new).update(kept | {"customers": customers, "next_contacts": known})
    return new
