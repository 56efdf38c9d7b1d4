"""The cells of a worksheet as they stand: what is not to be written over, and the format each has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from funnelbook.book.ports import Area
from funnelbook.hosts.ooxml.rows import Rows
from funnelbook.hosts.ooxml.scanner import LAST_COLUMN
from funnelbook.hosts.ooxml.workbook import area
from funnelbook.hosts.ooxml.xmlscan import attributes, tags

_BLOCK = re.compile(rb"array|dataTable|&#")  # what formulas over a block of cells say, or may say


class StandingCells:
    """Those of a worksheet part (UTF-8). `blocks`: the places of formulas over more cells than one; `merged`: those of merged cells."""

    def __init__(self, xml: bytes) -> None:
        self.rows = Rows(xml)
        self.blocks = list(self._blocks())
        merges = (attributes(xml[a:b]).get("ref") for a, b in tags(xml, "mergeCell", start=self.rows.end))
        self.merged = [area(said) for said in merges if said]

    def in_way(self, row: int, column: int) -> str | None:
        """Why a cell may not be set, as the code of a BookError."""
        cell = self.rows.line(row).get(column)
        if (cell and cell.formula) or any(_inside(place, row, column) for place in self.blocks):
            return "formula_cell"
        merged = any(_inside(place, row, column) and (row, column) != (place.top, place.left) for place in self.merged)
        return "merged_cell" if merged else None

    def format(self, row: int, column: int) -> int:
        """The format a cell has, written or not."""
        cell = self.rows.line(row).get(column)
        return cell.style if cell else self.rows.style(row) or self._column_styles.get(column, 0)

    @cached_property
    def _column_styles(self) -> dict[int, int]:
        found = {}
        for start, end in tags(self.rows.xml, "col", end=self.rows.start):
            said = attributes(self.rows.xml[start:end])
            if "style" in said and "min" in said and "max" in said:
                last = min(int(said["max"]), LAST_COLUMN)
                found |= dict.fromkeys(range(int(said["min"]), last + 1), int(said["style"]))
        return found

    def _blocks(self) -> Iterator[Area]:
        for _, _, cell in self.rows.holding(_BLOCK):
            said = attributes(cell.formula.tag) if cell.formula else {}
            if said.get("t") in ("array", "dataTable") and "ref" in said:
                yield area(said["ref"])


def _inside(place: Area, row: int, column: int) -> bool:
    return place.top <= row <= place.bottom and place.left <= column <= place.right
