"""What a table of the workbook is, and all there are: columns, kinds, keys and looks. Names are used in code and in `--json`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from functools import cached_property
from importlib import import_module


class Kind(StrEnum):
    """How a column's cells are read and written."""

    ID = "id"  # text that keeps its zeros
    TEXT = "text"
    PHONE = "phone"  # text that keeps its zeros
    PERSON = "person"  # the team row has none
    TIER = "tier"  # a code of the Tiers table
    CODE = "code"  # one of a fixed list of words, see codes.py
    COUNT = "count"  # whole number
    NUMBER = "number"
    MONEY = "money"  # of the workbook's one currency
    RATE = "rate"  # 0 .. 1, shown as per cent
    DATE = "date"
    MOMENT = "moment"  # date with time of day
    FLAG = "flag"  # yes / no


class Unit(StrEnum):
    """What a number counts."""

    DAYS = "days"
    MINUTES = "minutes"
    MONTHS = "months"
    CHARACTERS = "characters"
    CUSTOMERS = "customers"
    CALLS = "calls"
    ORDERS = "orders"


class Role(StrEnum):
    """Who owns a table's cells."""

    INPUT = "input"  # users type here
    RESULT = "result"  # rewritten on refresh
    LOG = "log"  # appended on refresh


# Number formats of columns whose kind's own does not do
WHOLE, ONE_DECIMAL = "#,##0", "#,##0.0"
FEW_OR_MANY = "[>=100]#,##0;0.0"
SIGNED = "[>=100]#,##0;[<=-100]-#,##0;0.0"  # money, or a few orders


@dataclass(frozen=True)
class Column:
    """A column: what its cells hold, and how they look where the kind alone does not say it."""

    name: str
    kind: Kind
    _: KW_ONLY
    unit: Unit | None = None
    codes: str | None = None  # the list in codes.py of words a CODE column takes its values from
    key: bool = False
    required: bool = False
    blank: bool | None = False  # what a blank cell of a FLAG means
    entry: bool = False  # of a result table: users type here too
    list_name: str | None = None  # defined name of its values, from which other columns choose
    chosen_from: str | None = None  # as Table.column: the one whose values its cells offer; they never forbid others
    width: float | None = None  # characters
    number: str | None = None  # number format
    wrap: bool = False  # long texts take several lines
    centred: bool = False
    shaded: bool = False  # by tier
    link: bool = False  # leads to the cell that the row's table and column name


class Tone(StrEnum):
    """The colour of a series of a chart, or of cells."""

    MAIN = "main"
    PALE = "pale"  # what the others are held against
    WARM = "warm"  # what to act on
    AMBER = "amber"
    GOOD = "good"
    FAINT = "faint"  # what is not to be looked at


@dataclass(frozen=True)
class Colour:
    """How cells look in rows for which a formula holds.

    `when` names cells of the row by column, as in {rank}=1, and words of the language by list and code, as in
    {why}={words[why][overdue]}. LibreOffice heeds only the first that holds.
    """

    when: str
    columns: tuple[str, ...] = ()  # none: the whole row
    tone: Tone | None = None
    _: KW_ONLY
    bold: bool = False
    italic: bool = False
    fill: bool = False  # the tone is the ground's
    number: str | None = None  # number format
    line_above: bool = False


@dataclass(frozen=True)
class Series:
    column: str
    tone: Tone = Tone.MAIN


@dataclass(frozen=True)
class Chart:
    """A picture of a result table, above it; `title` is a key of the texts of charts."""

    title: str
    kind: str  # bar or column
    category: str
    series: tuple[Series, ...]
    _: KW_ONLY
    lines: tuple[Series, ...] = ()  # drawn as lines on top
    per_cent: bool = False
    signed: bool = False  # columns may hang below the line
    own_axis: bool = False  # of the lines, right
    dated: bool = False  # days along the bottom


class MisdeclaredError(ValueError):
    """A declaration that goes against another: a name or a place given twice, two makers of one table.

    English only: it is read by who writes declarations, before anybody can run them.
    """


@dataclass(frozen=True, eq=False)
class Table:
    """A table, declared once: an input table in book/inputs, a result table beside the function that makes it."""

    name: str  # also the ListObject's name
    role: Role
    _: KW_ONLY
    sheet: str  # key of sheets.py of words
    order: int  # among all tables; the place of a sheet that is hidden at first is that of its first one
    columns: tuple[Column, ...]
    charts: tuple[Chart, ...] = ()
    colours: tuple[Colour, ...] = ()
    row_lines: int = 1  # of text a row has room for
    frozen: str | None = None  # the last column that stays when one scrolls sideways; None: the first
    printed: str | None = None  # the last column that is printed; None: all are, as small as one page is wide
    page_by: str | None = None  # a new printed page begins where this column changes
    hidden: bool = False  # only Funnelbook reads it

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self.by_name)

    def up_to(self, column: str) -> tuple[Column, ...]:
        """The columns as far as one of them."""
        return self.columns[: self.names.index(column) + 1]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.key)


# Sheets without a table, with their place among the tabs
FIRST_PAGE = "today"
PAGES = {FIRST_PAGE: -1, "guide": 0, "tracking": 280, "what_if": 310, "what_if_sums": 311}
HIDDEN_PAGES = frozenset({"what_if_sums"})  # which nobody reads
NEW_PAGES = (FIRST_PAGE, "what_if_sums")  # a workbook that lacks one gets it with the next refresh
MADE_ANEW = {
    "what_if_sums": "what_if"
}  # with it another page is made, beside the one there is: that one is never written again
# Sheets that are seen at first, as the day goes; the others are hidden until somebody wants them. Source: desk.md 2
SEEN_AT_FIRST = (
    FIRST_PAGE, "calls", "customers", "activities", "orders", "funnel", "week_plan", "board", "diagnosis", "care", "targets", "problems",
)  # fmt: skip


class Tables(Mapping[str, Table]):
    """The tables declared in the modules of some packages, by name, in their order; looked for when first asked for."""

    def __init__(self, *packages: str) -> None:
        self._packages = packages

    def __getitem__(self, name: str) -> Table:
        return self._declared[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)

    @cached_property
    def inputs(self) -> tuple[Table, ...]:
        """The tables people fill in."""
        return tuple(table for table in self.values() if table.role is Role.INPUT)

    @cached_property
    def results(self) -> tuple[Table, ...]:
        """The tables Funnelbook writes, logs among them."""
        return tuple(table for table in self.values() if table.role is not Role.INPUT)

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """Keys of all sheets, pages without a table among them, as the tabs stand: those seen at first before the others."""
        place = {table.sheet: table.order for table in reversed([*self.values()])} | PAGES
        seen = [key for key in SEEN_AT_FIRST if key in place]
        return (*seen, *sorted(place.keys() - set(seen), key=place.__getitem__))

    @cached_property
    def hidden_sheets(self) -> frozenset[str]:
        """Keys of the sheets only Funnelbook reads."""
        return HIDDEN_PAGES.union(table.sheet for table in self.values() if table.hidden)

    @cached_property
    def _declared(self) -> dict[str, Table]:
        found: dict[str, Table] = {}
        for package in map(import_module, self._packages):
            for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
                for table in vars(import_module(module.name)).values():
                    if isinstance(table, Table) and found.setdefault(table.name, table) is not table:
                        raise MisdeclaredError(f"{module.name}: there is a table {table.name} already")
        ordered = dict(sorted(found.items(), key=lambda item: item[1].order))
        taken = {place: page for page, place in PAGES.items()}
        for table in ordered.values():
            if (other := taken.setdefault(table.order, table.name)) != table.name:
                raise MisdeclaredError(f"{table.name} has the order {table.order}, which is that of {other}")
        return ordered


# Results are declared above this layer, beside the functions that make them: found by name, so that nothing here imports them
TABLES = Tables("funnelbook.book.inputs", "funnelbook.results")
