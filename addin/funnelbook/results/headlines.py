"""The sentence above a result table that answers what the table is opened for; none where it has no answer yet. Source: desk.md 2."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.told_chance import chance_text
from funnelbook.domain.limits import PROBLEM
from funnelbook.domain.weekplan import CURRENT
from funnelbook.results.goals import decimal
from funnelbook.words import say

_NAMED = 3  # people a sentence names


def of_target(team: pd.Series, language: str) -> list[str]:
    """What is done of the target and how likely the rest is, from the team's row of Shapes."""
    if team[["target", "chance"]].isna().any():
        return []
    target, won = decimal(team["target"]), decimal(team["won"])
    return [say("headline_target", language, target=target, won=won, chance=chance_text(team["chance"]))]


def of_tiers(gap: float, tier: str | None, short: float, language: str, *, over: bool = False) -> list[str]:
    """Which tier lacks most of what the team's gap needs, and how many customers; `over`: no working day is left for it."""
    if np.isnan(gap):
        return []
    if gap <= 0:
        return [say("headline_done", language)]
    if over:
        return [say("headline_over", language, gap=decimal(gap))]
    if tier is None:
        return [say("headline_enough", language, gap=decimal(gap))]
    return [say("headline_short", language, tier=tier, count=int(short))]


def of_week(plan: pd.DataFrame, lowest: str, language: str) -> list[str]:
    """What the team is to do in the week of today, and what it has done, from WeekPlan's rows with their `status`."""
    now = plan[plan["person"].isna() & (plan["status"] == CURRENT)].set_index("tier")
    if not {codes.ORDER, lowest} <= set(now.index) or now.loc[[codes.ORDER, lowest], "planned"].isna().any():
        return []
    orders, new = now.loc[codes.ORDER], now.loc[lowest]
    told = {"orders": orders["planned"], "won": orders["done"], "new": new["planned"], "found": new["done"]}
    return [
        say(
            "headline_week",
            language,
            days=orders["week_days"],
            tier=lowest,
            **{name: int(np.nan_to_num(number)) for name, number in told.items()},
        )
    ]


def of_board(board: pd.DataFrame, language: str) -> list[str]:
    """How far the team is against the time gone and who is behind, the furthest behind first, from the rows of the Board.

    Behind is who lacks an order at least of what the time gone asks for: after a day of the month that is nobody.
    """
    team = board[board["person"].isna()]
    if team["ahead"].isna().all():
        return []
    points = round(100 * float(team["ahead"].iloc[0]))
    code = "headline_ahead" if points > 0 else "headline_behind" if points < 0 else "headline_in_step"
    done = f"{team['completion'].iloc[0]:.0%}"
    said = [say(code, language, done=done, points=abs(points))]
    lacking = board["target"] * board["time_progress"] - board["orders"]
    behind = board[board["person"].notna() & (lacking >= 1)].sort_values("ahead", kind="stable")
    if behind.empty:
        return said
    who, by = say("listed", language).join(behind["person"].iloc[:_NAMED]), behind["ahead"].to_numpy(float)
    if len(by) <= _NAMED:
        return [*said, say("headline_behind_people", language, who=who)]
    if by[_NAMED - 1] == by[_NAMED]:  # who is named would be a matter of luck
        return [*said, say("headline_behind_count", language, count=len(by))]
    return [*said, say("headline_behind_most", language, count=len(by), who=who)]


def of_questions(rows: pd.DataFrame, language: str) -> list[str]:
    """How many people have a problem, and with which question most of them, from the rows of Diagnosis."""
    found = rows[rows["verdict"] == PROBLEM]
    if rows.empty:
        return []
    if found.empty:
        return [say("headline_no_problem", language)]
    most = found["question"].value_counts(sort=False)
    which, count = str(most.idxmax()), int(most.max())
    called = codes.word("question", which, language)
    return [say("headline_problem", language, people=found["person"].nunique(), question=called, count=count)]


def of_causes(rows: pd.DataFrame, language: str) -> list[str]:
    """Who is furthest behind and by what most, from the rows of Causes, whose first person that is."""
    if rows.empty:
        return []
    own = rows[rows["person"] == rows["person"].iloc[0]]
    if own["contribution"].sum() >= 0:
        return [say("headline_nobody_behind", language)]
    worst = own.loc[own["contribution"].idxmin()]
    driver = codes.word("driver", worst["driver"], language)
    return [say("headline_cause", language, who=worst["person"], driver=driver, by=f"{worst['contribution']:,.0f}")]


def of_summary(rows: pd.DataFrame, language: str) -> list[str]:
    """What was done of the orders planned first, from the team's row of Summary."""
    orders = rows[rows["person"].isna() & (rows["tier"] == codes.ORDER)]
    if orders.empty or orders[["first_plan", "done"]].isna().any(axis=None):
        return []
    planned, done = (int(orders[name].iloc[0]) for name in ("first_plan", "done"))
    return [say("headline_summary", language, planned=planned, done=done)]


def of_objections(rows: pd.DataFrame, language: str) -> list[str]:
    """The most frequent objection, from the rows of ObjectionCounts."""
    if rows.empty:
        return [say("headline_no_objection", language)]
    first = rows.iloc[0]
    return [say("headline_objection", language, objection=first["objection"], share=f"{first['share']:.0%}")]
