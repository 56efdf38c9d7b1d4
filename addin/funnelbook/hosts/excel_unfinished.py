"""What is being written into a workbook open in Excel, step by step: taken back when Excel refuses, or later when it was cut short.

The steps of a write lie on the disk until it is done, with what the cells held. A hidden name in the workbook tells the file: they
are of this workbook as it is on the screen, and of no other, though it be the same file opened again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import xlwings as xw

from funnelbook.book.marks import UNFINISHED
from funnelbook.files import half_done
from funnelbook.files.half_done import Unfinished
from funnelbook.hosts.excel_app import quiet
from funnelbook.hosts.excel_steps import Cells, MovedError, Step, decoded, encoded, formats_of
from funnelbook.hosts.excel_tables import is_protected


class TakenBack(NamedTuple):
    """Workbooks by name: what was half written is `back` as it was; is not, or not all (`failed`); nobody knows how it was (`lost`)."""

    back: list[str]
    failed: list[str]
    lost: list[str]

    @property
    def whole(self) -> bool | None:
        """Whether all is as before; None where nothing was half written."""
        return not (self.failed or self.lost) if any(self) else None


def take_back(app: xw.App, folder: Path, may: Callable[[str], bool] = lambda _: True) -> TakenBack:
    """What became of all that was half written in the workbooks of an Excel; of one that `may` not be, it stays as it is, for good."""
    found = TakenBack([], [], [])
    for book in [book for book in app.books if _is_marked(book)]:
        left = Steps.left(book, folder)
        if left.lost:  # an earlier Excel's, saved with the file, or of a disk that was full
            left.done()
            found.lost.append(book.name)
        elif may(book.name):
            with quiet(app):
                whole = left.undo()
            (found.back if whole else found.failed).append(book.name)
        else:
            left.done()
    half_done.drop(folder, app.pid)  # what is left is of workbooks that were closed
    return found


class Steps:
    """What takes back each step of what is written into a workbook, noted before it is done; on the disk too where a folder is given."""

    def __init__(self, book: xw.Book, folder: Path | None = None) -> None:
        self._book, self._folder = book, folder
        self._steps: list[Step] = []
        self._file: Unfinished | None = None
        self._marked, self.lost = False, False  # lost: nobody knows what they were

    @classmethod
    def left(cls, book: xw.Book, folder: Path) -> Steps:
        """Those that a killed engine has left of a workbook that is marked."""
        steps = cls(book, folder)
        steps._marked = True
        try:
            token = (book.names[UNFINISHED].refers_to or "").strip('="')
            path = next(path for path in half_done.files(folder) if token and path.stem.endswith(f"-{token}"))
            steps._file = Unfinished(path)
            steps._steps = list(map(decoded, steps._file.records))
        except (OSError, StopIteration, ValueError, LookupError, TypeError):  # removed, or none of ours
            steps.lost = True
        return steps

    def __len__(self) -> int:
        return len(self._steps)

    def note_all(self, cells: xw.Range) -> None:
        """As `note`, of cells that are written next: their number formats, where these can be changed, and what they hold."""
        if not is_protected(cells.sheet):
            for step in formats_of(cells):
                self.note(step)
        self.note(Cells.of(cells))

    def note(self, step: Step) -> None:
        """Keeps what takes back the step that is done next."""
        if not self._steps and self._folder:
            self._begin(self._folder)
        self._steps.append(step)
        if self._file:
            try:
                self._file.add(encoded(step))
            except (OSError, TypeError):  # the disk is full: some of the steps would be worse than none
                self._forget()

    def undo(self, to: int = 0) -> bool:
        """Takes back what was done, the last first, until so many steps are left; whether Excel let us, as far as it does."""
        whole, moved = not self.lost, False
        while len(self._steps) > to:
            try:
                if not moved:
                    self._steps[-1].undo(self._book)
            except MovedError:
                whole, moved = False, True
            except Exception:  # whatever Excel refuses, the rest goes back
                whole = False
            self._steps.pop()
            if self._file:
                with suppress(OSError):
                    self._file.drop()
        if not self._steps:
            self.done()
        return whole

    def done(self) -> None:
        """What was done stays."""
        self._steps = []
        if self._marked:
            with suppress(Exception):  # then the next button finds it without a file
                self._book.names[UNFINISHED].delete()
        self._marked = False
        self._forget()

    def _begin(self, folder: Path) -> None:
        token = secrets.token_hex(8)
        with suppress(OSError):  # a profile that takes nothing: the mark alone tells that it was cut short
            self._file = Unfinished(half_done.place(folder, self._book.app.pid, token))
        try:
            mark = self._book.names.add(UNFINISHED, f'="{token}"')
        except Exception:  # a workbook that takes nothing: then nothing can be taken back later
            self._forget()
            return
        self._marked = True
        with suppress(Exception):  # a Mac hides none
            mark.api.Visible = False

    def _forget(self) -> None:
        if self._file:
            with suppress(OSError):
                self._file.remove()
        self._file = None


def _is_marked(book: xw.Book) -> bool:
    with suppress(Exception):  # one that tells no names, which was not written into
        return book.names.contains(UNFINISHED)
    return False
