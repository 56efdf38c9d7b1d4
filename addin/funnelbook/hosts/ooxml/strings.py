"""Texts of cells: the shared ones, read only as far as they are asked for, and those in the cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from funnelbook.hosts.ooxml.xmlscan import REST, plain

_END = rb"</(?:[\w.-]+:)?si\s*>"
_ITEM = re.compile(
    rb"<(?:[\w.-]+:)?si(?=[\s/>])%b(?:(?<=/)>|>((?:[^<]++|<(?!/(?:[\w.-]+:)?si[\s>]))*)%b)" % (REST, _END)
)
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?=[\s/>])%b(?:(?<=/)>|>([^<]*)<)" % REST)
_PHONETIC = re.compile(rb"<(?:[\w.-]+:)?rPh(?=[\s/>]).*?</(?:[\w.-]+:)?rPh\s*>", re.DOTALL)
_LONGEST = 1 << 24  # bytes of an item, far more than a cell can show
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class SharedStrings:
    """The texts of a sharedStrings part without comments and CDATA sections, by number.

    IndexError when there are not so many, ValueError when they cannot be told apart.
    """

    def __init__(self, chunks: Callable[[], Iterator[bytes]]) -> None:
        self._chunks = chunks
        self._more: Iterator[bytes] | None = None
        self._rest = b""
        self._items: list[bytes] = []

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        while number >= len(self._items):
            self._read_on(number)
        return rich_text(self._items[number])

    def _read_on(self, number: int) -> None:
        self._more = self._more or self._chunks()
        chunk = next(self._more, None)
        if chunk is None:
            raise IndexError(number)
        data, end = self._rest + chunk, 0
        for found in _ITEM.finditer(data):
            self._items.append(found[1] or b"")
            end = found.end()
        self._rest = data[end:]
        if len(self._rest) > _LONGEST:
            raise ValueError("a shared string without end")


def rich_text(content: bytes) -> str:
    """The text of an <si> or <is> element: its runs one after the other, without how they are pronounced."""
    if b"rPh" in content:
        content = _PHONETIC.sub(b"", content)
    return unescaped("".join(plain(found or b"") for found in _TEXT.findall(content)))


def unescaped(text: str) -> str:
    """A text of a cell with the characters that XML cannot hold."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
