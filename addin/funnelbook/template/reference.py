"""The reference page of the manual, written from the schema so that it cannot drift."""

from __future__ import annotations

from collections.abc import Iterator

from funnelbook.book.consequences import consequences
from funnelbook.book.labels import header, sheet_names
from funnelbook.book.labels import title as title_of
from funnelbook.book.schema import TABLES, Column, Table
from funnelbook.book.settings import KEYS, Settings
from funnelbook.book.severities import SEVERITIES
from funnelbook.menu import label_key, ribbon, tip_key
from funnelbook.words import DEFAULT, LANGUAGES, abreast, in_each, say, texts
from funnelbook.words.counted import of_many


def reference() -> str:
    """The page as Markdown: every table with its columns, every setting, every problem, every button, in every language."""
    lines = [f"# {abreast('manual.reference')}", ""]
    for intro in in_each("manual.reference_intro").values():
        lines += [intro, ""]
    for table in TABLES.values():
        lines += _table(table)
    lines += [f"## {abreast('manual.settings')}", ""]
    lines += _head("key", abreast("manual.default"), *in_each("manual.meaning").values())
    default = Settings()
    for key in KEYS:
        value = getattr(default, key)
        lines.append(_row(f"`{key}`", "" if value is None else str(value), *in_each(f"settings.{key}").values()))
    lines += ["", f"## {abreast('manual.problems')}", ""]
    lines += _head(
        *(say(f"manual.{what}", language) for language in LANGUAGES for what in ("problem", "consequence", "remedy"))
    )
    for code in SEVERITIES:
        lines.append(_row(*(of_many(t) for language in LANGUAGES for t in _problem(code, language))))
    return "\n".join([*lines, *_buttons()]) + "\n"


def _problem(code: str, language: str) -> Iterator[str]:
    """What is wrong, what becomes of the row or cell, what to do."""
    problem, remedy = texts(f"problems.{code}", language)
    yield from (problem, " / ".join(say(f"consequences.{key}", language) for key in consequences(code)), remedy)


def _buttons() -> Iterator[str]:
    yield from ("", f"## {abreast('manual.buttons')}", "")
    yield from _head(
        *in_each("manual.button").values(), *in_each("manual.what_it_does").values(), abreast("manual.command_line")
    )
    for command in ribbon():
        labels, tips = in_each(label_key(command.name)), in_each(tip_key(command.name))
        yield _row(*labels.values(), *tips.values(), f"`funnelbook {command.name}`" if command.on_cli else "")


def _table(table: Table) -> Iterator[str]:
    title = " / ".join(title_of(table, language) for language in LANGUAGES)
    sheets = " / ".join(dict.fromkeys(sheet_names(table.sheet)))
    yield f"## {title} (`{table.name}`)"
    yield ""
    yield say("language.sentence", DEFAULT, text=sheets) + abreast(f"manual.role.{table.role.value}")
    yield ""
    yield from _head("name", *in_each("language.name").values(), abreast("manual.kind"))
    for column in table.columns:
        mark = " **key**" if column.key else ""
        names = (header(table, column.name, language) for language in LANGUAGES)
        yield _row(f"`{column.name}`{mark}", *names, _what(column))
    yield ""


def _what(column: Column) -> str:
    kind = abreast(f"manual.kind.{column.kind.value}")
    return f"{kind} ({abreast(f'manual.unit.{column.unit.value}')})" if column.unit else kind


def _head(*cells: str) -> list[str]:
    return [_row(*cells), "|---" * len(cells) + "|"]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
