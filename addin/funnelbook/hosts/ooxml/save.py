"""A workbook's file replaced at once or not at all; what somebody else saves at the same moment stays, and the last versions are kept."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.files import leftover, versions
from funnelbook.files.attributes import take_after
from funnelbook.files.in_place import write_over
from funnelbook.files.lock import held
from funnelbook.files.swap import exchange
from funnelbook.files.write import sync_folder

BACKUP_FOLDER = versions.FOLDER
_LOCKS = ("~${}", ".~lock.{}#", ".~{}")  # of Excel, LibreOffice and WPS


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Puts `new` in the place of `old` at `path`, or where a link there leads; `old` is kept as the latest of five versions.

    Refuses (BookError, nothing touched) a file that is open elsewhere, read-only, or not `old` any more, be it at the last moment.
    Whenever the process is killed the path holds either all of `old` or all of `new`; a file of several names (hard links), which
    is written where it lies so that they stay one, once it is next read.
    """
    with _refusing(path), held(leftover.lock_of(file := _ready(path))):
        leftover.settle(file)
        staged = leftover.staged(file, old, new)
        aside = leftover.aside(file, staged)
        try:
            before = _refuse_changed(file, old)
            take_after(staged, file, before)
            versions.keep(file, old, before.st_mtime)
            if before.st_nlink > 1:
                write_over(file, before, old, new)
                came = staged
            else:
                came = exchange(staged, file, aside)
                _refuse_overtaken(file, came, old)
        except BaseException:
            _undo(file, staged, aside)
            raise
        with suppress(OSError):  # it is done; what stays is cleared by the next save
            came.unlink()
            versions.forget_oldest(file)
            sync_folder(file.parent)


def settle(path: Path) -> None:
    """Before a file is read: ends what a killed save began, so that nobody's save and no file is left aside; as far as it can."""
    with suppress(BookError, OSError):
        file = followed(path)
        if leftover.is_beside(file):
            with held(leftover.lock_of(file)):
                leftover.settle(file)


def _ready(path: Path) -> Path:
    """The file to be replaced, open to that."""
    refuse_locked(path)
    return followed(path)


def refuse_locked(path: Path) -> None:
    """BookError when Excel, LibreOffice or WPS has the file open, or it is read-only."""
    for file in {path, followed(path)}:
        for lock in (file.with_name(name.format(file.name)) for name in _LOCKS):
            if os.path.lexists(lock):
                raise BookError("open_elsewhere", file=path.name, lock=lock.name)
    if path.exists() and not (path.stat().st_mode & stat.S_IWUSR and os.access(path, os.W_OK)):
        raise BookError("read_only", file=path.name)


def followed(path: Path) -> Path:
    """Where a link leads, so that it stays one; any other path as it is. BookError when it leads in a circle."""
    if not path.is_symlink():
        return path
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError as error:
        raise BookError("missing_file", file=path.name) from error
    except OSError as error:
        raise BookError("link_loop", file=path.name) from error


def _refuse_changed(file: Path, old: bytes) -> os.stat_result:
    """What the system knows of a file that is still `old`. BookError when it is not."""
    with file.open("rb") as opened:
        known = os.fstat(opened.fileno())
        if opened.read() != old:
            raise BookError("changed", file=file.name)
    return known


def _refuse_overtaken(file: Path, came: Path, old: bytes) -> None:
    """BookError when what came out of the exchange is not what was read."""
    if came.read_bytes() != old:
        raise BookError("changed", file=file.name)


def _undo(file: Path, *used: Path) -> None:
    """After a save that did not end, takes out what is ours and puts back what is not."""
    for path in used:
        try:
            leftover.give_back(file, path, told=False)
        except OSError as error:
            raise BookError(
                "half_saved", file=file.name, kept=path.name, detail=error.strerror or str(error)
            ) from error


@contextmanager
def _refusing(path: Path) -> Generator[None]:
    """Faults of the file system as refusals."""
    try:
        yield
    except TimeoutError as error:
        raise BookError("busy", file=path.name) from error
    except versions.NoPlaceError as error:
        raise BookError("no_place_for_versions", file=path.name, folder=BACKUP_FOLDER) from error
    except (FileExistsError, FileNotFoundError) as error:  # gone, or another put there, between two steps of ours
        raise BookError("changed", file=path.name) from error
    except OSError as error:
        if os.name == "nt" and isinstance(error, PermissionError):  # some program has it open
            raise BookError("in_use", file=path.name) from error
        detail = os.strerror(error.errno) if error.errno else str(error)
        raise BookError("no_temp", file=path.name, detail=detail) from error
