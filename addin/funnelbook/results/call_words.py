"""How what callers type into the call list is read: outcomes, tiers, days, reasons, in their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial

from funnelbook.book import spoken_days, values
from funnelbook.book.cell_readers import tier_words
from funnelbook.book.decode import Inputs
from funnelbook.book.labels import normalise
from funnelbook.words import LANGUAGES, say
from funnelbook.words import typed as spellings_of


def reader(name: str, inputs: Inputs, as_of: date, date1904: bool) -> tuple[Callable[[object], object], str]:
    """How an entry column is read, and what is wrong with what cannot be. An outcome that Outcomes lacks is none."""
    match name:
        case "outcome":
            known = inputs.frames["Outcomes"]["outcome"].dropna()
            spellings = {normalise(said): said for said in known}
            spellings = _ticks(spellings) | spellings
            return partial(_word, spellings=spellings) if spellings else values.text, "entry_outcome"
        case "tier_after":
            return partial(_word, spellings=tier_words(inputs.tiers.codes, inputs.tiers.names)), "unknown_tier"
        case "next_contact":
            return partial(spoken_days.moment, date1904=date1904, as_of=as_of), "entry_date"
        case "objection_entry":
            spellings = {normalise(said): said for said in inputs.frames["Objections"]["objection"].dropna()}
            return partial(_word_or_own, spellings=spellings), "error_cell"
        case _:
            return values.text, "error_cell"


def _ticks(outcomes: Mapping[str, str]) -> dict[str, str]:
    """What a tick stands for among the outcomes (by their normalised spelling): care that is done."""
    cared = [outcomes.get(normalise(say("start.outcome_cared", language))) for language in LANGUAGES]
    return {normalise(tick): said for said in cared if said for tick in spellings_of("ticked")}


def _word(said: object, spellings: Mapping[str, str]) -> object:
    found = values.text(said)
    return None if found is None else spellings.get(normalise(found), values.BAD)


def _word_or_own(said: object, spellings: Mapping[str, str]) -> object:
    found = values.text(said)
    return None if found is None else spellings.get(normalise(found), found)


def clock_told(days: Sequence[object], purposes: Sequence[object]) -> tuple[list[object], list[object]]:
    """The days alone; a time of day agreed stands in front of the purpose, where everybody sees it."""
    timed = [isinstance(day, datetime) and day.time() != time() for day in days]
    both = zip(days, purposes, timed, strict=True)
    told = [f"{day:%H:%M} {purpose or ''}".strip() if at else purpose for day, purpose, at in both]
    return [datetime.combine(day, time()) if isinstance(day, datetime) else day for day in days], told
