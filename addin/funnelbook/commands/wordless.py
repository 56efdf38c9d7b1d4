"""What is declared without words in a language, told before anything is built from it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from string import Formatter

import click

from funnelbook.book import consequences
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.book.settings import KEYS
from funnelbook.book.severities import SEVERITIES
from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.menu import COMMANDS, GROUPS, TAB, group_key, help_key, label_key, load, ribbon, tip_key
from funnelbook.words import (
    DEFAULT,
    LANGUAGES,
    MESSAGES,
    MissingWords,
    Particulars,
    file_of,
    key_of,
    keys,
    particulars,
    subject,
)

ALIKE = 0.8  # how alike two keys are of which one is a misspelling of the other


def wordless() -> Iterator[BookError]:
    """One refusal for each text that a language lacks, of what is declared or another has; that it has and nothing asks for; or that has
    other fields there.
    """
    yield from _silent()
    there = {language: keys(language) for language in LANGUAGES}
    declared = dict.fromkeys(_declared())
    wanted = declared | dict.fromkeys(sorted(there[DEFAULT]))
    for language in LANGUAGES:
        lacking = [key for key in wanted if key not in there[language]]
        others = set().union(*(there[other] for other in LANGUAGES if other != language))
        for key in sorted(there[language] - declared.keys() - others):
            fields = {"key": _own(key), "file": file_of(key, language)}
            if meant := _near(key, lacking):
                lacking.remove(meant)
                wanted.pop(key, None)
                yield BookError("misspelt_text", **fields, meant=_own(meant))
            elif language != DEFAULT:
                yield BookError("unknown_text", **fields, other=DEFAULT)
        for key in lacking:
            missing = MissingWords(key, language)
            yield BookError("no_words", key=missing.own, of=language, file=missing.place)

    for language in LANGUAGES:
        yield from _other_fields(language, there[language] & there[DEFAULT])


def _near(key: str, lacking: list[str]) -> str | None:
    """Of the texts that a language lacks, the one whose key was meant by another key of the same subject."""
    same = [other for other in lacking if _subject(other) == _subject(key)]
    return next(iter(get_close_matches(key, same, n=1, cutoff=ALIKE)), None)


def _subject(key: str) -> str:
    return key.partition(".")[0] if "." in key else MESSAGES


def _own(key: str) -> str:
    """A key within its subject."""
    return key.partition(".")[2] or key


def _silent() -> Iterator[BookError]:
    """Languages that do not say of themselves what `Particulars` asks for."""
    for language in LANGUAGES:
        try:
            said = vars(particulars(language))
        except MissingWords:
            said = {}
        for name in Particulars.__annotations__.keys() - said.keys():
            yield BookError("no_words", key=name, of=language, file=f"words/{language}/language.py")


def _other_fields(language: str, known: set[str]) -> Iterator[BookError]:
    for key in sorted(known):
        ours, theirs = (_fields(_told(key, each)) for each in (DEFAULT, language))
        if ours != theirs:
            place = MissingWords(key, language)
            said = ["{" + "}{".join(sorted(names)) + "}" if names else "–" for names in (theirs, ours)]
            yield BookError(
                "other_fields",
                key=place.own,
                of=language,
                file=place.place,
                fields=said[0],
                other=DEFAULT,
                wanted=said[1],
            )


def _told(key: str, language: str) -> str:
    """A text that is filled in: of several parts the first, the others being spellings."""
    name, dot, rest = key.partition(".")
    text = subject(name, language)[rest] if dot else subject(MESSAGES, language)[key]
    return text if isinstance(text, str) else "".join(text[:1])


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _declared() -> Iterator[str]:
    for table in TABLES.values():
        yield from (f"titles.{table.name}", f"sheets.{table.sheet}")
        yield from (key_of("columns", table.name, column) for column in table.names)
        yield from (f"charts.{chart.title}" for chart in table.charts)
    for formula in FORMULAS.values():
        yield f"formulas.{formula.name}"
        yield from (key_of("formulas", formula.name, argument.name) for argument in formula.arguments)
    yield from (f"formulas.category.{category}" for category in CATEGORIES)
    yield from (f"problems.{code}" for code in SEVERITIES)
    yield from (f"consequences.{key}" for key in consequences.every())
    yield from (f"settings.{key}" for key in KEYS)
    yield from (TAB, *map(group_key, GROUPS))
    for command in ribbon():
        yield from (label_key(command.name), tip_key(command.name))
    for command in COMMANDS:
        if command.on_cli:
            options = [p for p in load("cli", command.line).params if isinstance(p, click.Option)]
            yield from (help_key(command.name), *(help_key(command.name, option.opts[0]) for option in options))
