"""The command line. Its commands are those of the registry, each in the module and function its entry names."""

from __future__ import annotations

import atexit
import gc

import click

from funnelbook import __version__
from funnelbook.cli.of_click import speak, tellers
from funnelbook.menu import BY_NAME, COMMANDS, help_key, load
from funnelbook.words import say

_TOP = "funnelbook"

gc.set_threshold(50_000, 50, 50)  # loading makes a great many objects and drops few
atexit.register(gc.freeze)  # nothing is searched for garbage in a process that ends

speak()


class Registered(click.Group):
    """The commands of the registry that are on the command line, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(command.name for command in COMMANDS if command.on_cli)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = BY_NAME.get(cmd_name)
        return explained(load("cli", entry.line), ctx, cmd_name) if entry and entry.on_cli else None

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        explained(self, ctx, _TOP)
        super().format_help(ctx, formatter)


def explained(command: click.Command, ctx: click.Context, name: str) -> click.Command:
    """The command with its help and that of its options."""
    command.help = _told(help_key(name))
    for option in command.get_params(ctx):
        if isinstance(option, click.Option):
            option.help = _told(help_key(name, max(option.opts, key=len)))
    return command


def _told(key: str) -> str:
    """Help in the language chosen; in all of them where nobody has chosen one, or where that one lacks it."""
    name, _, own = key.partition(".")
    return " ".join(say(key, each) for each in tellers(name, own))


@click.group(cls=Registered, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name=_TOP, message="%(prog)s %(version)s")
def main() -> None:
    pass
