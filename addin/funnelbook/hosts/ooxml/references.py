"""The references of formulas: found in any formula text, given other rows, filled down; all other text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from funnelbook.book.column_letters import column_letters, column_number
from funnelbook.book.room import LAST_COLUMN

LAST_ROW = 1_048_576
_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\[\]]*\])?[\w.\\?]+(?::[\w.\\?]+)?)!"
_TOKEN = re.compile(
    rf"""
      "(?:[^"]|"")*"                                            # a text
    | (?P<sheet>{_SHEET})?
      (?: (?P<f1>\$?)(?P<c1>[A-Za-z]{{1,3}})(?P<a1>\$?)(?P<r1>[1-9]\d{{0,6}})
          (?: :(?:(?P=sheet))? (?P<f2>\$?)(?P<c2>[A-Za-z]{{1,3}})(?P<a2>\$?)(?P<r2>[1-9]\d{{0,6}}) )?
        | (?P<a3>\$?)(?P<r3>[1-9]\d{{0,6}}):(?P<a4>\$?)(?P<r4>[1-9]\d{{0,6}})
        | (?P<f3>\$?)(?P<c3>[A-Za-z]{{1,3}}):(?P<f4>\$?)(?P<c4>[A-Za-z]{{1,3}})
      ) (?![\w.(!\[\\?])
    | {_SHEET}                                                  # a name of a sheet
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                 # what is in brackets: columns of tables, other workbooks
    | \#[A-Z/0-9]+[!?]?[\w$:]*                                  # an error
    | [\w.\\?$@]+                                               # a number, a function, a name
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Reference:
    """Cells that a formula refers to. `prefix`: its sheet as written, with the !, or nothing; `fixed`: whether there is a $
    before the first and the last row; `ranged`: whether it is written with a colon."""

    prefix: str
    left: int
    top: int
    right: int
    bottom: int
    fixed: tuple[bool, bool]
    ranged: bool

    @cached_property
    def sheets(self) -> tuple[str, str] | None:
        """The first and last sheet named, mostly one; None without a sheet or with one of another workbook."""
        name = self.prefix[:-1]
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        if not name or "[" in name or "\\" in name:
            return None
        first, _, last = name.partition(":")
        return first, last or first

    @property
    def foreign(self) -> bool:
        """Whether it is of another workbook."""
        return bool(self.prefix) and self.sheets is None


Rows = tuple[int, int]  # the first and last of a reference


def references(text: str) -> Iterator[Reference]:
    """The references of a formula to cells, whole rows and whole columns, in order."""
    return (found for token in _TOKEN.finditer(text) if (found := _reference(token)))


def with_rows(text: str, rows_of: Callable[[Reference], Rows]) -> str:
    """A formula whose references have the rows that `rows_of` gives; one cell for which it gives several becomes a range."""

    def one(token: re.Match[str]) -> str:
        of = _reference(token)
        if of is None or token["c3"]:
            return token[0]
        new = rows_of(of)
        return token[0] if new == (of.top, of.bottom) else _written(token, of, new)

    return _TOKEN.sub(one, text)


def filled(text: str, rows: int, columns: int = 0) -> str:
    """A formula so many rows and columns further on: references not fixed by $ move with it, around the edge of the sheet."""

    def row(number: str, fixed: str) -> str:
        return number if fixed or not rows else str((int(number) - 1 + rows) % LAST_ROW + 1)

    def column(letters: str, fixed: str) -> str:
        if fixed or not columns:
            return letters
        return column_letters((column_number(letters.upper()) - 1 + columns) % LAST_COLUMN + 1)

    def one(token: re.Match[str]) -> str:
        if _reference(token) is None:
            return token[0]
        t, sheet = token, token["sheet"] or ""
        if t["c1"]:
            first = f"{sheet}{t['f1']}{column(t['c1'], t['f1'])}{t['a1']}{row(t['r1'], t['a1'])}"
            if not t["c2"]:
                return first
            again = sheet if f":{sheet}" in t[0] and sheet else ""
            return f"{first}:{again}{t['f2']}{column(t['c2'], t['f2'])}{t['a2']}{row(t['r2'], t['a2'])}"
        if t["r3"]:
            return f"{sheet}{t['a3']}{row(t['r3'], t['a3'])}:{t['a4']}{row(t['r4'], t['a4'])}"
        return f"{sheet}{t['f3']}{column(t['c3'], t['f3'])}:{t['f4']}{column(t['c4'], t['f4'])}"

    return _TOKEN.sub(one, text)


def _reference(token: re.Match[str]) -> Reference | None:
    """None when the token is something else, columns beyond the last one among it."""
    t, prefix = token, token["sheet"] or ""
    if t["c1"]:
        columns = sorted((column_number(t["c1"].upper()), column_number((t["c2"] or t["c1"]).upper())))
        rows = sorted((int(t["r1"]), int(t["r2"] or t["r1"])))
        fixed = (bool(t["a1"]), bool(t["a2"] if t["r2"] else t["a1"]))
        ends = fixed if not t["r2"] or int(t["r1"]) <= int(t["r2"]) else (fixed[1], fixed[0])
        of = Reference(prefix, columns[0], rows[0], columns[1], rows[1], ends, bool(t["r2"]))
    elif t["r3"]:
        rows = sorted((int(t["r3"]), int(t["r4"])))
        of = Reference(prefix, 1, rows[0], LAST_COLUMN, rows[1], (bool(t["a3"]), bool(t["a4"])), True)
    elif t["c3"]:
        columns = sorted((column_number(t["c3"].upper()), column_number(t["c4"].upper())))
        of = Reference(prefix, columns[0], 1, columns[1], LAST_ROW, (True, True), True)
    else:
        return None
    return of if of.right <= LAST_COLUMN and of.bottom <= LAST_ROW else None


def _written(token: re.Match[str], of: Reference, new: Rows) -> str:
    """A reference as it was written, with its rows changed."""
    first, last = token.span("r1" if token["c1"] else "r3"), token.span("r2" if token["c1"] else "r4")
    text, at = token[0], token.start()
    top, bottom = map(str, new)
    if not of.ranged:
        head = text[: first[0] - at] + top
        return head if top == bottom else f"{head}:{token['f1']}{token['c1']}{token['a1']}{bottom}"
    if int(token.string[slice(*first)]) > int(token.string[slice(*last)]):
        top, bottom = bottom, top
    return text[: first[0] - at] + top + text[first[1] - at : last[0] - at] + bottom + text[last[1] - at :]
