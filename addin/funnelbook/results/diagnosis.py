"""The Diagnosis (诊断): nine questions why a person misses the target, each answered from data or left open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd

from funnelbook.book.checks import valid_phone
from funnelbook.book.schema import FEW_OR_MANY, Colour, Column, Kind, Role, Table, Tone
from funnelbook.domain import incidence, limits, needed, pace
from funnelbook.domain.chance import LIKELY, UNLIKELY
from funnelbook.domain.dtypes import Numbers
from funnelbook.domain.limits import NO_EVIDENCE, OK, PROBLEM, WATCH, Limits
from funnelbook.results import headlines, notes, performance
from funnelbook.results.causes import CAUSES
from funnelbook.results.diagnosis_answers import Answer, leaning_only, of_counts, of_proportion, of_trend, still_of_rate
from funnelbook.results.funnel import need
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.person_sentences import sentences
from funnelbook.results.shapes import SHAPES
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
        Column("sentence", Kind.TEXT, width=60, wrap=True),
        Column("question", Kind.CODE, codes="question", key=True, width=26),
        Column("value", Kind.NUMBER, width=18, number=FEW_OR_MANY),
        Column("benchmark", Kind.NUMBER, number=FEW_OR_MANY),
        Column("cases", Kind.COUNT),
        Column("low", Kind.NUMBER, number=FEW_OR_MANY),
        Column("high", Kind.NUMBER, number=FEW_OR_MANY),
        Column("verdict", Kind.CODE, codes="verdict"),
        Column("needed", Kind.COUNT),
        Column("leaning", Kind.CODE, codes="leaning"),
        Column("advice", Kind.TEXT, width=56, wrap=True),
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
_LEANING = {-1: "below", 0: "none", 1: "above"}
_LEFT_ALONE = ("B2", "B4", "B9")  # no problem of somebody whose results are good


@makes(DIAGNOSIS, goals, SHAPES, CAUSES)
def diagnosis(situation: Situation, goals: Goals, shapes: Made, causes: Made) -> Made:
    """The Diagnosis: the nine questions of each active person, in order, and on the first row a sentence on the person.

    B3 shows the share of valid numbers, and B9 the promises kept, where these are worse than the rate and the calls. Who is ahead
    of time progress, or likely to make the target, is left alone in B2, B4 and B9. Where there is no evidence: which way it leans,
    and how many cases are still needed. Source: method A6, B1 to B9, numbers.md 8, forecast.md 9.
    """
    people = len(situation.people)
    good = done_well(situation, goals, shapes.rows["chance"].to_numpy(float)[1:])
    parts = []
    for question, answer_of in _ANSWERS.items():
        first, *others = answer_of(situation, goals)
        rows = _rows(situation, question, first)
        for other in others:
            instead = _rows(situation, question, other)
            worse = instead["verdict"].map(_GRAVITY) > rows["verdict"].map(_GRAVITY)
            rows = rows.where(~worse, instead) if worse.any() else rows
        spared = good & (rows["verdict"] != OK)
        if question in _LEFT_ALONE and spared.any():
            well = {
                "verdict": OK,
                "advice": say("diagnose_good", situation.language),
                "needed": np.nan,
                "leaning": None,
            }
            rows = rows.where(~spared, rows.assign(**well))
        parts.append(rows.assign(at=np.arange(people)))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[situation.active[frame["at"].to_numpy(int)]]
    rows = frame.sort_values("at", kind="stable").reset_index(drop=True)
    told = sentences(situation, rows, causes.rows, good)
    rows["sentence"] = rows["person"].map(told).where(~rows["at"].duplicated(), None)
    answer = headlines.of_questions(rows, situation.language)
    return Made(
        rows[list(DIAGNOSIS.names)],
        note=notes.line(notes.as_of(situation), *answer, say("diagnosis_line", situation.language)),
    )


def done_well(situation: Situation, goals: Goals, chance: np.ndarray) -> np.ndarray:
    """Who is ahead of time progress, or makes the target by a chance of LIKELY or more."""
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    completion = pace.completion(goals.won["orders"], goals.target["orders"])[1:]
    return (completion > progress) | (chance >= LIKELY)


def _rows(situation: Situation, question: str, answer: Answer) -> pd.DataFrame:
    found, spoken = answer.found, situation.language
    unsure = found.verdict == NO_EVIDENCE
    said = {OK: None, **dict.fromkeys((WATCH, PROBLEM), say(f"diagnose_{answer.advice}", spoken))}
    leaning = [_LEANING[way] for way in answer.still.leaning]
    judged = np.array([said.get(v) for v in found.verdict], dtype=object)
    soon = np.where(answer.still.cases <= answer.left, answer.still.cases, np.nan)
    waits = [_waits(way, cases, answer.advice, spoken) for way, cases in zip(leaning, soon, strict=True)]
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
            "needed": np.where(unsure, answer.still.cases, np.nan),
            "leaning": pd.Series(leaning, dtype=object).where(unsure, None),
            "advice": np.where(unsure, np.array(waits, dtype=object), judged),
            "asked": answer.advice,
        }
    )


def _waits(leaning: str, cases: float, advice: str, language: str) -> str:
    """What is said where nothing can be said yet: which way it leans, and what is still needed."""
    if np.isnan(cases):
        return say(f"leans_{leaning}", language)
    more = say(f"more_{advice}", language, needed=int(cases))
    return say(f"leans_{leaning}_needs", language, more=more)


def _target(situation: Situation, goals: Goals) -> list[Answer]:
    """B1: the chance a person with this stock and these new prospects has at the team's rates."""
    people = len(situation.people)
    at_team_rates = situation.expected_at_team_rates
    chance = np.array([situation.to_come_of(at_team_rates, row).at_least(gap) for row, gap in enumerate(goals.gap)])
    cases = situation.rates["cases"].to_numpy(float)[: situation.tiers.n].min()
    known = (cases >= situation.settings.min_cases) & ~np.isnan(chance[1:])
    verdict = np.where(known, np.where(chance[1:] < UNLIKELY, PROBLEM, OK), NO_EVIDENCE).astype(object)
    blank, limit = np.full(people, np.nan), np.full(people, UNLIKELY)
    benchmark = np.full(people, chance[0])
    still = leaning_only(chance[1:], limit, situation.settings.min_cases - cases)
    return [Answer(chance[1:], np.full(people, cases), Limits(benchmark, limit, blank, verdict), "B1", still)]


def _calls(situation: Situation, goals: Goals) -> list[Answer]:
    """B2: calls per available day of the period so far."""
    first = situation.period.start
    calls = performance.counts(situation, first, situation.as_of)["calls"][1:]
    days = situation.available_days(first, min(situation.as_of, situation.period.end))
    left = situation.available_days(first, situation.period.end) - days
    return [replace(of_counts(calls, days, "B2", situation.settings.min_cases), left=left)]


def _leads(situation: Situation, goals: Goals) -> list[Answer]:
    """B3: how many go on from the lowest tier, at the team's mix of sources; how many numbers are valid."""
    s = situation.settings
    of, cohorts = situation.watched, situation.cohorts
    who = cohorts["who"].to_numpy(np.intp)[of.row] - 1
    source, kinds = pd.factorize(situation.customers["source"].fillna("").to_numpy(object)[cohorts["customer"]][of.row])
    which = np.flatnonzero((of.tier == 0) & (who >= 0))
    strata = (len(situation.people), len(kinds))
    shares = incidence.incidence(of, which, who[which] * len(kinds) + source[which], strata[0] * strata[1])
    successes, trials = ((shares.share * shares.cases).reshape(strata), shares.cases.reshape(strata))
    found, rate, cases = limits.reweighted_limits(successes, trials, min_cases=s.min_cases)
    phones = situation.customers[situation.customers["phone"].notna()]
    valid, all_phones = (
        situation.per_person(rows["who"])[1:] for rows in (phones[valid_phone(phones["phone"])], phones)
    )
    numbers = of_proportion(valid, all_phones, "B3_numbers", s.min_cases)
    verdict = numbers.found.verdict
    few = (all_phones - valid < _FEWEST_INVALID) & (verdict != NO_EVIDENCE)
    return [
        Answer(rate, cases, found, "B3", still_of_rate(rate, cases, found.benchmark, s.min_cases)),
        replace(numbers, found=numbers.found._replace(verdict=np.where(few, OK, verdict).astype(object))),
    ]


def _stock(situation: Situation, goals: Goals) -> list[Answer]:
    """B4: open customers, cold ones aside, against as many as the target needs: those there and the new ones missing."""
    stock = situation.warm_stock[1:].sum(axis=1).astype(float)
    wanted = stock + need(situation, goals).missing[1:, 0]
    found = limits.expected_limits(stock, wanted, min_cases=situation.settings.min_cases)
    return [Answer(stock, _or_zero(wanted), found, "B4", leaning_only(stock, wanted))]


def _quotes(situation: Situation, goals: Goals) -> list[Answer]:
    """B5: of the quoted cases that ended, the share won."""
    closed = performance.closed_cases(situation)
    return [_won_of(situation, closed[closed["quoted"]], "B5")]


def _closing(situation: Situation, goals: Goals) -> list[Answer]:
    """B6: of all cases that ended, the share won."""
    return [_won_of(situation, performance.closed_cases(situation), "B6")]


def _margin(situation: Situation, goals: Goals) -> list[Answer]:
    """B7: margin rate of the orders in the window of the rates."""
    orders = performance.between(situation.orders, "date", performance.window_start(situation), situation.as_of)
    who = orders["who"].to_numpy() - 1
    kept = (who >= 0) & (orders["amount"] > 0).to_numpy() & orders["margin"].notna().to_numpy()
    rate = (orders["margin"] / orders["amount"]).to_numpy(float)[kept]
    found, mean, cases = limits.mean_limits(
        rate, who[kept], len(situation.people), min_cases=situation.settings.min_cases
    )
    return [Answer(mean, cases, found, "B7", leaning_only(mean, found.benchmark))]


def _ahead(situation: Situation, goals: Goals) -> list[Answer]:
    """B8: completion less time progress."""
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    target, won = goals.target["orders"][1:], goals.won["orders"][1:]
    due = np.where(target > 0, target * progress, np.nan)
    found = limits.expected_limits(won, due, min_cases=situation.settings.min_cases)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (part / target - progress for part in (found.low, found.high))
    ahead = pace.completion(won, target) - progress
    whole = situation.calendar.count(situation.period.start, situation.period.end)
    gone = np.full(len(target), round(progress * whole))
    with np.errstate(divide="ignore", invalid="ignore"):
        a_day = np.where(target > 0, target, np.nan) / whole
    still = needed.for_count(won, gone, a_day, 1.0, situation.settings.min_cases)
    still = still._replace(cases=np.where(still.cases > whole - gone, np.nan, still.cases))  # the period is over before
    return [Answer(ahead, _or_zero(due), Limits(due * 0, low, high, found.verdict), "B8", still)]


def _attitude(situation: Situation, goals: Goals) -> list[Answer]:
    """B9: calls a day, and promises kept, of the last two weeks against the last four."""
    today, half = situation.as_of, timedelta(weeks=_TREND_WEEKS // 2)
    spans = [(today - part + timedelta(days=1), today) for part in (half, 2 * half)]
    calls = [performance.counts(situation, *span)["calls"][1:] for span in spans]
    days = [situation.available_days(*span) for span in spans]
    promises = [performance.between(situation.promised, "day", *span) for span in spans]
    due = [situation.per_person(rows["who"])[1:] for rows in promises]
    kept = [situation.per_person(rows["who"][rows["done"].to_numpy(bool)])[1:] for rows in promises]
    return [
        of_trend(counts, exposure, advice, situation.settings.min_cases)
        for counts, exposure, advice in ((calls, days, "B9"), (kept, due, "B9_promises"))
    ]


_ANSWERS: dict[str, Callable[[Situation, Goals], list[Answer]]] = dict(
    zip(
        QUESTIONS,
        (_target, _calls, _leads, _stock, _quotes, _closing, _margin, _ahead, _attitude),
        strict=True,
    )
)


def _won_of(situation: Situation, cases: pd.DataFrame, advice: str) -> Answer:
    n = situation.per_person(cases["who"])[1:]
    won = situation.per_person(cases["who"][cases["won"].to_numpy(bool)])[1:]
    return of_proportion(won, n, advice, situation.settings.min_cases)


def _or_zero(cases: Numbers) -> Numbers:
    return np.nan_to_num(cases)
