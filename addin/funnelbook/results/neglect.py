"""Open customers whom nobody is going to call, or nobody knows why: what C1 and E7 of the method ask of every row."""

from __future__ import annotations

import numpy as np

from funnelbook.book.problems import Problems
from funnelbook.domain import followup
from funnelbook.results.making import step
from funnelbook.results.situation import Situation

_DAY = "datetime64[D]"


@step()
def neglect(situation: Situation) -> Problems:
    """Open customers whose owner left, who are stale, have no next contact, or one without a purpose; one problem a customer.

    Whose owner left is in nobody's list of calls, whatever is agreed.
    stale: no contact (else no entry in Customers) for more than `stale_days`, and none agreed for a day to come. A customer
    nobody contacted yet needs no next contact. Cold ones are told of together, by `cold_cases`. Source: method C1, C3 and E7,
    numbers.md 9, forecast.md 2.
    """
    customers, latest = situation.customers, situation.latest
    last = latest["at"].to_numpy(_DAY)
    said = followup.promises(customers, latest, situation.next_contacts.edited)
    today = np.datetime64(situation.as_of, "D")
    tier = situation.timeline.current["tier"].to_numpy()
    told = situation.cold | customers["do_not_call"].to_numpy(bool)
    open_now = (tier >= 0) & (tier < situation.tiers.n) & ~told
    left = open_now & customers["owner"].isin(situation.left).to_numpy()
    open_now &= ~left
    days = (today - np.where(np.isnat(last), customers["created"].to_numpy(_DAY), last)).astype(float)
    stale = open_now & (days > situation.settings.stale_days) & ~(said >= today)
    unplanned = open_now & ~stale & ~np.isnat(last) & np.isnat(said)
    purpose = latest["next_purpose"].isna().to_numpy() & customers["next_purpose"].isna().to_numpy()
    aimless = open_now & ~stale & ~np.isnat(said) & purpose
    row = customers["row"].to_numpy()
    shown = np.datetime_as_string(said).astype(object)
    shown[np.isnat(said)] = None
    problems = Problems()
    problems.add("Customers", "owner", "owner_left", row[left], customers["owner"].to_numpy(object)[left])
    problems.add("Customers", "next_contact", "stale", row[stale], shown[stale], days=days[stale].astype(int))
    problems.add("Customers", "next_contact", "no_next_contact", row[unplanned], None)
    problems.add("Customers", "next_purpose", "no_purpose", row[aimless], None)
    return problems
