"""`funnelbook log`: a call put into Activities, with what was typed into the call list, and all worked out anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import ownership
from funnelbook.book.decode import Inputs, decode
from funnelbook.book.labels import header
from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.missing_sheets import add_missing
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.commands.refresh_files import calls_told, refresh_book
from funnelbook.refresh import refuse_without_customers
from funnelbook.results.call_entries import ENTRIES, Columns, Entered, entered
from funnelbook.results.found import customers_named
from funnelbook.words import DEFAULT, say, texts

_NAMED = 5  # customers a refusal names


@dataclass(frozen=True)
class LogReport:
    """`logged`: calls that went into Activities, those of the call list included; `waiting`: those left in the list; `orders` drafted."""

    file: str
    customer: str
    logged: int
    waiting: int
    orders: int = 0

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def log_call(
    path: Path,
    customer: str,
    said: Mapping[str, str | None],
    *,
    as_of: date,
    language: str = DEFAULT,
    allow_protected: bool = False,
) -> LogReport:
    """What came of logging a call of `as_of` to the one customer that `customer` (an id, a part of a name or phone) names.

    `said`: outcome, tier, next_contact, purpose, note, objection, amount, channel, person, each as typed or None. BookError when it
    names none or several, or when something said cannot be read: then nothing is written.
    """
    book = open_book(path, allow_protected=allow_protected)
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    refuse_without_customers(book, located)
    inputs = decode(book, located, as_of)
    if "Activities" not in located.whole and add_missing(book, located, inputs.settings.language):
        located = locate(book, mapping_of(book))
    who = _the_one(inputs, customer)
    typed = {
        "outcome": said.get("outcome"),
        "tier_after": said.get("tier"),
        "next_contact": said.get("next_contact"),
        "next_purpose": said.get("purpose"),
        "objection_entry": said.get("objection"),
        "amount": said.get("amount"),
        "remark": said.get("note"),
    }
    if not any(typed.values()):
        raise BookError("nothing_to_log")
    row = {"id": who, "person": said.get("person"), "channel": said.get("channel")} | typed
    standing = pd.DataFrame([row], columns=list(TABLES["CallList"].names), dtype=object)
    standing = standing.where(standing.notna(), None)
    made = entered(standing, standing[list(ENTRIES)], inputs, Columns.of(located), as_of, book.date1904)
    _refuse(made, language)
    report = refresh_book(book, as_of, added=made)
    return LogReport(str(path), who, report.logged, report.waiting, report.ordered)


def _the_one(inputs: Inputs, text: str) -> str:
    """The id of the customer that a text names."""
    found = customers_named(inputs.frames["Customers"], text, inputs.settings.country)["id"].tolist()
    if not found:
        raise BookError("no_customer", text=text)
    if len(found) > 1:
        raise BookError("many_customers", text=text, count=len(found), some=", ".join(found[:_NAMED]))
    return found[0]


def _refuse(made: Entered, language: str) -> None:
    for fault in made.faults:
        problem, remedy = texts(f"problems.{fault.code}", language)
        column = header(TABLES["CallList"], fault.column, language) if fault.column else ""
        raise BookError("bad_entry", column=column, value=fault.value, problem=problem, remedy=remedy)


def pressed(press: ButtonPress) -> ButtonResult:
    """How many calls typed into the list of the workbook in front are logged now."""
    report = refresh_book(press.book, press.day)
    line = say("done_log", report.language, logged=report.logged, waiting=report.waiting)
    return ButtonResult(" ".join([line, *calls_told(report)]))
