"""The weekly plan: orders and customers spread over the weeks, re-planned every time, with every earlier plan kept."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.periods import Period, week_of
from funnelbook.domain.targets import largest_remainder

ORDER = -1  # the row of orders among the tiers
_DAY_S = 86_400
PAST, CURRENT, FUTURE = "past", "current", "future"


def status(weeks: pd.DataFrame, as_of: date) -> np.ndarray:
    """past, current or future of each week (columns from, to) on the day `as_of`."""
    day = np.datetime64(as_of)
    first, last = weeks["from"].to_numpy(), weeks["to"].to_numpy()
    return np.where(last < day, PAST, np.where(first > day, FUTURE, CURRENT)).astype(object)


def spread(
    totals: np.ndarray, lead_days: np.ndarray, weeks: pd.DataFrame, weights: np.ndarray, as_of: date
) -> tuple[np.ndarray, np.ndarray]:
    """Planned numbers (tiers x weeks) that add up to `totals`, and whether each holds what should have come earlier.

    The totals (whole numbers; NaN plans nothing) are spread over the weeks from the one holding `as_of` on by weight with
    largest remainder, then each share is moved earlier by its `lead_days`; what would fall before the current week is due in
    it and late. Nothing is planned once the period is over. Source: method D5, numbers.md 4.
    """
    open_weeks = np.flatnonzero(status(weeks, as_of) != PAST)
    planned = np.zeros((len(totals), len(weeks)))
    late = np.zeros(planned.shape, dtype=bool)
    if len(open_weeks) == 0:
        return planned, late
    start = weeks["from"].to_numpy("datetime64[s]")
    monday = _monday(start)
    for i, (total, lead) in enumerate(zip(totals, lead_days, strict=True)):
        if np.isnan(total):
            planned[i] = np.nan
            continue
        parts = largest_remainder(total, weights[open_weeks])
        due = _monday(start[open_weeks] - np.timedelta64(round(lead * _DAY_S), "s"))
        at = np.searchsorted(monday, due, side="right") - 1
        early = at < open_weeks[0]
        at = np.where(early, open_weeks[0], at)
        np.add.at(planned[i], at, parts)
        late[i, open_weeks[0]] = (early & (parts > 0)).any()
    return planned, late


def lead_of(lead_days: np.ndarray, dwell_days: np.ndarray) -> np.ndarray:
    """Days from entering a tier to the order: as measured, else the sum of `dwell_days` from that tier up. numbers.md 4."""
    return np.where(np.isnan(lead_days), np.cumsum(dwell_days[::-1])[::-1], lead_days)


def first_plans(plans: pd.DataFrame, period: Period, as_of: date) -> pd.DataFrame:
    """The first number ever planned for each person, week and tier of the period, in plans made up to `as_of`."""
    known = _of_period(plans, period)
    known = known[known["as_of"] <= pd.Timestamp(as_of)].sort_values("as_of", kind="stable")
    return known.drop_duplicates(["person", "week", "tier"], keep="first")


def last_plans(plans: pd.DataFrame, period: Period, as_of: date) -> pd.DataFrame:
    """The last number planned for each person, week and tier before `as_of`: what past weeks are frozen at."""
    known = _of_period(plans, period)
    known = known[known["as_of"] < pd.Timestamp(as_of)].sort_values("as_of", kind="stable")
    return known.drop_duplicates(["person", "week", "tier"], keep="last")


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


def _monday(moments: np.ndarray) -> np.ndarray:
    day = moments.astype("datetime64[D]")
    return day - ((day.astype(np.int64) + 3) % 7)
