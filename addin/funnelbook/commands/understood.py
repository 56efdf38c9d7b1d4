"""What a workbook of somebody's own means to us: which header is which column, what its data propose, what its notes tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from funnelbook.book import codes, marks, ownership, result_tables
from funnelbook.book.decode import Inputs, decode, settings_of
from funnelbook.book.guess import Headers, guessed, unnamed
from funnelbook.book.header_fit import is_not_used
from funnelbook.book.labels import normalise
from funnelbook.book.locate import Located, locate
from funnelbook.book.note_columns import further_notes
from funnelbook.book.numbers import NewColumn, with_numbers
from funnelbook.book.ports import Book, BookError
from funnelbook.book.proposals import proposed, stages
from funnelbook.book.schema import TABLES
from funnelbook.book.table_reader import Rows
from funnelbook.commands.adopt_choices import choices
from funnelbook.commands.open import mapping_of
from funnelbook.refresh import refuse_without_customers
from funnelbook.results.call_entries import Columns
from funnelbook.results.noted import Noted, noted
from funnelbook.template.defaults import default_rows

LOGS = ("Activities", "Orders")


@dataclass(frozen=True)
class Understood:
    """A workbook as it would be set up; nothing of it is staged.

    `settled`: what is to be remembered of headers, with those `guessed`. `located` has the columns of numbers that are `new`.
    `proposals`: rows by table taken from the data, as decoded; `rows`: those a new table starts with.
    """

    settled: Headers
    guessed: Headers
    located: Located
    new: list[NewColumn]
    language: str
    inputs: Inputs
    proposals: Mapping[str, Rows]
    rows: Mapping[str, Rows]
    history: Noted


def understood(book: Book, mapping: Mapping[tuple[str, str], str] | None, *, as_of: date, language: str) -> Understood:
    """The workbook as it would be set up: headers as `mapping` has them, then as its preview says if it has one, else by what they
    most likely are.

    BookError when a header of the mapping is not there, what the preview says cannot be, or nothing tells customers apart.
    """
    preview = None if ownership.owned(book).book else marks.preview_of(book.names(), book.sheets())
    chosen = choices(book, *preview, language) if preview else {}
    before = mapping_of(book)  # what is gone since is looked for anew
    there = matched_in(locate(book, before), before) if before else set()
    settled = {key: head for key, head in before.items() if key in there} | chosen | dict(mapping or {})
    located = locate(book, settled)
    likely: Headers = {}
    if not preview and "Customers" not in located.places and (likely := unnamed(book)):
        located = locate(book, settled | likely)
    if not preview:
        likely |= guesses(book, located, settled | likely, as_of)
    if likely:
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
        name: [dict.fromkeys(TABLES[name].names) | row for row in of]
        for name, of in (proposals | _outcomes(proposals, located, language)).items()
    }
    history = _history(book, located, inputs.with_rows(rows), language, as_of)
    return Understood(settled, likely, located, new, language, inputs, proposals, rows, history)


def guesses(book: Book, located: Located, settled: Mapping[tuple[str, str], str], as_of: date) -> Headers:
    """Headers of the Customers that are probably those of columns it lacks."""
    place = located.places.get("Customers")
    if place is None:
        return {}
    people = decode(book, Located({n: p for n, p in located.places.items() if n == "People"}), as_of).frames["People"]
    return guessed(book, place, people["person"].tolist(), settled)


def matched_in(located: Located, mapping: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Which (table, column) of a mapping have the header it names, or none on purpose."""
    heads = {name: place.headers for name, place in located.places.items()}
    return {
        (table, column)
        for (table, column), head in mapping.items()
        if is_not_used((table, column)) or normalise(heads.get(table, {}).get(column, "")) == normalise(head)
    }


def refuse_unmatched(mapping: Mapping[tuple[str, str], str], left: Collection[tuple[str, str]], file: str) -> None:
    """BookError that names the first header of a mapping that was not found."""
    for table, column in mapping:
        if (table, column) in left:
            header = mapping[table, column]
            raise BookError("map_not_found", file=file, table=table.casefold(), column=column, header=header)


def _history(book: Book, located: Located, inputs: Inputs, language: str, as_of: date) -> Noted:
    """What notes tell, in the words of tables that are there or come with the others; nobody has seen the customers before."""
    coming = {name: default_rows(language)[name] for name in ("Outcomes", "Channels") if inputs.frames[name].empty}
    columns = {name: located.whole[name].columns if name in located.whole else TABLES[name].names for name in LOGS}
    more = further_notes(book, located.places["Customers"])
    seen = result_tables.blank(TABLES["Seen"])
    return noted(inputs.with_rows(coming), Columns(*map(frozenset, columns.values())), more, seen, as_of)


def _outcomes(proposals: Mapping[str, Rows], located: Located, language: str) -> dict[str, Rows]:
    """Rows a new table of outcomes starts with where the data say something of outcomes or tiers: ours, those found beside them.

    One that is called as ours is ours. Where the tiers are the data's own, ours lead to none of them.
    """
    if "Outcomes" in located.whole or not {"Outcomes", "Tiers"} & proposals.keys():
        return {}
    ours = default_rows(language)["Outcomes"]
    if "Tiers" in proposals:
        own = {row["code"] for row in proposals["Tiers"]} | {codes.WON, codes.LOST}
        ours = [row if row["tier_after"] in own else row | {"tier_after": None} for row in ours]
    called = {normalise(row["outcome"]) for row in ours}
    found = [row for row in proposals.get("Outcomes", []) if normalise(row["outcome"]) not in called]
    return {"Outcomes": [*ours, *found]}
