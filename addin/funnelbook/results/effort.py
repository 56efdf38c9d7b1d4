"""Effort (新老客户投入产出): calls, orders and amount of new customers against those who bought before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book.schema import ONE_DECIMAL, Chart, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.domain import pace, repeat
from funnelbook.domain.dtypes import At, Flags, Moments
from funnelbook.results import notes
from funnelbook.results.making import Made, makes, step
from funnelbook.results.situation import Situation
from funnelbook.words import say

EFFORT = Table(
    "Effort",
    Role.RESULT,
    sheet="care",
    order=290,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("kind", Kind.CODE, codes="customer_kind", key=True),
        Column("calls", Kind.COUNT, unit=Unit.CALLS),
        Column("orders", Kind.COUNT, unit=Unit.ORDERS),
        Column("amount", Kind.MONEY),
        Column("calls_per_order", Kind.NUMBER, unit=Unit.CALLS, number=ONE_DECIMAL),
        Column("amount_per_call", Kind.MONEY),
    ),
    charts=(
        Chart("old_new_amount", "column", "kind", (Series("amount_per_call"),)),
        Chart("old_new_calls", "column", "kind", (Series("calls_per_order", Tone.WARM),)),
    ),
)


@step()
def orders_of_customers(situation: Situation) -> pd.DataFrame:
    """Orders of known customers: at (customer row), day, who, amount; without an Orders table the moves to Won."""
    if situation.has_orders:
        orders = situation.orders
        frame = orders.assign(at=orders["customer"], day=orders["date"])
    else:
        stays = situation.timeline.stays
        won = stays[(stays["tier"] == situation.tiers.won) & (stays["from_tier"] >= 0)]
        frame = won.assign(at=won["customer"], day=won["entered"], amount=np.nan)
    return frame.loc[frame["at"] >= 0, ["at", "day", "who", "amount"]].reset_index(drop=True)


@makes(EFFORT, orders_of_customers)
def effort(situation: Situation, bought: pd.DataFrame) -> Made:
    """The Effort: the team, then each person, new against existing customers, over the window of the rates.

    A call or an order belongs to an existing customer from the day after the first order on. `bought` as of `orders_of_customers`.
    Source: method C2, numbers.md 10.
    """
    since = pd.Timestamp(situation.as_of) - pd.Timedelta(days=situation.settings.rate_window_days)
    calls = _calls(situation)
    parts = []
    for kind in (repeat.NEW, repeat.OLD):
        called, ordered = (
            frame[(frame["day"] > since).to_numpy() & (before(frame, bought) == (kind == repeat.OLD))]
            for frame in (calls, bought)
        )
        made, orders = situation.per_person(called["who"]), situation.per_person(ordered["who"])
        amount = situation.per_person(ordered["who"], ordered["amount"])
        amount = amount if situation.has_orders else np.full(len(amount), np.nan)
        parts.append(
            pd.DataFrame(
                {
                    "person": np.array(situation.rows, dtype=object),
                    "kind": kind,
                    "calls": made,
                    "orders": orders,
                    "amount": amount,
                    "calls_per_order": pace.completion(made, orders),
                    "amount_per_call": pace.completion(amount, made),
                }
            )
        )
    rows = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    said = say("effort_line", situation.language, days=int(situation.settings.rate_window_days))
    return Made(rows, note=notes.line(notes.as_of(situation), said), chart_rows=2)


def before(frame: pd.DataFrame, bought: pd.DataFrame) -> Flags:
    """Which rows (at, day) are of customers who had bought by then."""
    return repeat.bought_before(*at_and_day(frame), *at_and_day(bought))


def at_and_day(frame: pd.DataFrame) -> tuple[At, Moments]:
    """The columns at and day, as domain.repeat takes them."""
    return frame["at"].to_numpy(), frame["day"].to_numpy("datetime64[s]").astype("datetime64[D]")


def _calls(situation: Situation) -> pd.DataFrame:
    calls = situation.activities[situation.activities["is_call"].to_numpy(bool)]
    return pd.DataFrame({"at": calls["customer"], "day": calls["at"].dt.normalize(), "who": calls["who"]})
