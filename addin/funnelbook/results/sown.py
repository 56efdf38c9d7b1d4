"""What every week has to bring, so that the target is made and the next one too: the numbers of the week plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.domain import periods, sowing, weekplan
from funnelbook.domain.dtypes import Flags, Numbers
from funnelbook.results.funnel import reached_on
from funnelbook.results.goals import Goals
from funnelbook.results.situation import Situation

LONGEST_LEAD = 104  # weeks; a tier that takes longer is planned as if it took so long


class Sown(NamedTuple):
    """Moves into each tier (the lowest first) and orders (the last) by week of the period, (1 + people) x (tiers + 1) x weeks."""

    planned: Numbers  # NaN without a target or where no number would do
    late: Flags  # whether some of them should have been made before


class _Days(NamedTuple):
    """Working days to come of a row by ISO week from the period's first: of the period (`left`), and after it; their weights."""

    worked: Numbers
    left: Numbers
    beyond: Numbers


def sown(situation: Situation, goals: Goals, weeks: pd.DataFrame) -> Sown:
    """The plan of the `weeks` of the period. Source: forecast.md 8.

    A week that ends after the period does holds its own orders and those of the days after; of the moves due in it the period
    has the part of its working days. What is due before the first day anybody can work is due then, and late.
    """
    n, shown = situation.tiers.n, len(weeks)
    lead = sowing.lead_weeks(weekplan.lead_of(situation.lead_days, situation.tiers.dwell_days))
    lead = np.minimum(lead, LONGEST_LEAD)
    days = [_days(situation, person, shown + int(lead.max())) for person in situation.rows]
    most = reached_on(situation, np.array([row.worked[:shown] for row in days[1:]]).reshape(-1, shown))
    planned, late = np.zeros((len(days), n + 1, shown)), np.zeros((len(days), n + 1, shown), dtype=bool)
    for row, (to_come, pace) in enumerate(zip(days, _pace_beyond(situation, goals), strict=True)):
        planned[row, :, :] = np.nan if np.isnan(goals.gap[row]) else 0.0
        first = int(((to_come.left + to_come.beyond) > 0).argmax())
        if first >= shown or not (to_come.left[first] + to_come.beyond[first]) > 0:
            continue
        left, after = sowing.orders_wanted(goals.gap[row], to_come.left[first:], to_come.beyond[first:], pace)
        got = sowing.sow(left + after, situation.warm_stock[row], situation.rate[row], lead)
        with np.errstate(invalid="ignore"):
            part = np.nan_to_num(to_come.left / (to_come.left + to_come.beyond))
        moves = sowing.whole((got.moves * part[first:])[:, : shown - first])
        moves[0] = sowing.capped(moves[0], np.floor(most[row, first:]))
        planned[row, :n, first:], planned[row, n, first:] = moves, left[: shown - first]
        late[row, :n, first] = got.late[:, 0] & (moves[:, 0] > 0)
    return Sown(planned, late)


def _days(situation: Situation, person: str | None, weeks: int) -> _Days:
    period = situation.period
    monday = period.start - timedelta(days=period.start.isoweekday() - 1)
    works, weights = situation.working(person, monday, monday + timedelta(days=7 * weeks - 1))
    begins = max(situation.as_of, period.start - timedelta(days=1)) + timedelta(days=1)
    day = np.arange(7 * weeks)
    to_come = day >= (begins - monday).days
    inside = day <= (period.end - monday).days

    def by_week(values: Numbers) -> Numbers:
        return values.reshape(weeks, 7).sum(axis=1)

    return _Days(
        by_week((works & to_come & inside).astype(float)),
        by_week(weights * (to_come & inside)),
        by_week(weights * (to_come & ~inside)),
    )


def _pace_beyond(situation: Situation, goals: Goals) -> Numbers:
    """Orders wanted a working day after the period: those of the next one's target, without one those of this one's."""
    after = periods.after(situation.period)
    paces = []
    for row, person in enumerate(situation.rows):
        target, over = (
            (goals.target["orders"][row], situation.period)
            if np.isnan(goals.following[row])
            else (goals.following[row], after)
        )
        weight = _weight(situation, person, over.start, over.end)
        paces.append(target / weight if weight > 0 else 0.0)
    return np.nan_to_num(np.array(paces))


def _weight(situation: Situation, person: str | None, first: date, last: date) -> float:
    return float(situation.working(person, first, last).weight.sum())
