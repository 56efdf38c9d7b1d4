"""The commands of the team exchange on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, tzinfo
from pathlib import Path

import click

from funnelbook.book.ports import BookError
from funnelbook.cli.common import (
    DONE,
    SOME_FAILED,
    WITH_PROBLEMS,
    allow_protected_option,
    as_of_option,
    cluster_option,
    err,
    file_argument,
    json_option,
    lang_option,
    map_option,
    out,
    print_frame,
    print_json,
    refusing,
    workers_option,
)
from funnelbook.words import say


@click.command("import")
@click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "file", required=True, type=click.Path(path_type=Path))
@map_option
@click.option("--add-customers", is_flag=True)
@click.option("--customers", is_flag=True)
@click.option("--do-not-call", is_flag=True)
@click.option("--timezone", metavar="ZONE")
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
    add_customers: bool,
    customers: bool,
    do_not_call: bool,
    timezone: str | None,
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
    from funnelbook.commands.import_customers import stage_customers
    from funnelbook.commands.open import open_book
    from funnelbook.commands.spare import stage_spared

    if customers and do_not_call:
        raise BookError("one_of_both", one="--customers", other="--do-not-call")
    if do_not_call and maps:
        raise BookError("one_of_both", one="--map", other="--do-not-call")
    book, mapping = open_book(file, allow_protected=allow_protected), dict(map(parse_map, maps))
    if do_not_call:
        staged = stage_spared(book, logs, as_of=as_of, told_in=lang)
    elif customers:
        staged = stage_customers(book, logs, mapping, as_of=as_of, told_in=lang)
    else:
        staged = stage(
            book, logs, mapping, as_of=as_of, add_customers=add_customers, zone=_zone(timezone), told_in=lang
        )
    report = staged.report
    if not as_json:
        out.print(report.text(lang))
        if len(report.problems):
            print_frame(TABLES["Problems"], report.problems, lang)
    asked = not (yes or dry_run or as_json) and staged.edits and sys.stdin.isatty() and sys.stdout.isatty()
    taken = not dry_run and (not asked or click.confirm(say("import_asked", lang), default=True))
    report = staged.write() if taken else report
    if as_json:
        print_json(report.as_dict())
    else:
        out.print(report.done(lang) if taken else say("import_not_taken", lang))
    return WITH_PROBLEMS if len(report.problems) else DONE


def _zone(said: str | None) -> tzinfo | None:
    if said is None:
        return None
    from funnelbook.domain.zones import named

    try:
        return named(said)
    except ValueError:
        raise BookError("no_zone", zone=said) from None


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
        out.print(say("done_transfer", lang, **report.as_dict()))


@click.command()
@file_argument
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def pool(file: Path, allow_protected: bool, as_of: date, lang: str, as_json: bool) -> int:
    from funnelbook.commands.pool import pool as run

    report = run(file, as_of=as_of, allow_protected=allow_protected)
    if as_json:
        print_json(report.as_dict())
    else:
        out.print(report.text(lang))
    return WITH_PROBLEMS if report.waiting else DONE


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
        out.print(say("done_handout", lang, count=len(handed), folder=folder))


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
        out.print(report.text(lang))
        if len(report.problems):
            print_frame(TABLES["Problems"], report.problems, lang)
    if any(one.status == "refused" for one in report.files):
        return SOME_FAILED
    return WITH_PROBLEMS if len(report.problems) else DONE


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Path(path_type=Path))
@as_of_option
@workers_option
@cluster_option
@lang_option
@json_option
@refusing
def company(folder: Path, target: Path, as_of: date, workers: int, cluster: str, lang: str, as_json: bool) -> int:
    from funnelbook.cli.progress import bar
    from funnelbook.commands.company import company as run
    from funnelbook.commands.hands import Hands

    with bar("rolling_up", lang, wanted=not as_json) as (begins, progress):
        report = run(
            folder, target, Hands(workers, cluster), as_of=as_of, language=lang, begins=begins, progress=progress
        )
    refused = [one for one in report.files if one.status == "refused"]
    if as_json:
        print_json(report.as_dict())
    else:
        out.print(say("done_company", lang, teams=report.teams, file=target, refused=len(refused)))
        for one in report.files:
            if one.message:
                err.print(one.message, style="red" if one in refused else None)
    return SOME_FAILED if refused else DONE
