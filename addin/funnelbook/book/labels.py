"""What people read: names of sheets, titles of tables and headers of columns, and the aliases a header is recognised by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from funnelbook.book.heads_0_1 import CALLED
from funnelbook.book.schema import TABLES, Table
from funnelbook.words import LANGUAGES, key_of, say, spellings, subject, texts, typed

_MARKS = re.compile(r"[\s_\-*:：()（）]+")
_REMEMBERED = 1 << 14  # texts: headers are looked at again whenever a list is looked for


def normalise(text: object) -> str:
    """A header as it is compared: full width folded, case, white space, surrounding marks and a remark (必填, required) dropped."""
    return _normalised(str(text))


@lru_cache(_REMEMBERED)
def _normalised(said: str) -> str:
    folded = said if said.isascii() else unicodedata.normalize("NFKC", said)
    if "(" in folded:
        folded = _remark().sub("", folded)
    return _MARKS.sub("", folded.casefold())


@cache
def _remark() -> re.Pattern[str]:
    """What a header says in brackets of how its column is to be filled in."""
    words = "|".join(map(re.escape, sorted(typed("head_remark"))))
    return re.compile(rf"\s*\(\s*(?:{words})\s*\)", re.IGNORECASE)


def in_one_line(text: str) -> str:
    """A header as it is told: one that is broken into lines in its cell with spaces between them."""
    return " ".join(text.split())


def header(table: Table, column: str, language: str) -> str:
    """The header shown above a column."""
    return texts(_key(table, column), language)[0]


@dataclass(frozen=True)
class Header:
    """A column as a field of a message: read as the header of each language."""

    table: str
    column: str

    def text(self, language: str) -> str:
        """The header shown above the column."""
        return header(TABLES[self.table], self.column, language)


@cache
def aliases(table: Table, column: str) -> tuple[str, ...]:
    """Every normalised text a column's header is recognised by, the schema name included, best first."""
    return tuple(dict.fromkeys(map(normalise, (*spellings(_key(table, column)), *_exported(table, column), column))))


def _exported(table: Table, column: str) -> Iterator[str]:
    """How other systems and lists made by hand call a column."""
    for language in LANGUAGES:
        known = subject("exports", language)
        yield from known.get(f"{table.name}.{column}") or known.get(column, ())
    if (table.name, column) == ("Customers", "do_not_call"):
        yield from sorted(typed("may_call_column"))


def _key(table: Table, column: str) -> str:
    return key_of("columns", table.name, column)


def title(table: Table, language: str) -> str:
    """The name of a table as people read it."""
    return say(f"titles.{table.name}", language)


def table_called(text: str, among: Iterable[Table]) -> Table | None:
    """The table that a text names: by its schema name, else its title, else its sheet, in any language (or of 0.1), case and width.

    Of several tables on one sheet the one called like the sheet, else the first.
    """
    said, tables = normalise(text), list(among)
    on_sheet = [
        table for table in tables if said in map(normalise, (*sheet_names(table.sheet), *CALLED.get(table.sheet, ())))
    ]
    ranked = (
        [table for table in tables if normalise(table.name) == said],
        [table for table in tables if said in {normalise(title(table, language)) for language in LANGUAGES}],
        [table for table in on_sheet if normalise(table.name) == normalise(table.sheet)],
        on_sheet,
    )
    return next((found[0] for found in ranked if found), None)


def column_called(text: str, table: Table) -> str | None:
    """The column of a table that a text names, by its schema name or a header it is recognised by."""
    said = normalise(text)
    named = (name for name in table.names if normalise(name) == said)
    return next(named, None) or next((name for name in table.names if said in aliases(table, name)), None)


def sheet_name(key: str, language: str) -> str:
    """The name of a sheet in a language."""
    return say(f"sheets.{key}", language)


def sheet_names(key: str) -> tuple[str, ...]:
    """The names of a sheet in all languages."""
    return tuple(sheet_name(key, language) for language in LANGUAGES)
