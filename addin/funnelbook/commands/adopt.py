"""`funnelbook adopt`: give a workbook that people already use its Funnelbook sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook import template
from funnelbook.book import results
from funnelbook.book.encode import encode
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located, explain, locate
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import INPUTS, RESULTS, TABLES
from funnelbook.commands.open import mapping_of, open_book, read_inputs


@dataclass(frozen=True)
class AdoptReport:
    """What adopting a workbook matched and added. `matched` rows: table, column, sheet, header."""

    file: str
    matched: list[dict[str, str]]
    added: list[str]  # sheets, as they are named in the workbook
    problems: int
    written: bool


def adopt(
    path: Path,
    mapping: Mapping[tuple[str, str], str] | None = None,
    *,
    as_of: date,
    language: str = "zh",
    dry_run: bool = False,
) -> AdoptReport:
    """What was matched and which sheets were added; with `dry_run` nothing is written.

    Input tables are found by what they contain; `mapping` ((table, column) -> header) settles what cannot be guessed and is
    remembered. Tables the workbook lacks are added empty. Refuses (BookError) a workbook without customers.
    """
    book = open_book(path)
    settled = mapping_of(book) | dict(mapping or {})
    located = locate(book, settled)
    if "Customers" not in located.places:
        raise BookError("no_customers", file=path.name)
    for (table, column), header in settled.items():
        if column not in (located.places[table].columns if table in located.places else {}):
            raise BookError("map_not_found", file=path.name, table=table, column=column, header=header)
    added = add_missing(book, located, language)
    if settled:
        book_matched = pd.DataFrame(
            [{"table": t, "column": c, "sheet": located.places[t].sheet, "header": h} for (t, c), h in settled.items()]
        )
        writes = [encode(TABLES["Matched"], book_matched, language)]
    else:
        writes = []
    problems = len(read_inputs(book, as_of, language).problems)
    written = False if dry_run else book.write(writes)
    return AdoptReport(path.name, explain(located), added, problems, written)


def add_missing(book: Book, located: Located, language: str) -> list[str]:
    """Names of the sheets staged to be added so that every table of the contract has a place."""
    there = {*results.present(book), *located.places}
    missing = [table.name for table in (*INPUTS, *RESULTS) if table.name not in there]
    if not missing:
        return []
    if not results.present(book):
        missing.append("guide")
    package = template.build(language, tables=missing)
    names = [name for _, name in template.sheets(language, missing)]
    return list(book.graft(package, names).values())


def parse_map(text: str) -> tuple[tuple[str, str], str]:
    """((table, column), header) from `customers.id=opportunity_id`; BookError when it is not of that form."""
    left, equals, header = text.partition("=")
    table_text, dot, column = left.strip().partition(".")
    table = next((t for t in INPUTS if t.name.casefold() == table_text.casefold()), None)
    if not (equals and dot and header.strip() and table and normalise(column) in map(normalise, table.names)):
        raise BookError("bad_map", text=text)
    name = next(n for n in table.names if normalise(n) == normalise(column))
    return (table.name, name), header.strip()
