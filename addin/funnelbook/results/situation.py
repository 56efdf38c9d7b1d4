"""Everything the result tables share, worked out once a refresh: people, period, stock, rates, targets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book.checks import check
from funnelbook.book.decode import Inputs
from funnelbook.book.problems import Problems
from funnelbook.domain import arrivals, clock, cold, conversion, history, incidence, lookback, periods, promises
from funnelbook.domain import forecast as forecasts
from funnelbook.domain.chance import Orders
from funnelbook.domain.dtypes import At, Counts, Flags, Numbers
from funnelbook.domain.forecast import Expected, Learned, Past
from funnelbook.domain.incidence import Watched
from funnelbook.domain.lookback import Lookback
from funnelbook.domain.next_contact import NextContacts, next_contacts
from funnelbook.domain.outlook import Outlook
from funnelbook.domain.periods import Period
from funnelbook.domain.stays import day_number, stays
from funnelbook.results.call_entries import Entered, nothing_entered
from funnelbook.results.team_data import TeamData

LOOK_AHEAD = 30  # days over which calls are ranked, however few are left of the period


@dataclass(frozen=True, kw_only=True)
class Situation(TeamData):
    """A team's data at `as_of`: its input tables and the logs that stand in the workbook, in schema names and codes.

    Arrays over people and numbers of people are as in TeamData; arrays over tiers run from the lowest.
    """

    inputs: Inputs
    history: pd.DataFrame
    plan_history: pd.DataFrame
    forecast_history: pd.DataFrame
    as_of: date
    language: str
    ledger: pd.DataFrame  # Rewards as they stand, with `row` in the sheet; paid_on a day, or text that is none
    target_history: pd.DataFrame
    last_seen: pd.DataFrame  # Customers cells as the last refresh saw them
    entered: Entered = field(default_factory=nothing_entered)  # into the call list
    search: str = ""  # which customers are looked for

    @cached_property
    def checked(self) -> Problems:
        """All that is wrong in the data."""
        return check(self.inputs, self.as_of)

    @cached_property
    def last_logged(self) -> date | None:
        """The latest day a log speaks of; before it nothing is logged."""
        logs = self.history["at"], self.plan_history["as_of"], self.forecast_history["as_of"], self.target_history["at"]
        days = pd.concat(logs).max()
        return None if pd.isna(days) else days.date()

    @property
    def before_log(self) -> bool:
        """Whether `as_of` precedes the last day logged: then all is computed and shown, nothing is logged."""
        return self.last_logged is not None and self.as_of < self.last_logged

    @cached_property
    def period(self) -> Period:
        """The planning period: the setting, else the month that holds `as_of`."""
        return periods.parse(self.settings.period) if self.settings.period else periods.month_of(self.as_of)

    @cached_property
    def days_left(self) -> int:
        """D: days of the period still to come, `as_of` being over. forecast.md 1."""
        return clock.days_left(self.period.end, self.as_of)

    def during(self, period: Period, as_of: date | None = None) -> Situation:
        """The same workbook looked at for another period (and as of another day)."""
        inputs = replace(self.inputs, settings=replace(self.settings, period=period.label))
        return replace(self, inputs=inputs, as_of=as_of or self.as_of)

    @cached_property
    def found(self) -> pd.DataFrame:
        """Customers whose `owner` is the one at entry, whoever they were handed to since. numbers.md 1."""
        first = self.timeline.stays.drop_duplicates("customer")
        owner = self.customers["owner"].to_numpy(object).copy()
        owner[first["customer"]] = first["owner"].to_numpy(object)
        return self.customers.assign(owner=owner, who=self._position(owner))

    @cached_property
    def next_contacts(self) -> NextContacts:
        """Whose cell of the next contact was typed over since it was last seen."""
        return next_contacts(self.customers, self.latest, self.last_seen)

    @cached_property
    def promised(self) -> pd.DataFrame:
        """Promises (day, who, done) of open and closed customers. Source: numbers.md 9."""
        tier = self.timeline.current["tier"].to_numpy()
        is_open = (tier >= 0) & (tier < self.tiers.n)
        due = promises.due(self.customers, self.activities, is_open, self.next_contacts.edited, self.calendar)
        return due.assign(who=self._position(due["owner"]))

    @cached_property
    def timeline(self) -> history.Timeline:
        """Tier history of the customers, with `who` of each stay and first work."""
        line = history.timeline(
            self.customers, self.activities, self.orders, self.history, self.tiers, self.as_of, self.last_logged
        )
        stays, worked = (frame.assign(who=self._position(frame["owner"])) for frame in (line.stays, line.worked))
        return replace(line, stays=stays, worked=worked)

    @cached_property
    def cohorts(self) -> pd.DataFrame:
        """Cases and the tiers they reached, with `who` of each."""
        cohorts = conversion.cohorts(self.timeline, self.tiers)
        return cohorts.assign(who=self._position(cohorts["owner"]))

    @cached_property
    def watched(self) -> Watched:
        """The cases all rates rest on."""
        s = self.settings
        return incidence.watched(self.cohorts, self.tiers, self.as_of, s.rate_window_days, s.mature_weeks, s.half_life)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Conversion rates, a row a person (team first) and tier."""
        s = self.settings
        return incidence.rates(
            self.watched,
            self.cohorts,
            self.tiers,
            self.people,
            min_cases=s.min_cases,
            prior_cases=s.prior_cases,
            interval=s.interval,
        )

    @cached_property
    def rate(self) -> Numbers:
        """Shrunken rates, (1 + people) x tiers."""
        return self.rates["rate"].to_numpy(float).reshape(self.shape)

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
    def _open_cases(self) -> tuple[At, At, At]:
        """Row of the present owner, tier and age of each open case."""
        stays, rows = self.past.stays, self.open_rows
        return (
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
    def stock(self) -> Counts:
        """Customers now, (1 + people) x (tiers, Won, Lost); one without owner counts in the team only."""
        tier = self.timeline.current["tier"].to_numpy()
        there = tier >= 0
        counts = np.zeros((1 + len(self.people), self.tiers.n + 2), dtype=np.int64)
        counts[0] = np.bincount(tier[there], minlength=self.tiers.n + 2)
        who = self.customers["who"].to_numpy()
        owned = there & (who > 0)
        np.add.at(counts, (who[owned], tier[owned]), 1)
        return counts

    @property
    def open_stock(self) -> Counts:
        return self.stock[:, : self.tiers.n]

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

    @cached_property
    def lead_days(self) -> Numbers:
        """Median days from a tier to the order; NaN where unknown."""
        return conversion.lead_days(self.cohorts, self.tiers)

    @cached_property
    def dwell_days(self) -> Numbers:
        """Mean days spent in a tier, the default where unknown."""
        seen = conversion.dwell_days(self.timeline, self.tiers)
        return np.where(np.isnan(seen), self.tiers.dwell_days, seen)

    @property
    def shape(self) -> tuple[int, int]:
        return 1 + len(self.people), self.tiers.n
