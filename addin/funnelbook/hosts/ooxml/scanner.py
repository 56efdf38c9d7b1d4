"""The one reader of a worksheet part's rows and cells: where they stand, whichever way XML allows them to be written."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from funnelbook.book.column_letters import column_letters, column_number
from funnelbook.book.ports import Area
from funnelbook.hosts.ooxml import own_rows
from funnelbook.hosts.ooxml.workbook import LAST_ROW
from funnelbook.hosts.ooxml.xmlscan import REST, attributes, escape_attribute, escape_text, masked, plain

_MAIN = rb"http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main"
_BOUND = re.compile(rb"""xmlns(?::([\w.-]+))?\s*=\s*["']%b["']""" % _MAIN)
_DATA = re.compile(rb"<(?:([\w.-]+):)?sheetData(?=[\s/>])%b>" % REST)
_FORMULA, _VALUE = (re.compile(rb"<((?:[\w.-]+:)?%b)(?=[\s/>])(%b)>" % (name, REST)) for name in (b"f", b"(?:v|is)"))
LAST_COLUMN = 16_384
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]+)")


class Span(NamedTuple):
    """Where an element stands: its start tag, its content, the content's end, and its own end."""

    start: int
    first: int
    last: int
    end: int


class Formula(NamedTuple):
    tag: bytes  # its start tag, attributes in double quotes
    text: bytes  # escaped


@dataclass(frozen=True)
class Cell:
    """A cell of the part: its offsets and XML."""

    start: int
    end: int
    xml: bytes

    @cached_property
    def tag(self) -> bytes:
        """Its start tag."""
        return self.xml[: _open_end(self.xml)]

    @cached_property
    def attributes(self) -> dict[str, str]:
        return attributes(self.tag)

    @property
    def style(self) -> int:
        """The number of its format."""
        said = self.attributes.get("s", "")
        return int(said) if said.isdecimal() else 0

    @property
    def filled(self) -> bool:
        """Whether it holds a value or a formula."""
        return bool(self.formula_place or self.value_place)

    @cached_property
    def formula(self) -> Formula | None:
        """Its formula."""
        if self.formula_place is None:
            return None
        start, first, last, _ = self.formula_place
        said = "".join(f' {k}="{escape_attribute(v)}"' for k, v in attributes(self.xml[start:first]).items())
        return Formula(f"<f{said}>".encode(), escape_text(plain(self.xml[first:last])).encode())

    @cached_property
    def formula_place(self) -> Span | None:
        """Where its formula stands in `xml`."""
        return _element(masked(self.xml), _FORMULA)

    @cached_property
    def value_place(self) -> Span | None:
        """Where its value stands in `xml`."""
        return _element(masked(self.xml), _VALUE)


class Line(NamedTuple):
    """A row of the part: its number, the offsets of its start tag, and where the tag ends."""

    number: int
    start: int
    open_end: int


class _Patterns(NamedTuple):
    row: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    formula: re.Pattern[bytes]


class SheetData:
    """The rows and cells of a worksheet part (UTF-8); `start` and `end` are the offsets of its sheetData element.

    With `until`, the part may be cut off anywhere, and rows are read up to the first beyond that number; `complete` tells
    whether it went so far. Of `bodies`, blocks of cells one below the other, those in whose rows nothing else and no formula
    stands are `own`: of such rows only the first is among `rows`. ValueError when there is no sheetData, or an address in it is none.
    """

    def __init__(self, xml: bytes, until: int | None = None, bodies: Sequence[Area] = ()) -> None:
        self.xml, self._until = xml, until
        self._shape = masked(xml)
        opening = _DATA.search(self._shape)
        if not opening:
            raise ValueError("no sheetData")
        self.prefix = (opening[1] or b"").decode()
        self.tag, self.empty = opening[0], opening[0].endswith(b"/>")
        self.start, self.open_end = opening.span()
        name = b"</%bsheetData" % self.prefixing
        self.close = self.open_end if self.empty else self._shape.find(name, self.open_end)
        self.complete = self.close >= 0
        if not self.complete:
            if until is None:
                raise ValueError("sheetData without end")
            self.close = len(self._shape)
        self.end = self.open_end if self.empty else self._shape.find(b">", self.close) + 1
        prefixes = {self.prefix.encode(), *(found or b"" for found in _BOUND.findall(self._shape))}
        self._prefixes = tuple(sorted(prefixes))
        self._patterns = _patterns(self._prefixes)
        self.own = dict(self._owned(bodies)) if self._shape is xml and self._prefixes == (b"",) else {}
        self.rows = list(self._found_rows())
        if until is not None:
            self._leave_out_the_last(until)
        self.numbers = [row.number for row in self.rows]
        self._starts = [row.start for row in self.rows]
        self._cells: dict[int, dict[int, Cell]] = {}

    @property
    def prefixing(self) -> bytes:
        """What stands before the names of its elements."""
        return self.prefix.encode() + b":" if self.prefix else b""

    @cached_property
    def ascending(self) -> bool:
        """Whether each row stands below the one before, as it must."""
        return all(one < other for one, other in zip(self.numbers, self.numbers[1:], strict=False))

    @property
    def odd(self) -> bool:
        """Whether texts may be broken by comments, or written as CDATA sections or character by number."""
        return self._shape is not self.xml or b"&#" in self.xml

    def at(self, number: int) -> int | None:
        """Which of `rows` has a number."""
        return self._places.get(number)

    def line(self, number: int) -> dict[int, Cell]:
        """The cells of a row by column."""
        if number not in self._cells:
            at = self.at(number)
            self._cells[number] = {} if at is None else dict(self.cells(at))
        return self._cells[number]

    def body(self, at: int) -> tuple[int, int]:
        """Where the cells of one of `rows` begin and end."""
        open_end = self.rows[at].open_end
        if self.xml[open_end - 2 : open_end] == b"/>":
            return open_end, open_end
        following = self._starts[at + 1] if at + 1 < len(self.rows) else self.close
        return open_end, self._shape.rindex(b"</", open_end, following)

    def cells(self, at: int) -> Iterator[tuple[int, Cell]]:
        """Column and cell, in order, of one of `rows`; those without an address follow the one before."""
        number, column = self.rows[at].number, 0
        for found in self._patterns.cell.finditer(self._shape, *self.body(at)):
            if found[1] is None:
                said = attributes(found[0][: _open_end(found[0])]).get("r")
                place = _ADDRESS.fullmatch(said.strip()) if said else None
                if said and not place:
                    raise ValueError(f"{said!r} is no cell")
                letters, row = (place[1].upper(), int(place[2])) if place else ("", number)
            else:
                letters, row = found[1].decode(), int(found[2])
            if row != number:
                raise ValueError(f"cell {letters}{row} in row {number}")
            column = column_number(letters) if letters else column + 1
            if column > LAST_COLUMN:
                raise ValueError(f"row {number} has more cells than a sheet has columns")
            start, end = found.span()
            yield column, Cell(start, end, self.xml[start:end])

    def beside(self, area: Area) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and cell of what stands in the rows of an area, but not in its columns; the rest is not walked."""
        for number, column, cell in self._suspects(_elsewhere(self._prefixes, area.left, area.right), area):
            if not area.left <= column <= area.right:
                yield number, column, cell

    def formula_starts(self) -> Iterator[int]:
        """Where the start tags of formulas begin."""
        return (found.start() for found in self._patterns.formula.finditer(self._shape, self.open_end, self.close))

    def formulas(self, area: Area) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and cell of each formula in an area."""
        for number, column, cell in self._suspects(self._patterns.formula, area):
            if area.left <= column <= area.right and cell.formula_place:
                yield number, column, cell

    def holding(self, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and cell of every cell of the rows in which a pattern is found."""
        return self._walked(pattern, self.xml, self.open_end, self.close)

    def _suspects(self, pattern: re.Pattern[bytes], area: Area) -> Iterator[tuple[int, int, Cell]]:
        if self.ascending:
            first, last = bisect_left(self.numbers, area.top), bisect_right(self.numbers, area.bottom)
            if first < last:
                end = self._starts[last] if last < len(self.rows) else self.close
                yield from self._walked(pattern, self._shape, self._starts[first], end)
            return
        for at, row in enumerate(self.rows):
            if area.top <= row.number <= area.bottom:
                yield from ((row.number, column, cell) for column, cell in self.cells(at))

    def _walked(
        self, pattern: re.Pattern[bytes], within: bytes, start: int, end: int
    ) -> Iterator[tuple[int, int, Cell]]:
        while found := pattern.search(within, start, end):
            at = bisect_right(self._starts, found.start()) - 1
            if at >= 0:
                number = self.rows[at].number
                yield from ((number, column, cell) for column, cell in self.cells(at))
            start = self._starts[at + 1] if at + 1 < len(self.rows) else end

    def _owned(self, bodies: Sequence[Area]) -> Iterator[tuple[Area, tuple[int, int]]]:
        for body, span in own_rows.spans(self.xml, self.open_end, self.close, bodies).items():
            other = _elsewhere(self._prefixes, body.left, body.right)
            if not other.search(self.xml, *span) and not self._patterns.formula.search(self.xml, *span):
                yield body, span

    def _row_tags(self) -> Iterator[re.Match[bytes]]:
        """The start tags of rows, of own ones only the first."""
        at = self.open_end
        for first, close in self.own.values():
            yield from self._patterns.row.finditer(self._shape, at, first)
            yield from filter(None, [self._patterns.row.match(self._shape, first)])
            at = close
        yield from self._patterns.row.finditer(self._shape, at, self.close)

    def _found_rows(self) -> Iterator[Line]:
        number = 0
        for count, found in enumerate(self._row_tags()):
            said = found[1] or attributes(found[0]).get("r")
            number = int(said) if said else number + 1
            if not 0 < number <= LAST_ROW or count >= LAST_ROW:
                raise ValueError(f"row {number}")
            yield Line(number, *found.span())
            if self._until is not None and number > self._until:
                return

    def _leave_out_the_last(self, until: int) -> None:
        if self.rows and self.rows[-1].number > until:
            self.complete, self.close = True, self.rows.pop().start
        elif self.rows and not self.complete:  # it may go on
            self.close = self.rows.pop().start

    @cached_property
    def _places(self) -> dict[int, int]:
        return {number: at for at, number in enumerate(self.numbers)}


def _element(shape: bytes, opening: re.Pattern[bytes]) -> Span | None:
    found = opening.search(shape)
    if not found:
        return None
    if found[2].endswith(b"/"):
        return Span(found.start(), found.end(), found.end(), found.end())
    close = shape.index(b"</" + found[1], found.end())
    return Span(found.start(), found.end(), close, shape.index(b">", close) + 1)


def _open_end(xml: bytes) -> int:
    """Where the start tag ends that `xml` begins with."""
    found = _TAG.match(xml)
    if found is None:
        raise ValueError(xml)
    return found.end()


def tag_name(tag: bytes) -> bytes:
    """The name of an element, its prefix included, from its start tag."""
    return _AFTER_NAME.split(tag, maxsplit=1)[0][1:]


_TAG = re.compile(rb"<[^\s/>]+%b>" % REST)
_AFTER_NAME = re.compile(rb"[\s/>]")


@cache
def _patterns(prefixes: tuple[bytes, ...]) -> _Patterns:
    p = _prefix_pattern(prefixes)
    row = rb'<%brow(?=[\s/>])(?: r="(\d+)")?%b>' % (p, REST)
    content = rb"(?:[^<]++|<(?!/%bc[\s>]))*</%bc\s*>" % (p, p)
    cell = rb'<%bc(?=[\s/>])(?: r="([A-Z]{1,3})(\d+)"(?=[\s/>]))?%b(?:(?<=/)>|>%b)' % (p, REST, content)
    return _Patterns(re.compile(row), re.compile(cell), re.compile(rb"<%bf(?=[\s/>])" % p))


def _prefix_pattern(prefixes: tuple[bytes, ...]) -> bytes:
    names = [re.escape(prefix + b":") if prefix else b"" for prefix in prefixes]
    return names[0] if len(names) == 1 else b"(?:%b)" % b"|".join(names)


@lru_cache(maxsize=256)
def _elsewhere(prefixes: tuple[bytes, ...], left: int, right: int) -> re.Pattern[bytes]:
    """A cell that does not say in the usual way that it stands in these columns."""
    here = "|".join(column_letters(column) for column in range(left, right + 1)).encode()
    return re.compile(rb'<%bc(?=[\s/>])(?! r="(?:%b)\d)' % (_prefix_pattern(prefixes), here))
