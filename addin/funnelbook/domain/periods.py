"""Planning periods: how people write them, and the weeks they have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

_YEAR = r"(?P<year>\d{4})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_FORMS = (
    # not 2026.1: a cell makes that of 2026.10 too
    re.compile(rf"{_YEAR}(?!\.1$)[-/.年](?P<month>\d{{1,2}})月?"),
    re.compile(rf"{_YEAR}(?P<month>\d{{2}})"),
    re.compile(rf"{_YEAR}[-/年]?(?:q|第)?(?P<quarter>[1-4一二三四])(?:季度?)?"),
    re.compile(rf"{_YEAR}年?"),
    re.compile(rf"{_NAME}[-/.,]*{_YEAR}"),
    re.compile(rf"{_YEAR}[-/.,]*{_NAME}"),
    re.compile(rf"(?P<month>\d{{1,2}})[-/月]{_YEAR}年?"),
    re.compile(rf"q(?P<quarter>[1-4])[-/]?{_YEAR}"),
)
_WITHOUT_YEAR = (
    re.compile(r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月份?"),
    re.compile(rf"{_NAME}"),
    re.compile(r"(?:q|第)(?P<quarter>[1-4一二三四])(?:季度?)?|(?P<season>[1-4一二三四])季度?"),
)
_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_RANGE = re.compile(rf"(?P<start>{_DAY})(?:/|~|至|到|--|-)(?P<end>{_DAY})")
_CHINESE = {
    digit: i for i, digit in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1)
}


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def parse(text: object) -> Period:
    """The period of 2026-05, 2026年5月, May 2026, 05/2026, 2026-Q2, Q2 2026, 2026年第二季度, 2026 or 2026-04-01/2026-06-30; a date its
    month.

    ValueError when it is none of these. Source: numbers.md 3.
    """
    if isinstance(text, date):
        return month_of(text)
    plain = "".join(unicodedata.normalize("NFKC", str(text)).casefold().split())
    if found := _RANGE.fullmatch(plain):
        start, end = (_day(found[side]) for side in ("start", "end"))
        if end < start:
            raise ValueError(f"{text}: ends before it starts")
        return Period(start, end, f"{start}/{end}")
    if re.fullmatch(rf"{_DAY}(?:t?00:00(?::00)?)?", plain) and (day := re.match(_DAY, plain)):
        return month_of(_day(day[0]))
    for form in _FORMS:
        if found := form.fullmatch(plain):
            part = found.groupdict()
            year = int(part["year"])
            if name := part.get("name"):
                return month_of(date(year, _MONTHS.index(name) + 1, 1))
            if part.get("month"):
                return month_of(date(year, int(part["month"]), 1))
            if part.get("quarter"):
                quarter = _CHINESE.get(part["quarter"]) or int(part["quarter"])
                return Period(date(year, quarter * 3 - 2, 1), _month_end(year, quarter * 3), f"{year}-Q{quarter}")
            return Period(date(year, 1, 1), date(year, 12, 31), str(year))
    raise ValueError(f"{text}: not a period such as 2026-05, 2026-Q2, 2026 or 2026-04-01/2026-06-30")


def with_year(text: object, as_of: date) -> object:
    """The label of a month or quarter without its year, 5月, May or Q2: of the year of `as_of`, as in a list of its twelve months.

    Anything else stays as it is.
    """
    plain = "".join(unicodedata.normalize("NFKC", str(text)).casefold().split())
    found = next((found for form in _WITHOUT_YEAR if (found := form.fullmatch(plain))), None)
    if not isinstance(text, str) or not found:
        return text
    part = {name: said for name, said in found.groupdict().items() if said}
    (kind, said), *_ = part.items()
    number = _MONTHS.index(said) + 1 if kind == "name" else _CHINESE.get(said) or (int(said) if said.isdecimal() else 0)
    if kind in ("month", "name"):
        return f"{as_of.year}-{number:02d}" if 1 <= number <= 12 else text
    return f"{as_of.year}-Q{number}"


def month_of(day: date) -> Period:
    """The calendar month that holds `day`."""
    return Period(date(day.year, day.month, 1), _month_end(day.year, day.month), f"{day.year}-{day.month:02d}")


def is_period(text: object) -> bool:
    """Whether `parse` can read it."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def before(period: Period) -> Period:
    """The period of the same kind that ends the day before this one begins; before a range, as many days."""
    last = period.start - timedelta(days=1)
    first = last - (period.end - period.start)
    return _alike(period, last) or Period(first, last, f"{first}/{last}")


def after(period: Period) -> Period:
    """The period of the same kind that begins the day after this one ends; after a range, as many days."""
    first = period.end + timedelta(days=1)
    last = first + (period.end - period.start)
    return _alike(period, first) or Period(first, last, f"{first}/{last}")


def _alike(period: Period, day: date) -> Period | None:
    """The month, quarter or year that holds a day, as the period is one; None of a range."""
    if re.fullmatch(r"\d{4}-\d\d", period.label):
        return month_of(day)
    if re.fullmatch(r"\d{4}-Q\d", period.label):
        return parse(f"{day.year}-Q{(day.month + 2) // 3}")
    if re.fullmatch(r"\d{4}", period.label):
        return parse(str(day.year))
    return None


def weeks(period: Period) -> pd.DataFrame:
    """ISO weeks cut to the period: week (2026-W21), from, to (datetime64, both days included). Source: numbers.md 4."""
    rows = []
    day = period.start
    while day <= period.end:
        sunday = min(day + timedelta(days=7 - day.isoweekday()), period.end)
        rows.append((week_of(day), day, sunday))
        day = sunday + timedelta(days=1)
    frame = pd.DataFrame(rows, columns=["week", "from", "to"])
    return frame.assign(**{side: pd.to_datetime(frame[side]) for side in ("from", "to")})


def week_of(day: date) -> str:
    """The ISO week of a day, as 2026-W21."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _day(text: str) -> date:
    return date(*map(int, re.findall(r"\d+", text)))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
