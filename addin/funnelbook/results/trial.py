"""What the page What-if (试算) starts from: the real numbers of the team and of each person, and the days that are no usual ones."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from funnelbook.book.schema import Column, Kind, Role, Table, Unit
from funnelbook.domain.dtypes import A_DAY, Numbers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

TRIAL = Table(
    "Trial",
    Role.RESULT,
    sheet="desk",
    order=507,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("target", Kind.NUMBER, unit=Unit.ORDERS),
        Column("won", Kind.NUMBER, unit=Unit.ORDERS),
        Column("arrivals", Kind.NUMBER, unit=Unit.ORDERS),
        Column("spread", Kind.NUMBER),
        Column("from", Kind.DATE),
        Column("to", Kind.DATE),
        Column("tau", Kind.NUMBER),
    ),
    hidden=True,
)

TRIAL_FUNNEL = Table(
    "TrialFunnel",
    Role.RESULT,
    sheet="desk",
    order=508,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("tier", Kind.TIER, key=True),
        Column("name", Kind.TEXT),
        Column("open", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("cold", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("rate", Kind.NUMBER),
        Column("team_rate", Kind.NUMBER),
        Column("dwell_days", Kind.NUMBER, unit=Unit.DAYS),
        Column("p_in_time", Kind.NUMBER),
    ),
    hidden=True,
)

TRIAL_DAYS = Table(
    "TrialDays",
    Role.RESULT,
    sheet="desk",
    order=509,
    columns=(
        Column("date", Kind.DATE, key=True),
        Column("workday", Kind.NUMBER),
        Column("weight", Kind.NUMBER),
    ),
    hidden=True,
)

_AHEAD = timedelta(days=400)  # of days people may plan for


@makes(TRIAL, goals)
def trial(situation: Situation, goals: Goals) -> Made:
    """The Trial: the team, then each person.

    arrivals: orders new prospects are expected to bring; spread: by how much forecasts miss, as FB_CHANCE takes it; from and to: the
    days of the period still to come; tau: how far from its ideal a group of tiers may be. Source: desk.md 5, forecast.md 3 and 4.
    """
    first = max(situation.as_of + timedelta(days=1), situation.period.start)
    scale, looked = _scale(situation), situation.lookback
    rows = pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "target": goals.target["orders"],
            "won": goals.won["orders"],
            "arrivals": situation.arrivals * scale,
            "spread": np.where(np.arange(len(scale)) == 0, looked.cv, looked.funnel_cv),
            "from": pd.Timestamp(first),
            "to": pd.Timestamp(situation.period.end),
            "tau": situation.settings.shape_tau,
        }
    )
    return Made(rows)


@makes(TRIAL_FUNNEL)
def trial_funnel(situation: Situation) -> Made:
    """The TrialFunnel: of the team, then of each person, the tiers from the lowest.

    open: customers something may still come of, cold: the others; team_rate and dwell_days: what the ideal shape rests on; p_in_time:
    mean chance of an order in the period of both, at the pace the forecast goes by. Source: desk.md 5.
    """
    people, n = situation.shape
    called = situation.frames["Tiers"].drop_duplicates("code").set_index("code")["name"]
    rows = pd.DataFrame(
        {
            "person": np.repeat(np.array(situation.rows, dtype=object), n),
            "tier": np.tile(np.array(situation.tiers.codes, dtype=object), people),
            "name": np.tile(called.reindex(situation.tiers.codes).to_numpy(object), people),
            "open": situation.warm_stock.ravel(),
            "cold": situation.cold_stock.ravel(),
            "rate": situation.rate.ravel(),
            "team_rate": np.tile(situation.rate[0], people),
            "dwell_days": np.tile(situation.dwell_days, people),
            "p_in_time": 1 - (1 - situation.p_win.ravel()) ** np.repeat(_scale(situation), n),
        }
    )
    return Made(rows)


@makes(TRIAL_DAYS)
def trial_days(situation: Situation) -> Made:
    """The TrialDays: days that are not what their weekday makes them.

    workday and weight: how much more, or less, they count than a Monday to Friday does as 1 and the weekend as 0.
    """
    first, last = min(situation.period.start, situation.as_of), max(situation.period.end, situation.as_of) + _AHEAD
    real, usual = (calendar.working(first, last) for calendar in (situation.calendar, WorkCalendar.plain()))
    more, weight = real.works.astype(float) - usual.works, real.weight - usual.weight
    other = np.flatnonzero((more != 0) | (weight != 0))
    days = np.datetime64(first, "s") + other * A_DAY
    return Made(pd.DataFrame({"date": days, "workday": more[other], "weight": weight[other]}))


def _scale(situation: Situation) -> Numbers:
    """By how much more likely all is taken to be, over the team and the people. forecast.md 4."""
    return np.array([situation.scale, *[1.0] * len(situation.people)])
