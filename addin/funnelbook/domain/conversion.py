"""Conversion rates: how many customers of a tier go on to the next, from what happened, honest under small samples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize, special, stats

from funnelbook.domain import history
from funnelbook.domain.history import Timeline
from funnelbook.domain.tiers import Tiers

MATURE_DWELLS = 3  # h = 3 x dwell_days (numbers.md 2)
SMALLEST_PRIOR, LARGEST_PRIOR_FACTOR = 2.0, 10.0  # bounds of a + b, the second in prior_cases
_SIZES_TRIED = 9
RATE_BOUNDS = (0.01, 0.99)
PEOPLE_FOR_A_PRIOR = 3


def cohorts(timeline: Timeline, tiers: Tiers) -> pd.DataFrame:
    """A row a case and tier it reached, Won included: case, customer, tier, entered (datetime64[D]), next_day, owner, placed.

    A tier skipped is reached on the day of the jump; a case with nothing but Lost reached the lowest tier. `next_day` is the
    day the next tier was reached (NaT: not yet). `placed` rows were not entered before our eyes: the customer was first seen
    there, so they count as reached and in no rate. The owner is the one at entry. Source: numbers.md 1 and 2.
    """
    stays = timeline.stays
    case, tier = stays["case"].to_numpy(), stays["tier"].to_numpy().astype(np.int64)
    height = np.where(tier == tiers.lost, 0, tier)
    rows = tiers.n + 2
    highest = (
        np.maximum.accumulate(case * rows + height + 1) % rows
    )  # cases run upwards: the maximum stays inside its case
    first = np.r_[True, case[1:] != case[:-1]] if len(case) else np.zeros(0, dtype=bool)
    before = np.where(first, 0, np.r_[0, highest[:-1]])[: len(case)]
    climbed = np.maximum(highest - before, 0).astype(np.intp)  # as repeat wants them
    stay = np.repeat(np.arange(len(case)), climbed)
    step = np.arange(len(stay)) - np.repeat(np.cumsum(climbed) - climbed, climbed)
    reached = before[stay] + step
    entered = stays["entered"].to_numpy("datetime64[D]")[stay]
    follows = np.r_[case[stay][1:] == case[stay][:-1], False] if len(stay) else np.zeros(0, dtype=bool)
    return pd.DataFrame(
        {
            "case": case[stay],
            "customer": stays["customer"].to_numpy()[stay],
            "tier": reached.astype(np.int8),
            "entered": entered,
            "next_day": np.where(follows, np.roll(entered, -1), np.datetime64("NaT")),
            "owner": stays["owner"].to_numpy(object)[stay],
            "placed": (stays["source"].to_numpy(object) == history.INITIAL)[stay],
        }
    )


def rates(
    cohorts: pd.DataFrame,
    tiers: Tiers,
    as_of: date,
    people: Sequence[str],
    *,
    min_cases: int = 20,
    prior_cases: float = 20,
    interval: float = 0.95,
    window_days: float = 365,
    mature_weeks: float | None = None,
) -> pd.DataFrame:
    """Conversion rates, a row a person and tier (the team first, person None; tiers from the lowest).

    Columns: person, tier, reached (cases), cases (the mature ones n), rate_raw (NaN when none reached), rate, rate_low,
    rate_high (0 .. 1), estimate (n below `min_cases`). Source: numbers.md 2; the prior of people is their beta-binomial
    maximum likelihood, as numbers.md bounds it; with fewer than 3 people with cases it is the Tiers default, as for the team.
    """
    who = 1 + len(people)
    n, x = mature(cohorts, tiers, as_of, people, window_days, mature_weeks)
    reached = _count(cohorts, people, tiers.n + 1)
    default = np.clip(tiers.rate, *RATE_BOUNDS)
    a = np.tile(default * prior_cases, (who, 1))
    b = np.tile((1 - default) * prior_cases, (who, 1))
    for i in range(tiers.n):
        seen = n[1:, i] > 0
        if seen.sum() >= PEOPLE_FOR_A_PRIOR:
            a[1:, i], b[1:, i] = prior_of_people(x[1:, i][seen], n[1:, i][seen], prior_cases)
    rate, low, high = posterior(x, n, a, b, interval)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = np.where(reached[:, :-1] > 0, reached[:, 1:] / reached[:, :-1], np.nan)
    return pd.DataFrame(
        {
            "person": np.repeat(np.array([None, *people], dtype=object), tiers.n),
            "tier": np.tile(np.arange(tiers.n, dtype=np.int8), who),
            "reached": reached[:, :-1].ravel(),
            "cases": n.ravel(),
            "rate_raw": raw.ravel(),
            "rate": rate.ravel(),
            "rate_low": low.ravel(),
            "rate_high": high.ravel(),
            "estimate": (n < min_cases).ravel(),
        }
    )


def posterior(
    x: np.ndarray, n: np.ndarray, a: np.ndarray, b: np.ndarray, interval: float = 0.95
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shrunken rate and its interval for x of n with a Beta(a, b) prior: rate, low, high. Source: numbers.md 2."""
    tail = (1 - interval) / 2
    of = (x + a, n - x + b)
    return (x + a) / (n + a + b), stats.beta.ppf(tail, *of), stats.beta.ppf(1 - tail, *of)


def prior_of_people(x: np.ndarray, n: np.ndarray, prior_cases: float) -> tuple[float, float]:
    """Beta prior (a, b) that makes the people's x of n most likely, a + b within [2, 10 x prior_cases].

    Source: numbers.md 2. People as alike as chance allows, or more, get the upper bound.
    """
    sizes = np.log([SMALLEST_PRIOR, LARGEST_PRIOR_FACTOR * prior_cases])
    bounds = [special.logit(RATE_BOUNDS), sizes]
    mean = special.logit(np.clip(x.sum() / n.sum(), *RATE_BOUNDS))

    def unlikeliness(at: tuple[float, float] | NDArray[np.float64]) -> float:
        m, size = special.expit(at[0]), np.exp(at[1])
        a, b = m * size, (1 - m) * size
        # log of the beta-binomial but for what no prior changes; scipy's logpmf takes ten times as long
        return -float((special.betaln(x + a, n - x + b) - special.betaln(a, b)).sum())

    start = min(((mean, size) for size in np.linspace(sizes[0], sizes[1], _SIZES_TRIED)), key=unlikeliness)
    # of two numbers only, Nelder-Mead is ten times as fast as what works with matrices
    best = optimize.minimize(
        unlikeliness, start, bounds=bounds, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}
    ).x
    m, size = special.expit(best[0]), np.exp(best[1])
    return float(m * size), float((1 - m) * size)


def lead_days(cohorts: pd.DataFrame, tiers: Tiers) -> np.ndarray:
    """Median days from entering each tier to the order, by tier; NaN where no case went all the way. Source: numbers.md 4."""
    won = cohorts[cohorts["tier"] == tiers.won].set_index("case")["entered"]
    seen = cohorts[~cohorts["placed"] & (cohorts["tier"] < tiers.n)]
    days = (won.reindex(seen["case"]).set_axis(seen.index) - seen["entered"]).dt.days
    return days.groupby(seen["tier"]).median().reindex(range(tiers.n)).to_numpy(float)


def dwell_days(timeline: Timeline, tiers: Tiers) -> np.ndarray:
    """Mean days of the completed stays in each tier; NaN where there is none. Source: numbers.md 5."""
    stays = timeline.stays
    ended = stays[stays["left"].notna() & (stays["source"] != history.INITIAL) & (stays["tier"] < tiers.n)]
    days = (ended["left"] - ended["entered"]).dt.days
    return days.groupby(ended["tier"]).mean().reindex(range(tiers.n)).to_numpy(float)


def mature(
    cohorts: pd.DataFrame,
    tiers: Tiers,
    as_of: date,
    people: Sequence[str],
    window_days: float,
    mature_weeks: float | None,
) -> tuple[np.ndarray, np.ndarray]:
    """n and x of numbers.md 2, the team first, (1 + people) x tiers."""
    cases = mature_cases(cohorts, tiers, as_of, window_days, mature_weeks)
    n, x = (_count(rows, people, tiers.n) for rows in (cases, cases[cases["moved"].to_numpy()]))
    return n, x


def mature_cases(
    cohorts: pd.DataFrame, tiers: Tiers, as_of: date, window_days: float, mature_weeks: float | None
) -> pd.DataFrame:
    """The rows of `cohorts` that the rate rests on, with `moved`: whether they reached the next tier within h. numbers.md 2."""
    seen = cohorts[~cohorts["placed"] & (cohorts["tier"] < tiers.n)]
    horizon = np.full(tiers.n, mature_weeks * 7.0) if mature_weeks else MATURE_DWELLS * tiers.dwell_days
    h = horizon[seen["tier"]]
    age = (pd.Timestamp(as_of) - seen["entered"]).dt.days.to_numpy()
    took = (seen["next_day"] - seen["entered"]).dt.days.to_numpy(float)
    return seen.assign(moved=took <= h)[(age >= h) & (age <= window_days)]


def _count(rows: pd.DataFrame, people: Sequence[str], tiers: int) -> np.ndarray:
    """Rows per person and tier, the team (everybody's and nobody's) first."""
    owner = pd.Index(list(people), dtype=object).get_indexer(rows["owner"].to_numpy(object))
    tier = rows["tier"].to_numpy().astype(np.intp)
    counts = np.zeros((1 + len(people), tiers), dtype=int)
    counts[0] = np.bincount(tier, minlength=tiers)
    np.add.at(counts, (owner[owner >= 0] + 1, tier[owner >= 0]), 1)
    return counts
