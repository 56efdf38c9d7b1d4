"""`funnelbook check --fix`: what is certain about cells written in their own way is put into them, what stood there is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import ownership, result_tables, values
from funnelbook.book.certain import corrections
from funnelbook.book.column_letters import column_letters
from funnelbook.book.decode import decode
from funnelbook.book.edit import table_edit
from funnelbook.book.encode import encode, row_keys
from funnelbook.book.frames import rows_of
from funnelbook.book.labels import header, title
from funnelbook.book.locate import Located, locate
from funnelbook.book.parts import placed
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, TableEdit, TableWrite
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.missing_sheets import add_missing
from funnelbook.commands.open import mapping_of, open_book
from funnelbook.refresh import refuse_without_customers
from funnelbook.words import say

_REPORTED = ["at", "table", "row_key", "column", "old", "new", "cell"]


@dataclass(frozen=True)
class FixReport:
    """What is corrected: a row each with the columns of Fixes, and `cell` (客户!D5); `left`: cells that may not be written."""

    file: str
    rows: pd.DataFrame
    left: int
    written: bool = False

    def as_dict(self) -> dict[str, object]:
        told = {name: self.rows[name].map(_text) for name in ("old", "new")}
        rows = self.rows.assign(at=self.rows["at"].map(str), **told)
        return {"fixes": rows.to_dict("records"), "left": self.left, "written": self.written}

    def lines(self, language: str) -> Iterator[str]:
        """How many cells of each column, with an example, and what became of them."""
        if self.rows.empty:
            yield say("nothing_to_fix", language)
        counts = self.rows.groupby(["table", "column"], sort=False)["cell"].transform("size")
        firsts = self.rows.assign(cells=counts).drop_duplicates(["table", "column"])
        for first in rows_of(firsts):
            yield say(
                "fixed_column",
                language,
                table=title(TABLES[first.table], language),
                column=header(TABLES[first.table], first.column, language),
                count=first.cells,
                cell=first.cell,
                old=_text(first.old),
                new=_text(first.new),
            )
        if self.left:
            yield say("not_to_fix", language, count=self.left)
        if len(self.rows):
            yield say("done_fix" if self.written else "to_fix", language, count=len(self.rows), file=self.file)


def fix(path: Path, *, as_of: date, dry_run: bool = False, allow_protected: bool = False) -> FixReport:
    """The report of a workbook whose cells are corrected where the right value is certain; with `dry_run` nothing is written."""
    return fix_book(open_book(path, allow_protected=allow_protected), as_of=as_of, dry_run=dry_run)


def fix_book(book: Book, *, as_of: date, dry_run: bool = False) -> FixReport:
    """As `fix`, of a workbook in any host. What stood in the cells goes into Fixes; formulas stay."""
    ownership.refuse_not_set_up(book)
    located = locate(book, mapping_of(book))
    refuse_without_customers(book, located)
    inputs = decode(book, located, as_of)
    language = inputs.settings.language
    each = [
        _of_table(book, located.places[str(name)], inputs.frames[str(name)], of, language)
        for name, of in corrections(book, located, as_of).groupby("table", sort=False)
    ]
    rows = pd.concat([pd.DataFrame(columns=_REPORTED), *(one.rows for one in each)], ignore_index=True)
    report = FixReport(book.name, rows.assign(at=as_of)[_REPORTED], sum(one.left for one in each))
    if dry_run or rows.empty:
        return report
    located = _with_log(book, located, language)
    edits = placed([one.edit for one in each if len(one.rows)], located)
    return replace(report, written=book.write([_log(book, report.rows, language)], edits))


def pressed(press: ButtonPress) -> ButtonResult:
    """What was corrected in the workbook in front."""
    report = fix_book(press.book, as_of=press.day)
    return ButtonResult("\n".join(report.lines(press.books_language)), waits=True)


class _Corrected(NamedTuple):
    """The edit that corrects cells of a table, rows of the report of them, how many may not be written."""

    edit: TableEdit
    rows: pd.DataFrame
    left: int


def _of_table(book: Book, place: Place, frame: pd.DataFrame, found: pd.DataFrame, language: str) -> _Corrected:
    cells = [_cell(place, column, row) for column, row in zip(found["column"], found["row"], strict=True)]
    closed = _closed(book, cells)
    table, of = TABLES[place.table], found[~closed]
    shown = [f"{c.sheet}!{column_letters(c.column)}{c.row}" for c, no in zip(cells, closed, strict=True) if not no]
    at = zip(of["row"].tolist(), (place.columns[column] for column in of["column"]), strict=True)
    edit = replace(table_edit(book, place, language), cells=dict(zip(at, of["new"], strict=True)))
    keys = dict(zip(frame["row"].tolist(), row_keys(table, frame), strict=True)) if table.keys else {}
    row_key = [keys.get(row, "") for row in of["row"].tolist()]
    return _Corrected(edit, of.assign(row_key=row_key, cell=shown), int(closed.sum()))


class _Cell(NamedTuple):
    sheet: str
    row: int
    column: int


def _cell(place: Place, column: str, row: int) -> _Cell:
    part, sheet_row = place.at(int(row))
    return _Cell(part.sheet, sheet_row, part.columns.get(column, place.columns[column]))


def _closed(book: Book, cells: list[_Cell]) -> np.ndarray:
    """Which cells may not be written: formulas, merged or protected ones."""
    sheets: dict[str, list[tuple[int, int]]] = {}
    for sheet, row, column in cells:
        sheets.setdefault(sheet, []).append((row, column))
    closed = {sheet: book.closed(sheet, of) for sheet, of in sheets.items()}
    return np.array([(row, column) in closed[sheet] for sheet, row, column in cells], dtype=bool)


def _with_log(book: Book, located: Located, language: str) -> Located:
    """Where the tables are once there is a place for Fixes, which workbooks made before lack."""
    if "Fixes" not in result_tables.present(book) and add_missing(book, located, language):
        return locate(book, mapping_of(book))
    return located


def _log(book: Book, rows: pd.DataFrame, language: str) -> TableWrite:
    """Fixes with rows added."""
    table = TABLES["Fixes"]
    standing = result_tables.read(book, table, result_tables.present(book)[table.name])
    new = rows[list(table.names)].assign(at=pd.to_datetime(rows["at"]))
    new = new.assign(
        **{name: pd.Series([_text(value) for value in new[name]], dtype=object) for name in ("old", "new")}
    )
    before = standing.frame
    before = before.assign(old=pd.Series(standing.as_they_stand("old"), index=before.index, dtype=object))
    log = pd.concat([part for part in (before, new) if len(part)], ignore_index=True)
    return encode(table, log, language, standing.user)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else values.text(value)  # with its spaces, which may be all that was wrong
