"""Control limits (控制限): who differs from the others by more than chance, and who cannot be judged yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from funnelbook.domain import quantiles
from funnelbook.domain.dtypes import At, Counts, Flags, Numbers, Objects

OK, WATCH, PROBLEM, NO_EVIDENCE = "ok", "watch", "problem", "no_evidence"
PROBLEM_LEVEL = 0.998
_NOISE = 1e-12
TYPICAL_Z = 0.67449  # the median of |z| where chance alone is at work


class Limits(NamedTuple):
    """A row a person, in the order of the input, in the unit of what is judged; NaN where there is nothing to compare."""

    benchmark: Numbers
    low: Numbers
    high: Numbers
    verdict: Objects  # object: ok, watch, problem, no_evidence


def proportion_limits(successes: Numbers, trials: Numbers, level: float = 0.95, min_cases: int = 20) -> Limits:
    """Benchmark, control limits at `level` and verdict of each row's proportion successes / trials; higher is good.

    `successes` and `trials`: whole counts, a row a person, same length. Benchmark: pooled proportion of the other rows.
    Limits: binomial, as proportions 0 .. 1, widened around the benchmark by sqrt(phi) of `overdispersion` (people without
    trials or with a benchmark of 0 or 1 have no z). Verdict, the first that fits: no_evidence: trials below `min_cases`, no
    others, or limits wider than half the benchmark, read as half their width above half the benchmark; ok: on or above the
    low limit; problem: below the low limit at 99.8 %; watch: the rest. Without others the benchmark is NaN, without a benchmark
    or trials the limits. ValueError for counts negative or not whole, more successes than trials, unequal lengths, a level not
    between 0 and 1. Source: numbers.md 8.
    """
    x, n = np.atleast_1d(np.asarray(successes, dtype=float)), np.atleast_1d(np.asarray(trials, dtype=float))
    _check(x, n, level)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rate = x / n
        benchmark = (x.sum() - x) / (n.sum() - n)
        z = (rate - benchmark) / np.sqrt(benchmark * (1 - benchmark) / n)
    widening = _widening(z)
    low, high = _binomial(n, benchmark, level, widening)
    lowest, _ = _binomial(n, benchmark, PROBLEM_LEVEL, widening)
    return Limits(benchmark, low, high, _verdict(rate, benchmark, low, high, lowest, n >= min_cases))


def reweighted_limits(
    successes: Numbers, trials: Numbers, level: float = 0.95, min_cases: int = 20
) -> tuple[Limits, Numbers, Numbers]:
    """Limits of proportions re-weighted to the team's mix of strata, the proportions, and the cases each is worth.

    `successes` and `trials`: counts, people x strata, or cases' worth of them. Weights: each stratum's share of all trials, over
    the strata a person has; the benchmark is the others' proportions under the same weights. Cases: (sum of weights)^2 / sum of
    squared weights of single trials (Kish 1965), whole, never more than the trials. With one stratum all is as in
    `proportion_limits`.
    Source: numbers.md 8, B3.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    others_x, others_n = (_others(part) for part in (x, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where((n > 0) & (others_n > 0), n.sum(axis=0) / n.sum(), 0.0)
        weight = weight / weight.sum(axis=1, keepdims=True)
        rate = np.where(weight > 0, weight * x / n, 0.0).sum(axis=1)
        benchmark = np.where(weight > 0, weight * np.minimum(1.0, others_x / others_n), 0.0).sum(axis=1)
        worth = 1 / np.where(weight > 0, weight**2 / n, 0.0).sum(axis=1)
        known = (weight > 0).any(axis=1)
        rate, benchmark = (np.where(known, part, np.nan) for part in (rate, benchmark))
        cases = np.where(known, np.floor(worth + 1e-9), 0.0)
        z = (rate - benchmark) / np.sqrt(benchmark * (1 - benchmark) / cases)
    widening = _widening(z)
    low, high = _binomial(cases, benchmark, level, widening)
    lowest, _ = _binomial(cases, benchmark, PROBLEM_LEVEL, widening)
    found = Limits(benchmark, low, high, _verdict(rate, benchmark, low, high, lowest, cases >= min_cases))
    return found, rate, cases


def _others(counts: Numbers) -> Numbers:
    """Sum of the other rows, 0 where nothing but a rounding is left."""
    total = counts.sum(axis=0)
    return np.where(total - counts > _NOISE * total, total - counts, 0.0)


def rate_limits(counts: Numbers, exposure: Numbers, level: float = 0.95, min_cases: int = 20) -> Limits:
    """Poisson limits of counts / exposure (calls a day) against the pooled rate of the others; more is good.

    no_evidence below `min_cases` events expected at the benchmark; all else as in `proportion_limits`. Source: numbers.md 8.
    """
    x, days = np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        benchmark = (x.sum() - x) / (days.sum() - days)
        expected = benchmark * days
        z = (x - expected) / np.sqrt(expected)
    return _per(days, _poisson(x, expected, level, min_cases, _widening(z)))


def expected_limits(counts: Numbers, expected: Numbers, level: float = 0.95, min_cases: int = 20) -> Limits:
    """Poisson limits of counts against what a plan expects of each, more is good; NaN expected: no_evidence.

    There are no peers here, so nothing is widened: a team that is short as a whole is short. Source: numbers.md 8, B4 and B8.
    """
    return _poisson(np.asarray(counts, dtype=float), np.asarray(expected, dtype=float), level, min_cases, 1.0)


def trend_limits(
    recent: Numbers,
    total: Numbers,
    recent_exposure: Numbers,
    exposure: Numbers,
    level: float = 0.95,
    min_cases: int = 20,
) -> Limits:
    """Limits of the recent rate recent / recent_exposure of each against his own rate total / exposure, recent included.

    Two Poisson counts are compared by the binomial law of the recent one given their sum (Przyborowski, Wilenski 1940), the
    limits widened by what people differ beyond it.
    no_evidence below `min_cases` in all or without exposure on either side. Source: numbers.md 8, B9.
    """
    x, n, days, all_days = (np.asarray(part, dtype=float) for part in (recent, total, recent_exposure, exposure))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where((days > 0) & (days < all_days), days / all_days, np.nan)
        usual = n * share
        widening = _widening((x - usual) / np.sqrt(usual * (1 - share)))
        low, high, lowest = (
            np.clip(_widened(part, usual, widening), 0.0, n)
            for part in (
                *_between(quantiles.binomial, level, n, share),
                _between(quantiles.binomial, PROBLEM_LEVEL, n, share)[0],
            )
        )
        found = Limits(usual, low, high, _verdict(x, usual, low, high, lowest, n >= min_cases))
    return _per(days, found)


def mean_limits(
    values: Numbers, who: At, people: int, level: float = 0.95, min_cases: int = 20
) -> tuple[Limits, Numbers, Numbers | Counts]:
    """Student t limits of each person's mean against the mean of the others' values, the means, and the numbers of values.

    `values`: one each (the margin rate of an order), `who`: the person's position 0 .. people - 1. Limits: the others' mean
    +- t (their degrees of freedom) x their standard deviation / sqrt(n); more is good. Source: numbers.md 8.
    """
    values, who = np.asarray(values, dtype=float), np.asarray(who, dtype=np.intp)
    n, total, squares = (
        np.bincount(who, weights=w, minlength=people) for w in (np.ones(len(values)), values, values**2)
    )
    others = n.sum() - n
    with np.errstate(divide="ignore", invalid="ignore"):
        mean, benchmark = total / n, (total.sum() - total) / others
        around = squares.sum() - squares - others * benchmark**2
        around[around < _NOISE * squares.sum()] = 0.0  # equal values differ by rounding only
        spread = np.sqrt(around / (others - 1))
        error = np.where((n > 0) & (others > 1), spread / np.sqrt(n), np.nan)
        widening = _widening((mean - benchmark) / error)
        far, farther = (widening * quantiles.student((1 + at) / 2, others - 1) * error for at in (level, PROBLEM_LEVEL))
    low, high = benchmark - far, benchmark + far
    verdict = _verdict(mean, benchmark, low, high, benchmark - farther, n >= min_cases)
    return Limits(benchmark, low, high, verdict), mean, n


def _poisson(x: Numbers, expected: Numbers, level: float, min_cases: int, widening: float) -> Limits:
    low, high = (np.where(expected > 0, part, expected) for part in _between(quantiles.poisson, level, expected))
    lowest, _ = _between(quantiles.poisson, PROBLEM_LEVEL, expected)
    low, lowest = (np.maximum(0.0, _widened(np.minimum(part, expected), expected, widening)) for part in (low, lowest))
    high = _widened(np.maximum(high, expected), expected, widening)
    return Limits(expected, low, high, _verdict(x, expected, low, high, lowest, expected >= min_cases))


def _per(exposure: Numbers, counts: Limits) -> Limits:
    """Limits of counts as limits of rates."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return Limits(counts.benchmark / exposure, counts.low / exposure, counts.high / exposure, counts.verdict)


def _check(x: Numbers, n: Numbers, level: float) -> None:
    if x.ndim != 1 or x.shape != n.shape:
        raise ValueError("successes and trials are lists of the same length")
    for counts in (x, n):
        if not np.isfinite(counts).all() or (counts < 0).any() or (counts != np.round(counts)).any():
            raise ValueError("successes and trials are whole numbers, not negative")
    if (x > n).any():
        raise ValueError("more successes than trials")
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")


def _between(quantile: Callable[..., Numbers], level: float, *of: Numbers) -> tuple[Numbers, Numbers]:
    """Low and high quantile around `level` of the futures."""
    return quantile((1 - level) / 2, *of), quantile((1 + level) / 2, *of)


def overdispersion(z: Numbers) -> float:
    """phi: how much more people differ than chance alone makes them, at least 1: the median |z| over the usual one, squared.

    A median, so that two outliers do not silence eight. z is NaN or infinite for those who do not count. Source: forecast.md 9.
    """
    z = np.abs(z[np.isfinite(z)])
    return float(max(1.0, (np.median(z) / TYPICAL_Z) ** 2)) if len(z) else 1.0


def _widening(z: Numbers) -> float:
    return float(np.sqrt(overdispersion(z)))


def _binomial(n: Numbers, benchmark: Numbers, level: float, widening: float) -> tuple[Numbers, Numbers]:
    """Low and high limit of a proportion of n, 0 .. 1."""
    low, high = _between(quantiles.binomial, level, n, benchmark)
    with np.errstate(divide="ignore", invalid="ignore"):
        # counts are so few at times that a quantile lies on the other side of the mean
        low, high = np.minimum(low / n, benchmark), np.maximum(high / n, benchmark)
    low, high = _widened(low, benchmark, widening), _widened(high, benchmark, widening)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def _widened(limit: Numbers, benchmark: Numbers, widening: float) -> Numbers:
    # not benchmark + widening x distance: a widening of 1 must leave the limit as it is, to the last digit
    return limit + (widening - 1) * (limit - benchmark)


def _verdict(
    value: Numbers, benchmark: Numbers, low: Numbers, high: Numbers, lowest: Numbers, enough: Flags
) -> Objects:
    """Verdicts on values of which more is better, whatever distribution the limits come from. Source: numbers.md 8."""
    judged = enough & ~np.isnan(value) & ~np.isnan(low) & (high - low <= benchmark)
    verdict = np.full(value.shape, WATCH, dtype=object)
    verdict[value < lowest] = PROBLEM
    verdict[value >= low] = OK
    verdict[~judged] = NO_EVIDENCE
    return verdict
