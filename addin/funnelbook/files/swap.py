"""Two files change places in one step, where the file system can; what was there before comes out and can be looked at."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_AT_FDCWD = -100
_NOREPLACE, _EXCHANGE = 1, 2  # renameat2 of Linux
_SWAP, _EXCL = 2, 4  # renamex_np of macOS
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.ENOTTY}
_REPLACED_ASIDE = (
    1177  # ERROR_UNABLE_TO_MOVE_REPLACEMENT_2: the old file stands under its second name, the new one did not follow
)


class NoExchangeError(OSError):
    """This file system, or this system, cannot exchange two files in one step."""


def exchange(new: Path, path: Path, aside: Path) -> Path:
    """Where the file is now that was at `path`, at `new` or `aside`; `new` stands there. FileNotFoundError where there was none.

    In one step, so that `path` is never without a file. A file system that cannot has the old file moved aside first: for that
    moment `path` is empty, but nothing can be lost: a file that somebody puts there meanwhile stays (FileExistsError) and the
    old one is at `aside`, a name that is free.
    """
    try:
        return _replace_file(new, path, aside) if os.name == "nt" else _swap(new, path)
    except NoExchangeError:
        return _by_way_of(aside, new, path)


def place_new(new: Path, path: Path) -> None:
    """Gives a file its name where nothing has it. FileExistsError otherwise, also where a link is there that leads nowhere."""
    if os.name == "nt":
        os.rename(new, path)  # never replaces there
        return
    try:
        _rename(new, path, _NOREPLACE, _EXCL)
    except NoExchangeError:
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))  # the name is ours before the file is moved to it
            os.replace(new, path)
        else:
            with suppress(OSError):  # it has its name, be the other one left
                new.unlink()


def _swap(new: Path, path: Path) -> Path:
    _rename(new, path, _EXCHANGE, _SWAP)
    return new


def _rename(new: Path, path: Path, on_linux: int, on_mac: int) -> None:
    """A rename as the kernel alone can do it. NoExchangeError where it cannot."""
    source, target = os.fsencode(new), os.fsencode(path)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = system.renamex_np(source, target, on_mac)
        else:
            failed = system.renameat2(_AT_FDCWD, source, _AT_FDCWD, target, on_linux)
    except (AttributeError, OSError, TypeError) as error:  # an older C library
        raise NoExchangeError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
    if failed:
        code = ctypes.get_errno()
        kind = NoExchangeError if code in _CANNOT else OSError
        raise kind(code, os.strerror(code), str(new), None, str(path))


def _by_way_of(aside: Path, new: Path, path: Path) -> Path:
    """The exchange in two steps."""
    os.rename(path, aside)
    try:
        place_new(new, path)
    except FileExistsError:
        raise
    except OSError:
        place_new(aside, path)
        raise
    return aside


def _replace_file(new: Path, path: Path, aside: Path) -> Path:  # pragma: no cover (Windows)
    """ReplaceFileW keeps access lists, attributes, streams and the time of creation of the file that was there."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    if not kernel.ReplaceFileW(str(path), str(new), str(aside), 0, None, None):
        code = ctypes.get_last_error()
        if code == _REPLACED_ASIDE:
            os.rename(aside, path)
        elif code in (1, 50):  # ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED
            raise NoExchangeError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        raise ctypes.WinError(code)
    return aside
