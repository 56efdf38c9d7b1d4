"""`funnelbook undo`: what a workbook was before it was last written, and that put back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from funnelbook.book.compare import Difference, differences, told
from funnelbook.book.ports import BookError
from funnelbook.commands.buttons import ButtonPress, ButtonResult
from funnelbook.commands.open import open_book
from funnelbook.commands.put import put_new
from funnelbook.files.versions import Version, digest, versions
from funnelbook.hosts.ooxml import save
from funnelbook.words import say


@dataclass(frozen=True)
class Earlier:
    """A version that can be put back: 1 is the latest. `changes`: what would come, change and go; None where one of both files
    cannot be read as a workbook."""

    number: int
    saved: datetime | None
    changes: Sequence[Difference] | None

    def as_dict(self) -> dict[str, object]:
        changes = None if self.changes is None else [change.as_dict() for change in self.changes]
        return {"number": self.number, "saved": self.saved and self.saved.isoformat(" "), "changes": changes}

    def day(self, language: str) -> str:
        """When it was saved."""
        return f"{self.saved:%Y-%m-%d %H:%M}" if self.saved else say("time_unknown", language)

    def text(self, language: str) -> str:
        """What putting it back changes."""
        return say("no_workbook_then", language) if self.changes is None else told(self.changes, language)


def earlier(path: Path) -> list[Earlier]:
    """The versions of a file that can be put back, the latest first."""
    file = _file(path)
    return [_told(n, file, version) for n, version in enumerate(_others(file), 1)]


def undo(path: Path, number: int = 1) -> Earlier:
    """The version put back in the place of the file, which itself becomes the latest version: undone again, it comes back.

    A file that is gone is made again. BookError, nothing touched: no such version, a damaged one, or a file that cannot be written.
    """
    file = _file(path)
    version, data = _chosen(file, number)
    done = _told(number, file, version)
    if file.exists():
        save.replace(path, file.read_bytes(), data)
    else:
        put_new({file: data}, like=version.path)
    return done


def copied(path: Path) -> tuple[Earlier, Path]:
    """The latest earlier version of a workbook that is open, and a copy of it in a folder for such; the file stays as it is."""
    file = _file(path)
    version, data = _chosen(file, 1)
    when = f"{version.saved:%Y-%m-%d %H.%M}" if version.saved else digest(data)
    copy = Path(tempfile.mkdtemp(prefix="funnelbook-")) / f"{file.stem[:80]} {when}{file.suffix}"
    put_new({copy: data}, like=version.path)
    return _told(1, file, version), copy


def pressed(press: ButtonPress) -> ButtonResult:
    """The version before the last write of the workbook in front, as a copy to open beside it."""
    if press.book.path is None:
        raise BookError("never_saved", file=press.book.name)
    version, copy = copied(press.book.path)
    day, changes = version.day(press.language), version.text(press.language)
    return ButtonResult(say("opened_version", press.language, day=day, changes=changes), waits=True, opens=copy)


def _file(path: Path) -> Path:
    save.settle(path)
    return save.followed(path)


def _others(file: Path) -> list[Version]:
    """Versions that are not what the file is now."""
    try:
        now = file.read_bytes()
    except FileNotFoundError:
        return versions(file)
    except OSError as error:
        raise BookError("unreadable", file=file.name, detail=error.strerror or str(error)) from error
    known = digest(now)
    return [v for v in versions(file) if v.digest != known and (v.digest or v.read() != now)]


def _chosen(file: Path, number: int) -> tuple[Version, bytes]:
    there = _others(file)
    if not there:
        raise BookError("no_versions" if file.exists() else "missing_file", file=file.name)
    if not 1 <= number <= len(there):
        raise BookError("no_such_version", file=file.name, number=number, count=len(there))
    data = there[number - 1].read()
    if data is None:
        raise BookError("version_damaged", file=file.name, number=number)
    return there[number - 1], data


def _told(number: int, file: Path, version: Version) -> Earlier:
    try:
        changes = differences(open_book(file), open_book(version.path))
    except BookError:  # what cannot be read can be put back all the same
        changes = None
    return Earlier(number, version.saved, changes)
