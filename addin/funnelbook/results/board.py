"""The Board (龙虎榜): who has done how much of the target, against the time gone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.schema import ONE_DECIMAL, WHOLE, Chart, Colour, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.domain import limits, pace
from funnelbook.results import headlines, notes, performance, target_notes
from funnelbook.results.chances import ends
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

# people against their target and the time gone, as on the Board and in the meeting pack
PROGRESS = (
    Chart("target_done", "column", "person", (Series("target", Tone.PALE), Series("orders"))),
    Chart(
        "completion",
        "column",
        "person",
        (Series("completion"),),
        lines=(Series("time_progress", Tone.WARM),),
        per_cent=True,
    ),
)
AHEAD = (
    Colour("AND(ISNUMBER({ahead}),{ahead}<0)", ("ahead",), Tone.WARM),
    Colour("AND(ISNUMBER({ahead}),{ahead}>=0)", ("ahead",), Tone.GOOD),
)
UNASSIGNED_ROW = Colour("{person}={words[share][unassigned]}", ("person", "target"), Tone.WARM, bold=True)
BOARD = Table(
    "Board",
    Role.RESULT,
    sheet="board",
    order=250,
    columns=(
        Column("rank", Kind.COUNT, centred=True),
        Column("person", Kind.PERSON, key=True),
        Column("orders", Kind.COUNT, unit=Unit.ORDERS),
        Column("amount", Kind.MONEY),
        Column("margin", Kind.MONEY),
        Column("target", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("pending", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("completion", Kind.RATE),
        Column("time_progress", Kind.RATE),
        Column("ahead", Kind.RATE),
        Column("forecast", Kind.NUMBER, unit=Unit.ORDERS, number=ONE_DECIMAL),
        Column("star", Kind.FLAG),
    ),
    charts=PROGRESS,
    colours=(*AHEAD, UNASSIGNED_ROW),
)


@makes(BOARD, goals)
def board(situation: Situation, goals: Goals) -> Made:
    """The Board: people by completion (without targets by orders), what nobody has of the target, then the team.

    pending: the target a revision asks for that nobody agreed yet. Source: method A4 and A5, numbers.md 7, forecast.md 10.
    """
    done, target = goals.won["orders"], goals.target["orders"]
    completion = pace.completion(done, target)
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    frame = pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "orders": done,
            "amount": goals.won["amount"],
            "margin": goals.won["margin"],
            "target": target,
            "pending": _pending(situation, goals),
            "completion": completion,
            "time_progress": progress,
            "ahead": completion - progress,
            "forecast": ends(situation, goals)["expected"],
            "star": np.concatenate([[False], stars(situation)]),
        }
    )
    people = frame.iloc[1:].assign(rank=ranks(goals)).sort_values("rank", kind="stable")
    rest = goals.unassigned["orders"]
    nobody = pd.DataFrame({"person": [codes.UNASSIGNED], "target": [rest], "star": [False]}) if rest else None
    rows = pd.concat([part for part in (people, nobody, frame.iloc[:1]) if part is not None], ignore_index=True)
    note = notes.line(
        notes.as_of(situation),
        *headlines.of_board(rows, situation.language),
        *target_notes.of_targets(situation, goals),
        *target_notes.of_agreement(situation, goals),
        *notes.of_data(situation),
    )
    return Made(rows, note=note, chart_rows=len(situation.people))


def _pending(situation: Situation, goals: Goals) -> np.ndarray:
    """Orders of the revisions that wait to be agreed, over the team and the people; NaN where there is none, or orders stay."""
    asked = goals.in_force.pending["orders"].reindex(pd.Index(situation.rows, dtype=object)).to_numpy(float)
    return np.where(asked == goals.target["orders"], np.nan, asked)


def stars(situation: Situation) -> np.ndarray:
    """Who of the people has more orders a day than chance explains, in the window of the rates, and enough of them.

    Above the upper 95 % limit in orders per available day with at least `min_cases` orders. Source: method A6, numbers.md 8.
    """
    first, last = performance.window_start(situation), situation.as_of
    orders = performance.counts(situation, first, last)["orders"][1:]
    days = situation.available_days(first, last)
    found = limits.rate_limits(orders, days)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (orders / days > found.high) & (orders >= max(1, situation.settings.min_cases))


def ranks(goals: Goals) -> np.ndarray:
    """Rank of each person by completion, without targets by orders; equals share the better one."""
    done, completion = goals.won["orders"][1:], pace.completion(goals.won["orders"], goals.target["orders"])[1:]
    merit = np.nan_to_num(completion, nan=-1.0) * 1e6 + done if (~np.isnan(completion)).any() else done
    return pd.Series(merit).rank(ascending=False, method="min").to_numpy()
