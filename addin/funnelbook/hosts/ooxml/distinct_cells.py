"""The cells of a large worksheet part, each distinct one found once: where every cell stands, and what is written in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from funnelbook.hosts.ooxml.workbook import LAST_ROW

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
_PIECE, _LONGEST_ROW = 1 << 22, 1 << 26  # bytes looked at together
_WORD = 8  # bytes
_ADDED = -2
_LONG = 128  # bytes of a cell that is looked up by itself
_REST_OF_ROW = re.compile(rb"""\"(?:\s+[\w:.-]+="[^"<>]*")*\s*/?>""")
_DATA, _ROW_END, _DATA_END = b"<sheetData>", b"</row>", b"</sheetData>"
_A, _Z, _ZERO, _NINE, _QUOTE, _LESS, _SLASH, _C, _R = b'AZ09"</cr'
_FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


def _word(said: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(said, "little"))


_FIRST_BYTES = np.array([(1 << 8 * n) - 1 for n in range(_WORD)] + [(1 << 64) - 1], dtype=np.uint64)  # masks
_CELL, _ANY_CELL, _ROW, _ANY_ROW, _CLOSE, _ANY_END = map(
    _word, (b'<c r="', b"<c", b'<row r="', b"<row", b"</row>", b"</row")
)
_NO_MARK, _A_CELL, _A_ROW, _AN_END = range(4)
_AFTER_NAME = np.array([_word(end) for end in (b" ", b"/", b">", b"\t", b"\n", b"\r")])


class UnusualError(Exception):
    """The part is written in a way that is not told apart here."""


@dataclass(frozen=True)
class Cells:
    """Where each cell stands: by column (from 1 on) its number in each row from the first on, -1 where there is none.

    `written`: what is written of a cell behind its address, by that number; of texts each once.
    """

    columns: dict[int, Codes]
    written: list[bytes]


def cells(chunks: Iterable[bytes], most: int) -> Cells:
    """The Cells of a worksheet part: UTF-8 without prefixes, comments, CDATA sections and instructions.

    UnusualError unless rows and cells begin with their address, those of a row in it, all of them in order; and when they fill a
    rectangle of more than `most` places.
    """
    written, row_tags = _Numbers(), _Numbers()
    blocks: list[_Block] = []
    height, widest = 0, 0
    for piece in _pieces(chunks):
        block = _block(piece, written, row_tags)
        if not len(block.rows):
            continue
        if block.rows[0] <= height or (np.diff(block.rows) <= 0).any():
            raise UnusualError("rows")
        height, widest = int(block.rows[-1]), max(widest, *block.columns, 0)
        if height * widest > most:
            raise UnusualError("too many places")
        blocks.append(block)
    if not all(map(_REST_OF_ROW.fullmatch, row_tags.texts)):
        raise UnusualError("a row")
    columns: dict[int, Codes] = {}
    for block in blocks:
        for column, (rows, codes) in block.columns.items():
            if column not in columns:
                columns[column] = np.full(height, -1, dtype=np.int32)
            columns[column][rows - 1] = codes
    for codes in columns.values():
        written.settle(codes)
    return Cells(columns, written.texts)


class _Numbers:
    """Texts by number: 0, 1, 2 ... of those that are looked up, -2, -3, -4 ... of the others."""

    def __init__(self) -> None:
        self.known: dict[bytes, int] = defaultdict(count().__next__)
        self._others: list[bytes] = []

    def looked_up(self, texts: Iterable[bytes], size: int) -> Codes:
        return np.fromiter(map(self.known.__getitem__, texts), dtype=np.int32, count=size)

    def added(self, texts: Iterable[bytes], size: int) -> Codes:
        """Numbers of texts that are not looked up: of those that stand nowhere else."""
        first = len(self._others)
        self._others += texts
        return np.arange(_ADDED - first, _ADDED - first - size, -1, dtype=np.int32)

    @property
    def texts(self) -> list[bytes]:
        return [*self.known, *self._others]

    def settle(self, codes: Codes) -> None:
        """Makes places in `texts` of numbers, but for -1."""
        other = codes <= _ADDED
        codes[other] = len(self.known) + _ADDED - codes[other]


class _Block(NamedTuple):
    rows: Places
    columns: dict[int, tuple[Places, Codes]]  # by column: rows, and what stands in them


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The content of the sheetData element, in pieces of whole rows."""
    held, begun = b"", False
    for chunk in _joined(chunks):
        held += chunk
        if not begun:
            at = held.find(_DATA)
            if at < 0:
                raise UnusualError("no sheetData")
            held, begun = held[at + len(_DATA) :], True
        if (end := held.find(_DATA_END)) >= 0:
            yield held[:end]
            return
        end = held.rfind(_ROW_END) + len(_ROW_END)
        if end >= len(_ROW_END):
            yield held[:end]
            held = held[end:]
        elif len(held) > _LONGEST_ROW:
            raise UnusualError("a row")
    raise UnusualError("no end")


def _joined(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same in larger pieces."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _block(piece: bytes, numbers: _Numbers, row_tags: _Numbers) -> _Block:
    raw = np.frombuffer(piece + bytes(_LONG + _WORD), dtype=np.uint8)
    words: Words = np.ndarray((len(piece) + _LONG + 1,), dtype="<u8", buffer=raw, strides=(1,))
    places, kinds = _marks(raw, words)
    if not len(places):
        if piece.strip():
            raise UnusualError("no rows")
        return _Block(np.zeros(0, np.int64), {})
    after, until = np.append(kinds[1:], _NO_MARK), np.append(places[1:], len(piece))
    rows, at = places[kinds == _A_ROW], places[kinds == _A_CELL]
    # a cell is followed by another or by the row's end, a row's end by a row
    wrong = ((kinds == _A_CELL) & (after != _A_CELL) & (after != _AN_END)) | ((kinds == _AN_END) & (after == _A_CELL))
    if (
        wrong.any()
        or kinds[0] != _A_ROW
        or (until - places)[kinds == _AN_END].max(initial=len(_ROW_END)) > len(_ROW_END)
    ):
        raise UnusualError("elements in rows")
    number, digits = _whole(words[rows + len(b'<row r="')])
    open_tags = rows + len(b'<row r="') + digits
    _numbered(piece, words, open_tags, until[kinds == _A_ROW], row_tags)
    of_row = np.cumsum(kinds == _A_ROW)[kinds == _A_CELL] - 1
    column, letters = _columns(words[at + len(b'<c r="')])
    starts = at + len(b'<c r="') + letters
    size = digits[of_row]
    told = words[rows + len(b'<row r="')] & _FIRST_BYTES[digits + 1]  # with the quote behind it
    if ((words[starts] & _FIRST_BYTES[size + 1]) != told[of_row]).any():
        raise UnusualError("a cell of another row")
    if (np.diff(column)[np.diff(of_row) == 0] <= 0).any():
        raise UnusualError("cells of a row")
    starts, ends = starts + size + 1, until[kinds == _A_CELL]
    order = np.argsort(column.astype(np.int16), kind="stable")
    first = np.flatnonzero(np.diff(column[order], prepend=0))
    columns = {}
    for here in np.split(order, first[1:]) if len(order) else ():
        codes = _numbered(piece, words, starts[here], ends[here], numbers)
        columns[int(column[here[0]])] = number[of_row[here]], codes
    return _Block(number, columns)


def _marks(raw: npt.NDArray[np.uint8], words: Words) -> tuple[Places, npt.NDArray[np.int8]]:
    """Where rows and cells begin and rows end, and which of these it is."""
    first, second = raw[1:-1], raw[2:]
    likely = (first == _C) | (first == _R) | ((first == _SLASH) & (second == _R))
    likely &= raw[:-2] == _LESS
    places = np.flatnonzero(likely)
    heads = words[places]
    kinds = np.zeros(len(places), dtype=np.int8)
    kinds[heads & _FIRST_BYTES[6] == _CELL] = _A_CELL
    kinds[heads == _ROW] = _A_ROW
    kinds[heads & _FIRST_BYTES[6] == _CLOSE] = _AN_END
    other = heads[kinds == _NO_MARK]
    for name, size in ((_ANY_CELL, 2), (_ANY_ROW, 4), (_ANY_END, 5)):
        alike = other[other & _FIRST_BYTES[size] == name] >> np.uint64(8 * size)
        if len(alike) and np.isin(alike & np.uint64(255), _AFTER_NAME).any():
            raise UnusualError("an element without address")
    marked = kinds != _NO_MARK
    return places[marked], kinds[marked]


def _whole(words: Words) -> tuple[Places, Places]:
    """Whole numbers that stand before a quote, and how many digits they have."""
    found, digits = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
    going = np.ones(len(words), dtype=bool)
    for n in range(_WORD):
        byte = ((words >> np.uint64(8 * n)) & np.uint64(255)).astype(np.int64)
        ended = going & (byte == _QUOTE)
        digits[ended] = n
        going &= ~ended
        if (going & ((byte < _ZERO) | (byte > _NINE))).any():
            raise UnusualError("a row's number")
        found = np.where(going, found * 10 + byte - _ZERO, found)
    if going.any() or (found < 1).any() or (found > LAST_ROW).any():
        raise UnusualError("a row's number")
    return found, digits


def _columns(words: Words) -> tuple[Places, Places]:
    """Columns of cells, whose letters the words begin with, and how many letters they have."""
    first, second, third = (((words >> np.uint64(8 * n)) & np.uint64(255)).astype(np.int64) for n in range(3))
    two = second >= _A
    if ((first < _A) | (first > _Z) | (two & ((second > _Z) | (third >= _A)))).any():
        raise UnusualError("a column")
    return np.where(two, (first - _A + 1) * 26 + second - _A + 1, first - _A + 1), 1 + two


def _numbered(piece: bytes, words: Words, starts: Places, ends: Places, numbers: _Numbers) -> Codes:
    """The number of each text."""
    sizes = ends - starts
    long = sizes > _LONG
    parts = list(_parts(words, starts, sizes, int(sizes[~long].max(initial=0))))
    mixed = sizes.astype(np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * _FACTOR
        mixed ^= mixed >> _SHIFT
    mixed[long] = starts[long]  # each by itself
    codes, uniques = pd.factorize(mixed)
    every = np.arange(len(starts))
    first = np.zeros(len(uniques), dtype=np.int64)
    first[codes[::-1]] = every[::-1]
    of = first[codes]
    if any((part[of] != part).any() for part in [sizes, *parts]):
        raise UnusualError("texts mixed alike")
    texts = map(piece.__getitem__, map(slice, starts[first].tolist(), ends[first].tolist()))
    if (
        2 * len(first) > len(starts) > 1 and b' t="' not in piece[starts[0] : ends[0]]
    ):  # numbers, most of them by themselves
        return numbers.added(texts, len(first))[codes]
    return numbers.looked_up(texts, len(first))[codes]


def _parts(words: Words, starts: Places, sizes: Places, longest: int) -> Iterator[Words]:
    """The first `longest` bytes of texts of these sizes, a word of each at a time."""
    shortest = int(sizes.min(initial=0))
    for k in range(0, longest, _WORD):
        part = words[starts + k]
        yield part if k + _WORD <= shortest else part & _FIRST_BYTES[np.clip(sizes - k, 0, _WORD)]
