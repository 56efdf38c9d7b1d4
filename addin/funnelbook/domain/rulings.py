"""Which target counts (目标): of several revisions, of the periods around the month, of money and orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import Numbers
from funnelbook.domain.periods import Period
from funnelbook.domain.targets import MEASURES, UNIT, largest_remainder
from funnelbook.domain.workdays import WorkCalendar


@dataclass(frozen=True)
class Ruling:
    """The target that counts, per measure and person (None: the team): `value`, whether `agreed`, whether `locked`."""

    value: pd.DataFrame  # index person, columns MEASURES, NaN where there is none
    agreed: pd.Series
    locked: pd.Series
    rows: pd.DataFrame  # index person, the row of the Targets table it comes from
    latest: pd.DataFrame  # index person, the row of the highest revision, whether it counts or not
    asked: pd.DataFrame  # as `value`, of the latest rows
    pending: pd.DataFrame  # those of them that nobody agreed yet while an agreed one stands


@dataclass(frozen=True)
class InForce(Ruling):
    """As Ruling; who has no target of the period itself has a part of that of a period around it."""

    whole: Mapping[str | None, Period]  # whose target is such a part, and of which period


class Orders(NamedTuple):
    """Orders by person, and the `each` (amount or margin an order) that money was made orders by; NaN: unknown."""

    orders: pd.Series
    each: dict[str, float]


def ruling(targets: pd.DataFrame, period: Period) -> Ruling:
    """The targets of a period that count: a person's highest agreed revision, else the highest; agreed values before proposed.

    `targets`: the Targets table with `span`, the Period each row's text means (None: unreadable), team rows with person None.
    A revision is agreed by a day or a name beside its numbers, and, where no revision of the person has either, by agreed values.
    Source: numbers.md 7, forecast.md 10.
    """
    current = [span is not None and (span.start, span.end) == (period.start, period.end) for span in targets["span"]]
    rows = targets[np.array(current, dtype=bool)]
    rows = rows.assign(
        person=rows["person"].astype(object).where(rows["person"].notna(), None), agreement=_agreement(rows)
    )
    rows = rows.sort_values("revision", kind="stable", na_position="first")
    latest = _last(rows)
    counted = _last(rows.sort_values("agreement", kind="stable"))
    asked = _held(latest)
    waits = latest["row_at"].to_numpy() != counted["row_at"].reindex(latest.index).to_numpy()
    return Ruling(
        value=_held(counted),
        agreed=counted["agreement"] > 0,
        locked=counted["locked"].astype(bool),
        rows=counted.drop(columns=["agreement", "row_at"]),
        latest=latest.drop(columns=["agreement", "row_at"]),
        asked=asked,
        pending=asked[waits].dropna(how="all"),
    )


def in_force(targets: pd.DataFrame, period: Period, calendar: WorkCalendar) -> InForce:
    """The `ruling` of a period; who has no row there has his part of the narrowest period around it that gives him one.

    Where that is agreed and the period's own only proposed, the agreed one stands and the period's own is pending.

    Part: what is to be reached by the period's end less what is to be reached by its beginning, each the whole target times the
    share of working days gone, in whole units: the parts of consecutive periods add up to the whole, and people's to the part of
    their sum. Source: forecast.md 10.
    """
    found = InForce(**vars(ruling(targets, period)), whole={})
    around = {span for span in targets["span"] if span is not None and _inside(period, span) and span != period}
    for span in sorted(around, key=lambda span: (span.end - span.start, span.start)):
        found = _with(found, ruling(targets, span), span, period, calendar)
    return found


def in_orders(value: pd.DataFrame, mean: Mapping[str, float]) -> Orders:
    """Orders of targets (as Ruling.value): those that are only money become orders by the mean order value.

    That is what the team's target itself makes of an order, else `mean`: amount and margin of an order, NaN: unknown. People's add
    up as their money does. The team's money becomes none where anybody has orders: theirs add up to it.
    Source: forecast.md 10.
    """
    orders, each = value["orders"].copy(), {}
    is_team = pd.isna(value.index)
    for measure in ("amount", "margin"):
        team = value[is_team & value["orders"].notna().to_numpy() & (value["orders"] > 0).to_numpy()]
        own = float((team[measure] / team["orders"]).sum(min_count=1)) if len(team) else np.nan
        worth = own if own > 0 else mean[measure]
        people_have = orders[~is_team].notna().any()
        for rows in (is_team & (not people_have), ~is_team):
            only = rows & orders.isna().to_numpy() & value[measure].notna().to_numpy()
            if not only.any():
                continue
            each[measure] = worth
            if worth > 0:
                money = value[measure].to_numpy(float)[only]
                orders[only] = largest_remainder(round(money.sum() / worth), money)
    return Orders(orders, each)


def _agreement(rows: pd.DataFrame) -> Numbers:
    """2: a day or a name says so; 1: agreed values stand there; 0: only proposed, or nothing."""
    signed = rows.reindex(columns=["agreed_on", "agreed_by"]).notna().any(axis=1)
    agreed = rows[list(MEASURES)].notna().any(axis=1)
    some = agreed | rows[[f"{m}_proposed" for m in MEASURES]].notna().any(axis=1)
    return np.select([signed & some, agreed], [2, 1], 0)


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """The last row of each person, by person."""
    rows = rows.assign(row_at=rows.index).drop_duplicates("person", keep="last")
    return rows.set_axis(pd.Index(rows["person"], dtype=object))


def _held(rows: pd.DataFrame) -> pd.DataFrame:
    """The values of rows: agreed before proposed ones."""
    return pd.DataFrame(
        {m: pd.to_numeric(rows[m]).fillna(pd.to_numeric(rows[f"{m}_proposed"])).to_numpy(float) for m in MEASURES},
        index=rows.index,
    )


def _inside(period: Period, span: Period) -> bool:
    return span.start <= period.start and period.end <= span.end


def _with(found: InForce, wider: Ruling, span: Period, period: Period, calendar: WorkCalendar) -> InForce:
    """What was found, and the parts of a wider period's targets of those who have none, or only a proposed one."""
    there = wider.agreed.index.isin(found.agreed.index)
    proposed = wider.agreed.index.isin(found.agreed.index[~found.agreed.to_numpy(bool)])
    new = wider.agreed.index[~there | (proposed & wider.agreed.to_numpy(bool))]
    if new.empty:
        return found
    share = [_gone(span, day, calendar) for day in (period.start - timedelta(days=1), period.end)]
    joined = {}
    for name in ("value", "agreed", "locked", "rows", "latest", "asked", "pending"):
        mine, theirs = getattr(found, name), getattr(wider, name)
        theirs = theirs[theirs.index.isin(new)]
        if name in ("value", "asked", "pending"):
            theirs = _parts(theirs, *share)
        if name in ("latest", "asked"):
            theirs = theirs[~theirs.index.isin(mine.index)]
        if name == "pending":
            waits = found.asked[found.asked.index.isin(new)]
            mine, theirs = _stacked(mine, waits), theirs[~theirs.index.isin(waits.index)]
        else:
            mine = mine[~mine.index.isin(theirs.index)]
        joined[name] = _stacked(mine, theirs)
    return replace(found, **joined, whole={**found.whole, **dict.fromkeys(new, span)})


def _stacked(above: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    people = pd.Index([*above.index, *below.index], dtype=object)  # joined by pandas None would be NaN
    return pd.concat([part for part in (above, below) if len(part)] or [above]).set_axis(people)


def _gone(span: Period, day: date, calendar: WorkCalendar) -> float:
    """Share of a period's working days (without any: of its days) up to a day, included."""
    whole = calendar.count(span.start, span.end)
    if whole:
        return calendar.count(span.start, day) / whole if day >= span.start else 0.0
    return max(0, (day - span.start).days + 1) / ((span.end - span.start).days + 1)


def _parts(values: pd.DataFrame, before: float, after: float) -> pd.DataFrame:
    """The parts of targets between two shares of their time: the team's, and people's that add up to the part of their sum."""
    parts = values.copy()
    is_team = np.asarray(pd.isna(values.index))
    for measure, unit in UNIT.items():
        for rows in (is_team, ~is_team):
            some = rows & values[measure].notna().to_numpy()
            whole = values[measure].to_numpy(float)[some]
            part = (round(whole.sum() * after / unit) - round(whole.sum() * before / unit)) * unit
            parts.loc[some, measure] = largest_remainder(part, whole, unit)
    return parts
