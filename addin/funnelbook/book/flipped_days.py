"""Real dates whose day and month a program has taken for each other when it opened a file of another country."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from funnelbook.book.dates import DAY_FIRST, DayOrder

_MONTHS = 12


def flipped(cells: Iterable[object], order: DayOrder, as_of: date) -> frozenset[datetime]:
    """The real dates of a column of the past that are to be read with day and month exchanged; none unless all say so.

    Excel set to month/day makes 5 July of 07/05/2026 and leaves 19/05/2026 a text. They are exchanged where the texts have the day
    first, some of the dates would lie after `as_of`, and with the two exchanged none does. Source: ownbooks.md 2.
    """
    days = frozenset(cell for cell in cells if isinstance(cell, datetime))
    if DAY_FIRST not in order.by_separator.values() or all(day.date() <= as_of for day in days):
        return frozenset()
    exchanged = [exchange(day) for day in days if day.day <= _MONTHS]
    return days if len(exchanged) == len(days) and all(day.date() <= as_of for day in exchanged) else frozenset()


def exchange(day: datetime) -> datetime:
    """A day with its number and its month exchanged."""
    return day.replace(month=day.day, day=day.month)
