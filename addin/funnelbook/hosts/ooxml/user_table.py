"""A table that users own, edited in place: cells set and rows added by splicing bytes, all else as it was."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from funnelbook.book.ports import Area, TableEdit
from funnelbook.book.room import TornError, room
from funnelbook.hosts.ooxml import cell_formulas, cell_xml, outside
from funnelbook.hosts.ooxml.follow import Follower
from funnelbook.hosts.ooxml.growth import Growth
from funnelbook.hosts.ooxml.lowered import lowered
from funnelbook.hosts.ooxml.references import LAST_ROW, filled, references
from funnelbook.hosts.ooxml.rows import Rows
from funnelbook.hosts.ooxml.standing_cells import StandingCells
from funnelbook.hosts.ooxml.styles import CellStyles
from funnelbook.hosts.ooxml.workbook import area, column_letters, ref
from funnelbook.hosts.ooxml.xmlscan import Edit, attributes, plain, prefixed, splice, tags, with_attribute


class InWayError(Exception):
    """What stands where an edit would go: a code of messages.py, and the cell."""

    def __init__(self, code: str, row: int, column: int) -> None:
        super().__init__(code, row, column)
        self.code, self.cell = code, f"{column_letters(column)}{row}"


@dataclass(frozen=True)
class Around:
    """What stands around an edit: the header and body of its ListObject (None: a plain range), the formulas of calculated
    columns by sheet column, and the places of the sheet's other tables."""

    area: Area | None = None
    totals_rows: int = 0
    formulas: Mapping[int, str] = field(default_factory=dict)
    others: Sequence[Area] = ()


class EditedSheet:
    """A worksheet part, its `cells` scanned, with an edit made, in `xml`. `growth`: what became of its rows when some were added,
    None when not; `grown`: the new place of a table that got longer; `with_formulas`: whether formulas were added or moved;
    `formats`: those the cells touched had before. InWayError when it cannot be made, TornError or LostError when something of
    the sheet cannot go along."""

    def __init__(
        self, cells: StandingCells, edit: TableEdit, around: Around, styles: CellStyles, date1904: bool
    ) -> None:
        self.edit, self.around, self.styles, self.date1904 = edit, around, styles, date1904
        self.cells, self.rows, xml = cells, cells.rows, cells.rows.xml
        self.block = around.area or self._plain_block()
        self.new_rows = range(edit.last_row + 1, edit.last_row + 1 + len(edit.rows))
        self.like = max(edit.last_row, edit.header_row + 1)  # the row whose looks new rows have
        self._refuse_in_way()
        takes_in = edit.last_row > self.block.bottom
        self.growth = self._growth([*self.cells.blocks, *self.cells.merged]) if edit.rows or takes_in else None
        self.with_formulas = bool(self.growth and self.growth.shift)
        self.grown = self._grown()
        if self.growth:
            xml = self._made_room(xml, self.growth)
        puts: dict[int, dict[int, bytes]] = {}
        for (row, column), value in edit.cells.items():
            puts.setdefault(row, {})[column] = self._cell(row, column, value)
        for row, values in zip(self.new_rows, edit.rows, strict=True):
            puts.setdefault(row, {}).update(self._new_row(row, values))
        self.formats = {self.cells.format(row, column) for row, line in puts.items() for column in line}
        self.xml = splice(xml, [*self.rows.edits(puts, self.like), *self._dimension(xml)])

    def _plain_block(self) -> Area:
        """Header and body of a plain range: the run of headers that the edited columns stand in."""
        heads = {column for column, cell in self.rows.line(self.edit.header_row).items() if cell.filled}
        left, right = self.edit.columns[0], self.edit.columns[-1]
        while left - 1 in heads:
            left -= 1
        while right + 1 in heads:
            right += 1
        return Area(self.edit.header_row, left, self.edit.last_row, right)

    def _refuse_in_way(self) -> None:
        for row, column in self.edit.cells:
            if code := self.cells.in_way(row, column):
                raise InWayError(code, row, column)

    def _growth(self, solid: Sequence[Area]) -> Growth:
        """Where the new rows go. TornError, or InWayError for a row that cannot be written into."""
        edit, block = self.edit, replace(self.block, bottom=max(self.block.bottom, self.edit.last_row))
        found = room(edit, block, self._below(), totals=self.around.totals_rows, solid=[*solid, *self.around.others])
        if max(self.rows.numbers[-1:], default=0) + found.put_in > LAST_ROW:
            raise TornError
        for place in solid:
            across = place.left <= block.right and place.right >= block.left
            if across and place.top <= found.old.bottom and place.bottom > edit.last_row:
                raise InWayError("no_room", place.top, place.left)
        added = dict(zip(self.new_rows, edit.rows, strict=True))
        return Growth(edit.sheet, found, edit.last_row, self.block.bottom, added)

    def _below(self) -> list[list[object]]:
        """Whether anything stands in each cell from the last row with data on; formulas that go on may be written over."""
        last, numbers = self.edit.last_row, self.rows.numbers
        nothing: list[object] = []
        lines = [nothing] * (max([last, *numbers[-1:]]) + 1 - last)  # a million of them when something stands far down
        for number in numbers[bisect_left(numbers, last) :]:
            held = [column for column, cell in self.rows.line(number).items() if cell.filled]
            if number > last:
                held = [column for column in held if not self._waits(number, column)]
            if held:
                there = set(held)
                lines[number - last] = [column in there or None for column in range(1, max(held) + 1)]
        return lines

    def _waits(self, row: int, column: int) -> bool:
        """Whether a cell below the data holds a formula made ready for it."""
        if not self.block.left <= column <= self.block.right or not self.rows.line(row)[column].formula:
            return False
        return row <= self.block.bottom if self.around.area else self._goes_on(row, column)

    def _grown(self) -> Area | None:
        """Where the header and body of a ListObject stand now; None when it got no longer."""
        if not self.growth or not self.around.area:
            return None
        bottom = max(self.block.bottom, self.edit.last_row) + self.growth.room.longer
        return replace(self.block, bottom=bottom) if bottom > self.block.bottom else None

    def _made_room(self, xml: bytes, growth: Growth) -> bytes:
        """The sheet with its rows moved and its references to itself following; what new rows go on with is kept as it reads."""
        follower = Follower([growth], (), lambda _sheet, _area: True)
        sheet, rows = self.edit.sheet, self.rows
        self._continued = {column: follower.fixed(text, sheet) for column, text in self._continued.items()}
        xml = outside.followed(xml, (rows.start, rows.end), sheet, follower, growth)
        formulas = cell_formulas.edits(rows, sheet, follower, growth)
        if formulas or growth.shift:
            xml = lowered(splice(xml, formulas), growth)
            self.cells.rows = self.rows = Rows(xml)
        return xml

    def _new_row(self, row: int, values: Mapping[int, object]) -> Iterator[tuple[int, bytes]]:
        """Cells of a new row by column: formulas that go on, values, and blanks that only have looks."""
        there, longer = self.rows.line(row), self.growth.room.longer if self.growth else 0
        styled = [column for column in self.rows.line(self.like) if self.block.left <= column <= self.block.right]
        for column in {*values, *self._continued, *(styled if longer else ())}:
            if column in there and there[column].formula:
                continue
            if column in self._continued:
                self.with_formulas = True
                text = filled(self._continued[column], row - self.edit.last_row)
                style = self._style(row, column)
                styling = f'" s="{style}"' if style else '"'
                yield column, self._written(row, column, f"{styling}><f>{cell_xml.text_xml(text)}</f></c>")
            elif column in values or column not in there:
                yield column, self._cell(row, column, values.get(column))

    @cached_property
    def _continued(self) -> dict[int, str]:
        """The formula of each column whose new cells go on with one, as it reads in the last row with data."""
        last, first = self.edit.last_row, self.edit.header_row + 1
        if self.around.area:
            own = {column: self._formula(last, column) for column in self.around.formulas if last >= first}
            texts = {column: own.get(column) or text for column, text in self.around.formulas.items()}
            return {column: text for column, text in texts.items() if own.get(column) or not any(references(text))}
        columns = range(self.block.left, self.block.right + 1) if last >= first else ()
        return {
            column: text
            for column in columns
            if (text := self._formula(last, column)) and (last == first or self._goes_on(last, column))
        }

    def _goes_on(self, row: int, column: int) -> bool:
        """Whether a cell holds the formula of the one above, filled down."""
        above, here = self._formula(row - 1, column), self._formula(row, column)
        return bool(above) and filled(above, 1) == here

    def _formula(self, row: int, column: int) -> str | None:
        """The formula of a cell as it reads there; None where there is none, or one over a block of cells."""
        cell = self.rows.line(row).get(column)
        if not cell or not cell.formula:
            return None
        tag, text = cell.formula
        said = attributes(tag)
        kind, number = said.get("t"), said.get("si")
        if kind == "shared" and not text and number:
            top, left, text = self.rows.shared(number)
            return filled(plain(text), row - top, column - left) if text else None
        return None if kind in ("array", "dataTable") else plain(text)

    def _cell(self, row: int, column: int, value: object) -> bytes:
        style = self._style(row, column)
        if isinstance(value, date):
            timed = isinstance(value, datetime) and (value.hour, value.minute, value.second) != (0, 0, 0)
            style = self.styles.dated(style, timed)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            style = self.styles.of_number(style)
        return self._written(row, column, cell_xml.body(value, style, self.date1904, self.styles))

    def _style(self, row: int, column: int) -> int:
        """The format of the cell, else of the one above in the table, of the row, of the column; in a new column of its neighbour."""
        if column == self.edit.new_column:
            return self.cells.format(row, column) or self.cells.format(row, self.edit.column)
        above = self.like if row in self.new_rows else row - 1
        found = self.rows.line(row).get(column)
        if found is None and above > self.edit.header_row:
            found = self.rows.line(above).get(column)
        return found.style if found else self.cells.format(row, column)

    def _written(self, row: int, column: int, body: str) -> bytes:
        return prefixed(f'<c r="{column_letters(column)}{row}{body}'.encode(), self.rows.prefix)

    def _dimension(self, xml: bytes) -> Iterator[Edit]:
        for start, end in tags(xml, "dimension", end=self.rows.start):
            said = attributes(xml[start:end]).get("ref")
            if said:
                yield start, end, with_attribute(xml[start:end], "ref", self._used(said))

    def _used(self, dimension: str) -> str:
        places = [*self.edit.cells, *((row, column) for row in self.new_rows[-1:] for column in self.edit.columns)]
        try:
            used = area(dimension)
        except ValueError:
            return dimension
        if self.growth:
            places.append((self.growth.moved(used.left, used.top, used.right, used.bottom, loose=True)[1], used.right))
        top, left = (min(of) for of in zip((used.top, used.left), *places, strict=True))
        bottom, right = (max(of) for of in zip((used.bottom, used.right), *places, strict=True))
        return ref(Area(top, left, bottom, right)) if (top, left) != (bottom, right) else dimension
