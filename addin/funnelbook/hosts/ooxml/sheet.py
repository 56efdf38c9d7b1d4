"""An owned sheet patched: the cells of its result tables written anew, every other cell kept as it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from funnelbook.book.ports import Area, TableWrite
from funnelbook.hosts.ooxml import cells
from funnelbook.hosts.ooxml.layout import Layout
from funnelbook.hosts.ooxml.workbook import column_letters, column_number

_DATA = re.compile(rb"<(?:(\w+):)?sheetData(?:\s[^>]*)?(/?)>")
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_DROPPED = re.compile(rb'\s(?:r|spans|hidden|collapsed|outlineLevel)="[^"]*"')
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>/]")
_DIMENSION = re.compile(rb'(<(?:\w+:)?dimension\s[^>]*?ref=")[^"]*(")')
_RANGES = re.compile(
    rb'(<(?:\w+:)?(?:conditionalFormatting|dataValidation|mergeCell|hyperlink|ignoredError)\b[^>]*?\s(?:sqref|ref)=")([^"]*)(")'
)
_SPANNING = re.compile(rb'(<(?:\w+:)?f\b[^>]*?\sref=")([^"]*)(")')
_FORMULAS = re.compile(rb"(<(?:\w+:)?formula[12]?>)([^<]*)(</)")


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


@dataclass
class _Row:
    attributes: bytes
    cells: list[tuple[int, bytes]]


class SheetPatch:
    """One worksheet part (UTF-8) with its tables rewritten. `chunks` gives the new part, `layout` says what moved."""

    def __init__(self, xml: bytes, tables: Sequence[OwnTable], date1904: bool) -> None:
        self.tables = sorted(tables, key=lambda t: t.area.top)
        self.date1904 = date1904
        opening = _DATA.search(xml)
        self.prefix = (opening[1] + b":") if opening[1] else b""
        closing = b"</" + self.prefix + b"sheetData>"
        empty = bool(opening[2])
        body_end = opening.end() if empty else xml.index(closing, opening.end())
        self.head = xml[: opening.start()]
        self.tail = xml[opening.end() if empty else body_end + len(closing) :]
        self._rows = self._parse(b"" if empty else xml[opening.end() : body_end])
        self.had_formulas = False
        self.ours, self.foreign = self._sorted_out()
        content = [row for row, line in self.foreign.items() if any(_CONTENT.search(c) for _, c in line)]
        content += [row for t in self.tables for row in (t.area.top - 1, t.area.top)]
        self.layout = Layout.of(
            [(t.area, max(1, t.write.rows), len(t.write.headers), t.drawn) for t in self.tables], content
        )

    def crowded(self) -> str | None:
        """The table that needs more columns than are free beside it."""
        for table, moved in zip(self.tables, self.layout.tables, strict=True):
            for number in range(moved.old.top, moved.old.bottom + 1):
                for column, cell in self.foreign.get(number, []):
                    if moved.old.right < column <= moved.new.right and _CONTENT.search(cell):
                        return table.write.table
        return None

    def torn(self) -> str | None:
        """The range of an array or shared formula of the user's that would be torn: it crosses one of our tables or what moves."""
        for line in self.foreign.values():
            for _, cell in line:
                found = _SPANNING.search(cell)
                if found and self.layout.tears(found[2].decode()):
                    return found[2].decode()
        return None

    def chunks(self) -> Iterator[bytes]:
        """The patched part, piece by piece."""
        p = self.prefix
        yield _DIMENSION.sub(lambda m: m[1] + self._used().encode() + m[2], self.head)
        yield b"<" + p + b"sheetData>"
        for text in self._all_rows():
            data = text.encode()
            yield re.sub(rb"<(/?)(?=(?:row|c|v|is|t|f)[\s>/])", rb"<\1" + p, data) if p else data
        yield b"</" + p + b"sheetData>"
        yield self._moved_tail()

    def _parse(self, data: bytes) -> dict[int, _Row]:
        """Rows by number; rows and cells without an address follow the one before."""
        p = re.escape(self.prefix)
        row_pattern = re.compile(rb"<" + p + rb"row\b([^>]*?)(?:/>|>(.*?)</" + p + rb"row>)", re.DOTALL)
        cell_pattern = re.compile(rb"<" + p + rb"c\b([^>]*?)(?:/>|>.*?</" + p + rb"c>)", re.DOTALL)
        rows: dict[int, _Row] = {}
        number = 0
        for found in row_pattern.finditer(data):
            said = _ROW_NUMBER.search(found[1])
            number = int(said[1]) if said else number + 1
            line, column = [], 0
            for cell in cell_pattern.finditer(found[2] or b""):
                place = _ADDRESS.search(cell[1])
                column = column_number(place[1].decode()) if place else column + 1
                line.append((column, cell[0]))
            rows[number] = _Row(_DROPPED.sub(b"", found[1]), line)
        return rows

    def _sorted_out(self) -> tuple[dict[tuple[int, int], bytes], dict[int, list[tuple[int, bytes]]]]:
        """Cells that are rewritten and still matter for their style (notes, headers, first body rows), and foreign cells."""
        ours: dict[tuple[int, int], bytes] = {}
        foreign: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        notes = {t.note_place for t in self.tables}
        areas = [t.area for t in self.tables]
        for number, row in self._rows.items():
            inside = [a for a in areas if a.top <= number <= a.bottom]
            for column, cell in row.cells:
                if any(a.left <= column <= a.right for a in inside):
                    self.had_formulas |= b"<" + self.prefix + b"f" in cell
                    if any(number <= a.top + 1 for a in inside):
                        ours[number, column] = cell
                elif (number, column) in notes:
                    ours[number, column] = cell
                else:
                    foreign[number].append((column, cell))
        return ours, foreign

    def _style(self, row: int, column: int) -> int:
        found = _STYLE.search(self.ours.get((row, column), b"")[:200])
        return int(found[1]) if found else 0

    def _all_rows(self) -> Iterator[str]:
        """Every row as XML without prefix, in order."""
        beside: dict[int, list[tuple[int, str]]] = defaultdict(list)
        attributes: dict[int, str] = {}
        bodies = {n for t in self.layout.tables for n in range(t.old.top + 1, t.old.bottom + 1)}
        for number, row in self._rows.items():
            if number not in bodies:
                attributes[self.layout.row(number)] = row.attributes.decode()
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
            text = cells.body(table.write.note, self._style(row, column))
            beside[new.top - 1].append((column, f'<c r="{column_letters(column)}{new.top - 1}{text}'))
        for j, header in enumerate(table.write.headers):
            column = table.area.left + j
            known = min(column, table.area.right)
            text = cells.body(header, self._style(table.area.top, known))
            beside[new.top].append((column, f'<c r="{column_letters(column)}{new.top}{text}'))

    def _body(self, table: OwnTable, new: Area, beside: dict[int, list[tuple[int, str]]]) -> Iterator[str]:
        first = table.area.top + 1
        kept = self._rows.get(first)
        attributes = kept.attributes.decode() if kept else ""
        styles = [
            self._style(first, min(table.area.left + j, table.area.right)) for j in range(len(table.write.headers))
        ]
        columns = table.write.columns if table.write.rows else [[None]] * len(table.write.headers)
        formulas = table.formulas if table.write.rows else [None] * len(styles)
        for start, lines in cells.rows(columns, formulas, styles, new.left, new.top + 1, attributes, self.date1904):
            out = []
            for number, line in enumerate(lines, start):
                others = beside.get(number)
                if others:
                    before = "".join(c for j, c in sorted(others) if j < new.left)
                    after = "".join(c for j, c in sorted(others) if j > new.right)
                    out.append(f'<row r="{number}"{attributes}>{before}{line}{after}</row>')
                else:
                    out.append(f'<row r="{number}"{attributes}>{line}</row>')
            yield "".join(out)

    def _row(self, number: int, attributes: str, line: list[tuple[int, str]]) -> str:
        content = "".join(cell for _, cell in sorted(line))
        return f'<row r="{number}"{attributes}>{content}</row>' if content else f'<row r="{number}"{attributes}/>'

    def _moved_cell(self, column: int, number: int, cell: bytes) -> str:
        """A foreign cell at its new row, its own bytes but for the address and references to moved rows."""
        row = self.layout.row(number)
        place = f'r="{column_letters(column)}{row}"'.encode()
        end = cell.index(b">")
        tag = cell[:end]
        tag = (
            _ADDRESS.sub(place, tag, count=1)
            if _ADDRESS.search(tag)
            else re.sub(rb"^(<(?:\w+:)?c)", rb"\1 " + place, tag)
        )
        rest = cell[end:]
        if self.prefix:
            tag, rest = (re.sub(rb"<(/?)" + re.escape(self.prefix), rb"<\1", part) for part in (tag, rest))
        if self.layout.moves and b"<f" in rest:
            rest = _SPANNING.sub(lambda m: m[1] + self.layout.span(m[2].decode()).encode() + m[3], rest)
            rest = re.sub(
                rb"(<f(?:\s[^>]*)?>)([^<]*)(</f>)",
                lambda m: m[1] + self.layout.formula(m[2].decode()).encode() + m[3],
                rest,
            )
        return (tag + rest).decode()

    def _moved_tail(self) -> bytes:
        tail = _RANGES.sub(lambda m: m[1] + self.layout.span(m[2].decode()).encode() + m[3], self.tail)
        if self.layout.moves:
            tail = _FORMULAS.sub(lambda m: m[1] + self.layout.formula(m[2].decode()).encode() + m[3], tail)
        return tail

    def _used(self) -> str:
        rows = [self.layout.row(n) for n in self.foreign] + [t.new.bottom for t in self.layout.tables]
        columns = [c for line in self.foreign.values() for c, _ in line] + [t.new.right for t in self.layout.tables]
        return f"A1:{column_letters(max(columns))}{max(rows)}"
