"""What a grammar of refusals is made of; `refusals_zh` and `refusals_en` are the grammars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Unless(NamedTuple):
    """What takes away that a match forbids calls for good: all of its parts that are given must be found."""

    before: str | None = None  # at the end of what stands before the match
    within: str | None = None  # anywhere in the match
    after: str | None = None  # at the beginning of what stands behind the match
    but: str | None = None  # found up to the end of the match, it forbids all the same


class Grammar(NamedTuple):
    """How a language forbids calls: `cue` is a look that is cheap, `says` what forbids, `word` what is around a word that does."""

    cue: str
    says: str
    word: tuple[str, str]
    unless: Sequence[Unless]


class Rule:
    """An Unless that can be asked."""

    def __init__(self, unless: Unless) -> None:
        self._before = _compiled(unless.before and f"(?:{unless.before})$")
        self._within, self._after, self._but = map(_compiled, (unless.within, unless.after, unless.but))

    def applies(self, plain: str, before: str, match: re.Match[str]) -> bool:
        """Whether the rule speaks of a match in a text in small letters; `before`: of its line."""
        return bool(
            (self._before is None or self._before.search(before))
            and (self._within is None or self._within.search(match[0]))
            and (self._after is None or self._after.match(plain, match.end()))
            and not (self._but and self._but.search(before + match[0]))
        )


def either(*forms: str) -> str:
    """A pattern that finds one of the forms."""
    return f"(?:{'|'.join(forms)})"


def words(forms: str) -> str:
    """A pattern that finds one of the forms, which stand with spaces between them."""
    return either(*forms.split())


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None
