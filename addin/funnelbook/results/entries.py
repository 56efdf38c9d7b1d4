"""What callers type into the call list: it stands there until it is in Activities."""

from __future__ import annotations

import pandas as pd

from funnelbook.book.schema import TABLES

ENTRIES = tuple(c.name for c in TABLES["CallList"].columns if c.entry)
_KEYS = list(TABLES["CallList"].keys)


def with_entries(listed: pd.DataFrame, standing: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """The new call list with the entries of the one that stands; rows with entries that are no longer listed end their person's list.

    `listed`, `standing`: CallList. `entries`: the entry columns of `standing` as typed.
    """
    typed = entries.notna().any(axis=1).to_numpy()
    if not typed.any():
        return listed
    old = standing.drop(columns=list(ENTRIES)).join(entries)[typed].drop_duplicates(_KEYS).set_index(_KEYS)
    new = listed.astype(dict.fromkeys(ENTRIES, object)).set_index(_KEYS)
    there = new.index.intersection(old.index)
    new.loc[there, list(ENTRIES)] = old.loc[there, list(ENTRIES)]
    gone = old.loc[old.index.difference(new.index, sort=False)].assign(rank=float("nan"))
    rows = pd.concat([new, gone]).reset_index() if len(gone) else new.reset_index()
    people = pd.factorize(rows["person"])[0]
    return rows.assign(at=people).sort_values("at", kind="stable", ignore_index=True)[list(listed.columns)]
