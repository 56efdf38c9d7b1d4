"""A command killed at any moment: the file is the old one or a whole new one, and the next run works and clears up."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from funnelbook.commands.adopt import adopt
from funnelbook.commands.collect import collect
from funnelbook.commands.handout import handout
from funnelbook.commands.log_call import log_call
from support.safety import books
from support.safety.children import Child, at_each_step
from support.safety.foreign import cells, parts_of, sheet_parts
from support.safety.watched import HarmError, attempted

BALLAST = 3_000_000  # so that writing takes a while
LONGEST_DELAY_S = 0.004  # after a call to the system: what happens between two of them
_LITTER = (".~", ".part", ".tmp")


def log(path: Path, note: str = "再打一次") -> object:
    return log_call(path, "K1", {"outcome": "占线", "note": note}, as_of=books.DAY)


COMMANDS: dict[str, Callable[[Path], object]] = {
    "refresh": books.refresh,
    "log": log,
    "collect": lambda path: collect(path, path.parent / "handed", as_of=books.DAY),
    "adopt": lambda path: adopt(path, as_of=books.DAY),
}


def trial(rng: random.Random, folder: Path) -> str:
    """One kill that came before the command's end, and the run after it."""
    name = rng.choice(sorted(COMMANDS))
    while True:
        path = start(name, folder)
        if _killed(name, path, rng):
            return _judged(name, path)


def start(name: str, folder: Path) -> Path:
    """A workbook for a command, and beside it what else the command reads; nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "book.xlsx"
    path.write_bytes(old(name))
    if name == "collect":
        (folder / "handed").mkdir()
        for file, content in _handed().items():
            (folder / "handed" / file).write_bytes(content)
    return path


def old(name: str) -> bytes:
    """The workbook a command starts from."""
    if name == "adopt":
        return books.untouched(ballast=BALLAST)
    return _stale() if name == "refresh" else books.adopted(ballast=BALLAST)


def _killed(name: str, path: Path, rng: random.Random) -> bool:
    """Whether a command was killed before its end: by the clock, or at or just after one of its calls to the system."""
    seconds, steps = _undisturbed(name)
    if rng.random() < 0.4:
        child = Child(lambda: COMMANDS[name](path))
        time.sleep(rng.uniform(0, seconds))
        child.kill()
        return child.ended().killed
    at, delay = rng.randrange(steps), rng.choice([0.0, rng.uniform(0, LONGEST_DELAY_S)])

    def act(number: int, _event: str) -> None:
        if number == at and delay:
            signal.setitimer(signal.ITIMER_REAL, delay)  # its signal ends a process that does not expect it
        elif number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        at_each_step(path.parent, act)
        COMMANDS[name](path)

    return Child(work).ended().killed


def _judged(name: str, path: Path) -> str:
    before, now = old(name), path.read_bytes()
    if now != before:
        refuse_torn(now, "the new file")
    for kept in (path.parent / ".funnelbook-backup").rglob("*.xlsx"):
        refuse_torn(kept.read_bytes(), f"the backup {kept.name}")
    said = attempted(lambda: COMMANDS[name](path))
    if said != "done":
        raise HarmError(f"{name} after a kill: {said}")
    refuse_torn(path.read_bytes(), "the file of the next run")
    refuse_litter(path.parent)
    if name == "log":
        wanted = 1 if now == before else 2
        if (found := len(notes(path))) != wanted:
            raise HarmError(f"{found} calls logged in place of {wanted}")
    return f"done, {name}, {'the old' if now == before else 'the new'} one"


def refuse_torn(data: bytes, what: str) -> None:
    """HarmError when a package is not whole: members that do not unpack, parts that are no XML."""
    try:
        parts = parts_of(data)
        for part, content in parts.items():
            if part.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(content)
    except (zipfile.BadZipFile, ElementTree.ParseError, EOFError) as error:
        raise HarmError(f"{what} is not whole: {error}") from error


def refuse_litter(folder: Path) -> None:
    """HarmError when temporary files lie about; the lock of one who was killed bars nobody."""
    names = [p.name for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"]
    if left := [name for name in names if name.startswith(_LITTER) or name.endswith(_LITTER)]:
        raise HarmError(f"left lying: {left}")


def notes(path: Path) -> list[str]:
    """Texts of the calls in the log that the trials put there."""
    parts = parts_of(path.read_bytes())
    found = cells(parts[sheet_parts(parts)[books.LOG_SHEET]]).values()
    return [cell.value for cell in found if cell.value.startswith("再打")]


@cache
def _undisturbed(name: str) -> tuple[float, int]:
    """Seconds a command takes when nothing stops it, and its calls to the system in the folder of its file."""

    def work() -> tuple[float, int]:
        steps = []
        at_each_step(path.parent, lambda number, _event: steps.append(number))
        begin = time.monotonic()
        COMMANDS[name](path)
        return time.monotonic() - begin, len(steps)

    with tempfile.TemporaryDirectory() as folder:
        path = start(name, Path(folder) / "work")
        return Child(work).ended().value


@cache
def _stale() -> bytes:
    """A workbook in which a refresh has something to write: it was made before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(books.untouched(ballast=BALLAST))
        adopt(path, as_of=books.DAY)
        return path.read_bytes()


@cache
def _handed() -> dict[str, bytes]:
    """The workbooks handed out of the team's, with a call logged in each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(books.adopted(ballast=BALLAST))
        files = [Path(made.file) for made in handout(path, Path(folder) / "handed", as_of=books.DAY)]
        for file, customer in zip(sorted(files), ("K2", "K1"), strict=True):
            log_call(file, customer, {"outcome": "占线", "note": "自己记的"}, as_of=books.DAY)
        return {file.name: file.read_bytes() for file in files}
