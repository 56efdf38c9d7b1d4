"""Every text people read: one folder a language, one module or folder of modules a subject, one dict `WORDS` a module.

A language is a folder here that holds what the others hold; nothing else in the code names it. A key is `subject.key`
(`charts.gap` is `gap` of `charts.py`); a key without a subject is a message, found in the modules of `messages`.
A subject is loaded when its first text is asked for.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from numbers import Integral
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, Protocol, TypeAlias, cast, runtime_checkable

from funnelbook.words.counted import Counted, Rule

Text: TypeAlias = str | tuple[str, ...]
Day: TypeAlias = tuple[int, int]

DEFAULT = "zh"  # where nobody has said which
ELSEWHERE = "en"  # for who reads none of them
LANGUAGES = (
    DEFAULT,
    ELSEWHERE,
    *sorted({m.name for m in pkgutil.iter_modules(__path__) if m.ispkg} - {DEFAULT, ELSEWHERE}),
)
ELSEWHERE_FIRST = tuple(sorted(LANGUAGES, key=lambda language: language != ELSEWHERE))
MESSAGES = "messages"
CHOSEN_BY = "FUNNELBOOK_LANG"  # of the environment


class MissingWords(LookupError):
    """A text that a language has not: which, and where it belongs."""

    def __init__(self, key: str, language: str) -> None:
        name, dot, rest = key.partition(".")
        name, own = (name, rest) if dot else (MESSAGES, key)
        folder = (Path(__file__).parent / language / name).is_dir()
        place = f"a file of words/{language}/{name}" if folder else f"words/{language}/{name}.py"
        super().__init__(f"no text {own} in {language}: write it into {place}")
        self.key, self.language, self.own, self.place = key, language, own, place

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.key, self.language)


@runtime_checkable
class Said(Protocol):
    """A field that reads differently in each language, such as a header or an error inside an error."""

    def text(self, language: str) -> str: ...


class Particulars(Protocol):
    """What a language has besides texts, in its `language.py`."""

    plural: Rule
    windows_id: int  # its primary language identifier
    called: frozenset[str]  # how people may write its name, in lower case
    slanted: bool  # notes stand in italics
    sms_characters: int
    large_money: tuple[int, ...]  # from which on money is told in each of the language's units for it
    page_column: (
        float  # width of one of the fifteen columns of a page, in digits of its font: what a small screen has room for
    )
    # public holidays of where it is spoken, by year: name, first and last day off, weekend days worked for it; (month, day)
    holidays: dict[int, tuple[tuple[str, Day, Day, tuple[Day, ...]], ...]]


@cache
def subject(name: str, language: str) -> Mapping[str, Text]:
    """All texts of a subject in a language, by key; none where the language lacks its file."""
    try:
        module = import_module(f"{__name__}.{language}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{language}.{name}":
            raise
        return MappingProxyType({})
    return MappingProxyType({key: text for part in _parts(module).values() for key, text in part.items()})


def _parts(module: ModuleType) -> dict[str, dict[str, Text]]:
    """The texts of each module of a subject by its name: of those of its folder, where it is one."""
    if not hasattr(module, "__path__"):
        return {module.__name__: cast("dict[str, Text]", module.WORDS)}
    return {m.name: import_module(f"{module.__name__}.{m.name}").WORDS for m in pkgutil.iter_modules(module.__path__)}


def chosen(otherwise: str = DEFAULT) -> str:
    """The language that whoever runs this asked for in FUNNELBOOK_LANG; `otherwise` where that names none of ours."""
    asked = os.environ.get(CHOSEN_BY, "")
    return asked if asked in LANGUAGES else otherwise


def choose(language: str) -> None:
    """Has this program and those it starts speak a language."""
    os.environ[CHOSEN_BY] = language


class Sampled(Protocol):
    """What the sample team has besides texts, in `sample.py`."""

    # public holidays to be expected in any year: name, festival (domain/festivals.py) or month and day, days off before and after
    holidays: tuple[tuple[str, str | Day, int, int], ...]

    def phone(self, rng: Any, /) -> str: ...


def sample_of(language: str) -> Sampled:
    """What the sample team has besides texts."""
    return cast("Sampled", import_module(f"{__name__}.{language}.sample"))


@cache
def particulars(language: str) -> Particulars:
    """What a language has besides texts; MissingWords where it says nothing of itself."""
    try:
        return cast("Particulars", import_module(f"{__name__}.{language}.language"))
    except ModuleNotFoundError:
        raise MissingWords("language.plural", language) from None


def keys(language: str) -> set[str]:
    """The keys of all texts of a language."""
    package = import_module(f"{__name__}.{language}")
    texts = {m.name: subject(m.name, language) for m in pkgutil.iter_modules(package.__path__)}
    return {key if name == MESSAGES else f"{name}.{key}" for name, of_name in texts.items() for key in of_name}


def file_of(key: str, language: str) -> str:
    """The file a text of a language stands in; where it is nowhere, that it belongs in."""
    name, dot, own = key.partition(".")
    name, own = (name, own) if dot else (MESSAGES, key)
    module = import_module(f"{__name__}.{language}.{name}")
    holding = [part for part, texts in _parts(module).items() if own in texts] if hasattr(module, "__path__") else []
    return f"words/{language}/{name}/{holding[0]}.py" if holding else MissingWords(key, language).place


def say(key: str, language: str, /, **fields: object) -> str:
    """A text in a language with its fields filled in; MissingWords names a key that is nowhere and the file it belongs in."""
    text = _text(key, language)
    if not isinstance(text, str):
        raise TypeError(f"{key} has several parts; ask `texts` for it")
    return filled(text, language, fields) if fields else text.format()


def texts(key: str, language: str, /) -> tuple[str, ...]:
    """A text that has several parts: a header with its further spellings, a problem with its remedy."""
    text = _text(key, language)
    if isinstance(text, str):
        raise TypeError(f"{key} is one text; ask `say` for it")
    return text


def key_of(name: str, owner: str, part: str, /, joint: str = ".") -> str:
    """The key of a part's text in a subject: that of its owner, `owner.part`, before the one that several owners share."""
    known, own = _known(name), f"{owner}{joint}{part}"
    return f"{name}.{own}" if own in known or part not in known else f"{name}.{part}"


@cache
def _known(name: str) -> frozenset[str]:
    return frozenset(key for language in LANGUAGES for key in subject(name, language))


def in_each(key: str, /) -> dict[str, str]:
    """A text in every language, by language."""
    return {language: say(key, language) for language in LANGUAGES}


def abreast(key: str, /, between: str = " / ", most: int | None = None) -> str:
    """A text in all languages beside each other, where one text is shown to everybody; in as many as fit into `most` characters."""
    said = ""
    for text in in_each(key).values():
        longer = between.join(filter(None, (said, text)))
        if most is None or len(longer) <= most:
            said = longer
    return said


@cache
def spellings(key: str, /) -> tuple[str, ...]:
    """A text of several parts in all languages, best first: what each of them writes, then what else each of them reads."""
    entries = [texts(key, language) for language in LANGUAGES]
    return (*(first for first, *_ in entries), *(other for _, *others in entries for other in others))


@cache
def typed(key: str, /) -> frozenset[str]:
    """All that is written for something in any language; none of it is written by us."""
    return frozenset(text for language in LANGUAGES for text in texts(f"typed.{key}", language))


def filled(text: str, language: str, fields: Mapping[str, object]) -> str:
    """A text with its fields filled in; a number may choose between words, as {rows:row|rows}."""
    return text.format(**{name: _field(value, language) for name, value in fields.items()})


def _field(value: object, language: str) -> object:
    if isinstance(value, str | float | bool):
        return value
    if isinstance(value, Integral):
        return Counted.by(particulars(language).plural, int(value))
    return value.text(language) if isinstance(value, Said) else value


def _text(key: str, language: str) -> Text:
    name, dot, rest = key.partition(".")
    try:
        return subject(name, language)[rest] if dot else subject(MESSAGES, language)[key]
    except KeyError:
        raise MissingWords(key, language) from None
