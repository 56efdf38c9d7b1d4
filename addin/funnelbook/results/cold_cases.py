"""Cold customers (不活跃): one line that says how many there are, and what to decide about them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book.labels import normalise
from funnelbook.book.problems import Problems
from funnelbook.results.making import step
from funnelbook.results.situation import Situation
from funnelbook.words import say, spellings

COLD_WORDS = frozenset(map(normalise, spellings("columns.cold")))  # typed to be found, they list all cold customers
_NAMED, _MOST = 5, 2  # ids and people: the line is not cut in its cell


@step()
def cold_cases(situation: Situation) -> Problems:
    """One problem for all cold customers: how many, who has most, and those to decide first, the first with a link. forecast.md 2."""
    problems = Problems()
    customers = cold_customers(situation)
    by_person = situation.cold_stock[1:].sum(axis=1)
    most = np.argsort(-by_person, kind="stable")[:_MOST]
    who = [f"{situation.people[at]} {by_person[at]}" for at in most if by_person[at]]
    ids = [str(known) for known in customers["id"].iloc[:_NAMED]] + (["…"] if len(customers) > _NAMED else [])
    listed = say("listed", situation.language)
    problems.add(
        "Customers",
        "tier",
        "cold",
        customers["row"].iloc[:1],
        [" ".join(ids)],
        customers=len(customers),
        who=listed.join(who) or say("nobody", situation.language),
    )
    return problems


def cold_customers(situation: Situation) -> pd.DataFrame:
    """The cold ones among the customers, those worth most of the highest tier first."""
    cold = situation.cold
    tier = situation.timeline.current["tier"].to_numpy()[cold]
    found = situation.customers[cold]
    value = found["expected_value"].fillna(0.0).to_numpy(float)
    return found.iloc[np.lexsort((found["row"].to_numpy(), -value, -tier))]
