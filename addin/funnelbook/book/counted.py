"""What plain numbers below a header count, where the header says it: 金额(万元), Amount (k USD), 通话时长(秒)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from funnelbook.book.durations import PER_MINUTE, look_like_seconds
from funnelbook.book.schema import Column, Kind, Unit
from funnelbook.domain.dtypes import Numbers
from funnelbook.words import spellings, typed

MINUTES, SECONDS, MILLISECONDS = PER_MINUTE
_POWERS = {
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "k": 3,
    "t": 3,
    "0": 3,
    "'": 3,
    "’": 3,
    "m": 6,
}  # of ten
_CURRENCY = r"(?:us\$|hk\$|[$€£¥￥]|usd|hkd|rmb|cny|eur|gbp|chf|jpy|twd|sgd|inr|aud|cad)"
_MONEY = (
    re.compile(
        r"[\s(（\[【/／_:：,，-]*(?:单位\s*[:：]?\s*)?(?:(百万|千万|十万|千|万|亿)\s*(?:元|圆|人民币|rmb|cny)?|元|圆|人民币)\s*[)）\]】]*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"[\s(（\[/_,-]\s*(?:in\s+)?{_CURRENCY}?\s*(k|thousands?|['’]?000s?|m|mm|mn|mio|millions?)\s*(?:of\s+)?{_CURRENCY}?\s*[)）\]]*$",
        re.IGNORECASE,
    ),
    re.compile(rf"[\s(（\[/_,-]\s*(?:in\s+)?{_CURRENCY}()\s*[)）\]]*$", re.IGNORECASE),
)
_TITLE = re.compile(
    r"单位\s*[:：]\s*(百万元?|千万元?|十万元?|千元|万元?|亿元?)|\b(?:amounts?|figures?|all)\s+in\s+(?:[a-z]{3}\s+)?(thousands|millions|k)\b",
    re.IGNORECASE,
)
_TITLES = 5  # rows above a header
_IN_MINUTES = re.compile("|".join(map(re.escape, typed("in_minutes"))), re.IGNORECASE)
_IN_MILLISECONDS = re.compile("|".join((*map(re.escape, typed("milliseconds")), r"_ms$")), re.IGNORECASE)
_IN_SECONDS = re.compile("|".join((*map(re.escape, typed("seconds")), r"\(s\)", "（s）", "_s$")), re.IGNORECASE)
_TIMES = "|".join(map(re.escape, sorted(spellings("logs.unit"), key=len, reverse=True)))
_TIME = re.compile(
    rf"\s*(?:[(（\[]\s*(?:in\s+)?(?:{_TIMES})\s*[)）\]]|[\s_]+(?:in[\s_]+)?(?:{_TIMES}))$", re.IGNORECASE
)


def is_duration(column: Column) -> bool:
    """Whether a column holds how long something took."""
    return column.unit is Unit.MINUTES


def power(header: str) -> int:
    """The power of ten that money below a header is counted in: 4 for 金额(万元), 3 for Amount (k USD), 0 where it says none."""
    found = _unit(header)
    if found and found.start() and found.end() == len(header) and (own := _unit(header[: found.start()])):
        found = own  # its own goes before that of the list
    unit = (found[1] or "").casefold() if found else ""
    return _POWERS.get(unit) or _POWERS.get(unit[:1], 0)


def titled(rows: Sequence[Sequence[object]]) -> str:
    """The unit that the rows above a list say its money is counted in, as it would stand behind a header; "" for none."""
    texts = [cell for row in rows[-_TITLES:] for cell in row if isinstance(cell, str)]
    found = next((match for text in reversed(texts) if (match := _TITLE.search(text))), None)
    return f"({found[1] or found[2]})" if found else ""


def time_unit(header: str) -> str:
    """SECONDS, MINUTES or MILLISECONDS where a header names the one, "" where it names none or several."""
    if _IN_MILLISECONDS.search(header):
        return MILLISECONDS
    seconds, minutes = (bool(unit.search(header)) for unit in (_IN_SECONDS, _IN_MINUTES))
    return "" if seconds == minutes else SECONDS if seconds else MINUTES


def without_money_unit(header: str) -> str:
    """A header without what it says of the unit of its money."""
    found = _unit(header)
    return header[: found.start()] if found else header


def _unit(header: str) -> re.Match[str] | None:
    return next((match for unit in _MONEY if (match := unit.search(header))), None)


def without_time_unit(header: str) -> str:
    """A header without what it says of the unit of its durations."""
    return _TIME.sub("", header)


def bare(header: str, column: Column) -> str:
    """A header without the unit that the numbers of such a column may be counted in."""
    if column.kind is Kind.MONEY:
        return without_money_unit(header)
    return without_time_unit(header) if is_duration(column) else header


def in_unit(sizes: Numbers, column: Column, header: str, there: Iterable[object]) -> Numbers:
    """Sizes as they stand below a header: 9800 as 0.98 below 万元, minutes as seconds where the column holds those.

    `there`: the cells of the column, which tell where a header does not.
    """
    if column.kind is Kind.MONEY and (tens := power(header)):
        return np.round(sizes / 10.0**tens, 12)
    if is_duration(column):
        unit = time_unit(header) or (SECONDS if look_like_seconds([*there]) else MINUTES)
        return sizes if unit == MINUTES else np.round(sizes * PER_MINUTE[unit], 6)
    return sizes
