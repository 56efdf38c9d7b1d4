"""Holds the conversion rates and their intervals against the rates of the law."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from funnelbook.sample.truth import true_rates
from support.calibration import forecasts, judge
from support.calibration.known import known_of

HELD = (0.90, 0.98)  # what 95 % intervals may hold


def of_seed(seed: int) -> pd.DataFrame:
    """A row a tier on the last cut: tier, rate, rate_low, rate_high, true, held."""
    world, cut = judge.world(seed), judge.CUTS[-1]
    known = known_of(world, cut)
    shown = forecasts.rates(known).assign(true=true_rates(world, known.tiers))
    held = (shown["rate_low"] <= shown["true"]) & (shown["true"] <= shown["rate_high"])
    return shown.assign(held=held).reset_index()


def of_seeds(seeds: Iterable[int]) -> pd.DataFrame:
    """By tier the means over the seeds' teams."""
    return pd.concat(map(of_seed, seeds)).groupby("tier").mean()
