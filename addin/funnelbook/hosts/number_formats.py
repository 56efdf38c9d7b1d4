"""What the number format of a cell makes of its value."""

from __future__ import annotations

import re

TEXT, GENERAL = "@", "General"
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def shows_day(code: str) -> bool:
    """Whether a number looks like a day in it."""
    return any(letter in _NOT_CODE.sub("", code).casefold() for letter in "yd")
