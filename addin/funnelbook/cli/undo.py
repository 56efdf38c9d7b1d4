"""The command that takes a write back, on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from funnelbook.cli.common import (
    file_argument,
    json_option,
    lang_option,
    out,
    print_grid,
    print_json,
    refusing,
)
from funnelbook.words import say


@click.command()
@file_argument
@click.option("--list", "only_list", is_flag=True)
@click.option("--to", "number", type=click.IntRange(1), default=1)
@lang_option
@json_option
@refusing
def undo(file: Path, only_list: bool, number: int, lang: str, as_json: bool) -> None:
    from funnelbook.commands.undo import earlier
    from funnelbook.commands.undo import undo as run

    if not only_list:
        done = run(file, number)
        if as_json:
            print_json(done.as_dict())
        else:
            out.print(say("done_undo", lang, day=done.day(lang), changes=done.text(lang)))
        return
    found = earlier(file)
    if as_json:
        print_json([one.as_dict() for one in found])
    elif not found:
        out.print(say("no_versions", lang, file=file.name))
    else:
        headers = [say(f"version_{part}", lang) for part in ("number", "saved", "changes")]
        rows = [(str(one.number), one.day(lang), one.text(lang)) for one in found]
        print_grid(headers, rows, say("versions_title", lang))
