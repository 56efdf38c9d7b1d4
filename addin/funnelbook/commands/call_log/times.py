"""When the calls of a log began and how long they took."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo

import pandas as pd

from funnelbook.book import dates, values
from funnelbook.book.arrays import array_of
from funnelbook.book.durations import writing
from funnelbook.commands.call_log.log_sheet import LogSheet, distinct
from funnelbook.domain import zones
from funnelbook.domain.dtypes import Objects

_ZONE = re.compile(r"(?<![a-z])(?:utc|gmt)\s*([+-]\d{1,2}(?::?\d{2})?)?(?![a-z])", re.IGNORECASE)
_ZONED = re.compile(r"(?:z|utc|gmt|[+-]\d{1,2}(?::?\d{2})?)\s*$", re.IGNORECASE)

_SECONDS = re.compile(r"\d[:\uff1a]\d{2}[:\uff1a](\d{2})")
_POINTED = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")  # a time of day
_MANY = 20  # times that all end in a full minute by chance


@dataclass(frozen=True)
class Plain:
    """Numbers without a unit: how they were read (a code of a problem), the first's line and text, how many there are."""

    code: str
    line: int
    said: object
    count: int


@dataclass(frozen=True)
class Durations:
    """Minutes each call took: of talk where the log says so, else of all of it; `whole` of all of it, None where unsaid."""

    talk: Objects
    whole: Objects
    plain: list[Plain] = field(default_factory=list)


def durations(log: LogSheet) -> Durations:
    """How long the calls took; texts that are no duration as they are. Talk goes before a time that may hold ringing and waiting."""
    blank = array_of([None] * len(log))
    whole = _minutes(log, "total") if log.has("total") else (blank, [])
    if not log.has("talk"):
        return Durations(whole[0], whole[0], whole[1])
    talk = _minutes(log, "talk")
    return Durations(talk[0], whole[0], talk[1])


def _minutes(log: LogSheet, role: str) -> tuple[Objects, list[Plain]]:
    cells, unit = log.cells(role), _unit(log, role)
    plain = {text: size for text in distinct(cells) if isinstance(size := values.number(text), float)}
    written = writing(distinct(cells), unit)
    seconds, sizes = written.unit == "seconds", {text: written.minutes(text) for text in distinct(cells)}
    read = array_of([text if text is not None and sizes[text] is values.BAD else sizes.get(text) for text in cells])
    at = [i for i, text in enumerate(cells) if text in plain]
    clocks = [i for i, said in enumerate(cells) if written.shifted and isinstance(said, time | timedelta)]
    if clocks:
        return read, [Plain("as_minutes_seconds", int(log.line[clocks[0]]), cells[clocks[0]], len(clocks))]
    if unit or not at or not (seconds or all(map(float.is_integer, plain.values()))):
        return read, []
    return read, [Plain("as_seconds" if seconds else "as_minutes", int(log.line[at[0]]), cells[at[0]], len(at))]


def _unit(log: LogSheet, role: str) -> str:
    """The unit that the column's header names, or that of the talk, which is the same."""
    for one in (role, "talk"):
        if log.has(one) and (unit := log.columns.unit(log.columns.at[one])):
            return unit
    return ""


def began(log: LogSheet) -> Objects:
    """When each call began: day and time of day joined where they stand apart, the zone that a header names told with each."""
    at = log.columns.at["start"]
    cells = log.cells(at)
    days = [log.cells(j) for j in log.columns.days if j != at]
    if any(map(distinct, days)) and _all(cells, _is_pointed):  # 9.15 beside a day is a quarter past nine
        cells = array_of([said if said is None else str(said).replace(".", ":") for said in cells])
    if _all(cells, _is_clock):
        day = next((column for column in days if distinct(column) and not _all(column, _is_clock)), None)
        cells = cells if day is None else _joined(day, cells)
    elif _all(cells, _is_day):
        clocks = (log.cells(j) for j in log.columns.clocks if j != at)
        clock = next((column for column in clocks if _all(column, _is_clock)), None)
        cells = cells if clock is None else _joined(cells, clock)
    zone = _ZONE.search(log.columns.heads[at])
    return array_of([_zoned(said, zone[1] or "Z") for said in cells]) if zone else cells


def names_zone(said: str) -> bool:
    """Whether a time of day says of which zone it is."""
    return ":" in said and bool(_ZONED.search(dates.without_end(said)))


def to_the_second(moments: Objects) -> bool:
    """Whether times of day say the second; where those of many calls all end in a full minute they do not, whatever they are."""
    said = [str(said) for said in distinct(moments)]
    seconds = [match[1] for text in said if (match := _SECONDS.search(text))]
    return bool(seconds) and (len(seconds) < _MANY or any(int(second) for second in seconds))


def told_in(moments: pd.Series, of: tzinfo, zone: zones.Zone) -> pd.Series:
    """What clocks of a zone show when those of another show the moments; blanks stay."""
    each = {at: pd.Timestamp(zones.told_in(zone, at.to_pydatetime(), of)) for at in moments.dropna().unique()}
    return moments.map(each)


def _zoned(said: object, zone: str) -> object:
    if isinstance(said, datetime):
        return f"{said:%Y-%m-%d %H:%M:%S} {zone}"
    return f"{said} {zone}" if isinstance(said, str) and ":" in said and not names_zone(said) else said


def _all(cells: Objects, holds: Callable[[object], bool]) -> bool:
    there = distinct(cells)
    return bool(there) and all(map(holds, there))


def _is_clock(said: object) -> bool:
    return isinstance(said, time) or (not isinstance(said, datetime) and isinstance(dates.clock(said), int))


def _is_pointed(said: object) -> bool:
    return isinstance(said, str) and _POINTED.fullmatch(said.strip()) is not None


def _is_day(said: object) -> bool:
    if isinstance(said, datetime):
        return said.time() == time()
    return isinstance(said, str) and ":" not in said and not _is_clock(said)


def _joined(days: Objects, clocks: Objects) -> Objects:
    return array_of([_both(day, clock) for day, clock in zip(days, clocks, strict=True)])


def _both(day: object, clock: object) -> object:
    if day is None or clock is None:
        return day
    if not isinstance(clock, str | time) and isinstance(minute := dates.clock(clock), int):  # as a sheet stores it
        clock = time(minute // 60 % 24, minute % 60)
    return f"{day.date() if isinstance(day, datetime) else day} {clock}"
