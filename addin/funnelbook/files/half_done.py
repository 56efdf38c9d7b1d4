"""Records of something begun and not done, on the disk until it is, for the user's eyes only: a killed program leaves them whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import psutil

_OWN_FILE = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
_BEGINS, _ENDS = "unfinished-", ".jsonl"


def folder_of(home: Path) -> Path:
    """Where they lie of the user whose home this is."""
    return home / ".funnelbook"


def place(folder: Path, process: int, token: str) -> Path:
    """The file of what is done to another process, its screen, by a token of letters and digits."""
    return folder / f"{_BEGINS}{process}-{token}{_ENDS}"


def files(folder: Path) -> list[Path]:
    """All that lie there."""
    return sorted(folder.glob(f"{_BEGINS}*{_ENDS}"))


def drop(folder: Path, process: int | None = None) -> None:
    """Removes those of processes that have ended, and of the one given, as far as it can."""
    for path in files(folder):
        number = path.name.removeprefix(_BEGINS).split("-")[0]
        of = int(number) if number.isdecimal() else None
        if of in (None, process) or not psutil.pid_exists(of):
            with suppress(OSError):
                path.unlink()


class Unfinished:
    """The records of a file, made where it is missing, each a line; the last one is dropped first. OSError as of any file.

    What is added has left this process: it outlives it, though not the computer. A line that was cut short is no record.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        self._path, self.records, self._starts = path, list[bytes](), [0]
        self._file = os.fdopen(os.open(path, _OWN_FILE, _PRIVATE), "r+b")
        for line in self._file:
            if line.endswith(b"\n"):
                self._keep(line)
        self._file.seek(self._starts[-1])
        self._file.truncate()

    def add(self, record: bytes) -> None:
        """Puts a record without a line end behind the others."""
        line = record + b"\n"
        self._file.write(line)
        self._file.flush()
        self._keep(line)

    def drop(self) -> None:
        """Takes off the last record."""
        self.records.pop()
        self._starts.pop()
        self._file.seek(self._starts[-1])
        self._file.truncate()

    def close(self) -> None:
        """Leaves the file as it is."""
        self._file.close()

    def remove(self) -> None:
        """Removes the file: it is done."""
        with suppress(OSError):  # a full disk takes not even what is left to be written
            self._file.close()
        self._path.unlink(missing_ok=True)

    def _keep(self, line: bytes) -> None:
        self.records.append(line[:-1])
        self._starts.append(self._starts[-1] + len(line))
