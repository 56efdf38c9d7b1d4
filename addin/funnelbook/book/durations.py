"""How long calls took, as people and phone systems write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from statistics import median

from funnelbook.book.values import Unreadable, fold, number

_CLOCKED = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")
_WORDED = re.compile(
    r"(?:pt(?=\d))?(?:(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?|小时|时))?\s*(?:(\d+(?:\.\d+)?)\s*(?:m|mins?|minutes?|分钟?|['′’]))?\s*(?:(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?|秒|\"|”|''|′′))?"
)
_HALF = re.compile(r"(\d+)分半$")
PER_MINUTE = {"minutes": 1, "seconds": 60, "milliseconds": 60_000}  # by unit
_USUAL, _LONGEST = 20, 180  # minutes: no team's calls take as long, half of them, or one of them


def minutes(said: object, *, unit: str = "minutes") -> float | Unreadable | None:
    """A duration in minutes, None for a blank, BAD for what is none.

    Takes 3:25, 0:03:25, 00:02:31.000, 2m 31s, 3分25秒, 3分半, 151秒, 2'31", 1.5h, PT3M25S; a plain number is in `unit`, one of PER_MINUTE.
    """
    plain = fold(str(said)).casefold() if said is not None else ""
    plain = _HALF.sub(r"\1分30秒", plain)
    if plain and (found := _CLOCKED.fullmatch(plain) or _WORDED.fullmatch(plain)):
        hours, whole, rest = (float(part or 0) for part in found.groups())
        return hours * 60 + whole + rest / 60
    size = number(said)
    return size / PER_MINUTE[unit] if isinstance(size, float) else size


def look_like_seconds(column: Iterable[object]) -> bool:
    """Whether plain numbers of a column without a unit are seconds: whole ones, larger than calls are long in minutes."""
    sizes = [size for said in column if isinstance(size := number(said), float) and size > 0]
    return _too_long(sizes)


@dataclass(frozen=True)
class Writing:
    """How a column writes its durations: plain numbers in `unit`, of PER_MINUTE, minutes and seconds as times of day without seconds
    (`shifted`: 3:25:00, which is what Excel makes of 3:25)."""

    unit: str = "minutes"
    shifted: bool = False

    def minutes(self, said: object) -> float | Unreadable | None:
        """A duration in minutes, None for a blank, BAD for what is none."""
        size = minutes(said, unit=self.unit)
        return size / 60 if self.shifted and _is_clock(said) and isinstance(size, float) and size.is_integer() else size


def writing(cells: Sequence[object], unit: str) -> Writing:
    """How a column writes its durations, told by the unit that its header names ("" none) and by its distinct cells as a whole."""
    clocks = [
        size for said in cells if _is_clock(said) and isinstance(size := minutes(said), float) and size.is_integer()
    ]
    return Writing(unit or ("seconds" if look_like_seconds(cells) else "minutes"), _too_long(clocks))


def _is_clock(said: object) -> bool:
    return isinstance(said, time | timedelta)


def _too_long(sizes: Sequence[float]) -> bool:
    """Whether whole numbers are larger than calls are long in minutes."""
    return bool(sizes) and all(map(float.is_integer, sizes)) and (median(sizes) > _USUAL or max(sizes) > _LONGEST)
