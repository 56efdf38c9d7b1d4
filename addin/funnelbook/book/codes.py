"""The fixed words in cells: what a code is called in each language, and how it is read back."""

from __future__ import annotations

import re
from functools import cache

from funnelbook.book.labels import normalise
from funnelbook.words import DEFAULT, spellings, subject, texts, typed

# Words of their own inside TIER and PERSON columns
WON, LOST, ORDER, TEAM = "Won", "Lost", "order", "team"
# In the PERSON column of a result table: what of the team's target nobody has, and what people have in sum
UNASSIGNED, TOTAL = "unassigned", "total"
SHARES = (UNASSIGNED, TOTAL)
_SPECIAL, _SHARE = "special", "share"
NOTE = "note"  # the source of a row of Activities that was read from the note of its customer
_PARTS = re.compile(
    r"\s[-–—]+\s*|[–—,，;；/。.!！()（）+&]|\s+(?:and|but)\s+"
)  # of an outcome that says several things
_NOBODY = "codes.nobody.pool"


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """The codes of each list, in the order they are offered."""
    found: dict[str, list[str]] = {}
    for key in subject("codes", DEFAULT):
        name, _, code = key.partition(".")
        found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def word(name: str, code: str, language: str) -> str:
    """How a code of a list is shown; MissingWords where it has no word, which is a fault of ours."""
    return texts(f"codes.{name}.{code}", language)[0]


def word_or_own(name: str, text: str, language: str) -> str:
    """How a code of a list is shown; what is none, being a user's own text, stays as it is."""
    known = f"{name}.{text}" in subject("codes", language)
    return word(name, text, language) if known else text


def code_of(name: str) -> dict[str, str]:
    """Normalised spelling -> code, for reading a CODE column."""
    return {normalise(s): code for code in lists()[name] for s in (*spellings(f"codes.{name}.{code}"), code)}


def special(code: str, language: str) -> str:
    """How Won, Lost, order and the team are shown; any other code stays itself."""
    return word_or_own(_SPECIAL, code, language)


def special_of() -> dict[str, str]:
    """Normalised spelling -> Won, Lost, order or team."""
    return code_of(_SPECIAL)


def share(code: str, language: str) -> str:
    """How a row of a target that is nobody's own is called: what nobody has, or what people have in sum."""
    return word(_SHARE, code, language)


def nobody(language: str) -> str:
    """What stands for an owner where nobody has the customer and a blank would say otherwise."""
    return texts(_NOBODY, language)[0]


def tier_forms(tier: str) -> tuple[str, ...]:
    """What people write for a tier beside its bare code."""
    return tuple(form.format(code=tier) for form in spellings("codes.tier.code"))


def flag(yes: bool, language: str) -> str:
    """How yes and no are shown."""
    return texts(f"codes.flag.{'yes' if yes else 'no'}", language)[0]


def _spelt(key: str, *marks: str) -> frozenset[str]:
    return frozenset(map(normalise, (*spellings(f"codes.{key}"), *marks)))


NOBODY_WORDS = _spelt("nobody.pool")  # beside a customer: nobody owns him, he is in the pool
YES = _spelt("flag.yes", "1", "√", "✓", "✔")
NO = _spelt("flag.no", "0", "×", "✗", "x")

# Beside a customer who must not be called any mark means yes, a letter x too; × may mean either, so it is asked about
DO_NOT_CALL_WORDS = _spelt("do_not_call.yes")
DO_NOT_CALL = YES | DO_NOT_CALL_WORDS | {"x"}
_MAY = frozenset(map(normalise, typed("may_call_word")))
MAY_CALL = (NO - frozenset(map(normalise, ("x", "×", "✗")))) | _MAY

MAY_CALL_COLUMNS = frozenset(map(normalise, typed("may_call_column")))  # a yes there spares nobody a call, a no does
CAN_CALL = YES | _MAY | frozenset(map(normalise, typed("may_call")))
CANNOT_CALL = NO | frozenset(map(normalise, typed("may_not_call")))


def says_may_call(cell: object) -> bool:
    """Whether a cell says in words that the customer may be called, whatever it is asked."""
    return isinstance(cell, str) and normalise(cell) in _MAY


def says_do_not_call(outcome: object) -> bool:
    """Whether a word for it, or one of several, says not to call the customer again: DNC, 勿扰, Not interested - do not call."""
    if not isinstance(outcome, str):
        return False
    said = normalise(outcome)
    return said in DO_NOT_CALL_WORDS or any(normalise(part) in DO_NOT_CALL_WORDS for part in _PARTS.split(outcome))
