"""Cells spliced into the rows of a worksheet part, all else of it as it was."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from funnelbook.hosts.ooxml.scanner import Cell, SheetData, tag_name
from funnelbook.hosts.ooxml.xmlscan import Edit, attributes, prefixed, without_attribute

__all__ = ["Cell", "Rows"]
OF_ONE_ROW = ("r", "spans", "hidden", "collapsed", "outlineLevel")  # attributes a new row does not take over
_SHARED = re.compile(rb"\ssi\s*=")


class Rows(SheetData):
    """The rows of a worksheet part (UTF-8), to be edited. ValueError when they do not stand in order."""

    def __init__(self, xml: bytes) -> None:
        super().__init__(xml)
        if not self.ascending:
            raise ValueError("rows are not in order")

    def style(self, row: int) -> int:
        """The format of a row as such."""
        at = self.at(row)
        said = attributes(self._row_tag(at)).get("s", "") if at is not None else ""
        return int(said) if said.isdecimal() else 0

    def shared(self, number: str) -> tuple[int, int, bytes]:
        """Row, column and text of a shared formula where it is written out; no text when it is nowhere."""
        for row, column, cell in self.holding(_SHARED):
            if cell.formula and cell.formula.text and attributes(cell.formula.tag).get("si") == number:
                return row, column, cell.formula.text
        return 0, 0, b""

    def edits(self, puts: Mapping[int, Mapping[int, bytes]], like: int) -> list[Edit]:
        """The edits that put cells, by row and column, into the part; rows that are not there look like row `like`."""
        edits: list[Edit] = []
        added: list[tuple[int, bytes]] = []
        for row, line in sorted(puts.items()):
            at = self.at(row)
            if at is None:
                added.append((row, self._new_row(row, line, like)))
            else:
                edits += self._row_edits(at, line)
        if self.empty and added:
            tag = self.tag[:-2].rstrip() + b">"
            content = b"".join(xml for _, xml in added)
            return [(self.start, self.end, tag + content + b"</%bsheetData>" % self.prefixing)]
        for row, xml in added:
            following = bisect_right(self.numbers, row)
            place = self.rows[following].start if following < len(self.rows) else self.close
            edits.append((place, place, xml))
        return edits

    def _row_tag(self, at: int) -> bytes:
        return self.xml[self.rows[at].start : self.rows[at].open_end]

    def _row_edits(self, at: int, line: Mapping[int, bytes]) -> Iterator[Edit]:
        row, (_, end) = self.rows[at], self.body(at)
        there = self.line(row.number)
        tag = without_attribute(self._row_tag(at), "spans")
        if tag.endswith(b"/>"):
            content = b"".join(xml for _, xml in sorted(line.items()))
            yield row.start, row.open_end, tag[:-2].rstrip() + b">" + content + self._row_end(tag)
            return
        yield row.start, row.open_end, tag
        for column, xml in sorted(line.items()):
            if column in there:
                yield there[column].start, there[column].end, xml
            else:
                place = next((cell.start for j, cell in there.items() if j > column), end)
                yield place, place, xml

    def _new_row(self, row: int, line: Mapping[int, bytes], like: int) -> bytes:
        at = self.at(like)
        tag = self._row_tag(at) if at is not None else prefixed(b"<row>", self.prefix)
        tag = without_attribute(tag, *OF_ONE_ROW)
        name = b"<" + tag_name(tag)
        rest = tag[len(name) :].removesuffix(b">").removesuffix(b"/").rstrip()
        content = b"".join(xml for _, xml in sorted(line.items()))
        return name + b' r="%d"' % row + rest + b">" + content + self._row_end(tag)

    @staticmethod
    def _row_end(tag: bytes) -> bytes:
        return b"</%b>" % tag_name(tag)
