"""Whether a text says that a customer must not be called again, however it is put: 再打就投诉, 以后别联系, take me off your list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from funnelbook.book import refusals_en, refusals_zh, values
from funnelbook.book.codes import says_do_not_call
from funnelbook.book.refusal_grammar import Rule
from funnelbook.words import typed

_GRAMMARS = (refusals_zh.GRAMMAR, refusals_en.GRAMMAR)
_BEFORE = 40  # characters that tell how a match is meant


@cache
def _patterns() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """The cue and what it is a cue for, in each language."""
    words = sorted(map(str.casefold, typed("note_do_not_call")), key=len, reverse=True)
    found = []
    for grammar, plain in zip(_GRAMMARS, (False, True), strict=True):
        before, after = grammar.word
        known = "|".join(re.escape(word) for word in words if word.isascii() == plain)
        found.append((re.compile(grammar.cue), re.compile(f"{grammar.says}|{before}(?:{known}){after}")))
    return found


@cache
def _rules() -> list[Rule]:
    return [Rule(unless) for grammar in _GRAMMARS for unless in grammar.unless]


def found(plain: str) -> Iterator[re.Match[str]]:
    """Where a text in small letters says so; what holds at some time or place only, or is denied, too: `holds` tells."""
    plain = _spaced(plain)
    for cue, pattern in _patterns():
        if cue.search(plain):
            yield from pattern.finditer(plain)


def holds(plain: str, match: re.Match[str]) -> bool:
    """Whether the customer is not to be called for good: not at some time or place only, and not denied."""
    plain = _spaced(plain)
    before = plain[max(match.start() - _BEFORE, 0) : match.start()].rpartition("\n")[2]
    return not any(rule.applies(plain, before, match) for rule in _rules())


def _spaced(plain: str) -> str:
    """A text whose words are divided by spaces where hyphens divided them: do-not-call list."""
    return plain.replace("-", " ")


def refuses(cell: object) -> bool:
    """Whether a text says that the customer must not be called again; anything else says nothing."""
    if not isinstance(cell, str):
        return False
    plain = values.fold(cell).casefold()
    return any(holds(plain, match) for match in found(plain))


def forbids(said: object) -> bool:
    """Whether an outcome or a tier says that the customer must not be called again: by a word for it, or however it is put."""
    return says_do_not_call(said) or refuses(said)
