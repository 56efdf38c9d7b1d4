"""What the team agreed to reach, month by month, and what its people get for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from funnelbook.domain import periods, targets
from funnelbook.domain.periods import Period, month_of
from funnelbook.sample.dirt import Rows
from funnelbook.sample.known import Known
from funnelbook.words import texts

PAST_PERIODS = 2
_BASE_DAYS = 90
_HOPED = 1.1  # of what is agreed then: proposed
_MARGIN = 0.25
_UNITS = {"orders": 1.0, "amount": 10_000.0, "margin": 1_000.0}
_REVISED_AFTER, _AGREED_AFTER = timedelta(days=11), timedelta(days=21)  # from the first day of the month
_REWARD_TERMS = (
    {"metric": "amount", "from": 30_000.0, "percent": 0.01, "cap": 3_000.0},
    {"metric": "rank", "from": 1.0, "to": 1.0, "amount": 500.0},
    {"metric": "completion", "from": 1.0, "amount": 800.0},
    {"metric": "completion", "to": 0.6, "amount": -200.0},
)


def reward_rules(language: str) -> Rows:
    boss = texts("sample.people", language)[0]
    names = texts("sample.reward_rules", language)
    return [{"rule": rule, **terms, "granted_by": boss} for rule, terms in zip(names, _REWARD_TERMS, strict=True)]


def periods_of(as_of: date) -> list[Period]:
    """The past periods the team has plans of, and the present one."""
    found = [month_of(as_of)]
    for _ in range(PAST_PERIODS):
        found.insert(0, periods.before(found[0]))
    return found


def target_rows(known: Known, people: Sequence[str], since: Period) -> Rows:
    """Targets of the periods since then, agreed before each began, one taken over by a colleague in its course; the next one's proposed.

    The revision waits some days until it is agreed.
    """
    rows: Rows = []
    for period in (p for p in periods_of(known.as_of) if p.start >= since.start):
        aims = _aims(known, period)
        agreed = {"agreed_on": period.start - timedelta(days=2), "author": people[0]}
        team = {**_proposed({m: _HOPED * of.sum() for m, of in aims.items()}), **_sums(aims)}
        rows.append(_row(period, "team", 1) | team | agreed | {"agreed_by": people[1]})
        for i in np.flatnonzero(aims["orders"]).tolist():
            person = people[i]
            own = {m: float(of[i]) for m, of in aims.items()}
            rows.append(_row(period, person, 1) | _proposed(own) | own | agreed | {"agreed_by": person})
        if period.start + _REVISED_AFTER <= known.as_of:
            rows += _taken_over(known, period, people, aims)
    present = month_of(known.as_of)
    proposed = _proposed(_sums(_aims(known, present)))
    rows.append(_row(periods.after(present), "team", 1) | proposed | {"author": people[0]})
    return rows


def _taken_over(known: Known, period: Period, people: Sequence[str], aims: dict[str, np.ndarray]) -> Rows:
    """Who has the highest target hands one order to who has the lowest."""
    on = period.start + _AGREED_AFTER
    much = int(aims["orders"].argmax())
    little = int(np.where(aims["orders"] > 0, aims["orders"], np.inf).argmin())
    each = {m: np.round(of.sum() / aims["orders"].sum() / _UNITS[m]) * _UNITS[m] for m, of in aims.items()}
    rows: Rows = []
    for i, sign in ((much, -1), (little, 1)):
        new = {m: float(of[i] + sign * each[m]) for m, of in aims.items()}
        row = _row(period, people[i], 2) | _proposed(new) | {"reason": "internal", "author": people[0]}
        rows.append(row | (new | {"agreed_on": on, "agreed_by": people[i]} if on <= known.as_of else {}))
    return rows


def _row(period: Period, person: str, revision: int) -> dict[str, object]:
    return {"period": period.label, "person": person, "revision": revision}


def _proposed(values: dict[str, float]) -> dict[str, float]:
    return {f"{m}_proposed": float(np.ceil(v / _UNITS[m] - 1e-9) * _UNITS[m]) for m, v in values.items()}


def _sums(aims: dict[str, np.ndarray]) -> dict[str, float]:
    return {m: float(of.sum()) for m, of in aims.items()}


def _aims(known: Known, period: Period) -> dict[str, np.ndarray]:
    """Each person's part of orders, amount and margin: what the last three months promise for so long a time of the year, split
    by who brought them."""
    world, orders = known.story.world, known.story.orders
    start, end = (int(world.clock.number(day)) for day in (period.start, period.end))
    there, worth = world.starts < start, world.clock.worth
    recent = orders[(orders["day"] < start) & (orders["day"] >= start - _BASE_DAYS) & orders["back"].isna()]
    own = np.bincount(world.owner[recent["customer"]], minlength=len(there))
    amount = recent["amount"].mean() if len(recent) else float(np.median(known.story.value))
    total = max(
        float(there.sum()),
        np.round(own.sum() * worth[start : end + 1].sum() / worth[max(0, start - _BASE_DAYS) : start].sum()),
    )
    weights = np.where(there, own + 1.0, 0.0)
    whole = {"orders": total, "amount": total * amount, "margin": total * amount * _MARGIN}
    found = {}
    for measure, unit in _UNITS.items():
        rounded = np.round(whole[measure] / unit) * unit
        found[measure] = targets.split(rounded, weights, fairness=0.3, unit=unit)
    return found
