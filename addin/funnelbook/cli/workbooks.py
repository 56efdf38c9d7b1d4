"""The commands of one workbook, or many: make, set up, check, refresh, show and publish it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from funnelbook.book.labels import title
from funnelbook.book.ports import BookError
from funnelbook.cli.common import (
    DONE,
    REFUSED,
    SOME_FAILED,
    WITH_PROBLEMS,
    allow_protected_option,
    as_of_option,
    echo_json,
    err,
    file_argument,
    in_language,
    json_option,
    lang_option,
    out,
    print_frame,
    print_grid,
    print_json,
    refusing,
)
from funnelbook.words import LANGUAGES, say


@click.command()
@click.argument("target", type=click.Path(path_type=Path), default=Path())
@lang_option
@refusing
def new(target: Path, lang: str) -> None:
    """Make an empty team workbook (TARGET: file or folder). 新建空白的团队工作簿。"""
    from funnelbook.commands.new import new as make

    out.print(in_language(lang, "已新建：", "Made: ") + str(make(target, lang)), soft_wrap=True)


@click.command()
@file_argument
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="TABLE.COLUMN=HEADER",
    help="Match a header by hand, e.g. customers.id=opportunity_id. 手工指定表头。",
)
@click.option("--dry-run", is_flag=True, help="Only show what would be matched and added. 只显示，不写入。")
@click.option(
    "--as-xlsx",
    is_flag=True,
    help="Of an .xls make an .xlsx beside it, values only. 旧的 .xls 在旁边另存为 .xlsx（只带数值）。",
)
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
    allow_protected: bool,
    as_of: date,
    lang: str,
    as_json: bool,
) -> int:
    """Add the Funnelbook sheets to a workbook you already use. 给现有的工作簿加上漏斗各表。"""
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.adopt import parse_map
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
        print_grid(
            in_language(lang, ("表", "列", "工作表", "表头"), ("Table", "Column", "Sheet", "Header")),
            [(title(TABLES[row["table"]], lang), row["column"], row["sheet"], row["header"]) for row in report.matched],
            in_language(lang, "认出的表头", "Headers recognised"),
        )
        added = say("listed", lang).join(report.added) or in_language(
            lang, "无（各表都在）", "none (every table is there)"
        )
        if report.made_from and report.written:
            out.print(say("made_beside", lang, file=report.file, source=report.made_from), soft_wrap=True)
        if report.written:
            out.print(in_language(lang, f"已添加：{added}", f"Added: {added}"))
        elif dry_run:
            out.print(
                in_language(lang, f"试运行，未写入。将添加：{added}", f"Dry run, nothing written. Would add: {added}")
            )
        else:
            out.print(in_language(lang, "无需添加，文件未改动。", "Nothing to add; the file was not touched."))
    return WITH_PROBLEMS if report.problems else DONE


@click.command()
@file_argument
@as_of_option
@lang_option
@json_option
@refusing
def check(file: Path, as_of: date, lang: str, as_json: bool) -> int:
    """List what is wrong in the data; writes nothing. 检查数据，只看不改。"""
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.check import check as run
    from funnelbook.commands.show import to_json

    problems = run(file, as_of=as_of, language=lang)
    if as_json:
        echo_json(to_json(TABLES["Problems"], problems))
    elif problems.empty:
        out.print(in_language(lang, "数据没有问题。", "No problems found."))
    else:
        print_frame(TABLES["Problems"], problems, lang)
    return DONE if problems.empty else WITH_PROBLEMS


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_of_option
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Files at a time. 同时处理几个文件。"
)
@allow_protected_option
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default=None, help="Language; the workbook's own unless given. 显示语言。"
)
@json_option
@refusing
def refresh(
    files: Sequence[Path], as_of: date, workers: int, allow_protected: bool, lang: str | None, as_json: bool
) -> int:
    """Work everything out anew in workbooks or folders of them. 重新计算工作簿，或整个文件夹。"""
    from funnelbook.commands.refresh_files import refresh_files, workbooks

    shown = lang or os.environ.get("FUNNELBOOK_LANG", LANGUAGES[0])
    paths = workbooks(files)
    if not paths:
        raise BookError("no_workbooks", folder=", ".join(map(str, files)))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=as_json or len(paths) == 1) as bar:
        task = bar.add_task(in_language(shown, "刷新", "Refresh"), total=len(paths))
        reports = refresh_files(
            paths,
            as_of,
            language=lang,
            told=shown,
            workers=workers,
            allow_protected=allow_protected,
            progress=lambda _report: bar.advance(task),
        )
    refused = [report for report in reports if report.status == "refused"]
    left_out = [report for report in reports if report.status == "left_out"]
    if len(left_out) == len(paths) == 1 and paths[0] in files:
        refused = left_out  # it was asked for by name
    if as_json:
        print_json([report.as_dict() for report in reports])
    for report in [] if as_json else reports:
        if report in refused:
            err.print(report.message, style="red", soft_wrap=True)
        elif report.status == "left_out":
            out.print(report.message, soft_wrap=True)
        else:
            done = (
                in_language(shown, "已刷新", "refreshed")
                if report.status == "done"
                else in_language(shown, "无变化", "unchanged")
            )
            problems = (
                in_language(shown, f"，数据问题 {report.problems} 条", f", {report.problems} data problems")
                if report.problems
                else ""
            )
            out.print(f"{report.file}: {done}{problems}", soft_wrap=True)
    if left_out and len(paths) > 1 and not as_json:
        out.print(say("left_out", shown, count=len(left_out)), soft_wrap=True)
    if refused:
        return REFUSED if len(paths) == 1 else SOME_FAILED
    return WITH_PROBLEMS if any(report.problems for report in reports) else DONE


@click.command()
@file_argument
@click.argument("table")
@click.option("--person", help="Only this person's rows. 只看某人。")
@as_of_option
@lang_option
@json_option
@refusing
def show(file: Path, table: str, person: str | None, as_of: date, lang: str, as_json: bool) -> None:
    """Print one table of a workbook. 显示工作簿里的一张表。"""
    from funnelbook.commands.show import show as run
    from funnelbook.commands.show import table_named, to_json

    schema = table_named(table)
    frame = run(file, schema, as_of=as_of, person=person)
    if as_json:
        echo_json(to_json(schema, frame))
    else:
        print_frame(schema, frame, lang)


@click.command()
@file_argument
@click.option("--to", type=click.Path(path_type=Path), metavar="FILE", help="A .html, .png or .pdf file. 存成文件。")
@click.option("--send", is_flag=True, help="To the chat or mail in ~/.funnelbook/publish.toml. 发到设置好的群或邮箱。")
@click.option("--unmasked", is_flag=True, help="Show customers' names in full. 客户名称不遮盖。")
@as_of_option
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="The workbook's own unless given. 显示语言。")
@refusing
def publish(file: Path, to: Path | None, send: bool, unmasked: bool, as_of: date, lang: str | None) -> None:
    """Publish the board: a web page, picture or PDF, the team chat. 发布龙虎榜。"""
    from funnelbook.commands import announce
    from funnelbook.commands.publish import publish as run

    urls = announce.addresses(announce.config()) if send else []
    if send and announce.read_by_others(announce.config()):
        told = lang or os.environ.get("FUNNELBOOK_LANG", LANGUAGES[0])
        err.print(say("read_by_others", told, file=announce.config()), style="yellow", soft_wrap=True)
    done = run(file, to, as_of=as_of, language=lang, masked=not unmasked, urls=urls)
    shown = lang or os.environ.get("FUNNELBOOK_LANG", LANGUAGES[0])
    out.print(say("done_publish", shown, file=", ".join(map(str, done.files)), sent=done.sent), soft_wrap=True)
