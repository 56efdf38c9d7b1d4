"""What phone systems call the end of a call, as outcomes of the team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from funnelbook.book import codes, values
from funnelbook.book.labels import normalise
from funnelbook.book.refusals import forbids
from funnelbook.commands.call_log.own_words import OwnWords
from funnelbook.words import DEFAULT, in_each, spellings, subject

# What a disposition means: the usual outcome that says the same, and whether somebody spoke
_MEANINGS: Mapping[str, tuple[str | None, bool | None]] = {
    "answered": (None, True),
    "no_answer": ("no_answer", False),
    "busy": ("busy", False),
    "cleared": (None, True),
    "hung_up": (None, None),
    "failed": (None, False),
    "switched_off": ("switched_off", False),
    "wrong_number": ("wrong_number", False),
    "later": ("later", True),
    "no_need": ("no_need", True),
    "refused": ("refused", True),
    "won": ("won", True),
    "do_not_call": ("do_not_call", True),
}
_SPARE = "do_not_call"
_REACHED = tuple(meaning for meaning in _MEANINGS if meaning != _SPARE)
_ENDS = ("cleared", "hung_up")  # how a call ended, not what came of it
_ONLY_REACHED = ("answered", "no_answer", "busy", "failed", "switched_off", "wrong_number")
_LONGEST_CODE = 6  # capitals of VICIdial, which mean nothing in small letters


def called_here(outcome: str, own: Mapping[str, str]) -> str | None:
    """An outcome as the workbook calls it, whatever language it is named in; None where it has none such.

    `own`: its outcomes by their normalised names.
    """
    name = normalise(outcome)
    return own.get(name) or next((own[one] for one in _elsewhere().get(name, ()) if one in own), None)


@dataclass(frozen=True)
class Said:
    """What a disposition says: the outcome it comes to, whether somebody spoke (None: it does not say), whether it is known.

    `by_end`: that is told by how the call ended, so that how long somebody talked goes before it.
    """

    outcome: str | None
    connected: bool | None
    known: bool
    by_end: bool = False


def said(
    texts: Iterable[object], outcomes: Iterable[str], words: OwnWords, *, flags: bool = False, cause: bool = False
) -> dict[object, Said]:
    """What each text says. `outcomes`: those of the workbook; `words`: its Dispositions; `flags`: yes and no are answers;
    `cause`: they say how calls ended.

    What Dispositions says of a text goes before all else. A text that is an outcome stays it; one that phone systems write becomes
    the outcome of the workbook that means the same, and none where it only says whether somebody was reached, unless the workbook
    has no list of them. Source: ownbooks.md 3.
    """
    own = {normalise(outcome): outcome for outcome in outcomes}
    return {text: _said(values.text(text) or "", own, words, flags, cause) for text in texts}


def _said(text: str, own: Mapping[str, str], words: OwnWords, flags: bool, cause: bool) -> Said:
    plain = values.fold(text)
    if values.is_nothing(plain.casefold()):
        return Said(None, None, True)
    if flags and isinstance(answer := values.flag(plain), bool):
        return Said(None, answer, True)
    if meant := words.of(text):
        return Said(meant.outcome and (called_here(meant.outcome, own) or meant.outcome), meant.connected, True)
    meaning = _codes().get(plain) or _words().get(normalise(plain))
    meaning = meaning or (_SPARE if forbids(plain) else None)
    if outcome := own.get(normalise(plain)):
        return Said(outcome, None if meaning is None else _MEANINGS[meaning][1], True, cause)
    if meaning is None:
        outcome = called_here(plain, own)
        return Said(outcome or text.strip(), None, outcome is not None)
    usual, connected = _MEANINGS[meaning]
    if outcome := next((own[name] for name in _usual(usual) if name in own), None):
        return Said(outcome, connected, True, cause)
    silent = meaning in _ENDS or (meaning in _ONLY_REACHED and (own or flags))
    return Said(None if silent else text.strip(), connected, True, cause or meaning in _ENDS)


@cache
def _elsewhere() -> Mapping[str, tuple[str, ...]]:
    """A usual outcome in any language -> it in all of them."""
    keys = [key for key in subject("start", DEFAULT) if key.startswith("outcome_")]
    named = [tuple(map(normalise, in_each(f"start.{key}").values())) for key in keys]
    return {one: names for names in named for one in names}


def _usual(key: str | None) -> list[str]:
    """What the usual outcome is called, in every language, then what else means the same."""
    return [*map(normalise, in_each(f"start.outcome_{key}").values()), *_spellings(key)] if key else []


@cache
def _codes() -> Mapping[str, str]:
    """Short codes in capitals -> what they mean."""
    return {text: meaning for meaning in _REACHED for text in spellings(f"logs.is_{meaning}") if _is_code(text)}


@cache
def _words() -> Mapping[str, str]:
    """Normalised words -> what they mean; of two meanings the earlier."""
    return {word: meaning for meaning in reversed([*_MEANINGS]) for word in _spellings(meaning)}


def _spellings(meaning: str) -> list[str]:
    if meaning == _SPARE:
        return [*codes.DO_NOT_CALL_WORDS]
    if meaning == "hung_up":
        who, how = (spellings(f"logs.hung_up_{key}") for key in ("who", "how"))
        pairs = [
            normalise(first + second) for one in who for other in how for first, second in ((one, other), (other, one))
        ]
        return [*pairs, *map(normalise, spellings("logs.is_hung_up"))]
    return [normalise(text) for text in spellings(f"logs.is_{meaning}") if not _is_code(text)]


def _is_code(text: str) -> bool:
    return text.isascii() and text.isupper() and len(text) <= _LONGEST_CODE
