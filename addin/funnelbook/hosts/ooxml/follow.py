"""How the references of a workbook follow tables that have grown: one rule for each way in which cells are referred to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from funnelbook.book.ports import Area
from funnelbook.book.room import TornError
from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.references import Reference, Rows, with_rows
from funnelbook.hosts.ooxml.reshaped import Reshaped
from funnelbook.hosts.ooxml.workbook import area, ref
from funnelbook.hosts.ooxml.xmlscan import Element, escape_text, plain

_BUILT_IN = "_xlnm."
_THROUGH_SHEETS = re.compile(rb":[^<>\"!:=]{1,100}!")
Change = Growth | Reshaped
Rule = Callable[[Change, Reference], Rows]


class LostError(Exception):
    """A formula that cannot follow: it would no longer refer to the cells it did."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True)
class Follower:
    """`growths` in the order they were made, each in the rows the ones before it left; `order`: the sheets; `blank`: whether an
    area of a sheet is. `at_home`: whether references of a sheet to itself follow too; `strict`: whether what cannot follow is
    refused (LostError), or stays as it is."""

    growths: Sequence[Change]
    order: Sequence[str]
    blank: Callable[[str, Area], bool]
    at_home: bool = True
    strict: bool = True

    def concerns(self, content: bytes, home: str = "") -> bool:
        """Whether a part, of a sheet `home` perhaps, may hold a reference that follows."""
        return any(
            (self.at_home and _same(home, growth.sheet))
            or escape_text(growth.sheet.replace("'", "''")).encode() in content
            for growth in self.growths
        ) or bool(_THROUGH_SHEETS.search(content))

    def formula(self, text: str, home: str, row: int | None = None) -> str:
        """The formula of a cell in that row of `home`, or of anything else there."""
        return self._with(
            text, home, lambda growth, of: growth.of_formula(of, row if _same(home, growth.sheet) else None)
        )

    def fixed(self, text: str, home: str) -> str:
        """A formula that is read anew in each of several cells: only rows with a $ stay where they are, so only these follow."""
        return self._with(text, home, lambda growth, of: _kept(of, growth.of_formula(of)))

    def series(self, text: str, home: str = "") -> str:
        """The values of a chart or sparkline."""
        return self._with(text, home, lambda growth, of: growth.of_series(of))

    def cell(self, text: str, home: str = "") -> str:
        """The one cell a title or a link leads to."""
        return self._with(text, home, lambda growth, of: growth.moved(of.left, of.top, of.right, of.bottom, loose=True))

    def name(self, text: str, name: str) -> str:
        """What a defined name refers to; rows without a $ are relative there to the cell that uses the name."""

        def rule(growth: Change, of: Reference) -> Rows:
            if all(of.fixed) or name.startswith(_BUILT_IN):
                return growth.followed(of.left, of.top, of.right, of.bottom, loose=name.startswith(_BUILT_IN))
            covers = of.ranged and growth.covers(of.left, of.top, of.right, of.bottom)
            return growth.of_formula(of) if covers else _kept(of, growth.of_formula(of))

        return self._with(text, "", rule)

    def rule(self, text: str, home: str, by: int, alone: bool) -> str:
        """A formula of a conditional format or a validation whose first cell went `by` rows down; `alone`: it is for one cell."""

        def one(growth: Change, of: Reference) -> Rows:
            if alone or (of.sheets and not _same(of.sheets[0], home)):
                return growth.of_formula(of)
            return _kept(of, growth.of_formula(of))

        followed = self._with(text, home, one)
        return with_rows(followed, lambda of: _shifted(of, by)) if by else followed

    def _with(self, text: str, home: str, rule: Rule) -> str:
        def rows(of: Reference) -> Rows:
            as_written = of.top, of.bottom
            if of.foreign:
                return as_written
            first, last = of.sheets or (home, home)
            try:
                if not _same(first, last):
                    return self._through_sheets(of, first, last, rule)
                for growth in self.growths:
                    if _same(first, growth.sheet) and (self.at_home or not _same(first, home)):
                        of = replace(of, **dict(zip(("top", "bottom"), rule(growth, of), strict=True)))
            except TornError as error:
                if self.strict:
                    raise LostError(text) from error
                return as_written
            return of.top, of.bottom

        return with_rows(text, rows)

    def _through_sheets(self, of: Reference, first: str, last: str, rule: Rule) -> Rows:
        """A reference to the same cells of several sheets: longer only when the others have nothing there."""
        between = self._between(first, last)
        for growth in self.growths:
            if growth.sheet not in between:
                continue
            top, bottom = rule(growth, of)
            if (top, bottom) == (of.top, of.bottom):
                continue
            more = Area(of.bottom + 1, of.left, bottom, of.right)
            if top != of.top or not all(self.blank(sheet, more) for sheet in between if sheet != growth.sheet):
                raise TornError
            of = replace(of, bottom=bottom)
        return of.top, of.bottom

    def _between(self, first: str, last: str) -> Sequence[str]:
        folded = [name.casefold() for name in self.order]
        with suppress(ValueError):
            ends = sorted((folded.index(first.casefold()), folded.index(last.casefold())))
            return self.order[ends[0] : ends[1] + 1]
        return ()


def text_of(xml: bytes, element: Element, change: Callable[[str], str]) -> list[tuple[int, int, bytes]]:
    """The edit that changes the text of an element; none when it stays."""
    if element.empty or element.children:
        return []
    old = plain(xml[element.open_end : element.close])
    new = change(old)
    return [(element.open_end, element.close, escape_text(new).encode())] if new != old else []


def ranges(text: str, rows: Callable[[Area], Rows]) -> str:
    """A list of ranges such as A1:C9 E2 with the rows that `rows` gives."""
    out = []
    for part in text.split():
        with suppress(ValueError):
            of = area(part)
            top, bottom = rows(of)
            if (top, bottom) != (of.top, of.bottom):
                new = ref(Area(top, of.left, bottom, of.right))
                first, _, last = new.partition(":")
                out.append(first if first == last else new)
                continue
        out.append(part)
    return " ".join(out)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _kept(of: Reference, new: Rows) -> Rows:
    """New rows for those that are fixed by a $."""
    return (new[0] if of.fixed[0] else of.top), (new[1] if of.fixed[1] else of.bottom)


def _shifted(of: Reference, by: int) -> Rows:
    return (of.top if of.fixed[0] else of.top + by), (of.bottom if of.fixed[1] else of.bottom + by)
