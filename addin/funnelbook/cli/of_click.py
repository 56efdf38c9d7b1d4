"""What click says of itself (usage, options, what was typed wrong), in the language chosen.

Click asks gettext for every sentence, under its English text: that text is the key in `click.py` of each language. A sentence
that a newer click has and we do not stays in English.
"""

from __future__ import annotations

import gettext
import sys

from funnelbook.words import ELSEWHERE_FIRST, chosen, subject

_SUBJECT = "click"
_NAMED = ("number_type", "param_type")  # fields that hold a word of click's own


class InEach(str):
    """A sentence in one or several languages, read beside each other; filled in, each language has its own fields."""

    each: dict[str, str]

    def __new__(cls, each: dict[str, str]) -> InEach:
        self = super().__new__(cls, " / ".join(dict.fromkeys(each.values())))
        self.each = each
        return self

    def format(self, *args: object, **fields: object) -> str:
        """The sentence filled in. One put together of several before it got here is not said once more a language: {message}."""
        within = fields.get("message")
        if type(within) is str:
            return _around(within, list(self.each.values()), fields)
        named = {
            name: told(value) if name in _NAMED and isinstance(value, str) else value for name, value in fields.items()
        }
        return InEach({language: text.format(*args, **_in(language, named)) for language, text in self.each.items()})


def _around(message: str, texts: list[str], fields: dict[str, object]) -> str:
    for text in reversed(texts):
        message = text.format(**fields | {"message": message})
    return message


def _in(language: str, fields: dict[str, object]) -> dict[str, object]:
    return {
        name: value.each.get(language, value) if isinstance(value, InEach) else value for name, value in fields.items()
    }


def tellers(name: str, key: str) -> list[str]:
    """The languages to tell a text in: the one chosen; all that have it where nobody has chosen one, or that one lacks it."""
    language = chosen(otherwise="")
    having = [each for each in ELSEWHERE_FIRST if key in subject(name, each)]
    return [language] if language in having else having


def told(text: str) -> str:
    """A sentence of click's by its English text."""
    each = {language: str(subject(_SUBJECT, language)[text]) for language in tellers(_SUBJECT, text)}
    return InEach(each) if each else text


def _told_by_number(one: str, many: str, count: int) -> str:
    return told(one if count == 1 else many)


_OURS = (("_", gettext.gettext, told), ("ngettext", gettext.ngettext, _told_by_number))


def speak() -> None:
    """Has click ask us instead of gettext, which reads compiled files of its own and knows one language at a time."""
    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            for known_as, theirs, ours in _OURS:
                if vars(module).get(known_as) is theirs:
                    setattr(module, known_as, ours)
