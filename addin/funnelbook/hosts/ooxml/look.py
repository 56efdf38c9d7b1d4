"""What a member of a package holds, seen while it is unpacked to be verified: cheap tests that say where care is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from funnelbook.book.column_letters import column_letters, column_number

FORMULA_MARK = b"FB_"
REFERRING = (b"!", b"sheet=")  # one of them stands where a sheet is referred to by name
_START = 4096  # bytes that hold the root element of what we read
_LONGEST_TEXT = 1 << 22  # a piece ends where a tag begins, but for texts longer than this
_SHARED, _LONGEST_SHARED = b't="s"', 64  # a cell of a shared string, and its text from there on
_NUMBERED = re.compile(rb"&#(?!(?:9|10|13|x[9aAdD]);)")  # a character by its number, but for white space
_UNTOLD = re.compile(rb't="s"[^<>]*>(?!<(?:[\w.-]+:)?v>\d{1,9}</)')
_USUAL_COLUMNS, _USUAL_ROWS = 52, 99_999  # up to AZ99999
_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s/>]")


@dataclass(frozen=True)
class Extent:
    """How far the cells of a sheet reach from A1, and how many there are."""

    rows: int
    columns: int
    cells: int


class Look:
    """An XML member fed piece by piece. Nothing it says about a worksheet is missed; some of it may be untrue."""

    def __init__(self) -> None:
        self.in_utf16 = False
        self.odd = False  # comments, CDATA sections, instructions or characters by number, which some readers misread
        self.with_formulas = False  # a worksheet that holds FB_ formulas
        self.refers = False  # a worksheet that may name another sheet
        self.sheet: re.Match[bytes] | None = None
        self._carried: bytes | None = None
        self._ours = False

    @property
    def prefix(self) -> bytes:
        return (self.sheet[1] or b"") if self.sheet else b""

    def feed(self, chunk: bytes) -> None:
        if self._carried is None:
            self._begin(chunk[:_START])
            chunk = chunk.removeprefix(b"\xef\xbb\xbf")
            self._carried = chunk[:1]  # what a declaration begins with is no instruction
            chunk = chunk[1:]
        if self._ours:
            piece = self._carried + chunk
            end = _end(piece)
            self._see(piece, end)
            self._carried = piece[end:]

    def close(self) -> None:
        if self._ours and self._carried:
            self._see(self._carried, len(self._carried))

    def _begin(self, start: bytes) -> None:
        self.in_utf16 = b"\x00" in start[:4]
        start = start.replace(b"\x00", b"")
        self.sheet = _ROOT.search(start)
        # a namespace may be written with characters by number, in which its words are not seen
        self._ours = bool(self.sheet) or b"spreadsheetml" in start or b"relationships" in start
        if self.sheet and self.in_utf16:
            self.refers = self.with_formulas = True

    def _see(self, piece: bytes, end: int) -> None:
        """What the piece holds up to its `end`. One byte is looked for before several, which is ten times as fast where it is rare;
        where it is not, from behind, in less than half the time.
        """
        instruction = piece.find(b"?", 0, end) >= 0 and piece.find(b"<?", 1, end) >= 0
        declared = piece.find(b"!", 0, end) >= 0 and piece.find(b"<!", 0, end) >= 0
        if instruction or declared or (piece.find(b"&", 0, end) >= 0 and _NUMBERED.search(piece, 0, end)):
            self.odd = True
        if not self.sheet:
            return
        if self.odd:  # which may hide anything
            self.refers = self.with_formulas = True
        self.refers = self.refers or any(piece.rfind(mark, 0, end) >= 0 for mark in REFERRING)
        self.with_formulas = self.with_formulas or (
            piece.find(b"_", 0, end) >= 0 and piece.find(FORMULA_MARK, 0, end) >= 0
        )


class Reach:
    """How far the cells of a worksheet part reach, and what they hold, as far as that needs no reading of them."""

    def __init__(self, look: Look, chunks: Iterable[bytes]) -> None:
        """`look`: what was seen of the part before, `chunks` its content."""
        self.prefix = look.prefix
        hidden = bool(look.sheet) and (look.odd or look.in_utf16)  # which may hide anything
        self.with_errors = hidden  # error cells
        self.columns, self.rows = 0, _USUAL_ROWS  # beyond which no cell stands, rows rounded up
        self.unusual = hidden  # cells that may stand anywhere, as their addresses are not read
        self.strange = False  # a shared string by no number, which some readers take for the first
        for piece in _pieces(chunks) if look.sheet else ():
            self._see(piece)

    @property
    def sprawls(self) -> bool:
        """Whether there may be cells beyond AZ99999."""
        return self.unusual or self.columns > _USUAL_COLUMNS or self.rows > _USUAL_ROWS

    def _see(self, piece: bytes) -> None:
        self.with_errors = self.with_errors or b'"e"' in piece or (b"'" in piece and b"'e'" in piece)
        self.strange = self.strange or bool(_UNTOLD.search(piece))
        at = 0
        while not self.unusual and (far := _beyond(self.prefix, self.columns, self.rows).search(piece, at)):
            at = far.start()
            self._reach(_addresses(self.prefix).match(piece, at))

    def _reach(self, found: re.Match[bytes] | None) -> None:
        if not found or found[2].startswith(b"0"):
            self.unusual = True
            return
        row = int(found[2])
        self.columns = max(self.columns, column_number(found[1].decode()))
        if row > self.rows:  # rounded up to its first two digits, so that it is seldom raised
            unit = 10 ** (len(found[2]) - 2)
            self.rows = (row // unit + 1) * unit - 1


def extent(chunks: Iterable[bytes], prefix: bytes) -> Extent | None:
    """The extent of a worksheet part; None where addresses are not written the usual way."""
    rows = columns = cells = 0
    for piece in _pieces(chunks):
        found = _addresses(prefix).findall(piece)
        if len(found) != len(_any(prefix).findall(piece)):
            return None
        if found:
            columns = max(columns, *(column_number(letters.decode()) for letters in {a for a, _ in found}))
            rows = max(rows, *(int(number) for number in {n for _, n in found}))
            cells += len(found)
    return Extent(rows, columns, cells)


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    carried = b""
    for chunk in chunks:
        piece, carried = _cut(carried + chunk)
        yield piece
    yield carried


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """What can be looked at already, and what is looked at with what follows."""
    at = _end(data)
    return data[:at], data[at:]


def _end(data: bytes) -> int:
    """Up to where a piece can be looked at already: up to the tag that more may follow to, or the cell whose shared string may follow."""
    at = data.rfind(b"<")
    shared = data.rfind(_SHARED, max(0, len(data) - _LONGEST_SHARED))
    if shared >= 0:
        at = data.rfind(b"<", 0, shared)
    return at if at >= 0 and len(data) - at < _LONGEST_TEXT else len(data)


@cache
def _beyond(prefix: bytes, columns: int, rows: int) -> re.Pattern[bytes]:
    """A cell beyond so many columns and rows, or without an address in the usual place."""
    if not columns:
        return _any(prefix)
    near = f' r="(?:{_up_to(column_letters(columns), "A", "Z")})(?:{_up_to(str(rows), "0", "9")})"'
    return re.compile(rb"<%bc(?!%b)(?=[\s/>])" % (_named(prefix), near.encode()))


def _up_to(last: str, low: str, high: str) -> str:
    """A pattern of what is shorter than `last`, or as long and not after it, written in symbols from `low` to `high`."""
    told = last.rstrip(high)  # in the places after it any symbol will do
    kinds = []
    for at, symbol in enumerate(told):
        top = symbol if at == len(told) - 1 else chr(ord(symbol) - 1)
        if top >= low:
            kinds.append(f"{told[:at]}[{low}-{top}]" + f"[{low}-{high}]" * (len(last) - at - 1))
    shorter = len(last) - bool(told)
    return "|".join([*kinds, *[f"[{low}-{high}]{{1,{shorter}}}"] * bool(shorter)])


@cache
def _addresses(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb'<%bc r="([A-Z]{1,3})(\d{1,7})"' % _named(prefix))


@cache
def _any(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%bc(?=[\s/>])" % _named(prefix))


def _named(prefix: bytes) -> bytes:
    return re.escape(prefix + b":") if prefix else b""
