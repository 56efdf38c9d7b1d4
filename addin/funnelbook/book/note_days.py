"""The days of dated notes: which number is the month, and of which year a day is that has none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import dates, values
from funnelbook.domain.dtypes import At, Counts, Flags, Moments

_DAY = "datetime64[D]"
_SOON = _FIRST = 31  # days ahead that a day without a year may mean; days from a customer's entry to the first note
_CYCLE = 372  # a year of 12 months of 31 days
_YEAR, _SEVERAL = 365, 2
_NUMBERS = re.compile(r"\d+")


class Written(NamedTuple):
    """A day as it is written: 0 for what is not told; `three`: one of three numbers, whose order its column tells."""

    year: int
    month: int
    number: int
    sign: str
    three: str | None = None


class _Order(NamedTuple):
    """What tells how days of two or three numbers are written: whether any can have only the day first, and only the month."""

    by_day: bool
    by_month: bool

    @property
    def order(self) -> str | None:
        """As `dates` names it; None where nothing tells, or both do."""
        if self.by_day == self.by_month:
            return None
        return dates.DAY_FIRST if self.by_day else dates.MONTH_FIRST


def days(found: pd.DataFrame, others: pd.DataFrame, created: Moments, as_of: date, *, chinese: bool) -> Moments:
    """The day of each entry found, in order of their cells, NaT where it cannot be told.

    `found`: cell (position) and what Written tells of each; `others`: the same of cells that are only asked for the order of their
    days; `created`: when each entry's customer came; `chinese`: whether they are in Chinese, which has the month first where
    nothing tells: 02/05/2026 is 5 February there, and in other languages none. Source: ownbooks.md 1.
    """
    today = np.datetime64(as_of, "D")
    cell = found["cell"].to_numpy(np.intp)
    year, month, number = (found[name].to_numpy(np.int64, copy=True) for name in ("year", "month", "number"))
    texts = [*found["three"].dropna(), *others["three"].dropna()]
    read = dates.day_order(texts, as_of, past=True)
    tells = _tells(found, others, _threes(texts, read, as_of))
    # in Chinese 06/05/2026, as exports have it, says nothing of the 5.6 that people type
    of_two = _tells(found, others, {}) if chinese else tells
    swap, unsure = _swapped(found, of_two, None if chinese else created, as_of)
    month[swap], number[swap] = number[swap], month[swap]
    usual = tells.order or (dates.MONTH_FIRST if chinese and not tells.by_day else None)
    threes = _threes(texts, read, as_of, usual)
    for i in np.flatnonzero(found["three"].notna()):
        if three := threes.get(found["three"].iloc[i]):
            year[i], month[i], number[i] = three
        else:
            unsure[i] = True
    told = ~unsure
    year[told] = _years(cell[told], year[told], month[told], number[told], created[told], today)
    day = _day(year, month, number)
    day[unsure | (year == 0) | (day > today)] = np.datetime64("NaT")
    return day


def _tells(found: pd.DataFrame, others: pd.DataFrame, threes: Mapping[str, tuple[int, int, int]]) -> _Order:
    """What the days that can be read in one order only tell of the others; `threes`: those of three numbers that could be read."""
    way = [0, 0]
    for text, (_, month, day) in threes.items():
        first, second = (int(number) for number in _NUMBERS.findall(text)[:2])
        way[0] += (first, second) == (day, month) != (month, day)
        way[1] += (first, second) == (month, day) != (day, month)
    twos = [_forced(frame) for frame in (found, others)]
    by_day, by_month = (bool(way[i]) or any(bool(each[i].any()) for each in twos) for i in (0, 1))
    return _Order(by_day, by_month)


def _swapped(found: pd.DataFrame, tells: _Order, created: Moments | None, as_of: date) -> tuple[Flags, Flags]:
    """Which days of two numbers have the day first, and which may have either first.

    The month is first, unless some can be read only the other way and none so; or, where nothing tells, unless customers would have
    been called before they came (`created`, None for texts whose language knows one order only).
    """
    day_first, _, either = _forced(found)
    if tells.by_day and tells.by_month:
        return day_first, either
    later = created is not None and not tells.by_month and _came_later(found[either], created[either], as_of)
    return (day_first | either if tells.by_day or later else day_first), np.zeros_like(either)


def _threes(
    texts: Sequence[str], order: dates.DayOrder, as_of: date, usual: str | None = None
) -> dict[str, tuple[int, int, int]]:
    """Year, month and day of texts such as 3/5/26 in the order that all of them tell, in the `usual` where they tell none."""
    forced = replace(order, by_separator={}, usual=usual) if usual else None
    found: dict[str, tuple[int, int, int]] = {}
    for text in set(texts):
        how = forced if text in order.unsure else order
        read = dates.moment(text, date1904=False, as_of=as_of, order=how) if how else None
        if read is not None and read is not values.BAD:
            found[text] = (read.year, read.month, read.day)
    return found


def _forced(found: pd.DataFrame) -> tuple[Flags, Flags, Flags]:
    """Which days of two numbers can have only the day first, only the month, and either."""
    month, number = found["month"].to_numpy(np.int64), found["number"].to_numpy(np.int64)
    two = np.isin(found["sign"].to_numpy(object), ["/", ".", "-"])
    day_first, month_first = two & (month > 12), two & (number > 12)
    return day_first, month_first, two & ~day_first & ~month_first & (month != number)


def _came_later(found: pd.DataFrame, created: Moments, as_of: date) -> bool:
    """Whether several customers came later than the entries of their notes if the month were first, and none otherwise."""
    month, number = found["month"].to_numpy(np.int64), found["number"].to_numpy(np.int64)
    this, today = np.full(len(month), as_of.year), np.datetime64(as_of, "D")
    lately = (today - created).astype(float) < _YEAR
    early, other = (
        lately & (np.where(day <= today, day, _day(this - 1, *of)) < created)
        for of in ((month, number), (number, month))
        for day in [_day(this, *of)]
    )
    return int(early.sum()) >= _SEVERAL and not other.any()


def _years(cell: At, year: Counts, month: Counts, number: Counts, created: Moments, today: np.datetime64) -> Counts:
    """The years of days, in order of their cells; 0 where none is told."""
    told = year > 0
    if told.all():
        return year
    code, size = month * 31 + number, int(cell[-1]) + 1
    gap = np.diff(code, append=0)
    inside = np.r_[cell[1:] == cell[:-1], False]
    up, down = (np.bincount(cell, np.where(inside, (way * gap) % _CYCLE, 0), size) for way in (1, -1))
    falls = (down < up)[cell]  # the newest first: the way that spans less
    step = np.where(inside, np.where(falls, -1 * (gap > 0), 1 * (gap < 0)), 0)
    first = np.r_[True, ~inside[:-1]]
    before = np.r_[0, np.cumsum(step)[:-1]]
    after = (
        before - before[np.maximum.accumulate(np.where(first, np.arange(len(cell)), 0))]
    )  # years since the cell's first
    anchor = pd.Series(np.where(told, year - after, np.nan))
    base = anchor.groupby(cell).ffill().groupby(cell).bfill().to_numpy()
    newest, oldest = (np.where(falls, of, other) for of, other in ((first, ~inside), (~inside, first)))
    base = np.where(np.isnan(base), _of_newest(cell, newest, oldest, after, month, number, created, today, size), base)
    return np.where(told, year, np.nan_to_num(base + after)).astype(np.int64)


def _of_newest(
    cell: At,
    newest: Flags,
    oldest: Flags,
    after: Counts,
    month: Counts,
    number: Counts,
    created: Moments,
    today: np.datetime64,
    size: int,
) -> np.ndarray:
    """By entry, the year of its cell's first where none of the cell tells one; NaN: nobody can say."""
    at, of = np.flatnonzero(newest), np.flatnonzero(oldest)
    this = int(today.astype("datetime64[Y]").astype(int)) + 1970
    late = _day(np.full(len(at), this), month[at], number[at])
    latest = np.where(late <= today, this, this - 1)
    coming = _day(latest + 1, month[at], number[at])
    soon = (coming - today).astype(float) <= _SOON
    known = created[at]
    possible = ~(known > _day(latest, month[at], number[at]))  # the customer was there a year ago
    base = np.where(soon, np.where(possible, np.nan, latest + 1), latest) - after[at]
    came = created[of]
    start = came.astype("datetime64[Y]").astype(np.int64) + 1970
    begun = _day(start, month[of], number[of])
    start = np.where(begun < came, start + 1, start)
    near = (_day(start, month[of], number[of]) - came).astype(float) <= _FIRST
    by_entry = start - after[of]
    fits = near & (_day(by_entry + after[at], month[at], number[at]) <= today) & ~np.isnat(came)
    years = np.full(size, np.nan)
    years[cell[at]] = np.where(fits, by_entry, base)
    return years[cell]


def _day(year: Counts, month: Counts, number: Counts) -> Moments:
    """Days of numbers, NaT for one that no month has."""
    first = ((np.clip(year, 1, 3000) - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    day = first.astype(_DAY) + (number - 1)
    return np.where(day.astype("datetime64[M]") == first, day, np.datetime64("NaT", "D"))
