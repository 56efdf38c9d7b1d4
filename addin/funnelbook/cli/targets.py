"""The command of targets on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

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
@click.option("--period")
@click.option("--person")
@click.option("--orders", type=click.IntRange(0, int(values.LARGEST)))
@click.option("--amount", type=click.FloatRange(0, values.LARGEST))
@click.option("--margin", type=click.FloatRange(0, values.LARGEST))
@click.option("--paid", type=click.FloatRange(0, values.LARGEST))
@click.option("--reason", type=click.Choice(["forecast", "external", "internal"]))
@click.option("--by")
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def targets(
    file: Path, action: str, allow_protected: bool, as_of: date, lang: str, as_json: bool, **given: Any
) -> None:
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.show import to_json
    from funnelbook.commands.targets import Asked
    from funnelbook.commands.targets import targets as run

    report = run(file, action, Asked(**given), as_of=as_of, language=lang, allow_protected=allow_protected)
    if as_json:
        echo_json(to_json(TABLES["Targets"], report.rows))
    else:
        print_frame(TABLES["Targets"], report.rows, lang)
        out.print(report.line)
