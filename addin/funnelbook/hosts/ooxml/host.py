"""The file host: a Book that reads an .xlsx or .xlsm and writes only what Funnelbook owns in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from pathlib import Path

import numpy as np

from funnelbook.book import ownership
from funnelbook.book.ports import Area, BookError, ListObject, TableEdit, TableWrite
from funnelbook.book.room import TornError
from funnelbook.hosts.ooxml import (
    cached,
    defined_names,
    everywhere,
    fingerprint,
    recalculation,
    save,
    sheet_parts,
    sound,
    tab_order,
)
from funnelbook.hosts.ooxml.cell_xml import serials
from funnelbook.hosts.ooxml.follow import LostError
from funnelbook.hosts.ooxml.graft import graft
from funnelbook.hosts.ooxml.growth import Growth, moved_edit, moved_links
from funnelbook.hosts.ooxml.known_columns import KnownColumns
from funnelbook.hosts.ooxml.layout import LAST_ROW, Moved
from funnelbook.hosts.ooxml.member import Member
from funnelbook.hosts.ooxml.package import Package
from funnelbook.hosts.ooxml.protection import all_unlocked, is_protected
from funnelbook.hosts.ooxml.read import Grid, Reader
from funnelbook.hosts.ooxml.saved import last_saved
from funnelbook.hosts.ooxml.sheet import OwnTable, SheetPatch
from funnelbook.hosts.ooxml.standing_cells import StandingCells
from funnelbook.hosts.ooxml.styles import CellStyles
from funnelbook.hosts.ooxml.user_table import Around, EditedSheet, InWayError
from funnelbook.hosts.ooxml.workbook import TablePart, Workbook


class OoxmlBook:
    """A Book over a file. What is staged reaches the disk in `write`, all at once. Source: design.md, Rules of the file host."""

    def __init__(self, path: Path, *, allow_protected: bool = False) -> None:
        """Refuses with a BookError what cannot be read or kept safe. `allow_protected`: the user lets us write where they locked."""
        self.path, self.name = Path(path), Path(path).name
        self._allow_protected = allow_protected
        self._remembered = ""
        save.settle(self.path)
        self._known = KnownColumns(save.followed(self.path))
        self._open(Package.open(self.path))

    def _open(self, package: Package) -> None:
        self._package = package
        self._workbook = Workbook(package)
        self._reader = Reader(package, self._workbook, self._known)
        self._grafted: dict[str, tuple[str, Reader]] = {}
        self._scanned: tuple[Member, StandingCells] | tuple[None, None] = (None, None)
        self.date1904 = self._workbook.date1904

    @property
    def content(self) -> bytes:
        """The bytes of the file as it was read, or written since."""
        return self._package.original

    @property
    def saved(self) -> datetime | None:
        return last_saved(self._package)

    def sheets(self) -> Sequence[str]:
        return list(self._workbook.worksheets)

    def list_objects(self) -> Sequence[ListObject]:
        return [t.listed for t in self._workbook.tables]

    def names(self) -> Mapping[str, str]:
        return defined_names.read(self._workbook)

    def define(self, names: Mapping[str, str]) -> None:
        self._package.put(self._workbook.part, defined_names.defined(self._workbook, names))
        self._workbook = Workbook(self._package)

    def head(self, sheet: str, rows: int) -> Grid:
        name, reader = self._grafted.get(sheet, (sheet, self._reader))
        return reader.head(name, rows)

    def grid(self, sheet: str) -> Sequence[Sequence[object]]:
        name, reader = self._grafted.get(sheet, (sheet, self._reader))
        return reader.grid(name)

    def closed(self, sheet: str, cells: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        if not cells:
            return {}
        part = self._workbook.worksheets[sheet]
        with self._package.reading(part):
            standing = StandingCells(self._package.text(part))
        self._scanned = self._package.member(part), standing
        found = {at: code for at in cells if (code := standing.in_way(*at))}
        if is_protected(standing.rows.xml) and not self._allow_protected:
            formats = {at: standing.format(*at) for at in cells}
            styles = CellStyles.of(self._workbook).xml
            left_open = {number for number in set(formats.values()) if all_unlocked(styles, [number])}
            found |= {at: "protected_sheet" for at, number in formats.items() if number not in left_open}
        for place in self._workbook.tables:
            if place.listed.sheet == sheet and self._is_fed(place):
                found |= {at: "fed_table" for at in cells if _inside(place.listed.area, *at)}
        return found

    def graft(self, template: bytes, sheets: Sequence[str], first: str = "") -> dict[str, str]:
        names = graft(self._package, template, sheets, allow_locked=self._allow_protected)
        if first:
            tab_order.put_first(self._package, names[first])
        ready = Package(template, "template")
        reader = Reader(ready, Workbook(ready))
        self._grafted |= {new: (old, reader) for old, new in names.items()}
        self._workbook = Workbook(self._package)
        return names

    def remember(self, said: str) -> None:
        """What the next write is to leave in the file as its fingerprint: only where it writes nothing but result tables."""
        self._remembered = said

    def write(self, tables: Sequence[TableWrite], edits: Sequence[TableEdit] = ()) -> bool:
        before, original, staged = self._package, self._package.original, self._package.staged
        remembered, self._remembered = "" if edits or staged else self._remembered, ""
        try:
            growths = self._edit_all(edits)
            bodies = self._stage([reduce(moved_links, growths, write) for write in tables])
        except BookError:
            self._package.staged = staged  # nothing of it stays
            self._workbook = Workbook(self._package)
            raise
        if self._package.changed:
            recalculation.on_load(self._package, self._workbook)
            self._package.put(self._workbook.part, defined_names.hidden(self._workbook))
            if remembered:
                self.define(fingerprint.blank(remembered))
            self._reopen()
        if cached.stage(self._package, self._workbook, self.grid):
            self._reopen()
        if remembered and self._package.original != original:
            fingerprint.seal(self._package)
            self._reopen()
        new = self._package.original
        if new == original:
            return False
        if self._workbook.reserved and not self._allow_protected:
            self._open(Package(original, self.name))
            raise BookError("write_reserved", file=self.name)
        try:
            sound.refuse_unsound(Package(original, self.name, made_from=before), self._package, bodies)
        except BookError:
            self._open(Package(original, self.name))
            raise
        save.replace(self.path, original, new)
        self._reader.keep_columns()
        return True

    def _edit_all(self, edits: Sequence[TableEdit]) -> list[Growth]:
        """Stages edits, each where the ones before left its table, and has the whole workbook follow; how the tables grew."""
        growths: list[Growth] = []
        for edit in edits:
            left = edit.without(self.grid(edit.sheet)) if edit.cells else edit
            growth = self._edit(reduce(moved_edit, growths, left))
            growths += [growth] if growth else []
        self._scanned = (None, None)
        if growths:
            everywhere.follow(self._package, growths, self._blank)
            self._workbook = Workbook(self._package)
        return growths

    def _reopen(self) -> None:
        """Reads anew what is staged; nothing is on the disk yet."""
        self._open(Package(self._package.to_bytes(), self.name, made_from=self._package))

    def _edit(self, edit: TableEdit) -> Growth | None:
        """Stages an edit of a table that users own: its sheet, its table part, the styles of new dates; how its rows grew."""
        package, book = self._package, self._workbook
        here = [t for t in book.tables if t.listed.sheet == edit.sheet]
        place = next((t for t in here if _holds(t.listed, edit)), None)
        if not edit.columns and not (place and edit.last_row > place.listed.area.bottom):
            return None
        if edit.last_row + len(edit.rows) > LAST_ROW:
            raise BookError("too_many_rows", file=self.name, table=edit.sheet, rows=edit.last_row + len(edit.rows))
        others = [t for t in here if t is not place]
        around = self._around(place, [t.listed.area for t in others])
        part = book.worksheets[edit.sheet]
        formats = CellStyles.of(self._workbook)
        table = place.listed.name if place else edit.sheet
        try:
            with package.reading(part):
                edited = EditedSheet(self._standing(part), edit, around, formats, self.date1904)
        except InWayError as error:
            raise BookError(error.code, file=self.name, sheet=edit.sheet, table=table, cell=error.cell) from error
        except TornError as error:
            raise BookError("no_room", file=self.name, sheet=edit.sheet, table=table) from error
        except LostError as error:
            raise BookError("cannot_follow", file=self.name, where=edit.sheet, text=error.text) from error
        package.put(part, edited.xml)
        wider = bool(place and edit.new_column > place.listed.area.right)
        reshaped = wider or edited.grown or (edited.growth and edited.growth.shift)
        if is_protected(edited.xml) and (reshaped or not all_unlocked(formats.xml, edited.formats)):
            self._refuse_protected([edit.sheet])
        formats.stage(self._package)
        if edited.growth:
            everywhere.move_tables(package, [t.part for t in others], edited.growth)
        if place and edited.growth and edited.grown:
            area = replace(edited.grown, bottom=edited.grown.bottom + place.listed.totals_rows)
            everywhere.grow_table(package, place.part, area, edited.growth)
        if place and wider:
            head = str(edit.cells[edit.header_row, edit.new_column])
            everywhere.widen_table(package, place.part, replace(place.listed.area, right=edit.new_column), head)
        if edited.with_formulas:
            recalculation.drop_chain(self._package, self._workbook)
        self._workbook = Workbook(package)
        return edited.growth

    def _standing(self, part: str) -> StandingCells:
        """The cells of a sheet as staged, for one who will change them: those that `closed` looked at, if they are still the same."""
        (member, standing), self._scanned = self._scanned, (None, None)
        return (
            standing if standing and member is self._package.member(part) else StandingCells(self._package.text(part))
        )

    def _blank(self, sheet: str, area: Area) -> bool:
        """Whether nothing stands in an area, as the file was read."""
        rows = self.grid(sheet)[area.top - 1 : area.bottom]
        return not any(value not in (None, "") for row in rows for value in row[area.left - 1 : area.right])

    def _refuse_protected(self, sheets: Sequence[str]) -> None:
        if sheets and not self._allow_protected:
            raise BookError("protected_sheet", file=self.name, sheet=", ".join(sheets))

    def _around(self, place: TablePart | None, others: Sequence[Area]) -> Around:
        if place is None:
            return Around(others=others)
        listed, xml = place.listed, self._package.text(place.part)
        if self._is_fed(place):
            raise BookError("fed_table", file=self.name, sheet=listed.sheet, table=listed.name)
        heads = {header: column for column, header in enumerate(sheet_parts.headers(xml), listed.area.left)}
        formulas = {heads[header]: text for header, text in sheet_parts.formulas(xml).items()}
        body = replace(listed.area, bottom=listed.area.bottom - listed.totals_rows)
        return Around(body, listed.totals_rows, formulas, others)

    def _is_fed(self, place: TablePart) -> bool:
        """Whether a query or a map fills a table, and would take away what is written into it."""
        return self._workbook.parsed(place.part, 0)[1].attributes.get("tableType", "worksheet") != "worksheet"

    def _stage(self, writes: Sequence[TableWrite]) -> dict[str, list[Area]]:
        """Stages result tables; where they stand then, by part."""
        listed = {t.listed: t for t in self._workbook.tables}
        ours = ownership.marked(self.names(), listed, self.sheets())
        by_sheet: dict[str, list[tuple[TablePart, TableWrite]]] = {}
        for write in writes:
            if write.rows > LAST_ROW - 100:
                raise BookError("too_many_rows", file=self.name, table=write.table, rows=write.rows)
            place = listed[ours[write.table]]
            by_sheet.setdefault(place.listed.sheet, []).append((place, write))
        formats = CellStyles.of(self._workbook)
        patches = {sheet: self._patch(sheet, pairs, formats) for sheet, pairs in by_sheet.items()}
        formats.stage(self._package)
        parts = self._workbook.worksheets
        changed = {sheet: patch for sheet, patch in patches.items() if self._package.differs(parts[sheet])}
        self._refuse_protected([sheet for sheet, patch in changed.items() if is_protected(patch.tail)])
        if reshaped := [patch.reshaped for patch in patches.values() if patch.reshaped.changes]:
            everywhere.follow_ours(self._package, reshaped, self._blank)
            self._workbook = Workbook(self._package)
        if any(patch.had_formulas for patch in changed.values()):
            recalculation.drop_chain(self._package, self._workbook)
        return {parts[sheet]: [moved.new for moved in patch.layout.tables] for sheet, patch in patches.items()}

    def _patch(self, sheet: str, pairs: list[tuple[TablePart, TableWrite]], formats: CellStyles) -> SheetPatch:
        """Stages one owned sheet with its tables, drawings and charts."""
        package, part = self._package, self._workbook.worksheets[sheet]
        parts = {place.part: package.text(place.part) for place, _ in pairs}
        own = []
        for place, write in pairs:
            calculated = sheet_parts.formulas(parts[place.part])
            own.append(OwnTable(place.listed.area, write, [calculated.get(header) for header in write.headers]))
        xml = package.text(part)
        with package.reading(part):
            patch = SheetPatch(xml, sheet, own, self.date1904, formats)
        if crowded := patch.crowded():
            raise BookError("no_room", file=self.name, sheet=sheet, table=crowded)
        if torn := patch.torn():
            raise BookError("formula_in_way", file=self.name, sheet=sheet, cell=torn)
        package.put(part, patch.chunks(), known=xml)
        moved = {m.old: m for m in patch.layout.tables}
        for place, write in pairs:
            package.put(
                place.part, sheet_parts.rewritten(parts[place.part], moved[place.listed.area].new, write.headers)
            )
        values = _Values([(moved[place.listed.area], write) for place, write in pairs], self.date1904)
        for _, kind, drawing in self._workbook.relationships(part):
            if kind == "drawing" and drawing in package:
                package.put(drawing, sheet_parts.moved_drawing(package.text(drawing), patch.layout))
                for _, child, chart in self._workbook.relationships(drawing):
                    if child == "chart" and chart in package:
                        package.put(chart, sheet_parts.redrawn(package.text(chart), sheet, patch.layout, values))
        return patch


class _Values:
    """Cells of the tables just written, for the caches of charts."""

    def __init__(self, tables: list[tuple[Moved, TableWrite]], date1904: bool) -> None:
        self.tables, self.date1904 = tables, date1904

    def __call__(self, area: Area) -> list[object]:
        for moved, write in self.tables:
            new = moved.new
            if new.top < area.top and area.bottom <= new.bottom and new.left <= area.left <= new.right:
                cells = write.columns[area.left - new.left][area.top - new.top - 1 : area.bottom - new.top]
                if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
                    cells = serials(cells, self.date1904)
                return cells.tolist() if isinstance(cells, np.ndarray) else list(cells)
        return []


def _holds(listed: ListObject, edit: TableEdit) -> bool:
    """Whether an edit is of that ListObject."""
    return listed.area.top == edit.header_row and listed.area.left <= edit.known_by <= listed.area.right


def _inside(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right
