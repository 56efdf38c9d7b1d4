"""A file is written at once or not at all, under a name nobody can foresee, and never through a link."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from funnelbook.files.attributes import take_after
from funnelbook.files.swap import place_new

PREFIX = ".~funnelbook-"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_PRIVATE, _USUAL = 0o600, 0o666  # `_USUAL` less the user's umask


def safe_write(path: Path, data: bytes, *, times_of: os.stat_result | None = None) -> None:
    """Puts `data` at `path`; a file there before is replaced and leaves its owner, mode and attributes to the new one.

    A link there is replaced, what it leads to is not touched. OSError: then all is as before.
    """
    temporary = stage(path.parent, data, _PRIVATE if (like := _file(path)) else _USUAL)
    try:
        if like:
            take_after(temporary, path, like)
        if times_of:
            os.utime(temporary, ns=(times_of.st_atime_ns, times_of.st_mtime_ns))
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def safe_write_new(files: Mapping[Path, bytes], *, like: Path | None = None) -> None:
    """Puts files where there are none: all of them or none, with the mode of `like` where one is given.

    FileExistsError where something is in the way, any OSError: then all is as before.
    """
    mode = _PRIVATE if like else _USUAL
    staged: dict[Path, Path] = {}
    placed: dict[Path, os.stat_result] = {}
    try:
        for path, data in files.items():
            staged[path] = stage(path.parent, data, mode)
            if like:  # who may read the source may read what is made from it, nobody else
                staged[path].chmod(stat.S_IMODE(like.stat().st_mode) & _USUAL | _PRIVATE)
        for path, temporary in staged.items():
            made = temporary.stat()
            place_new(temporary, path)
            placed[path] = made
    except BaseException:
        for path, made in placed.items():
            with suppress(OSError):
                if os.path.samestat(path.lstat(), made):  # not what somebody has put there since
                    path.unlink()
        raise
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def stage(folder: Path, data: bytes, mode: int = _PRIVATE, prefix: str = PREFIX, *, synced: bool = True) -> Path:
    """A new file in `folder` that holds `data`, on the disk already if `synced`; to be given its own name or removed."""
    path = folder / f"{prefix}{secrets.token_hex(8)}.tmp"
    handle = os.open(path, _NEW_FILE, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if synced:
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def sync_folder(folder: Path) -> None:
    """Has the names in a folder reach the disk, where the platform can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network file systems know no such thing
                os.fsync(handle)
        finally:
            os.close(handle)


def _file(path: Path) -> os.stat_result | None:
    """What there is at `path` when it is a plain file."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None
