"""What was worked out from a workbook and takes long to work out again, kept with its versions: never missed when it is gone."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from funnelbook.files import versions
from funnelbook.files.write import stage

_CHECKSUM, _LARGEST = hashlib.sha256().digest_size, 1 << 29  # bytes
_SUFFIX = ".columns"


def read(file: Path, key: str) -> bytes | None:
    """What is kept of a file by a key of 64 hexadecimal digits; None when there is none, or it is not what was kept."""
    for folder in versions.places(file):
        with suppress(OSError):
            path = folder / _name(file, key)
            known = path.lstat()
            if stat.S_ISREG(known.st_mode) and known.st_size <= _LARGEST:
                data = path.read_bytes()
                if data[:_CHECKSUM] == _checksum(key, memoryview(data)[_CHECKSUM:]):
                    return data[_CHECKSUM:]
    return None


def keep(file: Path, keys: Collection[str], made: Mapping[str, Callable[[], bytes | None]]) -> None:
    """Keeps of a file what is `made` by a key, unless that is None, and what is kept by one of the `keys`, nothing else; as far as
    the disk takes it.
    """
    with suppress(OSError):
        still = {_name(file, key) for key in keys}
        for path in [path for folder in versions.places(file) for path in _kept(folder, file)]:
            if path.name not in still:
                path.unlink(missing_ok=True)
        for key, make in made.items():
            if (data := make()) is not None:
                folder, prefix = versions.made_place(file), versions.half_written(file)
                staged = stage(folder, _checksum(key, data) + data, prefix=prefix, synced=False)
                os.replace(staged, folder / _name(file, key))


def _checksum(key: str, data: bytes | memoryview) -> bytes:
    """A checksum of what is kept, and by which key."""
    found = hashlib.sha256(key.encode())
    found.update(data)
    return found.digest()


def _name(file: Path, key: str) -> str:
    return f"{versions.stem_of(file)}-{key}{file.suffix}{_SUFFIX}"


def _kept(folder: Path, file: Path) -> Iterator[Path]:
    named = re.compile("[0-9a-f]{64}".join(map(re.escape, _name(file, "\0").split("\0"))))
    return (path for path in folder.iterdir() if named.fullmatch(path.name))
