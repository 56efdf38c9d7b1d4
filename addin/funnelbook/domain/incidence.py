"""Conversion rates (转化率) by incidence: what share of those who enter a tier goes on in time, open cases counted for what they tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from funnelbook.domain import quantiles
from funnelbook.domain.dtypes import At, Counts, Flags, Moments, Numbers
from funnelbook.domain.hazards import HALF_LIFE
from funnelbook.domain.tiers import Tiers

SMALLEST_PRIOR, LARGEST_PRIOR_FACTOR = 2.0, 10.0  # bounds of a + b, the second in prior_cases
RATE_BOUNDS = (0.01, 0.99)
PEOPLE_FOR_A_PRIOR = 3
USUAL_DWELLS = 3  # h = 3 x dwell_days (numbers.md 2)
_NOISE = 1e-9
_LEAST_PRIOR = 1e-3  # cases
_TRIED = 25  # sizes in each round of the search
_ROUNDS = 3
_HALVINGS = 30  # of the range that holds the mean


class Watched(NamedTuple):
    """Cases in a tier, those entered last first: rows of the cohorts, their tier, and what was seen of each."""

    row: At
    tier: At
    age: Counts  # days since it entered
    days: Counts  # until it went on or was lost, else watched, h at most
    went_on: Flags
    lost: Flags
    weight: Numbers  # half for one that entered `half_life` days earlier
    full: Numbers  # f: how much of h was seen, 1 where it ended


class Incidence(NamedTuple):
    """Who go on in time: the share of each group, and the cases n* it is as good as."""

    share: Numbers
    cases: Numbers

    def whole(self) -> tuple[Numbers, Numbers]:
        """Those who went on and the cases, as whole numbers that say as much. Source: forecast.md 7, n* rounded down."""
        n = np.floor(self.cases + _NOISE)
        return np.rint(self.share * n), n


def rates(
    of: Watched,
    cohorts: pd.DataFrame,
    tiers: Tiers,
    people: Sequence[str],
    *,
    min_cases: int = 20,
    prior_cases: float = 20,
    interval: float = 0.95,
) -> pd.DataFrame:
    """Conversion rates, a row a person and tier (the team first, person None; tiers from the lowest).

    Columns: person, tier, reached (cases), cases (n* rounded down), rate_raw (NaN where `cases` is 0: of customers who were never
    seen to come it would be a mere ratio of stock), share (the incidence, 0 without a case), rate, rate_low, rate_high (0 .. 1),
    estimate (fewer cases than `min_cases`), default (no case at all).
    Source: forecast.md 7; the prior of people is their beta-binomial maximum likelihood; with fewer than 3 people with cases it
    is the Tiers default, as for the team, and the team's rate where none of their cases went on, or all did: nothing is likeliest
    then but 0 or 1, however few and young they are.
    """
    who = 1 + len(people)
    share, n = found = of_people(of, cohorts, people, tiers.n)
    x, (_, cases) = share * n, found.whole()
    reached = _reached(cohorts, people, tiers.n + 1)
    default = np.clip(tiers.rate, *RATE_BOUNDS)
    worth = max(prior_cases, _LEAST_PRIOR)  # without a case the default stands, whatever it is worth
    a = np.tile(default * worth, (who, 1))
    b = np.tile((1 - default) * worth, (who, 1))
    for i in range(tiers.n):
        seen = n[1:, i] > 0
        went_on, cases_of = x[1:, i][seen], n[1:, i][seen]
        if seen.sum() < PEOPLE_FOR_A_PRIOR:
            continue
        if 0 < went_on.sum() < cases_of.sum():
            a[1:, i], b[1:, i] = prior_of_people(went_on, cases_of, prior_cases)
        else:
            of_team = (x[0, i] + a[0, i]) / (n[0, i] + worth)
            a[1:, i], b[1:, i] = of_team * worth, (1 - of_team) * worth
    rate, low, high = posterior(x, n, a, b, interval)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = np.where((cases > 0) & (reached[:, :-1] > 0), reached[:, 1:] / reached[:, :-1], np.nan)
    return pd.DataFrame(
        {
            "person": np.repeat(np.array([None, *people], dtype=object), tiers.n),
            "tier": np.tile(np.arange(tiers.n, dtype=np.int8), who),
            "reached": reached[:, :-1].ravel(),
            "cases": cases.astype(int).ravel(),
            "rate_raw": raw.ravel(),
            "share": share.ravel(),
            "rate": rate.ravel(),
            "rate_low": low.ravel(),
            "rate_high": high.ravel(),
            "estimate": (cases < min_cases).ravel(),
            "default": (n == 0).ravel(),
        }
    )


def horizons(tiers: Tiers, mature_weeks: float | None) -> Counts:
    """h: days within which a case of each tier goes on or does not, at least one. Source: numbers.md 2."""
    days = np.full(tiers.n, mature_weeks * 7.0) if mature_weeks else USUAL_DWELLS * np.maximum(1.0, tiers.dwell_days)
    return np.maximum(1, np.floor(days)).astype(int)


def watched(
    cohorts: pd.DataFrame,
    tiers: Tiers,
    as_of: date,
    window_days: float = 365,
    mature_weeks: float | None = None,
    half_life: float = HALF_LIFE,
) -> Watched:
    """The cases that entered a tier before our eyes within the window, each watched until h. Source: forecast.md 7."""
    entered = cohorts["entered"].to_numpy("datetime64[D]")
    age = (np.datetime64(as_of, "D") - entered).astype(np.int64)
    seen = (
        ~cohorts["placed"].to_numpy(bool) & (cohorts["tier"].to_numpy() < tiers.n) & (age >= 0) & (age <= window_days)
    )
    row = np.flatnonzero(seen)
    row = row[
        np.argsort(age[row], kind="stable")
    ]  # so that the order of the rows changes no sum, not in its last digit
    age, tier = age[row], cohorts["tier"].to_numpy(np.intp)[row]
    h = horizons(tiers, mature_weeks)[tier]
    ups, losses = (_days_to(cohorts[column], entered, row, h) for column in ("next_day", "lost_day"))
    went_on = ups <= np.minimum(losses, h)
    lost = ~went_on & (losses <= h)
    days = np.where(went_on, ups, np.where(lost, losses, np.minimum(age, h)))
    return Watched(
        row, tier, age, days, went_on, lost, 0.5 ** (age / half_life), np.where(went_on | lost, 1.0, days / h)
    )


def incidence(of: Watched, which: Flags | At, group: At, groups: int) -> Incidence:
    """The Aalen-Johansen incidence of going on within h in each of so many groups of cases; 0 of 0 cases where there are none.

    `which` of the watched belong to `group`, 0 .. groups - 1; one may belong to several. Cases weigh what they weigh, open ones
    are censored, to be lost competes. Source: forecast.md 7.
    """
    weight, full, day = of.weight[which], of.full[which], of.days[which]
    days = int(day.max(initial=0)) + 1

    def by_day(kept: Flags | slice) -> Numbers | Counts:
        return np.bincount(group[kept] * days + day[kept], weight[kept], groups * days).reshape(groups, days)

    up, down, gone = by_day(of.went_on[which]), by_day(of.lost[which]), by_day(slice(None))
    at_risk = np.cumsum(gone[:, ::-1], axis=1)[:, ::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        rises, leaves = (np.where(at_risk > 0, part / at_risk, 0.0) for part in (up, up + down))
    still = np.cumprod(1 - np.minimum(leaves, 1.0), axis=1)
    share = (np.concatenate([np.ones((groups, 1)), still[:, :-1]], axis=1) * rises).sum(axis=1)
    first, second = (np.bincount(group, weight**power * full, groups) for power in (1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(second > 0, first**2 / second, 0.0)
    return Incidence(np.clip(share, 0.0, 1.0), n)


def of_people(of: Watched, cohorts: pd.DataFrame, people: Sequence[str], tiers: int) -> Incidence:
    """The same, (1 + people) x tiers, the team (everybody's and nobody's) first."""
    who = pd.Index(list(people), dtype=object).get_indexer(cohorts["owner"].to_numpy(object)[of.row]) + 1
    own = np.flatnonzero(who > 0)
    which = np.concatenate([np.arange(len(who)), own])
    group = np.concatenate([of.tier, who[own] * tiers + of.tier[own]])
    found = incidence(of, which, group, (1 + len(people)) * tiers)
    return Incidence(*(part.reshape(1 + len(people), tiers) for part in found))


def posterior(
    x: Numbers, n: Numbers, a: Numbers, b: Numbers, interval: float = 0.95
) -> tuple[Numbers, Numbers, Numbers]:
    """Shrunken rate and its interval for x of n with a Beta(a, b) prior: rate, low, high. Source: numbers.md 2."""
    tail = (1 - interval) / 2
    of = (x + a, n - x + b)
    return (x + a) / (n + a + b), quantiles.beta(tail, *of), quantiles.beta(1 - tail, *of)


def prior_of_people(x: Numbers, n: Numbers, prior_cases: float) -> tuple[float, float]:
    """Beta prior (a, b) that makes the people's x of n most likely, a + b within [2, 10 x prior_cases].

    Source: numbers.md 2. People as alike as chance allows, or more, get the upper bound. Of each size the best mean is found, of
    the sizes the best on a grid that is narrowed around it.
    """
    bounds = np.log([SMALLEST_PRIOR, max(SMALLEST_PRIOR, LARGEST_PRIOR_FACTOR * prior_cases)])
    (low, high), best = bounds, bounds[1]
    for _ in range(_ROUNDS):
        sizes = np.linspace(low, high, _TRIED)
        size = np.exp(sizes)[:, None]
        a = _likeliest_mean(x, n, size) * size
        # log of the beta-binomial but for what no prior changes
        likelihood = (special.betaln(x + a, n - x + size - a) - special.betaln(a, size - a)).sum(axis=1)
        best, step = sizes[likelihood.argmax()], (high - low) / (_TRIED - 1)
        low, high = max(bounds[0], best - step), min(bounds[1], best + step)
    size = np.exp([[best]])
    mean = _likeliest_mean(x, n, size)
    return float((mean * size).item()), float(((1 - mean) * size).item())


def _likeliest_mean(x: Numbers, n: Numbers, size: Numbers) -> Numbers:
    """The mean that makes x of n most likely for each size a + b, sizes x 1; the likelihood of a mean has one peak."""
    low, high = (np.full(size.shape, bound) for bound in RATE_BOUNDS)
    for _ in range(_HALVINGS):
        mean = (low + high) / 2
        a, b = mean * size, (1 - mean) * size
        rises = special.digamma(x + a) - special.digamma(a) - special.digamma(n - x + b) + special.digamma(b)
        up = rises.sum(axis=1, keepdims=True) > 0
        low, high = np.where(up, mean, low), np.where(up, high, mean)
    return (low + high) / 2


def _days_to(end: pd.Series, entered: Moments, row: At, never: Counts) -> Counts:
    """Days from the entry to the end, more than `never` where there is none."""
    days = (end.to_numpy("datetime64[D]") - entered)[row]
    known = ~np.isnat(days)
    days = np.where(known, days, np.timedelta64(0, "D")).astype(np.intp)
    return np.where(known & (days >= 0), days, never + 1)


def _reached(cohorts: pd.DataFrame, people: Sequence[str], tiers: int) -> Counts:
    """Cases per person and tier, the team (everybody's and nobody's) first."""
    owner = pd.Index(list(people), dtype=object).get_indexer(cohorts["owner"].to_numpy(object))
    tier = cohorts["tier"].to_numpy().astype(np.intp)
    kept = tier < tiers
    counts = np.zeros((1 + len(people), tiers), dtype=int)
    counts[0] = np.bincount(tier[kept], minlength=tiers)
    kept &= owner >= 0
    np.add.at(counts, (owner[kept] + 1, tier[kept]), 1)
    return counts
