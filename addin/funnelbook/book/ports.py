"""The port every host fills: what Funnelbook needs of a workbook, and the plain values that cross it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from funnelbook.words import ELSEWHERE, say

if TYPE_CHECKING:  # the command line starts without numpy
    from funnelbook.domain.dtypes import Moments, Numbers


class BookError(Exception):
    """A refusal, by its code in `words`: says where and what to do. Nothing was written."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code, fields)
        self.code, self.fields = code, fields

    def __reduce__(self) -> tuple[object, ...]:
        return _raised, (self.code, self.fields)  # fields travel between processes too

    def __str__(self) -> str:
        # what asks for this cannot tell who reads it: a log, a traceback; whoever can calls `text`
        return self.text(ELSEWHERE)

    def text(self, language: str) -> str:
        """The refusal as one line."""
        return say(self.code, language, **self.fields)


def _raised(code: str, fields: dict[str, object]) -> BookError:
    return BookError(code, **fields)


# Refusals that concern one table of the user's: the rest of the workbook can still be written
OF_ONE_TABLE = frozenset(
    (
        "no_room", "cannot_follow", "formula_cell", "merged_cell", "fed_table", "protected_sheet", "no_column", "too_many_rows",
        "styles_unsafe",
    )
)  # fmt: skip
Cells: TypeAlias = "Sequence[object] | Numbers | Moments"  # of one column
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

    def formula(self, separator: str = ",") -> str:
        """The formula that does it, in Excel and LibreOffice alike, without its equals sign."""
        place = "#'{}'!{}".format(self.sheet.replace("'", "''"), self.cell)
        return 'HYPERLINK("{}"{}{:d})'.format(place.replace('"', '""'), separator, self)


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class ListObject:
    """An Excel table as it stands in the workbook. `area` holds the header row and the totals row, if any; `headers` their texts."""

    name: str
    sheet: str
    area: Area
    totals_rows: int = 0
    headers: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class TableWrite:
    """The whole new content of one result table.

    `table` is the schema name; it stands where its mark says. `columns` holds one sequence a header: str, float, int, Link, bool,
    datetime.date, datetime.datetime, or None for blank; of arrays NaN and NaT are blank.
    `note` is the line above the header.
    `chart_rows` says how many leading rows the sheet's charts draw; None draws all. `pages`: rows, counted from 0, that begin a
    new printed page; None leaves the page breaks of the sheet alone. `standing`: so many leading rows hold all of it already, and
    may stay as they are.
    """

    table: str
    headers: Sequence[str]
    columns: Sequence[Cells]
    note: str = ""
    chart_rows: int | None = None
    pages: Sequence[int] | None = None
    standing: int = 0

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0


@dataclass(frozen=True)
class TableEdit:
    """Changes to a table that users own, a ListObject or a plain range.

    `cells`: (sheet row, sheet column), 1-based, to the new value. `rows`: new rows, sheet column to value, that go below
    `last_row`, the last row with data (`header_row` when there is none); a ListObject or a filter around them grows, what stands
    below moves down (room.py), and references that covered its body cover the new rows. Values as in TableWrite. A new row
    leaves formulas that stand there already, and goes on with those of the row above.

    A ListObject that ends above `last_row` takes in the rows up to there, which were typed below it; `column`, one of its columns,
    names it where nothing else is to change.

    `new_column`: a blank column right of the table that becomes one of its own, with its header and cells among `cells`; a ListObject
    reaches as far as there. It looks as `column` does, the last one so far.
    """

    sheet: str
    header_row: int
    last_row: int
    cells: Mapping[tuple[int, int], object] = field(default_factory=dict)
    rows: Sequence[Mapping[int, object]] = ()
    column: int = 0
    new_column: int = 0

    @property
    def known_by(self) -> int:
        """A column of the table as it stands; 0 where the edit names none."""
        return self.column or min(self.columns, default=0)

    @property
    def columns(self) -> list[int]:
        """Columns of the sheet that get values, in order."""
        return sorted({column for _, column in self.cells} | {column for row in self.rows for column in row})

    def without(self, grid: Sequence[Sequence[object]]) -> TableEdit:
        """The edit without the cells that hold their new value already in `grid`, the sheet's."""

        def there(row: int, column: int) -> object:
            return grid[row - 1][column - 1] if row <= len(grid) and column <= len(grid[row - 1]) else None

        return replace(self, cells={at: new for at, new in self.cells.items() if not alike(there(*at), new)})


def alike(one: object, other: object) -> bool:
    """Whether two cell values are the same to who reads them: 12 and 12.0, a day and its midnight, "" and None."""
    return _plain(one) == _plain(other)


def _plain(value: object) -> tuple[str, object]:
    match value:
        case None | "":
            return "blank", None
        case bool():
            return "bool", value
        case int() | float():
            return "number", float(f"{value:.15g}")
        case datetime():
            return "moment", value.replace(microsecond=0)
        case date():
            return "moment", datetime(value.year, value.month, value.day)
        case _:
            return type(value).__name__, value


class Book(Protocol):
    """A workbook: read whole sheets, write whole result tables and edit users' tables, all at once or not at all."""

    name: str
    date1904: bool

    @property
    def path(self) -> Path | None:
        """Its file; None where it was never saved, or lies in a cloud."""
        ...

    @property
    def saved(self) -> datetime | None:
        """The moment, with its zone, a program for workbooks last saved what it holds; None: changed since, or nobody knows."""
        ...

    def sheets(self) -> Sequence[str]:
        """Names of the worksheets in tab order."""
        ...

    def list_objects(self) -> Sequence[ListObject]:
        """Every Excel table of the workbook."""
        ...

    def names(self) -> Mapping[str, str]:
        """Formula of each defined name as Excel writes it, without its equals sign; one of a sheet only is called Sheet!name."""
        ...

    def define(self, names: Mapping[str, str]) -> None:
        """Stage hidden defined names of the workbook, with formulas as `names` gives them; those that are there are set anew."""

    def head(self, sheet: str, rows: int) -> Sequence[Sequence[object]]:
        """The first `rows` rows of `grid` for their texts: error cells as blanks, days perhaps as numbers."""
        ...

    def grid(self, sheet: str) -> Sequence[Sequence[object]]:
        """Cell values from A1 on, row by row, each row of the same length.

        Values: None or "" (blank), str, float, int, bool, datetime.datetime, datetime.date, datetime.time,
        datetime.timedelta, CellError.
        """
        ...

    def closed(self, sheet: str, cells: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        """Those of the cells (sheet row, sheet column) that `write` would refuse to set, with the code of the BookError."""
        ...

    def graft(self, template: bytes, sheets: Sequence[str], first: str = "") -> dict[str, str]:
        """Stage sheets of a template package, in its order, after the last one; the name each got by template name.

        `first`: the one of them that goes before all other sheets of the workbook.

        Defined names of the template come along; one that is there already is set anew when it is ours, marked as such. Tables
        and names are there at once; nothing is saved before `write`. BookError `name_taken` when the user has one of the names.
        """
        ...

    def write(self, tables: Sequence[TableWrite], edits: Sequence[TableEdit] = ()) -> bool:
        """Replace the content of result tables, edit users' tables and save all that is staged, at once or not at all.

        False when nothing differs from what is there: then no file and no backup is touched. BookError, nothing changed:
        `formula_cell` where a formula would be overwritten, `no_room` where a table that grows would tear what stands by it.
        """
        ...


@runtime_checkable
class Screen(Protocol):
    """A workbook that somebody looks at, in its program."""

    def selected(self) -> tuple[str, int] | None:
        """The sheet and the row of the cell chosen; None where something else is."""
        ...

    def is_hidden(self, sheet: str, row: int) -> bool:
        """Whether a row is hidden."""
        ...

    def hide(self, sheet: str, first: int, last: int, *, hidden: bool) -> None:
        """Hides the rows of a sheet between two, both included, or shows them. BookError `protected_sheet` where it may not."""
        ...

    def show(self, sheet: str) -> None:
        """Brings a sheet to the front; one that is hidden is shown."""
        ...

    def remove(self, sheet: str) -> None:
        """Takes a sheet out, and the names that refer to it; no formula may."""
        ...
