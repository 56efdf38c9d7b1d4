"""A file that several names lead to (hard links) is written where it lies, so that they still lead to one file."""

from __future__ import annotations

import os
from itertools import takewhile
from pathlib import Path

_PIECE = 1 << 16


def write_over(file: Path, known: os.stat_result, old: bytes, new: bytes) -> None:
    """Puts `new` where `old` lies; `known` is the file that was looked at. FileExistsError when somebody else saved meanwhile.

    This cannot be done in one step: who calls it has `old` and `new` on the disk, so that `torn` can tell and `end` can mend what
    a process killed in the middle leaves. A write that fails leaves `old`.
    """
    with file.open("r+b", buffering=0) as opened:
        if not os.path.samestat(os.fstat(opened.fileno()), known) or opened.read() != old:
            raise FileExistsError(file)
        try:
            _write(opened.fileno(), new)
        except OSError:
            _write(opened.fileno(), old)
            raise
    if not os.path.samestat(file.stat(), known) or file.read_bytes() != new:
        raise FileExistsError(file)


def torn(file: Path, old: bytes | None, new: bytes) -> bool:
    """Whether a file holds the beginning of `new` and the rest of `old`, as a process killed in `write_over` leaves it."""
    if old is None or not file.exists() or file.stat().st_nlink < 2:
        return False
    data = file.read_bytes()
    if data in (old, new):
        return False
    begun = _common(data, new)
    return data[begun:] == old[begun:] or (begun == len(new) and data.startswith(new))


def end(file: Path, new: bytes) -> None:
    """Ends the writing of a torn file."""
    with file.open("r+b", buffering=0) as opened:
        _write(opened.fileno(), new)


def _write(handle: int, data: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.ftruncate(handle, len(data))
    os.fsync(handle)


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two contents begin with alike."""
    alike = takewhile(lambda at: one[at : at + _PIECE] == other[at : at + _PIECE], range(0, len(one), _PIECE))
    whole = min(sum(_PIECE for _ in alike), len(one), len(other))
    return whole + sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[whole:], other[whole:], strict=False))
    )
