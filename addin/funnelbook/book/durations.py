"""How long calls took, as phone systems write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from funnelbook.book.values import Unreadable, fold, number

_CLOCKED = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")
_WORDED = re.compile(
    r"(?:(\d+)\s*(?:h|hrs?|hours?|小时|时))?\s*(?:(\d+(?:\.\d+)?)\s*(?:m|mins?|minutes?|分钟?|['′’]))?\s*(?:(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?|秒|\"|”|''|′′))?"
)
_USUAL, _LONGEST = 20, 180  # minutes: no team's calls take as long, half of them, or one of them


def minutes(said: object, *, seconds: bool = False) -> float | Unreadable | None:
    """A duration in minutes, None for a blank, BAD for what is none.

    Takes 3:25, 0:03:25, 00:02:31.000, 2m 31s, 3分25秒, 151秒, 2'31"; a plain number is minutes, or `seconds`.
    """
    plain = fold(str(said)).casefold() if said is not None else ""
    if plain and (found := _CLOCKED.fullmatch(plain) or _WORDED.fullmatch(plain)):
        hours, whole, rest = (float(part or 0) for part in found.groups())
        return hours * 60 + whole + rest / 60
    size = number(said)
    return size / 60 if seconds and isinstance(size, float) else size


def look_like_seconds(column: Sequence[object]) -> bool:
    """Whether plain numbers of a column without a unit are seconds: whole ones, larger than calls are long in minutes."""
    sizes = [size for said in column if isinstance(size := number(said), float) and size > 0]
    return bool(sizes) and all(map(float.is_integer, sizes)) and (median(sizes) > _USUAL or max(sizes) > _LONGEST)
