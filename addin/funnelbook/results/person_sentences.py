"""One sentence on each person: the worst that is proved and what to do; without proof the largest part of the gap, said as such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

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


class _Answer(NamedTuple):
    """A row of the Diagnosis; `asked` names its message."""

    question: str
    asked: str
    verdict: str
    value: float
    benchmark: float
    low: float


class _Part(NamedTuple):
    """A row of Causes."""

    driver: str
    target: float
    actual: float
    contribution: float


Row = TypeVar("Row", _Answer, _Part)


def sentences(situation: Situation, answers: pd.DataFrame, causes: pd.DataFrame, good: np.ndarray) -> dict[str, str]:
    """By person. `answers`: rows of the Diagnosis with `asked`, whose messages they have; `causes`: rows of Causes.

    `good`: whether each of the situation's people is left alone. Source: method A6, B1 to B9, forecast.md 9.
    """
    well = dict(zip(situation.people, good.tolist(), strict=True))
    reached = dict(zip(situation.rows, can_be_reached(situation).tolist(), strict=True))
    if situation.days_left == 0:
        answers = answers[~answers["question"].isin(_TO_COME)]
    parts = _by_person(causes, _Part)
    return {
        person: _sentence(situation, rows, parts.get(person, []), reached[person], good=well[person])
        for person, rows in _by_person(answers, _Answer).items()
    }


def _by_person(frame: pd.DataFrame, row: type[Row]) -> dict[str, list[Row]]:
    """The rows of each person, in the order of the frame."""
    found: dict[str, list[Row]] = {}
    for person, *values in zip(frame["person"], *(frame[name].tolist() for name in row._fields), strict=True):
        found.setdefault(person, []).append(row(*values))
    return found


def _sentence(
    situation: Situation, answers: Sequence[_Answer], causes: Sequence[_Part], reached: float, *, good: bool
) -> str:
    """`reached`: new prospects who can still be called and reached in the period."""
    spoken = situation.language
    like_others = any(row.question == "B2" and row.value >= row.benchmark for row in answers)
    cause = _largest(situation, causes, like_others=like_others)
    for verdict in (PROBLEM, WATCH):
        worst = min((row for row in answers if row.verdict == verdict), key=_gravity, default=None)
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


def _gravity(row: _Answer) -> tuple[bool, float]:
    """What comes first: the farthest below its limit in widths of the limit, but what is to be explained after what explains it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.float64(row.benchmark - row.value) / np.float64(row.benchmark - row.low)
    return row.question in _OUTCOMES, -float(np.nan_to_num(far))


def _numbers(situation: Situation, row: _Answer) -> dict[str, object]:
    """The numbers of a row as they are said, and the team's open customers a head, cold ones aside."""
    form = "{:.0%}" if row.asked in _RATES else "{:.1f}" if max(row.value, row.benchmark) < _FEW else "{:.0f}"
    heads = max(1, int(situation.active.sum()))
    return {
        "value": form.format(row.value),
        "benchmark": form.format(row.benchmark),
        "behind": f"{-100 * row.value:.0f}",
        "head": f"{situation.warm_stock[0].sum() / heads:.0f}",
    }


def _largest(situation: Situation, causes: Sequence[_Part], *, like_others: bool) -> str:
    """The largest part of what is missing and what to do about it; empty where nothing is.

    Calls that are on time are none of it, for Causes compares those of the period so far with the whole period's; nor are those
    of somebody who calls like the others.
    """
    if not np.nansum([part.contribution for part in causes]) < 0:
        return ""
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    short = [
        part
        for part in causes
        if part.contribution < 0
        and not (part.driver == _CALLS and (like_others or part.actual >= part.target * progress))
    ]
    if not short:
        return ""
    largest = min(short, key=lambda part: part.contribution)
    share = largest.contribution / np.sum([part.contribution for part in short])
    return say(
        "sentence_cause",
        situation.language,
        driver=codes.word("driver", largest.driver, situation.language).lower(),
        share=f"{share:.0%}",
        action=say(f"act_{largest.driver}", situation.language),
    )
