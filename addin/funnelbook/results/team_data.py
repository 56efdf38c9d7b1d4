"""A team's input tables as the results read them: up to a day, blanks filled from each other, people and customers by number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.channel_words import is_call
from funnelbook.book.decode import Inputs
from funnelbook.book.refusals import forbids
from funnelbook.book.settings import Settings
from funnelbook.book.spared import note_forbids
from funnelbook.domain import followup, phone
from funnelbook.domain.dtypes import At, Flags, Numbers, Objects
from funnelbook.domain.phone_lists import sharing
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar, Worked, leave_of

DAILY_CALLS = 40  # of a person for whom People says nothing


def _no_debt(money: pd.Series) -> pd.Series:
    """Amounts that can be: a negative one is a problem and counts as blank."""
    return money.mask(money < 0)


def asked_for_no_call(calls: pd.DataFrame, inputs: Inputs) -> Flags:
    """Which calls (outcome, note, source) have an outcome that Outcomes marks Do not call, or say so themselves."""
    listed = inputs.frames["Outcomes"]
    marked = set(listed["outcome"][listed["do_not_call"].to_numpy(bool)])
    found = [text for text in pd.unique(calls["outcome"]) if text in marked or forbids(text)]
    return calls["outcome"].isin(found).to_numpy(bool) | note_forbids(calls)


class TeamData:
    """The rows of the input tables at `as_of`, and sums of them over people.

    Arrays over people have the team first, then `people` in order. A column `who` is the place of the owner on that axis, -1 for
    nobody known; `customer` the position among the customers, -1 likewise.
    """

    inputs: Inputs
    as_of: date

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
    def people(self) -> list[str]:
        """Who has a row: active people by start date and name, then others who own customers, calls or orders."""
        listed = self.frames["People"].sort_values(["start", "person"], na_position="last", kind="stable")
        active = listed.loc[listed["active"].to_numpy(bool), "person"].dropna()
        # a row without an owner has the customer's
        typed = (self.frames["Customers"], self._up_to_as_of(self.frames["Activities"], "at"), self._valid_orders)
        owners = [pd.unique(frame["owner"]) for frame in typed]
        known = dict.fromkeys(active)
        return [*known, *sorted({name for column in owners for name in column if name} - set(known))]

    @property
    def rows(self) -> list[str | None]:
        """Who the first axis stands for: None is the team."""
        return [None, *self.people]

    @cached_property
    def active(self) -> Flags:
        """Which of `people` work: the active ones of People, or everybody when there is no such table."""
        listed = self.frames["People"]
        if listed.empty:
            return np.ones(len(self.people), dtype=bool)
        working = listed.loc[listed["active"].to_numpy(), "person"].to_numpy(object)
        return np.isin(np.array(self.people, dtype=object), working)

    @property
    def left(self) -> list[str]:
        """Who stands in People as not active."""
        listed = self.frames["People"]
        return listed.loc[~listed["active"].to_numpy(bool), "person"].tolist()

    @cached_property
    def daily_calls(self) -> Numbers:
        """Most calls of a day, of each of `people`."""
        listed = self.frames["People"].drop_duplicates("person").set_index("person")["daily_calls"]
        return listed.reindex(self.people).fillna(DAILY_CALLS).to_numpy(float)

    @cached_property
    def connect_rate(self) -> Numbers:
        """Connected calls over calls, over the team and the people; the team's for a person without calls, NaN when nobody called."""
        calls = self.activities[self.activities["is_call"].to_numpy()]
        made = self.per_person(calls["who"])
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = self.per_person(calls["who"], calls["connected"]) / made
        return np.where(made > 0, rate, rate[0])

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Which days are worked."""
        return WorkCalendar.from_frame(self.frames["Calendar"])

    @cached_property
    def customers(self) -> pd.DataFrame:
        """Customers with `tier` coded as in domain.tiers, `who` owns them and `number`, the phone in one spelling.

        do_not_call holds for a number, whichever of its customers it stands with, and from an outcome that says so on, for good.
        """
        frame = self.frames["Customers"]
        number = phone.one_spelling(frame["phone"], self.settings.country)
        spared = frame["do_not_call"].to_numpy(bool) | self._asked_not_to_be_called
        if spared.any():
            spared = sharing(frame["phone"], spared, self.settings.country)
        return frame.assign(
            tier=self.tiers.encode(frame["tier"]),
            who=self._position(frame["owner"]),
            number=number,
            do_not_call=spared,
            expected_value=_no_debt(frame["expected_value"]),
        )

    @cached_property
    def _asked_not_to_be_called(self) -> Flags:
        """Which customers have an outcome that Outcomes marks Do not call, or that is a word for it; no later one lifts it."""
        at = self.inputs.customer_at["Activities"][asked_for_no_call(self.frames["Activities"], self.inputs)]
        return np.isin(np.arange(len(self.frames["Customers"])), at)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """Activities up to `as_of`, of a `customer`; tier, connected and quoted filled from the Outcomes table, owner from the customer.

        What was read from notes is a contact and moves nobody: the list it comes from has a tier of its own; and no call, since
        nobody notes them all.
        """
        frame = self._up_to_as_of(self.frames["Activities"], "at")
        outcomes = self.frames["Outcomes"].dropna(subset="outcome").drop_duplicates("outcome").set_index("outcome")
        at = outcomes.index.get_indexer(frame["outcome"].to_numpy(object))
        of_note = (frame["source"] == codes.NOTE).to_numpy(bool)
        by_outcome = np.append(self.tiers.encode(outcomes["tier_after"]), np.int8(-1))[np.where(of_note, -1, at)]
        typed = self.tiers.encode(frame["tier_after"])
        customer = self.inputs.customer_at["Activities"][frame.index]
        owner = self._owner(frame, customer)
        quote = _no_debt(frame["quote"])
        return frame.assign(
            customer=customer,
            quote=quote,
            tier_after=np.where(typed >= 0, typed, by_outcome),
            connected=frame["connected"].to_numpy() | np.append(outcomes["connected"].to_numpy(), False)[at],
            quoted=quote.notna().to_numpy() | np.append(outcomes["quoted"].to_numpy(), False)[at],
            owner=owner,
            who=self._position(owner),
            is_call=is_call(frame["channel"]) & ~of_note,
        )

    @cached_property
    def latest(self) -> pd.DataFrame:
        """The latest activity of each customer, aligned with them."""
        return followup.latest_activity(self.customers, self.activities)

    def last_said(self, column: str) -> Objects:
        """The latest text of each customer's activities in a column, aligned with the customers; None where there never was one."""
        told = self.activities[["at", "customer", column]]
        told = told[told[column].notna().to_numpy() & (told["customer"].to_numpy() >= 0)].sort_values(
            "at", kind="stable"
        )
        said = np.full(len(self.customers), None, dtype=object)
        said[told["customer"].to_numpy()] = told[column].to_numpy(object)  # of several the last stays
        return said

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Valid orders up to `as_of` with an amount that can be, owner filled from the customer."""
        frame = self._valid_orders
        customer = self.inputs.customer_at["Orders"][frame.index]
        owner = self._owner(frame, customer)
        return frame.assign(customer=customer, owner=owner, who=self._position(owner))

    @property
    def has_orders(self) -> bool:
        return len(self.frames["Orders"]) > 0

    def per_person(self, who: pd.Series, values: Numbers | Flags | pd.Series | None = None) -> Numbers:
        """Rows (or the sum of `values`, NaN as 0) of the team and of each person; nobody's count in the team only."""
        code = who.to_numpy(np.intp)  # as bincount wants them
        weights = np.ones(len(code)) if values is None else np.nan_to_num(np.asarray(values, dtype=float))
        sums = np.bincount(code[code > 0], weights=weights[code > 0], minlength=len(self.rows)).astype(float)
        sums[0] = weights.sum()
        return sums

    def per_day(
        self, who: pd.Series, day: pd.Series, first: date, length: int, values: pd.Series | None = None
    ) -> Numbers:
        """Rows (or the sum of `values`, NaN as 0) of the team and of each person on `length` days from `first` on."""
        at = (day.to_numpy("datetime64[D]") - np.datetime64(first, "D")).astype(np.int64)  # NaT is far before
        inside = (at >= 0) & (at < length)
        at, code = at[inside].astype(np.intp), who.to_numpy(np.intp)[inside]
        weights = np.ones(len(at)) if values is None else np.nan_to_num(values.to_numpy(float)[inside])
        known = code > 0
        sums = np.bincount(code[known] * length + at[known], weights[known], len(self.rows) * length)
        sums = sums.astype(float).reshape(len(self.rows), length)
        sums[0] = np.bincount(at, weights, length)
        return sums

    def available_days(self, first: date, last: date) -> Numbers:
        """Working days of each of `people` between two days, both included: from the start on, leave taken off."""
        return np.array([self.working(person, first, last).works.sum() for person in self.people], dtype=float)

    @cached_property
    def leave(self) -> dict[str, list[tuple[date, date]]]:
        """The stretches of leave of those who have any, both days included."""
        leave = self.frames["Leave"]
        return {person: leave_of(leave, person) for person in leave["person"].dropna().unique()}

    def working(self, person: str | None, first: date, last: date) -> Worked:
        """Which days between two, both included, a person (None: the team) works, and their weight.

        From the start on, leave taken off; none when `last` precedes `first`.
        """
        away = self.leave.get(person, []) if person else []
        start = self._starts.get(person)
        if start is not None:
            away = [*away, (date.min, start - timedelta(days=1))]
        return self.calendar.working(first, last, away)

    @cached_property
    def _starts(self) -> dict[str | None, date]:
        """The first day of each person who has one."""
        listed = self.frames["People"].dropna(subset=["person", "start"])
        return {person: day.date() for person, day in zip(listed["person"], listed["start"], strict=True)}

    def _position(self, owners: pd.Series | Objects) -> At:
        """Each owner's place on the axis of people, the team being 0; -1 for nobody known."""
        code = pd.Index(self.people).get_indexer(pd.Index(np.asarray(owners, dtype=object)))
        return np.where(code >= 0, code + 1, -1)

    @cached_property
    def _valid_orders(self) -> pd.DataFrame:
        frame = self._up_to_as_of(self.frames["Orders"], "date")
        return frame[(frame["status"].isna() | (frame["status"] == "valid")) & ~(frame["amount"] < 0)]

    def _up_to_as_of(self, frame: pd.DataFrame, day: str) -> pd.DataFrame:
        return frame[frame[day] < pd.Timestamp(self.as_of) + pd.Timedelta(days=1)]

    def _owner(self, frame: pd.DataFrame, customer: At) -> Objects:
        """The row's own owner, else the customer's."""
        own = frame["owner"].to_numpy(object)
        return np.where(
            pd.isna(own), np.append(self.frames["Customers"]["owner"].to_numpy(object), np.array([None]))[customer], own
        )
