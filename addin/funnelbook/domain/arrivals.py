"""New prospects (新客户): how many come on a day, in which tier they stand that evening, and the orders they still bring."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from funnelbook.domain.clock import day_weights
from funnelbook.domain.dtypes import At, DayNumbers, Moments, Numbers
from funnelbook.domain.outlook import Outlook
from funnelbook.domain.stays import NOWHERE, Stays, day_number
from funnelbook.domain.workdays import WorkCalendar

ENTRY_WEEKS = 8
NEVER = NOWHERE  # no day of anybody


def born(created: Moments, first_seen: Moments) -> DayNumbers:
    """The day each customer came (days since 1970): `created`, else the day the workbook first saw him.

    `NEVER` without `created` for those who were there when the workbook was first refreshed: they came who knows when.
    """
    seen = first_seen.astype("datetime64[D]").astype(np.intp)
    since = np.where(seen > seen.min(), seen, NEVER) if len(seen) else seen
    return np.where(np.isnat(created), since, created.astype("datetime64[D]").astype(np.intp))


def new_a_day(
    born: DayNumbers, who: At, people: int, as_of: date, weeks: int, calendar: WorkCalendar, off: float
) -> Numbers:
    """lambda: customers who came in the last `weeks`, a unit of weight: nobody's first, then of each of the `people`.

    Source: forecast.md 3.
    """
    last = day_number(as_of)
    recent = (born > last - 7 * weeks) & (born <= last)
    weight = day_weights(calendar, as_of - timedelta(days=7 * weeks - 1), 7 * weeks, off).sum()
    came = np.bincount(np.maximum(who[recent], 0), minlength=1 + people)
    return came / weight if weight > 0 else np.zeros(1 + people)


def entry_mix(stays: Stays, as_of: date, prior_cases: float) -> Numbers:
    """e: share of new cases by the state they stand in on the evening of their first day, tiers and ends; sums to 1.

    Of the cases begun before our eyes in the last `ENTRY_WEEKS`, and `prior_cases` more in the lowest tier. Source: forecast.md 3.
    """
    last = day_number(as_of)
    recent = stays.begins & ~stays.initial & (stays.entered > last - 7 * ENTRY_WEEKS) & (stays.entered <= last)
    count = np.bincount(stays.tier[recent], minlength=stays.tiers + 2).astype(float)
    count[0] += prior_cases
    if count.sum() == 0:
        count[0] = 1.0
    return count / count.sum()


def orders_each(outlook: Outlook, entry: Numbers) -> Numbers:
    """Orders one new prospect of each day to come brings in time: days x people. Source: forecast.md 3 and 6."""
    n = outlook.fresh.shape[2]
    return outlook.fresh @ entry[:n] + entry[n]


def orders_to_come(outlook: Outlook, entry: Numbers, a_day: Numbers) -> Numbers:
    """Orders expected from new prospects, a value a row of `a_day` (people). Source: forecast.md 3."""
    return (outlook.weights @ orders_each(outlook, entry)) * a_day
