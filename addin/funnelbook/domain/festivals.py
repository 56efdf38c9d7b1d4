"""Festivals customers are greeted on, solar and lunar."""

from __future__ import annotations

from datetime import date

from borax.calendars.lunardate import LunarDate

# code -> month and day, and whether they are of the lunar calendar (method F4)
FESTIVALS: dict[str, tuple[int, int, bool]] = {
    "new_year": (1, 1, False),
    "spring_festival": (1, 1, True),
    "lantern": (1, 15, True),
    "labour_day": (5, 1, False),
    "dragon_boat": (5, 5, True),
    "mid_autumn": (8, 15, True),
    "national_day": (10, 1, False),
}
FIRST_YEAR, LAST_YEAR = 1901, 2099  # what the lunar tables cover


class UnknownYears(ValueError):
    """The lunar tables do not cover these years."""


def festivals(start: date, end: date) -> list[tuple[date, str]]:
    """Festivals from `start` to `end`, both included, by day: (day, code). UnknownYears outside 1901 .. 2099.

    Source: method F4, numbers.md 10; lunar days by borax, checked against published dates in the tests.
    """
    if not FIRST_YEAR <= start.year <= end.year <= LAST_YEAR:
        raise UnknownYears(f"lunar dates are known from {FIRST_YEAR} to {LAST_YEAR}")
    found = []
    for year in range(start.year, end.year + 1):
        for code, (month, day, lunar) in FESTIVALS.items():
            when = LunarDate(year, month, day).to_solar_date() if lunar else date(year, month, day)
            if start <= when <= end:
                found.append((when, code))
    return sorted(found)
