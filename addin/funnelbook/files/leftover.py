"""Files that stand beside a workbook while it is saved, and what becomes of them when the save was cut short."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path

from funnelbook.files import in_place, versions
from funnelbook.files.swap import exchange, place_new
from funnelbook.files.versions import digest
from funnelbook.files.write import PREFIX, stage

_NEW, _ASIDE = ".new", ".old"


def lock_of(file: Path) -> Path:
    """The file by which others wait while one is saved."""
    return file.with_name(f"{_mark(file)}.lock")


def staged(file: Path, old: bytes, new: bytes) -> Path:
    """A file with `new` beside another, on the disk, to be exchanged with it.

    Its name tells both contents, so that a later run knows what came out of an exchange it did not see the end of.
    """
    writing = stage(file.parent, new, prefix=f"{_mark(file)}-")
    ready = _beside(file, f"{digest(new)}-{digest(old)}", _NEW)
    try:
        place_new(writing, ready)
    except BaseException:
        writing.unlink(missing_ok=True)
        raise
    return ready


def aside(file: Path, new: Path) -> Path:
    """A free name for what is exchanged with `new`."""
    return _beside(file, "-".join(_contents(new)), _ASIDE)


def settle(file: Path) -> None:
    """Clears what saves that were cut short have left, losing nothing: what somebody else had saved in the last moment is put back.

    For who holds the lock, before anything of the own save is there.
    """
    for path in _leftovers(file):
        if path.suffix in (_NEW, _ASIDE):
            give_back(file, path)
        else:
            path.unlink(missing_ok=True)  # half-written


def is_beside(file: Path) -> bool:
    """Whether a save of the file is going on, or was cut short."""
    return any(file.parent.glob(f"{_mark(file)}*"))


def give_back(file: Path, leftover: Path, *, told: bool = True) -> None:
    """Removes what an exchange left beside a file if it is ours; else it is somebody's save, put back where ours stands, or kept as
    a version where somebody has saved since.

    What was read before is removed too, unless it is `told` False: then the save was refused and must not stand.
    """
    if not leftover.exists():
        return
    new, old = _contents(leftover)
    data = leftover.read_bytes()
    if digest(data) == new:
        _end_in_place(file, old, data, told=told)
        leftover.unlink()
    elif not file.exists():
        place_new(leftover, file)  # killed while the file was moved aside
    elif told and digest(data) == old:
        leftover.unlink()
    else:
        versions.keep(file, data, leftover.stat().st_mtime)
        if digest(file.read_bytes()) == new:
            _put_back(file, leftover, data, new)
        else:
            leftover.unlink()


def _end_in_place(file: Path, old: str, new: bytes, *, told: bool) -> None:
    """Ends the writing of a file that was torn where it lies. OSError when it must not stand and could not be put back."""
    before = next((v.read() for v in versions.versions(file) if v.digest == old), None)
    if in_place.torn(file, before, new):
        if not told:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        in_place.end(file, new)


def _put_back(file: Path, theirs: Path, data: bytes, put_last: str) -> None:
    """Exchanges until what comes out is what was put in last: then nobody has saved meanwhile."""
    while True:
        theirs = exchange(theirs, file, aside(file, theirs))
        came = theirs.read_bytes()
        if digest(came) == put_last:
            theirs.unlink()
            return
        versions.keep(file, came, theirs.stat().st_mtime)
        put_last, data = digest(data), came


def _leftovers(file: Path) -> list[Path]:
    """Plain files only: what else has such a name is none of ours."""
    beside = file.parent.glob(f"{_mark(file)}-*")
    return sorted(path for path in beside if stat.S_ISREG(path.lstat().st_mode))


def _mark(file: Path) -> str:
    """What the names of all files beside `file` begin with, and of no other's, whatever the length of its name."""
    return f"{PREFIX}{digest(os.fsencode(file.name))}"


def _beside(file: Path, contents: str, kind: str) -> Path:
    return file.with_name(f"{_mark(file)}-{contents}-{secrets.token_hex(8)}{kind}")


def _contents(path: Path) -> list[str]:
    """The digests of the new and the old content, from a name."""
    return path.stem.split("-")[-3:-1]
