"""An owned sheet patched: the cells of its result tables written anew, every other cell kept as it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from funnelbook.book.column_letters import column_letters
from funnelbook.book.ports import Area, Cells, TableWrite
from funnelbook.domain.plain import looks_like_formula
from funnelbook.hosts.ooxml import cell_xml, page_breaks
from funnelbook.hosts.ooxml.follow import Follower
from funnelbook.hosts.ooxml.layout import Layout
from funnelbook.hosts.ooxml.member import cut
from funnelbook.hosts.ooxml.reshaped import Reshaped
from funnelbook.hosts.ooxml.rows import OF_ONE_ROW
from funnelbook.hosts.ooxml.scanner import Cell, SheetData
from funnelbook.hosts.ooxml.styles import CellStyles
from funnelbook.hosts.ooxml.xmlscan import (
    Edit,
    attributes,
    escape_text,
    plain,
    prefixed,
    splice,
    tags,
    texts,
    with_attribute,
    without_attribute,
)

_RANGED = ("conditionalFormatting", "dataValidation", "mergeCell", "hyperlink", "ignoredError")
_FORMULAS = ("formula", "formula1", "formula2")
_HIDDEN = re.compile(rb'\s(?:hidden|collapsed)="(?:1|true)"')


@dataclass(frozen=True)
class OwnTable:
    """A table to be written: where it stands, what it is to hold, and the formula of each column that has one."""

    area: Area
    write: TableWrite
    formulas: Sequence[str | None]

    @property
    def note_place(self) -> tuple[int, int]:
        return self.area.top - 1, self.area.left

    @property
    def drawn(self) -> int:
        rows = max(1, self.write.rows)
        return rows if self.write.chart_rows is None else max(1, min(rows, self.write.chart_rows))


class SheetPatch:
    """The worksheet part (UTF-8) of a sheet with its tables rewritten. `chunks` gives the new part, `layout` says what moved.

    ValueError when its rows or cells cannot be told apart.
    """

    def __init__(self, xml: bytes, sheet: str, tables: Sequence[OwnTable], date1904: bool, styles: CellStyles) -> None:
        self.tables = sorted(tables, key=lambda t: t.area.top)
        self.date1904, self.styles = date1904, styles
        self._data = SheetData(xml, bodies=self._bodies())
        self.head, self.tail = xml[: self._data.start], xml[self._data.end :]
        self._p = self._data.prefixing.decode()
        self.ours, self.foreign = self._sorted_out()
        self.had_formulas = any(True for table in self.tables for _ in self._data.formulas(table.area))
        content = [row for row, line in self.foreign.items() if any(cell.filled for _, cell in line)]
        content += [row for t in self.tables for row in (t.area.top - 1, t.area.top)]
        self.layout = Layout.of(
            [(t.area, max(1, t.write.rows), len(t.write.headers), t.drawn) for t in self.tables], content
        )
        self.reshaped = Reshaped(sheet, self.layout)
        self._follower = Follower((self.reshaped,), (), lambda *_: False, strict=False)

    def crowded(self) -> str | None:
        """The table that needs more columns than are free beside it."""
        for table, moved in zip(self.tables, self.layout.tables, strict=True):
            for number, line in self.foreign.items():
                for column, cell in line if moved.old.top <= number <= moved.old.bottom else ():
                    if moved.old.right < column <= moved.new.right and cell.filled:
                        return table.write.table
        return None

    def torn(self) -> str | None:
        """The range of an array or shared formula of the user's that would be torn: it crosses one of our tables or what moves."""
        for line in self.foreign.values():
            for _, cell in line:
                span = attributes(cell.formula.tag).get("ref") if cell.formula else None
                if span and self.layout.tears(span):
                    return span
        return None

    def chunks(self) -> Iterator[bytes]:
        """The patched part, piece by piece."""
        yield self._moved_head()
        yield f"<{self._p}sheetData>".encode()
        for rows in self._all_rows():
            yield rows.encode() if isinstance(rows, str) else bytes(rows)
        yield f"</{self._p}sheetData>".encode()
        yield self._moved_tail()

    def _bodies(self) -> list[Area]:
        """The cells of tables beside which no other stands, but for their headers and their first rows, which say how they look."""
        areas = [t.area for t in self.tables]
        alone = [a for a in areas if all(b is a or b.bottom < a.top or a.bottom < b.top - 1 for b in areas)]
        return [replace(area, top=min(area.top + 2, area.bottom + 1)) for area in alone]

    def _sorted_out(self) -> tuple[dict[tuple[int, int], Cell], dict[int, list[tuple[int, Cell]]]]:
        """Cells that are rewritten and still matter for their style (notes, headers, first body rows), and foreign cells."""
        ours: dict[tuple[int, int], Cell] = {}
        foreign: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
        notes = {t.note_place for t in self.tables}
        areas = [t.area for t in self.tables]
        skipped: set[int] = set()
        for body in self._bodies():
            skipped.update(range(body.top, body.bottom + 1))
            for number, column, cell in () if body in self._data.own else self._data.beside(body):
                foreign[number].append((column, cell))
        for at, row in enumerate(self._data.rows):
            if row.number in skipped:
                continue
            inside = [a for a in areas if a.top <= row.number <= a.bottom]
            for column, cell in self._data.cells(at):
                if any(a.left <= column <= a.right for a in inside):
                    if any(row.number <= a.top + 1 for a in inside):
                        ours[row.number, column] = cell
                elif (row.number, column) in notes:
                    ours[row.number, column] = cell
                else:
                    foreign[row.number].append((column, cell))
        if twice := [number for number, line in foreign.items() if len({column for column, _ in line}) < len(line)]:
            raise ValueError(f"a cell twice in row {twice[0]}")
        return ours, foreign

    def _style(self, row: int, column: int) -> int:
        cell = self.ours.get((row, column))
        return cell.style if cell else 0

    def _all_rows(self) -> Iterator[str | memoryview]:
        """Every row as XML, in order; as bytes those that stay as they stand."""
        beside: dict[int, list[tuple[int, str]]] = defaultdict(list)
        attributes: dict[int, str] = {}
        bodies = {n for t in self.layout.tables for n in range(t.old.top + 1, t.old.bottom + 1)}
        for at, row in enumerate(self._data.rows):
            if row.number not in bodies:
                attributes[self.layout.row(row.number)] = self._row_attributes(at)
        for number, line in self.foreign.items():
            beside[self.layout.row(number)] += [
                (column, self._moved_cell(column, number, cell)) for column, cell in line
            ]
        for table, moved in zip(self.tables, self.layout.tables, strict=True):
            self._head_rows(table, moved.new, beside)
        pending = sorted(set(beside) | set(attributes))
        at = 0
        for table, moved in zip(self.tables, self.layout.tables, strict=True):
            top, bottom = moved.new.top + 1, moved.new.bottom
            while at < len(pending) and pending[at] < top:
                yield self._row(pending[at], attributes.get(pending[at], ""), beside.get(pending[at], []))
                at += 1
            yield from self._body(table, moved.new, beside)
            while at < len(pending) and pending[at] <= bottom:
                at += 1
        for number in pending[at:]:
            yield self._row(number, attributes.get(number, ""), beside.get(number, []))

    def _head_rows(self, table: OwnTable, new: Area, beside: dict[int, list[tuple[int, str]]]) -> None:
        """The note above a table, and its headers."""
        row, column = table.note_place
        if row and (table.write.note or (row, column) in self.ours):
            text = cell_xml.body(table.write.note, self._style(row, column), self.date1904, self.styles)
            beside[new.top - 1].append((column, self._ours(f'<c r="{column_letters(column)}{new.top - 1}{text}')))
        for j, header in enumerate(table.write.headers):
            column = table.area.left + j
            known = min(column, table.area.right)
            text = cell_xml.body(header, self._style(table.area.top, known), self.date1904, self.styles)
            beside[new.top].append((column, self._ours(f'<c r="{column_letters(column)}{new.top}{text}')))

    def _body(self, table: OwnTable, new: Area, beside: dict[int, list[tuple[int, str]]]) -> Iterator[str | memoryview]:
        columns: Sequence[Cells] = table.write.columns if table.write.rows else [[None]] * len(table.write.headers)
        stay = self._standing(table, new)
        if not stay:
            yield from self._rendered(table, new, columns, beside)
            return
        yield from self._rendered(table, new, [column[:1] for column in columns], beside)
        yield from cut(memoryview(self._data.xml)[slice(*stay)])
        there = table.write.standing
        below = replace(new, top=new.top + there)
        yield from self._rendered(table, below, [column[there:] for column in columns], beside)

    def _standing(self, table: OwnTable, new: Area) -> tuple[int, int] | None:
        """Where the rows behind the first begin and end that stand already, where nothing else stands beside and none moves."""
        first, there = table.area.top + 2, table.write.standing
        span = self._data.own.get(replace(table.area, top=first))
        if (
            span is None
            or new.top != table.area.top
            or any(table.formulas)
            or table.area.bottom != table.area.top + there
            or _HIDDEN.search(self._data.xml, *span)  # by a filter, which goes
        ):
            return None
        return span[0], self._data.xml.index(b"</row>", span[1]) + len(b"</row>")

    def _rendered(
        self, table: OwnTable, new: Area, columns: Sequence[Cells], beside: dict[int, list[tuple[int, str]]]
    ) -> Iterator[str]:
        """Rows of a table below where `new` begins, which look like its first."""
        first = table.area.top + 1
        kept = self._data.at(first)
        attributes = "" if kept is None else self._row_attributes(kept)
        styles = [
            self._style(first, min(table.area.left + j, table.area.right)) for j in range(len(table.write.headers))
        ]
        # what marks the first cell only because of its text is no look of the column
        firsts = [column[0] for column in table.write.columns] if table.write.rows else [None] * len(styles)
        styles = [
            self.styles.plain(style) if isinstance(first, str) and looks_like_formula(first) else style
            for style, first in zip(styles, firsts, strict=True)
        ]
        formulas = table.formulas if table.write.rows else [None] * len(styles)
        opening, closing = f'<{self._p}row r="', f"</{self._p}row>"
        for start, cells in cell_xml.rows(columns, formulas, styles, new.left, new.top + 1, self.date1904, self.styles):
            lines = [self._ours(line) for line in cells] if self._p else cells
            for number in beside.keys() & range(start, start + len(lines)):
                others = [(j, cell) for j, cell in beside[number] if not new.left <= j <= new.right]
                line = sorted([*others, (new.left, lines[number - start])])
                lines[number - start] = "".join(cell for _, cell in line)
            yield "".join(
                [f'{opening}{number}"{attributes}>{line}{closing}' for number, line in enumerate(lines, start)]
            )

    def _row(self, number: int, attributes: str, line: list[tuple[int, str]]) -> str:
        content = "".join(cell for _, cell in sorted(line))
        opening = f'<{self._p}row r="{number}"{attributes}'
        return f"{opening}>{content}</{self._p}row>" if content else f"{opening}/>"

    def _row_attributes(self, at: int) -> str:
        """What a row of the part keeps of its start tag."""
        row = self._data.rows[at]
        tag = without_attribute(self._data.xml[row.start : row.open_end], *OF_ONE_ROW).decode()
        return re.sub(r"<[^\s/>]+", "", tag, count=1).removesuffix(">").removesuffix("/").rstrip()

    def _ours(self, cell: str) -> str:
        return prefixed(cell.encode(), self._data.prefix).decode() if self._p else cell

    def _moved_cell(self, column: int, number: int, cell: Cell) -> str:
        """A foreign cell at its new row, its own bytes but for the address and references to rows that are others now."""
        row, xml, edits = self.layout.row(number), cell.xml, []
        if row != number or "r" not in cell.attributes:
            tag = with_attribute(cell.tag, "r", f"{column_letters(column)}{row}")
            edits.append((0, len(cell.tag), tag))
        if self.reshaped.changes and cell.formula_place:
            start, first, last, _ = cell.formula_place
            if span := attributes(xml[start:first]).get("ref"):
                edits.append((start, first, with_attribute(xml[start:first], "ref", self.layout.span(span))))
            edits += self._followed(xml, first, last, number)
        return splice(xml, edits).decode()

    def _followed(self, xml: bytes, start: int, end: int, row: int | None = None) -> list[Edit]:
        """The edit of a formula of this sheet, in that row perhaps; none when it stays."""
        text = plain(xml[start:end])
        new = self._follower.formula(text, self.reshaped.sheet, row)
        return [(start, end, escape_text(new).encode())] if new != text else []

    def _moved_head(self) -> bytes:
        places = tags(self.head, "dimension")
        return splice(self.head, [(a, b, with_attribute(self.head[a:b], "ref", self._used())) for a, b in places])

    def _moved_tail(self) -> bytes:
        """The part after the cells, its ranges where their cells are now."""
        edits: list[Edit] = []
        for start, end in tags(self.tail, *_RANGED):
            tag = self.tail[start:end]
            for name, said in attributes(tag).items():
                if name in ("sqref", "ref"):
                    edits.append((start, end, with_attribute(tag, name, self.layout.span(said))))
        if self.reshaped.changes:
            for start, end in texts(self.tail, *_FORMULAS):
                edits += self._followed(self.tail, start, end)
        tail = splice(self.tail, edits)
        for table, moved in zip(self.tables, self.layout.tables, strict=True):
            if table.write.pages is not None:
                tail = page_breaks.broken(tail, [moved.new.top + 1 + at for at in table.write.pages], self._p)
        return tail

    def _used(self) -> str:
        rows = [self.layout.row(n) for n in self.foreign] + [t.new.bottom for t in self.layout.tables]
        columns = [c for line in self.foreign.values() for c, _ in line] + [t.new.right for t in self.layout.tables]
        return f"A1:{column_letters(max(columns))}{max(rows)}"
