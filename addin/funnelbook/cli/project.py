"""The commands for who looks at Funnelbook, or builds it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from funnelbook.book.labels import title
from funnelbook.cli.common import (
    DONE,
    WITH_PROBLEMS,
    as_of_option,
    lang_option,
    out,
    print_frame,
    refusing,
)
from funnelbook.words import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@as_of_option
@lang_option
@click.option("--seed", type=int, default=1, show_default=True)
@refusing
def demo(folder: Path, as_of: date, lang: str, seed: int) -> None:
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.demo import demo as run

    report = run(folder, lang, seed, as_of=as_of)
    for name, frame in report.findings.items():
        print_frame(TABLES[name], frame, lang, title(TABLES[name], lang))
    out.print(say("demo_open", lang, file=report.workbook))
    if report.pictures:
        out.print(say("demo_pictures", lang, folder=report.pictures[0].parent))
    else:
        out.print(say("demo_no_pictures", lang))


@click.command()
@click.option("--check", "only_check", is_flag=True)
@click.option("--pictures", is_flag=True)
@click.option("--installer", is_flag=True)
@lang_option
@refusing
def build(only_check: bool, pictures: bool, installer: bool, lang: str) -> int:
    from funnelbook.commands.build import build as run
    from funnelbook.commands.build import build_installer, checkout
    from funnelbook.commands.gallery import gallery

    if pictures and not only_check:
        gallery(checkout() / "docs" / "pictures")
    stale = run(only_check=only_check)
    for path in stale:
        out.print(say("file_stale" if only_check else "file_built", lang, file=path))
    if installer and not only_check:
        out.print(say("file_built", lang, file=build_installer()))
    return WITH_PROBLEMS if only_check and stale else DONE
