"""Functions of statistics that chances are worked out by."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from funnelbook.formulas.native.blocks import NUM, Scalar
from funnelbook.formulas.native.registry import Given, function
from funnelbook.formulas.native.scalars import finite, number, truth, whole


@function("BINOM.DIST", "BINOMDIST", least=4)
def binom_dist(_: Given, wins: Scalar, trials: Scalar, chance: Scalar, cumulative: Scalar) -> Scalar:
    """The chance of so many wins, or of at most so many."""
    k, n, p = whole(wins), whole(trials), number(chance)
    if not 0 <= k <= n or not 0 <= p <= 1:
        return NUM
    if truth(cumulative):
        return float(special.bdtr(k, n, p))
    ways = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    return float(np.exp(ways + special.xlogy(k, p) + special.xlog1py(n - k, -p)))


@function("POISSON.DIST", "POISSON", least=3)
def poisson_dist(_: Given, events: Scalar, mean: Scalar, cumulative: Scalar) -> Scalar:
    """The chance of so many events, or of at most so many."""
    k, rate = whole(events), number(mean)
    if k < 0 or rate < 0:
        return NUM
    if truth(cumulative):
        return float(special.pdtr(k, rate))
    return float(np.exp(special.xlogy(k, rate) - rate - special.gammaln(k + 1)))


@function("GAMMA.DIST", "GAMMADIST", least=4)
def gamma_dist(_: Given, value: Scalar, shape: Scalar, scale: Scalar, cumulative: Scalar) -> Scalar:
    """The Gamma distribution."""
    x, a, b = number(value), number(shape), number(scale)
    if x < 0 or a <= 0 or b <= 0:
        return NUM
    if truth(cumulative):
        return float(special.gammainc(a, x / b))
    return finite(float(np.exp(special.xlogy(a - 1, x / b) - x / b - special.gammaln(a)) / b))


@function("GAMMA.INV", "GAMMAINV", least=3)
def gamma_inv(_: Given, chance: Scalar, shape: Scalar, scale: Scalar) -> Scalar:
    """The number below which the Gamma distribution has a chance."""
    p, a, b = number(chance), number(shape), number(scale)
    if not 0 <= p < 1 or a <= 0 or b <= 0:
        return NUM
    return float(special.gammaincinv(a, p) * b)


@function("NORM.DIST", "NORMDIST", least=4)
def norm_dist(_: Given, value: Scalar, mean: Scalar, deviation: Scalar, cumulative: Scalar) -> Scalar:
    """The normal distribution."""
    x, middle, spread = number(value), number(mean), number(deviation)
    if spread <= 0:
        return NUM
    place = (x - middle) / spread
    return float(special.ndtr(place)) if truth(cumulative) else _height(place) / spread


@function("NORM.S.DIST", least=2)
def norm_s_dist(_: Given, value: Scalar, cumulative: Scalar) -> Scalar:
    """The standard normal distribution."""
    x = number(value)
    return float(special.ndtr(x)) if truth(cumulative) else _height(x)


def _height(place: float) -> float:
    """Of the curve of the standard normal distribution."""
    return math.exp(-place * place / 2) / math.sqrt(2 * math.pi)


@function("NORM.S.INV", "NORMSINV", least=1)
def norm_s_inv(_: Given, chance: Scalar) -> Scalar:
    """The number below which the standard normal distribution has a chance."""
    p = number(chance)
    return float(special.ndtri(p)) if 0 < p < 1 else NUM


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
