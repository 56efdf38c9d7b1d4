"""The journal of a folder's refresh, a file beside the workbooks: what a run cut short, or done before, need not do again."""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from funnelbook import __version__
from funnelbook.book.ports import BookError
from funnelbook.commands.refresh_files import FileReport
from funnelbook.files.lock import held
from funnelbook.files.state import State, still
from funnelbook.files.write import safe_write
from funnelbook.words import abreast, say

NAME = ".funnelbook-refresh.jsonl"
_LOCK = ".funnelbook-refresh.lock"
_NO_WAIT_S = 0.0  # a batch takes hours
_APPENDED = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Run:
    """What the results of a refresh depend on besides the workbook and the version of Funnelbook."""

    as_of: date
    language: str | None = None
    allow_protected: bool = False

    def as_dict(self) -> dict[str, object]:
        return {
            "as_of": str(self.as_of),
            "version": __version__,
            "language": self.language,
            "allow_protected": self.allow_protected,
        }


@dataclass(frozen=True)
class _Entry:
    """What was done with a file, and as what it was left."""

    status: str
    problems: int
    message: str
    state: State


class Journal:
    """One folder's journal. Each file is a line of its own, written at once; of several lines of a file the last holds.

    `told`: codes of sentences for the user on what is wrong with the journal, each with its fields.
    """

    def __init__(self, folder: Path, run: Run, *, again: bool = False) -> None:
        """OSError when it cannot be read or written. `again`: nothing noted before counts."""
        self._folder, self._run = folder, run.as_dict()
        self.told: list[tuple[str, dict[str, object]]] = []
        self._handle: int | None = None
        lines = [] if again else _lines(folder / NAME)
        self._entries = self._usable(lines)
        kept = [_line({"about": abreast("journal_about")})]
        kept += [self._line(name, asdict(entry)) for name, entry in self._entries.items()]
        if kept != lines:
            safe_write(folder / NAME, b"".join(kept))
        self._handle = os.open(folder / NAME, _APPENDED)

    def already(self, path: Path) -> FileReport | None:
        """The report of a file that a run like this one has done and nobody has written since; None when it is to be done.

        Refused files are to be done: what was in the way may be gone.
        """
        entry = self._entries.get(path.name)
        try:
            state = still(path, entry.state) if entry else None
        except OSError:
            return None
        if entry is None or state is None:
            return None
        if state != entry.state:
            self._append(path.name, asdict(entry) | {"state": asdict(state)})
        if entry.status == "left_out":
            return FileReport(str(path), "left_out", message=entry.message)
        return FileReport(str(path), "already", entry.problems)

    def note(self, path: Path, report: FileReport) -> None:
        """Notes what was done with a file."""
        state = asdict(report.state) if report.state else None
        entry = {"status": report.status, "problems": report.problems, "message": report.message, "state": state}
        self._append(path.name, entry)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _append(self, name: str, entry: Mapping[str, object]) -> None:
        if self._handle is None:
            return
        try:
            os.write(self._handle, self._line(name, entry))
        except OSError as error:  # a full disk, say: the files are still refreshed
            self._tell_none(error)
            self.close()

    def _tell_none(self, error: OSError) -> None:
        self.told.append(("no_journal", {"folder": str(self._folder), "detail": error.strerror or str(error)}))

    def _line(self, name: str, entry: Mapping[str, object]) -> bytes:
        return _line({"file": name, **entry, "run": self._run})

    def _usable(self, lines: list[bytes]) -> dict[str, _Entry]:
        """What runs like this one have done, by the file's name."""
        found: dict[str, _Entry] = {}
        damaged = 0
        for line in lines:
            try:
                said = json.loads(line)
                if isinstance(said, dict) and "about" in said:
                    continue
                name, run, state = said["file"], said["run"], said["state"]
                found.pop(name, None)
                if run == self._run and state is not None:
                    state = State(int(state["size"]), int(state["mtime_ns"]), str(state["sha256"]))
                    found[name] = _Entry(str(said["status"]), int(said["problems"]), str(said["message"]), state)
            except (ValueError, TypeError, KeyError):
                damaged += 1
        if damaged:
            self.told.append(("journal_damaged", {"folder": str(self._folder), "lines": damaged}))
        return found


class NoJournal(Journal):
    """In place of one that cannot be kept: every file is to be done, nothing is noted, and the user is told."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self._folder, self._run, self._handle = folder, {}, None
        self.told, self._entries = [], {}
        self._tell_none(error)


@contextmanager
def kept(folder: Path, run: Run, *, again: bool = False) -> Generator[Journal]:
    """The folder's journal, this run's alone. BookError while another run is at it."""
    with ExitStack() as stack:
        try:
            stack.enter_context(held(folder / _LOCK, _NO_WAIT_S))
            journal = Journal(folder, run, again=again)
        except TimeoutError as error:
            raise BookError("folder_busy", folder=str(folder)) from error
        except OSError as error:
            journal = NoJournal(folder, error)
        stack.callback(journal.close)
        yield journal


def sentences(journals: list[Journal], language: str) -> list[str]:
    """What the user is to know of journals."""
    return [say(code, language, **fields) for journal in journals for code, fields in journal.told]


def _lines(file: Path) -> list[bytes]:
    try:
        return file.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []


def _line(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass") + b"\n"
