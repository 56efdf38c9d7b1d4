"""The forecast of a day (预测): every open case's chance, what new prospects bring, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from funnelbook.domain import arrivals, clock, hazards
from funnelbook.domain.chance import Orders, expected, orders
from funnelbook.domain.dtypes import At, DayNumbers, Numbers
from funnelbook.domain.hazards import HALF_LIFE, Hazards, Spells
from funnelbook.domain.outlook import Outlook, outlook
from funnelbook.domain.stays import Stays, day_number
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar


@dataclass(frozen=True)
class Past:
    """All a forecast is learned from; it may know more than the day it is asked about.

    `people`: how many there are; their rows are 1 .. people, 0 is nobody's. `born`: the day each customer came, `found_by`: the
    row of the owner he had then (nobody negative), as in domain.arrivals.
    """

    stays: Stays
    born: DayNumbers
    found_by: At
    tiers: Tiers
    calendar: WorkCalendar
    people: int
    prior_cases: float = 20.0
    window_days: float = 365.0
    half_life: float = HALF_LIFE
    pace_weeks: int = 4

    @cached_property
    def spells(self) -> Spells:
        """What the stays spent at each age."""
        return Spells.of(self.stays)


@dataclass(frozen=True)
class Learned:
    """What was known on the evening of `as_of`: the hazards, new prospects a unit of weight (a row a person) and where they begin."""

    past: Past
    as_of: date
    hazards: Hazards
    new_a_day: Numbers
    entry: Numbers

    @property
    def tomorrow(self) -> date:
        """The first day to come."""
        return self.as_of + timedelta(days=1)

    def weights(self, days: int) -> Numbers:
        """w of the `days` to come."""
        return clock.day_weights(self.past.calendar, self.tomorrow, days, self.hazards.off_weight)

    def outlook(self, days: int) -> Outlook:
        """Chances of an order within so many days."""
        return outlook(self.hazards, self.weights(days))

    def arrivals(self, seen: Outlook) -> Numbers:
        """Orders new prospects bring in the days of an outlook, a value a row: nobody's, then each person's."""
        return arrivals.orders_to_come(seen, self.entry, self.new_a_day)


@dataclass(frozen=True)
class Expected:
    """Open cases' chances `p` with their owners' rows `who`, and the orders new prospects bring, a value a row."""

    p: Numbers
    who: At
    arrivals: Numbers

    def of(self, row: int) -> tuple[Numbers, float]:
        """Chances and arrivals of a person; of row 0 everybody's, the team being the sum of all."""
        if row == 0:
            return self.p, float(self.arrivals.sum())
        return self.p[self.who == row], float(self.arrivals[row])

    def orders(self, row: int, cv: float, scale: float = 1.0) -> Orders:
        """The orders to come of a person, or of the team (row 0)."""
        p, new = self.of(row)
        return orders(p, None, new, cv, scale)

    def mean(self, row: int, scale: float = 1.0) -> float:
        """Orders expected of a person, or of the team (row 0)."""
        return expected(*self.of(row), scale)

    def of_open(self, row: int, scale: float = 1.0) -> float:
        """Those of them that the open cases bring: O."""
        return expected(self.of(row)[0], 0.0, scale)


def learn(past: Past, as_of: date) -> Learned:
    """What the past teaches up to the evening of `as_of`. Source: forecast.md 1 to 3."""
    known = hazards.learn(
        past.spells,
        past.tiers,
        past.calendar,
        past.people,
        as_of,
        prior_cases=past.prior_cases,
        window_days=past.window_days,
        half_life=past.half_life,
    )
    pace = arrivals.new_a_day(
        past.born, past.found_by, past.people, as_of, past.pace_weeks, past.calendar, known.off_weight
    )
    return Learned(past, as_of, known, pace, arrivals.entry_mix(past.stays, as_of, past.prior_cases))


def forecast(learned: Learned, days: int, owner: At | None = None) -> Expected:
    """What is expected of the next `days`: of every case open on the evening of the day learned on.

    `owner`: the row of each customer's present owner; without it that of the owner at the entry to the tier.
    """
    stays, day = learned.past.stays, day_number(learned.as_of)
    rows = stays.at(day)
    who = np.maximum(stays.who[rows] if owner is None else owner[stays.customer[rows]], 0)
    seen = learned.outlook(days)
    p = seen.of(who, stays.tier[rows], day - stays.entered[rows])
    return Expected(p, who, learned.arrivals(seen))
