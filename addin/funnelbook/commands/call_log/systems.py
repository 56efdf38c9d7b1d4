"""Which phone system wrote a log, told by headers that only it writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from funnelbook.book.labels import normalise

# Headers that stand together in logs of one system alone
_HEADERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "VICIdial": (("phone_number_dialed",), ("length_in_sec", "status")),
    "Asterisk": (("billsec", "disposition"), ("calldate", "lastapp")),
    "FreeSWITCH": (("hangup_cause", "billsec"),),
    "3CX": (("Ringing", "Talking"),),
    "Aircall": (("duration (in call)",),),
    "RingCentral": (("Action Result",),),
    "容联": (("坐席工号", "振铃时长", "接听状态"),),
    "天润": (("热线号码", "座席工号"),),
}
_ALSO_CALLED = {"FreePBX": "Asterisk", "容联七陌": "容联", "天润融通": "天润"}


def system_of(heads: Iterable[str]) -> str | None:
    """The phone system whose log has these headers; None where they could be those of any."""
    there = set(map(normalise, heads))
    return next((name for name, each in _normalised().items() if any(heads <= there for heads in each)), None)


def system_called(said: object) -> str | None:
    """The phone system that a text names; None where it names none we know."""
    return _names().get(normalise(said)) if isinstance(said, str) else None


@cache
def _normalised() -> Mapping[str, tuple[frozenset[str], ...]]:
    return {name: tuple(frozenset(map(normalise, heads)) for heads in each) for name, each in _HEADERS.items()}


@cache
def _names() -> Mapping[str, str]:
    return {normalise(name): name for name in _HEADERS} | {normalise(k): name for k, name in _ALSO_CALLED.items()}
