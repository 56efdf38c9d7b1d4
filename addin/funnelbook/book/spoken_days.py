"""Days as people say them, counted from the day they say it: 明天, 下周三, 26号, 5/26 下午3点, next Wed, the 26th, 3pm."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from funnelbook.book import dates, values
from funnelbook.book.month_names import MONTH, MONTHS

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEAR = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "tmr": 1, "后天": 2, "day after tomorrow": 2,
    "the day after tomorrow": 2, "大后天": 3,
}  # fmt: skip
_COUNTS = {name: count for count, name in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3,
}  # fmt: skip
_COUNT = r"(\d{1,3}|[一两二三四五六七八九十]|an?|one|two|three)"
_MONTH_AND_DAY = re.compile(r"\d{1,2}\s?[-/.月]\s?\d{1,2}[日号]?")
_LONG_AHEAD = timedelta(days=275)
_TIME = re.compile(
    r"\s*(?:at )?(\d{1,2}(?::\d{2})? ?[ap]\.?m\.?|(?:上午|早上|早晨|中午|下午|傍晚|晚上)? ?\d{1,2}(?:点半|[:点时](?:\d{1,2}分?)?))\s*"
)
_AFTERNOON = range(1, 7)  # an hour nobody works at in the morning, said without a half of the day
_Built = Callable[[re.Match[str], date], date | None]


def is_fixed(text: str) -> bool:
    """Whether a text names month and day, which are the same whatever day it is read on."""
    return _MONTH_AND_DAY.fullmatch(values.fold(text).strip()) is not None


def moment(value: object, *, date1904: bool, as_of: date) -> datetime | values.Unreadable | None:
    """The moment a cell says on a day; None for a blank, BAD for what is no day.

    A day of the week, of the month or without a year is the next such one after `as_of` (one with its month at most nine months
    ahead, else the last one); next week's days are of the week from Monday on. A time alone is of `as_of`. All else is read as
    `dates.moment` does.
    """
    if not isinstance(value, str):
        return dates.moment(value, date1904=date1904, as_of=as_of)
    said = " ".join(values.fold(value).casefold().rstrip(".。").split())
    day, clock = _split(said, as_of)
    if day is None:
        return dates.moment(value, date1904=date1904, as_of=as_of)
    return datetime.combine(day, clock or time())


def of_list(said: str, as_of: date) -> datetime | None:
    """The day a cell of a list says, as `moment` reads it and less exactly: next week from its Monday on, early next month its first."""
    plain = " ".join(values.fold(said).casefold().split())
    for pattern, built in _ROUGHLY:
        if found := pattern.fullmatch(plain):
            return datetime.combine(built(found, as_of), time())
    day, clock = _split(plain, as_of)
    return datetime.combine(day, clock or time()) if day else None


def _split(said: str, as_of: date) -> tuple[date | None, time | None]:
    """The day and the time of day, the time last or first; no day where it is none of these."""
    if day := _day(said, as_of):
        return day, None
    for found in _TIME.finditer(said):
        rest = (said[: found.start()] + " " + said[found.end() :]).strip(" ,，")
        clock, day = _clock(found[1]), _day(rest, as_of) if rest else as_of
        if clock and day and (found.start() == 0 or found.end() == len(said)):
            return day, clock
    return None, None


def _clock(said: str) -> time | None:
    minutes = dates.clock(re.sub(r"^(\d{1,2}) ?([ap])", r"\1:00\2", said))
    if not isinstance(minutes, int):
        return None
    half_told = not said[0].isdecimal() or said.rstrip(".").endswith("m")
    if minutes // 60 in _AFTERNOON and not half_told:
        minutes += 720
    return time(*divmod(minutes, 60)) if minutes < 1440 else None


def _day(said: str, as_of: date) -> date | None:
    if said in _NEAR:
        return as_of + timedelta(days=_NEAR[said])
    for pattern, built in _READ:
        if found := pattern.fullmatch(said):
            return built(found, as_of)
    return None


def _weekday(found: re.Match[str], as_of: date) -> date | None:
    """Of this week (only one to come), of the next ones, or the coming one."""
    which, name = found["which"] or "", found["day"]
    number = "一二三四五六日".find(name.replace("天", "日")) if not name.isascii() else _WEEKDAYS.index(name[:3])
    monday = as_of - timedelta(days=as_of.weekday())
    if weeks := which.count("下") or (which == "next"):
        return monday + timedelta(days=7 * weeks + number)
    day = monday + timedelta(days=number)
    if which in ("本", "这", "this"):
        return day if day > as_of else None
    return day if day > as_of else day + timedelta(days=7)


def _later(found: re.Match[str], as_of: date) -> date:
    said, unit = found[1], found[2]
    count = int(said) if said.isdecimal() else _COUNTS[said]
    return as_of + timedelta(days=count * (1 if unit in ("天", "日", "day", "days") else 7))


def _end_of_month(found: re.Match[str], as_of: date) -> date:
    first = _month(as_of, 1 if found["next"] or found["then"] else 0)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _day_of_month(found: re.Match[str], as_of: date) -> date | None:
    """The next one after today; in a month that has none, nobody can say which is meant."""
    day = int(found["day"])
    ahead = 1 if found.groupdict().get("next") or day <= as_of.day else 0
    return _built(_month(as_of, ahead), day)


def _month_and_day(found: re.Match[str], as_of: date) -> date | None:
    first, second = found["first"], found["second"]
    if first.isdecimal() and second.isdecimal():
        month, day = int(first), int(second)
        if month > 12:
            month, day = day, month
    else:
        name, number = (second, first) if first.isdecimal() else (first, second)
        month, day = MONTHS[name], int(number)
    if not 1 <= month <= 12:
        return None
    days = [_built(date(as_of.year + more, month, 1), day) for more in (1, 0, -1)]
    return next((day for day in days if day and day - as_of <= _LONG_AHEAD), None)


def _next_week(found: re.Match[str], as_of: date) -> date:
    return as_of + timedelta(days=7 * max(found[0].count("下"), 1) - as_of.weekday())


def _part_of_month(found: re.Match[str], as_of: date) -> date:
    """Its first or its fifteenth: the next to come, or that of the next month."""
    day = 15 if found["middle"] or "mid" in found[0] else 1
    return _month(as_of, 1 if found["next"] or found["then"] or day < as_of.day else 0).replace(day=day)


def _month(as_of: date, ahead: int) -> date:
    year, month = divmod(as_of.year * 12 + as_of.month - 1 + ahead, 12)
    return date(year, month + 1, 1)


def _built(month: date, day: int) -> date | None:
    return month.replace(day=day) if 1 <= day <= monthrange(month.year, month.month)[1] else None


_READ: tuple[tuple[re.Pattern[str], _Built], ...] = (
    (re.compile(r"(?P<which>下*|本|这)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"), _weekday),
    (
        re.compile(
            r"(?:(?P<which>next|this|on)\s+)?(?P<day>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)"
        ),
        _weekday,
    ),
    (re.compile(rf"{_COUNT}\s*个?(天|日|周|星期|礼拜)以?后"), _later),
    (re.compile(rf"in {_COUNT} (days?|weeks?)"), _later),
    (
        re.compile(
            r"(?:本|这个|(?P<next>下个?))?月(?:底|末)|(?:the )?end of (?:(?:the|this|(?P<then>next)) )?month|eom"
        ),
        _end_of_month,
    ),
    (re.compile(r"(?:(?P<next>下个?月)|本月|这个月)?(?P<day>\d{1,2})[号日]"), _day_of_month),
    (re.compile(r"(?:on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)"), _day_of_month),
    (re.compile(r"(?P<first>\d{1,2})\s*[/.\-月]\s*(?P<second>\d{1,2})[日号]?"), _month_and_day),
    (re.compile(rf"(?P<first>{MONTH})[ .\-]*(?P<second>\d{{1,2}})(?:st|nd|rd|th)?"), _month_and_day),
    (re.compile(rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?[ .\-]*(?P<second>{MONTH})"), _month_and_day),
)
_ROUGHLY: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (re.compile(r"下+个?(?:周|星期|礼拜)(?:内|再?联系)?|next week"), _next_week),
    (
        re.compile(
            r"(?:本|(?P<next>下个?))?月(?:初|上旬|(?P<middle>中旬?))"
            r"|(?:early|(?:the )?(?:beginning|start) of|mid) ?-?(?:(?:the |this |(?P<then>next ))?month)"
        ),
        _part_of_month,
    ),
)
