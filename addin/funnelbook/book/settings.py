"""The Settings table: keys and defaults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

import pandas as pd

from funnelbook.book import values
from funnelbook.book.frames import rows_of
from funnelbook.book.ports import ListObject
from funnelbook.domain import periods, phone, zones
from funnelbook.words import DEFAULT, LANGUAGES, particulars


class Unusable(NamedTuple):
    """A cell of the Settings table that cannot be used, and the problem's code."""

    row: int  # of the sheet
    column: str
    value: object
    code: str


@dataclass(frozen=True)
class Settings:
    """Values of the Settings table, the defaults of workbook.md where a key is missing or blank."""

    period: str | None = None
    language: str = DEFAULT
    min_cases: int = 20
    prior_cases: float = 20.0
    interval: float = 0.95
    rate_window_days: float = 365.0
    half_life: float = 120.0
    mature_weeks: float | None = None
    shape_tau: float = 0.25
    fairness: float = 0.5
    pace_weeks: int = 4
    max_tries_per_day: int = 2
    email_wait_days: int = 3
    visit_days_high: int = 30
    visit_days_mid: int = 60
    visit_days_low: int = 90
    value_high: float = 50000.0
    value_mid: float = 10000.0
    stale_days: int = 30
    reward_days: int = 15
    seed: int = 1
    write_tiers: bool = True
    read_notes: bool = True
    country: str = phone.HOME
    timezone: str | None = None

    @property
    def zone(self) -> zones.Zone:
        """The zone its clocks show."""
        return zones.home(self.country, self.timezone)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> tuple[Settings, list[Unusable]]:
        """The settings of a Settings table (key, value, row) and what of it cannot be used."""
        given: dict[str, Any] = {}  # by name of the field, each of its type
        bad: list[Unusable] = []
        for row in rows_of(frame):
            key = str(row.key).strip().casefold()
            if key not in KEYS:
                bad.append(Unusable(row.row, "key", row.key, "unknown_setting"))
                continue
            value = _usable(key, row.value)
            if value is values.BAD:
                bad.append(Unusable(row.row, "value", row.value, "bad_setting"))
            elif value is not None:
                given[key] = value
        return cls(**given), bad


def language_in(place: ListObject | None, cells: Callable[[str], Sequence[Sequence[object]]]) -> str:
    """The language a workbook's Settings table asks for, read without the rest of it; the usual one where there is none."""
    if place is None:
        return Settings.language
    area = place.area
    rows = [row[area.left - 1 : area.right] for row in cells(place.sheet)[area.top : area.bottom]]
    said = next((row[1] for row in rows if str(row[0]).strip().casefold() == "language"), None)
    found = _usable("language", said)
    return found if isinstance(found, str) else Settings.language


_TYPES = {field.name: str(field.type) for field in fields(Settings)}
KEYS = tuple(_TYPES)
_BETWEEN_0_AND_1 = {"interval", "fairness"}
_ABOVE_0 = {"interval"}
# of less than a day nothing would be left by the evening; without a try nobody would be called
_AT_LEAST_1 = {"half_life", "max_tries_per_day"}
_SPANS = {key for key in KEYS if key.endswith(("_days", "_weeks"))}
_LONGEST = 36_500  # a century: beyond it there are no dates


def _zone(said: str) -> str | values.Unreadable:
    try:
        zones.named(said)
    except ValueError:
        return values.BAD
    return said


def _usable(key: str, value: object) -> str | float | bool | values.Unreadable | None:
    """The value as the key's type; None for a blank, BAD when it is not usable."""
    if value is None or value == "":
        return None
    if key == "period":
        return _period(value)
    if key == "country":
        said = values.fold(str(value)).upper()
        return said if phone.is_country(said) else values.BAD
    if key == "timezone":
        return _zone(values.fold(str(value)))
    if key == "language":
        said = values.fold(str(value)).casefold()
        return next((language for language in LANGUAGES if said in particulars(language).called), values.BAD)
    if _TYPES[key] == "bool":
        return values.flag(value)
    number = values.number(value)
    if number is values.BAD or number is None:
        return number
    if number < 0 or (key in _BETWEEN_0_AND_1 and number > 1) or (key == "interval" and number == 1):
        return values.BAD
    if (key in _ABOVE_0 and number == 0) or (key in _AT_LEAST_1 and number < 1):
        return values.BAD
    if key in _SPANS and number > _LONGEST / (7 if key.endswith("_weeks") else 1):
        return values.BAD
    if _TYPES[key] == "int":
        return int(number) if float(number).is_integer() else values.BAD
    return number


def _period(value: object) -> str | values.Unreadable:
    """The text of a period; a date Excel made of 2026-05, the first, means its month, a bare year its year; no other day does."""
    said = value if isinstance(value, date | datetime) else values.text(value)
    try:
        if (said if isinstance(said, date) else datetime.fromisoformat(str(said))).day != 1:
            return values.BAD
    except ValueError:
        pass  # no day: a month, a quarter, a year, two days
    try:
        return periods.parse(said).label
    except ValueError:
        return values.BAD
