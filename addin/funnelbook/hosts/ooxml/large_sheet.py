"""A large sheet, read by showing the reader of values what is written in its cells once, however many cells hold the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from python_calamine import CalamineWorkbook

from funnelbook.book.column_grid import ColumnGrid
from funnelbook.book.ports import CellError
from funnelbook.domain.dtypes import Flags, Objects
from funnelbook.hosts.ooxml import distinct_cells
from funnelbook.hosts.ooxml.distinct_cells import Cells, UnusualError
from funnelbook.hosts.ooxml.mended import package
from funnelbook.hosts.ooxml.xmlscan import plain

_WIDE = 256  # cells in a row of those that are shown
_BLANK = b"/>"
_USUAL = re.compile(
    rb'(?: s="\d{1,5}")?(?: t="inlineStr"><is><t(?: xml:space="preserve")?>[^<]*</t></is>'
    rb'|><v>-?\d[\d.eE+-]*</v>| t="s"><v>\d{1,9}</v>)</c>\n'
)
_CELL = re.compile(
    rb'((?: (?:s|t|cm|vm|ph)="\w+")*)(?:\s*/>|>'
    rb"(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v/>|(<is>)(?:<t/>|<t(?: xml:space=\"preserve\")?>[^<]*</t>)</is>)?</c>)"
)
_TEXT, _TEXT_END, _TAGS = re.compile(rb'(?: s="\d{1,5}")? t="inlineStr"><is><t>'), b"</t></is></c>", 5
_NOT_PLAIN = (b"&", b"_x", b"\t", b"\r", b"\n ", b" \n", b"\n\n")  # in texts each on a line of its own
_SHARED = b' t="s"'
_KIND = re.compile(rb' t="(\w+)"')
_PLAIN_KINDS = (b"", b"n", b"b", b"str")


@dataclass(frozen=True)
class Around:
    """What the cells of a workbook are read with: its parts of styles and of shared texts, and whether its days count from 1904."""

    styles: Callable[[], bytes]
    strings: Callable[[], bytes]
    date1904: bool


def read(chunks: Iterable[bytes], around: Around, most: int) -> ColumnGrid:
    """The cells of a worksheet part (UTF-8, no prefixes, comments, CDATA sections, characters by number) as calamine reads them,
    error cells as CellError.

    UnusualError for a part that is not written as programs usually do, and for one of more than `most` places; CalamineError or a
    panic of calamine's for a cell that it does not know.
    """
    found = distinct_cells.cells(chunks, most)
    values, filled = np.full(len(found.written) + 1, None, dtype=object), np.ones(len(found.written) + 1, dtype=bool)
    other = np.ones(len(found.written), dtype=bool)
    for start in range(0, len(other), _WIDE):
        here = slice(start, start + _WIDE)
        if texts := _texts(found.written[here]):
            values[here][: len(texts)], other[here] = texts, False
    told = _Told.of(list(compress(found.written, other)))
    read = np.array([*_values(told, around), None], dtype=object)[:-1]
    for at, error in told.errors.items():
        read[at] = error
    read[read == ""] = None
    values[:-1][other], filled[:-1][other], filled[-1] = read, told.filled, False
    return _within(values, filled, found)


def _texts(written: list[bytes]) -> list[str]:
    """The texts of cells that are all written alike and hold nothing else, none of which reads otherwise than it is written."""
    head = _TEXT.match(written[0])
    said = b"\n".join(written)
    if not head or not said.endswith(_TEXT_END) or said.count(b"<") != _TAGS * len(written):
        return []
    texts = said[head.end() : -len(_TEXT_END)].split(_TEXT_END + b"\n" + head[0])
    lines = b"\n".join([b"", *texts, b""])
    if len(texts) != len(written) or lines.count(b"\n") != len(texts) + 1 or any(mark in lines for mark in _NOT_PLAIN):
        return []
    try:
        return lines[1:-1].decode().split("\n")
    except UnicodeDecodeError:
        return []


def _within(values: Objects, filled: Flags, found: Cells) -> ColumnGrid:
    """The grid up to the last row and column that hold anything."""
    ends = {column: _end(filled[codes]) for column, codes in found.columns.items()}
    height = max(ends.values(), default=0)
    width = max((column for column, end in ends.items() if end), default=0)
    none = np.full(height, -1, dtype=np.int32)
    columns = [found.columns.get(column, none)[:height] for column in range(1, width + 1)]
    return ColumnGrid(values, columns)


def _end(filled: Flags) -> int:
    return len(filled) - int(filled[::-1].argmax()) if filled.any() else 0


@dataclass(frozen=True)
class _Told:
    """What is written in cells, told apart: what calamine is shown of each, which hold anything, and the error cells."""

    shown: list[bytes]
    filled: Flags
    errors: dict[int, CellError]

    @classmethod
    def of(cls, written: list[bytes]) -> _Told:
        """UnusualError when a cell is none of those that programs write."""
        filled, errors = np.ones(len(written), dtype=bool), {}
        for at in _unusual(written):
            found = _CELL.fullmatch(written[at])
            if not found:
                raise UnusualError(written[at])
            said = _KIND.findall(found[1])
            kind, value, inline = said[0] if said else b"", found[2], bool(found[3])
            if len(said) > 1 or (inline and kind != b"inlineStr"):
                raise UnusualError(written[at])
            match kind:
                case b"inlineStr":
                    filled[at] = inline
                    usual = inline or value is None
                case b"s":
                    usual = value is not None and len(value) < 10 and value.isdigit()
                case b"e":
                    usual = bool(value and value.strip())
                    errors[at] = CellError(plain(value or b"").strip())
                case _:
                    filled[at] = bool(value) or (kind == b"str" and value is not None)
                    usual = kind in _PLAIN_KINDS
            if not usual:
                raise UnusualError(written[at])
        shown = [_BLANK if at in errors else text for at, text in enumerate(written)] if errors else written
        return cls(shown, filled, errors)


def _unusual(written: Sequence[bytes]) -> Iterator[int]:
    """Where what is written may be no plain number or text, as most of it is."""
    for start in range(0, len(written), _WIDE):
        some = written[start : start + _WIDE]
        if _USUAL.sub(b"", b"\n".join([*some, b""])):
            yield from range(start, start + len(some))


def _values(told: _Told, around: Around) -> list[object]:
    """What calamine reads, "" for nothing."""
    rows = [
        b"<c".join([b"<row>", *told.shown[start : start + _WIDE]]) + b"</row>"
        for start in range(0, len(told.shown), _WIDE)
    ]
    shared = any(_SHARED in row for row in rows)
    data = package(rows, around.styles(), around.strings() if shared else b"", around.date1904)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    values: list[object] = []
    for line in lines:
        values += line
        values += [""] * (_WIDE - len(line))
    values += [""] * (len(told.shown) - len(values))
    return values[: len(told.shown)]
