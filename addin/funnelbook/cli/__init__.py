"""The command line. Its commands are those of the registry, each in the module and function its entry names."""

from __future__ import annotations

import click

from funnelbook import __version__
from funnelbook.menu import BY_NAME, COMMANDS, load


class Registered(click.Group):
    """The commands of the registry that are on the command line, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(command.name for command in COMMANDS if command.on_cli)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = BY_NAME.get(cmd_name)
        return load("cli", command.line) if command and command.on_cli else None


@click.group(cls=Registered, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="funnelbook")
def main() -> None:
    """Funnelbook 漏斗: run a telesales funnel inside Excel workbooks. 在 Excel 里管好电话销售漏斗。"""
