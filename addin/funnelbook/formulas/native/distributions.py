"""Functions of statistics that chances are worked out by."""

from __future__ import annotations

import math

from scipy import special, stats

from funnelbook.formulas.native.blocks import NUM, Scalar
from funnelbook.formulas.native.registry import Given, function
from funnelbook.formulas.native.scalars import finite, number, truth, whole


@function("BINOM.DIST", "BINOMDIST", least=4)
def binom_dist(_: Given, wins: Scalar, trials: Scalar, chance: Scalar, cumulative: Scalar) -> Scalar:
    """The chance of so many wins, or of at most so many."""
    k, n, p = whole(wins), whole(trials), number(chance)
    if not 0 <= k <= n or not 0 <= p <= 1:
        return NUM
    return float(stats.binom.cdf(k, n, p) if truth(cumulative) else stats.binom.pmf(k, n, p))


@function("POISSON.DIST", "POISSON", least=3)
def poisson_dist(_: Given, events: Scalar, mean: Scalar, cumulative: Scalar) -> Scalar:
    """The chance of so many events, or of at most so many."""
    k, rate = whole(events), number(mean)
    if k < 0 or rate < 0:
        return NUM
    return float(stats.poisson.cdf(k, rate) if truth(cumulative) else stats.poisson.pmf(k, rate))


@function("NORM.DIST", "NORMDIST", least=4)
def norm_dist(_: Given, value: Scalar, mean: Scalar, deviation: Scalar, cumulative: Scalar) -> Scalar:
    """The normal distribution."""
    x, middle, spread = number(value), number(mean), number(deviation)
    if spread <= 0:
        return NUM
    return float((stats.norm.cdf if truth(cumulative) else stats.norm.pdf)(x, middle, spread))


@function("NORM.S.DIST", least=2)
def norm_s_dist(_: Given, value: Scalar, cumulative: Scalar) -> Scalar:
    """The standard normal distribution."""
    x = number(value)
    return float(stats.norm.cdf(x) if truth(cumulative) else stats.norm.pdf(x))


@function("NORM.S.INV", "NORMSINV", least=1)
def norm_s_inv(_: Given, chance: Scalar) -> Scalar:
    """The number below which the standard normal distribution has a chance."""
    p = number(chance)
    return float(stats.norm.ppf(p)) if 0 < p < 1 else NUM


@function("COMBIN", least=2)
def combin(_: Given, of: Scalar, chosen: Scalar) -> Scalar:
    """How many ways there are to choose some of a number of things."""
    n, k = whole(of), whole(chosen)
    return finite(float(special.comb(n, k))) if 0 <= k <= n else NUM


@function("GAMMALN", least=1)
def gammaln(_: Given, value: Scalar) -> Scalar:
    """The logarithm of the gamma function."""
    x = number(value)
    return math.lgamma(x) if x > 0 else NUM


@function("FACT", least=1)
def fact(_: Given, value: Scalar) -> Scalar:
    """The product of the whole numbers up to one."""
    n = whole(value)
    return float(math.factorial(n)) if 0 <= n <= 170 else NUM
