"""A file replaced at once or not at all, its last versions kept."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from funnelbook.book.ports import BookError

BACKUPS = 5
BACKUP_FOLDER = ".funnelbook-backup"
_TEMPORARY = ".~funnelbook-"


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Puts `new` in the place of `old` at `path`; a copy of `old` goes to the folder .funnelbook-backup beside it, five at most.

    Refuses (BookError, nothing touched) a file that is open in Excel, read-only, or not `old` any more. Whenever the process
    is killed the path holds either all of `old` or all of `new`.
    """
    refuse_locked(path)
    if _current(path) != old:
        raise BookError("changed", file=path.name)
    temporary = _write_beside(path, new)
    try:
        shutil.copymode(path, temporary)
        _back_up(path, old)
        os.replace(temporary, path)
    except PermissionError as error:
        raise BookError("open_elsewhere", file=path.name) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def refuse_locked(path: Path) -> None:
    """BookError when Excel or LibreOffice has the file open, or it is read-only."""
    if any(path.with_name(lock).exists() for lock in (f"~${path.name}", f".~lock.{path.name}#")):
        raise BookError("open_elsewhere", file=path.name)
    if path.exists() and not (path.stat().st_mode & stat.S_IWUSR and os.access(path, os.W_OK)):
        raise BookError("read_only", file=path.name)


def _current(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except PermissionError as error:
        raise BookError("open_elsewhere", file=path.name) from error


def _write_beside(path: Path, data: bytes) -> Path:
    for stale in path.parent.glob(f"{_TEMPORARY}{glob.escape(path.stem)}-*"):
        with contextlib.suppress(OSError):
            stale.unlink()
    try:
        handle, name = tempfile.mkstemp(prefix=f"{_TEMPORARY}{path.stem}-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    return Path(name)


def _unwritable(path: Path, error: OSError) -> BookError:
    return BookError("no_temp", file=path.name, detail=error.strerror or str(error))


def _back_up(path: Path, old: bytes) -> None:
    """Named by when the old version was saved, so that names sort by age."""
    folder = path.parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    saved = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone().strftime("%Y%m%d-%H%M%S-%f")
    copy = folder / f"{path.stem}-{saved}{path.suffix}"
    if not copy.exists():
        partial = copy.with_suffix(".part")
        partial.write_bytes(old)
        os.replace(partial, copy)
    pattern = f"{glob.escape(path.stem)}-{'[0-9]' * 8}-{'[0-9]' * 6}-{'[0-9]' * 6}{path.suffix}"
    for aged in sorted(folder.glob(pattern))[:-BACKUPS]:
        aged.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
