"""The commands of one workbook: make, set up, check, show and publish it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from funnelbook.book.labels import header, title
from funnelbook.cli.common import (
    DONE,
    WITH_PROBLEMS,
    allow_protected_option,
    as_of_option,
    echo_json,
    err,
    file_argument,
    json_option,
    lang_option,
    map_option,
    out,
    print_frame,
    print_grid,
    print_json,
    refusing,
)
from funnelbook.words import LANGUAGES, chosen, say


@click.command()
@click.argument("target", type=click.Path(path_type=Path), default=Path())
@lang_option
@refusing
def new(target: Path, lang: str) -> None:
    from funnelbook.commands.new import new as make

    out.print(say("done_new", lang, file=make(target, lang)))


@click.command()
@file_argument
@map_option
@click.option("--dry-run", is_flag=True)
@click.option(
    "--as-xlsx",
    is_flag=True,
)
@click.option("--all", "everything", is_flag=True)
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def adopt(
    file: Path,
    maps: Sequence[str],
    dry_run: bool,
    as_xlsx: bool,
    everything: bool,
    allow_protected: bool,
    as_of: date,
    lang: str,
    as_json: bool,
) -> int:
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.adopt import parse_map
    from funnelbook.commands.adopt_told import SHOWN, told
    from funnelbook.commands.convert import adopt_file as run

    report = run(
        file,
        dict(map(parse_map, maps)),
        as_of=as_of,
        language=lang,
        dry_run=dry_run,
        allow_protected=allow_protected,
        as_xlsx=as_xlsx,
    )
    if as_json:
        print_json(report.as_dict())
    else:
        if everything:
            print_grid(
                [say(f"matched_{part}", lang) for part in ("table", "column", "sheet", "header")],
                [
                    (title(table, lang), header(table, row["column"], lang), row["sheet"], row["header"])
                    for row in report.matched
                    for table in [TABLES[row["table"]]]
                ],
                say("matched_title", lang),
            )
        for line in told(report, lang, shown=None if everything else SHOWN):
            out.print(line)
        if not everything:
            out.print(say("adopt_all", lang))
    return WITH_PROBLEMS if report.problems else DONE


@click.command()
@file_argument
@click.option("--fix", "fixes", is_flag=True)
@click.option("--dry-run", is_flag=True)
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def check(file: Path, fixes: bool, dry_run: bool, allow_protected: bool, as_of: date, lang: str, as_json: bool) -> int:
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.check import check as run
    from funnelbook.commands.show import to_json

    if fixes:
        from funnelbook.commands.fix import fix

        report = fix(file, as_of=as_of, dry_run=dry_run, allow_protected=allow_protected)
        if as_json:
            print_json(report.as_dict())
            return DONE
        for line in report.lines(lang):
            out.print(line)
    problems = run(file, as_of=as_of, language=lang)
    if as_json:
        echo_json(to_json(TABLES["Problems"], problems))
    elif problems.empty:
        out.print(say("no_problems", lang))
    else:
        print_frame(TABLES["Problems"], problems, lang)
    return DONE if problems.empty else WITH_PROBLEMS


@click.command()
@file_argument
@click.argument("table")
@click.option("--person")
@as_of_option
@lang_option
@json_option
@refusing
def show(file: Path, table: str, person: str | None, as_of: date, lang: str, as_json: bool) -> None:
    from funnelbook.commands.show import show as run
    from funnelbook.commands.show import table_named, to_json

    schema = table_named(file, table, lang)
    frame = run(file, schema, as_of=as_of, person=person)
    if as_json:
        echo_json(to_json(schema, frame))
    else:
        print_frame(schema, frame, lang)


@click.command()
@file_argument
@click.option("--to", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--send", is_flag=True)
@click.option("--unmasked", is_flag=True)
@as_of_option
@click.option("--lang", type=click.Choice(LANGUAGES), default=None)
@refusing
def publish(file: Path, to: Path | None, send: bool, unmasked: bool, as_of: date, lang: str | None) -> None:
    from funnelbook.commands import announce
    from funnelbook.commands.publish import publish as run

    urls = announce.addresses(announce.config()) if send else []
    if send and announce.read_by_others(announce.config()):
        told = lang or chosen()
        err.print(say("read_by_others", told, file=announce.config()), style="yellow")
    done = run(file, to, as_of=as_of, language=lang, masked=not unmasked, urls=urls)
    shown = lang or chosen()
    out.print(say("done_publish", shown, file=", ".join(map(str, done.files)), sent=done.sent))
