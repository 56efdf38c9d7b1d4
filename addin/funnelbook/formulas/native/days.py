"""Functions of days, which are numbers: since the end of 1899, or since 1904 in a workbook that counts so."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from funnelbook.book.values import EPOCH, EPOCH_1904
from funnelbook.formulas.native.blocks import NUM, Scalar, UntoldError
from funnelbook.formulas.native.registry import Given, function
from funnelbook.formulas.native.scalars import number, whole

_FIRST, _LAST = 61, 2_958_465  # before March 1900 Excel counts a day that was none
_FIRST_1904 = 0
_WEEKDAYS = {1: 1, 2: 0, 11: 0, 12: 6, 13: 5, 14: 4, 15: 3, 16: 2, 17: 1}  # days from Monday to the first of a week's


def day_of(given: Given, value: Scalar) -> date | None:
    """The day of a number; None when there is none."""
    size = whole(value)
    if size < 0 or size > _LAST:
        return None
    if size < _FIRST and not given.date1904:
        raise UntoldError(size)
    return ((EPOCH_1904 if given.date1904 else EPOCH) + timedelta(days=size)).date()


def number_of(given: Given, day: date) -> float:
    """The number of a day."""
    found = (day - (EPOCH_1904 if given.date1904 else EPOCH).date()).days
    if found < (_FIRST_1904 if given.date1904 else _FIRST):
        raise UntoldError(day)
    return float(found)


@function("DATE", least=3)
def date_(given: Given, year: Scalar, month: Scalar, day: Scalar) -> Scalar:
    """A day; months and days beyond the last go into the next year or month."""
    y, m, d = whole(year), whole(month), whole(day)
    if not 1900 <= y <= 9999:
        raise UntoldError(y)
    months = y * 12 + m - 1
    if not 1900 * 12 <= months < 9999 * 12:
        raise UntoldError(m)
    return number_of(given, date(months // 12, months % 12 + 1, 1) + timedelta(days=d - 1))


@function("YEAR", least=1)
def year(given: Given, value: Scalar) -> Scalar:
    """The year of a day."""
    day = day_of(given, value)
    return float(day.year) if day else NUM


@function("MONTH", least=1)
def month(given: Given, value: Scalar) -> Scalar:
    """The month of a day."""
    day = day_of(given, value)
    return float(day.month) if day else NUM


@function("DAY", least=1)
def day_(given: Given, value: Scalar) -> Scalar:
    """The day of the month."""
    day = day_of(given, value)
    return float(day.day) if day else NUM


@function("WEEKDAY", least=1, most=2)
def weekday(given: Given, value: Scalar, kind: Scalar = 1.0) -> Scalar:
    """The day of the week."""
    day, counted = day_of(given, value), whole(kind)
    if day is None:
        return NUM
    if counted == 3:
        return float(day.weekday())
    if counted not in _WEEKDAYS:
        return NUM
    return float((day.weekday() + _WEEKDAYS[counted]) % 7 + 1)


@function("ISOWEEKNUM", least=1)
def isoweeknum(given: Given, value: Scalar) -> Scalar:
    """The week of the year by ISO 8601."""
    day = day_of(given, value)
    return float(day.isocalendar().week) if day else NUM


@function("EDATE", least=2)
def edate(given: Given, value: Scalar, months: Scalar) -> Scalar:
    """The day so many months later."""
    day = day_of(given, value)
    return NUM if day is None else number_of(given, _later(day, whole(months), day.day))


@function("EOMONTH", least=2)
def eomonth(given: Given, value: Scalar, months: Scalar) -> Scalar:
    """The last day of the month so many months later."""
    day = day_of(given, value)
    return NUM if day is None else number_of(given, _later(day, whole(months), 31))


def _later(day: date, months: int, at: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    if not 1900 * 12 <= count < 9999 * 12:
        raise UntoldError(months)
    y, m = count // 12, count % 12 + 1
    return date(y, m, min(at, monthrange(y, m)[1]))


@function("DAYS", least=2)
def days(_: Given, end: Scalar, start: Scalar) -> Scalar:
    """How many days lie between two."""
    return float(whole(end) - whole(start))


@function("HOUR", least=1)
def hour(_: Given, value: Scalar) -> Scalar:
    """The hour of a moment."""
    size = number(value)
    return float(round(size % 1 * 86_400) // 3600 % 24) if size >= 0 else NUM


@function("MINUTE", least=1)
def minute(_: Given, value: Scalar) -> Scalar:
    """The minute of a moment."""
    size = number(value)
    return float(round(size % 1 * 86_400) // 60 % 60) if size >= 0 else NUM
