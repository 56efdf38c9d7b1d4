"""Formulas of the team: targets split, pace, gap, control limits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.domain import drivers, limits, pace, targets
from funnelbook.domain.dtypes import Numbers
from funnelbook.domain.periods import Period
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.formulas import cells as c
from funnelbook.formulas import tables as t
from funnelbook.formulas.errors import NUM, VALUE, FormulaError
from funnelbook.formulas.formula import Argument, Formula


def split(total: float, weights: Numbers, locked: Numbers | None = None, fairness: float = 0.0) -> Numbers:
    """Whole numbers that add up to `total`, locked ones first, ties to the first. Source: method A1, numbers.md 7."""
    if total != round(total):
        raise FormulaError(VALUE, "not_whole", row=1, column=1, value=f"{total:g}")
    c.summable(total, weights)
    if locked is not None:
        c.same_length(weights, locked)
        fixed = locked[~np.isnan(locked)]
        if (fixed < 0).any() or (fixed != np.round(fixed)).any():
            raise FormulaError(VALUE, "locked_whole")
        if fixed.sum() > total or (len(fixed) == len(locked) and fixed.sum() < total):
            raise FormulaError(NUM, "locked_total", locked=f"{fixed.sum():g}", total=f"{total:g}")
    return targets.split(total, weights, locked, fairness)


def pace_of(
    done: Numbers,
    target: Numbers,
    from_day: date,
    to_day: date,
    as_of: date,
    calendar: WorkCalendar | None = None,
) -> Numbers:
    """Completion, time progress, ahead: a row for each target. Source: method A4, numbers.md 7."""
    if to_day < from_day:
        raise FormulaError(VALUE, "ends_before", first=from_day, last=to_day)
    done, target = np.broadcast_arrays(done, target) if 1 in (len(done), len(target)) else (done, target)
    c.same_length(done, target)
    completion = pace.completion(done, target)
    gone = pace.time_progress(Period(from_day, to_day, ""), as_of, calendar or WorkCalendar.plain())
    return np.column_stack([completion, np.full(len(completion), gone), completion - gone])


def gap(target_factors: Numbers, actual_factors: Numbers) -> Numbers:
    """What each factor adds to the gap between the products; the parts sum to it. Source: method B10, numbers.md 8."""
    c.same_length(target_factors, actual_factors)
    if len(target_factors) > drivers.MOST_FACTORS:
        raise FormulaError(NUM, "too_many_factors", most=drivers.MOST_FACTORS)
    try:
        return drivers.shapley(target_factors, actual_factors)
    except ValueError:  # lengths and number are right, and cells are finite: the products are not
        raise FormulaError(NUM, "too_large") from None


def limits_of(successes: Numbers, trials: Numbers, level: float = 0.95, *, language: str) -> pd.DataFrame:
    """Benchmark, low, high, verdict: a row for each person, against the others. Source: method B, numbers.md 8."""
    c.same_length(successes, trials)
    if (successes > trials).any():
        raise FormulaError(VALUE, "more_successes", row=int(np.flatnonzero(successes > trials)[0]) + 1)
    if not 0 < level < 1:
        raise FormulaError(VALUE, "not_share", row=1, column=1, value=f"{level:g}")
    found = limits.proportion_limits(successes, trials, level)
    verdict = [codes.word("verdict", v, language) for v in found.verdict]
    return pd.DataFrame({"benchmark": found.benchmark, "low": found.low, "high": found.high, "verdict": verdict})


FORMULAS = (
    Formula(
        "FB_SPLIT", split, "team",
        (
            Argument("total", c.amount),
            Argument("weights", c.counts),
            Argument("locked", c.numbers, optional=True),
            Argument("fairness", c.share, optional=True),
        ),
        "=FB_SPLIT(100, {3;3;1})", ((43.0,), (43.0,), (14.0,)),
    ),
    Formula(
        "FB_PACE", pace_of, "team",
        (
            Argument("done", c.counts),
            Argument("target", c.counts),
            Argument("from_day", c.day),
            Argument("to_day", c.day),
            Argument("as_of", c.day),
            t.CALENDAR,
        ),
        '=FB_PACE(6, 10, "2026-06-01", "2026-06-12", "2026-06-05")', ((0.6, 0.5, 0.1),),
    ),
    Formula(
        "FB_GAP", gap, "team",
        (
            Argument("target_factors", c.all_numbers),
            Argument("actual_factors", c.all_numbers),
        ),
        "=FB_GAP({1000;0.3;0.2;0.25;2000}, {800;0.33;0.2;0.2;2100})",
        ((-5798.5,), (2496.5,), (0.0,), (-5798.5,), (1276.5,)),
    ),
    Formula(
        "FB_LIMITS", limits_of, "team",
        (
            Argument("successes", c.whole),
            Argument("trials", c.whole),
            Argument("level", c.share, optional=True),
        ),
        "=FB_LIMITS({10;2}, {19;4})", ((0.5, 0.263158, 0.736842, "数据不足"), (0.526316, 0.0, 1.0, "数据不足")), speaks=True,
    ),
)  # fmt: skip
