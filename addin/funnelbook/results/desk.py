"""The Desk (今日数据): what the page Today shows of the team and of each person and no other table has."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.schema import Column, Kind, Role, Table, Unit
from funnelbook.domain import followup, history
from funnelbook.domain.dtypes import Numbers, Objects
from funnelbook.domain.limits import PROBLEM, WATCH
from funnelbook.results import performance
from funnelbook.results.call_list import CALL_LIST
from funnelbook.results.diagnosis import DIAGNOSIS, done_well
from funnelbook.results.funnel import FUNNEL, shortest, working_days_left
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.pool_cases import PoolCases, pool_cases
from funnelbook.results.shapes import SHAPES
from funnelbook.results.situation import Situation
from funnelbook.words import say

DESK = Table(
    "Desk",
    Role.RESULT,
    sheet="desk",
    order=505,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("as_of", Kind.DATE),
        Column("period", Kind.TEXT),
        Column("days_left", Kind.COUNT, unit=Unit.DAYS),
        Column("paid", Kind.MONEY),
        Column("target_paid", Kind.MONEY),
        Column("short_tier", Kind.TIER),
        Column("short", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("dry_from", Kind.DATE),
        Column("talk", Kind.COUNT),
        Column("calls_to_make", Kind.COUNT, unit=Unit.CALLS),
        Column("calls_overdue", Kind.COUNT, unit=Unit.CALLS),
        Column("calls_done", Kind.COUNT, unit=Unit.CALLS),
        Column("promises_missed", Kind.COUNT),
        Column("waiting", Kind.COUNT),
        Column("unassigned", Kind.NUMBER, unit=Unit.ORDERS),
        Column("pool", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("pool_soon", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("since", Kind.DATE),
        Column("new_orders", Kind.COUNT, unit=Unit.ORDERS),
        Column("new_orders_who", Kind.TEXT),
        Column("up", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("up_who", Kind.TEXT),
        Column("down", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("down_who", Kind.TEXT),
        Column("lost", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("lost_who", Kind.TEXT),
        Column("note", Kind.TEXT),
    ),
    hidden=True,
)

DESK_FUNNEL = Table(
    "DeskFunnel",
    Role.RESULT,
    sheet="desk",
    order=506,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("tier", Kind.TIER, key=True),
        Column("name", Kind.TEXT),
        Column("open", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("needed", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("missing", Kind.COUNT, unit=Unit.CUSTOMERS),
    ),
    hidden=True,
)

_MOVES = (history.ACTIVITY, history.ORDER, history.MANUAL)
_NAMED = 2  # customers that a change names
_BACK = 31  # days in which there is a working day


@makes(DESK, goals, SHAPES, DIAGNOSIS, CALL_LIST, pool_cases)
def desk(situation: Situation, goals: Goals, shapes: Made, diagnosis: Made, calls: Made, cases: PoolCases) -> Made:
    """The Desk: the team, then each person. Source: desk.md 1.

    days_left: working days after `as_of`; paid: of the orders of the period; short_tier: the tier that holds the least of what it
    needs, of those that lack `short` customers; talk: whom to talk to first, second and so on, who is most behind first, blank for
    who does well. Calls are those of `as_of`, of people who work; promises_missed: of the period, before `as_of`; waiting: targets
    nobody agreed; unassigned: orders of the team's target nobody has, below 0 what people have beyond it. pool: customers a rule of
    the pool would take back, pool_soon: those who fall due within a week, both blank without rules. What changed did after
    the day `since`: the last one logged before `as_of`, else the working day before it. note: what a person's own book says of
    its numbers; blank in the team's.
    """
    tier, short = shortest(situation, goals)
    since = _since(situation)
    rows = pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "as_of": pd.Timestamp(situation.as_of),
            "period": situation.period.label,
            "days_left": _days_left(situation),
            "paid": _paid(situation),
            "target_paid": goals.target["paid"],
            "short_tier": tier,
            "short": short,
            "dry_from": shapes.rows["dry_from"],
            "talk": _talk(situation, goals, shapes.rows, diagnosis.rows),
            **_calls(situation, calls.rows),
            "promises_missed": _missed(situation),
            **_targets(situation, goals),
            **_pool(situation, cases),
            "since": pd.Timestamp(since),
            **_changes(situation, since),
            "note": None,
        }
    )
    return Made(rows)


@makes(DESK_FUNNEL, FUNNEL)
def desk_funnel(situation: Situation, funnel: Made) -> Made:
    """The DeskFunnel: of the team, then of each person, the tiers from the lowest with their names, as Today draws them.

    open: customers something may still come of, cold ones aside, as `needed` and `missing` count them; both are blank once no
    working day of the period is left.
    """
    rows = funnel.rows[~funnel.rows["tier"].isin((codes.WON, codes.LOST))]
    called = situation.frames["Tiers"].drop_duplicates("code").set_index("code")["name"]
    name, held = rows["tier"].map(called), rows["stock"] - rows["cold"]
    rows = rows.assign(name=name, open=held)
    if not working_days_left(situation):
        rows = rows.assign(needed=np.nan, missing=np.nan)
    rows = rows[list(DESK_FUNNEL.names)]
    return Made(rows.reset_index(drop=True))


def _days_left(situation: Situation) -> Numbers:
    first, last = max(situation.as_of + timedelta(days=1), situation.period.start), situation.period.end
    return np.concatenate([[working_days_left(situation)], situation.available_days(first, last)])


def _paid(situation: Situation) -> Numbers:
    orders = performance.between(situation.orders, "date", situation.period.start, situation.period.end)
    paid = situation.per_person(orders["who"], orders["paid"])
    return paid if situation.has_orders else np.full(len(paid), np.nan)


def _talk(situation: Situation, goals: Goals, shapes: pd.DataFrame, diagnosis: pd.DataFrame) -> Numbers:
    """The place of each in the order of whom to talk to: who does well, or has no target, only where something is wrong."""
    well = done_well(situation, goals, shapes["chance"].to_numpy(float)[1:])
    wrong = diagnosis["person"][diagnosis["verdict"].isin((PROBLEM, WATCH))]
    people = pd.Index(situation.people, dtype=object)
    target, won = goals.target["orders"][1:], goals.won["orders"][1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        done = np.where(target > 0, won / target, np.inf)
    asked = situation.active & (people.isin(wrong) | (~well & (target > 0)))
    order = np.lexsort((done, well, ~asked))
    place = np.full(len(people), np.nan)
    place[order[: asked.sum()]] = np.arange(1, asked.sum() + 1)
    return np.concatenate([[np.nan], place])


def _calls(situation: Situation, listed: pd.DataFrame) -> dict[str, Numbers]:
    """Calls of the day: still to make, of these overdue, and made; blank for who does not work."""
    day = performance.between(situation.activities, "at", situation.as_of, situation.as_of)
    made = day[day["is_call"].to_numpy(bool)]
    counted = {
        "calls_to_make": _of_each(situation, listed["person"]),
        "calls_overdue": _of_each(situation, listed["person"][listed["why"] == followup.OVERDUE]),
        "calls_done": situation.per_person(made["who"]),
    }
    works = np.concatenate([[True], situation.active])
    return {name: np.where(works, count, np.nan) for name, count in counted.items()}


def _of_each(situation: Situation, people: pd.Series) -> Numbers:
    """Rows of the team and of each person."""
    own = people.value_counts().reindex(situation.people, fill_value=0).to_numpy(float)
    return np.concatenate([[float(len(people))], own])


def _missed(situation: Situation) -> Numbers:
    due = performance.between(situation.promised, "day", situation.period.start, situation.as_of - timedelta(days=1))
    return situation.per_person(due["who"][~due["done"].to_numpy(bool)])


def _targets(situation: Situation, goals: Goals) -> dict[str, Numbers]:
    found, people = goals.in_force, pd.Index(situation.rows, dtype=object)
    open_ones = found.agreed.index[~found.agreed.to_numpy(bool)].append(found.pending.index)
    own = people.isin(open_ones).astype(float)
    own[0] = own.sum()
    rest = np.full(len(own), np.nan)
    rest[0] = goals.unassigned["orders"]
    return {"waiting": own, "unassigned": rest}


def _pool(situation: Situation, cases: PoolCases) -> dict[str, Numbers]:
    listed, who = cases.listed, situation.customers["who"]
    parts = {"pool": listed["at"][listed["falls"].to_numpy(bool)], "pool_soon": cases.soon["at"]}
    if situation.frames["PoolRules"].empty:
        return dict.fromkeys(parts, np.full(len(situation.rows), np.nan))
    return {name: situation.per_person(who.iloc[at.to_numpy(np.intp)]) for name, at in parts.items()}


def _since(situation: Situation) -> date:
    logged = pd.concat([situation.plan_history["as_of"], situation.forecast_history["as_of"]])
    before = logged[logged < pd.Timestamp(situation.as_of)].max()
    if not pd.isna(before):
        return before.date()
    works = situation.calendar.working(situation.as_of - timedelta(days=_BACK), situation.as_of - timedelta(days=1))[0]
    return situation.as_of - timedelta(days=1 + int(works[::-1].argmax()))


def _changes(situation: Situation, since: date) -> dict[str, Numbers | Objects]:
    """Orders and moves after a day: how many, and the first customers named."""
    first, last, n = since + timedelta(days=1), situation.as_of, situation.tiers.n
    stays = performance.between(situation.timeline.stays, "entered", first, last)
    moved = stays[stays["source"].isin(_MOVES) & (stays["from_tier"] >= 0)]
    orders = (
        performance.between(situation.orders, "date", first, last)
        if situation.has_orders
        else moved[moved["tier"] == situation.tiers.won]
    )
    still = moved[moved["tier"] < n]
    parts = {
        "new_orders": orders,
        "up": _once(still[still["tier"] > still["from_tier"]]),
        "down": _once(still[still["tier"] < still["from_tier"]]),
        "lost": _once(moved[moved["tier"] > situation.tiers.won]),
    }
    found: dict[str, Numbers | Objects] = {}
    for name, rows in parts.items():
        found[name] = situation.per_person(rows["who"])
        found[f"{name}_who"] = _named(situation, rows)
    return found


def _once(moves: pd.DataFrame) -> pd.DataFrame:
    """The last of each customer's moves."""
    return moves.drop_duplicates("customer", keep="last")


def _named(situation: Situation, rows: pd.DataFrame) -> Objects:
    """The customers of the rows of the team and of each person, the first few by name."""
    known = rows["customer"].to_numpy() >= 0
    at, who = rows["customer"].to_numpy()[known], rows["who"].to_numpy()[known]
    customers = situation.customers[["name", "id"]].iloc[at]
    names = customers["name"].fillna(customers["id"]).to_numpy(object)
    said = np.full(len(situation.rows), None, dtype=object)
    for row in {0, *who[who > 0].tolist()}:
        own = list(dict.fromkeys(names if row == 0 else names[who == row]))
        more = "…" * (len(own) > _NAMED)  # how many there are stands beside it
        said[row] = say("listed", situation.language).join(own[:_NAMED]) + more or None
    return said
