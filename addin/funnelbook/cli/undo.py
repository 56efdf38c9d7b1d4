"""The command that takes a write back, on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from funnelbook.cli.common import (
    file_argument,
    in_language,
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
@click.option("--list", "only_list", is_flag=True, help="Only show the versions there are. 只列出有哪些版本。")
@click.option(
    "--to", "number", type=click.IntRange(1), default=1, help="Its number in the list. 恢复列表里的第几个版本。"
)
@lang_option
@json_option
@refusing
def undo(file: Path, only_list: bool, number: int, lang: str, as_json: bool) -> None:
    """Put back what a workbook was before it was last written. 恢复上一次写入之前的工作簿。"""
    from funnelbook.commands.undo import earlier
    from funnelbook.commands.undo import undo as run

    if not only_list:
        done = run(file, number)
        if as_json:
            print_json(done.as_dict())
        else:
            out.print(say("done_undo", lang, day=done.day(lang), changes=done.text(lang)), soft_wrap=True)
        return
    found = earlier(file)
    if as_json:
        print_json([one.as_dict() for one in found])
    elif not found:
        out.print(say("no_versions", lang, file=file.name), soft_wrap=True)
    else:
        headers = in_language(
            lang, ("序号", "保存时间", "恢复它会怎样"), ("Number", "Saved", "What putting it back changes")
        )
        rows = [(str(one.number), one.day(lang), one.text(lang)) for one in found]
        print_grid(headers, rows, in_language(lang, "可以恢复的版本", "Versions that can be put back"))
