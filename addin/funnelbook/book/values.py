"""Cells as people type them: numbers, dates, yes and no, ids, read one value at a time."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from enum import Enum
from math import isfinite
from typing import Final

from funnelbook.book import codes
from funnelbook.book.labels import normalise
from funnelbook.book.ports import CellError


class Unreadable(Enum):
    """What a cell is read as that cannot be what its column holds."""

    BAD = "bad"


BAD: Final = Unreadable.BAD
EPOCH = datetime(1899, 12, 30)
EPOCH_1904 = datetime(1904, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 2200
LARGEST = 1e15  # beyond it a cell no longer holds every whole number, and sums of such say nothing
_SERIALS = range(10_000, 110_000)  # 1927 .. 2201: smaller and larger numbers are no dates people mean

_NUMBER = re.compile(
    r"\(?[-+]?[¥￥$€£]?\s*[-+]?(\d[\d,]*\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*([%千万亿kw])?\s*(?:元|圆|块)?\)?"
)
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MD = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_THREE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(
    r"[t\s]*(上午|下午|am|pm)?\s*(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{1,2})?(?:\.\d+)?)?秒?\s*(am|pm)?z?"
)
_FRACTION = re.compile(r"\d?\.\d+|[01]")
_SCALE = {"%": 0.01, "千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "亿": 1e8, None: 1.0}


def fold(value: str) -> str:
    """Text with full-width letters and digits made ordinary, spaces at the ends dropped."""
    return value.strip() if value.isascii() else unicodedata.normalize("NFKC", value).strip()


def text(value: object) -> str | None:
    """A cell as text; None for a blank."""
    match value:
        case None | "":
            return None
        case str():
            return value.strip() or None
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case _:
            return str(value)


def identifier(value: object) -> str | None:
    """An id or phone as text: zeros kept, full-width digits folded, 12.0 as 12."""
    found = text(value)
    return fold(found) or None if found else None


def number(value: object) -> float | Unreadable | None:
    """A float, None for a blank, BAD for what is no number or is beyond LARGEST.

    Takes 1,234.50, ￥3万, 8千, 9.8k, 3.5w, 45%, (120) and full-width digits.
    """
    return BAD if is_too_large(found := _any_number(value)) else found


def is_too_large(value: object) -> bool:
    """Whether a cell holds a number that is beyond LARGEST."""
    size = _any_number(value)
    return isinstance(size, float) and not abs(size) <= LARGEST


def _any_number(value: object) -> float | Unreadable | None:
    match value:
        case None | "":
            return None
        case bool() | datetime() | date() | time() | timedelta() | CellError():
            return BAD
        case float() | int():
            return float(value)
        case _:
            plain = fold(str(value)).casefold()
    if not plain:
        return None
    found = _NUMBER.fullmatch(plain)
    if not found:
        return BAD
    unit = found[2]
    digits = re.sub(r"[^0-9.e+-]", "", plain)
    try:
        size = float(f"{abs(float(digits)) * _SCALE[unit]:.15g}")  # 1.1 万 is 11000
    except ValueError:
        return BAD
    return -size if "-" in plain.split("e")[0] or plain.startswith("(") else size


def flag(value: object, yes: frozenset[str] = codes.YES, no: frozenset[str] = codes.NO) -> bool | Unreadable | None:
    """True, False, None for a blank, BAD for neither yes nor no. `yes` and `no`: normalised spellings of them."""
    match value:
        case None | "":
            return None
        case bool():
            return value
        case float() | int():
            return bool(value) if value in (0, 1) else BAD
        case _:
            plain = normalise(value)
    if not plain:
        return None
    return True if plain in yes else False if plain in no else BAD


def moment(value: object, *, date1904: bool, as_of: date, day_first: bool = False) -> datetime | Unreadable | None:
    """A datetime, None for a blank, BAD for what is no day between 1900 and 2200.

    Takes real dates, serials of either date system, 20260503, 2026/5/3, 2026年5月3日 14:05, 3/5/2026 (`day_first` says which
    is the day) and 5月3日, which means the latest such day that is not more than half a year after `as_of`.
    """
    match value:
        case None | "":
            return None
        case datetime():
            return value if FIRST_YEAR <= value.year <= LAST_YEAR else BAD
        case date():
            return datetime(value.year, value.month, value.day) if FIRST_YEAR <= value.year <= LAST_YEAR else BAD
        case bool() | time() | timedelta() | CellError():
            return BAD
        case float() | int():
            return _from_number(float(value), date1904)
        case _:
            plain = fold(str(value)).casefold()
    if not plain:
        return None
    if plain.replace(".", "", 1).isdigit() and not _THREE.fullmatch(plain):
        return _from_number(float(plain), date1904)
    return _from_text(plain, as_of, day_first)


def clock(value: object) -> int | Unreadable | None:
    """Minutes after midnight, None for a blank, BAD for what is no time of day. Takes 8:30, 08:30:00, 8点半, 9点, 0.375, 24:00."""
    plain = fold(str(value)).casefold() if value not in (None, "") else ""
    if not plain:
        return None
    if _FRACTION.fullmatch(plain) and float(plain) <= 1:  # how Excel stores a time
        return round(float(plain) * 1440)
    found = _CLOCK.fullmatch(plain.replace("点半", ":30"))
    if not found:
        return BAD
    hour, minute = _hour(found), int(found[3] or 0)
    minutes = hour * 60 + minute
    return minutes if minute < 60 and minutes <= 1440 else BAD


def _hour(found: re.Match[str]) -> int:
    """The hour of the day of what _CLOCK matched: 12 am is midnight, 12 pm is noon."""
    hour, half = int(found[2]), found[1] or found[5]
    if half in ("上午", "am") and hour == 12:
        return 0
    return hour + 12 if half in ("下午", "pm") and hour < 12 else hour


def day_comes_first(texts: list[str]) -> bool:
    """Whether dates such as 3/5/2026 have the day first: one of them only makes sense so."""
    found = [m for t in texts if (m := _THREE.match(fold(t)))]
    return any(int(m[1]) > 12 for m in found)


def _from_number(value: float, date1904: bool) -> datetime | Unreadable:
    if not isfinite(value):
        return BAD
    whole = int(value)
    if value == whole and (found := _COMPACT.fullmatch(str(whole))) and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return _built(*found.groups())
    if whole in _SERIALS:
        exact = (EPOCH_1904 if date1904 else EPOCH) + timedelta(days=value)
        return (exact + timedelta(microseconds=500_000)).replace(microsecond=0)
    return BAD


def _from_text(plain: str, as_of: date, day_first: bool) -> datetime | Unreadable:
    if found := _YMD.match(plain) or _COMPACT.match(plain):
        day = _built(*found.groups())
    elif found := _THREE.match(plain):
        first, second, year = found.groups()
        swap = day_first or int(first) > 12
        day = _built(year, second, first) if swap else _built(year, first, second)
    elif found := _MD.match(plain):
        day = _built(str(as_of.year), *found.groups())
        if day is not BAD and day.date() > as_of + timedelta(days=183):
            day = _built(str(as_of.year - 1), *found.groups())
    else:
        return BAD
    rest = plain[found.end() :].strip()
    if day is BAD or not rest:
        return day
    clock = _CLOCK.fullmatch(rest)
    if not clock:
        return BAD
    hour, minute, second = _hour(clock), int(clock[3] or 0), int(clock[4] or 0)
    return day.replace(hour=hour, minute=minute, second=second) if hour < 24 and minute < 60 and second < 60 else BAD


def _built(year: str, month: str, day: str) -> datetime | Unreadable:
    try:
        built = datetime(int(year), int(month), int(day))
    except ValueError:
        return BAD
    return built if FIRST_YEAR <= built.year <= LAST_YEAR else BAD
