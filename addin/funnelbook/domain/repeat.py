"""What existing customers bring (四分之一): their repeat orders, those that care brought, and the effort they take."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import At, Counts, Flags, Moments

WITHIN_DAYS = 60  # an order so many days after a care contact was brought by it: about the way through all tiers
NEW, OLD = "new", "old"
_DAY = "datetime64[D]"
_APART = 10**8  # more days than a date can hold, so that customers never mix


def bought_before(who: At, day: Moments, buyers: At, bought: Moments) -> Flags:
    """Whether customer `who` had an order on a day before `day`; `buyers` and `bought` are the orders. Source: method C2."""
    firsts = pd.Series(np.asarray(bought, dtype=_DAY).astype("datetime64[s]")).groupby(np.asarray(buyers)).min()
    first = firsts.reindex(who).to_numpy(_DAY)
    return first < np.asarray(day, dtype=_DAY)


def care_contacts(who: At, day: Moments, stays: pd.DataFrame, won: int) -> Flags:
    """Which contacts were care: the customer had bought, and no new case was open when the day began.

    `stays` as in history.Timeline. The call that opens the next case is care, what follows in that case is selling.
    """
    entered = _places(stays["customer"].to_numpy(), stays["entered"].to_numpy(_DAY))
    at = np.searchsorted(entered, _places(who, day), side="left") - 1
    found = np.maximum(at, 0)
    his = (at >= 0) & (np.append(stays["customer"].to_numpy(), -1)[found] == who)
    return his & (np.append(stays["tier"].to_numpy(), -1)[found] == won)


def brought(who: At, day: Moments, cared: At, on: Moments, within: int = WITHIN_DAYS) -> Flags:
    """Which orders (`who`, `day`) came at most `within` days after a care contact (`cared`, `on`), that day included."""
    contacts = np.sort(_places(cared, on))
    orders = _places(who, day)
    at = np.searchsorted(contacts, orders, side="right") - 1
    last = np.append(contacts, -_APART)[at]  # before the first: the one far in the past
    return orders - last <= within


def _places(who: At, day: Moments) -> Counts:
    """Customers and days as one number, ordered by customer, then day."""
    return np.asarray(who, dtype=np.int64) * _APART + np.asarray(day, dtype=_DAY).astype(np.int64)
