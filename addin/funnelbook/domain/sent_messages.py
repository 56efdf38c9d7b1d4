"""Channels (联系方式): how long a short message may be, and by when what was sent must be confirmed by a call."""

from __future__ import annotations

import numpy as np

from funnelbook.domain.dtypes import A_DAY, Moments
from funnelbook.domain.workdays import WorkCalendar

CHINESE_SMS, GSM7_SMS = 70, 160  # characters of one short message
MOST_WAIT = 366  # days; beyond that a typing slip
# 3GPP TS 23.038: the default alphabet, and its extension table, whose characters take two places
_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_TWICE = frozenset("^{}\\[~]|€\f")
_DAY = "datetime64[D]"


def sms_length(text: str) -> tuple[int, bool]:
    """Places a text takes in a short message, and whether they are those of GSM-7 (else UCS-2). Source: 3GPP TS 23.038."""
    if all(c in _GSM7 or c in _GSM7_TWICE for c in text):
        return sum(2 if c in _GSM7_TWICE else 1 for c in text), True
    return len(text.encode("utf-16-le")) // 2, False


def sms_limit(text: str, most: float = np.nan) -> float:
    """Places one short message has for a text: 70 Chinese or 160 GSM-7 characters, or `most`, where that is less than either."""
    return most if most < CHINESE_SMS else GSM7_SMS if sms_length(text)[1] else CHINESE_SMS


def sms_too_long(text: str, most: float = np.nan) -> bool:
    """Whether a text is more than one short message, 70 Chinese or 160 GSM-7 characters, or than `most`, where that is less.

    Source: method E8, numbers.md 9.
    """
    return sms_length(text)[0] > sms_limit(text, most)


def confirm_by(sent: Moments, days: float, calendar: WorkCalendar | None) -> Moments:
    """The day (datetime64[D]) by which what was `sent` must be confirmed, NaT where nothing was.

    `days` are working days of `calendar`; without one any days. Source: method E8, numbers.md 9.
    """
    day: Moments = np.asarray(sent, dtype=_DAY)
    wait = int(np.clip(days, 0, MOST_WAIT))
    if calendar is None:
        return day + wait * A_DAY
    for _ in range(wait):
        day = calendar.next_working(day + A_DAY)
    return day
