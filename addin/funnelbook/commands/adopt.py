"""`funnelbook adopt`: give a workbook that people already use its Funnelbook sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook import template
from funnelbook.book import ownership
from funnelbook.book.checks import check
from funnelbook.book.decode import decode
from funnelbook.book.encode import encode
from funnelbook.book.labels import column_called, normalise, sheet_name, table_called
from funnelbook.book.locate import Located, explain, locate
from funnelbook.book.ports import Book, BookError, TableWrite
from funnelbook.book.schema import FIRST_PAGE, MADE_ANEW, NEW_PAGES, TABLES
from funnelbook.book.severities import INFO
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import refuse_without_customers
from funnelbook.words import DEFAULT, say

_CANNOT_HOLD = {".csv", ".tsv", ".txt", ".xls"}


@dataclass(frozen=True)
class AdoptReport:
    """What adopting a workbook matched and added. `matched` rows: table, column, sheet, header."""

    file: str
    matched: list[dict[str, str]]
    added: list[str]  # sheets, as they are named in the workbook
    problems: int  # errors and warnings in what was read
    written: bool
    made_from: str = ""  # the .xls or .csv that `file` was made from, where it was

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


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
    remembered. Tables the workbook lacks are added empty. Refuses (BookError) a workbook without customers.
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
    refuse_without_customers(book, located)
    for (table, column), header in settled.items():
        place = located.places.get(table)
        if place is None or normalise(place.headers.get(column, "")) != normalise(header):
            raise BookError("map_not_found", file=book.name, table=table.casefold(), column=column, header=header)
    added = add_missing(book, located, language)
    writes = [_matched(located, settled, language)] if settled else []
    severity = check(decode(book, located, as_of), as_of).frame(language)["severity"]
    written = False if dry_run else book.write(writes)
    return AdoptReport(book.name, explain(located), added, int((severity != INFO).sum()), written)


def pressed(press: ButtonPress) -> ButtonResult:
    """What came of the button that sets up the workbook in front."""
    report = adopt_book(press.book, as_of=press.day, language=press.language)
    return ButtonResult(say("done_adopt", press.language, matched=len(report.matched), added=len(report.added)))


def _matched(located: Located, settled: Mapping[tuple[str, str], str], language: str) -> TableWrite:
    """What the user matched by hand, to be remembered in the workbook."""
    rows = [{"table": t, "column": c, "sheet": located.places[t].sheet, "header": h} for (t, c), h in settled.items()]
    return encode(TABLES["Matched"], pd.DataFrame(rows), language)


def add_missing(book: Book, located: Located, language: str) -> list[str]:
    """Names of the sheets staged to be added so that every table of the contract has a place."""
    own = ownership.owned(book)
    there = {*own.results, *located.whole}
    missing = [table.name for table in TABLES.values() if table.name not in there]
    pages = (template.EXTRAS if not own.results else set(NEW_PAGES)) - own.pages.keys()
    missing += sorted(pages.union(MADE_ANEW[page] for page in pages & MADE_ANEW.keys()))
    if not missing:
        return []
    called = ownership.free_names(book, template.names())
    called |= {name: place.name for name, place in own.results.items()}  # a page reads those that are there
    package = template.build(language, tables=missing, called=called, id_="" if own.book else ownership.new_id())
    names = [name for _, name in template.sheets(language, missing)]
    first = sheet_name(FIRST_PAGE, language)
    return list(book.graft(package, names, first if first in names else "").values())


def parse_map(text: str) -> tuple[tuple[str, str], str]:
    """((table, column), header) from `customers.id=opportunity_id` or `客户.客户编号=商机编号`; BookError when it is not of that form."""
    left, equals, header = text.partition("=")
    table_text, dot, column = left.strip().partition(".")
    table = table_called(table_text, TABLES.inputs)
    name = column_called(column, table) if table else None
    if not (equals and dot and header.strip() and table and name):
        raise BookError("bad_map", text=text)
    return (table.name, name), header.strip()
