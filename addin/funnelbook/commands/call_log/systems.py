"""Which phone system wrote a log, told by headers that only it writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from funnelbook.book.labels import normalise
from funnelbook.words import spellings


def system_of(heads: Iterable[str]) -> str | None:
    """The phone system whose log has these headers; None where they could be those of any."""
    there = set(map(normalise, heads))
    return next((name for name, wanted in _telling() if wanted <= there), None)


def system_called(said: object) -> str | None:
    """The phone system that a text names; None where it names none we know."""
    return _names().get(normalise(said)) if isinstance(said, str) else None


@cache
def _telling() -> tuple[tuple[str, frozenset[str]], ...]:
    """Systems, each with headers that stand together in its logs alone."""
    lines = (line.split("|") for line in spellings("logs.heads_of_systems"))
    return tuple((name, frozenset(map(normalise, heads))) for name, *heads in lines)


@cache
def _names() -> Mapping[str, str]:
    named = {normalise(name): name for name, _ in _telling()}
    lines = (line.split("|") for line in spellings("logs.systems_called"))
    return named | {normalise(text): name for name, *others in lines for text in others}
