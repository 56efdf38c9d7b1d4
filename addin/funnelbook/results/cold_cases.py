"""Cold customers (不活跃): one line that says how many there are, and what to decide about them."""

from __future__ import annotations

import numpy as np

from funnelbook.book.problems import Problems
from funnelbook.domain.dtypes import Flags
from funnelbook.results.making import step
from funnelbook.results.situation import Situation
from funnelbook.words import say

_NAMED, _MOST = 5, 2  # ids and people: the line is not cut in its cell


@step()
def cold_cases(situation: Situation) -> Problems:
    """One problem for all cold customers, at the first of them: how many, the first few ids, and who has most. forecast.md 2."""
    problems = Problems()
    cold: Flags = situation.cold
    if not cold.any():
        return problems
    customers = situation.customers[cold].sort_values("row", kind="stable")
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
