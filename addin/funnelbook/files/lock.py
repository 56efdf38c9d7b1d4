"""One process at a time saves a file, whichever computer of a shared folder it runs on."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

WAIT_S = 20.0  # a save takes a fraction of a second, on a slow share a few
_PAUSE_S = 0.02
_BUSY = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
_ALL_MAY_LOCK = 0o666  # an empty file, by which colleagues of a shared folder wait for each other
_EXISTING = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_ITS_OWN_END = getattr(os, "O_TEMPORARY", 0) | getattr(os, "O_NOINHERIT", 0)  # Windows: removed with its last handle


@contextmanager
def held(lock: Path, wait_s: float = WAIT_S) -> Generator[None]:
    """Nobody else is inside with the same `lock`, a file made for it and gone afterwards; TimeoutError when it stays taken.

    The operating system holds the lock and lets go of it when the process ends, however it ends: a file left over locks nothing.
    Where a file system has no locks, to have made the file is the lock, and one that stays as it is all the wait is left over.
    """
    handle = _taken(lock, wait_s)
    try:
        yield
    finally:
        if os.name == "posix":
            with suppress(
                OSError
            ):  # first the name, then the lock: who waits for it sees that it is no longer this file
                lock.unlink()
        os.close(handle)


def _taken(lock: Path, wait_s: float) -> int:
    seen, until = "", time.monotonic() + wait_s
    while True:
        handle, made = _opened(lock)
        try:
            if handle is not None and (_locked(handle) or made) and (os.name != "posix" or _is_at(handle, lock)):
                return handle
            there = "" if handle is None else _which(handle)
        except BlockingIOError:
            there = ""
        except BaseException:
            if handle is not None:
                os.close(handle)
            raise
        if handle is not None:
            os.close(handle)
        if there != seen:
            seen, until = there, time.monotonic() + wait_s
        if time.monotonic() > until:
            if not there:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(lock))
            lock.unlink(missing_ok=True)
        time.sleep(_PAUSE_S)


def _opened(lock: Path) -> tuple[int | None, bool]:
    """A handle of the lock's file and whether it was made; none when that went, or came, this moment."""
    try:
        return os.open(lock, _EXISTING | _ITS_OWN_END), False  # no O_CREAT: kernels forbid that on a colleague's file
    except FileNotFoundError:
        pass
    except PermissionError:
        if os.name == "posix":
            raise
        return None, False  # Windows: its last handle is being closed
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        lock.unlink()  # a link laid there
    try:
        handle = os.open(lock, _EXISTING | _ITS_OWN_END | os.O_CREAT | os.O_EXCL, _ALL_MAY_LOCK)
    except FileExistsError:
        return None, False
    if os.name == "posix":
        os.fchmod(handle, _ALL_MAY_LOCK)
    return handle, True


def _locked(handle: int) -> bool:
    """Whether the lock is ours now; False where the file system has none. BlockingIOError while somebody else has it."""
    try:
        if os.name == "posix":
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt  # noqa: PLC0415 - on Windows only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _BUSY:
            raise BlockingIOError(error.errno, error.strerror) from error
        return False
    return True


def _is_at(handle: int, lock: Path) -> bool:
    """Whether the file locked still has its name: who had it before removes that."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), lock.lstat())
    return False


def _which(handle: int) -> str:
    known = os.fstat(handle)
    return f"{known.st_dev} {known.st_ino} {known.st_mtime_ns}"
