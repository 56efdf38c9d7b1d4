"""The model of 0.1.0, kept to be held against: the funnel as a Markov chain with a daily step and whole weeks left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain import history
from funnelbook.domain.history import Timeline
from funnelbook.domain.tiers import Tiers


def win_probability(
    timeline: Timeline, tiers: Tiers, as_of: date, people: Sequence[str], weeks: int, prior_cases: float = 20
) -> np.ndarray:
    """P_i(H): probability that a customer of tier i is Won within `weeks`, (1 + people) x tiers, the team first.

    Source: numbers.md 2.
    """
    return won_within(transitions(timeline, tiers, as_of, people, prior_cases), tiers, weeks)


def won_within(steps: np.ndarray, tiers: Tiers, weeks: int) -> np.ndarray:
    """P_i(H) of daily transition matrices (people x states x states): people x tiers. Source: numbers.md 2."""
    return np.linalg.matrix_power(steps, 7 * weeks)[:, : tiers.n, tiers.won]


def transitions(
    timeline: Timeline, tiers: Tiers, as_of: date, people: Sequence[str], prior_cases: float = 20
) -> np.ndarray:
    """Daily transition matrices, (1 + people) x states x states; states: tiers from the lowest, Won, Lost (both absorbing).

    Rows are shrunk: the team's towards the Tiers defaults, a person's towards the team's. Source: numbers.md 2.
    """
    return steps_of(evidence(timeline, tiers, as_of, people, prior_cases))


def evidence(
    timeline: Timeline, tiers: Tiers, as_of: date, people: Sequence[str], prior_cases: float = 20
) -> np.ndarray:
    """Days in tier i that ended in state j with those the prior is worth, n_ij + K m_ij: (1 + people) x tiers x states.

    They are the parameters of each row's Dirichlet posterior; a row of which nothing is known counts as one day of its prior.
    Source: numbers.md 2.
    """
    days = person_days(timeline, tiers, as_of, people)
    weight = (prior_cases * np.maximum(tiers.dwell_days, 0))[:, None]
    team = _with_prior(days[:1], _default_rows(tiers), weight)
    return np.concatenate([team, _with_prior(days[1:], _shares(team[0]), weight)])


def steps_of(evidence: np.ndarray) -> np.ndarray:
    """The mean of the posteriors of `evidence` (people x tiers x states) as matrices people x states x states."""
    people, n, states = evidence.shape
    ended = np.broadcast_to(np.eye(states)[n:], (people, states - n, states))
    return np.concatenate([_shares(evidence), ended], axis=1)


def person_days(timeline: Timeline, tiers: Tiers, as_of: date, people: Sequence[str]) -> np.ndarray:
    """n_ij: days that began in tier i and ended in state j, (1 + people) x tiers x states, by the owner of the stay.

    The state of a day is the one at its end, so a tier passed through within one day has none. Where a customer was first
    seen the days before are unknown and left out.
    """
    stays = timeline.stays
    # a tier left on the day it was entered is no state of any day
    stays = stays[~(stays["entered"] == stays["left"]).to_numpy()]
    who, tier = stays["customer"].to_numpy(), stays["tier"].to_numpy().astype(np.intp)
    entered = stays["entered"].to_numpy("datetime64[D]")
    goes_on = np.r_[who[1:] == who[:-1], False] if len(who) else np.zeros(0, dtype=bool)
    until = np.where(goes_on, np.roll(entered, -1), np.datetime64(as_of, "D"))
    days = (until - entered).astype(int)
    counted = (tier < tiers.n) & (stays["source"].to_numpy(object) != history.INITIAL)
    owner = pd.Index(list(people), dtype=object).get_indexer(stays["owner"].to_numpy(object))
    counts = np.zeros((1 + len(people), tiers.n, tiers.n + 2))
    nxt = np.roll(tier, -1)
    for rows, person in ((counted, np.zeros(len(tier), dtype=np.intp)), (counted & (owner >= 0), owner + 1)):
        moved = rows & goes_on
        np.add.at(counts, (person[rows], tier[rows], tier[rows]), (days - goes_on)[rows])
        np.add.at(counts, (person[moved], tier[moved], nxt[moved]), 1)
    return counts


def _default_rows(tiers: Tiers) -> np.ndarray:
    step = 1 / np.maximum(1.0, tiers.dwell_days)
    rows = np.zeros((tiers.n, tiers.n + 2))
    i = np.arange(tiers.n)
    rows[i, i] = 1 - step
    rows[i, i + 1] = tiers.rate * step
    rows[:, tiers.lost] += (1 - tiers.rate) * step
    return rows


def _with_prior(days: np.ndarray, towards: np.ndarray, weight: np.ndarray) -> np.ndarray:
    known = days + weight * towards
    return np.where(known.sum(axis=-1, keepdims=True) > 0, known, towards)


def _shares(days: np.ndarray) -> np.ndarray:
    return days / days.sum(axis=-1, keepdims=True)
