"""The commands of many workbooks: refresh them now, or each as it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelbook.cli.common import (
    DONE,
    REFUSED,
    SOME_FAILED,
    WITH_PROBLEMS,
    allow_protected_option,
    as_of_option,
    cluster_option,
    err,
    json_option,
    out,
    print_json,
    refusing,
    today,
    workers_option,
)
from funnelbook.words import LANGUAGES, chosen, say

if TYPE_CHECKING:
    from funnelbook.commands.batch import Batch
    from funnelbook.commands.refresh_files import FileReport


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_of_option
@workers_option
@cluster_option
@click.option("--again", is_flag=True)
@allow_protected_option
@click.option("--lang", type=click.Choice(LANGUAGES), default=None)
@json_option
@refusing
def refresh(
    files: Sequence[Path],
    as_of: date,
    workers: int,
    cluster: str,
    again: bool,
    allow_protected: bool,
    lang: str | None,
    as_json: bool,
) -> int:
    from funnelbook.cli.progress import bar
    from funnelbook.commands.batch import refresh_all
    from funnelbook.commands.hands import Hands
    from funnelbook.commands.journal import Run

    shown = lang or chosen()
    several = len(files) > 1 or any(file.is_dir() for file in files)
    with bar("refreshing", shown, wanted=several and not as_json) as (begins, progress):
        batch = refresh_all(
            files,
            Run(as_of, lang, allow_protected),
            Hands(workers, cluster),
            told=shown,
            again=again,
            begins=begins,
            progress=progress,
        )
    reports = batch.reports
    asked = [Path(report.file) in files for report in reports]
    refused = [
        r for r, by_name in zip(reports, asked, strict=True) if r.status == "refused" or _alone(r, reports, by_name)
    ]
    if as_json:
        print_json([report.as_dict() for report in reports])
    else:
        _tell(batch, refused, shown)
    for line in batch.told:
        err.print(line, style="yellow")
    if refused:
        return REFUSED if len(reports) == 1 else SOME_FAILED
    return WITH_PROBLEMS if any(report.problems for report in reports) else DONE


def _alone(report: FileReport, reports: Sequence[FileReport], by_name: bool) -> bool:
    """Whether it is the only one, asked for by name, and is no workbook of ours: then that is a refusal."""
    return report.status == "left_out" and by_name and len(reports) == 1


def _tell(batch: Batch, refused: Sequence[FileReport], shown: str) -> None:
    """A line a file that was looked at, and what many files have in common."""
    from funnelbook.commands.refresh_files import file_told

    counts = {status: sum(r.status == status for r in batch.reports) for status in ("already", "left_out")}
    for report in batch.reports:
        if report in refused:
            err.print(report.message, style="red")
        elif report.status == "left_out":
            out.print(report.message)
        elif report.status != "already":
            out.print(file_told(report, shown))
    if counts["already"]:
        out.print(say("files_already", shown, count=counts["already"]))
    if counts["left_out"] and len(batch.reports) > 1:
        out.print(say("left_out", shown, count=counts["left_out"]))
    if slow := batch.slow:
        named = [say("slow_file", shown, file=r.file, seconds=round(r.seconds)) for r in slow]
        told = say("slow_files", shown, files=say("listed", shown).join(named), usual=round(batch.usual_s, 1))
        out.print(told)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--poll", is_flag=True)
@allow_protected_option
@click.option("--lang", type=click.Choice(LANGUAGES), default=None)
@refusing
def watch(folder: Path, poll: bool, allow_protected: bool, lang: str | None) -> None:
    from funnelbook.commands.refresh_files import file_told, refresh_file
    from funnelbook.commands.watch import watch as run

    shown = lang or chosen()
    reports = run(
        folder, lambda path: refresh_file(path, today(), lang, shown, allow_protected=allow_protected), poll=poll
    )
    out.print(say("watching", shown, folder=folder))
    try:
        for report in reports:
            if report.status in ("refused", "left_out"):
                err.print(report.message, style="red")
            else:
                out.print(file_told(report, shown))
    except KeyboardInterrupt:
        out.print(say("watch_ended", shown))
