"""The Funnel table: stock, rates and need at every tier, for the team and each person."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.schema import ONE_DECIMAL, Chart, Colour, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.book.told_chance import CHANCE
from funnelbook.domain import backplan, levers, shape
from funnelbook.domain.dtypes import Numbers, Objects
from funnelbook.domain.incidence import RATE_BOUNDS
from funnelbook.results import headlines, notes
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

FUNNEL = Table(
    "Funnel",
    Role.RESULT,
    sheet="funnel",
    order=201,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("tier", Kind.TIER, key=True, shaded=True),
        Column("stock", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("cold", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("warm", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("expected", Kind.NUMBER, unit=Unit.CUSTOMERS, number=ONE_DECIMAL),
        Column("ratio", Kind.RATE),
        Column("reached", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("cases", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("rate_raw", Kind.RATE),
        Column("rate", Kind.RATE),
        Column("rate_low", Kind.RATE),
        Column("rate_high", Kind.RATE),
        Column("estimate", Kind.FLAG),
        Column("lead_days", Kind.NUMBER, unit=Unit.DAYS, number=ONE_DECIMAL),
        Column("needed", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("missing", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("p_in_time", Kind.RATE, number=CHANCE),
        Column("note", Kind.TEXT, width=31, wrap=True),
    ),
    charts=(
        Chart("funnel_ideal", "bar", "tier", (Series("warm"), Series("expected", Tone.PALE))),
        Chart("funnel_need", "column", "tier", (Series("warm"), Series("needed", Tone.WARM))),
    ),
    colours=(
        Colour("AND(ISNUMBER({missing}),{missing}>0)", ("missing",), Tone.WARM, bold=True),
        Colour('{estimate}<>""', ("rate", "rate_low", "rate_high"), Tone.FAINT, italic=True),
    ),
)


def need(situation: Situation, goals: Goals) -> backplan.Need:
    """Customers needed and missing at every tier, (1 + people) x tiers; NaN without a target. numbers.md 3."""
    return backplan.need(goals.gap, situation.warm_stock, situation.rate)


def ideal(situation: Situation) -> Numbers:
    """Customers each tier would hold in the ideal shape, (1 + people) x tiers. numbers.md 5."""
    share = shape.ideal_share(situation.rate[0], situation.dwell_days)
    return situation.warm_stock.sum(axis=1, keepdims=True) * share


def shortest(situation: Situation, goals: Goals) -> tuple[Objects, Numbers]:
    """The tier that has the least of what it needs, and how many customers it lacks; blank where none lacks any, and once no
    working day of the period is left: nobody can find them then."""
    wanted = need(situation, goals)
    missing = np.ceil(np.nan_to_num(wanted.missing) - 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        held = np.where(missing > 0, situation.warm_stock / wanted.needed, np.inf)
    at, row = held.argmin(axis=1), np.arange(len(held))
    lacks = (missing[row, at] > 0) & (working_days_left(situation) > 0)
    tier = np.array(situation.tiers.codes, dtype=object)[at]
    tier[~lacks] = None
    return tier, np.where(lacks, missing[row, at], np.nan)


@makes(FUNNEL, goals)
def funnel(situation: Situation, goals: Goals) -> Made:
    """The Funnel: the team first, each person's tiers from the lowest, then Won and Lost (stock only).

    `warm` is the stock without cold customers, as `expected`, `needed` and `missing` count it and the pictures draw it.
    """
    people, n = situation.shape
    wanted, expected = need(situation, goals), ideal(situation)
    rates = situation.rates
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(expected > 0, situation.warm_stock / expected, np.nan)
    open_tiers = pd.DataFrame(
        {
            "person": np.repeat(np.array(situation.rows, dtype=object), n),
            "tier": np.tile(np.array(situation.tiers.codes, dtype=object), people),
            "stock": situation.open_stock.ravel(),
            "cold": situation.cold_stock.ravel(),
            "warm": situation.warm_stock.ravel(),
            "expected": expected.ravel().round(1),
            "ratio": ratio.ravel(),
            **{
                name: rates[name].to_numpy()
                for name in ("reached", "cases", "rate_raw", "rate", "rate_low", "rate_high", "estimate")
            },
            "lead_days": np.tile(situation.lead_days, people),
            "needed": backplan.ceil_shown(wanted.needed).ravel(),
            "missing": backplan.ceil_shown(wanted.missing).ravel(),
            "p_in_time": situation.p_win.ravel(),
            "note": _notes(situation, goals, wanted).ravel(),
        }
    )
    ended = pd.DataFrame(
        {
            "person": np.repeat(np.array(situation.rows, dtype=object), 2),
            "tier": np.tile(np.array([codes.WON, codes.LOST], dtype=object), people),
            "stock": situation.stock[:, n:].ravel(),
        }
    )
    rows = pd.concat([open_tiers, ended], ignore_index=True)
    position = np.concatenate([np.repeat(np.arange(people), n), np.repeat(np.arange(people), 2)])
    tier, short = shortest(situation, goals)
    answer = headlines.of_tiers(
        float(goals.gap[0]), tier[0], float(short[0]), situation.language, over=not working_days_left(situation)
    )
    return Made(
        rows.iloc[np.argsort(position, kind="stable")].reset_index(drop=True),
        note=notes.line(notes.as_of(situation), *answer, *notes.of_data(situation)),
        chart_rows=n,
    )


def _notes(situation: Situation, goals: Goals, wanted: backplan.Need) -> Objects:
    """What a number alone does not say, (1 + people) x tiers."""
    said = np.full(wanted.needed.shape, None, dtype=object)
    # without a case of one's own the rate is the Tiers' one, or what the others make likely
    unseen = situation.rates["default"].to_numpy(bool).reshape(wanted.needed.shape)
    as_set = unseen & np.isclose(situation.rate, np.clip(situation.tiers.rate, *RATE_BOUNDS))
    said[unseen] = say("rate_of_others", situation.language)
    said[as_set] = say("rate_default", situation.language)
    late = np.isnan(new_in_time(situation, goals)) & (goals.gap > 0)
    for row in np.flatnonzero(late):
        said[row, 0] = notes.line(say("not_in_time", situation.language), said[row, 0] or "")
    said[~wanted.reachable] = say("rate_zero", situation.language)
    return said


def new_in_time(situation: Situation, goals: Goals) -> Numbers:
    """New prospects that would still make the target, over the team and the people; NaN where they cannot all be reached by then.

    Source: forecast.md 6.
    """
    return levers.in_time(goals.gap, situation.expected_of_open, situation.each_new, can_be_reached(situation))[0]


def working_days_left(situation: Situation) -> int:
    """Working days of the team in the period after `as_of`."""
    first, last = max(situation.as_of + timedelta(days=1), situation.period.start), situation.period.end
    return situation.calendar.count(first, last) if first <= last else 0


def can_be_reached(situation: Situation) -> Numbers:
    """New prospects who can still be called and reached in the period, over the team (its active people) and the people."""
    first = situation.as_of + timedelta(days=1)
    days = situation.available_days(max(first, situation.period.start), situation.period.end)
    return reached_on(situation, days[:, None])[:, 0]


def reached_on(situation: Situation, days: Numbers) -> Numbers:
    """New prospects who can be called and reached on so many working days, people x spans; over the team (its active people) too."""
    rate = np.nan_to_num(situation.connect_rate, nan=1.0)  # where nobody called yet all may be reached
    each = situation.daily_calls[:, None] * days * rate[1:, None]
    return np.concatenate([each[situation.active].sum(axis=0, keepdims=True), each])
