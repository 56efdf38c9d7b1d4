"""Customers who go to another owner, or to nobody: what changes in the input tables so that past results stay with the old one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from funnelbook.book.decode import Inputs
from funnelbook.domain.dtypes import At, Objects


def handed_over(inputs: Inputs, at: At, to: Objects) -> Mapping[str, pd.DataFrame]:
    """By input table the rows that change, with their new `owner`, when customers go `to` others (None: to nobody).

    `at`: positions of the customers. Activities and orders without an owner of their own counted for the customer's: they get the
    old one's name.
    """
    customers = inputs.frames["Customers"].iloc[at]
    was = customers.set_index("id")["owner"].dropna()
    changes = {"Customers": customers[["row"]].assign(owner=pd.Series(to, index=customers.index, dtype=object))}
    for name in ("Activities", "Orders"):
        frame = inputs.frames[name]
        past = frame.loc[frame["owner"].isna() & frame["id"].isin(was.index), ["row", "id"]]
        changes[name] = past[["row"]].assign(owner=past["id"].map(was).astype(object))
    return changes


def with_handed_over(inputs: Inputs, changes: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """The frames of the inputs as they are once the changes stand in the tables."""
    frames = dict(inputs.frames)
    for name, rows in changes.items():
        owner = frames[name]["owner"].copy()
        owner[rows.index] = rows["owner"]
        frames[name] = frames[name].assign(owner=owner)
    return frames
