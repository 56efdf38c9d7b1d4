"""The commands of the team exchange on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from funnelbook.cli.common import (
    DONE,
    SOME_FAILED,
    WITH_PROBLEMS,
    allow_protected_option,
    as_of_option,
    err,
    file_argument,
    json_option,
    lang_option,
    map_option,
    out,
    print_frame,
    print_json,
    refusing,
)
from funnelbook.words import say


@click.command("import")
@click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "file", required=True, type=click.Path(path_type=Path))
@map_option
@click.option("--yes", is_flag=True)
@click.option("--dry-run", is_flag=True)
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def import_(
    logs: Sequence[Path],
    file: Path,
    maps: Sequence[str],
    yes: bool,
    dry_run: bool,
    allow_protected: bool,
    as_of: date,
    lang: str,
    as_json: bool,
) -> int:
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.adopt import parse_map
    from funnelbook.commands.import_calls import stage
    from funnelbook.commands.open import open_book

    staged = stage(open_book(file, allow_protected=allow_protected), logs, dict(map(parse_map, maps)), as_of=as_of)
    report = staged.report
    if not as_json:
        out.print(report.text(lang), soft_wrap=True)
        if len(report.problems):
            print_frame(TABLES["Problems"], report.problems, lang)
    asked = not (yes or dry_run or as_json) and staged.edits and sys.stdin.isatty() and sys.stdout.isatty()
    taken = not dry_run and (not asked or click.confirm(say("import_asked", lang), default=True))
    report = staged.write() if taken else report
    if as_json:
        print_json(report.as_dict())
    elif taken:
        counts = {"added": report.added, "known": report.known, "completed": report.completed}
        out.print(say("done_import", lang, **counts, problems=len(report.problems)), soft_wrap=True)
    else:
        out.print(say("import_not_taken", lang), soft_wrap=True)
    return WITH_PROBLEMS if len(report.problems) else DONE


@click.command()
@file_argument
@click.argument("source", metavar="FROM")
@click.argument("to")
@click.option(
    "--where",
    "wheres",
    multiple=True,
    metavar="COLUMN=VALUE",
)
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def transfer(
    file: Path,
    source: str,
    to: str,
    wheres: Sequence[str],
    allow_protected: bool,
    as_of: date,
    lang: str,
    as_json: bool,
) -> None:
    from funnelbook.commands.transfer import parse_where
    from funnelbook.commands.transfer import transfer as run

    report = run(file, source, to, dict(map(parse_where, wheres)), as_of=as_of, allow_protected=allow_protected)
    if as_json:
        print_json(report.as_dict())
    else:
        out.print(say("done_transfer", lang, **report.as_dict()), soft_wrap=True)


@click.command()
@file_argument
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path))
@as_of_option
@lang_option
@json_option
@refusing
def handout(file: Path, folder: Path, as_of: date, lang: str, as_json: bool) -> None:
    from funnelbook.commands.handout import handout as run

    handed = run(file, folder, as_of=as_of)
    if as_json:
        print_json([one.as_dict() for one in handed])
    else:
        out.print(say("done_handout", lang, count=len(handed), folder=folder), soft_wrap=True)


@click.command()
@file_argument
@click.argument("folder", type=click.Path(path_type=Path))
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def collect(file: Path, folder: Path, allow_protected: bool, as_of: date, lang: str, as_json: bool) -> int:
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.collect import collect as run

    report = run(file, folder, as_of=as_of, allow_protected=allow_protected)
    if as_json:
        print_json(report.as_dict())
    else:
        out.print(report.text(lang), soft_wrap=True)
        if len(report.problems):
            print_frame(TABLES["Problems"], report.problems, lang)
    if any(one.status == "refused" for one in report.files):
        return SOME_FAILED
    return WITH_PROBLEMS if len(report.problems) else DONE


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Path(path_type=Path))
@as_of_option
@lang_option
@json_option
@refusing
def company(folder: Path, target: Path, as_of: date, lang: str, as_json: bool) -> int:
    from funnelbook.commands.company import company as run

    report = run(folder, target, as_of=as_of, language=lang)
    refused = [one for one in report.files if one.status == "refused"]
    if as_json:
        print_json(report.as_dict())
    else:
        out.print(say("done_company", lang, teams=report.teams, file=target, refused=len(refused)), soft_wrap=True)
        for one in report.files:
            if one.message:
                err.print(one.message, style="red" if one in refused else None, soft_wrap=True)
    return SOME_FAILED if refused else DONE
