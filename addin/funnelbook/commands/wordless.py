"""What is declared without words in a language, told before anything is built from it."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

import click

from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.book.settings import KEYS
from funnelbook.book.severities import SEVERITIES
from funnelbook.formulas.catalogue import CATEGORIES, FORMULAS
from funnelbook.menu import COMMANDS, GROUPS, TAB, group_key, help_key, label_key, load, ribbon, tip_key
from funnelbook.words import DEFAULT, LANGUAGES, MESSAGES, MissingWords, Particulars, key_of, keys, particulars, subject


def wordless() -> Iterator[BookError]:
    """One refusal for each text that a language lacks, of what is declared or another has, or that has other fields there."""
    yield from _silent()
    there = {language: keys(language) for language in LANGUAGES}
    wanted = dict.fromkeys((*_declared(), *sorted(set().union(*there.values()))))
    for language in LANGUAGES:
        for key in wanted:
            if key not in there[language]:
                missing = MissingWords(key, language)
                yield BookError("no_words", key=missing.own, of=language, file=missing.place)

    for language in LANGUAGES:
        yield from _other_fields(language, there[language] & there[DEFAULT])


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
    yield from (f"settings.{key}" for key in KEYS)
    yield from (TAB, *map(group_key, GROUPS))
    for command in ribbon():
        yield from (label_key(command.name), tip_key(command.name))
    for command in COMMANDS:
        if command.on_cli:
            options = [p for p in load("cli", command.line).params if isinstance(p, click.Option)]
            yield from (help_key(command.name), *(help_key(command.name, option.opts[0]) for option in options))
