"""Completion against time progress (时间进度), and where the period will end at this pace."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import Numbers
from funnelbook.domain.periods import Period
from funnelbook.domain.workdays import WorkCalendar


def time_progress(period: Period, as_of: date, calendar: WorkCalendar) -> float:
    """Working days elapsed, `as_of` included, over the working days of the period: 0 .. 1. Source: numbers.md 7."""
    total = calendar.count(period.start, period.end)
    elapsed = calendar.count(period.start, min(as_of, period.end))
    return elapsed / total if total else float(as_of >= period.end)


def completion(done: Numbers | pd.Series, target: Numbers | pd.Series) -> Numbers:
    """Done over target; NaN where the target is 0 or missing. Source: numbers.md 7."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(target, dtype=float) > 0, np.asarray(done, dtype=float) / target, np.nan)


def recent_days(as_of: date, weeks: int) -> tuple[date, date]:
    """First and last day of the last `weeks` weeks, `as_of` included."""
    return as_of - timedelta(days=7 * weeks - 1), as_of
