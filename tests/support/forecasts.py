"""The two tiers of forecast.md 2, and stays written as a table."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain.hazards import Evidence, Hazards, by_age, by_tier
from funnelbook.domain.stays import GOES_ON, NOBODY, NOWHERE, Stays
from funnelbook.domain.tiers import Tiers
from support.worked import rows

TWO = Tiers.from_frame(pd.DataFrame({"code": ["B", "A"], "rate": [0.6, 0.8], "dwell_days": [7.0, 5.0]}))
BINS = np.array([0, 1, 2])
B, A, WON, LOST = range(4)


def worked_evidence() -> Evidence:
    """N and X of the worked example."""
    moves = np.zeros((2, 3, 4))
    moves[B, :, A], moves[B, :, LOST] = [6, 3, 1], [1, 1, 2]
    moves[A, :, WON], moves[A, :, LOST], moves[A, :, B] = [5, 2, 1], [0, 1, 1], [0, 0, 1]
    return Evidence(np.array([[30.0, 20, 50], [12, 6, 10]]), moves)


def worked_default() -> np.ndarray:
    """m of the worked example, with f = 1."""
    return np.array([[0, 0.6 / 7, 0, 0.4 / 7], [0, 0, 0.8 / 5, 0.2 / 5]])


def worked_hazards(people: np.ndarray | None = None) -> Hazards:
    """h of the worked example."""
    evidence = worked_evidence()
    hazard = by_age(evidence, by_tier(evidence, worked_default(), TWO.dwell_days, 20), 20)
    return Hazards(hazard, np.ones((1, 2)) if people is None else people, 0.2, BINS)


def stays(text: str, tiers: Tiers = TWO) -> Stays:
    """Stays of `customer | tier | entered | left` lines in order (`seen`, `who` optional); an end has no left."""
    frame = rows(text, "seen who")
    customer = frame["customer"].astype(int).to_numpy()
    tier = tiers.encode(frame["tier"]).astype(np.int64)
    entered = _days(frame["entered"])
    left = np.where(frame["left"].isna(), GOES_ON, _days(frame["left"]))
    goes_on = np.r_[customer[1:] == customer[:-1], False]
    begins = np.r_[True, ~goes_on[:-1] | (tier[:-1] >= tiers.n)]
    return Stays(
        customer=customer,
        case=np.cumsum(begins) - 1,
        tier=tier,
        entered=entered,
        left=left,
        seen=np.where(frame["seen"].isna(), entered, _days(frame["seen"])),
        to=np.where(goes_on, np.roll(tier, -1), NOWHERE),
        who=frame["who"].fillna(NOBODY).astype(int).to_numpy(),
        begins=begins,
        initial=frame["seen"].notna().to_numpy(),
        tiers=tiers.n,
    )


def _days(cells: pd.Series) -> np.ndarray:
    return pd.to_datetime(cells).to_numpy("datetime64[D]").astype(np.int64)


def day(text: str) -> date:
    """A date as it is written."""
    return date.fromisoformat(text)


def until(of: Stays, last: int) -> Stays:
    """What was known on the evening of a day: later stays gone, later ends not yet come."""
    kept = (of.entered <= last) & (of.seen <= last)
    parts = {one.name: getattr(of, one.name)[kept] for one in fields(of) if one.name != "tiers"}
    later = parts["left"] > last
    parts["left"] = np.where(later, GOES_ON, parts["left"])
    parts["to"] = np.where(later, NOWHERE, parts["to"])
    return Stays(**parts, tiers=of.tiers)
