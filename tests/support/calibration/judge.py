"""Holds forecasts against what came: the chance of the month's target, the orders expected, the intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from funnelbook.sample import World, world_of
from support.calibration.forecasts import Forecast, Model
from support.calibration.known import Known, came, known_of

SEEDS = range(1, 41)
FIRST, LAST = date(2025, 1, 1), date(2026, 11, 30)
NEWCOMER_SINCE = date(2026, 3, 16)
# a cut in high and low months, before and after festivals, early and late in the month
CUTS = tuple(date(2026, *day) for day in ((1, 14), (2, 10), (3, 18), (4, 24), (6, 9), (7, 21), (9, 4), (10, 28)))
AIMS = np.arange(5, 18) / 10  # targets, as parts of what so long a period of the last quarter brought
ENOUGH = 400  # chances in a bin that can be judged
_QUARTER = 91  # days
INTERVALS = {0.8: (0.72, 0.88), 0.95: (0.90, 0.98)}


@dataclass(frozen=True)
class Cases:
    """`rows`: the chance told of single cases, and whether it happened."""

    rows: pd.DataFrame

    @property
    def log_loss(self) -> float:
        told = np.clip(self.rows["told"], 1e-6, 1 - 1e-6)
        return float(-np.log(np.where(self.rows["happened"], told, 1 - told)).mean())

    @property
    def auc(self) -> float:
        """The chance that of two cases the one it happened to was told the higher chance."""
        rank, happened = rankdata(self.rows["told"]), self.rows["happened"].to_numpy(bool)
        n = happened.sum()
        return float((rank[happened].sum() - n * (n + 1) / 2) / (n * (len(rank) - n)))

    @property
    def ece(self) -> float:
        """The mean difference of told and happened over the tenths of the chance."""
        off = (self.rows["told"] - self.rows["happened"]).groupby(tenths(self.rows["told"])).agg(["mean", "size"])
        return float((off["mean"].abs() * off["size"]).sum() / len(self.rows))


@dataclass(frozen=True)
class Judged:
    """`chances`: seed, cut, row (0: the team), gap, told, happened. `totals`: seed, cut, row, expected, came, place (where between
    0 and 1 of what was told the orders fell that came, ties decided by lot). `cases`: those that were open."""

    chances: pd.DataFrame
    totals: pd.DataFrame
    cases: Cases

    @classmethod
    def of(cls, parts: Iterable[Judged]) -> Judged:
        frames = zip(*((part.chances, part.totals, part.cases.rows) for part in parts), strict=True)
        chances, totals, cases = (pd.concat(frame, ignore_index=True) for frame in frames)
        return cls(chances, totals, Cases(cases))

    @cached_property
    def bins(self) -> pd.DataFrame:
        """By tenth of the chance: chances, told, happened, `error` (two standard errors of the difference, clustered by seed)."""
        rows = self.chances.assign(off=self.chances["happened"] - self.chances["told"])
        tenth = tenths(rows["told"])
        table = rows.groupby(tenth).agg(chances=("told", "size"), told=("told", "mean"), happened=("happened", "mean"))
        by_seed = rows.groupby([tenth, "seed"])["off"].agg(["sum", "size"])
        for at, of in by_seed.groupby(level=0):
            left = of["sum"] - of["size"] * (table.at[at, "happened"] - table.at[at, "told"])
            seeds = len(of)
            spread = np.sqrt((left**2).sum() * seeds / max(1, seeds - 1)) / of["size"].sum()
            table.loc[at, "error"] = 2 * spread
        return table

    @property
    def off(self) -> pd.DataFrame:
        """The bins with enough chances in which told and happened differ by more than 5 points and more than the error."""
        full = self.bins[self.bins["chances"] >= ENOUGH]
        return full[(full["told"] - full["happened"]).abs() > np.maximum(0.05, full["error"])]

    @cached_property
    def ratio(self) -> float:
        """Orders expected of the team over those that came."""
        team = self.totals[self.totals["row"] == 0]
        return float(team["expected"].sum() / team["came"].sum())

    def held(self, level: float) -> float:
        """The share of cuts in which the team's orders fell into the interval of that chance."""
        place = self.totals.loc[self.totals["row"] == 0, "place"]
        return float(((place >= (1 - level) / 2) & (place <= (1 + level) / 2)).mean())

    @property
    def brier(self) -> float:
        return float(((self.chances["told"] - self.chances["happened"]) ** 2).mean())

    @property
    def by_cut(self) -> pd.Series:
        """The ratio of each cut."""
        team = self.totals[self.totals["row"] == 0].groupby("cut")[["expected", "came"]].sum()
        return team["expected"] / team["came"]

    @property
    def faults(self) -> list[str]:
        """What is not as the issue of the forecast asks; empty when all is."""
        found = [f"{r.told:.0%} came true {r.happened:.0%} of {r.chances:.0f}" for r in self.off.itertuples()]
        if not 0.9 <= self.ratio <= 1.1:
            found.append(f"expected {self.ratio:.2f} of what came")
        for level, (low, high) in INTERVALS.items():
            if not low <= self.held(level) <= high:
                found.append(f"{level:.0%} intervals held {self.held(level):.1%}")
        return found


def tenths(told: pd.Series) -> pd.Series:
    """Which of the ten bins each chance is in."""
    return np.minimum((told * 10).astype(int), 9)


def world(seed: int) -> World:
    return world_of(seed, "zh", FIRST, LAST, NEWCOMER_SINCE)


def judged(forecast: Forecast, known: Known, brought: pd.DataFrame, seed: int) -> Judged:
    """One forecast of one cut. `brought`: the orders (id, owner) that came after it up to the period's end."""
    orders = known.rows(brought["owner"])
    rng = np.random.default_rng([seed, known.as_of.toordinal()])
    more = 1 - forecast.chance(orders + 1)  # of at most as many as came
    less = np.where(orders > 0, 1 - forecast.chance(np.maximum(orders, 1)), 0.0)
    row = np.arange(len(orders))
    same = {"seed": seed, "cut": known.as_of}
    place = less + rng.random(len(orders)) * (more - less)
    totals = pd.DataFrame(same | {"row": row, "expected": forecast.expected, "came": orders, "place": place})
    happened = known.customers["id"].isin(brought["id"]).to_numpy()[known.open]
    cases = Cases(pd.DataFrame({"told": forecast.p, "happened": happened}))
    return Judged(_chances(forecast, known, orders, same), totals, cases)


def _chances(forecast: Forecast, known: Known, orders: np.ndarray, same: dict[str, object]) -> pd.DataFrame:
    """Targets owe nothing to the forecast: some part of what each row sold in the last quarter, for so long a period."""
    sold = known.orders["date"]
    quarter = known.orders[sold > pd.Timestamp(known.as_of) - pd.Timedelta(days=_QUARTER)]
    days = (known.period.end - known.period.start).days + 1
    as_before = known.rows(quarter["owner"]) * days / _QUARTER
    won = known.rows(known.orders.loc[sold >= pd.Timestamp(known.period.start), "owner"])
    parts = []
    for aim in AIMS:
        gap = np.maximum(1, np.round(as_before * aim)).astype(int) - won
        told = forecast.chance(np.maximum(gap, 1))
        parts.append(pd.DataFrame({"row": np.arange(len(gap)), "gap": gap, "told": told, "happened": orders >= gap}))
    rows = pd.concat(parts)
    rows = rows[rows["gap"] > 0].drop_duplicates(["row", "gap"])  # what is made already is no forecast
    return rows.assign(**same)


def of_seed(seed: int, models: dict[str, Model]) -> dict[str, Judged]:
    """All cuts of one seed's team, by model."""
    after, parts = world(seed), {name: [] for name in models}
    for cut in CUTS:
        known = known_of(after, cut)
        for name, model in models.items():
            parts[name].append(judged(model(known), known, came(after, known), seed))
    return {name: Judged.of(of) for name, of in parts.items()}
