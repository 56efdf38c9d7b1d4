"""The TargetGrid (目标分解): who is to reach what, what nobody has, who agreed; what is typed there goes into Targets."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.encode import row_keys
from funnelbook.book.problems import Problems
from funnelbook.book.schema import WHOLE, Colour, Column, Kind, Role, Table, Tone, Unit
from funnelbook.domain import periods, targets
from funnelbook.domain.dtypes import At, Numbers, Objects
from funnelbook.results import notes, target_notes
from funnelbook.results.goals import Goals, decimal, goals, won_moves
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.results.target_entries import ENTRIES, NUMBERS
from funnelbook.results.week_plan import working
from funnelbook.words import say

WEEKS = 6  # as many as a month can have
WEEK_COLUMNS = tuple(f"week_{number}" for number in range(1, WEEKS + 1))
NONE, DERIVED, PROPOSED, PENDING, AGREED = "none", "derived", "proposed", "pending", "agreed"

TARGET_GRID = Table(
    "TargetGrid",
    Role.RESULT,
    sheet="target_grid",
    order=295,
    columns=(
        Column("person", Kind.PERSON, key=True, width=14),
        Column("state", Kind.CODE, codes="target_state", width=8),
        Column("orders", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("orders_new", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE, entry=True),
        Column("amount", Kind.MONEY),
        Column("amount_new", Kind.MONEY, entry=True),
        Column("paid", Kind.MONEY),
        Column("paid_new", Kind.MONEY, entry=True),
        Column("decision", Kind.CODE, codes="target_decision", entry=True, width=9),
        Column("reason_new", Kind.CODE, codes="revision_reason", entry=True, width=11),
        Column("pending", Kind.TEXT, width=32, wrap=True),
        Column("agreed_by", Kind.TEXT, width=9),
        Column("agreed_on", Kind.DATE),
        Column("last_orders", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("last_amount", Kind.MONEY),
        Column("last_paid", Kind.MONEY),
        *(Column(name, Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE, width=6) for name in WEEK_COLUMNS),
        Column("period", Kind.TEXT, key=True, width=10),
    ),
    row_lines=2,
    colours=(
        Colour("{state}={words[target_state][pending]}", ("state", "pending"), Tone.WARM, bold=True),
        Colour("{state}={words[target_state][agreed]}", ("state",), Tone.GOOD),
        Colour(
            "{state}={words[target_state][derived]}", ("state", "orders", "amount", "paid"), Tone.FAINT, italic=True
        ),
        Colour("{person}={words[share][total]}", bold=True, line_above=True),
        Colour(
            "AND({person}={words[share][unassigned]},OR(N({orders})<>0,N({amount})<>0,N({paid})<>0))",
            ("person", "orders", "amount", "paid"),
            Tone.WARM,
            bold=True,
        ),
    ),
)


@makes(TARGET_GRID, goals)
def target_grid(situation: Situation, goals: Goals) -> Made:
    """The TargetGrid: the team, each person, their sum and what nobody has; then what was typed and waits.

    The orders of a week are the target's share by working days: those of a person add up to his target, those of all and of what
    nobody has to the team's. Last period's are what was done. Source: desk.md 4, forecast.md 10.
    """
    weeks = periods.weeks(situation.period)
    first = _first_shown(weeks, situation.as_of)
    shown = weeks.iloc[first : first + WEEKS]
    rows, stands = _with_waiting(_rows(situation, goals, weeks, shown.index.to_numpy()), situation)
    problems, typed = Problems(), situation.typed_targets
    for fault in typed.faults:
        row = typed.header_row + 1 + stands[fault.at]
        problems.add("TargetGrid", fault.column, fault.code, [row], [fault.value], why=fault.why)
    note = notes.line(notes.as_of(situation), *_answer(situation, goals, rows), _dates(situation, shown, first))
    return Made(rows, problems, note)


def _rows(situation: Situation, goals: Goals, weeks: pd.DataFrame, shown: At) -> pd.DataFrame:
    people = np.array(situation.people, dtype=object)
    aimed = ~np.isnan(np.array([goals.target[m][1:] for m in NUMBERS.values()])).all(axis=0)
    at = np.flatnonzero(situation.active | aimed)
    weights = np.array([working(situation, weeks, person)[1] for person in situation.rows])
    target = goals.target["orders"]
    own = targets.by_week(target[1:], weights[1:])
    nobody = goals.unassigned["orders"]
    rest = np.sign(nobody) * targets.by_week(np.abs([nobody]), weights[:1])[0]
    total = np.nansum(own, axis=0) if (~np.isnan(own)).any() else np.full(len(weeks), np.nan)
    team = targets.by_week(target[:1], weights[:1])[0] if np.isnan(total).all() else total + rest
    by_week = np.vstack([team, own[at], total, rest if not np.isnan(target[0]) else np.full(len(weeks), np.nan)])
    who: Objects = np.array([None, *people[at], codes.TOTAL, codes.UNASSIGNED], dtype=object)
    last = _last(situation)
    frame = pd.DataFrame({"person": who, "period": situation.period.label})
    for measure in NUMBERS.values():
        frame[measure] = _column(goals.target[measure], at, goals.unassigned[measure])
        done = last[measure]
        frame[f"last_{measure}"] = np.concatenate([done[:1], done[1 + at], [np.nan, np.nan]])
    for number, name in enumerate(WEEK_COLUMNS):
        frame[name] = by_week[:, shown[number]] if number < len(shown) else np.nan
    named = [None, *people[at]]
    states = pd.DataFrame([_agreement(situation, goals, one) for one in named], index=range(len(named)))
    frame = frame.join(states)
    return frame.assign(**dict.fromkeys(ENTRIES)).reindex(columns=list(TARGET_GRID.names))


def _column(target: Numbers, at: At, unassigned: float) -> Numbers:
    """A measure's target of the team, of people, in sum, and of nobody."""
    own = target[1:]
    total = np.nansum(own) if (~np.isnan(own)).any() else np.nan
    return np.concatenate([target[:1], own[at], [total, np.nan if np.isnan(target[0]) else unassigned]])


def _agreement(situation: Situation, goals: Goals, who: str | None) -> dict[str, object]:
    """How far somebody's target is agreed, by whom and when, and the revision that waits."""
    force = goals.in_force
    row = situation.rows.index(who)
    if who not in force.value.index or force.value.loc[[who]].isna().all(axis=None):
        derived = any(not np.isnan(goals.target[m][row]) for m in NUMBERS.values())
        return {"state": DERIVED if derived else NONE, "pending": None, "agreed_by": None, "agreed_on": pd.NaT}
    of = force.rows.loc[[who]].iloc[0]
    change = target_notes.pending_change(situation, goals, who) if who in force.pending.index else ""
    state = PENDING if change else AGREED if force.agreed.get(who) else PROPOSED
    return {
        "state": state,
        "pending": change or None,
        "agreed_by": of["agreed_by"] if force.agreed.get(who) else None,
        "agreed_on": of["agreed_on"] if force.agreed.get(who) else pd.NaT,
    }


def _last(situation: Situation) -> dict[str, Numbers]:
    """What was done in the period before, over the team and the people; NaN where it is not known."""
    before, moves = periods.before(situation.period), won_moves(situation)
    inside = moves[(moves["day"] >= pd.Timestamp(before.start)) & (moves["day"] < pd.Timestamp(situation.period.start))]
    known = len(moves) > 0
    done = {"orders": situation.per_person(inside["who"])}
    done |= {m: situation.per_person(inside["who"], inside[m]) for m in ("amount", "paid")}
    unknown = np.full(len(situation.rows), np.nan)
    return {m: v if known and (m == "orders" or situation.has_orders) else unknown for m, v in done.items()}


def _first_shown(weeks: pd.DataFrame, as_of: date) -> int:
    """The first of the weeks shown: of a period that has more, the one of the day, or so that the last ones are seen."""
    now = int((weeks["from"] <= pd.Timestamp(as_of)).sum()) - 1
    return max(0, min(now, len(weeks) - WEEKS))


def _answer(situation: Situation, goals: Goals, rows: pd.DataFrame) -> list[str]:
    """How far the team's target is shared out and agreed, in a sentence; what it rests on."""
    team, language = goals.target["orders"][0], situation.language
    said = target_notes.of_targets(situation, goals)
    if np.isnan(team):
        return said
    own = rows[rows["person"].notna() & ~rows["person"].isin(codes.SHARES) & (rows["period"] == situation.period.label)]
    counts = own["state"].value_counts()
    rest = goals.unassigned["orders"]
    answer = say(
        "target_grid_line",
        language,
        team=decimal(team),
        shared=decimal(team - rest),
        people=len(own),
        agreed=int(counts.get(AGREED, 0)),
        pending=int(counts.get(PENDING, 0)),
    )
    return [answer, *target_notes.of_agreement(situation, goals), *said]


def _dates(situation: Situation, shown: pd.DataFrame, first: int) -> str:
    """Which days the weeks of the columns are."""
    days = [
        say("week_days", situation.language, number=number, first=f"{a.month}/{a.day}", last=f"{b.month}/{b.day}")
        for number, (a, b) in enumerate(zip(shown["from"], shown["to"], strict=True), 1)
    ]
    return say("weeks_line", situation.language, weeks=say("listed", situation.language).join(days))


def _with_waiting(rows: pd.DataFrame, situation: Situation) -> tuple[pd.DataFrame, At]:
    """The grid with the entries that wait, and the row (from 0) each stands in; those of another period or of nobody come last."""
    waiting = situation.typed_targets.waiting
    if waiting.empty:
        return rows, np.zeros(0, dtype=int)
    new = rows.astype(dict.fromkeys(ENTRIES, object))
    place = {key: at for at, key in enumerate(row_keys(TARGET_GRID, rows))}
    stands: list[int] = []
    below: list[int] = []
    for at, key in enumerate(row_keys(TARGET_GRID, waiting)):
        there = place.pop(key, None)  # a second row of the same person is a row of its own
        if there is None:
            there = len(rows) + len(below)
            below.append(at)
        else:
            new.loc[there, list(ENTRIES)] = waiting[list(ENTRIES)].iloc[at].tolist()
        stands.append(there)
    if below:
        new = pd.concat([new, waiting.iloc[below].astype(new.dtypes.to_dict())], ignore_index=True)
    return new, np.array(stands, dtype=int)
