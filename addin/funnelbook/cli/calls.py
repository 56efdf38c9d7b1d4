"""The commands of calls on the command line: log one, find a customer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from funnelbook.cli.common import (
    DONE,
    WITH_PROBLEMS,
    allow_protected_option,
    as_of_option,
    echo_json,
    file_argument,
    json_option,
    lang_option,
    out,
    print_frame,
    print_json,
    refusing,
)
from funnelbook.words import say


@click.command()
@file_argument
@click.argument("customer")
@click.option("--outcome", help="What came of it, as in Settings. 通话结果。")
@click.option("--tier", help="Tier after it, where the outcome does not say. 跟进后的级别。")
@click.option("--next", "next_contact", metavar="DATE", help="Day agreed for the next contact. 下次联系。")
@click.option("--purpose", help="What the next contact is for. 下次目的。")
@click.option("--note", help="What was said. 内容。")
@click.option("--objection", help="Why the customer does not buy yet. 未购原因。")
@click.option("--channel", help="Channel, the phone unless given. 方式，不填为电话。")
@click.option("--person", help="Who called, the owner unless given. 谁打的，不填为客户的业务员。")
@allow_protected_option
@as_of_option
@lang_option
@json_option
@refusing
def log(
    file: Path, customer: str, allow_protected: bool, as_of: date, lang: str, as_json: bool, **said: str | None
) -> int:
    """Log a call to a CUSTOMER (ID, or part of a name or phone), with what was typed into the call list. 登记电话。"""
    from funnelbook.commands.log_call import log_call as run

    report = run(file, customer, said, as_of=as_of, language=lang, allow_protected=allow_protected)
    if as_json:
        print_json(report.as_dict())
    else:
        out.print(say("done_log", lang, logged=report.logged, waiting=report.waiting), soft_wrap=True)
    return WITH_PROBLEMS if report.waiting else DONE


@click.command()
@file_argument
@click.argument("text")
@as_of_option
@lang_option
@json_option
@refusing
def find(file: Path, text: str, as_of: date, lang: str, as_json: bool) -> None:
    """All there is about the customers that fit TEXT: ID, part of a name, contact or phone. 查找客户的全部往来。"""
    from funnelbook.book.schema import TABLES
    from funnelbook.commands.find import find as run
    from funnelbook.commands.show import to_json

    found = run(file, text, as_of=as_of, language=lang)
    if as_json:
        echo_json(to_json(TABLES["Found"], found.rows))
    else:
        print_frame(TABLES["Found"], found.rows.assign(search=None), lang, found.note)
