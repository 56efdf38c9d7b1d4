"""Columns of result tables as defined names refer to them."""

from __future__ import annotations

from funnelbook.book.labels import LANGUAGES, header
from funnelbook.book.schema import TABLES


def column_of(table: str, column: str) -> str:
    """A formula for a column, found by its header in either language.

    No [#Headers] and no [column]: LibreOffice reads neither, and headers change. Formulas in cells use it by a defined name:
    LibreOffice breaks down where a sheet that is copied into a workbook names a table itself.
    """
    zh, en = (f'MATCH("{header(TABLES[table], column, lang)}",{table}[[#Headers]],0)' for lang in LANGUAGES)
    return f"=INDEX({table}[],0,IFERROR({zh},{en}))"
