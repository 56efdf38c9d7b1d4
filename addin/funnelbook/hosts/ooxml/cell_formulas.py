"""The formulas of a worksheet's cells when tables have grown: their references follow, shared ones part where they must."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from funnelbook.book.ports import Area
from funnelbook.book.room import LAST_COLUMN
from funnelbook.hosts.ooxml.follow import Follower, ranges
from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.references import LAST_ROW, filled, references
from funnelbook.hosts.ooxml.scanner import Cell, SheetData, Span, tag_name
from funnelbook.hosts.ooxml.workbook import area
from funnelbook.hosts.ooxml.xmlscan import REST, Edit, attributes, escape_text, plain, with_attribute, without_attribute

_ALL = Area(1, 1, LAST_ROW, LAST_COLUMN)
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])(%b)>([^<]*)" % REST)
_NUMBER = re.compile(rb"\d+")
_OF_BLOCK = re.compile(rb"\s(?:ref|r1|r2)\s*=")
_SHARED = re.compile(rb"\ssi\s*=")


def edits(data: SheetData, home: str, follower: Follower, here: Growth | None = None) -> list[Edit]:
    """The edits of the formulas of a sheet `home` that change; `here`: the growth on it."""
    return list(_Formulas(data, home, follower, here).edits())


class _Formulas:
    def __init__(self, data: SheetData, home: str, follower: Follower, here: Growth | None) -> None:
        self.data, self.home, self.follower, self.here = data, home, follower, here
        self.apart: set[str] = set()  # shared formulas whose cells no longer read alike

    def edits(self) -> Iterator[Edit]:
        places = [(row, cell, cell.formula) for row, _, cell in self._touched() if cell.formula]
        for row, _, formula in places:
            tag = attributes(formula.tag)
            if tag.get("t") == "shared" and formula.text and self._parts(tag, row, plain(formula.text)):
                self.apart.add(tag["si"])
        for row, cell, formula in places:
            tag = attributes(formula.tag)
            if tag.get("si") not in self.apart or tag.get("t") != "shared":
                yield from self._edit(cell, row)
        if self.apart:
            yield from self._written_out()

    def _touched(self) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and cell of each formula that can change; of a column of formulas in a large table none has to be read."""
        data = self.data
        if data.odd:
            yield from data.formulas(_ALL)
            return
        starts = [row.start for row in data.rows]
        rows: dict[int, None] = {}
        for start in data.formula_starts():
            found = _FORMULA.match(data.xml, start)
            if found is None or self._may_change(found[1], found[2]):
                rows[bisect_right(starts, start) - 1] = None
        for at in rows:
            number = data.rows[at].number
            for column, cell in data.line(number).items():
                if cell.formula_place:
                    yield number, column, cell

    def _may_change(self, tag: bytes, text: bytes) -> bool:
        if self.here and self.here.shift and _OF_BLOCK.search(tag):
            return True
        if not self.follower.concerns(text, self.home):
            return False
        highest = max(map(int, _NUMBER.findall(text)), default=0)
        return any(highest >= min(growth.ends) for growth in self.follower.growths)

    def _edit(self, cell: Cell, row: int) -> Iterator[Edit]:
        """Of one formula, its tag among it."""
        if cell.formula_place is None:
            return
        start, first, last, _ = cell.formula_place
        said = attributes(cell.xml[start:first])
        old = plain(cell.xml[first:last])
        shared = said.get("t") == "shared"
        new = self.follower.fixed(old, self.home) if shared else self.follower.formula(old, self.home, row)
        if new != old:
            yield cell.start + first, cell.start + last, escape_text(new).encode()
        tag = self._moved_tag(cell.xml[start:first], said)
        if tag != cell.xml[start:first]:
            yield cell.start + start, cell.start + first, tag

    def _moved_tag(self, tag: bytes, said: dict[str, str]) -> bytes:
        """The block an array, shared or what-if formula stands for, and the two cells such a table puts values into."""
        if self.here and self.here.shift:
            for name in ("ref", "r1", "r2"):
                if name in said:
                    tag = with_attribute(tag, name, ranges(said[name], self._moved))
        return tag

    def _moved(self, of: Area) -> tuple[int, int]:
        return self.here.moved(of.left, of.top, of.right, of.bottom) if self.here else (of.top, of.bottom)

    def _parts(self, said: dict[str, str], row: int, text: str) -> bool:
        """Whether the cells of a shared formula read differently once it follows."""
        here = self.here
        try:
            block = area(said.get("ref", ""))
        except ValueError:
            return True
        if here and here.shift and block.bottom > here.after:
            return True
        lowest = block.bottom - row
        for of in references(text):
            home = of.sheets is None or of.sheets[0].casefold() == self.home.casefold()
            for growth in self.follower.growths:
                mine = (
                    growth.sheet.casefold()
                    == (self.home if home and of.sheets is None else (of.sheets or ("",))[0]).casefold()
                )
                ends = [n if fixed else n + lowest for n, fixed in zip((of.top, of.bottom), of.fixed, strict=True)]
                if mine and growth.shift and max(ends) > growth.after and of.bottom != LAST_ROW:
                    return True
                covering = any(of.bottom <= end <= ends[1] for end in growth.ends)
                if mine and not here and of.ranged and not all(of.fixed) and covering:
                    return True
        return False

    def _written_out(self) -> Iterator[Edit]:
        """Each cell of the shared formulas that part, with a formula of its own."""
        masters: dict[str, tuple[int, int, str]] = {}
        cells: list[tuple[int, int, Cell, Span, str]] = []
        for row, column, cell in self.data.holding(_SHARED):
            if not (cell.formula and cell.formula_place):
                continue
            said = attributes(cell.formula.tag)
            if said.get("t") == "shared" and said.get("si") in self.apart:
                cells.append((row, column, cell, cell.formula_place, said["si"]))
                if cell.formula.text:
                    masters[said["si"]] = row, column, plain(cell.formula.text)
        for row, column, cell, (start, first, _, end), number in cells:
            top, left, text = masters[number]
            tag = without_attribute(cell.xml[start:first], "t", "ref", "si")
            tag = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
            new = self.follower.formula(filled(text, row - top, column - left), self.home, row)
            yield cell.start + start, cell.start + end, tag + escape_text(new).encode() + b"</%b>" % tag_name(tag)
