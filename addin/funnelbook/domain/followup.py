"""Follow-up (跟进): when to call whom next, and in which order."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import At, Counts, Flags, Moments, Numbers, Objects
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar

PROMISED, OVERDUE, CARE, CADENCE, NEW, WARM, COLD = "promised", "overdue", "care", "cadence", "new", "warm", "cold"
TOP_TIERS = 2
MOST_CADENCE = 3_660  # days; beyond that a typing slip, which must not lead out of the calendar
_DAY = "datetime64[D]"
_LAST = np.datetime64("9999-12-31", "D")


class _Group(IntEnum):
    """The parts of a person's list, in their order."""

    PROMISED, CARE, TOP, OTHER, NEW, SENT, WARM, COLD = range(8)


_WHY = np.array([PROMISED, CARE, CADENCE, CADENCE, NEW, CARE, WARM, COLD], dtype=object)  # of each group
_BY_WORTH = (_Group.OTHER, _Group.WARM, _Group.COLD)


class CareDue(NamedTuple):
    """Care that is due, by customer."""

    since: Moments  # the day it fell due; NaT: none is due
    talk: Flags  # whether it is a talk; what is only sent may come after it


class Filling(NamedTuple):
    """What a call list is filled up with: open cases that are not due yet."""

    cold: Flags  # which customers' cases are cold
    gain: Numbers  # orders a minute spent on each customer brings
    most: Numbers | float  # the length of the list, of each person or for each, up to which it is filled


def next_contact(tier: At, last_contact: Moments, cadence_days: Numbers, calendar: WorkCalendar) -> Moments:
    """The day of the next contact (datetime64[D]): the tier's cadence after the last one, moved on to a working day.

    `tier` numbers the tiers from the lowest; one without cadence (-1, Won, Lost) and a missing day give NaT. Source: numbers.md 9.
    """
    tier = np.asarray(tier, dtype=np.intp)
    last = np.asarray(last_contact, dtype=_DAY)
    known = (tier >= 0) & (tier < len(cadence_days)) & ~np.isnat(last)
    cadence = np.clip(np.asarray(cadence_days, dtype=float), 0.0, MOST_CADENCE)
    days = np.ceil(np.append(cadence, 0.0))[np.where(known, tier, -1)].astype(np.int64)
    due = np.where(known, last + days, np.datetime64("NaT", "D"))
    return calendar.next_working(due)


def promises(customers: pd.DataFrame, latest: pd.DataFrame, edited: Flags | None = None) -> Moments:
    """The day each customer was promised the next contact (datetime64[D], NaT: none), kept promises left out.

    It is the `next_contact` of the `latest` activity, as `latest_activity` gives it; the Customers cell where there is none, or
    where `edited` says that the cell was typed over since it was last seen. A cell's day is kept once the customer was contacted
    on it or later. Source: numbers.md 9.
    """
    said = latest["next_contact"].to_numpy(_DAY)
    cell = customers["next_contact"].to_numpy(_DAY)
    cell = np.where(_kept(cell, latest), np.datetime64("NaT", "D"), cell)
    typed = np.zeros(len(customers), dtype=bool) if edited is None else np.asarray(edited, dtype=bool)
    return np.where(typed | np.isnat(said), cell, said)


def purposes(customers: pd.DataFrame, latest: pd.DataFrame, edited: Flags | None = None) -> Objects:
    """Why each customer is to be called again (text, None: nobody said), from where `promises` takes the day; else the other.

    Source: method E7, numbers.md 9.
    """
    said = latest["next_purpose"].to_numpy(object)
    cell = customers["next_purpose"].to_numpy(object)
    cell = np.where(_kept(customers["next_contact"].to_numpy(_DAY), latest), None, cell)
    typed = np.zeros(len(customers), dtype=bool) if edited is None else np.asarray(edited, dtype=bool)
    first, second = np.where(typed, cell, said), np.where(typed, said, cell)
    purpose = np.where(pd.isna(first), second, first)
    purpose[pd.isna(purpose)] = None
    return purpose


def call_list(
    customers: pd.DataFrame,
    latest: pd.DataFrame,
    tiers: Tiers,
    as_of: date,
    *,
    promise: Moments,
    tries: Counts,
    chance: Numbers,
    median_amount: float,
    calendar: WorkCalendar,
    limit: Numbers | float | None = None,
    new: Numbers | float | None = None,
    max_tries: int = 2,
    who: At | None = None,
    filling: Filling | None = None,
    care: CareDue | None = None,
) -> pd.DataFrame:
    """Whom to call on the day `as_of`, best first: customer (row of `customers`), who, why, due, last_contact, tries, worth.

    `customers`: tier (number), expected_value, created, do_not_call. `latest` as `latest_activity` gives it. `promise` as
    `promises`, `tries` as `tries_of_the_day` gives them. `who` numbers the person of each customer (-1: nobody's list; None:
    all are one person's); `chance`: of an order of each customer (NaN: no open case), `limit` and `new` per person or for each.
    Order within a person's list: promised and overdue, oldest first; the two highest tiers past their cadence; other tiers past
    cadence by chance x expected value / minutes (`worth`); at most `new` prospects never called, oldest first. With `filling`
    cold cases are called of these only as promised, and the list goes on with warm cases not yet due, then with cold ones, by
    gain: neither those who have a day agreed nor those spoken to that day. Customers not due otherwise whose `care` is come for
    it, those for a talk right after the promises, those for what is sent after the new prospects, oldest first. Never:
    do_not_call, Lost, numbers tried `max_tries` times that day. Source: method E2, numbers.md 9, forecast.md 8.
    """
    today = np.datetime64(as_of, "D")
    tier = customers["tier"].to_numpy().astype(np.intp)
    who = np.zeros(len(customers), dtype=np.intp) if who is None else np.asarray(who, dtype=np.intp)
    last = latest["at"].to_numpy(_DAY)
    allowed = (who >= 0) & ~customers["do_not_call"].to_numpy(bool) & (tier != tiers.lost) & (tries < max_tries)
    open_case = (tier >= 0) & (tier < tiers.n)
    waiting = np.isnat(promise)
    never = np.isnat(last)
    by_cadence = next_contact(tier, last, tiers.cadence_days, calendar)
    created = customers["created"].to_numpy(_DAY)
    past = open_case & waiting & np.where(never, tier > 0, by_cadence <= today)
    group = np.select(
        [promise <= today, past & (tier >= tiers.n - TOP_TIERS), past, waiting & never & (tier == 0)],
        [_Group.PROMISED, _Group.TOP, _Group.OTHER, _Group.NEW],
        default=-1,
    )
    if filling is not None:
        rest = open_case & waiting & ~(last >= today)
        group = np.where(rest & filling.cold, _Group.COLD, np.where(rest & (group < 0), _Group.WARM, group))
    if new is not None:
        group = _no_more_new(group, allowed, created, who, new, otherwise=-1 if filling is None else _Group.WARM)
    since = np.full(len(customers), np.datetime64("NaT"), dtype=_DAY) if care is None else care.since
    if care is not None:
        for_care = ~np.isnat(since) & ((group < 0) | (group >= _Group.WARM))
        group = np.where(for_care, np.where(care.talk, _Group.CARE, _Group.SENT), group)
    due = np.select(
        [group == _Group.PROMISED, np.isin(group, (_Group.CARE, _Group.SENT)), group >= 0],
        [promise, since, np.where(never, created, by_cadence)],
        np.datetime64("NaT", "D"),
    )
    value = customers["expected_value"].fillna(median_amount).to_numpy(float)
    minutes = np.append(tiers.minutes, [1.0, 1.0, 1.0])
    worth = np.nan_to_num(chance) * value / np.maximum(minutes[tier], 1.0)
    chosen = np.flatnonzero(allowed & (group >= 0))
    oldest = np.where(np.isnat(due), _LAST, due)[chosen].astype(np.int64)
    # within the groups that are ranked by worth the day decides between equals, elsewhere worth does
    gain = -worth if filling is None else np.where(group >= _Group.WARM, -filling.gain, -worth)
    by_worth = np.isin(group[chosen], _BY_WORTH)
    first, second = np.where(by_worth, gain[chosen], oldest), np.where(by_worth, oldest, -worth[chosen])
    chosen = chosen[np.lexsort((chosen, second, first, group[chosen], who[chosen]))]
    before = pd.Series(chosen).groupby(who[chosen]).cumcount().to_numpy()
    most = np.full(len(chosen), np.inf) if limit is None else _of(limit, who[chosen])
    if filling is not None:
        most = np.where(group[chosen] >= _Group.WARM, np.minimum(most, _of(filling.most, who[chosen])), most)
    chosen = chosen[before < most]
    late = (group[chosen] == _Group.PROMISED) & (promise[chosen] < today)
    return pd.DataFrame(
        {
            "customer": chosen,
            "who": who[chosen],
            "why": np.where(late, OVERDUE, _WHY[group[chosen]]),
            "due": due[chosen].astype("datetime64[s]"),
            "last_contact": last[chosen].astype("datetime64[s]"),
            "tries": tries[chosen],
            "worth": worth[chosen],
        }
    )


def _no_more_new(
    group: At,
    allowed: Flags,
    created: Moments,
    who: At,
    new: Numbers | float,
    otherwise: int,
) -> At:
    """The groups of the list once each person's prospects beyond the `new` oldest are of the group `otherwise`."""
    fresh = np.flatnonzero(allowed & (group == _Group.NEW))
    oldest = np.where(np.isnat(created), _LAST, created)[fresh]
    fresh = fresh[np.lexsort((fresh, oldest, who[fresh]))]
    before = pd.Series(fresh).groupby(who[fresh]).cumcount().to_numpy()
    group = group.copy()
    group[fresh[before >= _of(new, who[fresh])]] = otherwise
    return group


def _kept(day: Moments, latest: pd.DataFrame) -> Flags:
    """Whether the customer was contacted on a promised day or later."""
    return day <= latest["at"].to_numpy(_DAY)


def _of(bound: Numbers | float, who: At) -> Numbers | float:
    """The bound of each person numbered in `who`."""
    return bound if np.ndim(bound) == 0 else np.asarray(bound)[who]


def latest_activity(customers: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """The latest activity of each customer, aligned with them, blank where there is none; of two at the same time the lower row.

    `activities`: at, customer (row position, -1: unknown); all their columns are given back. Source: numbers.md 9.
    """
    whose = activities["customer"].to_numpy()
    rows = np.argsort(activities["at"].to_numpy(), kind="stable")
    rows = rows[whose[rows] >= 0]
    last = np.full(len(customers), -1)
    last[whose[rows]] = rows  # of several the last stays
    return activities.reset_index(drop=True).reindex(last).reset_index(drop=True)


def tries_of_the_day(customers: pd.DataFrame, activities: pd.DataFrame, as_of: date) -> Counts:
    """Calls of the day to each customer's number, whoever it belongs to and whoever called; without a number, to the customer.

    `customers`: all of them, id, phone. `activities`: at, customer (row position), is_call; of unknown ones (-1) they do not count.
    """
    number = customers["phone"].where(customers["phone"].notna(), customers["id"]).to_numpy(object)
    today = activities["at"].to_numpy(_DAY) == np.datetime64(as_of, "D")
    calls = activities[today & activities["is_call"].to_numpy(bool)]
    at = calls["customer"].to_numpy()
    counts = pd.Series(number[at[at >= 0]], dtype=object).value_counts()
    return counts.reindex(number).fillna(0).to_numpy().astype(int)
