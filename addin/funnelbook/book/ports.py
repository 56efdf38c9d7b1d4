"""The port every host fills: what Funnelbook needs of a workbook, and the plain values that cross it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from funnelbook.book.messages import say


class BookError(Exception):
    """A refusal, by its code in messages.py: says where and what to do. Nothing was written."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code, fields)
        self.code, self.fields = code, fields

    def __reduce__(self) -> tuple[object, ...]:
        return _raised, (self.code, self.fields)  # fields travel between processes too

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str) -> str:
        """The refusal as one line."""
        return say(self.code, language, **self.fields)


def _raised(code: str, fields: dict[str, object]) -> BookError:
    return BookError(code, **fields)


ERROR_CODES = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


@dataclass(frozen=True)
class CellError:
    """An error value in a cell, such as #N/A."""

    code: str

    def __str__(self) -> str:
        return self.code


class Link(int):
    """A whole number in a cell that leads to another cell when clicked; a host that cannot do that writes the number."""

    sheet: str
    cell: str

    def __new__(cls, value: int, sheet: str, cell: str) -> Link:
        link = super().__new__(cls, value)
        link.sheet, link.cell = sheet, cell
        return link

    @property
    def formula(self) -> str:
        """The formula that does it, in Excel and LibreOffice alike, without its equals sign."""
        place = "#'{}'!{}".format(self.sheet.replace("'", "''"), self.cell)
        return 'HYPERLINK("{}",{:d})'.format(place.replace('"', '""'), self)


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class ListObject:
    """An Excel table as it stands in the workbook. `area` holds the header row and the totals row, if any."""

    name: str
    sheet: str
    area: Area
    totals_rows: int = 0


@dataclass(frozen=True)
class TableWrite:
    """The whole new content of one result table.

    `columns` holds one sequence a header: str, float, int, Link, bool, datetime.date, datetime.datetime, or None for blank
    (numpy arrays of float and datetime64 allowed, NaN and NaT are blank). `note` is the line above the header.
    `chart_rows` says how many leading rows the sheet's charts draw; None draws all.
    """

    table: str
    headers: Sequence[str]
    columns: Sequence[Sequence[object]]
    note: str = ""
    chart_rows: int | None = None

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0


class Book(Protocol):
    """A workbook: read whole sheets, write whole result tables, all at once or not at all."""

    name: str
    date1904: bool

    def sheets(self) -> Sequence[str]:
        """Names of the worksheets in tab order."""

    def list_objects(self) -> Sequence[ListObject]:
        """Every Excel table of the workbook."""

    def head(self, sheet: str, rows: int) -> list[list[object]]:
        """The first `rows` rows of `grid`, error cells as blanks."""

    def grid(self, sheet: str) -> list[list[object]]:
        """Cell values from A1 on, row by row, each row of the same length.

        Values: None or "" (blank), str, float, int, bool, datetime.datetime, datetime.date, datetime.time,
        datetime.timedelta, CellError.
        """

    def graft(self, template: bytes, sheets: Sequence[str]) -> dict[str, str]:
        """Stage sheets of a template package, in its order, after the last one; the name each got by template name.

        Tables of the grafted sheets are listed by `list_objects` at once; nothing is saved before `write`.
        """

    def write(self, tables: Sequence[TableWrite]) -> bool:
        """Replace the content of result tables and save all that is staged, at once or not at all.

        False when nothing differs from what is there: then no file and no backup is touched.
        """
