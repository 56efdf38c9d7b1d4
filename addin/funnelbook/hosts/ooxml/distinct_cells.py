"""The cells of a large worksheet part, each distinct one found once: where every cell stands, and what is written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from funnelbook.domain.dtypes import Flags
from funnelbook.hosts.ooxml.workbook import LAST_ROW

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
_PIECE, _LONGEST_ROW = 1 << 22, 1 << 26  # bytes looked at together
_WORD = 8  # bytes
_LONG = 128  # bytes of a cell that is taken for one of its own
_REST_OF_ROW = re.compile(rb"""\"(?:\s+[\w:.-]+="[^"<>]*")*\s*/?>""")
_DATA, _ROW_END, _DATA_END = b"<sheetData>", b"</row>", b"</sheetData>"
_A, _Z, _ZERO, _NINE, _QUOTE, _LESS, _C, _R = b'AZ09"<cr'
_FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


def _word(said: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(said, "little"))


_FIRST_BYTES = np.array([(1 << 8 * n) - 1 for n in range(_WORD)] + [(1 << 64) - 1], dtype=np.uint64)  # masks
_CELL, _ANY_CELL, _ROW, _ANY_ROW, _CLOSE = map(_word, (b'<c r="', b"<c", b'<row r="', b"<row", b"</row>"))
_AFTER_NAME = np.array([_word(end) for end in (b" ", b"/", b">", b"\t", b"\n", b"\r")])


class UnusualError(Exception):
    """The part is written in a way that is not told apart here."""


@dataclass(frozen=True)
class Cells:
    """Where each cell stands: by column (from 1 on) its number in each row from the first on, -1 where there is none.

    `written`: what is written of a cell behind its address, by that number; of the short texts of a column each once.
    """

    columns: dict[int, Codes]
    written: list[bytes]


def cells(chunks: Iterable[bytes], most: int) -> Cells:
    """The Cells of a worksheet part: UTF-8 without prefixes, comments, CDATA sections and instructions.

    UnusualError unless rows and cells begin with their address, those of a row in it, all of them in order; and when they fill a
    rectangle of more than `most` places.
    """
    tags: list[_Texts] = []
    rows: dict[int, list[Places]] = {}
    texts: dict[int, list[_Texts]] = {}
    height = 0
    for piece in _pieces(chunks):
        block = _block(piece)
        if block is None:
            continue
        if block.rows[0] <= height or (np.diff(block.rows) <= 0).any():
            raise UnusualError("rows")
        tags.append(block.tags)
        height = int(block.rows[-1])
        for column, (at, told) in block.columns.items():
            rows.setdefault(column, []).append(at)
            texts.setdefault(column, []).append(told)
        if height * max(rows, default=0) > most:
            raise UnusualError("too many places")
    if not all(map(_REST_OF_ROW.fullmatch, _joined_texts(tags)[1])):
        raise UnusualError("a row")
    columns: dict[int, Codes] = {}
    written: list[bytes] = []
    for column, at in rows.items():
        codes, told = _joined_texts(texts.pop(column))
        columns[column] = np.full(height, -1, dtype=np.int32)
        columns[column][np.concatenate(at) - 1] = codes + len(written)
        written += told
    return Cells(columns, written)


class _Texts(NamedTuple):
    """Texts of a piece. `codes`: which one each is of `distinct` different short ones, which are made of these `words` (the first of
    each, the second of each ...; of a word that all have alike one), and then of the `long` ones, each of which stands by itself.
    """

    codes: Codes
    distinct: int
    words: list[Words]
    long: list[bytes]


class _Block(NamedTuple):
    rows: Places
    tags: _Texts
    columns: dict[int, tuple[Places, _Texts]]  # by column: rows, and what stands in them


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
        end = held.rfind(_ROW_END)
        if (last := held.find(_DATA_END, max(0, end))) >= 0:
            yield held[:last]
            return
        if end >= 0:
            end += len(_ROW_END)
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


def _block(piece: bytes) -> _Block | None:
    if b"\0" in piece:  # with which words are filled up
        raise UnusualError("a zero")
    raw = np.frombuffer(piece + bytes(_LONG + _WORD), dtype=np.uint8)
    words: Words = np.ndarray((len(piece) + _LONG + 1,), dtype="<u8", buffer=raw, strides=(1,))
    places, is_row = _marks(raw, words)
    if not len(places):
        if piece.strip():
            raise UnusualError("no rows")
        return None
    until = np.append(places[1:], len(piece))
    last = np.flatnonzero(np.append(is_row[1:], True))  # of its row
    closed = words[until[last] - len(_ROW_END)] & _FIRST_BYTES[len(_ROW_END)] == _CLOSE
    if not is_row[0] or not (closed | is_row[last]).all():  # an empty row may be closed in its own tag
        raise UnusualError("elements in rows")
    until[last[closed]] -= len(_ROW_END)
    first = np.flatnonzero(is_row)
    rows, at = places[first], places[~is_row]
    number, digits = _whole(words[rows + len(b'<row r="')])
    tags = _texts(piece, words, rows + len(b'<row r="') + digits, until[first])
    of_row = np.repeat(np.arange(len(rows)), np.diff(np.append(first, len(places))) - 1)
    column, letters = _columns(words[at + len(b'<c r="')])
    starts = at + len(b'<c r="') + letters
    told = words[rows + len(b'<row r="')] & _FIRST_BYTES[digits + 1]  # with the quote behind it
    size = digits[of_row] + 1
    if ((words[starts] & _FIRST_BYTES[size]) != told[of_row]).any():
        raise UnusualError("a cell of another row")
    if (np.diff(column)[np.diff(of_row) == 0] <= 0).any():
        raise UnusualError("cells of a row")
    starts, ends, numbers = starts + size, until[~is_row], number[of_row]
    order = np.argsort(column, kind="stable")
    first = np.flatnonzero(np.diff(column[order], prepend=0))
    columns = {
        int(column[here[0]]): (numbers[here], _texts(piece, words, starts[here], ends[here]))
        for here in (np.split(order, first[1:]) if len(order) else ())
    }
    return _Block(number, tags, columns)


def _marks(raw: npt.NDArray[np.uint8], words: Words) -> tuple[Places, Flags]:
    """Where rows and cells begin, and which of these are rows."""
    following = raw[1:-1]
    likely = following == _C
    likely |= following == _R
    likely &= raw[:-2] == _LESS
    places = np.flatnonzero(likely)
    heads = words[places]
    is_row = heads == _ROW
    marked = is_row | (heads & _FIRST_BYTES[6] == _CELL)
    if marked.all():
        return places, is_row
    other = heads[~marked]
    for name, size in ((_ANY_CELL, 2), (_ANY_ROW, 4)):
        alike = other[other & _FIRST_BYTES[size] == name] >> np.uint64(8 * size)
        if len(alike) and np.isin(alike & np.uint64(255), _AFTER_NAME).any():
            raise UnusualError("an element without address")
    return places[marked], is_row[marked]


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


def _columns(words: Words) -> tuple[npt.NDArray[np.int16], Places]:
    """Columns of cells, whose letters the words begin with, and how many letters they have."""
    first, second, third = (((words >> np.uint64(8 * n)) & np.uint64(255)).astype(np.int16) for n in range(3))
    two = second >= _A
    if ((first < _A) | (first > _Z) | (two & ((second > _Z) | (third >= _A)))).any():
        raise UnusualError("a column")
    return np.where(two, (first - _A + 1) * 26 + second - _A + 1, first - _A + 1), 1 + two


def _texts(piece: bytes, words: Words, starts: Places, ends: Places) -> _Texts:
    """What stands in a piece from each start to its end."""
    sizes = ends - starts
    is_long = sizes > _LONG
    if not is_long.any():
        codes, kept, count = _once(_words_of(words, starts, sizes), len(starts))
        return _Texts(codes, count, kept, [])
    long = [piece[start:end] for start, end in zip(starts[is_long].tolist(), ends[is_long].tolist(), strict=True)]
    codes = np.empty(len(sizes), dtype=np.int32)
    codes[~is_long], kept, count = _once(_words_of(words, starts[~is_long], sizes[~is_long]), len(sizes) - len(long))
    codes[is_long] = np.arange(count, count + len(long))
    return _Texts(codes, count, kept, long)


def _words_of(words: Words, starts: Places, sizes: Places) -> list[Words]:
    """Texts of these sizes, a word of each at a time, zeros behind the end; of a word that all have alike one."""
    shortest, parts = int(sizes.min(initial=_LONG)), []
    for k in range(0, int(sizes.max(initial=0)), _WORD):
        part = words[starts + k]
        if k + _WORD > shortest:
            part &= _FIRST_BYTES[np.clip(sizes - k, 0, _WORD)]
        alike = bool(len(part)) and part[0] == part[-1] and bool((part == part[0]).all())
        parts.append(part[:1] if alike or not len(part) else part)
    return parts


def _once(parts: list[Words], size: int) -> tuple[Codes, list[Words], int]:
    """Which of the distinct ones each of so many texts is, those in words, and how many they are."""
    mixed = np.zeros(1, dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * _FACTOR
        mixed ^= mixed >> _SHIFT
    if len(mixed) == 1:  # all alike
        return np.zeros(size, dtype=np.int32), parts, min(size, 1)
    codes, uniques = pd.factorize(mixed)
    first = np.empty(len(uniques), dtype=np.int64)
    first[codes[::-1]] = np.arange(size - 1, -1, -1)
    kept = [part[first] if len(part) > 1 else part for part in parts]
    varied = [(one, part) for one, part in zip(kept, parts, strict=True) if len(part) > 1]
    # mixing takes no two of one word to the same
    if len(varied) > 1 and any((one[codes] != part).any() for one, part in varied):
        raise UnusualError("texts mixed alike")
    return codes.astype(np.int32), kept, len(uniques)


def _joined_texts(pieces: Sequence[_Texts]) -> tuple[Codes, list[bytes]]:
    """Which of the distinct texts of all pieces each is, and those."""
    counts = [told.distinct for told in pieces]
    parts = [
        np.concatenate([np.broadcast_to(part, count) for part, count in zip(of_pieces, counts, strict=True)])
        for of_pieces in zip_longest(*(told.words for told in pieces), fillvalue=np.zeros(1, dtype=np.uint64))
    ]
    number, kept, count = _once(parts, sum(counts))
    texts = _bytes_of(kept, count)
    codes, at = [], 0
    for told in pieces:
        of_piece = np.append(number[at : at + told.distinct], np.arange(len(texts), len(texts) + len(told.long)))
        codes.append(of_piece[told.codes])
        texts += told.long
        at += told.distinct
    return np.concatenate([np.zeros(0, dtype=np.int32), *codes]), texts


def _bytes_of(parts: Sequence[Words], count: int) -> list[bytes]:
    """So many texts of these words."""
    if not count:
        return []
    each = np.stack([np.broadcast_to(part, count) for part in parts], axis=1)
    return each.view(f"S{_WORD * len(parts)}")[:, 0].tolist()
