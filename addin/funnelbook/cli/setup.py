"""The commands that put Funnelbook into Excel or LibreOffice, take it out, and say what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import click

from funnelbook.cli.common import (
    DONE,
    WITH_PROBLEMS,
    json_option,
    lang_option,
    out,
    print_json,
    refusing,
)
from funnelbook.words import say

libreoffice_option = click.option("--libreoffice", is_flag=True)


@click.command()
@libreoffice_option
@lang_option
@refusing
def install(libreoffice: bool, lang: str) -> None:
    from funnelbook.commands.setup import install as run

    report = run(language=lang, libreoffice=libreoffice)
    out.print(report.text(lang))
    for path in report.files:
        out.print(f"  {path}")


@click.command()
@libreoffice_option
@lang_option
@refusing
def uninstall(libreoffice: bool, lang: str) -> None:
    from funnelbook.commands.setup import uninstall as run

    told, removed, remove = run(libreoffice=libreoffice)
    out.print(say(told, lang, remove=remove))
    for path in removed:
        out.print(f"  {path}")


@click.command()
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False))
@lang_option
@refusing
def report(to: Path | None, lang: str) -> None:
    from funnelbook.commands.support_report import report as run

    out.print(say("report_saved", lang, file=run(to, lang)))


@click.command()
@lang_option
@json_option
@refusing
def doctor(lang: str, as_json: bool) -> int:
    from funnelbook.commands.doctor import findings as run

    findings = run()
    faults = [finding for finding in findings if not finding.ok]
    if as_json:
        print_json([{"code": f.code, "ok": f.ok, "text": f.text(lang)} for f in findings])
    else:
        for finding in findings:
            if not finding.ok or finding.note:
                out.print(finding.text(lang))
        if not faults:
            out.print(say("doctor_fine", lang))
    return WITH_PROBLEMS if faults else DONE
