"""The sample team's tables as a manager would have them on a day: eight people, a year of customers, calls and orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from funnelbook.book.holidays import holiday_rows
from funnelbook.domain.periods import month_of
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.sample.dirt import Rows, soil
from funnelbook.sample.law import LAW, Law
from funnelbook.sample.truth import true_rates
from funnelbook.sample.world import CUSTOMERS_A_YEAR, NEWCOMER, World
from funnelbook.words import DEFAULT, sample_of, say, texts

AS_OF = date(2026, 5, 20)
_A_YEAR, _NEWCOMER_SINCE, _BEYOND = timedelta(days=365), timedelta(days=65), timedelta(days=120)
_STARTS = ((2021, 3, 1), (2022, 6, 13), (2023, 2, 20), (2023, 9, 4), (2024, 3, 11), (2024, 8, 5), (2025, 2, 17))
_LATE = np.array([0, 0, 0, 0, 0, 0, 1, 1, 2, 4])  # days by which a call comes after the day agreed on
_FORGOTTEN_AFTER, _STILL_AGREED = 30, 0.3  # days; of calls that none followed, the share that ended with a promise
_REWARD_TERMS = (
    {"metric": "amount", "from": 30_000.0, "percent": 0.01, "cap": 3_000.0},
    {"metric": "rank", "from": 1.0, "to": 1.0, "amount": 500.0},
    {"metric": "completion", "from": 1.0, "amount": 800.0},
    {"metric": "completion", "to": 0.6, "amount": -200.0},
)
_DAILY_CALLS = 20
_TARGET_ORDERS, _TARGET_AMOUNT, _TARGET_MARGIN = 20, 320_000.0, 80_000.0
_PROPOSED_ORDERS, _PROPOSED_AMOUNT, _PROPOSED_MARGIN = 24, 380_000.0, 95_000.0


@dataclass(frozen=True)
class Sample:
    """`rows`: input tables by schema name, tiers and words as codes. `world`: what became of it all, which no row tells."""

    rows: dict[str, Rows]
    as_of: date
    world: World | None = None

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
    dirt: bool = True,
    law: Law = LAW,
    world: World | None = None,
) -> Sample:
    """A telesales team with a year up to `as_of`, the same for the same arguments. With `dirt` it has the mistakes real workbooks have.

    `world`: the one to look at on that day, rather than one that begins a year before it.
    """
    world = world or world_of(seed, language, as_of - _A_YEAR, as_of + _BEYOND, as_of - _NEWCOMER_SINCE, law=law)
    rows = _Team(world, language, as_of).rows()
    if dirt:
        soil(rows, language, as_of)
    return Sample(rows, as_of, world)


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


def calendar_of(language: str, first: date, last: date) -> WorkCalendar:
    """The calendar that the rows of the team's Calendar make."""
    rows = pd.DataFrame(_holidays(language, first, last), columns=["date", "workday", "weight"])
    return WorkCalendar.from_frame(rows.assign(date=pd.to_datetime(rows["date"])))


def _holidays(language: str, first: date, last: date) -> Rows:
    return [row for year in range(first.year, last.year + 1) for row in holiday_rows(year, language)]


class _Team:
    """Texts and figures are drawn for all that ever happens in the world, so that a later day changes nothing of an earlier one."""

    def __init__(self, world: World, language: str, as_of: date) -> None:
        self.world, self.language, self.as_of = world, language, as_of
        self.tiers, self.people = Tiers.default(), texts("sample.people", language)
        self.today = int(world.clock.number(as_of))
        self.rng = np.random.default_rng([world.seed, 5])
        self.value = np.round(self.rng.lognormal(9.5, 0.5, len(world.owner)), -2)
        self.there = int(np.searchsorted(world.created, self.today, side="right"))

    def rows(self) -> dict[str, Rows]:
        first, last = self.world.clock.days(np.array([0, len(self.world.clock) - 1])).astype(object)
        activities = self._activities()
        return {
            "People": self._people(),
            "Customers": self._customers(activities),
            "Activities": activities,
            "Orders": self._orders(),
            "Leave": [{"person": self.people[2], "from": self._ago(9), "to": self._ago(7)}],
            "Targets": self._targets(),
            "RewardRules": self._reward_rules(),
            "Calendar": _holidays(self.language, first, last),
        }

    def _said(self, key: str) -> tuple[str, ...]:
        return texts(f"sample.{key}", self.language)

    def _purpose(self, code: str) -> str:
        return say(f"sample.purpose.{code}", self.language)

    def _ago(self, days: int) -> date:
        return self.as_of - timedelta(days=days)

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

    def _reward_rules(self) -> Rows:
        boss = self.people[0]
        return [
            {"rule": rule, **terms, "granted_by": boss}
            for rule, terms in zip(self._said("reward_rules"), _REWARD_TERMS, strict=True)
        ]

    def _targets(self) -> Rows:
        period = month_of(self.as_of)
        agreed = {"agreed_on": period.start - timedelta(days=2), "agreed_by": self.people[1]}
        first = {
            "period": period.label,
            "person": "team",
            "revision": 1,
            "orders_proposed": _PROPOSED_ORDERS,
            "amount_proposed": _PROPOSED_AMOUNT,
            "margin_proposed": _PROPOSED_MARGIN,
        }
        second = first | {
            "revision": 2,
            "orders": _TARGET_ORDERS,
            "amount": _TARGET_AMOUNT,
            "margin": _TARGET_MARGIN,
            "reason": "forecast",
        }
        return [first, second | agreed]

    def _customers(self, activities: Rows) -> Rows:
        world = self.world
        dice = np.random.default_rng([world.seed, 6]).random((len(world.owner), 6))
        last = {row["id"]: row for row in activities}
        tier = world.began.copy()
        known = world.moves[world.moves["day"] <= self.today]
        tier[known["case"]] = known["tier"]  # of several the last stays
        names, phones = self._names(), self._phones()
        contacts, sources, objections = (
            self._picked(self._said(options), dice[:, i])
            for i, options in enumerate(("contacts", "sources", "objections"))
        )
        rows: Rows = []
        for i, created in enumerate(world.clock.days(world.created[: self.there]).astype(object)):
            code = self.tiers.labels[tier[i]]
            seen = last.get(self._id(i), {})
            ended = tier[i] >= self.tiers.won
            rows.append({
                "id": self._id(i), "name": names[i], "contact": contacts[i], "phone": phones[i],
                "source": sources[i], "owner": self.people[world.owner[i]], "tier": code,
                "expected_value": float(self.value[i]), "created": created,
                "closed": seen["at"].date() if ended else None,
                "next_contact": None if ended else seen.get("next_contact"),
                "next_purpose": None if ended else self._purpose(code),
                "objection": objections[i] if code == "Lost" or dice[i, 3] < 0.15 else None,
            })  # fmt: skip
        return rows

    def _id(self, i: int) -> str:
        return f"K{i + 1:04d}"

    def _names(self) -> list[str]:
        """A name a customer, none twice."""
        rng, legal_form = np.random.default_rng([self.world.seed, 7]), say("sample.legal_form", self.language)
        parts = [self._said(part) for part in ("cities", "brands", "trades")]
        size = [len(part) for part in parts]
        chosen = np.unravel_index(rng.permutation(int(np.prod(size)))[: self.there], size)
        picked = zip(*(np.array(part, dtype=object)[at] for part, at in zip(parts, chosen, strict=True)), strict=True)
        return [
            say("sample.company", self.language, city=city, brand=brand, trade=trade) + legal_form
            for city, brand, trade in picked
        ]

    def _phones(self) -> list[str]:
        rng, phone = np.random.default_rng([self.world.seed, 8]), sample_of(self.language).phone
        return [phone(rng) for _ in range(self.there)]

    def _activities(self) -> Rows:
        """Calls in order of time."""
        world, labels = self.world, self.tiers.labels
        not_reached, channel = self._said("not_reached"), say("sample.channel", self.language)
        contacts = world.contacts
        dice = np.random.default_rng([world.seed, 9]).random((len(contacts), 8))
        minute = np.where(dice[:, 0] < 0.5, 540 + dice[:, 1] * 168, 810 + dice[:, 1] * 258).astype(int)
        at = world.clock.days(contacts["day"].to_numpy()).astype("datetime64[m]") + minute
        agreed = self._agreed(contacts, dice[:, 2], dice[:, 3])
        talk = np.round(np.random.default_rng([world.seed, 10]).gamma(2.0, 2.2, len(contacts)) + 0.5, 1)
        order = np.lexsort((contacts["case"], at))
        order = order[contacts["day"].to_numpy()[order] <= self.today]
        case, tier = contacts["case"].to_numpy(), contacts["tier"].to_numpy()
        rows: Rows = []
        for number, (k, moment) in enumerate(zip(order, at[order].astype(object), strict=True), 1):
            i, code = case[k], None if tier[k] < 0 else labels[tier[k]]
            told = "none" if code in (None, "E") else code
            outcome = _pick(self._said(f"outcomes.{told}"), dice[k, 4])
            reached = outcome not in not_reached
            ended = code in ("Won", "Lost")
            rows.append({
                "activity_id": f"H{number:05d}", "at": moment, "id": self._id(i), "owner": self.people[world.owner[i]],
                "channel": channel, "connected": reached, "minutes": float(talk[k]) if reached else None,
                "outcome": outcome, "tier_after": code, "quote": float(self.value[i]) if code == "B" else None,
                "next_contact": None if ended else agreed[k],
                "next_purpose": None if ended or dice[k, 5] < 0.2 else self._purpose(code or "E"),
                "objection": _pick(self._said("objections"), dice[k, 6]) if code == "Lost" else None,
                "note": _pick(self._said(f"notes.{told}"), dice[k, 7]) or None if reached else None,
            })  # fmt: skip
        return rows

    def _agreed(self, contacts: pd.DataFrame, slip: np.ndarray, forgets: np.ndarray) -> np.ndarray:
        """The day agreed on at each contact: that of the next one or some days before it; None where it came to nothing."""
        clock, day, then = self.world.clock, contacts["day"].to_numpy(), contacts["then"].to_numpy()
        soon = then - day <= _FORGOTTEN_AFTER
        meant = np.where(soon, np.nan_to_num(then) - _LATE[(slip * len(_LATE)).astype(int)], day + 3 + slip * 8).astype(
            int
        )
        meant = np.minimum(clock.next_worked(np.maximum(day + 1, meant)), len(clock) - 1)
        days = clock.days(meant).astype(object)
        days[~soon & (forgets >= _STILL_AGREED)] = None
        return days

    def _orders(self) -> Rows:
        won, world = self.world.won, self.world
        rng = np.random.default_rng([world.seed, 11])
        part, margin, paid, kind = rng.uniform(size=(4, len(won)))
        case = won["case"].to_numpy()
        amount = np.round(self.value[case] * (0.85 + 0.25 * part), -1)
        gone = won["back"].to_numpy() <= self.today
        rows: Rows = []
        for k, day in enumerate(world.clock.days(won["day"].to_numpy()).astype(object)):
            if day > self.as_of:
                break
            taken_back = bool(gone[k])
            rows.append({
                "order_id": f"D{k + 1:04d}", "date": day, "id": self._id(case[k]), "owner": self.people[world.owner[case[k]]],
                "amount": float(amount[k]), "margin": float(np.round(amount[k] * (0.15 + 0.2 * margin[k]), -1)),
                "paid": float(amount[k]) if paid[k] < 0.7 else 0.0,
                "status": ("cancelled", "refunded")[int(kind[k] < 0.5)] if taken_back else "valid",
            })  # fmt: skip
        return rows


def _pick(options: Sequence[str], dice: float) -> str:
    return options[int(dice * len(options))]
