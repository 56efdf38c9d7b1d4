"""What months and days of the week are called in the languages that lists and phone systems write dates in, besides Chinese."""

from __future__ import annotations

import re

# full names and usual abbreviations, in small letters and without a full stop: English, German, French
_MONTHS = (
    "january jan januar jänner jän janvier janv",
    "february feb februar février févr fév",
    "march mar märz mär mrz mars",
    "april apr avril avr",
    "may mai",
    "june jun juni juin",
    "july jul juli juillet juil",
    "august aug août",
    "september sept sep septembre",
    "october oct oktober okt octobre",
    "november nov novembre",
    "december dec dezember dez décembre déc",
)
_WEEKDAYS = (
    "monday mon montag mo lundi lun",
    "tuesday tues tue dienstag di mardi mar",
    "wednesday wednes wed mittwoch mi mercredi mer",
    "thursday thurs thur thu donnerstag do jeudi jeu",
    "friday fri freitag fr vendredi ven",
    "saturday satur sat samstag sonnabend sa samedi sam",
    "sunday sun sonntag so dimanche dim",
)


def _any(names: tuple[str, ...]) -> str:
    """A pattern of any of the names, the longer first."""
    return "|".join(map(re.escape, sorted({name for line in names for name in line.split()}, key=len, reverse=True)))


MONTHS = {name: number for number, line in enumerate(_MONTHS, 1) for name in line.split()}
MONTH, WEEKDAY = _any(_MONTHS), _any(_WEEKDAYS)
