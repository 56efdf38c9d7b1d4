"""The WeekPlan, Summary and PlanHistory tables: what to do each week, what was done, and every plan ever made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.schema import Chart, Colour, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.domain import history, pace, periods, targets, weekplan
from funnelbook.domain.dtypes import Numbers, Objects
from funnelbook.results import headlines, notes, target_notes
from funnelbook.results.goals import Goals, goals, won_moves
from funnelbook.results.making import Made, makes, step
from funnelbook.results.situation import Situation
from funnelbook.results.sown import sown
from funnelbook.words import say

WEEK_PLAN = Table(
    "WeekPlan",
    Role.RESULT,
    sheet="week_plan",
    order=210,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("week_days", Kind.TEXT, width=14, centred=True),
        Column("tier", Kind.TIER, key=True),
        Column("workdays", Kind.NUMBER, unit=Unit.DAYS),
        Column("planned", Kind.COUNT),
        Column("first_plan", Kind.COUNT),
        Column("done", Kind.COUNT),
        Column("completion", Kind.RATE),
        Column("status", Kind.CODE, codes="week_status"),
        Column("late", Kind.FLAG),
        Column("amount", Kind.MONEY),
        Column("margin", Kind.MONEY),
        Column("week", Kind.TEXT, key=True, width=11),
    ),
    charts=(Chart("plan_done", "column", "week_days", (Series("first_plan", Tone.PALE), Series("done"))),),
    colours=(
        Colour("{status}={words[week_status][current]}", (), Tone.PALE, fill=True),
        Colour('{late}<>""', ("late", "planned"), Tone.WARM, bold=True),
    ),
)
SUMMARY = Table(
    "Summary",
    Role.RESULT,
    sheet="summary",
    order=300,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("tier", Kind.TIER, key=True),
        Column("average_rate", Kind.RATE),
        Column("first_plan", Kind.COUNT),
        Column("done", Kind.COUNT),
        Column("completion", Kind.RATE),
    ),
    charts=(Chart("average_rates", "column", "tier", (Series("average_rate"),), per_cent=True),),
)
PLAN_HISTORY = Table(
    "PlanHistory",
    Role.LOG,
    sheet="plan_history",
    order=410,
    columns=(
        Column("as_of", Kind.DATE, key=True),
        Column("person", Kind.PERSON, key=True),
        Column("week", Kind.TEXT, key=True, width=11),
        Column("tier", Kind.TIER, key=True),
        Column("planned", Kind.COUNT),
    ),
)

_MOVES = (history.ACTIVITY, history.ORDER, history.MANUAL)


@dataclass(frozen=True)
class Plan:
    """The three tables, in schema names and codes."""

    week_plan: pd.DataFrame
    summary: pd.DataFrame
    plan_history: pd.DataFrame


@step(goals)
def plan(situation: Situation, goals: Goals) -> Plan:
    """The weekly plan re-made from the remaining gap, past weeks as they were planned. Source: forecast.md 8, numbers.md 4."""
    weeks = periods.weeks(situation.period)
    rows = _rows(situation, goals, weeks)
    events = _moves(situation)
    done = _counted(situation, events, weeks)
    new = rows[rows["planned"].notna() & (rows["status"] != weekplan.PAST)]
    before = situation.plan_history
    today = pd.Timestamp(situation.as_of)
    known = pd.concat([before[before["as_of"] < today], new.assign(as_of=today)[list(before.columns)]])
    first = weekplan.first_plans(known, situation.period, situation.as_of)
    frozen = weekplan.last_plans(before, situation.period, situation.as_of)
    past = (rows["status"] == weekplan.PAST).to_numpy()
    rows = rows.assign(
        planned=np.where(past, _aligned(rows, frozen), rows["planned"]),
        done=done[rows["who"], rows["at"], rows["level"]],
        first_plan=_whole(situation, rows, first, events, weeks),
    )
    rows["done"] = rows["done"].where(rows["status"] != weekplan.FUTURE)
    rows["completion"] = pace.completion(rows["done"], rows["first_plan"])
    return Plan(
        rows[list(WEEK_PLAN.names)],
        _summary(situation, rows),
        weekplan.replace_same_day(before, new[["person", "week", "tier", "planned"]], situation.as_of),
    )


@makes(WEEK_PLAN, plan, goals)
def week_plan(situation: Situation, plan: Plan, goals: Goals) -> Made:
    """The WeekPlan: each person's moves and orders to make, week by week."""
    late = [say("past_as_of_line", situation.language)] if situation.before_log else []
    answer = headlines.of_week(plan.week_plan, situation.tiers.codes[0], situation.language)
    note = notes.line(notes.as_of(situation), *answer, *target_notes.of_targets(situation, goals), *late)
    return Made(plan.week_plan, note=note, chart_rows=len(periods.weeks(situation.period)))


@makes(SUMMARY, plan)
def summary(situation: Situation, plan: Plan) -> Made:
    """The Summary: the period's rates, and what was done of what was planned first."""
    note = notes.line(notes.as_of(situation), *headlines.of_summary(plan.summary, situation.language))
    return Made(plan.summary, note=note, chart_rows=situation.tiers.n)


@makes(PLAN_HISTORY, plan)
def plan_history(_: Situation, plan: Plan) -> Made:
    """The PlanHistory with the plan of today."""
    return Made(plan.plan_history)


def _rows(situation: Situation, goals: Goals, weeks: pd.DataFrame) -> pd.DataFrame:
    """A row a person, tier (orders first, then from the top) and week, with what is planned now.

    `who`, `level` (tier number, n for orders) and `at` (week number) are positions.
    """
    n = situation.tiers.n
    levels = np.array([n, *range(n - 1, -1, -1)])
    labels = np.array([codes.ORDER, *situation.tiers.codes[::-1]], dtype=object)
    days, weights = map(np.array, zip(*(working(situation, weeks, person) for person in situation.rows), strict=True))
    planned, late = (values[:, ::-1] for values in sown(situation, goals, weeks))
    who, at_level, at = np.indices(planned.shape).reshape(3, -1)
    of_orders = at_level == 0
    money = {m: _money(goals.target[m], weights)[who, at] for m in ("amount", "margin")}
    return pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object)[who],
            "week": weeks["week"].to_numpy(object)[at],
            "week_days": week_days(weeks)[at],
            "tier": labels[at_level],
            "workdays": days[who, at],
            "planned": planned.ravel(),
            "status": weekplan.status(weeks, situation.as_of)[at],
            "late": late.ravel(),
            **{m: np.where(of_orders, values, np.nan) for m, values in money.items()},
            "who": who,
            "level": levels[at_level],
            "at": at,
        }
    )


def week_days(weeks: pd.DataFrame) -> Objects:
    """Each week as people say it: 5/18–5/24. Source: desk.md 2."""
    days = (f"{a.month}/{a.day}–{b.month}/{b.day}" for a, b in zip(weeks["from"], weeks["to"], strict=True))
    return np.array(list(days), dtype=object)


def working(situation: Situation, weeks: pd.DataFrame, person: str | None) -> tuple[Numbers, Numbers]:
    """Working days and their weight in each week, from the start on, leave taken off."""
    worked, weights = situation.working(person, weeks["from"].iloc[0].date(), weeks["to"].iloc[-1].date())
    begins = (weeks["from"] - weeks["from"].iloc[0]).dt.days.to_numpy(np.intp)
    return np.add.reduceat(worked.astype(float), begins), np.add.reduceat(weights, begins)


def _money(targets_of_people: Numbers, weights: Numbers) -> Numbers:
    """Each target spread over the weeks by their weights; NaN without a target."""
    parts = np.full(weights.shape, np.nan)
    for who in np.flatnonzero(~np.isnan(targets_of_people)):
        parts[who] = targets.largest_remainder(targets_of_people[who], weights[who], unit=0.01)
    return parts


def _whole(
    situation: Situation, rows: pd.DataFrame, first: pd.DataFrame, events: pd.DataFrame, weeks: pd.DataFrame
) -> Numbers:
    """What each week was to bring when it was first planned; NaN where it never was.

    A plan made within a week is for the days after it: what had been done by then belongs to the whole, or seven orders won
    before two were planned would be 350 % of the plan.
    """
    planned = _aligned(rows, first)
    for day in first["as_of"].unique():
        by_then = _counted(situation, events[events["day"] <= day], weeks)[rows["who"], rows["at"], rows["level"]]
        of_day = ~np.isnan(_aligned(rows, first[first["as_of"] == day]))
        planned = np.where(of_day, planned + by_then, planned)
    return planned


def _moves(situation: Situation) -> pd.DataFrame:
    """Moves into a tier and orders (level n): day, who, level.

    In the lowest tier a customer counts on the day of the first call that placed him: before, he was only on the list.
    """
    n = situation.tiers.n
    stays = situation.timeline.stays
    moves = stays[stays["source"].isin(_MOVES) & (stays["from_tier"] >= 0) & (stays["tier"] < n)]
    worked, orders = situation.timeline.worked, won_moves(situation)
    return pd.DataFrame(
        {
            "day": pd.concat([moves["entered"], worked["day"], orders["day"]]).to_numpy("datetime64[s]"),
            "who": pd.concat([moves["who"], worked["who"], orders["who"]]).to_numpy(),
            "level": np.concatenate([moves["tier"], np.zeros(len(worked), dtype=int), np.full(len(orders), n)]).astype(
                int
            ),
        }
    )


def _counted(situation: Situation, events: pd.DataFrame, weeks: pd.DataFrame) -> Numbers:
    """Events per week, (1 + people) x weeks x levels."""
    inside = (events["day"] >= weeks["from"].iloc[0]) & (events["day"] < weeks["to"].iloc[-1] + pd.Timedelta(days=1))
    events = events[inside]
    at = np.searchsorted(weeks["from"].to_numpy(), events["day"].to_numpy(), side="right") - 1
    counts = np.zeros((len(situation.rows), len(weeks), situation.tiers.n + 1))
    np.add.at(counts, (0, at, events["level"].to_numpy()), 1)
    who = events["who"].to_numpy()
    np.add.at(counts, (who[who > 0], at[who > 0], events["level"].to_numpy()[who > 0]), 1)
    return counts


def _aligned(rows: pd.DataFrame, plans: pd.DataFrame) -> np.ndarray:
    """What `plans` says for each row's person, week and tier; NaN where it says nothing."""
    keys = [frame["person"].fillna("") + "|" + frame["week"] + "|" + frame["tier"] for frame in (plans, rows)]
    return keys[1].map(pd.Series(plans["planned"].to_numpy(float), index=keys[0])).to_numpy(float)


def _summary(situation: Situation, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of Summary: per person the tiers from the lowest, then orders, over the period up to `as_of`. numbers.md 4."""
    cohorts, period = situation.cohorts, situation.period
    inside = (
        ~cohorts["placed"]
        & (cohorts["entered"] >= pd.Timestamp(period.start))
        & (cohorts["entered"] <= pd.Timestamp(period.end))
    )
    entered = cohorts[inside & (cohorts["tier"] < situation.tiers.n)]
    moved = entered[entered["next_day"] <= pd.Timestamp(period.end)]
    pooled = np.full((len(situation.rows), situation.tiers.n + 1), np.nan)
    for tier in range(situation.tiers.n):
        cases, moves = (situation.per_person(f.loc[(f["tier"] == tier).to_numpy(), "who"]) for f in (entered, moved))
        pooled[:, tier] = pace.completion(moves, cases)
    # weeks that were over before anything was planned are in the whole as they went
    first = rows["first_plan"].where(rows["first_plan"].notna(), rows["done"])
    never = rows["first_plan"].isna().groupby([rows["who"], rows["level"]]).transform("all")
    whole = rows.assign(first_plan=first.mask(never)).groupby(["who", "level"], sort=True)
    sums = whole[["first_plan", "done"]].sum(min_count=1)
    who, level = (sums.index.get_level_values(name).to_numpy() for name in ("who", "level"))
    first, done = sums["first_plan"].to_numpy(float), sums["done"].to_numpy(float)
    return pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object)[who],
            "tier": np.array([*situation.tiers.codes, codes.ORDER], dtype=object)[level],
            "average_rate": pooled[who, level],
            "first_plan": first,
            "done": done,
            "completion": pace.completion(done, first),
        }
    )
