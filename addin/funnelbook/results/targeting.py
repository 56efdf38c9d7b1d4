"""Setting targets: what to propose, how the team's is split, what is agreed, what is revised, as rows of the Targets table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.domain import targets
from funnelbook.domain.targets import MEASURES
from funnelbook.results.chances import forecast
from funnelbook.results.goals import Goals, expected_orders, mean_order
from funnelbook.results.revision import why_revise
from funnelbook.results.situation import Situation

ROUND_TO = 100.0  # money is proposed in hundreds
ALL = "*"  # everybody
AGREED = (*MEASURES, "agreed_on", "agreed_by")  # the cells that agreeing fills
KEY = TABLES["Targets"].keys
_NONE = pd.DataFrame()
_Row = dict[str, Any]  # of the Targets table, by schema column


@dataclass(frozen=True)
class Change:
    """What happens to the Targets table, in schema columns: cells of rows that stand (with `row`), rows to add below."""

    changed: pd.DataFrame
    added: pd.DataFrame
    kept: tuple[str, ...] = ()  # measures whose target a revision leaves as it is

    @classmethod
    def between(cls, before: pd.DataFrame, after: pd.DataFrame) -> Change:
        """What made one Targets table of another, which has rows below it and agreements beside its own."""
        there = after["row"].isin(before["row"])
        own = after[there].reset_index(drop=True)
        pairs = [(own[name], before[name].reset_index(drop=True)) for name in AGREED]
        same = np.all([(new == old) | (new.isna() & old.isna()) for new, old in pairs], axis=0)
        added = after[~there]
        filled = [name for name in TABLES["Targets"].names if name in KEY or added[name].notna().any()]
        return cls(own.loc[~same, ["row", *AGREED]], added[[name for name in filled if name != "locked"]])


NO_CHANGE = Change(_NONE, _NONE)


def applied(table: pd.DataFrame, change: Change) -> pd.DataFrame:
    """The Targets table as it is once the change is made, new rows below the others."""
    after = table.copy()
    if len(change.changed):
        new = change.changed.set_index("row")
        at = after["row"].isin(new.index)
        for column in new.columns:
            after.loc[at, column] = after.loc[at, "row"].map(new[column])
    if len(change.added):
        last = int(after["row"].max()) if len(after) else 0
        below = change.added.assign(row=last + 1 + np.arange(len(change.added)))
        after = pd.concat([after, below.reindex(columns=after.columns)], ignore_index=True)
    return after.assign(locked=after["locked"].eq(True), agreed_on=pd.to_datetime(after["agreed_on"]))


def put(situation: Situation, aims: Goals, who: str | None, values: dict[str, float], reason: str | None) -> Change:
    """A target typed over what is asked: proposed where nothing of the period is agreed, a revision where something is.

    What `values` leave out stays as it was asked last; none that differs changes nothing. BookError as of propose and revise.
    """
    asked = aims.in_force.asked
    last = asked.loc[[who]].iloc[0].dropna() if who in asked.index else pd.Series(dtype=float)
    if all(m in last and abs(last[m] - value) < targets.UNIT[m] / 2 for m, value in values.items()):
        return NO_CHANGE
    if who in aims.in_force.pending.index:
        waits = aims.in_force.pending.loc[[who]].iloc[0].dropna()
        values = {m: float(waits[m]) for m in MEASURES if m in waits} | values
        reason = reason or _reason_of(aims, who)
    if aims.ruling.agreed.get(who, False):
        return revise(situation, aims, who, values, reason, None)
    if who not in (None, *_working(situation)):
        raise BookError("no_such_worker", person=who)
    return Change(_NONE, pd.DataFrame([_next(situation, aims, who, values) | {"reason": reason}]))


def propose(situation: Situation, aims: Goals, author: str | None, only: str | None = ALL) -> Change:
    """Proposed targets of the active people who have none in the period, and of the team. Source: method A3, numbers.md 7.

    `only`: this person alone, None the team, ALL everybody. A person's orders: the mean of what productivity promises (working
    days x ramp x capacity x orders a day) and what the pipeline does (won + expected from stock and new prospects, of a period to
    come only in its own days); money by the mean order, in hundreds. The team's is the sum. BookError when there is a target
    already, when `only` is not active, or nobody is.
    """
    value = aims.ruling.value
    working = _working(situation)
    if only not in (ALL, None, *working):
        raise BookError("no_such_worker", person=only)
    if only in value.index:
        raise BookError("target_there", person=_called(only, situation), period=situation.period.label)
    people = [p for p in working if p not in value.index]
    if not people and None in value.index:
        raise BookError("targets_there", period=situation.period.label)
    promised = np.round((expected_orders(situation) + forecast(situation, aims)[1:]) / 2)
    orders = pd.Series(promised, index=situation.people)
    amount, margin = mean_order(situation).values()
    rows = [_proposal(situation, person, float(orders[person]), amount, margin, author) for person in people]
    if None not in value.index:
        own = {m: _total([*value[m], *(row[f"{m}_proposed"] for row in rows)]) for m in MEASURES}
        rows.insert(0, _next(situation, aims, None, own) | {"author": author})
    return Change(_NONE, pd.DataFrame([row for row in rows if only in (ALL, row["person"])]))


def split(situation: Situation, aims: Goals, author: str | None) -> Change:
    """The team's target split to the active people; who has a locked or an agreed one keeps it. Source: method A1, numbers.md 7.

    A share that differs from what a person was asked last is a new revision. BookError without a target of the team, when what is
    kept exceeds it, when nobody is left to take the rest, or nobody works.
    """
    ruling = aims.in_force
    if None not in ruling.value.index:
        raise BookError("no_team_target", period=situation.period.label)
    active = _working(situation)
    named = dict.fromkeys([*situation.people, *ruling.value.index])  # who left and has a target gives it back
    people = [p for p in named if p is not None and (p in active or p in ruling.value.index)]
    working = np.isin(np.array(people, dtype=object), np.array(active, dtype=object))
    own, asked = (frame.reindex(pd.Index(people, dtype=object)) for frame in (ruling.value, ruling.asked))
    kept = (ruling.locked | (ruling.agreed & ruling.rows["agreed_on"].notna())).reindex(own.index, fill_value=False)
    pace = pd.Series(expected_orders(situation), index=situation.people).reindex(people).to_numpy(float)
    weights = np.where(working, np.nan_to_num(pace), 0.0)
    weights = weights if weights[~kept.to_numpy(bool)].any() else working.astype(float)
    shares = {}
    for measure in MEASURES:
        total = float(ruling.value[measure].get(None, np.nan))
        if np.isnan(total):
            continue
        held = np.where(kept.to_numpy(bool), own[measure].fillna(0.0).to_numpy(float), np.where(working, np.nan, 0.0))
        try:
            shares[measure] = targets.split(total, weights, held, situation.settings.fairness, targets.UNIT[measure])
        except ValueError as error:
            raise BookError("cannot_split", total=f"{total:g}", kept=f"{np.nansum(held):g}") from error
    before = {m: asked[m].to_numpy(float) for m in MEASURES}
    rows = []
    for at, person in enumerate(people):
        parts = {m: float(share[at]) for m, share in shares.items()}
        differs = any(not np.isclose(before[m][at], part, atol=targets.UNIT[m] / 2) for m, part in parts.items())
        if not kept[person] and differs:
            rows.append(_next(situation, aims, person, parts) | {"author": author})
    return Change(_NONE, pd.DataFrame(rows))


def agree(
    situation: Situation, aims: Goals, by: str | None, team_by: str, only: str | None, values: dict[str, float]
) -> Change:
    """The open targets of the period agreed as of today: proposed values become the agreed ones. Source: method A3.

    `only`: this person alone, None the team, ALL everybody; `values`: by measure, agreed instead of what was proposed. Agreed by
    `by`, else by the person himself and for the team by `team_by`. BookError when nothing is open.
    """
    rows = aims.ruling.latest
    rows = rows[rows["agreed_on"].isna().to_numpy() & np.array([only in (ALL, p) for p in rows.index], dtype=bool)]
    if rows.empty:
        raise BookError("nothing_to_agree", period=situation.period.label)
    agreed = pd.DataFrame({"row": rows["row"].to_numpy(int)})
    for measure in MEASURES:
        held = rows[measure].astype(float).fillna(rows[f"{measure}_proposed"].astype(float))
        agreed[measure] = values.get(measure, held.to_numpy(float))
    agreed["agreed_on"] = pd.Timestamp(situation.as_of)
    agreed["agreed_by"] = [by or (team_by if person is None else person) for person in rows.index]
    return Change(agreed, _NONE)


def revise(
    situation: Situation, aims: Goals, who: str | None, values: dict[str, float], reason: str | None, author: str | None
) -> Change:
    """A new revision of a target, to be agreed: the old row stays, and counts as long as it is the agreed one. Source: method A9.

    `who`: a person, None the team; without `values` the orders are what the period will end with at this pace, and money goes with them.
    Of given `values` only those measures are revised. Without a reason it is the one the numbers give. BookError when there is no
    target to revise or the numbers give no reason.
    """
    if who not in aims.in_force.value.index:
        raise BookError("no_target_of", person=_called(who, situation), period=situation.period.label)
    found = reason or why_revise(situation, aims)
    if found is None:
        raise BookError("no_reason", period=situation.period.label)
    if not values:
        old, ends = (
            aims.in_force.value.loc[[who]].iloc[0],
            np.round(forecast(situation, aims)[situation.rows.index(who)]),
        )
        money = {m: _hundreds(old[m] * ends / old["orders"]) for m in MEASURES[1:] if old["orders"] > 0}
        values = {"orders": float(ends)} | {m: v for m, v in money.items() if not np.isnan(v)}
    row = _next(situation, aims, who, values)
    kept = tuple(m for m in MEASURES if m not in values and not np.isnan(row[f"{m}_proposed"]))
    return Change(_NONE, pd.DataFrame([row | {"reason": found, "author": author}]), kept)


def _working(situation: Situation) -> list[str]:
    """The active people. BookError when there is nobody."""
    working = [p for p, on in zip(situation.people, situation.active, strict=True) if on]
    if not working:
        raise BookError("nobody_works", period=situation.period.label)
    return working


def _called(person: str | None, situation: Situation) -> str:
    return person or codes.special(codes.TEAM, situation.language)


def _proposal(
    situation: Situation, person: str | None, orders: float, value: float, margin: float, author: str | None
) -> _Row:
    """A first row of a person's target."""
    return {
        "period": situation.period.label,
        "person": person,
        "revision": 1,
        "orders_proposed": orders,
        "amount_proposed": _hundreds(orders * value),
        "margin_proposed": _hundreds(orders * margin),
        "paid_proposed": np.nan,  # when customers pay is agreed with them, not with a pipeline
        "author": author,
    }


def _next(situation: Situation, aims: Goals, person: str | None, values: dict[str, float]) -> _Row:
    """The row of a person's next revision: `values` proposed, what they leave out as it counts now."""
    revision = float(aims.ruling.latest["revision"].get(person, np.nan))
    now = {m: float(aims.in_force.value[m].get(person, np.nan)) for m in MEASURES}
    return {
        "period": situation.period.label,
        "person": person,
        "revision": (0 if np.isnan(revision) else revision) + 1,
        **{f"{m}_proposed": values.get(m, now[m]) for m in MEASURES},
    }


def _reason_of(aims: Goals, who: str | None) -> str | None:
    """The reason the highest revision gives."""
    said = aims.ruling.latest["reason"].get(who)
    return said if isinstance(said, str) else None


def _total(values: Sequence[float]) -> float:
    """The sum of those that are numbers; NaN of none."""
    return float(pd.Series(values, dtype=float).sum(min_count=1))


def _hundreds(money: float) -> float:
    return float(np.round(money / ROUND_TO) * ROUND_TO)
