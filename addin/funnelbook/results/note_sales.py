"""Sales that notes tell, and the orders they are: none is drafted beside one that may be the same."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.decode import Inputs
from funnelbook.book.note_entries import body
from funnelbook.book.note_hedges import undone
from funnelbook.book.note_words import sales, sold_for
from funnelbook.domain.dtypes import At, Flags
from funnelbook.results.call_entries import DRAFTED, numbered

SOURCE = codes.NOTE
_DAY = "datetime64[D]"
_SAME_ORDER = pd.Timedelta(days=31)


class Fit(NamedTuple):
    """How sales fit orders. `same`: sales that an order stands for; `near`: by sale the position of an order within a month that stands
    for no other sale, where none is the same; -1 where there is none."""

    same: Flags
    near: At


def fit(sold: pd.DataFrame, orders: pd.DataFrame) -> Fit:
    """The Fit of sales (id, day, amount) to orders (id, day, amount): the same are of one day, or of one amount within a month."""
    pairs = sold.assign(sale=np.arange(len(sold))).merge(
        orders.assign(order=np.arange(len(orders))), on="id", suffixes=("", "_ordered")
    )
    gap = (pairs["day"] - pairs["day_ordered"]).abs()
    pairs = pairs.assign(gap=gap)[gap <= _SAME_ORDER]
    alike = (pairs["gap"] == pd.Timedelta(0)) | (pairs["amount"] == pairs["amount_ordered"])
    same = np.zeros(len(sold), dtype=bool)
    same[pairs.loc[alike, "sale"]] = True
    free = pairs[
        ~alike & ~pairs["sale"].isin(pairs.loc[alike, "sale"]) & ~pairs["order"].isin(pairs.loc[alike, "order"])
    ]
    nearest = free.sort_values("gap", kind="stable").drop_duplicates("sale")
    near = np.full(len(sold), -1)
    near[nearest["sale"]] = nearest["order"]
    return Fit(same, near)


def drafted(sold: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Rows of Orders (DRAFTED) of new sales (id, customer: its position, at, amount): of alike ones within a month the first, none
    where an order is the same or may be."""
    orders = inputs.frames["Orders"]
    mine = sold.assign(day=sold["at"].dt.normalize()).sort_values("day", kind="stable")
    again = mine.duplicated(["id", "day"]) | (mine.groupby(["id", "amount"])["day"].diff() <= _SAME_ORDER)
    mine = mine[~again]
    every = pd.concat([mine[["id", "day", "amount"]], told(inputs)[["id", "day", "amount"]]], ignore_index=True)
    same, near = fit(every, ordered(orders))
    mine = mine[~same[: len(mine)] & (near[: len(mine)] < 0)]
    stem = mine["day"].dt.strftime("%Y%m%d") + "-" + mine["id"]
    frame = pd.DataFrame(
        {
            "order_id": numbered(stem, orders["order_id"].dropna(), always=True),
            "date": mine["day"].to_numpy("datetime64[s]"),
            "id": mine["id"].to_numpy(object),
            "owner": inputs.frames["Customers"]["owner"].to_numpy(object)[mine["customer"].to_numpy(np.intp)],
            "amount": mine["amount"].to_numpy(float),
            "status": "valid",
        }
    )
    return frame[list(DRAFTED)]


def taken_back(entries: pd.DataFrame) -> pd.MultiIndex:
    """The (id, day) of sales that other entries (id, day, body) say were undone: of each the latest on its day or before.

    So is one that an entry itself took back as it grew.
    """
    undoes = np.array([undone(body) for body in entries["body"]], dtype=bool)
    known = entries[entries["id"].isin(entries["id"][undoes])]
    sells = np.array(sales([*known["body"]]), dtype=bool)
    back = entries[undoes].assign(
        back=np.arange(undoes.sum()), sells=np.array(sales([*entries["body"][undoes]]), dtype=bool)
    )
    pairs = known[sells].merge(back, on="id", suffixes=("", "_back"))
    pairs = pairs[(pairs["day"] < pairs["day_back"]) | ((pairs["day"] == pairs["day_back"]) & ~pairs["sells"])]
    latest = pairs[pairs["day"] == pairs.groupby("back")["day"].transform("max")]
    return pd.MultiIndex.from_frame(pd.concat([latest, back[~back["sells"]]])[["id", "day"]])


def in_log(log: pd.DataFrame) -> pd.DataFrame:
    """Entries of notes in the log: id, day, body."""
    of = log[(log["source"] == SOURCE).to_numpy(bool)]
    return of[["id"]].assign(day=of["at"].dt.normalize(), body=[body(str(text)) for text in of["note"]])


def told(inputs: Inputs) -> pd.DataFrame:
    """Sales with one amount among the entries of notes in the log: row, id, day, amount, note."""
    log, outcomes = inputs.frames["Activities"], inputs.frames["Outcomes"]
    won = outcomes.loc[(outcomes["tier_after"] == codes.WON).to_numpy(bool), "outcome"]
    of = log[(log["source"] == SOURCE).to_numpy(bool) & log["outcome"].isin(won).to_numpy(bool)]
    found = of[["row", "id", "note"]].assign(
        day=of["at"].dt.normalize(),
        amount=np.array([sold_for(body(str(text))) for text in of["note"]], dtype=float),
    )
    return found[found["amount"].notna().to_numpy()].reset_index(drop=True)


def ordered(orders: pd.DataFrame) -> pd.DataFrame:
    """Orders (id, day, amount) as sales are fitted to."""
    return orders[["id", "amount"]].assign(day=orders["date"].dt.normalize())
