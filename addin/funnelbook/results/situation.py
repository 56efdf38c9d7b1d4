"""Everything the result tables share, worked out once a refresh: people, period, stock, rates, targets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book.decode import Inputs
from funnelbook.book.settings import Settings
from funnelbook.domain import chain, conversion, followup, history, pace, periods, phone, promises
from funnelbook.domain.periods import Period
from funnelbook.domain.seen import Sight, look
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar, leave_of

PHONE_CHANNELS = frozenset({"", "电话", "phone", "call", "手机", "座机", "telephone", "tel"})


def is_call(channel: pd.Series) -> np.ndarray:
    """Which channels are the phone, as a blank one is."""
    codes, texts = pd.factorize(channel)
    return np.array([*(text.casefold() in PHONE_CHANNELS for text in texts), True])[codes]


@dataclass(frozen=True)
class Situation:
    """A team's data at `as_of`: its input tables and the logs that stand in the workbook, in schema names and codes.

    Arrays over people have the team first, then `people` in order; arrays over tiers run from the lowest. A column `who` is the
    place of the owner on the axis of people, -1 for nobody known; `customer` the position among the customers, -1 likewise.
    """

    inputs: Inputs
    history: pd.DataFrame
    plan_history: pd.DataFrame
    as_of: date
    language: str
    ledger: pd.DataFrame  # Rewards as they stand, with `row` in the sheet; paid_on a day, or text that is none
    target_history: pd.DataFrame
    seen: pd.DataFrame  # Customers cells as the last refresh saw them

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        return self.inputs.frames

    @property
    def settings(self) -> Settings:
        return self.inputs.settings

    @property
    def tiers(self) -> Tiers:
        return self.inputs.tiers

    @cached_property
    def last_logged(self) -> date | None:
        """The latest day a log speaks of; before it nothing is logged."""
        days = pd.concat([self.history["at"], self.plan_history["as_of"], self.target_history["at"]]).max()
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
    def weeks_left(self) -> int:
        """H of numbers.md 2: weeks to the period's end, the day of `as_of` included."""
        return max(0, math.ceil(((self.period.end - self.as_of).days + 1) / 7))

    @cached_property
    def people(self) -> list[str]:
        """Who has a row: active people by start date and name, then others who own customers, calls or orders."""
        listed = self.frames["People"].sort_values(["start", "person"], na_position="last", kind="stable")
        active = listed.loc[listed["active"].to_numpy(bool), "person"].dropna()
        # a row without an owner has the customer's
        typed = (self.frames["Customers"], self._up_to_as_of(self.frames["Activities"], "at"), self._valid_orders)
        owners = [pd.unique(frame["owner"]) for frame in typed]
        known = dict.fromkeys(active)
        return [*known, *sorted({name for column in owners for name in column if name} - set(known))]

    def during(self, period: Period, as_of: date | None = None) -> Situation:
        """The same workbook looked at for another period (and as of another day)."""
        inputs = replace(self.inputs, settings=replace(self.settings, period=period.label))
        return replace(self, inputs=inputs, as_of=as_of or self.as_of)

    @cached_property
    def active(self) -> np.ndarray:
        """Which of `people` work: the active ones of People, or everybody when there is no such table."""
        listed = self.frames["People"]
        if listed.empty:
            return np.ones(len(self.people), dtype=bool)
        working = listed.loc[listed["active"].to_numpy(), "person"].to_numpy(object)
        return np.isin(np.array(self.people, dtype=object), working)

    def per_person(self, who: pd.Series, values: np.ndarray | None = None) -> np.ndarray:
        """Rows (or the sum of `values`, NaN as 0) of the team and of each person; nobody's count in the team only."""
        code = who.to_numpy()
        weights = np.ones(len(code)) if values is None else np.nan_to_num(np.asarray(values, dtype=float))
        sums = np.bincount(code[code > 0], weights=weights[code > 0], minlength=len(self.rows)).astype(float)
        sums[0] = weights.sum()
        return sums

    def per_day(
        self, who: pd.Series, day: pd.Series, first: date, length: int, values: pd.Series | None = None
    ) -> np.ndarray:
        """Rows (or the sum of `values`, NaN as 0) of the team and of each person on `length` days from `first` on."""
        at = (day.to_numpy("datetime64[D]") - np.datetime64(first, "D")).astype(np.int64)  # NaT is far before
        inside = (at >= 0) & (at < length)
        at, who = at[inside], who.to_numpy()[inside]
        weights = np.ones(len(at)) if values is None else np.nan_to_num(values.to_numpy(float)[inside])
        known = who > 0
        sums = np.bincount(who[known] * length + at[known], weights[known], len(self.rows) * length)
        sums = sums.astype(float).reshape(len(self.rows), length)
        sums[0] = np.bincount(at, weights, length)
        return sums

    def available_days(self, first: date, last: date) -> np.ndarray:
        """Working days of each of `people` between two days, both included: from the start on, leave taken off."""
        start = self.frames["People"].set_index("person")["start"].reindex(self.people)
        return np.array(
            [
                self.calendar.count(
                    first if pd.isna(day) else max(first, day.date()), last, leave_of(self.frames["Leave"], person)
                )
                for person, day in start.items()
            ],
            dtype=float,
        )

    @cached_property
    def customers(self) -> pd.DataFrame:
        """Customers with `tier` coded as in domain.tiers, `who` owns them and `number`, the phone in one spelling.

        do_not_call holds for a number, whichever of its customers it stands with.
        """
        frame = self.frames["Customers"]
        number = phone.one_spelling(frame["phone"])
        closed = number[frame["do_not_call"]].dropna()
        return frame.assign(
            tier=self.tiers.encode(frame["tier"]),
            who=self._position(frame["owner"]),
            number=number,
            do_not_call=frame["do_not_call"] | number.isin(closed),
        )

    @cached_property
    def found(self) -> pd.DataFrame:
        """Customers whose `owner` is the one at entry, whoever they were handed to since. numbers.md 1."""
        first = self.timeline.stays.drop_duplicates("customer")
        owner = self.customers["owner"].to_numpy(object).copy()
        owner[first["customer"]] = first["owner"].to_numpy(object)
        return self.customers.assign(owner=owner, who=self._position(owner))

    @cached_property
    def activities(self) -> pd.DataFrame:
        """Activities up to `as_of`, of a `customer`; tier, connected and quoted filled from the Outcomes table, owner from the customer."""
        frame = self._up_to_as_of(self.frames["Activities"], "at")
        outcomes = self.frames["Outcomes"].dropna(subset="outcome").drop_duplicates("outcome").set_index("outcome")
        at = outcomes.index.get_indexer(frame["outcome"].to_numpy(object))
        by_outcome = np.append(self.tiers.encode(outcomes["tier_after"]), np.int8(-1))[at]
        typed = self.tiers.encode(frame["tier_after"])
        customer = self._customer(frame)
        owner = self._owner(frame, customer)
        return frame.assign(
            customer=customer,
            tier_after=np.where(typed >= 0, typed, by_outcome),
            connected=frame["connected"].to_numpy() | np.append(outcomes["connected"].to_numpy(), False)[at],
            quoted=frame["quote"].notna().to_numpy() | np.append(outcomes["quoted"].to_numpy(), False)[at],
            owner=owner,
            who=self._position(owner),
            is_call=is_call(frame["channel"]),
        )

    @cached_property
    def sight(self) -> Sight:
        """Whose cell of the next contact was typed over since it was last seen."""
        return look(self.customers, self.latest, self.seen)

    def last_said(self, column: str) -> np.ndarray:
        """The latest text of each customer's activities in a column, aligned with the customers; None where there never was one."""
        told = self.activities[["at", "customer", column]]
        told = told[told[column].notna().to_numpy() & (told["customer"].to_numpy() >= 0)].sort_values(
            "at", kind="stable"
        )
        said = np.full(len(self.customers), None, dtype=object)
        said[told["customer"].to_numpy()] = told[column].to_numpy(object)  # of several the last stays
        return said

    @cached_property
    def promised(self) -> pd.DataFrame:
        """Promises (day, who, done) of open and closed customers. Source: numbers.md 9."""
        tier = self.timeline.current["tier"].to_numpy()
        is_open = (tier >= 0) & (tier < self.tiers.n)
        due = promises.due(self.customers, self.activities, is_open, self.sight.edited, self.calendar)
        return due.assign(who=self._position(due["owner"]))

    @cached_property
    def latest(self) -> pd.DataFrame:
        """The latest activity of each customer, aligned with them."""
        return followup.latest_activity(self.customers, self.activities)

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Valid orders up to `as_of` with an amount that can be, owner filled from the customer."""
        frame = self._valid_orders
        customer = self._customer(frame)
        owner = self._owner(frame, customer)
        return frame.assign(customer=customer, owner=owner, who=self._position(owner))

    @property
    def has_orders(self) -> bool:
        return len(self.frames["Orders"]) > 0

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
    def rates(self) -> pd.DataFrame:
        """Conversion rates, a row a person (team first) and tier."""
        s = self.settings
        return conversion.rates(
            self.cohorts,
            self.tiers,
            self.as_of,
            self.people,
            min_cases=s.min_cases,
            prior_cases=s.prior_cases,
            interval=s.interval,
            window_days=s.rate_window_days,
            mature_weeks=s.mature_weeks,
        )

    @cached_property
    def rate(self) -> np.ndarray:
        """Shrunken mature rates, (1 + people) x tiers."""
        return self.rates["rate"].to_numpy(float).reshape(self.shape)

    @cached_property
    def evidence(self) -> np.ndarray:
        """Days from tier to state, the prior's included, (1 + people) x tiers x states."""
        return chain.evidence(self.timeline, self.tiers, self.as_of, self.people, self.settings.prior_cases)

    @cached_property
    def steps(self) -> np.ndarray:
        """Daily transition matrices, (1 + people) x states x states."""
        return chain.steps_of(self.evidence)

    @cached_property
    def p_win(self) -> np.ndarray:
        """Probability of an order before the period ends, (1 + people) x tiers."""
        return self.win_probability(self.weeks_left)

    def win_probability(self, weeks: int) -> np.ndarray:
        """Probability of an order within `weeks`, (1 + people) x tiers."""
        return chain.won_within(self.steps, self.tiers, weeks)

    @cached_property
    def new_per_week(self) -> np.ndarray:
        """New prospects a week at the pace of the last `pace_weeks`, over the team and the people. numbers.md 6."""
        first, last = pace.recent_days(self.as_of, self.settings.pace_weeks)
        created = self.found["created"]
        new = self.found[(created >= pd.Timestamp(first)) & (created <= pd.Timestamp(last))]
        return self.per_person(new["who"]) / self.settings.pace_weeks

    @cached_property
    def arrivals(self) -> np.ndarray:
        """Orders expected in the period from prospects yet to come, over the team and the people. numbers.md 6 and 7."""
        lowest = np.array([self.win_probability(weeks)[:, 0] for weeks in range(self.weeks_left)])
        return pace.expected_arrivals(self.new_per_week, lowest.reshape(self.weeks_left, len(self.rows)))

    @cached_property
    def stock(self) -> np.ndarray:
        """Customers now, (1 + people) x (tiers, Won, Lost); one without owner counts in the team only."""
        tier = self.timeline.current["tier"].to_numpy()
        there = tier >= 0
        counts = np.zeros((1 + len(self.people), self.tiers.n + 2), dtype=int)
        counts[0] = np.bincount(tier[there], minlength=self.tiers.n + 2)
        who = self.customers["who"].to_numpy()
        owned = there & (who > 0)
        np.add.at(counts, (who[owned], tier[owned]), 1)
        return counts

    @property
    def open_stock(self) -> np.ndarray:
        return self.stock[:, : self.tiers.n]

    @cached_property
    def lead_days(self) -> np.ndarray:
        """Median days from a tier to the order; NaN where unknown."""
        return conversion.lead_days(self.cohorts, self.tiers)

    @cached_property
    def dwell_days(self) -> np.ndarray:
        """Mean days spent in a tier, the default where unknown."""
        seen = conversion.dwell_days(self.timeline, self.tiers)
        return np.where(np.isnan(seen), self.tiers.dwell_days, seen)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Which days are worked."""
        return WorkCalendar.from_frame(self.frames["Calendar"])

    @property
    def shape(self) -> tuple[int, int]:
        return 1 + len(self.people), self.tiers.n

    @property
    def rows(self) -> list[str | None]:
        """Who the first axis stands for: None is the team."""
        return [None, *self.people]

    def _position(self, owners: pd.Series | np.ndarray) -> np.ndarray:
        """Each owner's place on the axis of people, the team being 0; -1 for nobody known."""
        code = pd.Index(self.people).get_indexer(np.asarray(owners, dtype=object))
        return np.where(code >= 0, code + 1, -1)

    @cached_property
    def _valid_orders(self) -> pd.DataFrame:
        frame = self._up_to_as_of(self.frames["Orders"], "date")
        return frame[(frame["status"].isna() | (frame["status"] == "valid")) & ~(frame["amount"] < 0)]

    def _up_to_as_of(self, frame: pd.DataFrame, day: str) -> pd.DataFrame:
        return frame[frame[day] < pd.Timestamp(self.as_of) + pd.Timedelta(days=1)]

    def _customer(self, frame: pd.DataFrame) -> np.ndarray:
        """The position of each row's customer among the customers, -1 for an unknown one."""
        return pd.Index(self.frames["Customers"]["id"]).get_indexer(frame["id"].to_numpy(object))

    def _owner(self, frame: pd.DataFrame, customer: np.ndarray) -> np.ndarray:
        """The row's own owner, else the customer's."""
        own = frame["owner"].to_numpy(object)
        return np.where(
            pd.isna(own), np.append(self.frames["Customers"]["owner"].to_numpy(object), None)[customer], own
        )
