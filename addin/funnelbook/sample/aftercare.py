"""What the team does for who has bought: talks after the order, visits, greetings; and who buys again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.domain import care
from funnelbook.domain.festivals import festivals
from funnelbook.sample.law import moves
from funnelbook.sample.world import World

SALE, TALK, SENT = "sale", "talk", "sent"
_GUIDANCE = np.array([1, 7, 30])  # days after an order, as a new workbook has it
_VISIT_EVERY = {care.HIGH: 30, care.MID: 60, care.LOW: 90}
_MOST_VISITS = 12
_VALUE_HIGH, _VALUE_MID = 50_000.0, 10_000.0
_LATE = np.array([0] * 15 + [1, 1, 2, 3, 5])  # days by which it is done after it is due
_FORGOTTEN, _GREETED = 0.06, 0.94
_BUYS_AGAIN = 0.16  # of the talks from the second month on: so many open a case
_ENTER = (0.0, 0.2, 0.45, 0.35, 0.0)  # in which tier


@dataclass(frozen=True)
class Cases:
    """Cases and the customer of each; `orders` in order of time: customer, day, back, amount, margin, paid, kind (as drawn)."""

    world: World
    customer: np.ndarray
    orders: pd.DataFrame

    @classmethod
    def of(cls, world: World, customer: np.ndarray, value: np.ndarray) -> Cases:
        """`value`: what each customer's orders are worth."""
        won = world.won
        part, margin, paid, kind = np.random.default_rng([world.seed, 11]).uniform(size=(4, len(won)))
        who = customer[won["case"].to_numpy()]
        amount = np.round(value[who] * (0.85 + 0.25 * part), -1)
        drawn = {"margin": np.round(amount * (0.15 + 0.2 * margin), -1), "paid": paid, "kind": kind}
        return cls(world, customer, won[["day", "back"]].assign(customer=who, amount=amount, **drawn))


def aftercare(world: World, value: np.ndarray) -> tuple[list[Cases], pd.DataFrame]:
    """The cases of all customers, first those of the world, then those of who came back, and again; and the talks (customer, day)."""
    cases, talks = [Cases.of(world, np.arange(len(world.owner)), value)], []
    spent = np.zeros(len(world.owner))
    while len(cases[-1].orders):
        bought = cases[-1].orders
        np.add.at(spent, bought["customer"], bought["amount"])
        rng = np.random.default_rng([world.seed, 12, len(cases)])
        talked, opened = _talks(rng, world, bought, spent[bought["customer"]])
        talks.append(talked)
        if opened.empty:
            break
        cases.append(Cases.of(_again(rng, world, opened, len(cases)), opened["customer"].to_numpy(), value))
    none = pd.DataFrame({"customer": [], "day": []}, dtype=int)
    return cases, pd.concat([none, *talks], ignore_index=True)


def greetings(world: World, cases: list[Cases], born: np.ndarray) -> pd.DataFrame:
    """Messages to who had bought by then and was not lost since (customer, day): on festivals, or the last working day before, and
    birthdays (`born`)."""
    rng, clock = np.random.default_rng([world.seed, 13]), world.clock
    orders = pd.concat([of.orders for of in cases])
    first = orders[orders["back"].isna()].groupby("customer")["day"].min()
    who, since = first.index.to_numpy(), first.to_numpy()
    every = clock.days(np.arange(len(clock)))
    worked = np.flatnonzero(clock.worked)
    days = clock.number(np.array([day for day, _ in festivals(*every[[0, -1]].astype(object))]))
    days = np.unique(worked[np.maximum(np.searchsorted(worked, days, side="right") - 1, 0)])
    of_year = every - every.astype("datetime64[Y]").astype("datetime64[D]")
    birthday = born[who].astype("datetime64[D]")
    his = birthday - birthday.astype("datetime64[Y]").astype("datetime64[D]")
    customer = np.concatenate([np.tile(who, len(days)), *(who[his == day] for day in of_year)])
    day = np.concatenate([np.repeat(days, len(who)), *(np.full((his == of).sum(), n) for n, of in enumerate(of_year))])
    since = pd.Series(since, index=who).reindex(customer).to_numpy()
    until = _lost(cases).reindex(customer).fillna(np.inf).to_numpy()
    sent = (since < day) & (day < until) & (rng.random(len(day)) < _GREETED)
    return pd.DataFrame({"customer": customer[sent], "day": day[sent]})


def _lost(cases: list[Cases]) -> pd.Series:
    """The day on which a customer who came back was lost, by customer."""
    parts = [of.world.moves.assign(customer=of.customer[of.world.moves["case"]]) for of in cases[1:]]
    moved = pd.concat([pd.DataFrame({"tier": [], "customer": [], "day": []}), *parts])
    return moved[moved["tier"] > len(cases[0].world.law.go_on)].groupby("customer")["day"].min()


def _talks(
    rng: np.random.Generator, world: World, bought: pd.DataFrame, spent: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The talks after each order, and those that opened a case, at most one an order: after it there is no care."""
    clock, day = world.clock, bought["day"].to_numpy()
    every = np.array([_VISIT_EVERY[kind] for kind in care.value_class(spent, _VALUE_HIGH, _VALUE_MID)])
    visits = every[:, None] * np.arange(1, _MOST_VISITS + 1)
    due = day[:, None] + np.concatenate([np.tile(_GUIDANCE, (len(day), 1)), visits], axis=1)
    late, forgotten, again = rng.random((3, *due.shape))
    done = clock.next_worked(due + _LATE[(late * len(_LATE)).astype(int)])
    back = bought["back"].fillna(np.inf).to_numpy()[:, None]
    done = np.where((forgotten < _FORGOTTEN) | (done >= back) | (done >= len(clock)), len(clock), done)
    opens = np.where((again < _BUYS_AGAIN) & (due >= day[:, None] + _GUIDANCE[-1]), done, len(clock)).min(axis=1)
    talked = done < opens[:, None]
    who = bought["customer"].to_numpy()
    talks = pd.DataFrame({"customer": np.repeat(who, talked.sum(axis=1)), "day": done[talked]})
    opened = pd.DataFrame({"customer": who, "day": opens})
    return talks.drop_duplicates(), opened[opened["day"] < len(clock)].reset_index(drop=True)


def _again(rng: np.random.Generator, world: World, opened: pd.DataFrame, times: int) -> World:
    """The cases of who came back, as a world of their own with the same people, clock and law."""
    owner, created = world.owner[opened["customer"]], opened["day"].to_numpy()
    began = rng.choice(len(_ENTER), len(opened), p=_ENTER)
    happened = moves(rng, created, began, world.skills[owner], world.clock, world.law)
    happened = happened.sort_values(["case", "day"], ignore_index=True)
    return World(
        # pseudo-random streams apart from those of the first cases
        world.seed + 1_000_003 * times,
        world.clock,
        world.law,
        world.a_year,
        world.skills,
        world.starts,
        owner,
        created,
        began,
        happened,
    )
