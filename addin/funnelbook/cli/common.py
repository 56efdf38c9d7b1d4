"""The command line: what every command shares. Here the clock is read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from funnelbook.book.ports import BookError
from funnelbook.book.schema import MisdeclaredError
from funnelbook.domain.plain import escaped, visible
from funnelbook.words import CHOSEN_BY, DEFAULT, LANGUAGES, MissingWords, chosen

DONE, WITH_PROBLEMS, REFUSED, SOME_FAILED = range(4)


@dataclass(frozen=True)
class Lines:
    """Standard output or error, a line at a time. Text is text: what names and cells hold steers no terminal."""

    stderr: bool = False

    def print(self, text: str, style: str | None = None) -> None:
        """Prints a text, in a colour on a terminal."""
        click.secho(visible(text), err=self.stderr, fg=style)


out, err = Lines(), Lines(stderr=True)


def refusing(command: Callable[..., int | None]) -> Callable[..., None]:
    """The command with its result as the exit code, and a refusal as one line on stderr."""

    @wraps(command)
    def run(**arguments: Any) -> None:
        try:
            code = command(**arguments) or DONE
        except BookError as error:
            err.print(error.text(arguments.get("lang") or chosen()), style="red")
            code = REFUSED
        except (MisdeclaredError, MissingWords) as error:
            err.print(str(error), style="red")
            code = REFUSED
        sys.exit(code)

    return run


def today() -> date:
    """The day it is."""
    return date.today()


map_option = click.option("--map", "maps", multiple=True, metavar="TABLE.COLUMN=HEADER")
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    callback=lambda _context, _option, value: value.date() if value else today(),
)
lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=lambda: os.environ.get(CHOSEN_BY, DEFAULT),
)
json_option = click.option("--json", "as_json", is_flag=True)
allow_protected_option = click.option(
    "--allow-protected",
    is_flag=True,
)
workers_option = click.option("--workers", type=click.IntRange(1), default=1, show_default=True)
cluster_option = click.option("--cluster", metavar="ADDRESS|local", default="")
file_argument = click.argument("file", type=click.Path(path_type=Path))


def print_json(value: object) -> None:
    """Prints a value for other programs."""
    echo_json(json.dumps(value, ensure_ascii=False, indent=1))


def echo_json(written: str) -> None:
    """Prints JSON; what would steer a terminal is escaped in it, so that the values stay."""
    click.echo(escaped(written))


def print_frame(schema: Any, frame: Any, lang: str, heading: str = "") -> None:
    """Prints rows of a table of the contract."""
    from funnelbook.commands.show import to_cells

    headers, rows = to_cells(schema, frame, lang)
    print_grid(headers, rows, heading)


def print_grid(headers: Sequence[str], rows: Sequence[Sequence[str]], heading: str) -> None:
    """Prints rows of texts under headers."""
    from funnelbook.cli.grids import grid

    grid(headers, rows, heading)
