"""The Customers cell of the next contact as it was last seen: a cell typed over since goes before what the log says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import Flags

_MOMENT = "datetime64[s]"


@dataclass(frozen=True)
class NextContacts:
    """`edited`: whose cell was typed over; `called`: who was called since it was seen; `seen`: id, next_contact, at, what is to be
    remembered of the cells."""

    edited: Flags
    called: Flags
    seen: pd.DataFrame


def next_contacts(customers: pd.DataFrame, latest: pd.DataFrame, before: pd.DataFrame) -> NextContacts:
    """The NextContacts of the customers (id, next_contact), `before` being the `seen` of last time; without any nothing was typed over.

    `latest`: each customer's latest activity. A cell typed over counts until the customer's next activity (at: when the latest
    one was as the cell was seen), whatever becomes of it. Blank cells are not remembered. Source: numbers.md 9.
    """
    cell = customers["next_contact"].to_numpy(_MOMENT)
    at = latest["at"].to_numpy(_MOMENT)
    then = before.drop_duplicates("id").set_index("id").reindex(customers["id"].to_numpy(object))
    was, was_at = then["next_contact"].to_numpy(_MOMENT), then["at"].to_numpy(_MOMENT)
    known = customers["id"].isin(before["id"]).to_numpy()
    called_since = known & ((at > was_at) | (np.isnat(was_at) & ~np.isnat(at)))
    changed = (cell != was) & ~(np.isnat(cell) & np.isnat(was))
    edited = changed & ~called_since & (len(before) > 0)
    seen = pd.DataFrame(
        {
            "id": customers["id"].to_numpy(object),
            "next_contact": np.where(edited, was, cell),
            "at": np.where(edited & known, was_at, at),
        }
    )
    return NextContacts(edited, called_since, seen[edited | ~np.isnat(cell)].reset_index(drop=True))
