"""The law the sample's customers follow, and what it makes of the rates: the truth that estimates can be held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.domain.tiers import Tiers

_SIMULATED = 400_000
_SATURDAY = 5


@dataclass(frozen=True)
class Law:
    """Per tier, lowest first: the chance to go on, the chance to be lost of those who do not, the mean wait in days."""

    go_on: tuple[float, ...]
    lost: tuple[float, ...]
    wait_days: tuple[float, ...]


LAW = Law(go_on=(0.62, 0.58, 0.56, 0.66, 0.85), lost=(0.35, 0.35, 0.3, 0.4, 0.6), wait_days=(7.0, 5.0, 5.0, 4.0, 3.0))


def moves(rng: np.random.Generator, created: np.ndarray, skill: np.ndarray, law: Law = LAW) -> pd.DataFrame:
    """All moves of cases that enter the lowest tier on the days `created` (datetime64[D]): case, day, tier number.

    `skill` (cases x tiers) multiplies the chance to go on. Waits are gamma distributed, at least a day; calls are made on
    weekdays, so a move that would fall on a weekend is made on the Monday.
    """
    n = len(law.go_on)
    case, day = np.arange(len(created)), created.astype("datetime64[D]")
    parts = []
    for tier in range(n):
        u = rng.random(len(case))
        wait = 1 + np.floor(rng.gamma(2.0, law.wait_days[tier] / 2, len(case))).astype(int)
        chance = np.clip(law.go_on[tier] * skill[case, tier], 0, 0.98)
        when = _weekday(day + wait)
        up = u < chance
        lost = ~up & (u < chance + (1 - chance) * law.lost[tier])
        for chosen, to in ((up, tier + 1), (lost, n + 1)):
            parts.append(pd.DataFrame({"case": case[chosen], "day": when[chosen].astype("datetime64[s]"), "tier": to}))
        case, day = case[up], when[up]
    return pd.concat(parts, ignore_index=True)


def true_rates(tiers: Tiers, skills: np.ndarray, law: Law = LAW, seed: int = 0) -> np.ndarray:
    """The law's share of each tier's cases that reach the next within h = 3 x dwell_days, by tier (numbers.md 2, "true rate").

    `skills`: one row a person, all people having as many customers. From a simulation of the law, exact to about .001; no
    estimate enters.
    """
    rng = np.random.default_rng(seed)
    created = np.datetime64("2020-01-01") + rng.integers(0, 700, _SIMULATED)
    happened = moves(rng, _weekday(created), skills[np.arange(_SIMULATED) % len(skills)], law)
    entered = np.full((_SIMULATED, tiers.n + 1), np.datetime64("NaT"), dtype="datetime64[D]")
    entered[:, 0] = _weekday(created)
    up = happened[happened["tier"] <= tiers.won]
    entered[up["case"], up["tier"]] = up["day"].to_numpy("datetime64[D]")
    took = (entered[:, 1:] - entered[:, :-1]).astype(float)
    took[np.isnat(entered[:, 1:])] = np.inf
    there = ~np.isnat(entered[:, :-1])
    return ((took <= 3 * tiers.dwell_days) & there).sum(axis=0) / there.sum(axis=0)


def _weekday(days: np.ndarray) -> np.ndarray:
    """Days of the weekend moved to the Monday."""
    days = days.astype("datetime64[D]")
    number = (days.astype(np.int64) + 3) % 7
    return days + np.where(number >= _SATURDAY, 7 - number, 0)
