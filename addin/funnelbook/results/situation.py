"""Everything the result tables share, worked out once a refresh: the forecast, above all the workbook tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from funnelbook.domain import arrivals, cold, lookback
from funnelbook.domain import forecast as forecasts
from funnelbook.domain.chance import Orders
from funnelbook.domain.dtypes import At, Counts, Flags, Numbers
from funnelbook.domain.forecast import Expected, Learned, Past
from funnelbook.domain.lookback import Lookback
from funnelbook.domain.outlook import Outlook
from funnelbook.domain.stays import day_number, stays
from funnelbook.results.standing import Standing

LOOK_AHEAD = 30  # days over which calls are ranked, however few are left of the period


class _OpenCases(NamedTuple):
    """Row of the present owner, tier and age of each open case."""

    who: At
    tier: At
    age: Counts


@dataclass(frozen=True, kw_only=True)
class Situation(Standing):
    """A team as it stands, and what is to be expected of it."""

    @cached_property
    def past(self) -> Past:
        """All the forecast is learned from."""
        created = self.found["created"].to_numpy("datetime64[D]")
        s = self.settings
        return Past(
            stays(self.timeline, self.tiers, self.people, self.as_of),
            arrivals.born(created, self.timeline.first_seen),
            self.found["who"].to_numpy(np.intp),
            self.tiers,
            self.calendar,
            len(self.people),
            prior_cases=s.prior_cases,
            window_days=s.rate_window_days,
            half_life=s.half_life,
            pace_weeks=s.pace_weeks,
        )

    @cached_property
    def learned(self) -> Learned:
        """What it teaches up to `as_of`."""
        return forecasts.learn(self.past, self.as_of)

    @cached_property
    def order_days(self) -> Counts:
        """The day of each order of the team, days since 1970: of the Orders table, without one the moves to Won."""
        if self.has_orders:
            return self.orders["date"].to_numpy("datetime64[D]").astype(np.intp)
        of = self.past.stays
        return of.entered[(of.tier == self.tiers.won) & ~of.initial]

    @cached_property
    def lookback(self) -> Lookback:
        """What would have been said at past week ends, and how far the forecast can be trusted. forecast.md 4."""
        return lookback.look_back(self.past, self.as_of, self.order_days)

    @cached_property
    def expected(self) -> Expected:
        """The open cases' chances of an order in the days of the period still to come, and what new prospects bring."""
        return self.expected_within(self.days_left)

    @cached_property
    def expected_at_team_rates(self) -> Expected:
        """The same if everybody's cases and new prospects went as the team's do."""
        plain = replace(self.learned.hazards, people=np.ones_like(self.learned.hazards.people))
        return forecasts.forecast(
            replace(self.learned, hazards=plain), self.days_left, self.customers["who"].to_numpy()
        )

    def expected_within(self, days: int) -> Expected:
        """The same for the next `days`; of a period that has not begun only its own days count."""
        found = forecasts.forecast(self.learned, days, self.customers["who"].to_numpy())
        before = min(days, (self.period.start - self.as_of).days - 1)
        if before <= 0:
            return found
        early = forecasts.forecast(self.learned, before, self.customers["who"].to_numpy())
        return replace(
            found, p=np.maximum(0.0, found.p - early.p), arrivals=np.maximum(0.0, found.arrivals - early.arrivals)
        )

    @cached_property
    def scale(self) -> float:
        """k of the team's forecast: other than 1 only where the recent pace told more in the past. forecast.md 4."""
        off = self.learned.hazards.off_weight
        at_pace = lookback.at_pace(self.past, self.as_of, self.order_days, off, self.days_left)
        return self.lookback.scale(self.expected, at_pace)

    @cached_property
    def to_come(self) -> list[Orders]:
        """The orders of the period still to come as distributions, the team first, then each person."""
        return [self.to_come_of(self.expected, row) for row in range(len(self.rows))]

    def to_come_of(self, expected: Expected, row: int) -> Orders:
        """The orders of a row of another expectation."""
        if row == 0:
            return expected.orders(0, self.lookback.cv, self.scale)
        return expected.orders(row, self.lookback.funnel_cv)

    @cached_property
    def expected_orders(self) -> Numbers:
        """Orders of the period still expected, over the team and the people. forecast.md 4."""
        return np.array([self.expected.mean(row, self.scale if row == 0 else 1.0) for row in range(len(self.rows))])

    @cached_property
    def expected_of_open(self) -> Numbers:
        """Those of them that the customers there are bring, without a new prospect. forecast.md 6."""
        return np.array([self.expected.of_open(row, self.scale if row == 0 else 1.0) for row in range(len(self.rows))])

    @cached_property
    def open_rows(self) -> Counts:
        """Rows of the stays that hold each open case, in the order of `expected.p`."""
        return self.past.stays.at(day_number(self.as_of))

    @cached_property
    def cold(self) -> Flags:
        """Which customers are open on paper only. forecast.md 2."""
        found = np.zeros(len(self.customers), dtype=bool)
        customer = self.past.stays.customer[self.open_rows]
        found[customer] = cold.cold(self.learned, self.open_rows, self.customers["who"].to_numpy()[customer])
        return found

    @cached_property
    def p_customer(self) -> Numbers:
        """Chance of an order of each customer within the days left, at least `LOOK_AHEAD`; NaN without an open case.

        Calls are ranked by it, on the last day of a period too. forecast.md 1.
        """
        return self._of_open(self._ahead.of(*self._open_cases))

    @cached_property
    def gain_a_minute(self) -> Numbers:
        """Orders a minute spent on each customer brings within the same days; NaN without an open case. forecast.md 6 and 8."""
        who, tier, age = self._open_cases
        minutes = np.maximum(self.tiers.minutes[tier], 1.0)
        return self._of_open(self._ahead.gain(self.learned.hazards, who, tier, age) / minutes)

    @cached_property
    def _ahead(self) -> Outlook:
        return self.learned.outlook(max(self.days_left, LOOK_AHEAD))

    @property
    def _open_cases(self) -> _OpenCases:
        stays, rows = self.past.stays, self.open_rows
        return _OpenCases(
            self.customers["who"].to_numpy()[stays.customer[rows]],
            stays.tier[rows],
            day_number(self.as_of) - stays.entered[rows],
        )

    def _of_open(self, values: Numbers) -> Numbers:
        """Values of the open cases as values of the customers, NaN for the others."""
        of = np.full(len(self.customers), np.nan)
        of[self.past.stays.customer[self.open_rows]] = values
        return of

    @cached_property
    def p_win(self) -> Numbers:
        """Mean chance of the open cases to bring an order in the period, (1 + people) x tiers; of a fresh case where there is none."""
        n, tier, expected = self.tiers.n, self.past.stays.tier[self.open_rows], self.expected
        size = len(self.rows) * n
        own = expected.who > 0
        at = np.concatenate([tier, expected.who[own] * n + tier[own]])
        total = np.bincount(at, np.concatenate([expected.p, expected.p[own]]), size).reshape(self.shape)
        cases = np.bincount(at, minlength=size).reshape(self.shape)
        fresh = self.learned.outlook(self.days_left).won[:, :, 0]
        return np.where(cases > 0, total / np.maximum(cases, 1), fresh)

    @cached_property
    def arrivals(self) -> Numbers:
        """Orders expected in the period from prospects yet to come, over the team and the people. forecast.md 3."""
        each = self.expected.arrivals
        return np.concatenate([[each.sum()], each[1:]])

    @cached_property
    def each_new(self) -> Numbers:
        """Orders one new prospect of the next working day brings in the period, over the team and the people. forecast.md 6."""
        seen = self.learned.outlook(self.days_left)
        works = self.learned.weights(self.days_left) == 1.0
        if not works.any():
            return np.zeros(len(self.rows))
        return arrivals.orders_each(seen, self.learned.entry)[works.argmax()]

    @cached_property
    def cold_stock(self) -> Counts:
        """Cold customers, (1 + people) x tiers."""
        n, tier = self.tiers.n, self.timeline.current["tier"].to_numpy()[self.cold]
        who = self.customers["who"].to_numpy()[self.cold]
        owned = who > 0
        at = np.concatenate([tier, who[owned] * n + tier[owned]])
        return np.bincount(at, minlength=len(self.rows) * n).reshape(self.shape)

    @property
    def warm_stock(self) -> Counts:
        """The open customers something may still come of: what plans and shapes rest on. forecast.md 2."""
        return self.open_stock - self.cold_stock
