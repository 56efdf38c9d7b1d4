"""The last versions of a workbook, kept in a hidden folder beside it by their content."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from funnelbook.files.swap import place_new
from funnelbook.files.write import PREFIX, stage, sync_folder

FOLDER = ".funnelbook-backup"
KEPT = 5
_PLACES = 9  # the folder, or where something else has its name `-2` to `-9`
_DIGEST, _LONGEST = 16, 120  # letters of a content's digest; of a file's stem, which leave room for the rest of a name
_NAME = re.compile(r"-(?P<number>\d{6,})-(?P<saved>\d{8}-\d{6})-(?P<digest>[0-9a-f]{16})")
_NAME_BEFORE = re.compile(r"-(?P<saved>\d{8}-\d{6})-\d{6}")  # as 0.1.0 called them
_SAVED = "%Y%m%d-%H%M%S"
_NO_TIME = "00000000-000000"


class NoPlaceError(OSError):
    """Every folder that versions could be kept in is somebody else's."""


@dataclass(frozen=True, order=True)
class Version:
    """A version of a file: `number` counts up with each one kept, whatever the clock says; `saved` is for people."""

    number: int
    name: str
    path: Path
    digest: str  # blank for one that 0.1.0 kept
    saved: datetime | None

    def read(self) -> bytes | None:
        """Its bytes; None when they are not those kept."""
        data = self.path.read_bytes()
        return data if self.digest in ("", digest(data)) else None


def digest(data: bytes) -> str:
    """What tells one content from all others, for names."""
    return hashlib.sha256(data).hexdigest()[:_DIGEST]


def versions(file: Path) -> list[Version]:
    """What is kept of a file, the latest first."""
    found = [v for folder in places(file) for v in _inside(folder, file)]
    return sorted(found, reverse=True)


def keep(file: Path, data: bytes, saved_at: float | None) -> None:
    """Keeps a version as the latest; a content that is kept already is not stored twice. OSError when it cannot be kept.

    `saved_at`: when the version was saved, in seconds as st_mtime.
    """
    known, told = versions(file), digest(data)
    same = next((v for v in known if v.digest == told and v.read() == data), None)
    if same and same is known[0]:
        return
    folder = same.path.parent if same else made_place(file)
    number = known[0].number + 1 if known else 1
    path = folder / f"{stem_of(file)}-{number:06d}-{_time(saved_at)}-{told}{file.suffix}"
    if same:
        os.replace(same.path, path)
    else:
        temporary = stage(folder, data, prefix=half_written(file))
        try:
            place_new(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    sync_folder(folder)


def forget_oldest(file: Path) -> None:
    """Removes what is more than the last five, and what a killed process left half-written. For who holds the file's lock."""
    for folder in places(file):
        for partial in folder.glob(f"{half_written(file)}*"):
            partial.unlink(missing_ok=True)
    for aged in versions(file)[KEPT:]:
        aged.path.unlink(missing_ok=True)


def places(file: Path) -> list[Path]:
    """The folders there are that versions of a file are kept in: real ones of this user's, no links to elsewhere, no colleague's."""
    return list(filter(_is_ours, _folders(file)))


def half_written(file: Path) -> str:
    """What the names of versions begin with until they are whole."""
    return f"{PREFIX}{digest(os.fsencode(file.name))}-"


def _folders(file: Path) -> Iterator[Path]:
    yield file.parent / FOLDER
    yield from (file.parent / f"{FOLDER}-{n}" for n in range(2, _PLACES + 1))


def _is_ours(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode) or getattr(found, "st_reparse_tag", 0):
        return False
    return os.name != "posix" or found.st_uid == os.geteuid()


def made_place(file: Path) -> Path:
    """The first folder that is ours, made when there is none, open to nobody else."""
    for folder in _folders(file):
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if not _is_ours(folder):
                continue
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            _close_to_others(folder)
        return folder
    raise NoPlaceError(errno.EEXIST, os.strerror(errno.EEXIST), str(file.parent / FOLDER))


def _close_to_others(folder: Path) -> None:
    """As 0.1.0 made it, everybody could look into it."""
    with suppress(OSError):  # a file system that knows no modes
        folder.chmod(0o700)
        for path in folder.iterdir():
            if stat.S_ISREG(path.lstat().st_mode):
                path.chmod(0o600)


def _inside(folder: Path, file: Path) -> Iterator[Version]:
    stem, suffix = stem_of(file), file.suffix
    for path in folder.iterdir():
        if not (path.name.startswith(stem) and path.name.endswith(suffix)):
            continue
        middle = path.name[len(stem) : len(path.name) - len(suffix)]
        if named := _NAME.fullmatch(middle):
            yield Version(int(named["number"]), path.name, path, named["digest"], _read_time(named["saved"]))
        elif named := _NAME_BEFORE.fullmatch(middle):
            yield Version(0, path.name, path, "", _read_time(named["saved"]))


def stem_of(file: Path) -> str:
    """The file's stem, cut where it would leave no room."""
    return (
        file.stem if len(os.fsencode(file.stem)) <= _LONGEST else f"{file.stem[:30]}~{digest(os.fsencode(file.stem))}"
    )


def _time(saved_at: float | None) -> str:
    try:
        return datetime.fromtimestamp(saved_at or 0).strftime(_SAVED) if saved_at else _NO_TIME
    except (ValueError, OverflowError, OSError):  # a clock gone mad
        return _NO_TIME


def _read_time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _SAVED)
    except ValueError:
        return None
