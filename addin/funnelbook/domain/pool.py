"""The pool (公海): after how long without contact or how many calls in vain a customer goes there, and who could take him on."""

from __future__ import annotations

import numpy as np

from funnelbook.domain.dtypes import A_DAY, NO_DAY, At, Counts, Flags, Moments, Numbers

SOON = (7, 5, 3)  # days before a customer falls due, of which a manager is told
DAYS_A_WEEK, WORKED_A_WEEK = 7, 5
_MOST_DAYS = 36_600  # beyond that a typing slip, which must not lead out of the calendar
_DAY = "datetime64[D]"
_NOISE = 1e-9


def due(since: Moments, promise: Moments, days: Numbers) -> Moments:
    """The day each customer falls due (datetime64[D]; NaT: never): `days` after the day `since` which nobody is in contact with him.

    Whoever agreed a day, `promise` (NaT: none), has until then. `days`: NaN without a rule.
    """
    known = ~np.isnan(days)
    length = np.clip(np.ceil(np.where(known, days, 0.0)), 0, _MOST_DAYS).astype("timedelta64[D]")
    found = np.fmax(since.astype(_DAY) + length, promise.astype(_DAY) + A_DAY)
    return np.where(known & ~np.isnat(since), found, NO_DAY)


def in_vain(at: Moments, customer: At, tried: Flags, reached: Flags, since: Moments) -> Counts:
    """Calls of each customer in a row in which nobody was reached, up to the last one, those up to the day `since` (NaT: none) left out.

    `at`, `customer` (position, -1: unknown), `tried` (a call) and `reached`: of each activity.
    """
    time, known = at.astype("datetime64[s]"), customer >= 0
    last = np.full(len(since), np.iinfo(np.int64).min)
    met = known & reached
    np.maximum.at(last, customer[met], time[met].astype(np.int64))
    counts = known & tried & ~reached
    own, when = customer[counts], time[counts]
    late = (when.astype(np.int64) > last[own]) & ~(when.astype(_DAY) <= since[own].astype(_DAY))
    return np.bincount(own[late], minlength=len(since))


def calls_a_week(cadence_days: Numbers) -> Numbers:
    """Calls a week that a customer takes who is called every so many days, at most one a day."""
    return DAYS_A_WEEK / np.maximum(1.0, cadence_days)


def takers(load: Numbers, barred: At, cases: Numbers, room: Numbers) -> At:
    """Who could take each customer (position among people; -1: nobody): of those who have room for him who has fewest cases.

    `load`: calls a week each customer takes; those of most are placed first, of equals those named first. `barred`: who is not to get
    him (-1: nobody). `cases`, `room`: what each of the people has, and calls a week he still has; 0 or less: none.
    """
    found = np.full(len(load), -1, dtype=np.intp)
    cases, room = cases.astype(float), room.astype(float)
    alike, group = np.unique(np.column_stack([-load, barred]), axis=0, return_inverse=True)
    for number, (minus_load, not_to) in enumerate(alike):
        rows, each = np.flatnonzero(group.ravel() == number), -minus_load
        most = np.clip(np.floor(room / each + _NOISE), 0, len(rows)).astype(np.intp)
        if not_to >= 0:
            most[int(not_to)] = 0
        who = np.repeat(np.arange(len(room)), most)
        nth = np.arange(len(who)) - np.repeat(np.cumsum(most) - most, most)
        given = who[np.lexsort((who, cases[who] + nth))[: len(rows)]]
        found[rows[: len(given)]] = given
        taken = np.bincount(given, minlength=len(room))
        cases, room = cases + taken, room - taken * each
    return found
