"""What an entry of the registry of commands still lacks, told before anything is built from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from funnelbook.book.ports import BookError
from funnelbook.menu import GROUPS, Command, Does, load
from funnelbook.oxt import build as oxt
from funnelbook.words import DEFAULT, LANGUAGES, subject
from funnelbook.xlam import vba

_RUNS = (Does.RUN, Does.FOLDER, Does.FILE, Does.TELL)


def lacking(commands: Sequence[Command]) -> Iterator[BookError]:
    """One refusal for each thing that an entry lacks, or has in common with another that it may not."""
    images = (vba.SOURCES / "imagemso.txt").read_text(encoding="ascii").split("\n")
    for at, command in enumerate(commands):
        name, before = command.name, commands[:at]
        if any(name.casefold() == other.name.casefold() for other in before):
            yield BookError("entry_twice", name=name)
        if not (command.on_ribbon or command.on_cli):
            yield BookError("entry_nowhere", name=name)
        if command.on_cli and not _found("cli", command.line):
            yield BookError("entry_no_line", name=name, line=command.line)
        if command.on_ribbon:
            yield from _button(command, before, images)


def _button(command: Command, before: Sequence[Command], images: Sequence[str]) -> Iterator[BookError]:
    name = command.name
    if command.group not in GROUPS:
        yield BookError("entry_no_group", name=name, group=command.group, known=", ".join(GROUPS))
    for language in LANGUAGES:
        if not subject("commands", language).keys() >= {name, f"{name}.tip"}:
            yield BookError("entry_no_words", name=name, of=language)
    if command.icon not in images:
        yield BookError("entry_no_icon", name=name, icon=command.icon)
    if not oxt.picture(command).is_file():
        yield BookError("entry_no_picture", name=name, file=oxt.picture(command))
    if not command.keytip:
        yield BookError("entry_no_keytip", name=name)
    for other in before:
        tips = (command.keytip, other.keytip)
        if all(tips) and (tips[0].startswith(tips[1]) or tips[1].startswith(tips[0])):
            yield BookError("entry_keytip", name=name, keytip=command.keytip, other=other.name, taken=other.keytip)
    if (command.does is Does.SHEET or command.sheet) and command.sheet not in subject("sheets", DEFAULT):
        yield BookError("entry_no_sheet", name=name, sheet=command.sheet)
    if command.does in _RUNS and not _found("commands", command.handler):
        yield BookError("entry_no_handler", name=name, handler=command.handler)
    if command.does not in _RUNS and command.handler:
        yield BookError("entry_idle_handler", name=name, handler=command.handler)


def _found(package: str, reference: str) -> bool:
    try:
        return callable(load(package, reference))
    except LookupError:
        return False
