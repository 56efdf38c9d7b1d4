"""The commands for who looks at Funnelbook, or builds it."""

from __future__ import annotations

from pathlib import Path

import click

from funnelbook.book.labels import title
from funnelbook.cli.common import (
    DONE,
    WITH_PROBLEMS,
    in_language,
    lang_option,
    out,
    print_frame,
    refusing,
)
from funnelbook.words import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@lang_option
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another team. 换一个样本团队。")
@refusing
def demo(folder: Path, lang: str, seed: int) -> None:
    """Build a sample team's workbook, refresh it and show what it says. 生成示例团队并演示。"""
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.demo import demo as run

    report = run(folder, lang, seed)
    for name, frame in report.findings.items():
        print_frame(TABLES[name], frame, lang, title(TABLES[name], lang))
    out.print(say("demo_open", lang, file=report.workbook), soft_wrap=True)
    if report.pictures:
        out.print(say("demo_pictures", lang, folder=report.pictures[0].parent), soft_wrap=True)
    else:
        out.print(say("demo_no_pictures", lang), soft_wrap=True)


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Only say whether the built files are current. 只检查是否最新。"
)
@click.option("--pictures", is_flag=True, help="Draw the manual's pictures too (needs LibreOffice). 同时重画手册插图。")
@lang_option
@refusing
def build(only_check: bool, pictures: bool, lang: str) -> int:
    """Write the files that are built from the code (templates). 重新生成模板等文件。"""
    from funnelbook.commands.build import build as run
    from funnelbook.commands.build import checkout
    from funnelbook.commands.gallery import gallery

    if pictures and not only_check:
        gallery(checkout() / "docs" / "pictures")
    stale = run(only_check=only_check)
    for path in stale:
        out.print(
            in_language(lang, "过期：" if only_check else "已生成：", "Stale: " if only_check else "Built: ")
            + str(path),
            soft_wrap=True,
        )
    return WITH_PROBLEMS if only_check and stale else DONE
