"""Which stages of a sale come before which: by their shares, as the system they come from orders them, or by the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from funnelbook.book import codes, values
from funnelbook.book.labels import normalise
from funnelbook.words import LANGUAGES, texts, typed

_STAGES = ("stage_first", "stage_second", "stage_third", "stage_fourth", "stage_fifth", "stage_sixth", "stage_last")
_FUNNELS = ("funnel_hubspot", "funnel_salesforce", "funnel_leads", "funnel_levels", "funnel_warmth")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?%")
_SHARE = re.compile(r"0?\.\d+|[01](?:\.0+)?")
_SURE, _HOPELESS = 1.0, 0.0
ENDS = {"100%": codes.WON, "1": codes.WON, "0%": codes.LOST, "0": codes.LOST}


def in_order(stages: Sequence[str]) -> list[str]:
    """The open ones of the stages, the lowest first; what nothing tells apart stays as it comes.

    Shares go by their number, and 100% and 0% are none that is open. Source: ownbooks.md 3.
    """
    if shares := _shares(stages):
        return sorted((one for one in stages if _HOPELESS < shares[one] < _SURE), key=shares.__getitem__)
    known = max((_known(stages, key) for key in _FUNNELS), key=len)
    if 2 * len(known) < len(stages) or len(known) < 2:
        return sorted(stages, key=_progress)
    found = sorted(known, key=known.__getitem__)
    for one in (one for one in stages if one not in known):
        at = next((i for i, other in enumerate(found) if _progress(other) > _progress(one)), len(found))
        found.insert(at, one)
    return found


def ends_of(tiers: Sequence[str]) -> Mapping[str, str]:
    """Normalised spelling -> Won and Lost where the tiers are shares: 100% and 0%; empty where they are none."""
    shares = _shares(tiers)
    return ENDS if shares and all(_HOPELESS < of < _SURE for of in shares.values()) else {}


def _shares(stages: Iterable[str]) -> dict[str, float]:
    """The share of each stage; empty unless all have one, some of them between none and all."""
    found = {one: share for one in stages if (share := _share(one)) is not None}
    between = any(_HOPELESS < of < _SURE for of in found.values())
    return found if between and all(one in found for one in stages) else {}


def _share(stage: str) -> float | None:
    """The share that stands in a text, as 50% or 0.5; None for none or several."""
    plain = values.fold(stage)
    percents = _PERCENT.findall(plain)
    if len(percents) == 1:
        share = float(percents[0]) / 100
        return share if share <= _SURE else None
    return float(plain) if _SHARE.fullmatch(plain) else None


def _known(stages: Iterable[str], key: str) -> dict[str, int]:
    """The places of those stages that a well-known funnel has."""
    places = {normalise(name): i for language in LANGUAGES for i, name in enumerate(texts(f"typed.{key}", language))}
    return {one: places[word] for one in stages if (word := normalise(one)) in places}


def _progress(stage: str) -> tuple[int, int]:
    """How far a stage is: by the words in it, the furthest that is named; a letter the further the nearer to A."""
    said = stage.casefold()
    named = [i for i, key in enumerate(_STAGES) if any(word in said for word in typed(key))]
    letter = -ord(said[0]) if len(said) <= 2 and said[0].isascii() and said[0].isalpha() else 0
    return (named[-1] if named else len(_STAGES) // 2), letter
