"""The law the sample's customers follow: who goes on, who refuses, who falls silent for ever, and how long each takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from funnelbook.sample.work_clock import Clock

_SPREAD = 0.8  # of the logarithm of a wait: most answer soon, some after weeks
_MOST = 0.97  # nobody is so good that nothing can go wrong


@dataclass(frozen=True)
class Law:
    """By tier, lowest first: of new prospects the share that begins there, the chance to go on; of those who do not go on the
    share that refuses and the share that falls back a tier, the others stay for ever and nobody writes it down; the mean wait
    in working days."""

    enter: tuple[float, ...]
    go_on: tuple[float, ...]
    lost: tuple[float, ...]
    back: tuple[float, ...]
    wait_days: tuple[float, ...]


LAW = Law(
    enter=(0.62, 0.2, 0.12, 0.06, 0.0),
    go_on=(0.62, 0.6, 0.6, 0.68, 0.86),
    lost=(0.5, 0.5, 0.45, 0.4, 0.5),
    back=(0.0, 0.0, 0.05, 0.15, 0.25),
    wait_days=(6.0, 5.0, 5.0, 4.5, 3.5),
)


def steps(
    rng: np.random.Generator, tier: np.ndarray, skill: np.ndarray, waited: np.ndarray, law: Law = LAW
) -> tuple[np.ndarray, np.ndarray]:
    """Where cases that stand in `tier` go next (-1: nowhere, ever) and how many working days after they entered it.

    `skill` multiplies the chance to go on. `waited`: working days they have stood there without moving, which is known: who
    has waited long is the likelier to be one of the silent.
    """
    go_on, lost, back, mean = (np.array(column)[tier] for column in (law.go_on, law.lost, law.back, law.wait_days))
    up = np.minimum(go_on * skill, _MOST)
    moves = up + (1 - up) * (lost + back)
    middle = np.log(mean) - _SPREAD**2 / 2
    with np.errstate(divide="ignore"):
        still = ndtr((middle - np.log(waited)) / _SPREAD)  # of those who will move, the share that has not yet
    u, v, w = rng.random((3, len(tier)))
    silent = u * (moves * still + 1 - moves) >= moves * still
    wait = np.exp(middle - _SPREAD * ndtri(still * (1 - v)))
    w *= moves
    to = np.where(w < up, tier + 1, np.where(w < up + (1 - up) * lost, len(law.go_on) + 1, tier - 1))
    return np.where(silent, -1, to), wait


def moves(
    rng: np.random.Generator,
    entered: np.ndarray,
    tier: np.ndarray,
    skill: np.ndarray,
    clock: Clock,
    law: Law = LAW,
    waited: np.ndarray | None = None,
) -> pd.DataFrame:
    """All moves to the clock's end of cases that entered `tier` on the days `entered` (numbers of the clock): case, day, tier.

    `skill`: cases x tiers. `waited`: see steps; 0 for who has just entered.
    """
    case, n, parts = np.arange(len(entered)), len(law.go_on), []
    waited = np.zeros(len(case)) if waited is None else waited
    while len(case):
        to, wait = steps(rng, tier, skill[case, tier], waited, law)
        day = clock.after(entered, wait)
        known = (to >= 0) & (day < len(clock))
        case, day, to = case[known], day[known], to[known]
        parts.append(pd.DataFrame({"case": case, "day": day, "tier": to}))
        goes_on = to < n
        case, entered, tier = case[goes_on], day[goes_on], to[goes_on]
        waited = np.zeros(len(case))
    return pd.concat(parts, ignore_index=True)
