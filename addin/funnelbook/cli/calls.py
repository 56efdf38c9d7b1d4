"""The commands of calls on the command line: log one, find a customer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from funnelbook.cli.common import (
    DONE,
    WITH_PROBLEMS,
    allow_protected_option,
    as_of_option,
    echo_json,
    file_argument,
    json_option,
    lang_option,
    out,
    print_frame,
    print_json,
    refusing,
)
from funnelbook.words import say


@click.command()
@file_argument
@click.argument("customer")
@click.option("--outcome")
@click.option("--tier")
@click.option("--next", "next_contact", metavar="DATE")
@click.option("--purpose")
@click.option("--note")
@click.option("--objection")
@click.option("--amount")
@click.option("--channel")
@click.option("--person")
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def log(
    file: Path, customer: str, allow_protected: bool, as_of: date, lang: str, as_json: bool, **said: str | None
) -> int:
    from funnelbook.commands.log_call import log_call as run
    from funnelbook.commands.refresh_files import orders_told

    report = run(file, customer, said, as_of=as_of, language=lang, allow_protected=allow_protected)
    if as_json:
        print_json(report.as_dict())
    else:
        line = say("done_log", lang, logged=report.logged, waiting=report.waiting)
        out.print(" ".join([line, *orders_told(report.orders, lang)]))
    return WITH_PROBLEMS if report.waiting else DONE


@click.command()
@file_argument
@click.argument("text")
@as_of_option
@lang_option
@json_option
@refusing
def find(file: Path, text: str, as_of: date, lang: str, as_json: bool) -> None:
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.find import find as run
    from funnelbook.commands.show import to_json

    found = run(file, text, as_of=as_of, language=lang)
    if as_json:
        echo_json(to_json(TABLES["Found"], found.rows))
    else:
        print_frame(TABLES["Found"], found.rows.assign(search=None), lang, found.note)
