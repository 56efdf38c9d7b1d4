"""Care of existing customers (客户关怀): who is due for guidance, a visit, a festival or birthday greeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import A_DAY, At, Moments, Numbers, Objects
from funnelbook.domain.festivals import festivals
from funnelbook.domain.workdays import WorkCalendar

GUIDANCE, VISIT, FESTIVAL, BIRTHDAY = "guidance", "visit", "festival", "birthday"
HIGH, MID, LOW = "high", "mid", "low"
COLUMNS = ("customer", "event", "due", "detail", "rule")
_DAY = "datetime64[D]"
_LONGEST_BREAK = 15
LONGEST_WAIT = 36_600  # days; a rule beyond a century is a typing slip
Rows = At | Sequence[int]
Days = Moments | Sequence[date]


def value_class(amount: Numbers, value_high: float, value_mid: float) -> Objects:
    """high, mid or low by the amount a customer has bought for. Source: numbers.md 10, Settings value_high and value_mid."""
    amount = np.asarray(amount, dtype=float)
    return np.where(amount >= value_high, HIGH, np.where(amount >= value_mid, MID, LOW)).astype(object)


def due_events(
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    rules: pd.DataFrame,
    start: date,
    end: date,
    calendar: WorkCalendar,
    *,
    value_high: float = 50_000.0,
    value_mid: float = 10_000.0,
    visit_days: Mapping[str, float] | None = None,
    own_days: Sequence[tuple[date, str]] = (),
) -> pd.DataFrame:
    """Care due from `start` to `end`, both included, by day and customer: customer (row), event, due, detail, rule (row).

    `customers`: id, birthday. `orders`: the valid ones, id, date, amount; who has none is no existing customer.
    `rules` (event, days, value_class; a blank class is for all): guidance so many days after each order; a visit every so many
    days since the last order, by value class (days missing: `visit_days`); festivals, on the last working day when they are
    none; birthdays. `own_days` (day, name) are greeted on as festivals are. `detail` of a festival is its code or name.
    Source: method F1 to F4, numbers.md 10.
    """
    at = pd.Index(customers["id"]).get_indexer(orders["id"].to_numpy(object))
    bought = pd.DataFrame(
        {"customer": at, "day": orders["date"].to_numpy(_DAY).astype("datetime64[s]"), "amount": orders["amount"]}
    )
    bought = bought[(bought["customer"] >= 0) & bought["day"].notna()]
    who = np.unique(bought["customer"])
    spent = bought.groupby("customer")["amount"].sum().reindex(who).to_numpy(float)
    last = bought.groupby("customer")["day"].max().reindex(who).to_numpy(_DAY)
    classes = value_class(np.nan_to_num(spent), value_high, value_mid)
    parts = []
    for rule, (event, wait, kind) in enumerate(zip(rules["event"], rules["days"], rules["value_class"], strict=True)):
        of_class = np.ones(len(who), dtype=bool) if pd.isna(kind) else classes == kind
        if event == GUIDANCE and abs(wait) <= LONGEST_WAIT:
            mine = bought[bought["customer"].isin(who[of_class])]
            due = mine["day"].to_numpy(_DAY) + int(wait) * A_DAY
            parts.append(_events(mine["customer"].to_numpy(), GUIDANCE, due, "", rule))
        elif event == VISIT:
            for value in [kind] if not pd.isna(kind) else (HIGH, MID, LOW):
                days = wait if not pd.isna(wait) else (visit_days or {}).get(value)
                if days and 1 <= days <= LONGEST_WAIT:
                    of_value = classes == value
                    parts.append(_visits(who[of_value], last[of_value], int(days), start, end, rule))
        elif event == FESTIVAL:
            days = [*festivals_near(start, end), *own_days]
            parts += [_greetings(who[of_class], day, code, calendar, rule) for day, code in days]
        elif event == BIRTHDAY:
            parts.append(_birthdays(customers, who[of_class], start, end, rule))
    events = pd.concat([_events([], "", [], "", 0), *parts], ignore_index=True)
    inside = (events["due"] >= pd.Timestamp(start)) & (events["due"] <= pd.Timestamp(end))
    events = events[inside].drop_duplicates(["customer", "event", "due", "detail"])
    return events.sort_values(["due", "customer", "rule"], kind="stable").reset_index(drop=True)


def festivals_near(start: date, end: date) -> list[tuple[date, str]]:
    """Festivals (day, code) whose greeting may be due in the stretch: those some days after it too, for it is due before a break."""
    return festivals(start, end + timedelta(days=_LONGEST_BREAK))


def _visits(who: At, last: Moments, every: int, start: date, end: date, rule: int) -> pd.DataFrame:
    """The visits of a stretch of days: each whole multiple of the interval since the last order."""
    first = np.maximum(1, -((last - np.datetime64(start, "D")).astype(np.int64) // every))
    rounds = [
        _events(who, VISIT, last + (first + i) * every, "", rule) for i in range(1 + ((end - start).days // every))
    ]
    return pd.concat(rounds, ignore_index=True)


def _greetings(who: At, day: date, code: str, calendar: WorkCalendar, rule: int) -> pd.DataFrame:
    due = calendar.last_working(np.array([day], dtype=_DAY))
    return _events(who, FESTIVAL, np.repeat(due, len(who)), code, rule)


def _birthdays(customers: pd.DataFrame, who: At, start: date, end: date, rule: int) -> pd.DataFrame:
    born = customers["birthday"].to_numpy(_DAY)[who]
    who, born = who[~np.isnat(born)], born[~np.isnat(born)]
    month = born.astype("datetime64[M]").astype(np.int64) % 12
    within = (born - born.astype("datetime64[M]")).astype(np.int64)
    years = []
    for year in range(start.year, end.year + 1):
        months = np.datetime64(f"{year}-01", "M") + month
        last_day = (months + np.timedelta64(1, "M")).astype(_DAY) - A_DAY  # 29 February is kept on the 28th
        years.append(_events(who, BIRTHDAY, np.minimum(months.astype(_DAY) + within, last_day), "", rule))
    return pd.concat(years, ignore_index=True)


def _events(who: Rows, event: str, due: Days, detail: str, rule: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer": np.asarray(who, dtype=np.intp),
            "event": np.full(len(who), event, dtype=object),
            "due": np.asarray(due, dtype=_DAY).astype("datetime64[s]"),
            "detail": np.full(len(who), detail, dtype=object),
            "rule": np.full(len(who), rule, dtype=np.intp),
        }
    )
