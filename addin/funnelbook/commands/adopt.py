"""`funnelbook adopt`: give a workbook that people already use its Funnelbook sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book import ownership, result_tables
from funnelbook.book.checks import check
from funnelbook.book.column_letters import column_letters
from funnelbook.book.decode import Inputs, decode, settings_of
from funnelbook.book.edit import table_edit, taken_in
from funnelbook.book.guess import Headers, guessed
from funnelbook.book.labels import column_called, normalise, table_called
from funnelbook.book.locate import Located, explain, locate
from funnelbook.book.note_columns import further_notes
from funnelbook.book.numbers import mark, with_numbers
from funnelbook.book.parts import owner_of
from funnelbook.book.ports import Book, BookError
from funnelbook.book.proposals import proposed, stages
from funnelbook.book.schema import TABLES
from funnelbook.book.severities import INFO
from funnelbook.book.table_reader import Rows
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.missing_sheets import add_missing
from funnelbook.commands.notes_told import notes_told
from funnelbook.commands.open import log_mapping_of, mapping_of, matched, open_book
from funnelbook.refresh import refuse_without_customers
from funnelbook.results.call_entries import Columns
from funnelbook.results.noted import Noted, noted, with_noted
from funnelbook.template import rows_of
from funnelbook.template.defaults import default_rows
from funnelbook.words import DEFAULT, say

_LOGS = ("Activities", "Orders")
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
    owners: Sequence[str] = ()  # whom sheets of customers are named after
    noted: Noted = field(default_factory=Noted)  # what notes tell
    made_from: str = ""  # the .xls or .csv that `file` was made from, where it was

    def as_dict(self) -> dict[str, object]:
        found = self.noted
        told = {"entries": found.count, "orders": found.orders, "unpriced": found.unpriced, "left": found.left}
        plain: dict[str, object] = asdict(replace(self, noted=Noted()))
        return plain | {"noted": told}


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
    return adopt_book(book, mapping, as_of=as_of, language=language, dry_run=dry_run)


def adopt_book(
    book: Book,
    mapping: Mapping[tuple[str, str], str] | None = None,
    *,
    as_of: date,
    language: str = DEFAULT,
    dry_run: bool = False,
) -> AdoptReport:
    """As `adopt`, of a workbook in any host."""
    if Path(book.name).suffix.lower() in _CANNOT_HOLD:  # open in a program: saved so, our sheets would be gone
        raise BookError("save_as_xlsx", file=book.name)
    ownership.mark(book)
    settled = mapping_of(book) | dict(mapping or {})
    located = locate(book, settled)
    if likely := guesses(book, located, settled, as_of):
        settled |= likely
        located = locate(book, settled)
    if "Settings" in located.whole:
        language = settings_of(book, located, as_of).language  # the results speak it, and what reads them must
    located, new = with_numbers(book, located, language)
    refuse_unmatched(settled, settled.keys() - matched_in(located, settled), book.name)
    refuse_without_customers(book, located)
    inputs = decode(book, located, as_of, stages)
    proposals = proposed(inputs)
    rows = {
        name: [dict.fromkeys(TABLES[name].names) | row for row in (*_shipped(name, language, of), *of)]
        for name, of in proposals.items()
    }
    history = _history(book, located, inputs.with_rows(rows), language, as_of)
    logs = {"Activities": history.entered.activities, "Orders": history.entered.orders}
    new_logs = {name: rows_of(TABLES[name], of) for name, of in logs.items() if len(of) and name not in located.whole}
    added = add_missing(book, located, language, rows | new_logs)
    edits = [
        table_edit(book, located.whole[name], language, added=of)
        for name, of in [*((name, pd.DataFrame(of)) for name, of in proposals.items()), *logs.items()]
        if name in located.whole and len(of)
    ]
    writes = [matched(settled, log_mapping_of(book), located, language)] if settled else []
    numbers, customers = inputs.numbers, located.places["Customers"]
    if customers.numbered:
        edits += [*taken_in(located, inputs), *numbers.edits(customers, new)]
    severity = check(with_noted(inputs.with_rows(rows), history), as_of).lines(DEFAULT)["severity"]
    problems = int((severity != INFO).sum())
    if not dry_run:
        numbers.remember(book)
        mark(book, new)
    written = False if dry_run else book.write(writes, edits)
    column = column_letters(customers.columns["id"]) if new and new[0].beside else ""
    owners = [name for part in customers.whole if customers.parts and (name := owner_of(part.sheet))]
    told = {name: [str(row[TABLES[name].keys[0]]) for row in of] for name, of in proposals.items()}
    return AdoptReport(
        book.name, explain(located), added, problems, written, len(numbers.made), column, told, owners, history
    )


def matched_in(located: Located, mapping: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Which (table, column) of a mapping have the header it names."""
    heads = {name: place.headers for name, place in located.places.items()}
    return {
        (table, column)
        for (table, column), head in mapping.items()
        if normalise(heads.get(table, {}).get(column, "")) == normalise(head)
    }


def refuse_unmatched(mapping: Mapping[tuple[str, str], str], left: Collection[tuple[str, str]], file: str) -> None:
    """BookError that names the first header of a mapping that was not found."""
    for table, column in mapping:
        if (table, column) in left:
            header = mapping[table, column]
            raise BookError("map_not_found", file=file, table=table.casefold(), column=column, header=header)


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of the button that sets up the workbook in front."""
    report = adopt_book(press.book, as_of=press.day, language=press.language)
    line = say("done_adopt", press.language, matched=len(report.matched), added=len(report.added))
    notes = notes_told(report.noted, press.language, press.book.name)
    return ButtonResult(" ".join([line, *notes]), waits=report.noted.count > 0)


def guesses(book: Book, located: Located, settled: Mapping[tuple[str, str], str], as_of: date) -> Headers:
    """Headers of the Customers that are probably those of columns it lacks."""
    place = located.places.get("Customers")
    if place is None:
        return {}
    people = decode(book, Located({n: p for n, p in located.places.items() if n == "People"}), as_of).frames["People"]
    return guessed(book, place, people["person"].tolist(), settled)


def _history(book: Book, located: Located, inputs: Inputs, language: str, as_of: date) -> Noted:
    """What notes tell, in the words of tables that are there or come with the others; nobody has seen the customers before."""
    coming = {name: default_rows(language)[name] for name in ("Outcomes", "Channels") if inputs.frames[name].empty}
    columns = {name: located.whole[name].columns if name in located.whole else TABLES[name].names for name in _LOGS}
    more = further_notes(book, located.places["Customers"])
    seen = result_tables.blank(TABLES["Seen"])
    return noted(inputs.with_rows(coming), Columns(*map(frozenset, columns.values())), more, seen, as_of)


def _shipped(table: str, language: str, rows: Rows) -> Rows:
    """Rows a new table starts with anyway that the data do not say: outcomes beside those found."""
    if table != "Outcomes":
        return []
    said = {normalise(row["outcome"]) for row in rows}
    return [row for row in default_rows(language)[table] if normalise(row["outcome"]) not in said]


def parse_map(text: str) -> tuple[tuple[str, str], str]:
    """((table, column), header) from `customers.id=opportunity_id` or `客户.客户编号=商机编号`; BookError when it is not of that form."""
    left, equals, header = text.partition("=")
    table_text, dot, column = left.strip().partition(".")
    table = table_called(table_text, TABLES.inputs)
    name = column_called(column, table) if table else None
    if not (equals and dot and header.strip() and table and name):
        raise BookError("bad_map", text=text)
    return (table.name, name), header.strip()
