"""How every command gets at a workbook: which host opens it, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook.book.decode import Inputs, decode, settings_of
from funnelbook.book.encode import encode
from funnelbook.book.locate import Located, locate
from funnelbook.book.ports import Book, TableWrite
from funnelbook.book.schema import TABLES
from funnelbook.book.set_up_heads import remembered, say_gone
from funnelbook.hosts.ooxml import fingerprint, save
from funnelbook.hosts.ooxml.host import OoxmlBook

Mapping = dict[tuple[str, str], str]  # (table, column) by schema name -> the header the user named for it


def open_book(path: Path, *, allow_protected: bool = False) -> OoxmlBook:
    """The workbook of a file; refuses with a BookError what cannot be kept safe.

    `allow_protected`: the user's word that sheets, structure and file may be written where they are protected.
    """
    return OoxmlBook(path, allow_protected=allow_protected)


def left_by(run: str, path: Path) -> tuple[str, bytes]:
    """What the refresh that is described by `run` left to be known in a file, and the file's content; "" when anything is other
    than it left it, so that it has to be opened."""
    save.settle(path)
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError:
        return "", b""
    return fingerprint.left(content, run), content


def mapping_of(book: Book) -> Mapping:
    """The headers a user matched by hand when the workbook was adopted."""
    return {(row.table, row.column): row.header for row in remembered(book) if row.sheet}


def log_mapping_of(book: Book) -> Mapping:
    """The headers of call logs that a user matched by hand; several of one column, a line each."""
    return {(row.table, row.column): row.header for row in remembered(book) if not row.sheet}


def matched(
    headers: Mapping, of_logs: Mapping, located: Located, language: str, known: Iterable[dict[str, str]]
) -> TableWrite:
    """What the user matched by hand in the workbook and in logs, to be remembered in it; those of a log are of no sheet.

    `known`: rows of headers that need no matching.
    """
    rows: list[dict[str, str | None]] = [
        {"table": t, "column": c, "sheet": located.places[t].sheet, "header": h} for (t, c), h in headers.items()
    ]
    rows += [{"table": t, "column": c, "sheet": None, "header": h} for (t, c), h in of_logs.items()]
    rows.extend({**row} for row in known)
    return encode(TABLES["Matched"], pd.DataFrame(rows), language)


def read_inputs(book: Book, as_of: date) -> Inputs:
    """The input tables of a workbook as typed frames, with what could not be read in them."""
    inputs = decode(book, located := locate(book, mapping_of(book)), as_of)
    say_gone(book, located, inputs.problems)
    return inputs


def language_of(book: Book, located: Located, as_of: date) -> str:
    """The language a workbook's Settings ask for."""
    return settings_of(book, located, as_of).language
