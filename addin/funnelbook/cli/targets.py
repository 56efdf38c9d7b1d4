"""The command of targets on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from funnelbook.book import values
from funnelbook.cli.common import (
    allow_protected_option,
    as_of_option,
    echo_json,
    file_argument,
    json_option,
    lang_option,
    out,
    print_frame,
    refusing,
)


@click.command()
@file_argument
@click.argument("action", type=click.Choice(["propose", "split", "agree", "revise"]))
@click.option("--period", help="Period, e.g. 2026-06; the current one unless given. 期间。")
@click.option("--person", help="Whose target; team for the team's. 谁的目标；团队写 team。")
@click.option("--orders", type=click.FloatRange(0, values.LARGEST), help="Orders agreed or revised to. 订单。")
@click.option("--amount", type=click.FloatRange(0, values.LARGEST), help="Amount agreed or revised to. 金额。")
@click.option("--margin", type=click.FloatRange(0, values.LARGEST), help="Margin agreed or revised to. 毛利。")
@click.option("--reason", type=click.Choice(["forecast", "external", "internal"]), help="Why it is revised. 修订原因。")
@click.option("--by", help="Who does it, or agrees. 操作人或确认人。")
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def targets(
    file: Path, action: str, allow_protected: bool, as_of: date, lang: str, as_json: bool, **given: object
) -> None:
    """Propose, split, agree or revise targets; nothing is overwritten. 拟定、分解、确认、修订目标。"""
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.show import to_json
    from funnelbook.commands.targets import Asked
    from funnelbook.commands.targets import targets as run

    report = run(file, action, Asked(**given), as_of=as_of, language=lang, allow_protected=allow_protected)
    if as_json:
        echo_json(to_json(TABLES["Targets"], report.rows))
    else:
        print_frame(TABLES["Targets"], report.rows, lang)
        out.print(report.line, soft_wrap=True)
