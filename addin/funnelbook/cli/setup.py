"""The commands that put Funnelbook into Excel or LibreOffice, take it out, and say what is wrong with it."""

from __future__ import annotations

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

libreoffice_option = click.option(
    "--libreoffice", is_flag=True, help="LibreOffice instead of Excel. 针对 LibreOffice，不是 Excel。"
)


@click.command()
@click.option(
    "--server-at-logon/--no-server-at-logon",
    default=None,
    help="Start the formula server at log-on, where Excel may not start programs. 登录时启动公式服务（公司禁止 Excel 启动程序时用）。",
)
@libreoffice_option
@lang_option
@refusing
def install(server_at_logon: bool | None, libreoffice: bool, lang: str) -> None:
    """Put the add-in into Excel or LibreOffice for this user. 安装到 Excel 或 LibreOffice（只装给当前用户，不需要管理员权限）。"""
    from funnelbook.commands.setup import install as run

    report = run(language=lang, libreoffice=libreoffice, server_at_logon=server_at_logon)
    out.print(report.text(lang), soft_wrap=True)
    for path in report.files:
        out.print(f"  {path}", soft_wrap=True)


@click.command()
@libreoffice_option
@lang_option
@refusing
def uninstall(libreoffice: bool, lang: str) -> None:
    """Take the add-in out of Excel or LibreOffice. 从 Excel 或 LibreOffice 卸载。"""
    from funnelbook.commands.setup import uninstall as run

    told, removed, remove = run(libreoffice=libreoffice)
    out.print(say(told, lang, remove=remove), soft_wrap=True)
    for path in removed:
        out.print(f"  {path}", soft_wrap=True)


@click.command()
@lang_option
@json_option
@refusing
def doctor(lang: str, as_json: bool) -> int:
    """Say what is wrong with the installation and what to do. 诊断安装，逐条给出处理办法。"""
    from funnelbook.commands.doctor import findings as run

    findings = run()
    faults = [finding for finding in findings if not finding.ok]
    if as_json:
        print_json([{"code": f.code, "ok": f.ok, "text": f.text(lang)} for f in findings])
    else:
        for finding in findings:
            if not finding.ok or finding.note:
                out.print(finding.text(lang), soft_wrap=True)
        if not faults:
            out.print(say("doctor_fine", lang))
    return WITH_PROBLEMS if faults else DONE
