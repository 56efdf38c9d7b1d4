"""Sales of notes that need a look: an order stands twice, perhaps, or no more as the note says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book.problems import Problems
from funnelbook.domain.dtypes import Flags
from funnelbook.results.making import step
from funnelbook.results.note_sales import fit, in_log, ordered, taken_back, told
from funnelbook.results.situation import Situation

_TELLING = 8  # letters of an entry that two customers do not have by chance


@step()
def unclear_sales(situation: Situation) -> Problems:
    """Sales of notes beside an order that may be the same, in an entry that several customers have, told otherwise
    since, or taken back.

    Source: ownbooks.md 1; that an order stands twice, or no more as it was, must not go unsaid.
    """
    problems = Problems()
    sales, orders = told(situation.inputs), ordered(situation.inputs.frames["Orders"])
    if sales.empty:
        return problems
    row, amount = sales["row"].to_numpy(float), sales["amount"].to_numpy(float)
    now = situation.noted.sales_now.reindex(sales["row"]).to_numpy(float)
    same, _ = fit(sales, orders)
    _, near = fit(sales.assign(amount=np.where(np.isnan(now), amount, now)), orders)  # as the note has it by now
    at = np.flatnonzero(near >= 0)
    other = orders.iloc[near[at]]
    problems.add(
        "Activities", "note", "note_sale_near", row[at], sales["note"].iloc[at],
        sold=amount[at], day=_days(other["day"]), other=other["amount"].to_numpy(float),
    )  # fmt: skip
    letters = np.array([sum(sign.isalpha() for sign in text) for text in sales["note"]])
    copied = (letters >= _TELLING) & same & (sales.groupby("note")["id"].transform("nunique").to_numpy() > 1)
    problems.add("Activities", "note", "note_sale_copied", row[copied], sales["note"][copied])
    at = np.flatnonzero(~np.isnan(now) & (now != amount) & same & ~_has(orders, sales.assign(amount=now)))
    problems.add("Activities", "note", "note_sale_changed", row[at], sales["note"].iloc[at], sold=now[at])
    log, valid = situation.inputs.frames["Activities"], _valid(situation.inputs.frames["Orders"])
    back = taken_back(in_log(log[log["id"].isin(sales["id"])]))
    at = pd.MultiIndex.from_frame(sales[["id", "day"]]).isin(back) & fit(sales, ordered(valid)).same
    problems.add("Activities", "note", "note_sale_undone", row[at], sales["note"][at], sold=amount[at])
    return problems


def _valid(orders: pd.DataFrame) -> pd.DataFrame:
    return orders[orders["status"].isna() | (orders["status"] == "valid")]


def _has(orders: pd.DataFrame, sales: pd.DataFrame) -> Flags:
    """Whether there is an order of each sale's customer, day and amount."""
    key = ["id", "day", "amount"]
    return pd.MultiIndex.from_frame(sales[key]).isin(pd.MultiIndex.from_frame(orders[key]))


def _days(of: pd.Series) -> np.ndarray:
    return np.array([day.date() for day in of], dtype=object)
