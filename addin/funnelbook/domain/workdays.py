"""Working days: which days count, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import A_DAY, NO_DAY, Flags, Moments, Numbers

_FRIDAY = 4
_LONGEST_BREAK = 60 * A_DAY  # without work; a day that would have to move further is left where it is
Away = Sequence[tuple[date, date]]


class Worked(NamedTuple):
    """Days in turn: whether each is worked, and its weight (0 when it is not)."""

    works: Flags
    weight: Numbers


@dataclass(frozen=True)
class WorkCalendar:
    """Monday to Friday with weight 1, but for the days listed. Source: workbook.md Calendar, numbers.md 4."""

    days: Moments  # sorted
    works: Flags
    weight: Numbers

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> WorkCalendar:
        """The calendar of a Calendar table: date, workday (True, False or missing), weight. The last row of a date counts."""
        frame = frame[frame["date"].notna()].drop_duplicates("date", keep="last").sort_values("date")
        days = frame["date"].to_numpy("datetime64[D]")
        said = frame["workday"].to_numpy(object)
        works = np.array([_weekday(d) if pd.isna(w) else bool(w) for d, w in zip(days, said, strict=True)], dtype=bool)
        weight = pd.to_numeric(frame["weight"]).fillna(1.0).to_numpy(float)
        return cls(days, works, weight)

    @classmethod
    def plain(cls) -> WorkCalendar:
        """Monday to Friday, no holidays."""
        return cls(np.array([], dtype="datetime64[D]"), np.array([], dtype=bool), np.array([], dtype=float))

    def working(self, start: date, end: date, away: Away = ()) -> Worked:
        """The days from `start` to `end`, both included.

        `away`: stretches of leave, both days included.
        """
        days = np.arange(np.datetime64(start, "D"), np.datetime64(end, "D") + A_DAY)
        works, weight = _weekday(days), np.ones(len(days))
        if len(days) and len(self.days):
            listed = slice(*np.searchsorted(self.days, [days[0], days[-1] + A_DAY]))
            at = (self.days[listed] - days[0]).astype(int)
            works[at], weight[at] = self.works[listed], self.weight[listed]
        for first, last in away:
            works[(days >= np.datetime64(first, "D")) & (days <= np.datetime64(last, "D"))] = False
        return Worked(works, weight * works)

    def count(self, start: date, end: date, away: Away = ()) -> int:
        """Working days, both days included; 0 when `end` precedes `start`."""
        return int(self.working(start, end, away).works.sum())

    def next_working(self, days: Moments) -> Moments:
        """Each day (datetime64[D]) if it is worked, else the first worked one after it; NaT stays."""
        return self._moved(days, 1)

    def last_working(self, days: Moments) -> Moments:
        """Each day (datetime64[D]) if it is worked, else the last worked one before it; NaT stays."""
        return self._moved(days, -1)

    def _moved(self, days: Moments, step: int) -> Moments:
        days = np.asarray(days, dtype="datetime64[D]")
        known = days[~np.isnat(days)]
        if known.size == 0:
            return days
        first, last = known.min() - _LONGEST_BREAK, known.max() + _LONGEST_BREAK
        span = np.arange(first, last + A_DAY)
        worked = span[self.working(first.item(), last.item()).works]
        at = np.searchsorted(worked, days) if step > 0 else np.searchsorted(worked, days, side="right") - 1
        moved = np.append(worked, NO_DAY)[at]  # none before the first: -1, and none after the last: their number
        return np.where(np.abs(moved - days) <= _LONGEST_BREAK, moved, days)

    def weight_of(self, start: date, end: date, away: Away = ()) -> float:
        """Working days x Calendar weight, both days included. Source: numbers.md 4."""
        return float(self.working(start, end, away).weight.sum())


def leave_of(leave: pd.DataFrame, person: str) -> list[tuple[date, date]]:
    """A person's stretches of leave from the Leave table (person, from, to); without an end it is one day."""
    his = leave["person"].to_numpy(object) == person
    if not his.any():
        return []
    rows = leave[his & leave["from"].notna().to_numpy()]
    until = rows["to"].fillna(rows["from"])
    return [(first.date(), last.date()) for first, last in zip(rows["from"], until, strict=True)]


def _weekday(days: Moments) -> Flags:
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7 <= _FRIDAY  # 1970-01-01 was a Thursday
