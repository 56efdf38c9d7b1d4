"""What happens to the sample team from a first day to a last, whoever looks at it when: prospects, moves, calls, orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.domain.workdays import WorkCalendar
from funnelbook.sample.law import LAW, Law, moves
from funnelbook.sample.work_clock import Clock

CUSTOMERS_A_YEAR = 1000
NEWCOMER, SELDOM = 7, 5  # the person who began late; the one who calls seldom
KEPT = 0.975  # of the orders; the others are taken back later
_WORTH_OF_A_YEAR = 256  # working days
_SHARE = np.array([0.15, 0.14, 0.14, 0.13, 0.14, 0.09, 0.13, 0.08])  # of the prospects, by person
# by person: tiers E D C B A. A star, a weak closer, one who explains badly, a newcomer; the others as the law has it
_SKILLS = np.array(
    [[1.15] * 5, [1] * 5, [1] * 5, [1, 1, 0.95, 0.6, 0.6], [1] * 5, [1] * 5, [1.05, 1, 0.7, 1, 1], [0.85] * 5]
)
_DIFFER = 0.06  # besides, nobody is quite like another
_CALL_EVERY = np.array([2.0, 1.8, 1.6, 1.4, 1.1])  # working days between calls that change nothing, at first
_TIRED = 1.25  # each next one is put off for longer
_MOST_CALLS = 16
_TAKEN_BACK_AFTER = (3, 25)  # days


@dataclass(frozen=True)
class World:
    """Days are numbers of the clock, people and tiers numbers too, tiers as in domain.tiers.

    By case: owner, created, began (the tier on the evening of that day). `moves`: case, day, tier, in order of case and time.
    """

    seed: int
    clock: Clock
    law: Law
    a_year: float  # new prospects, of a whole team
    skills: np.ndarray  # people x tiers
    starts: np.ndarray  # the first day of each person
    owner: np.ndarray
    created: np.ndarray
    began: np.ndarray
    moves: pd.DataFrame

    @classmethod
    def of(
        cls,
        seed: int,
        calendar: WorkCalendar,
        first: date,
        last: date,
        newcomer: date,
        a_year: float = CUSTOMERS_A_YEAR,
        law: Law = LAW,
    ) -> World:
        """The same for the same arguments. Nobody is there before `first`; the newcomer's first day is `newcomer`."""
        rng, clock = np.random.default_rng(seed), Clock.of(calendar, first, last)
        people, n = _SKILLS.shape
        skills = _SKILLS * np.exp(rng.normal(0.0, _DIFFER, (people, 1)))
        starts = np.where(np.arange(people) == NEWCOMER, clock.number(newcomer), 0)
        owner, created = arrivals(rng, clock, starts, 0, a_year)
        began = rng.choice(n, len(owner), p=law.enter)
        happened = moves(rng, created, began, skills[owner], clock, law).sort_values(["case", "day"], ignore_index=True)
        return cls(seed, clock, law, a_year, skills, starts, owner, created, began, happened)

    @cached_property
    def won(self) -> pd.DataFrame:
        """Orders in order of time: case, day, back (the day it is taken back, NaN when it is kept)."""
        rng = np.random.default_rng([self.seed, 1])
        won = self.moves[self.moves["tier"] == len(self.law.go_on)].sort_values(["day", "case"], ignore_index=True)
        back = won["day"] + rng.integers(*_TAKEN_BACK_AFTER, len(won))
        return won[["case", "day"]].assign(back=np.where(rng.random(len(won)) < KEPT, np.nan, back))

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """All contacts in order of case and time, at most one a day: case, day, tier (-1 where nothing changed), `then` (day of the
        next one, NaN when there is none)."""
        rng, n = np.random.default_rng([self.seed, 2]), len(self.law.go_on)
        entry = pd.DataFrame({"case": np.arange(len(self.owner)), "day": self.created, "tier": self.began})
        stays = pd.concat([entry, self.moves]).sort_values(["case", "day"], kind="stable", ignore_index=True)
        case, start, tier = (stays[name].to_numpy() for name in ("case", "day", "tier"))
        until = np.where(np.append(case[1:] == case[:-1], False), np.roll(start, -1), len(self.clock))
        open_ = np.flatnonzero(tier < n)
        every = _CALL_EVERY[tier[open_]] * np.where(self.owner[case[open_]] == SELDOM, 1.5, 1.0)
        gaps = every[:, None] * _TIRED ** np.arange(_MOST_CALLS) * rng.gamma(4.0, 0.25, (len(open_), _MOST_CALLS))
        day = self.clock.after(start[open_, None], np.cumsum(gaps, axis=1))
        idle = pd.DataFrame({"case": np.repeat(case[open_], _MOST_CALLS), "day": day.ravel(), "tier": -1})
        idle = idle[idle["day"] < np.repeat(until[open_], _MOST_CALLS)]
        # who begins above the lowest tier was talked to on his first day
        told = stays[(tier > 0) | (start > self.created[case])]
        both = pd.concat([told, idle]).drop_duplicates(["case", "day"]).sort_values(["case", "day"], ignore_index=True)
        same = np.append(both["case"].to_numpy()[1:] == both["case"].to_numpy()[:-1], False)
        return both.assign(then=np.where(same, np.roll(both["day"].to_numpy(), -1), np.nan))


def arrivals(
    rng: np.random.Generator, clock: Clock, starts: np.ndarray, since: int, a_year: float
) -> tuple[np.ndarray, np.ndarray]:
    """Owner and day of new prospects from day `since` on, in order of time."""
    there = np.arange(since, len(clock))[:, None] >= starts
    count = rng.poisson(a_year / _WORTH_OF_A_YEAR * clock.worth[since:, None] * _SHARE * there)
    day, who = (np.repeat(axis.ravel(), count.ravel()) for axis in np.indices(count.shape))
    return who, since + day
