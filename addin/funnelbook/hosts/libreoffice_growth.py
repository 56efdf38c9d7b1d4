"""Rows put into a sheet of a running LibreOffice for a table that grows: what covered its body covers the new rows, as in Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from com.sun.star.beans.PropertyState import DEFAULT_VALUE
from com.sun.star.sheet.CellInsertMode import DOWN, ROWS

from funnelbook.book.ports import Area
from funnelbook.book.room import LAST_COLUMN, Room
from funnelbook.hosts import libreoffice_charts as charts
from funnelbook.hosts.libreoffice_uno import Uno
from funnelbook.hosts.libreoffice_values import FORMULAS, cells_of
from funnelbook.hosts.live_references import Longer


class Growth:
    """New rows of a table in a document, to be put in and followed by all that covered its body."""

    def __init__(self, document: Uno, sheet: Uno, room: Room) -> None:
        self._document, self._sheet, self.room, self._longer = (
            document,
            sheet,
            room,
            Longer(document.getTitle(), sheet.Name, room),
        )
        self._unrecorded: list[tuple[Callable[[Any], None], object, object]] = []  # what sets it; before and now

    def put_in(self) -> bool:
        """Moves down what stands where the new rows go. False when LibreOffice did not, which it does not tell."""
        there = self.room.inserted
        if there is None:
            return True
        whole_rows = there.right == LAST_COLUMN
        cells = cells_of(self._sheet, Area(there.top, there.left, there.bottom, self.room.old.right))
        self._sheet.insertCells(cells.RangeAddress, ROWS if whole_rows else DOWN)
        return cells.RangeAddress.StartRow == there.bottom  # a range goes with its cells

    def follow(self) -> None:
        """Has all that covered the body cover the new one.

        LibreOffice does it by itself in the middle of a range only, or on a setting of the whole program that takes running
        totals along.
        """
        for sheet in self._document.Sheets:
            self._in_cells(sheet)
            self._in_validations(sheet)
            self._in_conditional_formats(sheet)
            self._in_names(sheet.NamedRanges, sheet.Name)
            self._in_charts(sheet)
            self._in_pivot_tables(sheet)
        self._in_names(self._document.NamedRanges, self._sheet.Name)
        self._in_print_areas()
        self._in_filter()

    def draw(self) -> None:
        """Does again what LibreOffice's own Undo and Redo do not: it forgets charts, conditional formats, lists of
        choices and filters."""
        for put, _, now in self._unrecorded:
            self._unseen(put, now)

    def draw_as_before(self) -> None:
        """Takes it back."""
        for put, before, _ in self._unrecorded:
            self._unseen(put, before)

    def _in_cells(self, sheet: Uno) -> None:
        for cells in sheet.queryContentCells(FORMULAS):
            at = cells.getRangeAddress()
            for i, line in enumerate(cells.getFormulaArray(), at.StartRow):
                for j, text in enumerate(line, at.StartColumn):
                    if (new := self._longer.text(text, sheet.Name, i + 1)) != text:
                        _set_formula(sheet, sheet.getCellByPosition(j, i), new)

    def _in_validations(self, sheet: Uno) -> None:
        if sheet.getPropertyState("Validation") == DEFAULT_VALUE:  # no cell has any
            return
        looks = sheet.getUniqueCellFormatRanges()
        for cells in (looks.getByIndex(i) for i in range(looks.getCount())):
            rule = cells.Validation
            for key in ("Formula1", "Formula2"):
                text = getattr(rule, f"get{key}")()
                self._set(partial(_set_rule, cells, key), text, self._longer.text(text, sheet.Name))

    def _in_conditional_formats(self, sheet: Uno) -> None:
        for rules in sheet.ConditionalFormats.getConditionalFormats():
            for rule in (rules.getByIndex(i) for i in range(rules.getCount())):
                for key in ("Formula1", "Formula2"):
                    text = getattr(rule, key, "")  # a scale of colours has none
                    self._set(partial(setattr, rule, key), text, self._longer.text(text, sheet.Name))

    def _in_names(self, names: Uno, here: str) -> None:
        for name in map(names.getByName, names.ElementNames):
            new = self._longer.text(name.Content, here)
            if new != name.Content:
                name.Content = new

    def _in_charts(self, sheet: Uno) -> None:
        for put, text in charts.texts(sheet):
            self._set(put, text, self._longer.text(text, sheet.Name, one_may_be_all=True))

    def _in_pivot_tables(self, sheet: Uno) -> None:
        pivots = sheet.getDataPilotTables()
        for pivot in map(pivots.getByName, pivots.ElementNames):
            source = pivot.getSourceRange()
            if self._is_longer(source):
                pivot.setSourceRange(source)

    def _in_print_areas(self) -> None:
        areas = self._sheet.getPrintAreas()
        if any(list(map(self._is_longer, areas))):
            self._sheet.setPrintAreas(areas)

    def _in_filter(self) -> None:
        filters, at = self._document.getPropertyValue("UnnamedDatabaseRanges"), self._sheet.RangeAddress.Sheet
        if filters.hasByTable(at):
            found = filters.getByTable(at)
            area = found.DataArea
            before = area.EndRow
            if self._is_longer(area):
                self._set(partial(_end_at, found), before, area.EndRow)

    def _is_longer(self, area: Uno) -> bool:
        """Whether an address covered the body; then it covers the new one now."""
        if area.Sheet != self._sheet.RangeAddress.Sheet or not self._longer.is_across(
            area.StartColumn + 1, area.EndColumn + 1
        ):
            return False
        last = area.EndRow + 1
        area.EndRow = self.room.last_of(area.StartRow + 1, last) - 1
        return area.EndRow + 1 != last

    def _set(self, put: Callable[[Any], None], before: object, now: object) -> None:
        if now != before:
            self._unseen(put, now)
            self._unrecorded.append((put, before, now))

    def _unseen(self, put: Callable[[Any], None], value: object) -> None:
        """Sets something without LibreOffice recording it."""
        manager = self._document.getUndoManager()
        manager.lock()
        try:
            put(value)
        finally:
            manager.unlock()


def solid(sheet: Uno, area: Area) -> Iterator[Area]:
    """The merged cells and array formulas in an area: what cannot be torn."""
    cells = cells_of(sheet, area)
    for found in cells.queryContentCells(FORMULAS):
        if any(text.startswith("{") for line in found.getFormulaArray() for text in line):
            yield from _whole(sheet, found, "collapseToCurrentArray")
    if cells.getIsMerged():
        looks = cells.getCellFormatRanges()
        for found in (looks.getByIndex(i) for i in range(looks.getCount())):
            if found.getIsMerged():
                yield from _whole(sheet, found, "collapseToMergedArea")


def _whole(sheet: Uno, cells: Uno, collapse: str) -> Iterator[Area]:
    at = cells.RangeAddress
    for row in range(at.StartRow, at.EndRow + 1):
        for column in range(at.StartColumn, at.EndColumn + 1):
            cursor = sheet.createCursorByRange(sheet.getCellByPosition(column, row))
            getattr(cursor, collapse)()
            found = cursor.RangeAddress
            yield Area(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1)


def _end_at(filtered: Uno, row: int) -> None:
    area = filtered.DataArea
    area.EndRow = row
    filtered.DataArea = area


def _set_rule(cells: Uno, key: str, text: str) -> None:
    rule = cells.Validation
    getattr(rule, f"set{key}")(text)
    cells.Validation = rule


def _set_formula(sheet: Uno, cell: Uno, text: str) -> None:
    if text.startswith("{"):
        whole = sheet.createCursorByRange(cell)
        whole.collapseToCurrentArray()
        whole.setArrayFormula(text[1:-1])
    else:
        cell.setFormula(text)
