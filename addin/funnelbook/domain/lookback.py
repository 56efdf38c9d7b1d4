"""The look back (预测回看): what would have been said at past week ends, against what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from funnelbook.domain import clock, spread
from funnelbook.domain.chance import Orders, expected, orders
from funnelbook.domain.dtypes import DayNumbers
from funnelbook.domain.forecast import Expected, Past, forecast, learn
from funnelbook.domain.stays import day_number

CUTS = 8
LEAST_HISTORY = 14
WEEK = 7
LOW, HIGH = 0.1, 0.9
FEWEST_CUTS_FOR_PACE, BETTER_BY = 6, 0.1
_MOST_SCALE = 64.0
_BISECTIONS = 50


@dataclass(frozen=True)
class Week:
    """What was expected of the team in the week after the evening of `cut`, by the funnel and at the recent `pace`, and what came."""

    cut: date
    expected: Expected
    pace: float
    came: int

    @property
    def mean(self) -> float:
        """Orders the funnel expected."""
        return self.expected.mean(0)

    @property
    def variance(self) -> float:
        """The variance of the funnel's orders, chance alone."""
        p, new = self.expected.of(0)
        return float((p * (1 - p)).sum() + new)


@dataclass(frozen=True)
class Lookback:
    """The past weeks and what they teach: the spread `cv` of the model used, and whether that is the recent pace."""

    weeks: list[Week]
    funnel_cv: float
    pace_cv: float
    use_pace: bool

    @property
    def cv(self) -> float:
        """The spread of what is said."""
        return self.pace_cv if self.use_pace else self.funnel_cv

    def said(self, week: Week) -> Orders:
        """What would have been said of a past week by the model used, with the spread known now."""
        return week.expected.orders(0, self.cv, self.scale(week.expected, week.pace))

    def said_mean(self, week: Week) -> float:
        """The orders expected of it."""
        return week.expected.mean(0, self.scale(week.expected, week.pace))

    def scale(self, team: Expected, at_pace: float) -> float:
        """k: how much likelier the team's orders are all made so that as many are expected as `at_pace`; 1 where the funnel rules.

        Source: forecast.md 4.
        """
        if not self.use_pace:
            return 1.0
        p, new = team.of(0)
        low, high = 0.0, _MOST_SCALE
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            low, high = (middle, high) if expected(p, new, middle) < at_pace else (low, middle)
        return (low + high) / 2


def look_back(past: Past, as_of: date, order_days: DayNumbers) -> Lookback:
    """The last `CUTS` week ends whose week after is over, each forecast with what was known then. Source: forecast.md 4.

    `order_days`: the day of each order of the team (days since 1970).
    """
    weeks = [_week(past, cut, order_days) for cut in cuts(past.stays.first_day, as_of)]
    weeks = [week for week in weeks if week.mean > 0]
    came, mean, variance, pace = (
        np.array([getattr(week, name) for week in weeks], dtype=float) for name in ("came", "mean", "variance", "pace")
    )
    funnel_cv = spread.spread_of(came, mean, variance)
    known = pace > 0
    pace_cv = spread.spread_of(came[known], pace[known], pace[known])
    use_pace = False
    if len(weeks) >= FEWEST_CUTS_FOR_PACE:
        losses = [
            spread.pinball(np.array([of.quantile(spread.PINBALL_LEVELS) for of in said]), came)
            for said in (
                [week.expected.orders(0, funnel_cv) for week in weeks],
                [orders(np.zeros(0), None, week.pace, pace_cv) for week in weeks],
            )
        ]
        use_pace = losses[1] < (1 - BETTER_BY) * losses[0]
    return Lookback(weeks, funnel_cv, pace_cv, use_pace)


def cuts(first_day: int, as_of: date) -> list[date]:
    """The week ends (Sundays) looked back to, the oldest first: `LEAST_HISTORY` days were watched before each."""
    last = as_of - timedelta(days=WEEK)
    last -= timedelta(days=last.isoweekday() % WEEK)
    ends = [last - timedelta(days=WEEK * back) for back in range(CUTS - 1, -1, -1)]
    return [end for end in ends if day_number(end) - first_day >= LEAST_HISTORY]


def at_pace(past: Past, as_of: date, order_days: DayNumbers, off_weight: float, days: int) -> float:
    """Orders of the next `days` if those of the last `pace_weeks` go on, by weight. Source: forecast.md 4."""
    last, span = day_number(as_of), WEEK * past.pace_weeks
    recent = ((order_days > last - span) & (order_days <= last)).sum()
    ago = as_of - timedelta(days=span - 1)
    weight = clock.day_weights(past.calendar, ago, span, off_weight).sum()
    to_come = clock.day_weights(past.calendar, as_of + timedelta(days=1), days, off_weight).sum()
    return float(recent * to_come / weight) if weight > 0 else 0.0


def _week(past: Past, cut: date, order_days: DayNumbers) -> Week:
    learned, day = learn(past, cut), day_number(cut)
    came = ((order_days > day) & (order_days <= day + WEEK)).sum()
    pace = at_pace(past, cut, order_days, learned.hazards.off_weight, WEEK)
    return Week(cut, forecast(learned, WEEK), pace, int(came))
