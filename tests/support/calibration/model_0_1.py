"""The forecast of 0.1.0, kept to be compared with: whole weeks, every day of a tier alike, no look back."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pandas as pd

from support.calibration.known import Known

_PRIOR_CASES, _PACE_WEEKS = 20, 4


def forecast(known: Known, weeks: int | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The chance of each open case as told to the team, the orders of new prospects by row, the chances as told to each person.

    `weeks`: that many, rather than the period's left, which 0.1.0 rounds up with the day that is over.
    """
    if weeks is None:
        weeks = max(0, math.ceil(((known.period.end - known.as_of).days + 1) / 7))
    steps = _steps(known)
    n, won = known.tiers.n, known.tiers.won
    within = [np.linalg.matrix_power(steps, 7 * k)[:, :n, won] for k in range(weeks + 1)]
    tier = known.timeline.current["tier"].to_numpy()[known.open]
    since = pd.Timestamp(known.as_of - timedelta(days=7 * _PACE_WEEKS - 1))
    new = known.rows(known.customers.loc[known.customers["created"] >= since, "owner"]) / _PACE_WEEKS
    arrivals = new * sum((p[:, 0] for p in within[:weeks]), np.zeros(len(new)))
    return within[weeks][0, tier], arrivals, within[weeks][known.who[known.open], tier]


def _steps(known: Known) -> np.ndarray:
    """Daily transition matrices, the team's shrunk towards the defaults, a person's towards the team's."""
    tiers = known.tiers
    days = _person_days(known)
    weight = (_PRIOR_CASES * tiers.dwell_days)[:, None]
    step = 1 / np.maximum(1.0, tiers.dwell_days)
    default, i = np.zeros((tiers.n, tiers.n + 2)), np.arange(tiers.n)
    default[i, i], default[i, i + 1] = 1 - step, tiers.rate * step
    default[:, tiers.lost] += (1 - tiers.rate) * step
    team = _shares(days[:1] + weight * default)
    rows = np.concatenate([team, _shares(days[1:] + weight * team[0])])
    ended = np.broadcast_to(np.eye(tiers.n + 2)[tiers.n :], (len(rows), 2, tiers.n + 2))
    return np.concatenate([rows, ended], axis=1)


def _person_days(known: Known) -> np.ndarray:
    """Days that began in tier i and ended in state j, by the owner of the stay."""
    stays, n = known.timeline.stays, known.tiers.n
    stays = stays[~(stays["entered"] == stays["left"]).to_numpy()]
    who, tier = stays["customer"].to_numpy(), stays["tier"].to_numpy().astype(int)
    entered = stays["entered"].to_numpy("datetime64[D]")
    moved = np.append(who[1:] == who[:-1], False)
    days = (np.where(moved, np.roll(entered, -1), np.datetime64(known.as_of, "D")) - entered).astype(int)
    owner = pd.Index(known.people).get_indexer(stays["owner"].to_numpy(object))
    counts = np.zeros((1 + len(known.people), n, n + 2))
    for rows, person in ((tier < n, np.zeros_like(tier)), ((tier < n) & (owner >= 0), owner + 1)):
        np.add.at(counts, (person[rows], tier[rows], tier[rows]), (days - moved)[rows])
        gone = rows & moved
        np.add.at(counts, (person[gone], tier[gone], np.roll(tier, -1)[gone]), 1)
    return counts


def _shares(days: np.ndarray) -> np.ndarray:
    return days / days.sum(axis=-1, keepdims=True)
