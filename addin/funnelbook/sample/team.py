"""The sample team's tables as a manager would have them on a day: eight people, a year of customers, calls and orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from funnelbook.book.frames import rows_of
from funnelbook.domain.periods import Period
from funnelbook.domain.tiers import Tiers
from funnelbook.sample.aims import periods_of, reward_rules, target_rows
from funnelbook.sample.contacts import activities
from funnelbook.sample.days_off import calendar_of, calendar_rows
from funnelbook.sample.dirt import Rows, soil
from funnelbook.sample.known import Known, Story
from funnelbook.sample.law import LAW, Law
from funnelbook.sample.truth import true_rates
from funnelbook.sample.world import CUSTOMERS_A_YEAR, NEWCOMER, World
from funnelbook.words import DEFAULT, sample_of, say, texts

AS_OF = date(2026, 5, 20)
_A_YEAR, _NEWCOMER_SINCE, _BEYOND = timedelta(days=365), timedelta(days=65), timedelta(days=120)
_STARTS = ((2021, 3, 1), (2022, 6, 13), (2023, 2, 20), (2023, 9, 4), (2024, 3, 11), (2024, 8, 5), (2025, 2, 17))
_DAILY_CALLS = 12


@dataclass(frozen=True)
class Sample:
    """`rows`: input tables by schema name, tiers and words as codes. `story`: what became of it all, which no row tells."""

    rows: dict[str, Rows]
    as_of: date
    story: Story | None = None

    @property
    def world(self) -> World | None:
        return self.story and self.story.world

    @cached_property
    def true_rates(self) -> dict[str, float]:
        """By tier code, as numbers.md 2 defines them."""
        tiers = Tiers.default()
        return {} if self.world is None else dict(zip(tiers.codes, true_rates(self.world, tiers).tolist(), strict=True))


def team(
    seed: int = 1,
    language: str = DEFAULT,
    *,
    as_of: date = AS_OF,
    noon: bool = False,
    dirt: bool = True,
    law: Law = LAW,
    story: Story | None = None,
    targets_since: Period | None = None,
) -> Sample:
    """A telesales team with a year up to the evening of `as_of`, or its `noon`, the same for the same arguments.

    With `dirt` it has the mistakes real workbooks have. `story`: the one to look at on that day, rather than one that begins a
    year before it. `targets_since`: the first period with targets, usually the last but one before that of `as_of`.
    """
    story = story or Story(world_of(seed, language, as_of - _A_YEAR, as_of + _BEYOND, as_of - _NEWCOMER_SINCE, law=law))
    rows = _Team(Known(story, as_of, noon), language).rows(targets_since or periods_of(as_of)[0])
    if dirt:
        soil(rows, language, as_of)
    return Sample(rows, as_of, story)


def story_of(seed: int, language: str, as_of: date, *, law: Law = LAW) -> Story:
    """What happens in the year up to `as_of` and some months after it."""
    return Story(world_of(seed, language, as_of - _A_YEAR, as_of + _BEYOND, as_of - _NEWCOMER_SINCE, law=law))


def world_of(
    seed: int,
    language: str,
    first: date,
    last: date,
    newcomer: date,
    *,
    customers_a_year: float = CUSTOMERS_A_YEAR,
    law: Law = LAW,
) -> World:
    """What happens from `first` to `last` where the language's holidays are kept."""
    return World.of(seed, calendar_of(language, first, last), first, last, newcomer, customers_a_year, law)


class _Team:
    """Texts and figures are drawn for all that ever happens in the world, so that a later day changes nothing of an earlier one."""

    def __init__(self, known: Known, language: str) -> None:
        self.known, self.language = known, language
        self.world, self.as_of = known.story.world, known.as_of
        self.tiers, self.people = Tiers.default(), texts("sample.people", language)

    def rows(self, targets_since: Period) -> dict[str, Rows]:
        first, last = self.world.clock.days(np.array([0, len(self.world.clock) - 1])).astype(object)
        calls = activities(self.known, self.language, self.tiers, _id)
        people = self._people()
        return {
            "People": people,
            "Customers": self._customers(calls),
            "Activities": calls,
            "Orders": self._orders(),
            "Leave": self._leave(),
            "Targets": target_rows(self.known, [str(row["person"]) for row in people], targets_since),
            "RewardRules": reward_rules(self.language),
            "Calendar": calendar_rows(self.language, first, last),
        }

    def _said(self, key: str) -> tuple[str, ...]:
        return texts(f"sample.{key}", self.language)

    def _picked(self, options: Sequence[str], dice: np.ndarray) -> np.ndarray:
        return np.array(options, dtype=object)[(dice * len(options)).astype(int)]

    def _people(self) -> Rows:
        starts = [date(*start) for start in _STARTS]
        starts.insert(NEWCOMER, self.world.clock.days(self.world.starts[NEWCOMER : NEWCOMER + 1]).astype(object)[0])
        return [
            {"person": name, "start": start, "active": True, "daily_calls": _DAILY_CALLS, "capacity": 1.0}
            for name, start in zip(self.people, starts, strict=True)
            if start <= self.as_of
        ]

    def _leave(self) -> Rows:
        days = {"from": self.as_of - timedelta(days=9), "to": self.as_of - timedelta(days=7)}
        return [{"person": self.people[2], **days}]

    def _customers(self, calls: Rows) -> Rows:
        world, known = self.world, self.known
        dice = np.random.default_rng([world.seed, 6]).random((len(world.owner), 4))
        last = {row["id"]: row for row in calls}
        names, phones, born = self._names(), self._phones(), known.story.born.astype(object)
        contacts, sources, objections = (
            self._picked(self._said(options), dice[:, i])
            for i, options in enumerate(("contacts", "sources", "objections"))
        )
        since = world.clock.days(known.since).astype(object)
        rows: Rows = []
        for i, created in enumerate(world.clock.days(world.created[: known.customers]).astype(object)):
            tier = known.tier[i]
            code, ended = self.tiers.labels[tier], tier >= self.tiers.won
            rows.append({
                "id": _id(i), "name": names[i], "contact": contacts[i], "phone": phones[i],
                "source": sources[i], "owner": self.people[world.owner[i]], "tier": code,
                "expected_value": float(known.story.value[i]), "created": created,
                "closed": since[i] if ended else None,
                "next_contact": None if ended else last.get(_id(i), {}).get("next_contact"),
                "next_purpose": None if ended else say(f"sample.purpose.{code}", self.language),
                "objection": objections[i] if code == "Lost" or dice[i, 3] < 0.15 else None,
                "birthday": born[i],
            })  # fmt: skip
        return rows

    def _names(self) -> list[str]:
        """A name a customer, none twice."""
        rng, legal_form = np.random.default_rng([self.world.seed, 7]), say("sample.legal_form", self.language)
        parts = [self._said(part) for part in ("cities", "brands", "trades")]
        size = [len(part) for part in parts]
        chosen = np.unravel_index(rng.permutation(int(np.prod(size)))[: self.known.customers], size)
        picked = zip(*(np.array(part, dtype=object)[at] for part, at in zip(parts, chosen, strict=True)), strict=True)
        return [
            say("sample.company", self.language, city=city, brand=brand, trade=trade) + legal_form
            for city, brand, trade in picked
        ]

    def _phones(self) -> list[str]:
        rng, phone = np.random.default_rng([self.world.seed, 8]), sample_of(self.language).phone
        return [phone(rng) for _ in range(self.known.customers)]

    def _orders(self) -> Rows:
        orders, rows = self.known.orders, []
        days = self.world.clock.days(orders["day"].to_numpy()).astype(object)
        for order, day in zip(rows_of(orders), days, strict=True):
            rows.append({
                "order_id": f"D{order.Index + 1:04d}", "date": day, "id": _id(order.customer),
                "owner": self.people[self.world.owner[order.customer]],
                "amount": float(order.amount), "margin": float(order.margin),
                "paid": float(order.amount) if order.paid < 0.7 else 0.0,
                "status": ("cancelled", "refunded")[int(order.kind < 0.5)] if order.gone else "valid",
            })  # fmt: skip
        return rows


def _id(i: int) -> str:
    return f"K{i + 1:04d}"
