"""A workbook opened by each host that needs no program."""

from __future__ import annotations

from pathlib import Path

from funnelbook.book.ports import Book
from funnelbook.hosts.memory import MemoryBook
from funnelbook.hosts.ooxml.host import OoxmlBook


def memory(_folder: Path, data: bytes, sheets: list[str]) -> Book:
    book = MemoryBook()
    book.graft(data, sheets)
    book.write([])
    return book


def ooxml(folder: Path, data: bytes, _sheets: list[str]) -> Book:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return OoxmlBook(path)
