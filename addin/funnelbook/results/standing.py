"""What stands in a workbook on a day, and what has come of it: period, tiers over time, rates, stock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from funnelbook.book.checks import check
from funnelbook.book.decode import Inputs
from funnelbook.book.problems import Problems
from funnelbook.domain import clock, conversion, history, incidence, periods, promises
from funnelbook.domain.dtypes import Counts, Numbers
from funnelbook.domain.incidence import Watched
from funnelbook.domain.next_contact import NextContacts, next_contacts
from funnelbook.domain.periods import Period
from funnelbook.results.call_entries import Entered, nothing_entered
from funnelbook.results.customers_told import Told
from funnelbook.results.noted import Noted
from funnelbook.results.pool_entries import TypedPool, no_pool_typed
from funnelbook.results.target_entries import TypedTargets, no_targets_typed
from funnelbook.results.team_data import TeamData


@dataclass(frozen=True, kw_only=True)
class Standing(TeamData):
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
    pool_history: pd.DataFrame
    last_seen: pd.DataFrame  # Customers cells as the last refresh saw them
    entered: Entered = field(default_factory=nothing_entered)  # into the call list
    called: frozenset[str] = frozenset()  # ids of customers with a call entered just now
    noted: Noted = field(default_factory=Noted)  # what notes tell that the log does not know
    told: Told = field(default_factory=Told)  # what goes back into Customers
    typed_targets: TypedTargets = field(default_factory=no_targets_typed)  # into the grid of targets
    typed_pool: TypedPool = field(default_factory=no_pool_typed)  # decisions in the Pool
    search: str = ""  # which customers are looked for

    @cached_property
    def checked(self) -> Problems:
        """All that is wrong in the data."""
        return check(self.inputs, self.as_of)

    @cached_property
    def last_logged(self) -> date | None:
        """The latest day a log speaks of; before it nothing is logged."""
        logs = (
            self.history["at"],
            self.plan_history["as_of"],
            self.forecast_history["as_of"],
            self.target_history["at"],
            self.pool_history["at"],
        )
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

    def during(self, period: Period, as_of: date | None = None) -> Self:
        """The same workbook looked at for another period (and as of another day)."""
        inputs = replace(self.inputs, settings=replace(self.settings, period=period.label))
        return replace(self, inputs=inputs, as_of=as_of or self.as_of)

    def with_targets(self, targets: pd.DataFrame) -> Self:
        """The same workbook with another Targets table; what was worked out stays, but for what the check of the tables found."""
        new = replace(self, inputs=replace(self.inputs, frames=self.inputs.frames | {"Targets": targets}))
        vars(new).update(
            {name: found for name, found in vars(self).items() if name not in vars(new) and name != "checked"}
        )
        return new

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
            self.customers,
            self.activities,
            self.orders,
            self.history,
            self.tiers,
            self.as_of,
            self.last_logged,
            self.called,
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
