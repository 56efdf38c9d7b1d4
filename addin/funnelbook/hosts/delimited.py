"""Text files of rows and cells (.csv, .tsv), in the encodings and with the marks that programs write them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path

from charset_normalizer import from_bytes

from funnelbook.book.ports import BookError

Grid = list[list[object]]


class Lines(list[list[object]]):
    """The rows of a text file; `cut`: the one it breaks off in, counted from 1, 0 where it does not; `unended`: the last one, where
    it has no line end though its cells are all there."""

    cut = unended = 0


SUFFIXES = {".csv", ".tsv", ".txt"}
_MARKS = ",;\t|"
_LARGEST, _MOST_CELLS = 512 << 20, 60_000_000  # bytes; more is no log of a team
_LOOKED_AT = 20  # lines from which the mark between cells is told
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how programs keep Excel from taking 007 for a number
_LEGACY = ("gb18030", "cp1252", "big5")  # of equally likely ones the first
_TELLING = re.compile(
    rb"[^,;\t\r\n]*[\x80-\xff][^,;\t\r\n]*"
)  # a cell with more than ASCII; no letter has one of these marks in it
_UNFIT = (1.0, 0.0)
_DOUBT = {"big5": 0.1}  # a few names in GB18030 often look like it too
_CELLS_LOOKED_AT, _SOUND = 10_000, 0.9
_CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")  # as Python names it


def read_csv(path: Path, names: Iterable[str] = ()) -> Lines:
    """Rows of a text file, every cell a text, blanks as None.

    UTF-8 and UTF-16 with or without a mark, GBK and GB18030, Big5, Windows-1252; cells between commas, semicolons, tabs or bars.
    Of two encodings the one that spells more of `names` is meant. Of a last line that is cut off the cell it breaks off in is blank.
    BookError when there is no such file, it is no text, too large to be a list or a log, or a cell of it is.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except FileNotFoundError as error:
        raise BookError("missing_file", file=path.name) from error
    except OSError as error:
        raise BookError("in_use", file=path.name) from error
    text = decoded(data, path.name, names) if data is not None else ""
    mark = _mark(text)
    if data is None or text.count(mark) + text.count("\n") > _MOST_CELLS:
        raise BookError("text_too_large", file=path.name, size=_LARGEST >> 20)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    if text.count('"') % 2:  # one that is never closed would swallow all lines below it
        rows = chain.from_iterable(map(partial(_alone, mark=mark), text.splitlines()))
    grid = Lines()
    try:
        for row in rows:
            grid.append([_cell(cell) for cell in row])
    except csv.Error as error:
        raise BookError("cell_unending", file=path.name, row=len(grid) + 1, most=csv.field_size_limit()) from error
    if not text.endswith(("\n", "\r")) and len(grid) > 2 and len(grid[-3]) == len(grid[-2]) >= len(grid[-1]):
        if len(grid[-1]) < len(grid[-2]) or _begins_another(grid):
            grid[-1][-1] = None  # cut off in the middle of a cell, which would be read as something else
            grid.cut = len(grid)
        elif grid[-1][-1] is not None:
            grid.unended = len(grid)
    return grid


def _begins_another(grid: Grid) -> bool:
    """Whether the last cell of a text is the beginning of a word that stands above it, and no word of its own: Answ of Answered."""
    last = str(grid[-1][-1])
    above = {row[-1] for row in grid[1:-1] if row and isinstance(row[-1], str)}
    return last.isalpha() and last not in above and any(word.startswith(last) for word in above)


def unended_in(grid: Grid) -> int:
    """The last row of a grid of a text that has no line end, counted from 1, so that its last cell may be cut off; else 0."""
    return grid.unended if isinstance(grid, Lines) else 0


def cut_in(grid: Grid) -> int:
    """The row that the file of a grid breaks off in, counted from 1; 0 where it does not, or is no text."""
    return grid.cut if isinstance(grid, Lines) else 0


def decoded(data: bytes, name: str, names: Iterable[str] = ()) -> str:
    """The text of a file, of two readings that which spells more of `names`. BookError when it is none."""
    first, *others = _encodings(data)
    likely = _text(data, first)
    if likely is None:  # the others would read it, as something that nobody wrote
        raise BookError("not_text", file=name)
    told = [name for name in names if not name.isascii()]
    if not told:
        return likely
    readings = (likely, *(text for encoding in others if (text := _text(data, encoding)) is not None))
    return max(readings, key=lambda text: sum(name in text for name in told))  # of equals the first


def _text(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.reason not in _CUT_OFF or not error.start:
            return None
        text = data[: error.start].decode(encoding)  # cut off in the middle of its last letter
    return None if "\x00" in text else text


def _encodings(data: bytes) -> tuple[str, ...]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    halves = data[0::2].count(0), data[1::2].count(0)
    if max(halves) > len(data) // 8:  # every second byte of Latin text in UTF-16 is zero
        return ("utf-16-be",) if halves[0] > halves[1] else ("utf-16-le",)
    if _text(data, "utf-8-sig") is not None:
        return ("utf-8-sig",)
    return _likely(data)


def _likely(data: bytes) -> tuple[str, ...]:
    """The encodings from before Unicode, the likeliest first, by the cells that tell: plain English around them would say Western."""
    cells = [match[0] for match in islice(_TELLING.finditer(data), _CELLS_LOOKED_AT)]
    cells = cells[:-1] if len(cells) > 1 and not data.endswith(b"\n") else cells  # the last may be cut off
    sound = list(filter(_is_chinese, cells))
    told = sound if len(sound) > _SOUND * len(cells) else cells  # a broken letter or two make no other language of it
    found = from_bytes(
        b"\n".join(dict.fromkeys(told)), cp_isolation=list(_LEGACY), preemptive_behaviour=False, enable_fallback=False
    )
    fit = {match.encoding: (match.chaos + _DOUBT.get(match.encoding, 0.0), -match.coherence) for match in found}
    return tuple(sorted(_LEGACY, key=lambda encoding: fit.get(encoding, _UNFIT)))


def _is_chinese(cell: bytes) -> bool:
    """Whether a cell can be GB18030."""
    try:
        cell.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _alone(line: str, mark: str) -> Iterator[list[str]]:
    """The cells of a line that goes on nowhere; a quote without its other half is left out."""
    return csv.reader([line if line.count('"') % 2 == 0 else line.replace('"', "")], delimiter=mark)


def _mark(text: str) -> str:
    """The mark that stands equally often in most of the first lines; a title line above has none."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]

    def agreement(mark: str) -> tuple[int, int]:
        counts = Counter(found for line in lines if (found := line.count(mark)))
        often = max(counts, key=lambda count: (counts[count], count), default=0)
        return counts[often], often

    return max(_MARKS, key=agreement)


def _cell(text: str) -> str | None:
    said = text.strip()
    quoted = _EXCEL_TEXT.fullmatch(said)
    return (quoted[1] if quoted else said) or None
