"""Call logs as the files they come in: texts of any usual kind, workbooks of Excel and WPS, old ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from filecmp import cmp
from pathlib import Path

from funnelbook.book.ownership import owned
from funnelbook.book.ports import BookError
from funnelbook.commands.convert import is_xls, sheets_of_xls
from funnelbook.commands.open import open_book
from funnelbook.hosts.delimited import SUFFIXES, Grid, read_csv

LOGS = SUFFIXES | {".xlsx", ".xlsm", ".xls", ".et", ".ett"}
_ZIP = b"PK\x03\x04"


def copies(paths: Sequence[Path]) -> list[bool]:
    """Which files hold, byte by byte, what an earlier one holds; one that cannot be read is none."""
    return [any(_is_copy(path, earlier) for earlier in paths[:i]) for i, path in enumerate(paths)]


def _is_copy(path: Path, earlier: Path) -> bool:
    try:
        return cmp(path, earlier, shallow=False)  # of files of one size only
    except OSError:
        return False


def read_log(path: Path, names: Iterable[str] = ()) -> Mapping[str, Grid]:
    """The sheets of a log by name, without those that Funnelbook made; a text is one sheet.

    `names` that should be in it tell its encoding where two would do.
    What a file is, it says itself: its ending may be wrong. BookError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
    except FileNotFoundError as error:
        raise BookError("missing_file", file=path.name) from error
    except OSError as error:
        raise BookError("in_use", file=path.name) from error
    if start == _ZIP:
        book = open_book(path)
        ours = {at.sheet for table, at in owned(book).tables.items() if table != "Activities"}
        return {sheet: [list(row) for row in book.grid(sheet)] for sheet in book.sheets() if sheet not in ours}
    if is_xls(path):
        return {sheet.name: [list(row) for row in sheet.rows] for sheet in sheets_of_xls(path)}
    return {path.name: read_csv(path, names)}
