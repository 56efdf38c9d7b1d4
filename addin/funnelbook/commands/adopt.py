"""`funnelbook adopt`: give a workbook that people already use its Funnelbook sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import ownership
from funnelbook.book.checks import check
from funnelbook.book.column_letters import column_letters
from funnelbook.book.edit import table_edit, taken_in
from funnelbook.book.labels import column_called, table_called
from funnelbook.book.locate import explain
from funnelbook.book.numbers import mark
from funnelbook.book.parts import owners_of
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.book.set_up_heads import known
from funnelbook.book.severities import INFO
from funnelbook.commands.adopt_look import Look, look_at
from funnelbook.commands.missing_sheets import add_missing, sheets_to_add
from funnelbook.commands.open import log_mapping_of, matched, open_book
from funnelbook.commands.understood import LOGS, Understood, understood
from funnelbook.results.noted import Noted, with_noted
from funnelbook.template import rows_of
from funnelbook.words import DEFAULT

_CANNOT_HOLD = {".csv", ".tsv", ".txt", ".xls"}


@dataclass(frozen=True)
class AdoptReport:
    """What adopting a workbook matched and added. `matched` rows: table, column, sheet, header."""

    file: str
    matched: list[dict[str, str]]
    added: list[str]  # sheets, as they are named in the workbook
    problems: int  # errors and warnings in what was read
    written: bool
    numbered: int = 0  # customers who got a number
    number_column: str = ""  # where a column was added for them, as O
    proposed: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by table, keys of rows taken from the data
    sheets: Sequence[str] = ()  # of the customers
    owners: Sequence[str] = ()  # whom sheets of customers are named after
    noted: Noted = field(default_factory=Noted)  # what notes tell
    made_from: str = ""  # the .xls or .csv that `file` was made from, where it was
    look: Look | None = None  # header by header, where it was asked for

    def as_dict(self) -> dict[str, object]:
        found = self.noted
        told = {
            "entries": found.count,
            "orders": found.orders,
            "unpriced": found.unpriced,
            "undone": found.undone,
            "left": found.left,
        }
        plain: dict[str, object] = asdict(replace(self, noted=Noted(), look=None))
        return plain | {"noted": told, "look": self.look and self.look.as_dict()}


def adopt(
    path: Path,
    mapping: Mapping[tuple[str, str], str] | None = None,
    *,
    as_of: date,
    language: str = DEFAULT,
    dry_run: bool = False,
    allow_protected: bool = False,
) -> AdoptReport:
    """What was matched and which sheets were added; with `dry_run` nothing is written.

    Input tables are found by what they contain; `mapping` ((table, column) -> header) settles what cannot be guessed and is
    remembered. Tables the workbook lacks are added empty, in `language` unless its Settings name one. Refuses (BookError) a
    workbook without customers.
    """
    book = open_book(path, allow_protected=allow_protected)
    if dry_run:
        return looked_at(book, mapping, as_of=as_of, language=language, staging=True)
    return adopt_book(book, mapping, as_of=as_of, language=language, telling=True)


def looked_at(
    book: Book,
    mapping: Mapping[tuple[str, str], str] | None = None,
    *,
    as_of: date,
    language: str = DEFAULT,
    staging: bool = False,
) -> AdoptReport:
    """What adopting a workbook in any host would come to. BookError as of `adopt_book`.

    Nothing is staged, unless `staging`: then its sheets are, and what refuses them is told too.
    """
    _refuse_format(book)
    found = understood(book, mapping, as_of=as_of, language=language)
    look = look_at(book, found, as_of, language)
    added = (add_missing if staging else sheets_to_add)(book, found.located, found.language)
    return replace(_report(book, found, added, as_of, written=False), look=look)


def adopt_book(
    book: Book,
    mapping: Mapping[tuple[str, str], str] | None = None,
    *,
    as_of: date,
    language: str = DEFAULT,
    telling: bool = False,
) -> AdoptReport:
    """As `adopt`, of a workbook in any host; `telling`: with the Look of it, for who has not seen one before."""
    _refuse_format(book)
    ownership.mark(book)
    found = understood(book, mapping, as_of=as_of, language=language)
    look = look_at(book, found, as_of, language) if telling else None
    located, proposals, history = found.located, found.proposals, found.history
    logs = dict(zip(LOGS, (history.entered.activities, history.entered.orders), strict=True))
    new_logs = {name: rows_of(TABLES[name], of) for name, of in logs.items() if len(of) and name not in located.whole}
    given = {"Numbered": rows_of(TABLES["Numbered"], found.inputs.numbers.given)}
    added = add_missing(book, located, found.language, {**found.rows, **new_logs, **given})
    edits = [
        table_edit(book, located.whole[name], found.language, added=of)
        for name, of in [*((name, pd.DataFrame(of)) for name, of in proposals.items()), *logs.items()]
        if name in located.whole and len(of)
    ]
    writes = [matched(found.settled, log_mapping_of(book), located, found.language, known(located))]
    numbers, customers = found.inputs.numbers, located.places["Customers"]
    if customers.numbered:
        edits += [*taken_in(located, found.inputs), *numbers.edits(customers, found.new)]
    report = _report(book, found, added, as_of, written=True)
    numbers.remember(book)
    mark(book, found.new)
    return replace(report, look=look, written=book.write(writes, edits))


def _refuse_format(book: Book) -> None:
    if Path(book.name).suffix.lower() in _CANNOT_HOLD:  # open in a program: saved so, our sheets would be gone
        raise BookError("save_as_xlsx", file=book.name)


def _report(book: Book, found: Understood, added: list[str], as_of: date, *, written: bool) -> AdoptReport:
    customers, numbers = found.located.places["Customers"], found.inputs.numbers
    severity = check(with_noted(found.inputs.with_rows(found.rows), found.history), as_of).lines(DEFAULT)["severity"]
    column = column_letters(customers.columns["id"]) if found.new and found.new[0].beside else ""
    owners = [name for name in owners_of(customers) if customers.parts and name]
    told = {name: [str(row[TABLES[name].keys[0]]) for row in of] for name, of in found.proposals.items()}
    return AdoptReport(
        book.name,
        explain(found.located),
        added,
        int((severity != INFO).sum()),
        written,
        len(numbers.made),
        column,
        told,
        [part.sheet for part in customers.whole],
        owners,
        found.history,
    )


def parse_map(text: str) -> tuple[tuple[str, str], str]:
    """((table, column), header) from `customers.id=opportunity_id` or `客户.客户编号=商机编号`; BookError when it is not of that form."""
    left, equals, header = text.partition("=")
    table_text, dot, column = left.strip().partition(".")
    table = table_called(table_text, TABLES.inputs)
    name = column_called(column, table) if table else None
    if not (equals and dot and header.strip() and table and name):
        raise BookError("bad_map", text=text)
    return (table.name, name), header.strip()
