"""The ForecastCheck (预测回看): what would have been said of past weeks and was said of past periods, against what came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
import pandas as pd

from funnelbook.book.frames import rows_of
from funnelbook.book.schema import ONE_DECIMAL, Chart, Colour, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.domain import lookback, periods
from funnelbook.domain.stays import day_number
from funnelbook.results import notes
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

FORECAST_CHECK = Table(
    "ForecastCheck",
    Role.RESULT,
    sheet="forecast_check",
    order=303,
    columns=(
        Column("from", Kind.DATE, key=True),
        Column("to", Kind.DATE, key=True),
        Column("source", Kind.CODE, codes="check_source", key=True, width=13),
        Column("low", Kind.COUNT, unit=Unit.ORDERS),
        Column("expected", Kind.NUMBER, unit=Unit.ORDERS, number=ONE_DECIMAL),
        Column("high", Kind.COUNT, unit=Unit.ORDERS),
        Column("came", Kind.COUNT, unit=Unit.ORDERS),
        Column("inside", Kind.FLAG),
    ),
    charts=(
        Chart(
            "forecast_check",
            "column",
            "to",
            (Series("came"),),
            lines=(Series("low", Tone.PALE), Series("expected", Tone.WARM), Series("high", Tone.PALE)),
            dated=True,
        ),
    ),
    colours=(Colour('AND(ISNUMBER({came}),{inside}="")', ("came", "inside"), Tone.WARM, bold=True),),
)
RECOMPUTED, SAID = "recomputed", "said"
_Row: TypeAlias = tuple[date, date, float, float, float, int]  # from, to, low, expected, high, came
_AS_MUCH = 0.005  # a difference that would be shown as 0 %


@makes(FORECAST_CHECK)
def forecast_check(situation: Situation) -> Made:
    """The ForecastCheck: the team's last weeks, recomputed, then the periods that are over, as was said first in each.

    low and high: a tenth of the futures lies below, and above. Source: forecast.md 5.
    """
    weeks, spans = _weeks(situation), _periods(situation)
    rows = pd.concat([weeks, spans], ignore_index=True) if len(spans) else weeks
    note = notes.line(notes.as_of(situation), *_head(situation, weeks, spans))
    return Made(rows, note=note, chart_rows=max(1, len(weeks)))


def _weeks(situation: Situation) -> pd.DataFrame:
    """A row a week looked back to, the oldest first."""
    back = situation.lookback
    said = [(back.said(week).quantile(np.array([lookback.LOW, lookback.HIGH])), week) for week in back.weeks]
    rows = [
        (
            week.cut + timedelta(days=1),
            week.cut + timedelta(days=lookback.WEEK),
            low,
            back.said_mean(week),
            high,
            week.came,
        )
        for (low, high), week in said
    ]
    return _checked(rows, RECOMPUTED)


def _periods(situation: Situation) -> pd.DataFrame:
    """A row a logged period that is over, by its end: the first forecast logged in it."""
    log = situation.forecast_history
    log = log[log["person"].isna() & log["period"].map(periods.is_period).astype(bool)]
    rows: dict[tuple[date, date], _Row] = {}
    for said in rows_of(log.sort_values("as_of", kind="stable")):
        span = periods.parse(said.period)
        if said.as_of.date() in span and span.end <= situation.as_of:
            first, last = day_number(span.start), day_number(span.end)
            came = int(((situation.order_days >= first) & (situation.order_days <= last)).sum())
            row = (span.start, span.end, said.low, said.expected, said.high, came)
            rows.setdefault((span.end, span.start), row)
    return _checked([rows[key] for key in sorted(rows)], SAID)


def _checked(rows: list[_Row], source: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["from", "to", "low", "expected", "high", "came"])
    days = {side: pd.to_datetime(frame[side]) for side in ("from", "to")}
    frame = frame.assign(**days, source=source, expected=frame["expected"].astype(float).round(1))
    return frame.assign(inside=(frame["came"] >= frame["low"]) & (frame["came"] <= frame["high"]))


def _head(situation: Situation, weeks: pd.DataFrame, spans: pd.DataFrame) -> list[str]:
    """How far off the forecast was, and how often what came lay between low and high."""
    language, n, inside = situation.language, len(weeks), int(weeks["inside"].sum())
    if n:
        expected, came = float(weeks["expected"].sum()), int(weeks["came"].sum())
        off = expected / came - 1 if came else np.nan
        code = "none" if not came else "same" if abs(off) < _AS_MUCH else "high" if off > 0 else "low"
        by = "" if np.isnan(off) else f"{abs(off):.0%}"
        said = [say(f"check_{code}_line", language, weeks=n, inside=inside, by=by, expected=f"{expected:.1f}")]
    else:
        said = [say("check_nothing_line", language)]
    if len(spans):
        said.append(say("check_periods_line", language, periods=len(spans), inside=int(spans["inside"].sum())))
    return said + [say("at_pace_line", language)] * situation.lookback.use_pace
