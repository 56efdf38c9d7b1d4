"""Control limits (控制限): who differs from the others by more than chance, and who cannot be judged yet."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

OK, WATCH, PROBLEM, NO_EVIDENCE = "ok", "watch", "problem", "no_evidence"
PROBLEM_LEVEL = 0.998
WINSORISED = 0.1  # share of the people at each end whose z is pulled in


class Limits(NamedTuple):
    """A row a person, in the order of the input, in the unit of what is judged; NaN where there is nothing to compare."""

    benchmark: np.ndarray
    low: np.ndarray
    high: np.ndarray
    verdict: np.ndarray  # object: ok, watch, problem, no_evidence


def proportion_limits(successes: np.ndarray, trials: np.ndarray, level: float = 0.95, min_cases: int = 20) -> Limits:
    """Benchmark, control limits at `level` and verdict of each row's proportion successes / trials; higher is good.

    `successes` and `trials`: whole counts, a row a person, same length. Benchmark: pooled proportion of the other rows.
    Limits: binomial, as proportions 0 .. 1, widened around the benchmark by sqrt(phi) when phi, the mean of z squared over
    people (z winsorised to its 10 % and 90 % quantiles; people without trials or with a benchmark of 0 or 1 have none),
    is above 1. Verdict, the first that fits: no_evidence: trials below `min_cases`, no others, or limits wider than half
    the benchmark, read as half their width above half the benchmark; ok: on or above the low limit; problem: below the
    low limit at 99.8 %; watch: the rest. Without others the benchmark is NaN, without a benchmark or trials the limits.
    ValueError for counts negative or not whole, more successes than trials, unequal lengths, a level not between 0 and 1.
    Source: numbers.md 8.
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


def _check(x: np.ndarray, n: np.ndarray, level: float) -> None:
    if x.ndim != 1 or x.shape != n.shape:
        raise ValueError("successes and trials are lists of the same length")
    for counts in (x, n):
        if not np.isfinite(counts).all() or (counts < 0).any() or (counts != np.round(counts)).any():
            raise ValueError("successes and trials are whole numbers, not negative")
    if (x > n).any():
        raise ValueError("more successes than trials")
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")


def _widening(z: np.ndarray) -> float:
    """sqrt(phi), at least 1; z is NaN or infinite for those who do not count."""
    # sorted: a sum in another order differs in its last digit, and the order of the rows must not matter
    z = np.sort(z[np.isfinite(z)])
    if len(z) == 0:
        return 1.0
    phi = np.mean(np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED])) ** 2)
    return float(np.sqrt(max(1.0, phi)))


def _binomial(n: np.ndarray, benchmark: np.ndarray, level: float, widening: float) -> tuple[np.ndarray, np.ndarray]:
    """Low and high limit of a proportion of n, 0 .. 1."""
    low, high = stats.binom.interval(level, n, benchmark)
    with np.errstate(divide="ignore", invalid="ignore"):
        # counts are so few at times that a quantile lies on the other side of the mean
        low, high = np.minimum(low / n, benchmark), np.maximum(high / n, benchmark)
    low, high = _widened(low, benchmark, widening), _widened(high, benchmark, widening)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def _widened(limit: np.ndarray, benchmark: np.ndarray, widening: float) -> np.ndarray:
    # not benchmark + widening x distance: a widening of 1 must leave the limit as it is, to the last digit
    return limit + (widening - 1) * (limit - benchmark)


def _verdict(
    value: np.ndarray, benchmark: np.ndarray, low: np.ndarray, high: np.ndarray, lowest: np.ndarray, enough: np.ndarray
) -> np.ndarray:
    """Verdicts on values of which more is better, whatever distribution the limits come from. Source: numbers.md 8."""
    judged = enough & ~np.isnan(value) & ~np.isnan(low) & (high - low <= benchmark)
    verdict = np.full(value.shape, WATCH, dtype=object)
    verdict[value < lowest] = PROBLEM
    verdict[value >= low] = OK
    verdict[~judged] = NO_EVIDENCE
    return verdict
