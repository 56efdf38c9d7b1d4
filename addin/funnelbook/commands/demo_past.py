"""The sample team's logs: what its workbook noted when it was refreshed in the months before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

import numpy as np
import pandas as pd

from funnelbook import sample
from funnelbook.book import codes
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.schema import TABLES
from funnelbook.domain import periods
from funnelbook.hosts.memory import MemoryBook
from funnelbook.refresh import situation_of
from funnelbook.results.making import make_all
from funnelbook.results.situation import Situation
from funnelbook.sample import Sample, Story
from funnelbook.template import rows_of
from funnelbook.template.defaults import Rows

_LOGS = {  # table -> where a Situation has it
    "History": "history",
    "PlanHistory": "plan_history",
    "ForecastHistory": "forecast_history",
    "TargetHistory": "target_history",
    "Seen": "last_seen",
    "Rewards": "ledger",
}
_BEGINNING = 12  # the latest day of a month that can be its first working day: then rewards are worked out
_PAID_AFTER, _PAID_LATE = 10, 24  # days after the end of a period
_LATE_ONE_OF = 7  # rewards


def logs(story: Story, language: str, as_of: date) -> dict[str, Rows]:
    """Rows by log, as template.build takes them, of a team that refreshed on the first working day of each period, in its middle and
    on its last one."""
    kept: dict[str, pd.DataFrame] = {}
    since = sample.periods_of(as_of)[0]
    for day in _days(story, as_of):
        team = sample.team(language=language, as_of=day, dirt=False, story=story, targets_since=since)
        book = book_of(team, language)
        situation = situation_of(book, locate(book), {}, day, language)
        wanted = _LOGS if day.day <= _BEGINNING else {name for name in _LOGS if name != "Rewards"}
        kept |= {name: made.rows for name, made in make_all(_with(situation, kept), wanted).items() if name in _LOGS}
        kept["Rewards"] = _paid(kept["Rewards"], story, day)
    kept["Rewards"] = _paid(kept["Rewards"], story, as_of)
    return {name: rows_of(TABLES[name], _people_named(frame)) for name, frame in kept.items()}


def book_of(team: Sample, language: str) -> MemoryBook:
    """The team's tables on the sheets of a workbook in memory."""
    book = MemoryBook()
    for name, rows in team.rows.items():
        table = TABLES[name]
        head: list[object] = [header(table, column, language) for column in table.names]
        body = [[_cell(row.get(column)) for column in table.names] for row in rows]
        book.grids[sheet_name(table.sheet, language)] = [head, *body]
    return book


def _cell(value: object) -> object:
    """Days as every host gives them, with a time."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value


def _days(story: Story, as_of: date) -> list[date]:
    """The days before `as_of` on which the workbook was refreshed."""
    clock = story.world.clock
    found = set()
    for period in sample.periods_of(as_of):
        first, last = (int(clock.number(day)) for day in (period.start, period.end))
        worked = first + np.flatnonzero(clock.worked[first : last + 1])
        found |= set(clock.days(worked[[0, len(worked) // 2, -1]]).astype(object))
    return sorted(day for day in found if day < as_of)


def _with(situation: Situation, kept: Mapping[str, pd.DataFrame]) -> Situation:
    logged = {_LOGS[name]: frame for name, frame in kept.items()}
    if "ledger" in logged:
        logged["ledger"] = logged["ledger"].drop(columns="status").assign(row=range(len(logged["ledger"])))
    return replace(situation, **logged)


def _paid(ledger: pd.DataFrame, story: Story, day: date) -> pd.DataFrame:
    """The Rewards with the days by then on which they were paid: in time, but for a few."""
    clock = story.world.clock
    ends = np.array([periods.parse(text).end for text in ledger["period"]], dtype="datetime64[D]")
    late = ledger.groupby("period").cumcount().to_numpy() % _LATE_ONE_OF == _LATE_ONE_OF - 1
    on = clock.days(clock.next_worked(clock.number(ends) + np.where(late, _PAID_LATE, _PAID_AFTER)))
    paid = ledger["paid_on"].isna().to_numpy() & (on <= np.datetime64(day, "D"))
    return ledger.assign(paid_on=pd.to_datetime(ledger["paid_on"]).where(~paid, on.astype("datetime64[s]")))


def _people_named(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(person=frame["person"].fillna(codes.TEAM)) if "person" in frame else frame
