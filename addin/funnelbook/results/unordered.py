"""Customers who are said to have bought, and of whom no order is known: the sale counts nowhere."""

from __future__ import annotations

import numpy as np

from funnelbook.book.problems import Problems
from funnelbook.domain.tier_log import ACTIVITY, MANUAL
from funnelbook.results.making import step
from funnelbook.results.situation import Situation


@step()
def unordered(situation: Situation) -> Problems:
    """Customers whom a call or the Customers sheet moved to Won in a case without an order since it began; one problem a customer.

    Nothing where the workbook keeps no orders: there the moves to Won count as such. Source: desk.md 3.
    """
    problems = Problems()
    if not situation.has_orders:
        return problems
    stays, customers = situation.timeline.stays, situation.customers
    # stays run in time: the last of each customer is where he is, the first of its case where it began
    first = stays.drop_duplicates("case").set_index("case")["entered"]
    now = stays.drop_duplicates("customer", keep="last")
    now = now[(now["tier"] == situation.tiers.won) & now["source"].isin((ACTIVITY, MANUAL))]
    ordered = situation.orders.groupby("customer")["date"].max().reindex(now["customer"]).to_numpy("datetime64[D]")
    lacks = ~(ordered >= first.reindex(now["case"]).to_numpy("datetime64[D]"))
    at = np.sort(now["customer"].to_numpy()[lacks])
    problems.add(
        "Customers", "tier", "won_without_order", customers["row"].to_numpy()[at], customers["id"].to_numpy(object)[at]
    )
    return problems
