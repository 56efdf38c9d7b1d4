"""The cells of large sheets as they were read before, kept with the versions of a workbook: a sheet that is stored as it was then
is not read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from funnelbook import __version__
from funnelbook.book.column_grid import ColumnGrid
from funnelbook.files import derived
from funnelbook.hosts.ooxml.member import Member
from funnelbook.hosts.ooxml.packed_columns import packed, unpacked

FORMAT = 1  # to be raised when the same sheet is read or kept otherwise
LEAST = 1 << 24  # bytes unpacked of a sheet: smaller ones are read in a fraction of a second


class KnownColumns:
    """The cells of sheets by what they were read from: those seen in this process, and those kept beside the file, if there is one."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._seen: dict[str, ColumnGrid] = {}
        self._new: set[str] = set()

    def grid(self, key: str, read: Callable[[], ColumnGrid]) -> ColumnGrid:
        """The cells that are known by a key, else those `read` now."""
        if key not in self._seen:
            data = derived.read(self._file, key) if self._file else None
            if data is None:
                self._seen[key] = read()
                self._new.add(key)
            else:
                self._seen[key] = unpacked(data)
        return self._seen[key]

    def keep(self, keys: Collection[str]) -> None:
        """Keeps beside the file the cells known by these keys, and no others of it."""
        self._seen = {key: grid for key, grid in self._seen.items() if key in keys}
        if self._file:
            made = {key: partial(packed, grid) for key, grid in self._seen.items() if key in self._new}
            derived.keep(self._file, keys, made)
        self._new.clear()


def key_of(members: Iterable[Member | None], date1904: bool) -> str:
    """What tells the cells of a sheet from all others: a checksum (SHA-256) of the members they are read from as those are stored,
    and of what reads them. It says more than the 32 bits by which a zip checks a member, which two sheets may have in common.
    """
    found = hashlib.sha256(repr((FORMAT, __version__, version("python-calamine"), date1904)).encode())
    for member in members:
        found.update(repr(member and (member.method, len(member.raw))).encode())
        found.update(member.raw if member else b"")
    return found.hexdigest()
