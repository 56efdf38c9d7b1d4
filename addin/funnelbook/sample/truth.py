"""What nobody in the team can know: the true chances and rates of a sample world, that forecasts and estimates can be held against."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from funnelbook.domain.tiers import Tiers
from funnelbook.sample.law import moves
from funnelbook.sample.world import KEPT, World, arrivals

_FUTURES = 400
_CASES = 50_000


def open_cases(world: World, as_of: date) -> pd.DataFrame:
    """Cases not ended by the evening of `as_of`: case, owner, tier, entered (number of the clock)."""
    today, n = int(world.clock.number(as_of)), len(world.law.go_on)
    there = np.flatnonzero(world.created <= today)
    tier, entered = world.began.copy(), world.created.copy()
    known = world.moves[world.moves["day"] <= today]
    tier[known["case"]], entered[known["case"]] = known["tier"], known["day"]  # of several the last stays
    there = there[tier[there] < n]
    return pd.DataFrame({
        "case": there, "owner": world.owner[there], "tier": tier[there], "entered": entered[there]
    })  # fmt: skip


def true_chances(world: World, as_of: date, until: date, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """By open case the chance `p` of a kept order after `as_of` and up to `until`; by person the orders new prospects will bring.

    From simulated futures of the law, people's real skill and the season, knowing what is known on `as_of` and no more.
    """
    rng, clock, n = np.random.default_rng([world.seed, seed, 3]), world.clock, len(world.law.go_on)
    today, last = (int(clock.number(day)) for day in (as_of, until))
    cases = open_cases(world, as_of)
    many = cases.loc[cases.index.repeat(_FUTURES)]
    entered = many["entered"].to_numpy()
    waited = clock.run[today] - clock.run[entered]
    skill = world.skills[many["owner"]]
    happened = moves(rng, entered, many["tier"].to_numpy(), skill, clock, world.law, waited)
    won = happened["case"][(happened["tier"] == n) & (happened["day"] <= last)]
    p = np.bincount(won // _FUTURES, minlength=len(cases)) / _FUTURES * KEPT
    brought = np.zeros(len(world.skills))
    for _ in range(_FUTURES // 10):
        who, day = arrivals(rng, clock, world.starts, today + 1, world.a_year)
        who, day = who[day <= last], day[day <= last]
        began = rng.choice(n, len(who), p=world.law.enter)
        happened = moves(rng, day, began, world.skills[who], clock, world.law)
        won = happened["case"][(happened["tier"] == n) & (happened["day"] <= last)]
        brought += np.bincount(who[won], minlength=len(brought))
    return cases.assign(p=p), brought / (_FUTURES // 10) * KEPT


def true_rates(world: World, tiers: Tiers) -> np.ndarray:
    """The law's share of each tier's cases that reach a higher one within h = 3 x dwell_days, by tier (numbers.md 2, "true rate").

    A tier that is skipped counts as reached. From a simulation over the days and the people of `world`, exact to about .003; no
    estimate enters.
    """
    rng = np.random.default_rng([world.seed, 4])
    longest = int(3 * tiers.dwell_days.max()) + 1
    drawn = rng.choice(np.flatnonzero(world.created < len(world.clock) - longest), _CASES)
    created, began = world.created[drawn], rng.choice(tiers.n, _CASES, p=world.law.enter)
    happened = moves(rng, created, began, world.skills[world.owner[drawn]], world.clock, world.law)
    up = happened[happened["tier"] <= tiers.n]
    reached = np.full((_CASES, tiers.n + 1), np.inf)
    for tier in range(tiers.n + 1):
        at_least = up[up["tier"] >= tier]
        np.minimum.at(reached[:, tier], at_least["case"].to_numpy(), at_least["day"].to_numpy().astype(float))
        reached[began >= tier, tier] = created[began >= tier]
    there = np.isfinite(reached[:, :-1])
    with np.errstate(invalid="ignore"):
        took = reached[:, 1:] - reached[:, :-1]
    return ((took <= 3 * tiers.dwell_days) & there).sum(axis=0) / there.sum(axis=0)
