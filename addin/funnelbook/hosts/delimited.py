"""Text files of rows and cells (.csv, .tsv), in the encodings and with the marks that programs write them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from funnelbook.book.ports import BookError

Grid = list[list[object]]
SUFFIXES = {".csv", ".tsv", ".txt"}
_MARKS = ",;\t|"
_LOOKED_AT = 20  # lines from which the mark between cells is told
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how programs keep Excel from taking 007 for a number
_PAIR = re.compile(rb"[\x81-\xfe][\x30-\xfe]")
_CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")  # as Python names it
_COMMON = 0xA1  # second bytes of the characters Chinese is written with; the rare ones of GBK begin lower


def read_csv(path: Path, names: Iterable[str] = ()) -> Grid:
    """Rows of a text file, every cell a text, blanks as None.

    UTF-8 and UTF-16 with or without a mark, GBK and GB18030, Windows-1252; cells between commas, semicolons, tabs or bars.
    Of two encodings the one that spells more of `names` is meant. BookError when there is no such file, or it is no text.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BookError("missing_file", file=path.name) from error
    except OSError as error:
        raise BookError("in_use", file=path.name) from error
    text = decoded(data, path.name, names)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text))
    try:
        return [[_cell(cell) for cell in row] for row in rows]
    except csv.Error as error:
        raise BookError("not_text", file=path.name) from error


def decoded(data: bytes, name: str, names: Iterable[str] = ()) -> str:
    """The text of a file, of two readings that which spells more of `names`. BookError when it is none."""
    likely, *others = (_text(data, encoding) for encoding in _encodings(data))
    if likely is None:  # the others would read it, as something that nobody wrote
        raise BookError("not_text", file=name)
    told = [name for name in names if not name.isascii()]
    readings = (likely, *(text for text in others if text is not None))
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
    return ("gb18030", "cp1252") if _is_chinese(data) else ("cp1252", "gb18030")


def _is_chinese(data: bytes) -> bool:
    """Whether pairs of bytes above ASCII are mostly common Chinese characters; accented letters have a plain one after them."""
    seconds = [pair[1] >= _COMMON for pair in _PAIR.findall(data)]
    return sum(seconds) * 2 >= len(seconds)


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
