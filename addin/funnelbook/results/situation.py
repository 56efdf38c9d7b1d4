"""Everything the result tables share, worked out once a refresh: people, period, stock, rates, targets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book.settings import Settings
from funnelbook.domain import chain, conversion, history, periods
from funnelbook.domain.periods import Period
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar

PHONE_CHANNELS = frozenset({"", "电话", "phone", "call", "手机", "座机", "telephone", "tel"})


@dataclass(frozen=True)
class Situation:
    """A team's data at `as_of`. `frames` are the decoded input tables by schema name, every schema column present.

    Arrays over people have the team first, then `people` in order; arrays over tiers run from the lowest.
    """

    frames: Mapping[str, pd.DataFrame]
    history: pd.DataFrame
    plan_history: pd.DataFrame
    settings: Settings
    tiers: Tiers
    as_of: date
    language: str

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
        owners = [self.customers["owner"], self.activities["owner"], self.orders["owner"]]
        named = pd.unique(pd.concat([column.dropna() for column in owners]).astype(object))
        known = dict.fromkeys(active)
        return [*known, *sorted(set(named) - set(known))]

    @cached_property
    def customers(self) -> pd.DataFrame:
        """Customers with `tier` coded as in domain.tiers."""
        frame = self.frames["Customers"]
        return frame.assign(tier=self.tiers.encode(frame["tier"]))

    @cached_property
    def activities(self) -> pd.DataFrame:
        """Activities up to `as_of`; tier, connected and quoted filled from the Outcomes table, owner from the customer."""
        frame = self._up_to_as_of(self.frames["Activities"], "at")
        outcomes = self.frames["Outcomes"].dropna(subset="outcome").drop_duplicates("outcome").set_index("outcome")
        outcome = frame["outcome"].map
        return frame.assign(
            tier_after=self.tiers.encode(frame["tier_after"].where(frame["tier_after"].notna(), outcome(outcomes["tier_after"]))),
            connected=frame["connected"].to_numpy(bool) | (outcome(outcomes["connected"]) == True).to_numpy(bool),  # noqa: E712
            quoted=frame["quote"].notna().to_numpy() | (outcome(outcomes["quoted"]) == True).to_numpy(bool),  # noqa: E712
            owner=self._owner(frame),
            is_call=frame["channel"].fillna("").str.casefold().isin(PHONE_CHANNELS).to_numpy(bool),
        )

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Valid orders up to `as_of` with an amount that can be, owner filled from the customer."""
        frame = self._up_to_as_of(self.frames["Orders"], "date")
        frame = frame[(frame["status"].isna() | (frame["status"] == "valid")) & ~(frame["amount"] < 0)]
        return frame.assign(owner=self._owner(frame))

    @property
    def has_orders(self) -> bool:
        return len(self.frames["Orders"]) > 0

    @cached_property
    def timeline(self) -> history.Timeline:
        orders = self.orders if self.has_orders else None
        return history.timeline(self.customers, self.activities, orders, self.history, self.tiers, self.as_of)

    @cached_property
    def cohorts(self) -> pd.DataFrame:
        return conversion.cohorts(self.timeline, self.tiers)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Conversion rates, a row a person (team first) and tier."""
        s = self.settings
        return conversion.rates(
            self.cohorts, self.timeline, self.tiers, self.as_of, self.people,
            min_cases=s.min_cases, prior_cases=s.prior_cases, interval=s.interval,
            window_days=s.rate_window_days, mature_weeks=s.mature_weeks,
        )

    @cached_property
    def rate(self) -> np.ndarray:
        """Shrunken mature rates, (1 + people) x tiers."""
        return self.rates["rate"].to_numpy(float).reshape(self.shape)

    @cached_property
    def p_win(self) -> np.ndarray:
        """Probability of an order before the period ends, (1 + people) x tiers."""
        p = chain.win_probability(
            self.timeline, self.rates, self.tiers, self.as_of, self.people, self.weeks_left,
            prior_cases=self.settings.prior_cases, window_days=self.settings.rate_window_days,
        )
        return p["p"].to_numpy(float).reshape(self.shape)

    @cached_property
    def stock(self) -> np.ndarray:
        """Customers now, (1 + people) x (tiers, Won, Lost); one without owner counts in the team only."""
        tier = self.timeline.current["tier"].to_numpy()
        there = tier >= 0
        counts = np.zeros((1 + len(self.people), self.tiers.n + 2), dtype=int)
        counts[0] = np.bincount(tier[there], minlength=self.tiers.n + 2)
        owner = pd.Categorical(self.customers["owner"], categories=self.people).codes
        owned = there & (owner >= 0)
        np.add.at(counts, (owner[owned] + 1, tier[owned]), 1)
        return counts

    @property
    def open_stock(self) -> np.ndarray:
        return self.stock[:, : self.tiers.n]

    @cached_property
    def lead_days(self) -> np.ndarray:
        return conversion.lead_days(self.timeline, self.tiers)

    @cached_property
    def dwell_days(self) -> np.ndarray:
        """Mean days spent in a tier, the default where unknown."""
        seen = conversion.dwell(self.timeline, self.tiers, self.as_of)
        return np.where(np.isnan(seen), self.tiers.dwell_days, seen)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar.from_frame(self.frames["Calendar"])

    @property
    def shape(self) -> tuple[int, int]:
        return 1 + len(self.people), self.tiers.n

    @property
    def rows(self) -> list[str | None]:
        """Who the first axis stands for: None is the team."""
        return [None, *self.people]

    def _up_to_as_of(self, frame: pd.DataFrame, day: str) -> pd.DataFrame:
        return frame[frame[day] < pd.Timestamp(self.as_of) + pd.Timedelta(days=1)]

    def _owner(self, frame: pd.DataFrame) -> pd.Series:
        """The row's own owner, else the customer's."""
        owner_of = self.frames["Customers"].drop_duplicates("id").set_index("id")["owner"]
        return frame["owner"].where(frame["owner"].notna(), frame["id"].map(owner_of))
