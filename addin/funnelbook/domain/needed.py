"""How many cases it still takes (还需样本): until someone who cannot be judged yet can be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from funnelbook.domain.dtypes import Counts, Numbers

MOST = 500  # more than that are no advice
_FAR = 1.96
_NOISE = 1e-9


class Needed(NamedTuple):
    """A value a person: `cases` still to come (NaN: none, or more than `MOST`), and which way what is known leans."""

    cases: Numbers
    leaning: Counts  # -1 below the benchmark, 1 above, 0 neither


def for_proportion(successes: Numbers, trials: Numbers, benchmark: Numbers, phi: float, min_cases: int) -> Needed:
    """Trials still needed until a proportion so far from the benchmark lies outside its limits, and these are narrow enough.

    Source: forecast.md 9. Without trials the least anybody needs.
    """
    x, n, b = (np.asarray(part, dtype=float) for part in (successes, trials, benchmark))
    return _needed(x, n, b, phi * b * (1 - b), np.full(n.shape, float(min_cases)), phi * _over(1 - b, b))


def for_count(counts: Numbers, exposure: Numbers, benchmark: Numbers, phi: float, min_cases: int) -> Needed:
    """Units of exposure still needed until a count a unit so far from the benchmark lies outside its limits.

    Source: forecast.md 9. Without exposure the least anybody needs.
    """
    x, n, b = (np.asarray(part, dtype=float) for part in (counts, exposure, benchmark))
    return _needed(x, n, b, phi * b, np.ceil(_over(min_cases, b) - _NOISE), _over(phi, b))


def _needed(x: Numbers, n: Numbers, b: Numbers, variance: Numbers, least: Numbers, narrow: Numbers) -> Needed:
    off = np.where(n > 0, _over(x, n) - b, np.nan)
    off[np.abs(off) < _NOISE] = 0.0
    apart = np.where(np.isnan(off), 0.0, np.ceil(_over(_FAR**2 * variance, off**2) - _NOISE))
    total = np.maximum(np.maximum(least, apart), np.ceil(4 * _FAR**2 * narrow - _NOISE))
    still = total - n
    known = np.isfinite(still) & (still > 0) & (still <= MOST)
    return Needed(np.where(known, still, np.nan), np.nan_to_num(np.sign(off)).astype(int))


def _over(part: Numbers | float, whole: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(part, dtype=float) / whole
