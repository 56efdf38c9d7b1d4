"""One sentence on each person: the worst that is proved and what to do; without proof the largest part of the gap, said as such."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.told_chance import SCARCELY
from funnelbook.domain import pace
from funnelbook.domain.limits import PROBLEM, WATCH
from funnelbook.results import notes
from funnelbook.results.funnel import can_be_reached
from funnelbook.results.situation import Situation
from funnelbook.words import say

_TO_COME = ("B1", "B4")  # of the days still to come: told while there are any
_OUTCOMES = ("B1", "B8")  # the target and the result: what a cause explains, told where no cause is proved
_RATES = ("B1", "B3", "B3_numbers", "B5", "B6", "B7", "B8", "B9_promises")
_CALLS = "calls"
_FEW = 10  # below it a decimal matters


def sentences(situation: Situation, answers: pd.DataFrame, causes: pd.DataFrame, good: np.ndarray) -> dict[str, str]:
    """By person. `answers`: rows of the Diagnosis with `asked`, whose messages they have; `causes`: rows of Causes.

    `good`: whether each of the situation's people is left alone. Source: method A6, B1 to B9, forecast.md 9.
    """
    well = dict(zip(situation.people, good, strict=True))
    reached = dict(zip(situation.rows, can_be_reached(situation), strict=True))
    if situation.days_left == 0:
        answers = answers[~answers["question"].isin(_TO_COME)]
    found = {}
    for person in pd.unique(answers["person"]):
        rows, parts = (frame[frame["person"] == person] for frame in (answers, causes))
        found[person] = _sentence(situation, rows, parts, reached[person], good=bool(well[person]))
    return found


def _sentence(situation: Situation, answers: pd.DataFrame, causes: pd.DataFrame, reached: float, *, good: bool) -> str:
    """`reached`: new prospects who can still be called and reached in the period."""
    spoken = situation.language
    calls = answers[answers["question"] == "B2"]
    cause = _largest(situation, causes, like_others=bool((calls["value"] >= calls["benchmark"]).any()))
    for verdict in (PROBLEM, WATCH):
        worst = _worst(answers[answers["verdict"] == verdict])
        if worst is None:
            continue
        hopeless = {"B1": worst.value < SCARCELY, "B4": worst.benchmark - worst.value > reached}.get(worst.asked)
        key = f"sentence_{worst.asked}{'_hopeless' if hopeless else ''}"
        said = say(key, spoken, **_numbers(situation, worst))
        if worst.asked == "B8" and cause:
            said = notes.line(said, cause)
        return said if verdict == PROBLEM else say("sentence_watch", spoken, said=said)
    if good:
        return say("diagnose_good", spoken)
    return notes.line(say("sentence_unproved", spoken), cause) if cause else say("sentence_nothing", spoken)


class _Worst(NamedTuple):
    asked: str  # names the message
    value: float
    benchmark: float


def _worst(rows: pd.DataFrame) -> _Worst | None:
    """The row farthest below its limit in widths of the limit; what is to be explained after what explains it."""
    if rows.empty:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        far = (rows["benchmark"] - rows["value"]).to_numpy(float) / (rows["benchmark"] - rows["low"]).to_numpy(float)
    explained = rows["question"].isin(_OUTCOMES).to_numpy()
    row = rows.iloc[np.lexsort((-np.nan_to_num(far), explained))[0]]
    return _Worst(str(row["asked"]), float(row["value"]), float(row["benchmark"]))


def _numbers(situation: Situation, row: _Worst) -> dict[str, object]:
    """The numbers of a row as they are said, and the team's open customers a head, cold ones aside."""
    form = "{:.0%}" if row.asked in _RATES else "{:.1f}" if max(row.value, row.benchmark) < _FEW else "{:.0f}"
    heads = max(1, int(situation.active.sum()))
    return {
        "value": form.format(row.value),
        "benchmark": form.format(row.benchmark),
        "behind": f"{-100 * row.value:.0f}",
        "head": f"{situation.warm_stock[0].sum() / heads:.0f}",
    }


def _largest(situation: Situation, causes: pd.DataFrame, *, like_others: bool) -> str:
    """The largest part of what is missing and what to do about it; empty where nothing is.

    Calls that are on time are none of it, for Causes compares those of the period so far with the whole period's; nor are those
    of somebody who calls like the others.
    """
    if not causes["contribution"].sum() < 0:
        return ""
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    on_time = (causes["driver"] == _CALLS) & (like_others | (causes["actual"] >= causes["target"] * progress))
    short = causes[(causes["contribution"] < 0) & ~on_time]
    if short.empty:
        return ""
    driver = short.loc[short["contribution"].idxmin(), "driver"]
    share = short["contribution"].min() / short["contribution"].sum()
    return say(
        "sentence_cause",
        situation.language,
        driver=codes.word("driver", driver, situation.language).lower(),
        share=f"{share:.0%}",
        action=say(f"act_{driver}", situation.language),
    )
