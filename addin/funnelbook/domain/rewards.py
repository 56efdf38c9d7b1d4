"""Rewards and penalties (奖惩): what the rules grant, and a ledger in which what was paid never changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import Numbers, Objects
from funnelbook.domain.targets import largest_remainder

METRICS = (
    "orders", "amount", "margin", "paid", "margin_rate", "completion", "completion_amount", "completion_margin", "rank", "calls",
    "connects", "new_customers",
)  # fmt: skip
RANK = "rank"
RATES = ("margin_rate", "completion", "completion_amount", "completion_margin")
MONEY = (
    "amount",
    "margin",
    "paid",
)  # a percentage is taken of these themselves, for the other metrics of the amount sold
EXPECTED, DUE, PAID, OVERDUE, CORRECTED = "expected", "due", "paid", "overdue", "corrected"
KEY = ["period", "person", "rule"]
ROW = [*KEY, "measured", "amount", "due", "paid_on"]
_CENT = 0.005
_DECIMALS = 9  # 70 % typed as text is 0.7000000000000001
_SHOWN = 4  # decimals of what was measured: a completion of 4/3 would be wider than its column


def granted(rules: pd.DataFrame, measured: pd.DataFrame, *, ended: bool) -> pd.DataFrame:
    """What each rule gives each person: person, rule, measured, amount (to the cent; 0 where it gives nothing).

    `rules`: rule, metric, from, to, amount, percent, cap (NaN: none). `measured`: a row a person (the index), a column a metric,
    NaN where unknown. A rule holds from `from` to `to`, both included, but for a `to` at which another rule of the metric begins.
    It gives `amount` and `percent` of the money, `cap` at the most; a penalty (below 0) only once the period has `ended`.
    A rule of the rank has as many prizes as places: equals share those of the places they hold together, to the cent.
    Source: method A11, numbers.md 11, forecast.md 10.
    """
    sold = measured["amount"].to_numpy(float)
    parts = [pd.DataFrame({"person": [], "rule": [], "measured": [], "amount": []})]
    columns = ("rule", "metric", "from", "to", "amount", "percent", "cap")
    for rule, metric, start, end, amount, percent, cap in zip(*(rules[c] for c in columns), strict=True):
        value = measured[metric].to_numpy(float).round(_DECIMALS)
        low, high = np.round([start, end], _DECIMALS)
        begins = rules.loc[(rules["metric"] == metric).to_numpy(), "from"].to_numpy(float).round(_DECIMALS)
        shared = high in begins and high != low
        below = np.isnan(high) | ((value < high) if shared else (value <= high))
        holds = ~np.isnan(value) & (np.isnan(low) | (value >= low)) & below
        base = value if metric in MONEY else sold
        gives = np.nan_to_num(amount) + np.nan_to_num(percent) * np.nan_to_num(base)
        if not np.isnan(cap):
            gives = np.clip(gives, -abs(cap), abs(cap))
        gives = np.where(holds & (ended | (gives > 0)), np.round(gives, 2), 0.0)
        if metric == RANK:
            gives = _shared(gives, value, np.ceil(high) - 1 if shared else np.floor(high))
        parts.append(
            pd.DataFrame({"person": measured.index, "rule": rule, "measured": value.round(_SHOWN), "amount": gives})
        )
    return pd.concat(parts[1:] or parts, ignore_index=True)


def _shared(gives: Numbers, rank: Numbers, last: float) -> Numbers:
    """What each of equal rank gets when the prizes end with the `last` place (NaN: they do not)."""
    gives = gives.copy()
    for place in np.unique(rank[gives != 0]):
        equal = rank == place
        prizes = last - place + 1
        if equal.sum() > prizes:
            whole = gives[equal]
            sign = np.sign(whole.sum())
            gives[equal] = (
                sign * largest_remainder(abs(whole.sum()) * prizes / equal.sum(), np.abs(whole), unit=0.01) + 0.0
            )
    return gives


def ledger(
    standing: pd.DataFrame,
    earned: pd.DataFrame,
    as_of: date,
    correction_due: date,
    running: Collection[str] = (),
) -> pd.DataFrame:
    """The ledger brought up to a day: period, person, rule, measured, amount, due, paid_on, status; in no order.

    `standing`: the ledger so far (without status); `earned`: what is granted now, a row a period, person and rule that was looked
    at. A paid row stays as it is; what was granted since over or below the sum paid is a row of its own, `corrected`, due on
    `correction_due` from when it was first seen. An unpaid row that was not looked at stays. Unpaid rows due before `as_of`
    are `overdue`; those of periods still `running` are `expected`, for nothing is due before its period ends.
    Source: method A11, numbers.md 11, forecast.md 10.
    """
    paid = standing[standing["paid_on"].notna()][ROW]
    unpaid = standing[standing["paid_on"].isna()][ROW]
    sums = paid.groupby(KEY).agg(sum=("amount", "sum"), last=("due", "max"))
    waiting = unpaid.groupby(KEY).agg(waiting=("due", "max"))
    now = earned.merge(sums, how="left", on=KEY).merge(waiting, how="left", on=KEY)
    differs = (now["amount"] - now["sum"].fillna(0.0)).round(2)
    after = (now["last"] + timedelta(days=1)).clip(lower=pd.Timestamp(correction_due))
    due = now["waiting"].where(now["waiting"] > now["last"], after).where(now["sum"].notna(), now["due"])
    # pandas-stubs know no NaT among the scalars that assign spreads
    open_rows = now.assign(amount=differs, due=due, paid_on=pd.NaT)[differs.abs() > _CENT][ROW]  # pyright: ignore[reportArgumentType] - NaT
    seen = pd.MultiIndex.from_frame(earned[KEY])
    left = unpaid[~pd.MultiIndex.from_frame(unpaid[KEY]).isin(seen)]
    rows = pd.concat([part for part in (paid, open_rows, left) if len(part)] or [paid], ignore_index=True)
    return rows.assign(status=_status(rows, as_of, running))


def _status(rows: pd.DataFrame, as_of: date, running: Collection[str]) -> Objects:
    is_paid = rows["paid_on"].notna().to_numpy()
    keys = pd.MultiIndex.from_frame(rows[KEY])
    corrects = keys.isin(keys[is_paid])
    late = (rows["due"] < pd.Timestamp(as_of)).to_numpy()
    early = rows["period"].isin(running).to_numpy()
    return np.select([is_paid, early, late, corrects], [PAID, EXPECTED, OVERDUE, CORRECTED], DUE).astype(object)
