"""The line above a result table: as of when it is, and what its numbers rest on."""

from __future__ import annotations

from funnelbook.results.situation import Situation
from funnelbook.words import say


def line(*parts: str) -> str:
    """Sentences as one line, a space between them where one is in Latin letters."""
    return " ".join(part for part in parts if part) if any(p.isascii() for p in parts if p) else "".join(parts)


def as_of(situation: Situation) -> str:
    """The day and the period all is worked out for."""
    return say("as_of_line", situation.language, as_of=situation.as_of.isoformat(), period=situation.period.label)


def of_data(situation: Situation, without_log: str = "no_activities_line") -> list[str]:
    """Which of Activities and Orders are missing."""
    codes = [without_log] * situation.activities.empty + ["no_orders_line"] * (not situation.has_orders)
    return [say(code, situation.language) for code in codes]
