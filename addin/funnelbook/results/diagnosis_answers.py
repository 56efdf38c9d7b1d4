"""Answers to the questions of the Diagnosis: a value a person, its limits, and what is still needed to judge it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funnelbook.domain import limits, needed
from funnelbook.domain.limits import Limits
from funnelbook.domain.needed import Needed


@dataclass(frozen=True)
class Answer:
    """One question's answer, a value a person; `advice` names its messages.

    `left`: of what is still needed so much can come in the period; no more is promised in words.
    """

    value: np.ndarray
    cases: np.ndarray
    found: Limits
    advice: str
    still: Needed
    left: np.ndarray | float = np.inf


def of_proportion(part: np.ndarray, whole: np.ndarray, advice: str, few: int) -> Answer:
    """The answer of a proportion against the others'."""
    rate, found = ratio(part, whole), limits.proportion_limits(part, whole, min_cases=few)
    return Answer(rate, whole, found, advice, still_of_rate(rate, whole, found.benchmark, few))


def of_counts(counts: np.ndarray, exposure: np.ndarray, advice: str, few: int) -> Answer:
    """The answer of counts a unit of exposure against the others'; needed in those units."""
    found = limits.rate_limits(counts, exposure, min_cases=few)
    usual = found.benchmark * exposure
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = limits.overdispersion((counts - usual) / np.sqrt(usual))
    still = needed.for_count(counts, exposure, found.benchmark, phi, few)
    return Answer(ratio(counts, exposure), np.nan_to_num(usual), found, advice, still)


def of_trend(counts: list[np.ndarray], exposure: list[np.ndarray], advice: str, few: int) -> Answer:
    """The answer of recent counts (the first) against those of the whole time, each a unit of exposure."""
    (x, n), (recent, whole) = counts, exposure
    found = limits.trend_limits(x, n, recent, whole, min_cases=few)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where((recent > 0) & (recent < whole), recent / whole, np.nan)
    return Answer(ratio(x, recent), n, found, advice, still_of_rate(ratio(x, n), n, share, few))


def still_of_rate(rate: np.ndarray, cases: np.ndarray, benchmark: np.ndarray, few: int) -> Needed:
    """What is still needed to judge rates of so many cases."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (rate - benchmark) / np.sqrt(benchmark * (1 - benchmark) / cases)
    return needed.for_proportion(np.nan_to_num(rate * cases), cases, benchmark, limits.overdispersion(z), few)


def leaning_only(value: np.ndarray, benchmark: np.ndarray, more: float = np.nan) -> Needed:
    """Which way a value leans; `more`: the cases still needed of everybody, as far as there is such a number."""
    way = np.nan_to_num(np.sign(value - benchmark)).astype(int)
    known = more if 0 < more <= needed.MOST else np.nan
    return Needed(np.where(np.isnan(value), np.nan, known), way)


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part of the whole; NaN where that is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)
