"""How likely a case is to move on a day (转化强度): by tier, by how long it has been there, and by whose it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy import special

from funnelbook.domain.clock import day_weights, off_weight, weeks_worth
from funnelbook.domain.dtypes import At, Counts, DayNumbers, Flags, Numbers
from funnelbook.domain.stays import Stays, day_number
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar

AGE_BINS = np.array([0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 180])
HALF_LIFE = 120.0
MOST_MOVES = 0.95  # of a day
PEOPLE_FOR_A_FIT = 3
SMALLEST_SHAPE, LARGEST_SHAPE_FACTOR = 5.0, 10.0  # bounds of c, the second in prior_cases
_SHAPES_TRIED = 400
_NO_LIMIT = 10**7


@dataclass(frozen=True)
class Evidence:
    """Case-days, counted by their weight, and moves: by tier and age bin, of people by person before that."""

    days: Numbers  # ... x tiers x bins
    moves: Numbers  # ... x tiers x bins x states


@dataclass(frozen=True)
class Hazards:
    """Chance of each move on a day of weight 1. `team`: tiers x bins x states (tiers, Won, Lost); `people`: one multiplier of the
    upward moves a person and tier, the first row (1) for cases that are nobody's; `off_weight`: what a day off is worth.
    """

    team: Numbers
    people: Numbers
    off_weight: float
    bins: Counts

    @property
    def moves(self) -> Numbers:
        """Chance of each move, (1 + people) x tiers x bins x states, no row of which sums to more than `MOST_MOVES`."""
        return limited(self.team * np.where(upward(len(self.team))[:, None], self.people[:, :, None, None], 1.0))

    @property
    def up(self) -> Numbers:
        """Chance to go up on a day, (1 + people) x tiers x bins."""
        return np.where(upward(len(self.team))[:, None], self.moves, 0.0).sum(axis=-1)

    def stronger(self, tier: int, factor: float) -> Hazards:
        """The same with `factor` times as many moves up from a tier."""
        people = self.people.copy()
        people[:, tier] *= factor
        return replace(self, people=people)


@dataclass(frozen=True)
class Spells:
    """What `stays` spent in the age `bins`, a row a stay and bin in their order.

    `in_team`: tier and bin as one number, `cell`: person (nobody first), tier and bin; `since`: the evening before the first day in
    the bin, `until`: the last evening in it, far in the future where the stay lasts.
    """

    stays: Stays
    bins: Counts
    in_team: At
    cell: At
    since: DayNumbers
    until: DayNumbers

    @classmethod
    def of(cls, stays: Stays, bins: Counts = AGE_BINS) -> Spells:
        rows = np.flatnonzero(stays.open & (stays.left >= stays.at_risk_from))
        entered, begin, end = stays.entered[rows], stays.at_risk_from[rows] - 1, stays.left[rows]
        youngest = np.searchsorted(bins, begin - entered, side="right") - 1
        count = np.searchsorted(bins, end - entered - 1, side="right") - youngest
        of = np.repeat(np.arange(len(rows)), count)
        at = youngest[of] + np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
        since = np.maximum(begin[of], entered[of] + bins[at]).astype(np.int32)
        until = np.minimum(end[of], entered[of] + np.append(bins[1:], _NO_LIMIT)[at]).astype(np.int32)
        in_team = stays.tier[rows][of] * len(bins) + at
        cell = np.maximum(stays.who[rows], 0)[of] * (stays.tiers * len(bins)) + in_team
        return cls(stays, bins, in_team, cell, since, until)


def learn(
    spells: Spells,
    tiers: Tiers,
    calendar: WorkCalendar,
    people: int,
    as_of: date,
    *,
    prior_cases: float = 20.0,
    window_days: float = 365.0,
    half_life: float = HALF_LIFE,
) -> Hazards:
    """The Hazards known on the evening of `as_of`. There may be later `spells`: they are not looked at. Source: forecast.md 2."""
    off = off_weight(spells.stays, calendar, as_of, window_days)
    team, each = evidence(spells, calendar, people, as_of, off, window_days, half_life)
    hazard = by_age(team, by_tier(team, default_moves(tiers, off), tiers.dwell_days, prior_cases), prior_cases)
    return Hazards(hazard, multipliers(each, hazard, prior_cases), off, AGE_BINS)


def evidence(
    spells: Spells,
    calendar: WorkCalendar,
    people: int,
    as_of: date,
    off: float,
    window_days: float,
    half_life: float = HALF_LIFE,
) -> tuple[Evidence, Evidence]:
    """N and X of the last `window_days`: of the team, worth less by half for every `half_life` days gone; and of nobody (row 0)
    and each of the `people`, all days alike. Source: forecast.md 2.
    """
    stays, bins, last = spells.stays, spells.bins, day_number(as_of)
    first = max(last - int(window_days), min(stays.first_day, last))  # the evening before the first day counted
    n, states = stays.tiers, stays.tiers + 2
    decay = 0.5 ** (np.arange(last - first - 1, -1, -1) / half_life)
    weights = day_weights(calendar, np.datetime64(first + 1, "D").item(), last - first, off)
    faded, plain = (np.concatenate([[0.0], np.cumsum(part)]) for part in (decay * weights, weights))  # by evening
    since, until = ((np.clip(evening, first, last) - first).astype(np.intp) for evening in (spells.since, spells.until))
    team_days = np.bincount(spells.in_team, faded.take(until) - faded.take(since), n * len(bins))
    days = np.bincount(spells.cell, plain.take(until) - plain.take(since), (1 + people) * n * len(bins))
    ended = np.flatnonzero(stays.moved & (stays.left > first) & (stays.left <= last))
    left = stays.left[ended]
    at = np.searchsorted(bins, left - stays.entered[ended] - 1, side="right") - 1
    in_team = (stays.tier[ended] * len(bins) + at) * states + stays.to[ended]
    size = n * len(bins) * states
    team_moves = np.bincount(in_team, decay[left - first - 1], size)
    moves = np.bincount(np.maximum(stays.who[ended], 0) * size + in_team, minlength=(1 + people) * size)
    shape = (n, len(bins))
    return (
        Evidence(_rounded(team_days).reshape(shape), _rounded(team_moves).reshape(*shape, states)),
        Evidence(_rounded(days).reshape(-1, *shape), moves.reshape(-1, *shape, states).astype(float)),
    )


def _rounded(sums: Numbers | Counts) -> Numbers:
    """Sums without their last digits, which depend on the order of the rows."""
    return np.asarray(sums, dtype=float).round(9)


def default_moves(tiers: Tiers, off: float) -> Numbers:
    """m: moves a day of weight 1 by the Tiers table alone, tiers x states. Source: forecast.md 2."""
    a_day = weeks_worth(off) / np.maximum(1.0, tiers.dwell_days)
    moves = np.zeros((tiers.n, tiers.n + 2))
    at = np.arange(tiers.n)
    moves[at, at + 1] = tiers.rate * a_day
    moves[:, tiers.lost] += (1 - tiers.rate) * a_day
    return moves


def by_tier(team: Evidence, default: Numbers, dwell_days: Numbers, prior_cases: float) -> Numbers:
    """t: moves a day of weight 1 whatever the age, shrunk towards the default: tiers x states. Source: forecast.md 2."""
    worth = (prior_cases * np.maximum(1.0, dwell_days))[:, None]
    days, moves = team.days.sum(axis=1)[:, None], team.moves.sum(axis=1)
    return np.where(days + worth > 0, _over(moves + worth * default, days + worth), default)


def by_age(team: Evidence, by_tier: Numbers, prior_cases: float) -> Numbers:
    """h: moves a day of weight 1 at each age, shrunk towards those of the tier: tiers x bins x states. Source: forecast.md 2."""
    days = team.days[:, :, None]
    shrunk = _over(team.moves + prior_cases * by_tier[:, None], days + prior_cases)
    return limited(np.where(days + prior_cases > 0, shrunk, by_tier[:, None]))


def multipliers(each: Evidence, hazard: Numbers, prior_cases: float) -> Numbers:
    """g: how much more often cases of each person go up than the team's of the same ages, (1 + people) x tiers, row 0 nobody's.

    Neither side of `each` is decayed. Source: forecast.md 2.
    """
    n = len(hazard)
    up = upward(n)
    went = np.where(up[:, None], each.moves, 0.0).sum(axis=(2, 3))
    expected = (each.days * np.where(up[:, None], hazard, 0.0).sum(axis=2)).sum(axis=2)
    g = np.ones(went.shape)
    for i in range(n):
        c = common_shape(went[1:, i], expected[1:, i], prior_cases)
        g[1:, i] = (went[1:, i] + c) / (expected[1:, i] + c) if c > 0 else 1.0
    return g


def common_shape(went: Flags, expected: Numbers, prior_cases: float) -> float:
    """c: how alike people are, the shape of the Gamma their multipliers come from that makes `went` of `expected` most likely.

    The negative-binomial likelihood over those with any days, within [5, 10 x prior_cases]; `prior_cases` where there are fewer
    than 3 of them. Source: forecast.md 2.
    """
    known = expected > 0
    largest = LARGEST_SHAPE_FACTOR * prior_cases
    if known.sum() < PEOPLE_FOR_A_FIT or largest <= SMALLEST_SHAPE:
        return prior_cases
    c = np.geomspace(SMALLEST_SHAPE, largest, _SHAPES_TRIED)[:, None]
    x, e = went[known], expected[known]
    likelihood = (
        special.gammaln(x + c) - special.gammaln(c) + c * np.log(c / (c + e)) + special.xlogy(x, e / (c + e))
    ).sum(axis=1)
    return float(c[likelihood.argmax(), 0])


def upward(tiers: int) -> Flags:
    """Which moves go up, tiers x states: to a higher tier or Won."""
    state = np.arange(tiers + 2)
    return (state > np.arange(tiers)[:, None]) & (state <= tiers)


def limited(moves: Numbers) -> Numbers:
    """Moves of a day, scaled to a sum of `MOST_MOVES` where they exceed it."""
    total = moves.sum(axis=-1, keepdims=True)
    return moves * np.where(total > MOST_MOVES, _over(MOST_MOVES, total), 1.0)


def _over(part: Numbers | float, whole: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return part / whole
