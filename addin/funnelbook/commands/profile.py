"""The user's own folder for what must not lie in a workbook: addresses, keys, what was sent when."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from funnelbook.files.swap import place_new
from funnelbook.files.write import stage

_OTHERS = 0o077


def folder() -> Path:
    """.funnelbook in the home folder."""
    return Path.home() / ".funnelbook"


def private_folder() -> Path:
    """As `folder`, made where it is missing, for the user alone. OSError when it cannot be."""
    found = folder()
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def keep_new(name: str, data: bytes) -> bytes:
    """What the file of that name holds: `data`, for the user alone, or what was there already. OSError when it cannot be."""
    path = private_folder() / name
    if not path.exists():
        temporary = stage(path.parent, data)
        try:
            with suppress(FileExistsError):  # somebody was quicker
                place_new(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    return path.read_bytes()


def open_to_others(path: Path) -> bool:
    """Whether others who use this computer may read a file; on Windows its mode does not tell."""
    return os.name == "posix" and path.exists() and path.stat().st_mode & _OTHERS != 0
