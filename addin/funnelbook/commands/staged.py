"""An import that is read and not written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from funnelbook.book.ports import Book, TableEdit, TableWrite

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Report = TypeVar("_Report", bound="DataclassInstance")


@dataclass(frozen=True)
class Staged(Generic[_Report]):
    """What an import comes to, and what writes it."""

    report: _Report  # has a field `written`
    book: Book
    edits: list[TableEdit] = field(default_factory=list)
    writes: list[TableWrite] = field(default_factory=list)

    def write(self) -> _Report:
        """The report, written."""
        return replace(self.report, written=self.book.write(self.writes, self.edits))
