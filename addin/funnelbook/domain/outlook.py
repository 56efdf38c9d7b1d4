"""The chance of an order in time (成交概率) of every case, by recursion from the last day back to tomorrow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funnelbook.domain.dtypes import At, Counts, Numbers
from funnelbook.domain.hazards import Hazards, upward


@dataclass(frozen=True)
class Outlook:
    """Chances of an order by the last day, (1 + people): row 0 is nobody's case.

    `won`: people x tiers x ages, of a case so old on the first day to come, ages past the last count as the last.
    `fresh`: days x people x tiers, of a case that enters the tier on that day.
    """

    won: Numbers
    fresh: Numbers
    weights: Numbers

    def of(self, who: At, tier: At, age: Counts) -> Numbers:
        """The chance of each case: `who` the owner's row (nobody is negative), its tier and age."""
        return self.won[np.maximum(who, 0), tier, np.clip(age, 0, self.won.shape[2] - 1)]

    def gain(self, hazards: Hazards, who: At, tier: At, age: Counts) -> Numbers:
        """Orders a working day spent on each case brings: its chance of each move up times what that move adds."""
        n = self.won.shape[1]
        who, at = np.maximum(who, 0), np.searchsorted(hazards.bins, np.maximum(age, 0), side="right") - 1
        after = np.concatenate([self.won[:, :, 0], np.ones((len(self.won), 1))], axis=1)[who]
        up = upward(n)[tier][:, : n + 1]
        adds = after - self.of(who, tier, age)[:, None]
        return np.where(up, hazards.moves[who, tier, at, : n + 1] * adds, 0.0).sum(axis=1)


def outlook(hazards: Hazards, weights: Numbers) -> Outlook:
    """The Outlook over the days to come of `weights`, from the first to the last. Source: forecast.md 2."""
    moves, bins = hazards.moves, hazards.bins
    people, n = moves.shape[:2]
    ages = int(bins[-1]) + 1
    in_bin = np.repeat(np.arange(len(bins)), np.diff(np.append(bins, ages)))
    leave = moves.sum(axis=-1)
    won, after = np.zeros((people, n, ages)), np.zeros((people, n + 2))
    after[:, n] = 1.0
    fresh = np.zeros((len(weights), people, n))
    for day in range(len(weights) - 1, -1, -1):
        after[:, :n] = fresh[day] = won[:, :, 0]
        gained = weights[day] * np.einsum("pibj,pj->pib", moves, after)
        stays = 1 - weights[day] * leave
        older = np.concatenate([won[:, :, 1:], won[:, :, -1:]], axis=2)
        won = gained[:, :, in_bin] + stays[:, :, in_bin] * older
    return Outlook(won, fresh, weights)
