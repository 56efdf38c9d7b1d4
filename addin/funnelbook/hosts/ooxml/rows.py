"""Where the rows and cells of a worksheet part stand, so that single cells can be spliced in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from funnelbook.hosts.ooxml.workbook import column_number
from funnelbook.hosts.ooxml.xmlscan import Edit, prefixed, without_attribute

_DATA = re.compile(rb"<(?:(\w+):)?sheetData(?:\s[^>]*)?(/?)>")
_PLACE = re.compile(rb"""\sr=["']([A-Z]+)(\d+)["']""")
_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
_STYLE = re.compile(rb"""\ss=["'](\d+)["']""")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>/]")
_FORMULA = re.compile(rb"(<(?:\w+:)?f(?:\s[^>]*?)?)(?:/>|>([^<]*)</)")
_OF_ONE_ROW = ("r", "spans", "hidden", "collapsed", "outlineLevel")  # attributes a new row does not take over


@dataclass(frozen=True)
class Cell:
    """A cell of the part: its offsets and XML."""

    start: int
    end: int
    xml: bytes

    @property
    def style(self) -> int:
        found = _STYLE.search(self.xml, 0, self.xml.index(b">"))
        return int(found[1]) if found else 0

    @property
    def filled(self) -> bool:
        """Whether it holds a value or a formula."""
        return bool(_CONTENT.search(self.xml))

    @cached_property
    def formula(self) -> tuple[bytes, bytes] | None:
        """Start tag and text of its formula."""
        found = _FORMULA.search(self.xml)
        return (found[1], found[2] or b"") if found else None


class Rows:
    """The rows of a worksheet part (UTF-8); `start` and `end` are the offsets of its sheetData element."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        opening = _DATA.search(xml)
        self.prefix = (opening[1] or b"").decode()
        p = re.escape(opening[1] + b":") if opening[1] else b""
        self._tag, self._empty = opening[0], bool(opening[2])
        self.start, self._open_end = opening.start(), opening.end()
        self._close = self._open_end if self._empty else xml.index(b"</%bsheetData" % self._p, self._open_end)
        self.end = self._open_end if self._empty else xml.index(b">", self._close) + 1
        self._cell = re.compile(rb"<" + p + rb"c\b([^>]*?)(?:/>|>.*?</" + p + rb"c>)", re.DOTALL)
        self._numbers: list[int] = []  # of the rows there are, in order
        self._tags: list[tuple[int, int]] = []
        self._lines: dict[int, dict[int, Cell]] = {}
        number = 0
        for found in re.compile(rb"<" + p + rb"row\b[^>]*>").finditer(xml, self._open_end, self._close):
            said = _NUMBER.search(found[0])
            number = int(said[1]) if said else number + 1
            self._numbers.append(number)
            self._tags.append(found.span())

    def line(self, row: int) -> dict[int, Cell]:
        """The cells of a row by column."""
        if row not in self._lines:
            at = self._at(row)
            self._lines[row] = {} if at is None else dict(self._cells(at))
        return self._lines[row]

    def style(self, row: int) -> int:
        """The format of a row as such."""
        at = self._at(row)
        found = _STYLE.search(self.xml, *self._tags[at]) if at is not None else None
        return int(found[1]) if found else 0

    def shared(self, number: bytes) -> tuple[int, int, bytes]:
        """Row, column and text of a shared formula where it is written out; no text when it is nowhere."""
        for row in self._numbers:
            for column, cell in self.line(row).items():
                if cell.formula and cell.formula[1] and re.search(rb"""\ssi=["']%b["']""" % number, cell.formula[0]):
                    return row, column, cell.formula[1]
        return 0, 0, b""

    def edits(self, puts: Mapping[int, Mapping[int, bytes]], like: int) -> list[Edit]:
        """The edits that put cells, by row and column, into the part; rows that are not there look like row `like`."""
        edits: list[Edit] = []
        added: list[tuple[int, bytes]] = []
        for row, line in sorted(puts.items()):
            at = self._at(row)
            if at is None:
                added.append((row, self._new_row(row, line, like)))
            else:
                edits += self._row_edits(at, line)
        if self._empty and added:
            tag = self._tag[:-2].rstrip() + b">"
            return [(self.start, self.end, tag + b"".join(x for _, x in added) + b"</%bsheetData>" % self._p)]
        for row, xml in added:
            following = bisect_right(self._numbers, row)
            place = self._tags[following][0] if following < len(self._tags) else self._close
            edits.append((place, place, xml))
        return edits

    @property
    def _p(self) -> bytes:
        return self.prefix.encode() + b":" if self.prefix else b""

    def _at(self, row: int) -> int | None:
        at = bisect_right(self._numbers, row) - 1
        return at if at >= 0 and self._numbers[at] == row else None

    def _body(self, at: int) -> tuple[int, int]:
        """Where the cells of a row begin and end."""
        open_end = self._tags[at][1]
        if self.xml[open_end - 2 : open_end] == b"/>":
            return open_end, open_end
        return open_end, self.xml.index(b"</%brow" % self._p, open_end)

    def _cells(self, at: int) -> Iterator[tuple[int, Cell]]:
        column = 0
        for found in self._cell.finditer(self.xml, *self._body(at)):
            place = _PLACE.search(found[1])
            column = column_number(place[1].decode()) if place else column + 1
            yield column, Cell(found.start(), found.end(), found[0])

    def _row_edits(self, at: int, line: Mapping[int, bytes]) -> Iterator[Edit]:
        (start, open_end), (first, end) = self._tags[at], self._body(at)
        there = self.line(self._numbers[at])
        tag = without_attribute(self.xml[start:open_end], "spans")
        if first == end == open_end and tag.endswith(b"/>"):
            yield (
                start,
                open_end,
                tag[:-2].rstrip() + b">" + b"".join(c for _, c in sorted(line.items())) + self._row_end,
            )
            return
        yield start, open_end, tag
        for column, xml in sorted(line.items()):
            if column in there:
                yield there[column].start, there[column].end, xml
            else:
                place = next((cell.start for j, cell in there.items() if j > column), end)
                yield place, place, xml

    def _new_row(self, row: int, line: Mapping[int, bytes], like: int) -> bytes:
        at = self._at(like)
        tag = self.xml[slice(*self._tags[at])] if at is not None else prefixed(b"<row>", self.prefix)
        for name in _OF_ONE_ROW:
            tag = without_attribute(tag, name)
        name = b"<%brow" % self._p
        rest = tag[len(name) :].removesuffix(b">").removesuffix(b"/").rstrip()
        return name + b' r="%d"' % row + rest + b">" + b"".join(c for _, c in sorted(line.items())) + self._row_end

    @property
    def _row_end(self) -> bytes:
        return b"</%brow>" % self._p
