"""Tables of ordinary spreadsheet formulas, written by XlsxWriter and worked out by LibreOffice."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

TIME_LIMIT_S = 900
_COLUMN, _CELL = re.compile(r"\b([A-Z]\w*)\.([a-z]\w*)"), re.compile(r"([@^~])([a-z]\w*)")
_OFFSET = {"@": 0, "^": -1, "~": 1}
# without it LibreOffice believes the zeros XlsxWriter leaves as results
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclass
class Sheet:
    """A table with its header in row 1: `rows` as typed, `formulas` by column, the same in every row.

    In a formula `@name` is the column's cell in this row, `^name` above it, `~name` below it, and `Sheet.name` the whole column.
    A typed text that starts with `=` is such a formula too.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    formulas: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [*self.columns, *self.formulas]

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of each column."""
        return {name: xl_col_to_name(at) for at, name in enumerate(self.names)}

    def column(self, column: str) -> str:
        """The address of a whole column, header apart."""
        letter = self.letters[column]
        return f"{self.name}!${letter}$2:${letter}${len(self.rows) + 1}"


@dataclass
class NativeBook:
    """A workbook of such tables, and `names` for its constants."""

    names: dict[str, object] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def add(
        self, name: str, columns: str, rows: Sequence[Sequence[object]], formulas: Mapping[str, str] | None = None
    ) -> None:
        """A table more; `columns` separated by blanks. One without rows gets a blank one, so that its columns exist."""
        heads = columns.split()
        self.sheets[name] = Sheet(name, heads, list(rows) or [[None] * len(heads)], formulas or {})

    def worked_out(self) -> dict[str, pd.DataFrame]:
        """Every table as LibreOffice has worked it out."""
        with tempfile.TemporaryDirectory() as scratch:
            made, out = Path(scratch) / "native.xlsx", Path(scratch) / "out"
            self._write(made)
            recalculated(made, out)
            book = CalamineWorkbook.from_path(out / made.name)
            return {name: _frame(book, sheet) for name, sheet in self.sheets.items()}

    def _write(self, path: Path) -> None:
        options = {"strings_to_numbers": False, "strings_to_formulas": False}
        with xlsxwriter.Workbook(path, options) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            given = book.add_worksheet("Given")
            for row, (name, value) in enumerate(self.names.items()):
                self._put(given, row, 1, value, None, day)
                book.define_name(name, f"=Given!$B${row + 1}")
            for sheet in self.sheets.values():
                page = book.add_worksheet(sheet.name)
                page.write_row(0, 0, sheet.names)
                formulas = [self._with_columns(formula) for formula in sheet.formulas.values()]
                for row, typed in enumerate(sheet.rows, 1):
                    for column, value in enumerate([*typed, *formulas]):
                        self._put(page, row, column, value, sheet, day)

    def _put(self, page: object, row: int, column: int, value: object, sheet: Sheet | None, day: object) -> None:
        if isinstance(value, str) and value.startswith("="):
            page.write_formula(row, column, self._in_row(self._with_columns(value), sheet, row + 1))
        elif isinstance(value, date):
            page.write_datetime(row, column, value, day)
        elif value is not None:
            page.write(row, column, value)

    def _with_columns(self, formula: str) -> str:
        """A formula with the addresses of the whole columns it names."""
        return _COLUMN.sub(lambda found: self.sheets[found[1]].column(found[2]), formula)

    def _in_row(self, formula: str, sheet: Sheet | None, row: int) -> str:
        """A formula with the addresses of the cells it names, seen from a row."""
        return _CELL.sub(lambda found: f"${sheet.letters[found[2]]}{row + _OFFSET[found[1]]}", formula)


def recalculated(workbook: Path, folder: Path) -> None:
    """Has LibreOffice work out every formula of an .xlsx anew and save it under the same name in `folder`."""
    with tempfile.TemporaryDirectory() as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
        alone = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", alone, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(workbook)]
        subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT_S)


def _frame(book: CalamineWorkbook, sheet: Sheet) -> pd.DataFrame:
    """A table's rows; blank texts as None."""
    grid = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    width = len(sheet.names)
    body = [(*row, *[None] * (width - len(row))) for row in grid[1 : len(sheet.rows) + 1]]
    return pd.DataFrame([[None if v == "" else v for v in row] for row in body], columns=sheet.names, dtype=object)
