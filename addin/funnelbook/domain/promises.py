"""Promises (约定): the days on which customers were to be contacted again, and whether they were."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import At, Flags, Moments
from funnelbook.domain.workdays import WorkCalendar

_DAY = "datetime64[D]"
_NEVER = np.datetime64("NaT", "D")


def due(
    customers: pd.DataFrame, activities: pd.DataFrame, is_open: Flags, edited: Flags, calendar: WorkCalendar
) -> pd.DataFrame:
    """A row a promise: customer (row position), day it is due, owner, done: whether the customer was contacted then.

    One for a day off is due on the next working day and kept by a contact on any day up to it. An activity's `next_contact`
    stands until the customer's next activity: one made before the day takes its place. Where the latest activity promises
    nothing, or the Customers cell is `edited` since, the cell does, for the customers `is_open` says. A day before its own contact is none.
    `customers`: owner, next_contact. `activities`: at, customer (row position, else -1), owner,
    next_contact. Source: method E3, numbers.md 9.
    """
    who = activities["customer"].to_numpy()
    order = np.lexsort((activities["at"].to_numpy(), who))  # stable: rows of the same minute stay as they stand
    order = order[who[order] >= 0]
    who, at = who[order], activities["at"].to_numpy(_DAY)[order]
    said = activities["next_contact"].to_numpy(_DAY)[order]
    last = np.r_[who[1:] != who[:-1], True] if len(who) else np.zeros(0, dtype=bool)
    following = np.where(last, _NEVER, np.r_[at[1:], _NEVER])
    stands = ~np.isnat(said) & (said >= at) & ~(following < said) & ~(last & edited[who])
    day = calendar.next_working(said)
    logged = pd.DataFrame(
        {
            "customer": who[stands],
            "day": day[stands].astype("datetime64[s]"),
            "owner": activities["owner"].to_numpy(object)[order][stands],
            "done": (following <= day)[stands],
        }
    )
    by_hand = np.asarray(is_open, dtype=bool).copy()
    by_hand[who[last & ~np.isnat(said)]] = False
    by_hand |= is_open & edited
    return pd.concat([logged, _typed(customers, who, at, by_hand, calendar)], ignore_index=True)


def _typed(customers: pd.DataFrame, who: At, at: Moments, by_hand: Flags, calendar: WorkCalendar) -> pd.DataFrame:
    """Promises that only the Customers cell tells."""
    cell = customers["next_contact"].to_numpy(_DAY)
    day = calendar.next_working(cell)
    rows = np.flatnonzero(by_hand & ~np.isnat(cell))
    kept = np.zeros(len(customers), dtype=bool)
    kept[who[(at >= cell[who]) & (at <= day[who])]] = True
    return pd.DataFrame(
        {
            "customer": rows,
            "day": day[rows].astype("datetime64[s]"),
            "owner": customers["owner"].to_numpy(object)[rows],
            "done": kept[rows],
        }
    )
