"""The team's Calendar: public holidays as announced, and those to be expected of years nobody has announced yet."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from funnelbook.book.holidays import holiday_rows
from funnelbook.domain.festivals import festivals
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.sample.dirt import Rows
from funnelbook.words import sample_of, say


def calendar_of(language: str, first: date, last: date) -> WorkCalendar:
    """The calendar that the rows of the team's Calendar make."""
    rows = pd.DataFrame(calendar_rows(language, first, last), columns=["date", "workday", "weight"])
    return WorkCalendar.from_frame(rows.assign(date=pd.to_datetime(rows["date"])))


def calendar_rows(language: str, first: date, last: date) -> Rows:
    """Rows of the Calendar for all years from the one of `first` to that of `last`."""
    years = range(first.year, last.year + 1)
    return [row for year in years for row in holiday_rows(year, language) or _expected(year, language)]


def _expected(year: int, language: str) -> Rows:
    rows = {}
    moving = {code: day for day, code in festivals(date(year, 1, 1), date(year, 12, 31))}
    for name, festival, before, after in sample_of(language).holidays:
        day = moving[festival] if isinstance(festival, str) else date(year, *festival)
        for i in range(-before, after + 1):
            expected = say("sample.expected_holiday", language, holiday=name)
            off = day + timedelta(days=i)
            rows.setdefault(off, {"date": off, "workday": False, "name": expected})
    return [rows[day] for day in sorted(rows)]
