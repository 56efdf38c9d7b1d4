"""The command line. Its commands are those of the registry, each in the module and function its entry names."""

from __future__ import annotations

import click

from funnelbook import __version__
from funnelbook.menu import BY_NAME, COMMANDS, help_key, load
from funnelbook.words import ELSEWHERE_FIRST, chosen, say, subject

_TOP = "funnelbook"


class Registered(click.Group):
    """The commands of the registry that are on the command line, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(command.name for command in COMMANDS if command.on_cli)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = BY_NAME.get(cmd_name)
        return explained(load("cli", entry.line)) if entry and entry.on_cli else None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = _told(help_key(_TOP))
        super().format_help_text(ctx, formatter)


def explained(command: click.Command) -> click.Command:
    """The command with its help and that of its options."""
    name = command.name or ""
    command.help = _told(help_key(name))
    for option in command.params:
        if isinstance(option, click.Option):
            option.help = _told(help_key(name, option.opts[0]))
    return command


def _told(key: str) -> str:
    """Help in the language chosen; in all of them where nobody has chosen one, or where that one lacks it."""
    language, (name, _, own) = chosen(otherwise=""), key.partition(".")
    having = [each for each in ELSEWHERE_FIRST if own in subject(name, each)]
    return " ".join(say(key, each) for each in having if each == language or language not in having)


@click.group(cls=Registered, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="funnelbook")
def main() -> None:
    pass
