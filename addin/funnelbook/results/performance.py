"""What each person did: calls, connects, moves up, quotes, orders and money, cases closed, promises due and kept."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import A_DAY, At, Counts, Flags, Moments, Numbers
from funnelbook.results.goals import won_moves
from funnelbook.results.situation import Situation

COUNTS = ("calls", "connects", "moves_up", "quotes", "orders", "amount", "margin")


def counts(situation: Situation, first: date, last: date) -> dict[str, Numbers]:
    """COUNTS of the team and of each person from `first` to `last`, both included; money 0 without orders.

    moves_up: into a higher tier, orders not among them. Source: numbers.md 8.
    """
    activities, orders, stays = situation.activities, won_moves(situation), situation.timeline.stays
    climbed = (stays["from_tier"] >= 0) & (stays["tier"] > stays["from_tier"]) & (stays["tier"] < situation.tiers.n)
    climbed &= within(stays["entered"], first, last)
    lately = within(activities["at"], first, last)
    calls = lately & activities["is_call"].to_numpy()
    won = orders[within(orders["day"], first, last)]
    return {
        "calls": situation.per_person(activities["who"][calls]),
        "connects": situation.per_person(activities["who"][calls & activities["connected"].to_numpy()]),
        "moves_up": situation.per_person(stays["who"][climbed]),
        "quotes": situation.per_person(activities["who"][lately & activities["quoted"].to_numpy()]),
        "orders": situation.per_person(won["who"]),
        "amount": situation.per_person(won["who"], won["amount"]),
        "margin": situation.per_person(won["who"], won["margin"]),
    }


def closed_cases(situation: Situation) -> pd.DataFrame:
    """Cases won or lost in the window of the rates: who had it at the end, won, quoted (a quote was made in the case)."""
    stays, tiers = situation.timeline.stays, situation.tiers
    began = stays.groupby("case")["entered"].min()
    ended = stays[(stays["tier"] >= tiers.won) & (stays["from_tier"] >= 0)]
    ended = between(ended, "entered", window_start(situation), situation.as_of)
    quotes = situation.activities[situation.activities["quoted"].to_numpy()]
    whose = quotes["customer"].to_numpy()
    made = np.sort(_moment(whose, quotes["at"].to_numpy("datetime64[D]"))[whose >= 0])
    customer = ended["customer"].to_numpy()
    first = _moment(customer, began.reindex(ended["case"]).to_numpy("datetime64[D]"))
    last = _moment(customer, ended["entered"].to_numpy("datetime64[D]"))
    inside = np.searchsorted(made, last, side="right") - np.searchsorted(made, first, side="left")
    return pd.DataFrame(
        {
            "who": ended["who"].to_numpy(),
            "won": (ended["tier"] == tiers.won).to_numpy(),
            "quoted": inside > 0,
        }
    )


def window_start(situation: Situation) -> date:
    """The first day of the window of the rates."""
    return situation.as_of - timedelta(days=int(situation.settings.rate_window_days))


def between(rows: pd.DataFrame, day: str, first: date, last: date) -> pd.DataFrame:
    """Rows whose day lies between two days, both included."""
    return rows[within(rows[day], first, last)]


def within(days: pd.Series, first: date, last: date) -> Flags:
    """Which moments lie between two days, both included."""
    at = days.to_numpy()
    return (at >= np.datetime64(first)) & (at < np.datetime64(last, "D") + A_DAY)


def _moment(customer: At, day: Moments) -> Counts:
    """One whole number a customer and day, in order of both."""
    return customer.astype(np.int64) * 10_000_000 + day.astype(np.int64)
