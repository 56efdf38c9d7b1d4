"""The calls a handed-out workbook brings back: those typed into its call list, and those known already by another id."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from funnelbook.book import result_tables
from funnelbook.book.decode import Inputs
from funnelbook.book.handout_copy import Base, keyed
from funnelbook.book.identity import CONTENT_ID
from funnelbook.book.ports import Book
from funnelbook.book.problems import Problems
from funnelbook.book.schema import TABLES
from funnelbook.domain.tier_log import MANUAL, SEEN
from funnelbook.results.call_entries import CALL_ENTRIES, Columns, Entered, entered, saved_on

_LOGGED = (("History", "at"), ("PlanHistory", "as_of"))  # by a refresh, of its day
_SAME_CALL = ["at", "id", "owner"]
_FROM_LIST = "l"  # in front of the id such a call would get from a refresh of the list's day


def from_list(
    theirs: Book, given: Inputs, base: Base, team: Inputs, columns: Columns, as_of: date
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """(rows of Activities, of Orders, of Problems) of what was typed into the call list handed out, read as a refresh reads it.

    A call is of the day it was saved on, else of the list's, and keeps its id and that day however often it is collected. `columns`:
    those the team's tables have.
    """
    standing = result_tables.read_all(theirs)
    if "CallList" not in standing:
        return pd.DataFrame(), pd.DataFrame(), pd.DataFrame()
    listed, day = standing["CallList"], _day_of(standing, base)
    log = given.frames["Activities"]
    ids = log["activity_id"].map(lambda key: key.removeprefix(_FROM_LIST), na_action="ignore")
    frames = {name: given.frames[name] for name in ("Customers", "Orders")} | {
        "Activities": log.assign(activity_id=ids)
    }
    inputs = replace(team, frames=team.frames | frames)

    @cache
    def typed(on: date) -> Entered:
        return entered(listed.frame, listed.entries, inputs, columns, on, theirs.date1904)

    found = typed(saved_on(theirs.saved, day, as_of) or day)
    ids = [f"{_FROM_LIST}{key}" for key in typed(day).activities["activity_id"]]
    calls = _each_of_its_day(typed, found, ids, team.frames["Activities"]).assign(owner=base.person)
    problems = Problems()
    for fault in found.faults:
        problems.add("CallList", fault.column, fault.code, [fault.at], [fault.value])
    rows = problems.frame(team.settings.language)
    customers = found.waiting["id"].iloc[rows["row"].astype(int)].astype(str).to_numpy(object)
    return calls, found.orders.assign(owner=base.person), rows.assign(problem=customers + ": " + rows["problem"])


def _each_of_its_day(
    typed: Callable[[date], Entered], found: Entered, ids: Sequence[str], log: pd.DataFrame
) -> pd.DataFrame:
    """The calls `found` with their `ids`; one that the team's log has already says what it says on the day it has there."""
    calls = found.activities
    if len(ids) != len(calls):  # what can be read on one day only has no number of the list's day
        return calls.assign(activity_id=[f"{_FROM_LIST}{key}" for key in calls["activity_id"]], at=_midnight(calls))
    known = log.dropna(subset="activity_id").drop_duplicates("activity_id").set_index("activity_id")["at"]
    logged = known.reindex(list(ids)).dt.normalize().to_numpy("datetime64[s]")
    calls = calls.assign(activity_id=list(ids), at=_midnight(calls))
    for day in np.unique(logged[~np.isnat(logged)]):
        then = typed(day.astype("datetime64[D]").item()).activities
        if len(then) == len(calls):
            then = then.assign(activity_id=list(ids), at=_midnight(then)).set_axis(calls.index)
            calls = pd.concat([calls[logged != day], then[logged == day]]).sort_index()
    return calls


def _midnight(calls: pd.DataFrame) -> pd.Series:
    """Not after the day's other calls: these change, and the call would be another."""
    return pd.to_datetime(calls["at"]).dt.normalize()


def _day_of(standing: dict[str, result_tables.ResultTable], base: Base) -> date:
    """The day the list is of: that of the last refresh of their own, else that of the handout."""
    logged = [standing[name].frame[column].max() for name, column in _LOGGED if name in standing]
    return max([base.day, *(day.date() for day in logged if pd.notna(day))])


def logged_since(frame: pd.DataFrame, ours: pd.DataFrame, base: Base) -> np.ndarray:
    """Which rows of a person's log are calls collected from their list before, which their own refresh has logged since.

    `ours`: the team's log as `keyed` gives it.
    """
    here, given = keyed("Activities", frame), base.frames["Activities"].index
    new = ~here.index.isin(given) & ~here.index.isin(ours.index)
    listed = ours.index.astype(str).str.match(rf"{_FROM_LIST}\d{{8}}-") & (ours["owner"] == base.person)
    left = ours[listed & ~ours.index.isin(given) & ~ours.index.isin(here.index)]
    same = ["id", *CALL_ENTRIES.values()]
    found = np.zeros(len(frame), dtype=bool)
    found[new] = numbered(here[new], same).isin(numbered(left, same))
    return found


def drafted_since(orders: pd.DataFrame, day: date) -> pd.DataFrame:
    """The orders of a person's book drafted from calls since it was handed out: of that day or later, numbered by day and customer."""
    stem = orders["date"].dt.strftime("%Y%m%d-") + orders["id"]
    numbers = orders["order_id"].fillna("")
    drafted = [bool(re.fullmatch(rf"{re.escape(s)}-\d+", n)) for s, n in zip(stem.fillna("-"), numbers, strict=True)]
    return orders[np.array(drafted, dtype=bool) & (orders["date"] >= pd.Timestamp(day)).to_numpy()]


def new_orders(
    drafted: pd.DataFrame, ours: pd.DataFrame, theirs: pd.Series
) -> tuple[pd.DataFrame, list[tuple[str, float]]]:
    """(those of a person's drafted orders the team lacks, number and amount of those it has with another amount).

    An order collected from the list before and drafted by the person's own refresh since has another day; it is known by
    customer and amount, each once. `theirs`: the numbers in the person's book.
    """
    amounts = ours.dropna(subset="order_id").drop_duplicates("order_id").set_index("order_id")["amount"]
    there = drafted["order_id"].isin(amounts.index).to_numpy(bool)
    known = drafted[there]
    other = known[known["amount"].to_numpy(float) != amounts[known["order_id"]].to_numpy(float)]
    left = drafted_since(ours, date.min)
    left = left[~left["order_id"].isin(theirs).to_numpy(bool)]
    new, same = drafted[~there], ["id", "amount"]
    fresh = new[~numbered(new, same).isin(numbered(left, same))]
    return fresh, list(zip(other["order_id"], other["amount"], strict=True))


def corrected(frame: pd.DataFrame, ours: pd.DataFrame, base: pd.DataFrame) -> pd.Series:
    """The id in `ours` by the id in a person's log of calls typed without one, collected, and corrected since.

    Such a call has the id of what it says, so that corrected it has another; it is known by when, to whom and whose it was.
    `ours`: the collected calls as `keyed` gives them.
    """
    here = keyed("Activities", frame)
    new = here[here.index.astype(str).str.fullmatch(CONTENT_ID) & ~here.index.isin([*base.index, *ours.index])]
    old = ours[ours.index.astype(str).str.fullmatch(CONTENT_ID) & ~ours.index.isin([*base.index, *here.index])]
    ids = pd.Series(old.index, index=numbered(old, _SAME_CALL), dtype=object)
    return pd.Series(ids.reindex(numbered(new, _SAME_CALL)).to_numpy(object), index=new.index, dtype=object).dropna()


def numbered(rows: pd.DataFrame, columns: list[str]) -> pd.MultiIndex:
    """Rows by some of their columns, equal ones by their number too, so that each is matched once."""
    return pd.MultiIndex.from_frame(rows[columns].assign(number=rows.groupby(columns).cumcount()))


def tiers_written(theirs: Book, since: date) -> dict[str, str]:
    """The tier that a person's own refresh wrote into a customer's cell, by id: last seen there, and no move somebody made."""
    place = result_tables.present(theirs).get("History")
    if place is None:
        return {}
    log = result_tables.read(theirs, TABLES["History"], place).frame
    moved = log[(log["source"] == MANUAL) & (log["at"] >= pd.Timestamp(since))]
    made = set(zip(moved["id"], moved["to_tier"], strict=True))
    seen = log[log["source"] == SEEN].drop_duplicates("id", keep="last")
    return {key: tier for key, tier in zip(seen["id"], seen["to_tier"], strict=True) if (key, tier) not in made}


def with_tiers_of(base: Base, customers: pd.DataFrame, written: Mapping[str, str]) -> pd.DataFrame:
    """A person's customers, tiers that a refresh wrote as they were handed out: the team's log says what they are."""
    then = base.frames["Customers"]["tier"].replace("", None)
    by_refresh = (customers["tier"] == customers["id"].map(written)) & customers["id"].isin(then.index)
    return customers.assign(tier=customers["tier"].mask(by_refresh, customers["id"].map(then)))
