"""The rows a new workbook starts with: tiers, call outcomes, channels, rules, the year's holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from funnelbook.book.holidays import holiday_rows
from funnelbook.book.settings import KEYS, Settings
from funnelbook.words import particulars, say, texts

Rows = list[dict[str, Any]]  # of a table by schema column, cells as people type them

_TIERS = (  # order, code, rate, dwell_days, cadence_days, minutes: workbook.md
    (1, "E", 0.5, 14, 14, 5), (2, "D", 0.4, 10, 7, 6), (3, "C", 0.5, 10, 5, 8), (4, "B", 0.6, 7, 3, 10), (5, "A", 0.8, 5, 2, 8),
)  # fmt: skip
_OUTCOMES = (  # key of its name, tier after, connected, quoted, do not call
    ("no_answer", None, False, False, False),
    ("busy", None, False, False, False),
    ("switched_off", None, False, False, False),
    ("wrong_number", None, False, False, False),
    ("bad_moment", None, True, False, False),
    ("later", None, True, False, False),
    ("no_need", "E", True, False, False),
    ("willing", "D", True, False, False),
    ("material_sent", "D", True, False, False),
    ("sees_need", "C", True, False, False),
    ("demo", "C", True, False, False),
    ("quoted", "B", True, True, False),
    ("terms", "B", True, False, False),
    ("decided", "A", True, False, False),
    ("cared", None, True, False, False),
    ("won", "Won", True, False, False),
    ("refused", "Lost", True, False, False),
    ("do_not_call", None, True, False, True),
)
_CHANNELS = (  # key of its name, from, to, key of the channel to confirm by, days until then
    ("phone", time(8, 30), time(20, 0), None, None),
    ("sms", time(9, 0), time(20, 0), None, None),
    ("wechat", time(9, 0), time(21, 0), None, None),
    ("email", None, None, "phone", None),
    ("fax", time(9, 0), time(17, 30), "phone", 1),
)
_OBJECTIONS = ("price", "wavering", "supplier", "budget", "boss", "trust", "need")
_CARE = (  # event, days, value class, key of what to say
    ("guidance", 1, None, "guidance_1"), ("guidance", 7, None, "guidance_7"), ("guidance", 30, None, "guidance_30"),
    ("visit", 30, "high", "visit"), ("visit", 60, "mid", "visit"), ("visit", 90, "low", "visit"),
    ("festival", None, None, "festival"), ("birthday", None, None, "birthday"),
)  # fmt: skip
_DISPOSITIONS: tuple[tuple[str, str, str | None, bool], ...] = (  # phone system, its word, key of the outcome, whether somebody spoke
    ("VICIdial", "A", "no_answer", False), ("VICIdial", "N", "no_answer", False), ("VICIdial", "NA", "no_answer", False),
    ("VICIdial", "DROP", "no_answer", False), ("VICIdial", "B", "busy", False), ("VICIdial", "AB", "busy", False),
    ("VICIdial", "DC", "wrong_number", False), ("VICIdial", "ADC", "wrong_number", False),
    ("VICIdial", "CALLBK", "later", True), ("VICIdial", "CBHOLD", "later", True), ("VICIdial", "NI", "no_need", True),
    ("VICIdial", "SALE", "won", True), ("VICIdial", "DNC", "do_not_call", True), ("VICIdial", "XFER", None, True),
    ("Asterisk", "ANSWERED", None, True), ("Asterisk", "NO ANSWER", "no_answer", False), ("Asterisk", "BUSY", "busy", False),
    ("Asterisk", "FAILED", None, False), ("Asterisk", "CONGESTION", None, False),
    ("FreeSWITCH", "NORMAL_CLEARING", None, True), ("FreeSWITCH", "NO_ANSWER", "no_answer", False),
    ("FreeSWITCH", "ORIGINATOR_CANCEL", "no_answer", False), ("FreeSWITCH", "USER_BUSY", "busy", False),
    ("FreeSWITCH", "CALL_REJECTED", "busy", False), ("FreeSWITCH", "UNALLOCATED_NUMBER", "wrong_number", False),
    ("3CX", "Answered", None, True), ("3CX", "Unanswered", "no_answer", False),
    ("Aircall", "Answered", None, True), ("Aircall", "Missed", "no_answer", False), ("Aircall", "Voicemail", "no_answer", False),
    ("RingCentral", "Call connected", None, True), ("RingCentral", "Accepted", None, True), ("RingCentral", "Missed", "no_answer", False),
    ("RingCentral", "No Answer", "no_answer", False), ("RingCentral", "Voicemail", "no_answer", False),
    ("RingCentral", "Hang Up", "no_answer", False), ("RingCentral", "Busy", "busy", False), ("RingCentral", "Rejected", "busy", False),
)  # fmt: skip
_RAMP = ((1, 0.3), (2, 0.6), (3, 0.8))
_HOLIDAYS_OF = 2026


def default_rows(language: str) -> dict[str, Rows]:
    """Rows by table and schema name that a new workbook starts with; other input tables start empty."""

    def said(key: str) -> str:
        return say(f"start.{key}", language)

    def both(key: str) -> tuple[str, ...]:
        return texts(f"start.{key}", language)

    tiers: Rows = [
        dict[str, Any](zip(("order", "code", "rate", "dwell_days", "cadence_days", "minutes"), row, strict=True))
        | dict[str, Any](zip(("name", "definition", "advice"), both(f"tier_{row[1]}"), strict=True))
        for row in _TIERS
    ]
    return {
        "Tiers": tiers,
        "Outcomes": _rows(
            ("outcome", "tier_after", "connected", "quoted", "do_not_call"),
            [(said(f"outcome_{key}"), *o) for key, *o in _OUTCOMES],
        ),
        "Dispositions": _rows(
            ("profile", "disposition", "outcome", "connected"),
            [
                (system, word, key and said(f"outcome_{key}"), spoke)
                for system, word, key, spoke in (*_DISPOSITIONS, *_of_own_systems(language))
            ],
        ),
        "Channels": _channels(language),
        "Objections": _rows(("objection", "next_step"), [both(f"objection_{key}") for key in _OBJECTIONS]),
        "Ramp": _rows(("month", "factor"), _RAMP),
        "CareRules": _rows(
            ("event", "days", "value_class", "template"), [(*rule, said(f"care_{key}")) for *rule, key in _CARE]
        ),
        "Calendar": holiday_rows(_HOLIDAYS_OF, language),
        "Settings": _settings(language),
    }


def _rows(names: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Rows:
    return [dict(zip(names, row, strict=True)) for row in rows]


def _of_own_systems(language: str) -> list[tuple[str, str, str | None, bool]]:
    """As _DISPOSITIONS, of phone systems that speak the language."""
    parts = (line.split("|") for line in texts("logs.own_systems", language))
    return [(system, word, key or None, spoke == "spoke") for system, word, key, spoke in parts]


def _channels(language: str) -> Rows:
    """The channels that people who speak the language use: those it has a name for."""
    told = {key: texts(f"start.channel_{key}", language) for key, *_ in _CHANNELS}
    longest = {"sms": particulars(language).sms_characters}
    return [
        {
            "channel": told[key][0],
            "from": start,
            "to": end,
            "max_chars": longest.get(key),
            "confirm_by": told[by][0] if by else None,
            "confirm_days": days,
            "advice": told[key][1],
        }
        for key, start, end, by, days in _CHANNELS
        if told[key][0]
    ]


def _settings(language: str) -> Rows:
    values = {key: getattr(Settings(), key) for key in KEYS} | {"language": language}
    return [{"key": key, "value": values[key], "meaning": say(f"settings.{key}", language)} for key in KEYS]
