"""What each person did: calls, connects, moves up, quotes, orders and money, cases closed, promises due and kept."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain import promises
from funnelbook.results.goals import won_moves
from funnelbook.results.situation import Situation

COUNTS = ("calls", "connects", "moves_up", "quotes", "orders", "amount", "margin")


def counts(situation: Situation, first: date, last: date) -> dict[str, np.ndarray]:
    """COUNTS of the team and of each person from `first` to `last`, both included; money 0 without orders.

    moves_up: into a higher tier, orders not among them. Source: numbers.md 8.
    """
    activities, orders, stays = situation.activities, won_moves(situation), situation.timeline.stays
    calls = activities[activities["is_call"].to_numpy()]
    climbed = (stays["from_tier"] >= 0) & (stays["tier"] > stays["from_tier"]) & (stays["tier"] < situation.tiers.n)

    def sums(rows: pd.DataFrame, day: str, values: str | None = None) -> np.ndarray:
        rows = between(rows, day, first, last)
        return situation.per_person(rows["owner"], rows[values] if values else None)

    return {
        "calls": sums(calls, "at"),
        "connects": sums(calls[calls["connected"].to_numpy()], "at"),
        "moves_up": sums(stays[climbed], "entered"),
        "quotes": sums(activities[activities["quoted"].to_numpy()], "at"),
        "orders": sums(orders, "day"),
        "amount": sums(orders, "day", "amount"),
        "margin": sums(orders, "day", "margin"),
    }


def closed_cases(situation: Situation) -> pd.DataFrame:
    """Cases won or lost in the window of the rates: owner at the end, won, quoted (a quote was made in the case)."""
    stays, tiers = situation.timeline.stays, situation.tiers
    began = stays.groupby("case")["entered"].min()
    ended = stays[(stays["tier"] >= tiers.won) & (stays["from_tier"] >= 0)]
    ended = between(ended, "entered", window_start(situation), situation.as_of)
    quotes = situation.activities[situation.activities["quoted"].to_numpy()]
    who = pd.Index(situation.customers["id"]).get_indexer(quotes["id"].to_numpy(object))
    made = np.sort(_moment(who, quotes["at"].to_numpy("datetime64[D]"))[who >= 0])
    customer = ended["customer"].to_numpy()
    first = _moment(customer, began.reindex(ended["case"]).to_numpy("datetime64[D]"))
    last = _moment(customer, ended["entered"].to_numpy("datetime64[D]"))
    inside = np.searchsorted(made, last, side="right") - np.searchsorted(made, first, side="left")
    return pd.DataFrame(
        {
            "owner": ended["owner"].to_numpy(object),
            "won": (ended["tier"] == tiers.won).to_numpy(),
            "quoted": inside > 0,
        }
    )


def promised(situation: Situation) -> pd.DataFrame:
    """Promises (day, owner, done) of open and closed customers. Source: numbers.md 9."""
    tier = situation.timeline.current["tier"].to_numpy()
    is_open = (tier >= 0) & (tier < situation.tiers.n)
    return promises.due(situation.customers, situation.activities, is_open, situation.sight.edited, situation.calendar)


def window_start(situation: Situation) -> date:
    """The first day of the window of the rates."""
    return situation.as_of - timedelta(days=int(situation.settings.rate_window_days))


def between(rows: pd.DataFrame, day: str, first: date, last: date) -> pd.DataFrame:
    """Rows whose day lies between two days, both included."""
    at = rows[day].to_numpy("datetime64[D]")
    return rows[(at >= np.datetime64(first, "D")) & (at <= np.datetime64(last, "D"))]


def _moment(customer: np.ndarray, day: np.ndarray) -> np.ndarray:
    """One whole number a customer and day, in order of both."""
    return customer.astype(np.int64) * 10_000_000 + day.astype(np.int64)
