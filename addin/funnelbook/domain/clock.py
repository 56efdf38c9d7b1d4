"""The clock of the forecast: which days are still to come, and how much happens on each of them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from funnelbook.domain.dtypes import Numbers
from funnelbook.domain.stays import Stays, day_number
from funnelbook.domain.workdays import WorkCalendar

USUAL_OFF_WEIGHT = 0.2
FEWEST_MOVES = 50
_WORKED, _OFF = 5, 2


def days_left(end: date, as_of: date) -> int:
    """D: days of a period that are still to come; `as_of` is over, so there are none on the last day. Source: forecast.md 1."""
    return max(0, (end - as_of).days)


def day_weights(calendar: WorkCalendar, first: date, days: int, off_weight: float) -> Numbers:
    """w(d) of `days` days from `first` on: 1 where it is worked, `off_weight` where it is not. Source: forecast.md 1."""
    if days <= 0:
        return np.zeros(0)
    works = calendar.working(first, first + timedelta(days=days - 1)).works
    return np.where(works, 1.0, off_weight)


def off_weight(stays: Stays, calendar: WorkCalendar, as_of: date, window_days: float) -> float:
    """What a day off is worth (0 .. 1): moves a case-day on days off over moves a case-day on working days.

    Over the last `window_days`; `USUAL_OFF_WEIGHT` while fewer than `FEWEST_MOVES` moves are known or no day of one kind is.
    Source: forecast.md 1.
    """
    last = day_number(as_of)
    first = max(last - int(window_days), stays.first_day + 1)
    days = last - first + 1
    moved = stays.moved & (stays.left >= first) & (stays.left <= last)
    if moved.sum() < FEWEST_MOVES:
        return USUAL_OFF_WEIGHT
    works = calendar.working(as_of - timedelta(days=days - 1), as_of).works
    begins, ends = (np.clip(part - first, 0, days) for part in (stays.at_risk_from, np.minimum(stays.left, last) + 1))
    there = stays.open & (ends > begins)
    change = np.bincount(begins[there], minlength=days + 1) - np.bincount(ends[there], minlength=days + 1)
    cases = np.cumsum(change)[:days]
    moves = np.bincount(stays.left[moved] - first, minlength=days)
    at_work, off = (float(cases[kind].sum()) for kind in (works, ~works))
    if at_work == 0 or off == 0 or not moves[works].any():
        return USUAL_OFF_WEIGHT
    return float(np.clip((moves[~works].sum() / off) / (moves[works].sum() / at_work), 0.0, 1.0))


def weeks_worth(off_weight: float) -> float:
    """f: calendar days over their weight in a plain week of five working days. Source: forecast.md 2."""
    return (_WORKED + _OFF) / (_WORKED + _OFF * off_weight)
