"""What a table of the workbook is: its columns, their kinds and keys, and who owns its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a column's cells are read and written."""

    ID = "id"  # text that keeps its zeros
    TEXT = "text"
    PHONE = "phone"  # text that keeps its zeros
    PERSON = "person"  # the team row has none
    TIER = "tier"  # a code of the Tiers table
    CODE = "code"  # one of a fixed list of words, see words.py
    COUNT = "count"  # whole number
    NUMBER = "number"
    MONEY = "money"
    RATE = "rate"  # 0 .. 1, shown as per cent
    DATE = "date"
    MOMENT = "moment"  # date with time of day
    FLAG = "flag"  # yes / no


class Role(StrEnum):
    """Who owns a table's cells."""

    INPUT = "input"  # users type here
    RESULT = "result"  # rewritten on refresh
    LOG = "log"  # appended on refresh


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    key: bool = False
    words: str | None = None  # the list in words.py a CODE column takes its values from
    required: bool = False
    entry: bool = False  # of a result table: users type here too


@dataclass(frozen=True, eq=False)
class Table:
    name: str  # also the ListObject's name
    sheet: str  # key into labels.SHEETS
    role: Role
    columns: tuple[Column, ...]
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.key)


def table(name: str, sheet: str, role: Role, columns: str) -> Table:
    """A table from its columns, a comma between them: `name kind[:words] [key] [required] [entry]`."""
    parsed = []
    for text in columns.split(","):
        column, kind, *marks = text.split()
        kind, _, words = kind.partition(":")
        parsed.append(Column(column, Kind(kind), "key" in marks, words or None, "required" in marks, "entry" in marks))
    return Table(name, sheet, role, tuple(parsed))
