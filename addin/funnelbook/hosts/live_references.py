"""References of formulas in a running spreadsheet program, whose texts these are: longer where they covered a table that grew."""

from __future__ import annotations

import re
from dataclasses import dataclass

from funnelbook.book.column_letters import column_number
from funnelbook.book.ports import BookError
from funnelbook.book.room import LAST_COLUMN, Room

_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*"                                            # a text
    | \[[^\]]*\](?:[\w.]+![$\w]+(?::[$\w]+)?)?                  # a column of a table, cells of another workbook
    | (?P<sheet>\$?(?:'(?:[^']|'')+'|[\w.]+)[.!])?              # LibreOffice puts a dot after a sheet, Excel an exclamation mark
      (?: (?P<column>(?P<c1>\$?[A-Z]{1,3})(?P<a1>\$?))(?P<r1>\d+) (?::(?P<c2>\$?[A-Z]{1,3})(?P<a2>\$?)(?P<r2>\d+))?
        | (?P<a3>\$?)(?P<r3>\d+):(?P<a4>\$?)(?P<r4>\d+) ) (?![\w.(:!])
    | '(?:[^']|'')+' | [\w.$]+                                  # a sheet, a function, a name, a number
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Longer:
    """What becomes of formulas when a table of a sheet has got its room, its cells put in already."""

    book: str
    sheet: str
    room: Room

    def text(
        self, text: str, here: str, row: int | None = None, *, one_may_be_all: bool = False, loose: bool = False
    ) -> str:
        """A formula of the sheet `here`, with the references that covered the body covering the new one.

        `row`: of the cell it stands in; `one_may_be_all`: one cell stands for a column of one, as in charts. BookError when only
        some cells of a reference have moved, unless `loose`, as what is printed may be.
        """
        if ":" not in text and not one_may_be_all:
            return text

        def longer(found: re.Match[str]) -> str:
            of = _reference(found, here)
            if not of or of.sheet.casefold() != self.sheet.casefold() or not (of.ranged or one_may_be_all):
                return found[0]
            if not loose and self.room.tears(of.left, of.right, of.last):
                raise BookError("cannot_follow", file=self.book, where=here, text=found[0])
            runs_along = (
                here == self.sheet and row is not None and self.room.runs_along(row, of.first, of.last, of.fixed)
            )
            if runs_along or not self.is_across(of.left, of.right):
                return found[0]
            new = self.room.last_of(of.first, of.last)
            if new == of.last:
                return found[0]
            return found[0].removesuffix(str(of.last)) + str(new) if of.ranged else f"{found[0]}:{found['column']}{new}"

        return _TOKEN.sub(longer, text)

    def is_across(self, left: int, right: int) -> bool:
        """Whether these columns are among the table's."""
        return left <= self.room.old.right and right >= self.room.old.left


@dataclass(frozen=True)
class _Reference:
    """Cells a formula refers to; `fixed`: whether a $ stands before the first and the last row."""

    sheet: str
    left: int
    first: int
    right: int
    last: int
    fixed: tuple[bool, bool]
    ranged: bool


def _reference(found: re.Match[str], here: str) -> _Reference | None:
    sheet = found["sheet"][:-1].lstrip("$").strip("'").replace("''", "'") if found["sheet"] else here
    if found["r3"]:
        fixed = bool(found["a3"]), bool(found["a4"])
        return _Reference(sheet, 1, int(found["r3"]), LAST_COLUMN, int(found["r4"]), fixed, ranged=True)
    if not found["r1"]:
        return None
    left, right = (column_number(found[key].lstrip("$")) for key in ("c1", "c2" if found["c2"] else "c1"))
    fixed = bool(found["a1"]), bool(found["a2"])
    return _Reference(sheet, left, int(found["r1"]), right, int(found["r2"] or found["r1"]), fixed, bool(found["r2"]))
