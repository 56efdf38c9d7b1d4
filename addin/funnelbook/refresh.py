"""One way through: read every table, work everything out, write every result table at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from funnelbook.book import results
from funnelbook.book.checks import check
from funnelbook.book.decode import decode
from funnelbook.book.encode import encode, kept_rows
from funnelbook.book.labels import header
from funnelbook.book.locate import Located
from funnelbook.book.ports import Book, BookError
from funnelbook.book.problems import INFO
from funnelbook.book.results import ResultTable
from funnelbook.book.schema import TABLES
from funnelbook.results.entries import with_entries
from funnelbook.results.outcome import Outcome, outcomes
from funnelbook.results.situation import Situation


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh found: `problems` counts errors and warnings; `written` is False when nothing had changed."""

    problems: int
    written: bool


def refresh(book: Book, located: Located, as_of: date, language: str | None = None) -> RefreshReport:
    """The report of a workbook refreshed as of a day, the day included. Source: numbers.md.

    Every result table that stands in the workbook is rewritten, or none: a BookError leaves the workbook as it was.
    `language` of the results: zh or en; None: as its Settings say.
    """
    standing = results.read_all(book)
    outcome, shown = compute(book, located, standing, as_of, language)
    if "CallList" in standing:
        calls, list_now = outcome["CallList"], standing["CallList"]
        outcome["CallList"] = replace(calls, frame=with_entries(calls.frame, list_now.frame, list_now.entries))
    kept = _kept(standing)
    writes, waiting = [], []
    for name, result in outcome.items():
        if name in standing:
            user = standing[name].user.with_kept(kept.get(name, {}))
            waiting += kept_rows(TABLES[name], result.frame, user)
            writes.append(encode(TABLES[name], result.frame, shown, user, result.note, result.chart_rows))
    if "Kept" in standing:
        rows = pd.DataFrame(waiting, columns=list(TABLES["Kept"].names), dtype=object)
        writes.append(encode(TABLES["Kept"], rows, shown, standing["Kept"].user))
    severity = outcome["Problems"].frame["severity"]
    return RefreshReport(int((severity != INFO).sum()), book.write(writes))


def compute(
    book: Book, located: Located, standing: dict[str, ResultTable], as_of: date, language: str | None = None
) -> tuple[dict[str, Outcome], str]:
    """Every result table by schema name, and the language it is in; nothing is written."""
    refuse_without_customers(book, located)
    inputs = decode(book, located, as_of)
    shown = language or inputs.settings.language
    logs = {
        name: standing[name].frame if name in standing else results.blank(TABLES[name])
        for name in ("History", "PlanHistory")
    }
    situation = Situation(inputs, logs["History"], logs["PlanHistory"], as_of, shown)
    return outcomes(situation, check(inputs, as_of)), shown


def refuse_without_customers(book: Book, located: Located) -> None:
    """BookError when there is no Customers table to read, saying what it lacks."""
    place = located.places.get("Customers")
    if place is None:
        raise BookError("no_customers", file=book.name)
    if place.lacks:
        raise BookError(
            "customers_lack",
            file=book.name,
            sheet=place.sheet,
            row=place.header_row,
            zh=header(TABLES["Customers"], place.lacks[0], "zh"),
            en=header(TABLES["Customers"], place.lacks[0], "en"),
            name=place.lacks[0],
        )


def _kept(standing: dict[str, ResultTable]) -> dict[str, dict[str, dict[str, object]]]:
    """Values of user columns that wait for their row: table -> column -> row key -> value."""
    kept: dict[str, dict[str, dict[str, object]]] = {}
    if "Kept" in standing:
        for row in standing["Kept"].frame.itertuples():
            kept.setdefault(row.table, {}).setdefault(row.column, {})[row.row_key] = row.value
    return kept
