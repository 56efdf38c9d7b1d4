"""The sample team's tables: eight people, six hundred customers, ten weeks of calls, with the dirt real books have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np

from funnelbook.domain.tiers import Tiers
from funnelbook.sample.law import LAW, Law, moves, true_rates
from funnelbook.words import DEFAULT, sample_of, say, texts

Rows = list[dict[str, Any]]  # of a table by schema column, cells as people type them
AS_OF = date(2026, 5, 20)
_WEEKS = 10
_CALL_EVERY = {"E": 2.8, "D": 1.9, "C": 1.65, "B": 1.4, "A": 1.1}  # days between calls that change nothing
_AGREED_AHEAD = 6  # working days until the next call, at most
_SHARE = np.array([0.15, 0.14, 0.14, 0.13, 0.14, 0.09, 0.13, 0.08])  # of the customers, by person
# by person: tiers E D C B A. A star, a weak closer, a newcomer; the others as the law has it
_SKILLS = np.array(
    [[1.15] * 5, [1] * 5, [1] * 5, [1, 1, 0.95, 0.6, 0.6], [1] * 5, [1] * 5, [1.05, 1, 0.7, 1, 1], [0.85] * 5]
)
_REWARD_TERMS = (
    {"metric": "amount", "from": 30_000.0, "percent": 0.01, "cap": 3_000.0},
    {"metric": "rank", "from": 1.0, "to": 1.0, "amount": 500.0},
    {"metric": "completion", "from": 1.0, "amount": 800.0},
    {"metric": "completion", "to": 0.6, "amount": -200.0},
)
_TARGET_ORDERS, _TARGET_AMOUNT, _TARGET_MARGIN = 38, 560_000.0, 140_000.0


@dataclass(frozen=True)
class Sample:
    """`rows`: input tables by schema name, tiers and words as codes. `true_rates`: by tier code, as numbers.md 2 defines them."""

    rows: dict[str, Rows]
    as_of: date
    true_rates: dict[str, float]


def team(seed: int = 1, language: str = DEFAULT, *, customers: int = 600, dirt: bool = True, law: Law = LAW) -> Sample:
    """A telesales team up to 2026-05-20, the same for the same seed. With `dirt` it has the mistakes real workbooks have."""
    rng = np.random.default_rng(seed)
    tiers = Tiers.default()
    made = _Team(rng, language, tiers, customers, law)
    rows = made.rows()
    if dirt:
        _soil(rows, language)
    return Sample(rows, AS_OF, _true_rates(law))


@cache
def _true_rates(law: Law) -> dict[str, float]:
    tiers = Tiers.default()
    rates = true_rates(tiers, _SKILLS[np.repeat(np.arange(len(_SHARE)), np.round(_SHARE * 100).astype(int))], law)
    return dict(zip(tiers.codes, rates.tolist(), strict=True))


class _Team:
    def __init__(self, rng: np.random.Generator, language: str, tiers: Tiers, customers: int, law: Law) -> None:
        self.rng, self.language, self.tiers, self.n = rng, language, tiers, customers
        self.people = texts("sample.people", language)
        self.owner = rng.choice(len(self.people), customers, p=_SHARE)
        first = AS_OF - timedelta(weeks=_WEEKS)
        days = np.arange(np.datetime64(first), np.datetime64(AS_OF) - 3)
        days = days[np.is_busday(days)]
        self.created = np.sort(rng.choice(days, customers))
        happened = moves(rng, self.created, _SKILLS[self.owner], law)
        self.moves = happened[happened["day"] <= np.datetime64(AS_OF)].sort_values(["case", "day", "tier"])
        self.value = np.round(rng.lognormal(9.5, 0.5, customers), -2)

    def rows(self) -> dict[str, Rows]:
        activities, orders = self._calls()
        return {
            "People": self._people(),
            "Customers": self._customers(activities),
            "Activities": activities,
            "Orders": orders,
            "Leave": [{"person": self.people[2], "from": date(2026, 5, 11), "to": date(2026, 5, 13)}],
            "Targets": self._targets(),
            "RewardRules": self._reward_rules(),
        }

    def _said(self, key: str) -> tuple[str, ...]:
        return texts(f"sample.{key}", self.language)

    def _pick(self, options: tuple[str, ...]) -> str:
        return options[int(self.rng.integers(len(options)))]

    def _people(self) -> Rows:
        starts = [
            date(2021, 3, 1),
            date(2022, 6, 13),
            date(2023, 2, 20),
            date(2023, 9, 4),
            date(2024, 3, 11),
            date(2024, 8, 5),
            date(2025, 2, 17),
            date(2026, 3, 16),
        ]
        return [
            {"person": name, "start": start, "active": True, "daily_calls": 40, "capacity": 1.0}
            for name, start in zip(self.people, starts, strict=True)
        ]

    def _reward_rules(self) -> Rows:
        boss = self.people[0]
        return [
            {"rule": rule, **terms, "granted_by": boss}
            for rule, terms in zip(self._said("reward_rules"), _REWARD_TERMS, strict=True)
        ]

    def _targets(self) -> Rows:
        agreed = {"agreed_on": date(2026, 4, 29), "agreed_by": self.people[1]}
        common = {"period": "2026-05", "person": "team"}
        first = common | {
            "revision": 1,
            "orders_proposed": 42,
            "amount_proposed": 620_000.0,
            "margin_proposed": 155_000.0,
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
        rng, phone = self.rng, sample_of(self.language).phone
        last = {row["id"]: row for row in activities}
        tier = np.zeros(self.n, dtype=int)
        tier[self.moves["case"]] = self.moves["tier"]
        rows, names = [], set()
        for i in range(self.n):
            name = self._company(names)
            code = self.tiers.labels[tier[i]]
            seen = last.get(self._id(i), {})
            ended = tier[i] >= self.tiers.won
            rows.append({
                "id": self._id(i), "name": name, "contact": self._pick(self._said("contacts")), "phone": phone(rng),
                "source": self._pick(self._said("sources")), "owner": self.people[self.owner[i]], "tier": code,
                "expected_value": float(self.value[i]), "created": self.created[i].astype(object),
                "closed": seen["at"].date() if ended and seen else None,
                "next_contact": None if ended else seen.get("next_contact"),
                "next_purpose": None if ended else say(f"sample.purpose.{code}", self.language),
                "objection": self._pick(self._said("objections")) if code == "Lost" or rng.random() < 0.15 else None,
            })  # fmt: skip
        return rows

    def _id(self, i: int) -> str:
        return f"K{i + 1:04d}"

    def _company(self, taken: set[str]) -> str:
        legal_form = say("sample.legal_form", self.language)
        while True:
            city, brand, trade = (self._pick(self._said(part)) for part in ("cities", "brands", "trades"))
            name = say("sample.company", self.language, city=city, brand=brand, trade=trade) + legal_form
            if name not in taken:
                taken.add(name)
                return name

    def _calls(self) -> tuple[Rows, Rows]:
        """Calls in order of time, and the orders they brought."""
        calls: list[tuple[datetime, int, str | None]] = []
        by_case: dict[int, list[tuple[np.datetime64, int]]] = {}
        for case, day, tier in self.moves.itertuples(index=False):
            by_case.setdefault(case, []).append((np.datetime64(day, "D"), tier))
        for i in range(self.n):
            steps = [(self.created[i], 0), *by_case.get(i, [])]
            ends = [*(day for day, _ in steps[1:]), np.datetime64(AS_OF) + 1]
            for (start, tier), end in zip(steps, ends, strict=True):
                if start != self.created[i] or tier:
                    calls.append((self._moment(start), i, self.tiers.labels[tier]))
                if tier < self.tiers.n:
                    calls += [
                        (self._moment(day), i, None) for day in self._idle_days(start, end, self.tiers.codes[tier], i)
                    ]
        calls.sort(key=lambda call: (call[0], call[1]))
        activities = [self._activity(number, *call) for number, call in enumerate(calls, 1)]
        won = [row for row in activities if row["tier_after"] == "Won"]
        return activities, [self._order(number, row) for number, row in enumerate(won, 1)]

    def _idle_days(self, start: np.datetime64, end: np.datetime64, tier: str, i: int) -> list[np.datetime64]:
        """Days of calls that changed nothing while a customer stood in a tier."""
        every = _CALL_EVERY[tier] * (1.5 if self.owner[i] == 5 else 1.0)
        days, at = [], start + int(self.rng.integers(0, 2))
        while at < end and at <= np.datetime64(AS_OF):
            if np.is_busday(at) and at > start:
                days.append(at)
            at += max(1, round(float(self.rng.gamma(3.0, every / 3))))
        return days

    def _moment(self, day: np.datetime64) -> datetime:
        hour = float(self.rng.choice([self.rng.uniform(9, 11.8), self.rng.uniform(13.5, 17.8)]))
        return datetime.combine(day.astype(object), datetime.min.time()) + timedelta(minutes=round(hour * 60))

    def _activity(self, number: int, at: datetime, i: int, tier: str | None) -> dict[str, Any]:
        rng = self.rng
        outcome = self._pick(self._said(f"outcomes.{tier or 'none'}"))
        reached = outcome not in self._said("not_reached")
        code = tier or "E"
        ended = tier in ("Won", "Lost")
        agreed = np.busday_offset(at.date(), 1 + number % _AGREED_AHEAD, roll="forward").item()
        return {
            "activity_id": f"H{number:05d}", "at": at, "id": self._id(i), "owner": self.people[self.owner[i]], "channel": say("sample.channel", self.language),
            "connected": reached, "minutes": round(float(rng.gamma(2.0, 2.2)) + 0.5, 1) if reached else None, "outcome": outcome,
            "tier_after": tier, "quote": float(self.value[i]) if tier == "B" else None,
            "next_contact": None if ended else agreed,
            "next_purpose": None if ended or rng.random() < 0.2 else say(f"sample.purpose.{code}", self.language),
            "objection": self._pick(self._said("objections")) if tier == "Lost" else None,
            "note": self._pick(self._said(f"notes.{tier or 'none'}")) or None if reached else None,
        }  # fmt: skip

    def _order(self, number: int, call: dict[str, Any]) -> dict[str, Any]:
        amount = float(np.round(self.value[int(str(call["id"])[1:]) - 1] * self.rng.uniform(0.85, 1.1), -1))
        status = self._pick(("valid",) * 14 + ("cancelled", "refunded"))
        paid = amount if self.rng.random() < 0.7 else 0.0
        return {
            "order_id": f"D{number:04d}", "date": call["at"].date(), "id": call["id"], "owner": call["owner"], "amount": amount,
            "margin": float(np.round(amount * self.rng.uniform(0.15, 0.35), -1)), "paid": paid, "status": status,
        }  # fmt: skip


def _soil(rows: dict[str, Rows], language: str) -> None:
    """The mistakes people make: in fixed rows, so that everybody meets the same ones."""

    def said(key: str, **fields: object) -> str:
        return say(f"sample.{key}", language, **fields)

    customers, activities, orders = rows["Customers"], rows["Activities"], rows["Orders"]
    customers[11]["owner"] = None
    customers[37]["owner"] = None
    customers[52]["phone"] = "12345"
    customers[77]["created"] = customers[77]["created"].strftime("%Y/%m/%d")
    day = customers[78]["created"]
    customers[78]["created"] = said("dirt.day", year=day.year, month=day.month, day=day.day)
    customers[101]["phone"] = customers[100]["phone"]
    customers[140]["expected_value"] = said("dirt.amount")
    customers[155]["phone"] = said("dirt.phone")
    customers[201]["tier"] = said("dirt.tier")
    customers[410]["name"] = customers[409]["name"].removesuffix(said("legal_form")) + said("other_legal_form")
    for customer in customers[420:440]:
        customer["next_purpose"] = None
    activities[300]["next_contact"] = activities[300]["at"].date() - timedelta(days=7)
    customers.append(customers[301] | {"name": said("dirt.twice", name=customers[301]["name"])})
    activities[120]["at"] = said("dirt.no_day")
    activities[240]["id"] = "K9999"
    orders.append(orders[-1] | {"order_id": "D9001", "id": "K8888"})
    orders.append(orders[0] | {"order_id": "D9002", "amount": -300.0, "date": AS_OF})
    orders.append(orders[1] | {"order_id": "D9003", "date": AS_OF + timedelta(days=12)})
