"""Chances told at a past day, held against what happened by the end of the period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from scipy import stats

from funnelbook.book import result_tables
from funnelbook.book.decode import decode
from funnelbook.book.locate import locate
from funnelbook.book.ports import Book
from funnelbook.book.schema import TABLES
from funnelbook.results.chances import chance_of_target, simulated_ends
from funnelbook.results.goals import goals
from funnelbook.results.situation import Situation

BINS = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
_PACE_DAYS = 28


def situation_of(book: Book, as_of: date, period: str) -> Situation:
    """What a manager would have seen on that day."""
    inputs = decode(book, locate(book), as_of)
    inputs = replace(inputs, settings=replace(inputs.settings, period=period))
    logs = {
        "history": "History",
        "plan_history": "PlanHistory",
        "target_history": "TargetHistory",
        "last_seen": "Seen",
        "ledger": "Rewards",
        "forecast_history": "ForecastHistory",
        "pool_history": "PoolHistory",
    }
    blank = {field: result_tables.blank(TABLES[name]) for field, name in logs.items()}
    return Situation(inputs=inputs, as_of=as_of, language="en", **blank)


def told(situation: Situation, later: pd.DataFrame, gaps: Sequence[int]) -> pd.DataFrame:
    """A row a person (and the team), gap and kind (`of`: orders, amount): chance, what `pace` alone says, whether it `happened`.

    The target is what is won so far and `gap` more orders a head, or as much money as so many orders bring on average: it
    owes nothing to the forecast. `later`: id, owner and amount of the valid orders from the day after `as_of` to the end of the
    period. `pace`: Poisson at the rate of the last four weeks, half an order added to them.
    """
    people = len(situation.people)
    who = pd.Series(pd.Index(situation.rows, dtype=object).get_indexer(later["owner"]))
    came = {"orders": situation.per_person(who), "amount": situation.per_person(who, later["amount"])}
    aims = goals(situation)
    to_come = simulated_ends(situation, aims) - aims.won["amount"][:, None]
    unit = situation.orders["amount"].mean()
    recent = situation.orders[situation.orders["date"] > pd.Timestamp(situation.as_of) - pd.Timedelta(days=_PACE_DAYS)]
    left = (situation.period.end - situation.as_of).days
    at_pace = (situation.per_person(recent["who"]) + 0.5) / _PACE_DAYS * left
    parts = []
    for more in gaps:
        gap = np.r_[more * people, np.full(people, more)].astype(float)
        orders = {
            "chance": chance_of_target(situation, gap),
            "pace": stats.poisson.sf(gap - 1, at_pace),
            "happened": came["orders"] >= gap,
        }
        amount = {
            "chance": (to_come >= (gap * unit)[:, None]).mean(axis=1),
            "pace": np.nan,
            "happened": came["amount"] >= gap * unit,
        }
        who = {"gap": more, "team": np.arange(1 + people) == 0}
        parts += [pd.DataFrame({"of": of} | who | rows) for of, rows in (("orders", orders), ("amount", amount))]
    return pd.concat(parts, ignore_index=True)


def by_source(situation: Situation, later: pd.DataFrame) -> pd.DataFrame:
    """A row a tier and one for new prospects (`new`): orders the team's stock was expected to bring, their variance, how many came."""
    tier = np.append(situation.timeline.current["tier"].to_numpy(), -1)
    at = tier[pd.Index(situation.customers["id"]).get_indexer(later["id"])]
    n, p = situation.tiers.n, situation.p_win[0]
    came = np.bincount(np.where((at < 0) | (at >= n), n, at), minlength=n + 1)
    expected = np.append(situation.open_stock[0] * p, situation.arrivals[0])
    cases = np.append(
        situation.open_stock[0],
        round(situation.learned.new_a_day.sum() * situation.learned.weights(situation.days_left).sum()),
    )
    source = pd.Index([*situation.tiers.codes, "new"], name="from")
    rows = {"cases": cases, "expected": expected, "variance": expected * np.append(1 - p, 1.0), "came": came}
    return pd.DataFrame(rows, index=source)


def summed(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Several by_source tables in one."""
    return pd.concat(parts).groupby(level=0, sort=False).sum()


def brier(rows: pd.DataFrame, column: str = "chance") -> float:
    """Mean of (chance - outcome) squared."""
    return float(((rows[column] - rows["happened"]) ** 2).mean())


def base_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with a column base: the share of all who made the same gap, which nobody knew beforehand."""
    return rows.assign(base=rows.groupby(["of", "gap", "team"])["happened"].transform("mean"))


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """By bin of the chance: cases, mean chance told, share that happened."""
    groups = rows.groupby(pd.cut(rows["chance"], BINS, include_lowest=True), observed=True)
    return pd.DataFrame(
        {"cases": groups.size(), "told": groups["chance"].mean(), "happened": groups["happened"].mean()}
    )


def show(title: str, rows: pd.DataFrame, sources: pd.DataFrame) -> None:
    """Prints what was told and what happened."""
    print(f"\n{title}\n{sources[['cases', 'expected', 'came']].round(1).to_string()}")
    for of, kind in base_rates(rows).groupby("of", sort=False):
        scores = ", ".join(
            f"{name} {brier(kind, name):.3f}" for name in ("chance", "base", "pace") if kind[name].notna().all()
        )
        print(f"\n{title}, {of}: {len(kind)} chances. Brier: {scores}")
        print(table(kind).round(3).to_string())
