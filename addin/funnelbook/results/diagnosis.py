"""The Diagnosis (诊断): nine questions why a person misses the target, each answered from data or left open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from funnelbook.book.checks import valid_phone
from funnelbook.book.schema import FEW_OR_MANY, Colour, Column, Kind, Role, Table, Tone
from funnelbook.domain import conversion, limits, pace
from funnelbook.domain.chance import UNLIKELY
from funnelbook.domain.dtypes import At, Numbers
from funnelbook.domain.limits import NO_EVIDENCE, OK, PROBLEM, WATCH, Limits
from funnelbook.results import notes, performance
from funnelbook.results.funnel import need
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

_JUDGED = ("value", "benchmark", "low", "high")
_SHARES = ",".join(  # questions answered in per cent
    f"{{question}}={{words[question][{code}]}}" for code in ("B1", "B3", "B5", "B6", "B7", "B8")
)
_UNJUDGED = "{verdict}={words[verdict][no_evidence]}"
DIAGNOSIS = Table(
    "Diagnosis",
    Role.RESULT,
    sheet="diagnosis",
    order=260,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("question", Kind.CODE, codes="question", key=True, width=26),
        Column("value", Kind.NUMBER, width=18, number=FEW_OR_MANY),
        Column("benchmark", Kind.NUMBER, number=FEW_OR_MANY),
        Column("cases", Kind.COUNT),
        Column("low", Kind.NUMBER, number=FEW_OR_MANY),
        Column("high", Kind.NUMBER, number=FEW_OR_MANY),
        Column("verdict", Kind.CODE, codes="verdict"),
        Column("advice", Kind.TEXT, width=42, wrap=True),
    ),
    row_lines=2,
    colours=(
        Colour(f"AND({_UNJUDGED},OR({_SHARES}))", _JUDGED, Tone.FAINT, number="0.0%"),
        Colour(f"OR({_SHARES})", _JUDGED, number="0.0%"),
        Colour("{verdict}={words[verdict][problem]}", ("verdict",), Tone.WARM, bold=True),
        Colour("{verdict}={words[verdict][watch]}", ("verdict",), Tone.AMBER, bold=True),
        Colour("{verdict}={words[verdict][ok]}", ("verdict",), Tone.GOOD, bold=True),
        Colour(_UNJUDGED, (), Tone.FAINT),
    ),
)

QUESTIONS = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9")
_TREND_WEEKS = 4
_FEWEST_INVALID = 3  # where the others have none at all, one slip of the pen would count as a poor list
_GRAVITY = {NO_EVIDENCE: 0, OK: 0, WATCH: 1, PROBLEM: 2}


@dataclass(frozen=True)
class _Answer:
    """One question's answer, a value a person; `advice` names its messages."""

    value: Numbers
    cases: Numbers
    found: Limits
    advice: str


@makes(DIAGNOSIS, goals)
def diagnosis(situation: Situation, goals: Goals) -> Made:
    """The Diagnosis: the nine questions of each active person, in order. Source: method B1 to B9, numbers.md 8.

    B3 shows the share of valid numbers, and B9 the promises kept, where these are worse than the rate and the calls.
    """
    people = len(situation.people)
    parts = []
    for question, answer_of in _ANSWERS.items():
        first, *others = answer_of(situation, goals)
        rows = _rows(situation, question, first)
        for other in others:
            instead = _rows(situation, question, other)
            worse = instead["verdict"].map(_GRAVITY) > rows["verdict"].map(_GRAVITY)
            rows = rows.where(~worse, instead)
        parts.append(rows.assign(at=np.arange(people)))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[situation.active[frame["at"].to_numpy(int)]]
    rows = frame.sort_values("at", kind="stable").drop(columns="at").reset_index(drop=True)
    return Made(rows, note=notes.line(notes.as_of(situation), say("diagnosis_line", situation.language)))


def _rows(situation: Situation, question: str, answer: _Answer) -> pd.DataFrame:
    found, spoken = answer.found, situation.language
    said = {
        OK: None,
        NO_EVIDENCE: say("diagnose_no_evidence", spoken),
        **dict.fromkeys((WATCH, PROBLEM), say(f"diagnose_{answer.advice}", spoken)),
    }
    return pd.DataFrame(
        {
            "person": np.array(situation.people, dtype=object),
            "question": question,
            "value": answer.value,
            "benchmark": found.benchmark,
            "cases": np.floor(answer.cases),
            "low": found.low,
            "high": found.high,
            "verdict": found.verdict,
            "advice": np.array([said[v] for v in found.verdict], dtype=object),
        }
    )


def _target(situation: Situation, goals: Goals) -> list[_Answer]:
    """B1: the chance a person with this stock and these new prospects has at the team's rates."""
    people = len(situation.people)
    at_team_rates = situation.expected_at_team_rates
    chance = np.array([situation.to_come_of(at_team_rates, row).at_least(gap) for row, gap in enumerate(goals.gap)])
    cases = situation.rates["cases"].to_numpy(float)[: situation.tiers.n].min()
    known = (cases >= situation.settings.min_cases) & ~np.isnan(chance[1:])
    verdict = np.where(known, np.where(chance[1:] < UNLIKELY, PROBLEM, OK), NO_EVIDENCE).astype(object)
    blank, limit = np.full(people, np.nan), np.full(people, UNLIKELY)
    benchmark = np.full(people, chance[0])
    return [_Answer(chance[1:], np.full(people, cases), Limits(benchmark, limit, blank, verdict), "B1")]


def _calls(situation: Situation, goals: Goals) -> list[_Answer]:
    """B2: calls per available day of the period so far."""
    first = situation.period.start
    calls = performance.counts(situation, first, situation.as_of)["calls"][1:]
    days = situation.available_days(first, min(situation.as_of, situation.period.end))
    found = limits.rate_limits(calls, days, min_cases=situation.settings.min_cases)
    return [_Answer(_ratio(calls, days), _or_zero(found.benchmark * days), found, "B2")]


def _leads(situation: Situation, goals: Goals) -> list[_Answer]:
    """B3: how many go on from the lowest tier, at the team's mix of sources; how many numbers are valid."""
    s = situation.settings
    mature = conversion.mature_cases(
        situation.cohorts, situation.tiers, situation.as_of, s.rate_window_days, s.mature_weeks
    )
    mature = mature[mature["tier"] == 0]
    source, kinds = pd.factorize(situation.customers["source"].fillna("").to_numpy(object)[mature["customer"]])
    successes, trials = (
        _by_stratum(situation, rows["who"], source[kept], len(kinds))
        for kept in (mature["moved"].to_numpy(), np.ones(len(mature), dtype=bool))
        for rows in (mature[kept],)
    )
    found, rate, cases = limits.reweighted_limits(successes, trials, min_cases=s.min_cases)
    phones = situation.customers[situation.customers["phone"].notna()]
    valid, all_phones = (
        situation.per_person(rows["who"])[1:] for rows in (phones[valid_phone(phones["phone"])], phones)
    )
    numbers = limits.proportion_limits(valid, all_phones, min_cases=s.min_cases)
    few = (all_phones - valid < _FEWEST_INVALID) & (numbers.verdict != NO_EVIDENCE)
    numbers = numbers._replace(verdict=np.where(few, OK, numbers.verdict).astype(object))
    return [
        _Answer(rate, cases, found, "B3"),
        _Answer(_ratio(valid, all_phones), all_phones, numbers, "B3_numbers"),
    ]


def _stock(situation: Situation, goals: Goals) -> list[_Answer]:
    """B4: open customers against as many as the target needs: those there and the new ones missing."""
    stock = situation.open_stock[1:].sum(axis=1).astype(float)
    needed = stock + need(situation, goals).missing[1:, 0]
    found = limits.expected_limits(stock, needed, min_cases=situation.settings.min_cases)
    return [_Answer(stock, _or_zero(needed), found, "B4")]


def _quotes(situation: Situation, goals: Goals) -> list[_Answer]:
    """B5: of the quoted cases that ended, the share won."""
    closed = performance.closed_cases(situation)
    return [_won_of(situation, closed[closed["quoted"]], "B5")]


def _closing(situation: Situation, goals: Goals) -> list[_Answer]:
    """B6: of all cases that ended, the share won."""
    return [_won_of(situation, performance.closed_cases(situation), "B6")]


def _margin(situation: Situation, goals: Goals) -> list[_Answer]:
    """B7: margin rate of the orders in the window of the rates."""
    orders = performance.between(situation.orders, "date", performance.window_start(situation), situation.as_of)
    who = orders["who"].to_numpy() - 1
    kept = (who >= 0) & (orders["amount"] > 0).to_numpy() & orders["margin"].notna().to_numpy()
    rate = (orders["margin"] / orders["amount"]).to_numpy(float)[kept]
    found, mean, cases = limits.mean_limits(
        rate, who[kept], len(situation.people), min_cases=situation.settings.min_cases
    )
    return [_Answer(mean, cases, found, "B7")]


def _ahead(situation: Situation, goals: Goals) -> list[_Answer]:
    """B8: completion less time progress."""
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    target, won = goals.target["orders"][1:], goals.won["orders"][1:]
    due = np.where(target > 0, target * progress, np.nan)
    found = limits.expected_limits(won, due, min_cases=situation.settings.min_cases)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (part / target - progress for part in (found.low, found.high))
    ahead = pace.completion(won, target) - progress
    return [_Answer(ahead, _or_zero(due), Limits(due * 0, low, high, found.verdict), "B8")]


def _attitude(situation: Situation, goals: Goals) -> list[_Answer]:
    """B9: calls a day, and promises kept, of the last two weeks against the last four."""
    today, half = situation.as_of, timedelta(weeks=_TREND_WEEKS // 2)
    spans = [(today - part + timedelta(days=1), today) for part in (half, 2 * half)]
    calls = [performance.counts(situation, *span)["calls"][1:] for span in spans]
    days = [situation.available_days(*span) for span in spans]
    promises = [performance.between(situation.promised, "day", *span) for span in spans]
    due = [situation.per_person(rows["who"])[1:] for rows in promises]
    kept = [situation.per_person(rows["who"][rows["done"].to_numpy(bool)])[1:] for rows in promises]
    return [
        _Answer(
            _ratio(counts[0], exposure[0]),
            counts[1],
            limits.trend_limits(counts[0], counts[1], exposure[0], exposure[1], min_cases=situation.settings.min_cases),
            advice,
        )
        for counts, exposure, advice in ((calls, days, "B9"), (kept, due, "B9_promises"))
    ]


_ANSWERS: dict[str, Callable[[Situation, Goals], list[_Answer]]] = dict(
    zip(
        QUESTIONS,
        (_target, _calls, _leads, _stock, _quotes, _closing, _margin, _ahead, _attitude),
        strict=True,
    )
)


def _won_of(situation: Situation, cases: pd.DataFrame, advice: str) -> _Answer:
    n = situation.per_person(cases["who"])[1:]
    won = situation.per_person(cases["who"][cases["won"].to_numpy(bool)])[1:]
    return _Answer(_ratio(won, n), n, limits.proportion_limits(won, n, min_cases=situation.settings.min_cases), advice)


def _by_stratum(situation: Situation, who: pd.Series, stratum: At, strata: int) -> Numbers:
    """Rows per person and stratum."""
    who = who.to_numpy() - 1
    counts = np.zeros((len(situation.people), strata))
    np.add.at(counts, (who[who >= 0], stratum[who >= 0]), 1)
    return counts


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def _or_zero(cases: Numbers) -> Numbers:
    return np.nan_to_num(cases)
