"""Disks that are full, calls that fail, files that change while they are worked on, and several writers at once."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from support.safety import books, kills
from support.safety.children import Child, at_each_step
from support.safety.watched import HarmError, attempted, where

_ERRORS = (
    errno.ENOSPC,
    errno.EIO,
    errno.EACCES,
    errno.EPERM,
    errno.EBUSY,
    errno.EXDEV,
    errno.EROFS,
    errno.ENAMETOOLONG,
)
_MOST_STEPS = 40  # calls to the system a command makes in its folder, about
_NOBODY = 65_534
_TRIES_S = 30.0
_LOGS_EACH = 2


def trial(rng: random.Random, folder: Path) -> str:
    """One fault of one kind."""
    return rng.choice(KINDS)(rng, folder / "work")


def disk_full(rng: random.Random, folder: Path) -> str:
    """No file may grow beyond a size, anywhere below that of the workbook."""
    name, path = _start(rng, folder)

    def work() -> str:
        most = int(len(kills.old(name)) * rng.uniform(0, 1.1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        return _attempt(name, path)

    return _judged(name, path, Child(work).ended().value)


def small_disk(rng: random.Random, folder: Path) -> str:
    """A real disk with room for the workbook and a part of what is to be written; elsewhere than on Linux as root, `disk_full`."""
    name = rng.choice(("refresh", "log", "adopt"))
    folder.mkdir()
    kilobytes = (len(kills.old(name)) >> 10) + int(rng.uniform(20, 2.3 * len(kills.old(name)) / 1024))
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mounting, capture_output=True, check=False).returncode:
        return disk_full(rng, folder / "work")
    try:
        path = folder / "book.xlsx"
        path.write_bytes(kills.old(name))
        return _judged(name, path, Child(lambda: _attempt(name, path)).ended().value)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def failing_call(rng: random.Random, folder: Path) -> str:
    """A call to the system fails: a file cannot be opened, made, renamed or removed; once, or from then on."""
    name, path = _start(rng, folder)
    at, code, for_good = rng.randrange(_MOST_STEPS), rng.choice(_ERRORS), rng.random() < 0.4

    def act(number: int, event: str) -> None:
        if number == at or (for_good and number > at):
            raise OSError(code, os.strerror(code))

    def work() -> str:
        at_each_step(path.parent, act)
        return _attempt(name, path)

    return _judged(name, path, Child(work).ended().value)


def read_only(rng: random.Random, folder: Path) -> str:
    """A file or a folder that may not be written to, for a user who is not root."""
    name, path = _start(rng, folder)
    closed = rng.choice([path, path.parent])
    for made in (path.parent, *path.parent.rglob("*")):
        os.chown(made, _NOBODY, _NOBODY)
    closed.chmod(0o444 if closed == path else 0o555)

    def work() -> str:
        if os.getuid() == 0:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        return _attempt(name, path)

    said = _judged(name, path, Child(work).ended().value)
    if said == "done":
        raise HarmError(f"{closed.name} was closed to writers, and written")
    return said


def replaced(rng: random.Random, folder: Path) -> str:
    """Another program saves the workbook while it is worked on: what it saved is what stands there."""
    name, path = _start(rng, folder)
    theirs = path.parent.parent / "theirs.xlsx"
    theirs.write_bytes(books.adopted("plain"))
    wanted, in_place, at = theirs.read_bytes(), rng.random() < 0.3, rng.randrange(_MOST_STEPS)
    seen = path.parent.parent / "seen"

    def act(number: int, event: str) -> None:
        if number != at:
            return
        seen.touch()
        if in_place:
            path.write_bytes(wanted)
        else:
            os.replace(theirs, path)

    def work() -> str:
        # the first call opens the workbook to read it: what is saved before that is what the command works on
        at_each_step(path.parent, lambda number, event: act(number - 1, event))
        return _attempt(name, path)

    said = Child(work).ended().value
    if not seen.exists():
        return _judged(name, path, said)
    if path.read_bytes() != wanted:
        raise HarmError(
            f"what another program saved is gone ({name}, step {at}, {'in place' if in_place else 'renamed'}, said {said})"
        )
    if str(said).startswith("traceback"):
        raise HarmError(str(said))
    return said


def writers(rng: random.Random, folder: Path) -> str:
    """Several log into one workbook at once and try again when refused: each call reported done is there, once."""
    folder.mkdir()
    path = folder / "book.xlsx"
    path.write_bytes(books.adopted(rng.choice(books.KINDS[:2])))
    count = rng.choice([2, 2, 5])
    started = [Child(lambda number=number: _log_some(path, number)) for number in range(count)]
    told = [child.ended().value for child in started]
    if wrong := [t for t in told if not isinstance(t, list)]:
        raise HarmError(f"a writer ended with {wrong[0]}")
    wanted = sorted(note for done in told for note in done)
    if (found := sorted(kills.notes(path))) != wanted:
        raise HarmError(
            f"{count} writers: reported {len(wanted)}, there {len(found)}, lost {sorted(set(wanted) - set(found))}"
        )
    kills.refuse_torn(path.read_bytes(), "the file")
    kills.refuse_litter(folder)
    return "done" if len(wanted) == count * _LOGS_EACH else "done, some never got in"


def _log_some(path: Path, writer: int) -> list[str] | str:
    """The notes a writer was told are logged; it tries each again for a while."""
    rng, done = random.Random(writer), []
    for number in range(_LOGS_EACH):
        note, until = f"再打 {writer}.{number}", time.monotonic() + _TRIES_S
        while time.monotonic() < until:
            said = _attempt("log", path, lambda p, note=note: kills.log(p, note))
            if said == "done":
                done.append(note)
                break
            if said.startswith("traceback"):
                return said
            time.sleep(rng.uniform(0, 0.1))
    return done


KINDS: tuple[Callable[[random.Random, Path], str], ...] = (
    disk_full, small_disk, failing_call, failing_call, failing_call, read_only, replaced, replaced, writers,
)  # fmt: skip


def _start(rng: random.Random, folder: Path) -> tuple[str, Path]:
    name = rng.choice(sorted(kills.COMMANDS))
    return name, kills.start(name, folder)


def _attempt(name: str, path: Path, command: Callable[[Path], object] | None = None) -> str:
    try:
        return attempted(lambda: (command or kills.COMMANDS[name])(path))
    except Exception as error:  # told to the parent, where the place it came from is not known any more
        return f"traceback: {where(error)}"


def _judged(name: str, path: Path, said: object) -> str:
    """What a command said after a fault, once its file is the old one, or a new one that it said is done."""
    before, now = kills.old(name), path.read_bytes()
    if not isinstance(said, str) or said.startswith("traceback"):
        raise HarmError(f"{name}: {said}")
    if now != before:
        kills.refuse_torn(now, "the file")
        if said != "done":
            raise HarmError(f"{name}: written, though refused: {said}")
    for kept in (path.parent / ".funnelbook-backup").rglob("*.xlsx"):
        kills.refuse_torn(kept.read_bytes(), f"the backup {kept.name}")
    return said
