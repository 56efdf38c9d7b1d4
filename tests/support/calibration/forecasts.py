"""Forecasts that can be judged: a function of what was known to the chance of each open case and of any number of orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from funnelbook.domain import arrivals, conversion, incidence, stays
from funnelbook.domain.clock import days_left
from funnelbook.domain.forecast import Past, forecast, learn
from funnelbook.domain.lookback import at_pace, look_back
from funnelbook.sample import World
from funnelbook.sample.truth import true_chances
from support.calibration import model_0_1
from support.calibration.known import Known


@dataclass(frozen=True)
class Forecast:
    """Rows are the team, then the people. `p`: the chance of an order of each of Known.open; `expected`: orders by row;
    `chance`: the chance of at least so many orders (one whole number a row, above 0) by row."""

    p: np.ndarray
    expected: np.ndarray
    chance: Callable[[np.ndarray], np.ndarray]


Model = Callable[[Known], Forecast]


_MOST = 400  # orders


def independent(known: Known, p: np.ndarray, new: np.ndarray, of_person: np.ndarray | None = None) -> Forecast:
    """Where cases know nothing of each other: each brings an order with its chance, new prospects so many by row, as Poisson.

    `of_person`: the chances told to the person, where they are others than those told to the team.
    """
    who, orders = known.who[known.open], np.arange(_MOST)
    of_person = p if of_person is None else of_person
    tails = []
    for row, arriving in enumerate(new):
        own = p if row == 0 else of_person[who == row]
        pmf = np.convolve(_poisson_binomial(own), stats.poisson.pmf(orders, arriving))[:_MOST]
        tails.append(np.append(1.0, 1 - np.cumsum(pmf)))
    tail = np.clip(np.array(tails), 0, 1)
    expected = np.append(p.sum(), np.bincount(who, weights=of_person, minlength=len(new))[1:]) + new
    return Forecast(p, expected, lambda gap: tail[np.arange(len(tail)), np.minimum(gap, _MOST)])


def _poisson_binomial(p: np.ndarray) -> np.ndarray:
    """Chance of 0, 1, ... orders; terms below 1e-12 of it left out."""
    kept = p[p > 1e-12]
    pmf = np.ones(1)
    for chance in kept:
        pmf = np.append(pmf * (1 - chance), 0.0) + np.append(0.0, pmf * chance)
        if pmf[-1] < 1e-15:
            pmf = pmf[: np.flatnonzero(pmf > 1e-15)[-1] + 1]
    return pmf[:_MOST]


def version_0_1(known: Known, weeks: int | None = None) -> Forecast:
    """The forecast of 0.1.0."""
    return independent(known, *model_0_1.forecast(known, weeks))


def now(known: Known) -> Forecast:
    """The forecast of today, by the functions a refresh uses."""
    table = stays.stays(known.timeline, known.tiers, known.people, known.as_of)
    created = known.customers["created"].to_numpy("datetime64[D]")
    past = Past(
        table,
        arrivals.born(created, known.timeline.first_seen),
        known.who,
        known.tiers,
        known.calendar,
        len(known.people),
    )
    learned, left = learn(past, known.as_of), days_left(known.period.end, known.as_of)
    told = forecast(learned, left, known.who)
    days = known.orders["date"].to_numpy("datetime64[D]").astype(int)
    back = look_back(past, known.as_of, days)
    pace = at_pace(past, known.as_of, days, learned.hazards.off_weight, left)
    rows = range(1 + len(known.people))
    scale = [back.scale(told, pace) if row == 0 else 1.0 for row in rows]
    orders = [told.orders(row, back.cv, scale[row]) for row in rows]
    p = np.zeros(len(known.customers))
    p[table.customer[table.at(stays.day_number(known.as_of))]] = told.p
    return Forecast(
        p[known.open],
        np.array([told.mean(row, scale[row]) for row in rows]),
        lambda gap: np.array([of.at_least(wanted) for of, wanted in zip(orders, gap, strict=True)]),
    )


def rates(known: Known) -> pd.DataFrame:
    """The team's conversion rates as a refresh shows them, by tier: rate, rate_low, rate_high (95 %)."""
    cohorts = conversion.cohorts(known.timeline, known.tiers)
    shown = incidence.rates(incidence.watched(cohorts, known.tiers, known.as_of), cohorts, known.tiers, [])
    return shown.set_index("tier")[["rate", "rate_low", "rate_high"]]


def truth(world: World) -> Model:
    """What somebody would say who knows the law of the sample, but not what comes."""

    def told(known: Known) -> Forecast:
        cases, new = true_chances(world, known.as_of, known.period.end)
        p = np.zeros(len(known.customers))
        p[cases["case"]] = cases["p"]
        # the people who are not there yet are the last ones
        return independent(known, p[known.open], np.append(new.sum(), new[: len(known.people)]))

    return told
