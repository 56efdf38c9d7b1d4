"""References of formulas in a running spreadsheet program, whose texts these are: longer where they covered a table that grew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce

from funnelbook.book.ports import BookError
from funnelbook.book.room import Room

_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*"                                            # a text
    | \[[^\]]*\](?:[\w.]+![$\w]+(?::[$\w]+)?)?                  # a column of a table, cells of another workbook
    | (?P<sheet>\$?(?:'(?:[^']|'')+'|[\w.]+)[.!])?              # LibreOffice puts a dot after a sheet, Excel an exclamation mark
      (?P<column>(?P<c1>\$?[A-Z]{1,3})(?P<a1>\$?))(?P<r1>\d+) (?::(?P<c2>\$?[A-Z]{1,3})(?P<a2>\$?)(?P<r2>\d+))? (?![\w.(:!])
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

    def text(self, text: str, here: str, row: int | None = None, *, one_may_be_all: bool = False) -> str:
        """A formula of the sheet `here`, with the references that covered the body covering the new one.

        `row`: of the cell it stands in; `one_may_be_all`: one cell stands for a column of one, as in charts. BookError when only
        some cells of a reference have moved.
        """
        if ":" not in text and not one_may_be_all:
            return text
        return _TOKEN.sub(lambda found: self._one(found, here, row, one_may_be_all), text)

    def is_across(self, left: int, right: int) -> bool:
        """Whether these columns are among the table's."""
        return left <= self.room.old.right and right >= self.room.old.left

    def _one(self, found: re.Match[str], here: str, row: int | None, one_may_be_all: bool) -> str:
        if not found["r1"] or not (found["r2"] or one_may_be_all):
            return found[0]
        sheet = found["sheet"][:-1].lstrip("$").strip("'").replace("''", "'") if found["sheet"] else here
        first, last = int(found["r1"]), int(found["r2"] or found["r1"])
        left, right = map(_number, _columns(found))
        if sheet.casefold() != self.sheet.casefold():
            return found[0]
        if self.room.tears(left, right, last):
            raise BookError("cannot_follow", file=self.book, where=here, text=found[0])
        fixed = bool(found["a1"]), bool(found["a2"])
        runs_along = here == self.sheet and row is not None and self.room.runs_along(row, first, last, fixed)
        new = self.room.last_of(first, last) if self.is_across(left, right) and not runs_along else last
        if new == last:
            return found[0]
        return found[0].removesuffix(str(last)) + str(new) if found["r2"] else f"{found[0]}:{found['column']}{new}"


def _columns(found: re.Match[str]) -> tuple[str, str]:
    return found["c1"].lstrip("$"), (found["c2"] or found["c1"]).lstrip("$")


def _number(column: str) -> int:
    return reduce(lambda number, letter: number * 26 + ord(letter) - 64, column, 0)
