"""Forecasts that can be judged: a function of what was known to the chance of each open case and of any number of orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

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


def independent(known: Known, p: np.ndarray, arrivals: np.ndarray, of_person: np.ndarray | None = None) -> Forecast:
    """Where cases know nothing of each other: each brings an order with its chance, new prospects so many by row, as Poisson.

    `of_person`: the chances told to the person, where they are others than those told to the team.
    """
    who, orders = known.who[known.open], np.arange(_MOST)
    of_person = p if of_person is None else of_person
    tails = []
    for row, new in enumerate(arrivals):
        own = p if row == 0 else of_person[who == row]
        pmf = np.convolve(_poisson_binomial(own), stats.poisson.pmf(orders, new))[:_MOST]
        tails.append(np.append(1.0, 1 - np.cumsum(pmf)))
    tail = np.clip(np.array(tails), 0, 1)
    expected = np.append(p.sum(), np.bincount(who, weights=of_person, minlength=len(arrivals))[1:]) + arrivals
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


def version_0_1(known: Known) -> Forecast:
    """The forecast of 0.1.0."""
    return independent(known, *model_0_1.forecast(known))


def now(known: Known) -> Forecast:
    """The forecast of today."""
    raise NotImplementedError


def truth(world: World) -> Model:
    """What somebody would say who knows the law of the sample, but not what comes."""

    def told(known: Known) -> Forecast:
        cases, new = true_chances(world, known.as_of, known.period.end)
        p = np.zeros(len(known.customers))
        p[cases["case"]] = cases["p"]
        # the people who are not there yet are the last ones
        return independent(known, p[known.open], np.append(new.sum(), new[: len(known.people)]))

    return told
