"""The weekly plan: re-planned every time, with every earlier plan kept."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import Numbers, Objects
from funnelbook.domain.periods import Period, week_of

PAST, CURRENT, FUTURE = "past", "current", "future"


def status(weeks: pd.DataFrame, as_of: date) -> Objects:
    """past, current or future of each week (columns from, to) on the day `as_of`."""
    day = np.datetime64(as_of)
    first, last = weeks["from"].to_numpy(), weeks["to"].to_numpy()
    return np.where(last < day, PAST, np.where(first > day, FUTURE, CURRENT)).astype(object)


def lead_of(lead_days: Numbers, dwell_days: Numbers) -> Numbers:
    """Days from entering a tier to the order: as measured, else the sum of `dwell_days` from that tier up. numbers.md 4."""
    return np.where(np.isnan(lead_days), np.cumsum(dwell_days[::-1])[::-1], lead_days)


def first_plans(plans: pd.DataFrame, period: Period, as_of: date) -> pd.DataFrame:
    """The first number ever planned for each person, week and tier of the period, in plans made up to `as_of`."""
    known = _of_period(plans, period)
    known = known[known["as_of"] <= pd.Timestamp(as_of)].sort_values("as_of", kind="stable")
    return known.drop_duplicates(["person", "week", "tier"], keep="first")


def last_plans(plans: pd.DataFrame, period: Period, as_of: date) -> pd.DataFrame:
    """The number each person, week and tier began the week with, in plans made before `as_of`: what past weeks are frozen at.

    That is the last one planned before the week, else the first one in it: later ones are what was then still to do.
    """
    known = _of_period(plans, period)
    known = known[known["as_of"] < pd.Timestamp(as_of)].sort_values("as_of", kind="stable")
    code, days = pd.factorize(known["as_of"])
    made = np.array([week_of(day.date()) for day in days], dtype=object)[code]
    in_week = made >= known["week"].to_numpy(object)
    begun, first = known[~in_week], known[in_week]
    begun = begun.drop_duplicates(["person", "week", "tier"], keep="last")
    return pd.concat([begun, first]).drop_duplicates(["person", "week", "tier"], keep="first")


def replace_same_day(plans: pd.DataFrame, new: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """A log (PlanHistory, ForecastHistory) with the rows of `as_of` replaced by `new`, all others as they stand.

    Unchanged when a later day was logged already. Source: numbers.md 4, forecast.md 5.
    """
    day = pd.Timestamp(as_of)
    if (plans["as_of"] > day).any():
        return plans
    kept, dated = plans[plans["as_of"] != day], new.assign(as_of=day)[list(plans.columns)]
    return pd.concat([kept, dated], ignore_index=True) if len(kept) else dated.reset_index(drop=True)


def _of_period(plans: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Plans for the weeks of a period; for a week it shares with the one before, those made since it began."""
    names = {week_of(period.start + timedelta(days=i)) for i in range((period.end - period.start).days + 1)}
    shared = (plans["week"] == week_of(period.start)) & (period.start.isoweekday() != 1)
    made = (plans["as_of"] >= pd.Timestamp(period.start)) | ~shared
    return plans[plans["week"].isin(names) & made & (plans["as_of"] <= pd.Timestamp(period.end))]
