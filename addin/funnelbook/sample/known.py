"""What the team knows at a moment: the contacts made so far, the orders, and where each customer stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.sample import aftercare
from funnelbook.sample.world import World

NOON = 12 * 60
_LATE = np.array([0] * 17 + [1, 1, 3])  # days by which a call comes after the day agreed on
_RESTS_AFTER = 30  # days: whoever is not called for longer had no day agreed
_HAVE_BIRTHDAY = 0.2  # of the customers, so that many birthdays are known


@dataclass(frozen=True)
class Story:
    """All that ever happens between the team and its customers, whoever looks at it when. Days are numbers of the clock.

    `value` and `born` (NaT: unknown) by customer. `repeats`: whether who bought is cared for and may buy again.
    """

    world: World
    repeats: bool = True

    @cached_property
    def value(self) -> np.ndarray:
        rng = np.random.default_rng([self.world.seed, 5])
        return np.round(rng.lognormal(9.5, 0.5, len(self.world.owner)), -2)

    @cached_property
    def born(self) -> np.ndarray:
        rng, n = np.random.default_rng([self.world.seed, 14]), len(self.world.owner)
        days = np.datetime64("1968-01-01", "D") + rng.integers(0, 28 * 365, n)
        return np.where(rng.random(n) < _HAVE_BIRTHDAY, days, np.datetime64("NaT", "D"))

    @cached_property
    def _cases(self) -> tuple[list[aftercare.Cases], pd.DataFrame]:
        if self.repeats:
            return aftercare.aftercare(self.world, self.value)
        only = aftercare.Cases.of(self.world, np.arange(len(self.world.owner)), self.value)
        return [only], pd.DataFrame({"customer": [], "day": []}, dtype=int)

    @cached_property
    def orders(self) -> pd.DataFrame:
        """As aftercare.Cases has them, of all cases."""
        orders = pd.concat([cases.orders for cases in self._cases[0]])
        return orders.sort_values(["day", "customer"], kind="stable", ignore_index=True)

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """In order of time, at most one a customer and day: customer, day, minute, tier (-1: none, or as it was), stands (in which tier after it), agreed (the day
        of the next contact, NaN: none), kind (SALE, TALK or SENT)."""
        cases, talks = self._cases
        sales = [of.world.contacts.assign(customer=of.customer[of.world.contacts["case"]]) for of in cases]
        sent = aftercare.greetings(self.world, cases, self.born) if self.repeats else talks
        kinds = ((pd.concat(sales), aftercare.SALE), (talks, aftercare.TALK), (sent, aftercare.SENT))
        # of several on one day the sale stays
        found = pd.concat([frame.assign(kind=kind) for frame, kind in kinds], ignore_index=True)
        found = found.drop_duplicates(["customer", "day"]).sort_values(["customer", "day"], ignore_index=True)
        morning, moment, slip = np.random.default_rng([self.world.seed, 9]).random((3, len(found)))
        minute = np.where(morning < 0.5, 540 + moment * 168, 810 + moment * 258).astype(int)
        stands = found["tier"].where(found["tier"] >= 0).groupby(found["customer"]).ffill().fillna(0).astype(int)
        tier = found["tier"].fillna(-1).astype(int)
        found = found.assign(minute=minute, agreed=self._agreed(found, slip), tier=tier, stands=stands)
        found = found.sort_values(["day", "minute", "customer"], ignore_index=True)
        return found[["customer", "day", "minute", "tier", "stands", "agreed", "kind"]]

    def _agreed(self, contacts: pd.DataFrame, slip: np.ndarray) -> np.ndarray:
        """The day agreed on at each contact: that of the next one, at times some days before it."""
        clock, day, then = self.world.clock, contacts["day"].to_numpy(), contacts["then"].to_numpy(float)
        soon = then - day <= _RESTS_AFTER
        meant = np.nan_to_num(then).astype(int) - _LATE[(slip * len(_LATE)).astype(int)]
        meant = np.minimum(clock.next_worked(np.maximum(day + 1, meant)), len(clock) - 1)
        return np.where(soon, meant, np.nan)


@dataclass(frozen=True)
class Known:
    """What is known of a story on the evening of `as_of`, or at `noon` of that day."""

    story: Story
    as_of: date
    noon: bool = False

    @cached_property
    def today(self) -> int:
        return int(self.story.world.clock.number(self.as_of))

    @cached_property
    def customers(self) -> int:
        """How many there are."""
        return int(np.searchsorted(self.story.world.created, self.today, side="right"))

    @cached_property
    def contacts(self) -> pd.DataFrame:
        all_ = self.story.contacts
        return all_[(all_["day"] < self.today) | ((all_["day"] == self.today) & ~self._to_come)]

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Those of Story, with `gone`: whether they have been taken back."""
        orders, waits = self.story.orders, self.story.contacts[self._to_come]
        today = waits.loc[waits["day"] == self.today, "customer"]
        known = (orders["day"] <= self.today) & ~((orders["day"] == self.today) & orders["customer"].isin(today))
        return orders[known].assign(gone=orders["back"] <= self.today)

    @cached_property
    def tier(self) -> np.ndarray:
        """By customer."""
        return self._last_told("tier", 0)

    @cached_property
    def since(self) -> np.ndarray:
        """By customer the day he came into his tier."""
        return self._last_told("day", self.story.world.created)

    @cached_property
    def _to_come(self) -> pd.Series:
        """Contacts of an afternoon that is to come."""
        return (self.story.contacts["minute"] >= NOON) & self.noon

    def _last_told(self, column: str, otherwise: int | np.ndarray) -> np.ndarray:
        told = self.contacts[self.contacts["tier"] >= 0]
        values = np.full(len(self.story.world.owner), 0) + otherwise
        values[told["customer"]] = told[column]  # of several the last stays
        return values[: self.customers]
