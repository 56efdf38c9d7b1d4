"""Days and times as people and machines write them, read one value at a time once the column has said which part is the day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from math import isfinite

from funnelbook.book.month_names import MONTH, MONTHS, WEEKDAY
from funnelbook.book.ports import CellError
from funnelbook.book.values import BAD, EPOCH, EPOCH_1904, FIRST_YEAR, LAST_YEAR, Unreadable, fold, is_nothing
from funnelbook.domain import zones

HOME = zones.home("CN")
_RUNS = (1e11, 1e15)  # numbers of 12 or 14 digits may be days with a time
_SERIALS = range(10_000, 110_000)  # 1927 .. 2201: smaller and larger numbers are no dates people mean
# A day without a year means the latest one not further ahead; a slip of days is told, one of months was last year
_LATER, _SOON = timedelta(days=183), timedelta(days=31)
MONTH_FIRST, DAY_FIRST, _YEAR_FIRST = _ORDERS = ("mdy", "dmy", "ymd")
_FARTHEST = 14  # hours that a zone's clocks are ahead, and behind by less
_NEAR, _LIKELY = range(-5, 3), range(-10, 5)  # years from as_of that two digits mean where that decides
_MONTH = rf"({MONTH})\b\.?"

_BEFORE_NOON, _AFTER_NOON = (
    ("上午", "早上", "早晨", "凌晨", "清晨", "am"),
    ("下午", "傍晚", "晚上", "夜里", "晚间", "pm"),
)
_HALF_DAY = "|".join((*_BEFORE_NOON[:-1], "中午", *_AFTER_NOON[:-1], r"a\.?m\.?", r"p\.?m\.?"))
_YMD = re.compile(r"(\d{4}|\d\d(?=\s*年))\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?")
_THREE = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{1,2})(?!\d)")
_MD = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_TWO = re.compile(r"(\d{1,2})([./])(\d{1,2})")  # 9.19
_TWO_CLOCKED = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})(?=\s+(?:{_HALF_DAY})?\s*\d{{1,2}}[:时点])")  # 5-18 9:05
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_NAME = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/.\s]*{_MONTH}[-/.,\s]*(\d{{4}}|\d{{2}}(?![:\d]))?(?!\d)")
_NAME_DAY = re.compile(rf"{_MONTH}[-/.\s]*(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:[-/.,\s]+(\d{{4}}))?")
_CLOCK = re.compile(
    rf"(?:t|at\b|um\b|à|[,，\s])*({_HALF_DAY})?\s*(\d{{1,2}})[:时点h](?:(\d{{1,2}})(?:[:分](\d{{1,2}})?(?:[.,]\d+)?)?分?)?秒?"
    rf"\s*({_HALF_DAY})?\s*(z|utc|gmt|(?:utc|gmt)?[+-]\d{{1,2}}(?::?\d{{2}})?)?"
)
_FRACTION = re.compile(r"\d?\.\d+|[01]")
# 20260519140500; 14.05 Uhr; 09:00-09:05, whose end is no offset unless it stands before its beginning
_RUN = re.compile(r"(\d{8})[ t]?(\d\d)(\d\d)(\d\d)?")
_POINTED = re.compile(r"(\d{1,2})\.(\d\d)(?:\.(\d\d))?")
_OCLOCK = re.compile(r"\s*uhr$")
_SPAN = re.compile(r"(?<![\d:t])(\d{1,2}:\d\d(?::\d\d)?)(\s*[-~–—至到]\s*)(\d{1,2}:\d\d(?::\d\d)?)$", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"{_MONTH}-(\d\d)")
_NAMED = re.compile(r"[a-z]{2}|[期周拜]")
_WEEKDAY = re.compile(rf"\s*[(\[]?(?:\b(?:{WEEKDAY})\b\.?|(?:星期|周|礼拜)[一二三四五六日天])[)\]]?,?\s*")


@dataclass(frozen=True)
class DayOrder:
    """In which order dates such as 3/5/2026 are written: by separator where the column's own dates tell, else `usual`.

    `unsure`: texts of the column that may be days of two orders, and that nothing decides about.
    """

    usual: str = MONTH_FIRST
    by_separator: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    ahead: timedelta = _LATER  # of today, that a day without a year may lie
    months: bool = False  # May-26 is a month and its year

    def of(self, separator: str) -> str:
        return self.by_separator.get(separator, self.usual)


def day_order(texts: Iterable[str], as_of: date, *, past: bool = False) -> DayOrder:
    """How a column writes its days, from its distinct texts; `past`: nothing in it can lie after `as_of`.

    Dates of one separator are written in an order in which all of them are days; of several such orders in the one that keeps to
    years near `as_of`, else as most dates of other separators, else, in a column of the past, in the one that keeps to it. Otherwise
    the month is taken to be first, and which dates may be meant otherwise is said. Source: ownbooks.md 2.
    """
    by_separator: dict[str, list[tuple[str, dict[str, datetime]]]] = {}
    years: list[bool] = []
    for text in texts:
        plain = fold(text).casefold()
        if month := _MONTH_YEAR.fullmatch(plain):
            years.append(int(_year(month[2], as_of)) - as_of.year in _NEAR)
        if found := _THREE.match(plain) or _THREE.match(_dayless(plain)):
            by_separator.setdefault(found[2], []).append((text, _readings(found, as_of)))
    votes = Counter(next(iter(r)) for each in by_separator.values() for _, r in each if len(r) == 1)
    usual = votes.most_common(1)[0][0] if votes else None
    told = {sign: _order_of(each, usual, as_of, past=past) for sign, each in by_separator.items()}
    unsure = tuple(text for _, texts_of in told.values() for text in texts_of)
    ahead = _SOON if past else _LATER
    return DayOrder(
        usual or MONTH_FIRST,
        {sign: order for sign, (order, _) in told.items()},
        unsure,
        ahead,
        bool(years) and all(years),
    )


def _order_of(
    each: Sequence[tuple[str, dict[str, datetime]]], usual: str | None, as_of: date, *, past: bool
) -> tuple[str, list[str]]:
    """The order of (text, its readings) of one separator, and the texts that may be days of another."""
    fit = [order for order in _ORDERS if all(order in readings for _, readings in each)]
    fit = _within(_LIKELY, fit, each, as_of)
    if len(fit) > 1 and usual in fit:
        fit = [usual]
    if len(fit) > 1 and past:
        fit = [o for o in fit if all(r[o].date() <= as_of for _, r in each)] or fit
    if len(fit) == 1:
        return fit[0], []
    alone = Counter(next(iter(readings)) for _, readings in each if len(readings) == 1)
    order = alone.most_common(1)[0][0] if alone else next(iter(_within(_NEAR, fit, each, as_of)), MONTH_FIRST)
    return order, [text for text, readings in each if len(set(readings.values())) > 1]


def _within(years: range, orders: list[str], each: Sequence[tuple[str, dict[str, datetime]]], as_of: date) -> list[str]:
    """Those of the orders that keep to some years from `as_of`; all where none does."""
    return [o for o in orders if all(r[o].year - as_of.year in years for _, r in each)] or orders


def moment(
    value: object, *, date1904: bool, as_of: date, order: DayOrder | None = None, zone: zones.Zone = HOME
) -> datetime | Unreadable | None:
    """A datetime, None for a blank, BAD for what is no day between 1900 and 2200.

    Takes real dates, serials of either date system, 20260503, 2026/5/3, 2026年5月3日 下午2:05, 3/5/2026 and 3/5/26 (`order` says
    which is the day), 3-May-26, May 3, 2026, Tue 5/3/2026, ISO times with an offset (told in `zone`), and 5月3日 or 5.3
    (a text), which mean the latest such day that is not further after `as_of` than `order` allows, half a year unless it says less.
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
        case float() | int() if not _RUNS[0] <= value < _RUNS[1]:
            return _from_number(float(value), date1904)
        case _:
            plain = fold(f"{value:.0f}" if isinstance(value, float) else str(value)).casefold()
    if is_nothing(plain):
        return None
    if run := _RUN.fullmatch(plain):
        plain = f"{run[1]} {run[2]}:{run[3]}:{run[4] or '00'}"
    if plain.replace(".", "", 1).isdigit() and not (_THREE.fullmatch(plain) or _TWO.fullmatch(plain)):
        return _from_number(float(plain), date1904)
    order = order or DayOrder()
    found = _from_text(plain, as_of, order, zone)  # first as it stands: mar is Tuesday in French, and March
    return _from_text(_dayless(plain), as_of, order, zone) if found is BAD and _NAMED.search(plain) else found


def without_end(said: str) -> str:
    """A time of day without that at which it ended: 09:00 of 09:00-09:05; 09:00-05:00, which would end before it began, has an offset."""
    found = _SPAN.search(said)
    if not found:
        return said
    begun, ended = ([int(part) for part in clock.split(":")] for clock in (found[1], found[3]))
    return said[: found.end(1)] if found[2] != "-" or (len(begun) == len(ended) and ended > begun) else said


def clock(value: object) -> int | Unreadable | None:
    """Minutes after midnight, None for a blank, BAD for what is no time of day. Takes 8:30, 08:30:00, 8点半, 晚上9点, 0.375, 24:00."""
    plain = fold(str(value)).casefold() if value not in (None, "") else ""
    if not plain:
        return None
    if _FRACTION.fullmatch(plain) and float(plain) <= 1:  # how Excel stores a time
        return round(float(plain) * 1440)
    found = _CLOCK.fullmatch(plain.replace("点半", ":30"))
    hour = _hour(found) if found and not found[6] else None
    if not found or hour is None:
        return BAD
    minute = int(found[3] or 0)
    minutes = hour * 60 + minute
    return minutes if minute < 60 and minutes <= 1440 else BAD


def _hour(found: re.Match[str]) -> int | None:
    """The hour of the day of what _CLOCK matched: 12 am is midnight, 12 pm noon; None for what is neither, such as 晚上12点."""
    hour, half = int(found[2]), (found[1] or found[5] or "").replace(".", "")
    if half in _BEFORE_NOON:
        return 0 if hour == 12 else hour
    if half == "中午":
        return hour + 12 if hour < 3 else hour
    if half in _AFTER_NOON:
        if hour == 12 and half not in ("下午", "pm"):
            return None
        return hour + 12 if hour < 12 else hour
    return hour


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


def _dayless(plain: str) -> str:
    """A text without the day of the week, which says nothing that the date does not."""
    return _WEEKDAY.sub(" ", plain, count=1).strip()


def _from_text(plain: str, as_of: date, order: DayOrder, zone: zones.Zone) -> datetime | Unreadable:
    if found := _YMD.match(plain) or _COMPACT.match(plain):
        day = _built(_year(found[1], as_of), found[2], found[3])
    elif order.months and (found := _MONTH_YEAR.fullmatch(plain)):
        day = _built(_year(found[2], as_of), str(MONTHS[found[1]]), "1")
    elif found := _THREE.match(plain):
        readings = _readings(found, as_of)
        day = readings.get(order.of(found[2])) or next(iter(readings.values()), BAD)
    elif found := _DAY_NAME.match(plain):
        day = _of_parts(found[3], str(MONTHS[found[2]]), found[1], as_of, order.ahead)
    elif found := _NAME_DAY.match(plain):
        day = _of_parts(found[3], str(MONTHS[found[1]]), found[2], as_of, order.ahead)
    elif found := _TWO.fullmatch(plain) or _TWO_CLOCKED.match(plain):
        month, number = (found[3], found[1]) if order.of(found[2]) == DAY_FIRST else (found[1], found[3])
        day = (
            _of_parts(None, month, number, as_of, order.ahead)
            if int(month) <= 12
            else _of_parts(None, number, month, as_of, order.ahead)
        )
    elif found := _MD.match(plain):
        day = _of_parts(None, found[1], found[2], as_of, order.ahead)
    else:
        return BAD
    rest = plain[found.end() :].strip()
    if day is BAD or not rest:
        return day
    clocked = _CLOCK.fullmatch(without_end(_colons(rest.replace("点半", ":30"))))
    hour = _hour(clocked) if clocked else None
    if not clocked or hour is None:
        return BAD
    minute, second = int(clocked[3] or 0), int(clocked[4] or 0)
    if not (hour < 24 and minute < 60 and second < 60):
        return BAD
    return _at_home(day.replace(hour=hour, minute=minute, second=second), clocked[6], zone)


def _colons(rest: str) -> str:
    """A time of day with colons: 14:05 of 14.05 Uhr."""
    plain = _OCLOCK.sub("", rest)
    found = _POINTED.fullmatch(plain)
    return ":".join(filter(None, found.groups())) if found else plain


def _at_home(told: datetime, offset: str | None, zone: zones.Zone) -> datetime | Unreadable:
    """A time with an offset, as clocks of a zone show it."""
    if not offset:
        return told
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?", offset)
    hours, minutes = (int(found[2]), int(found[3] or 0)) if found else (0, 0)
    if hours > _FARTHEST or minutes % 15:
        return BAD
    away = timedelta(hours=hours, minutes=minutes) * (-1 if found and found[1] == "-" else 1)
    return zones.told_in(zone, told, timezone(away))


def _readings(found: re.Match[str], as_of: date) -> dict[str, datetime]:
    """The days that what _THREE matched can be, by their order; of two digits first the year of which is near `as_of`."""
    a, b, c = found[1], found[3], found[4]
    forms = {MONTH_FIRST: (c, a, b), DAY_FIRST: (c, b, a)} if len(c) > 1 else {}
    if len(a) == 2 and len(c) < 4:
        forms[_YEAR_FIRST] = (a, b, c)
    days = {o: day for o, (y, m, d) in forms.items() if (day := _built(_year(y, as_of), m, d)) is not BAD}
    return dict(sorted(days.items(), key=lambda reading: reading[1].year - as_of.year not in _NEAR))


def _of_parts(year: str | None, month: str, day: str, as_of: date, ahead: timedelta) -> datetime | Unreadable:
    """A day; without a year the latest one not further `ahead` of `as_of`."""
    if year:
        return _built(_year(year, as_of), month, day)
    built = _built(str(as_of.year), month, day)
    if built is not BAD and built.date() > as_of + ahead:
        built = _built(str(as_of.year - 1), month, day)
    return built


def _year(said: str, as_of: date) -> str:
    """A year of two digits is the latest not more than ten years after `as_of`."""
    if len(said) == 4:
        return said
    century = as_of.year - as_of.year % 100
    year = century + int(said)
    return str(year if year <= as_of.year + 10 else year - 100)


def _built(year: str, month: str, day: str) -> datetime | Unreadable:
    try:
        built = datetime(int(year), int(month), int(day))
    except ValueError:
        return BAD
    return built if FIRST_YEAR <= built.year <= LAST_YEAR else BAD
