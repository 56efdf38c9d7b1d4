"""The public holidays of a year as rows of the Calendar table."""

from __future__ import annotations

from datetime import date, timedelta

from funnelbook.words import particulars, say


def holiday_rows(year: int, language: str) -> list[dict[str, object]]:
    """Calendar rows (schema names) by day: days off and the weekend days worked for them; none for a year not announced."""
    rows: list[dict[str, object]] = []
    for name, first, last, worked in particulars(language).holidays.get(year, ()):
        start, end = date(year, *first), date(year, *last)
        days = [start + timedelta(days=i) for i in range((end - start).days + 1)]
        rows.extend({"date": day, "workday": False, "name": name} for day in days)
        instead = say("start.make_up_day", language, holiday=name)
        rows.extend({"date": date(year, *day), "workday": True, "weight": 1, "name": instead} for day in worked)
    return sorted(rows, key=lambda row: str(row["date"]))
