"""Trials run in forked workers that are watched: one that dies, hangs or takes too much memory is a fault of that trial alone."""

from __future__ import annotations

import faulthandler
import os
import random
import re
import resource
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

import psutil

from funnelbook.book.ports import BookError

LONGEST_S, LONGEST_WAITED_S = 20.0, 120.0  # of a trial: at work, and by the clock, whatever else the machine does
MOST_BYTES = 1 << 30
_WORKER = get_context("fork")

Trial = Callable[[random.Random, Path], str]  # "done" or the code of a refusal


class HarmError(Exception):
    """What a trial found lost, changed or wrong."""


@dataclass(frozen=True)
class Outcome:
    """What became of a trial. `fault`: "" or traceback, abort, hang, memory, harm; `said`: what it returned, or about the fault."""

    number: int
    said: str
    fault: str = ""
    peak_mb: int = 0
    seconds: float = 0.0


def attempted(work: Callable[[], object]) -> str:
    """`done`, or the code of the refusal. An error that nobody foresaw is raised as it is."""
    try:
        work()
    except BookError as error:
        if error.code == "unexpected":
            raise
        return error.code
    return "done"


def run(name: str, trial: Trial, numbers: Iterable[int], seed: int, workers: int) -> Iterator[Outcome]:
    """The outcome of each numbered trial of a suite, as they end. A trial's random numbers follow from seed, suite and number."""
    waiting = iter(numbers)
    with tempfile.TemporaryDirectory(prefix="funnelbook-safety-") as folder:
        Path(folder).chmod(0o755)  # some trials are not root's
        team = [_Worker(name, trial, seed, Path(folder)) for _ in range(workers)]
        try:
            busy = [worker for worker in team if worker.give(next(waiting, None))]
            while busy:
                ready = wait([worker.pipe for worker in busy], timeout=1.0)
                for worker in list(busy):
                    outcome = worker.outcome() if worker.pipe in ready else worker.overdue()
                    if outcome:
                        yield outcome
                        if not worker.give(next(waiting, None)):
                            busy.remove(worker)
        finally:
            for worker in team:
                worker.end()


class _Worker:
    """A process that does one trial after the other; a new one takes its place when it is gone."""

    def __init__(self, name: str, trial: Trial, seed: int, folder: Path) -> None:
        self._name, self._trial, self._seed, self._folder = name, trial, seed, folder
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = _WORKER.Pipe()
        self._log = Path(tempfile.mkstemp(dir=self._folder, suffix=".log")[1])
        arguments = (self._name, self._trial, self._seed, self._folder, theirs, self._log)
        self._process = _WORKER.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def give(self, number: int | None) -> bool:
        """Whether there was a trial to give."""
        if number is None:
            return False
        self._number, self._since, self._worked = number, time.monotonic(), self._at_work()
        self.pipe.send(number)
        return True

    def outcome(self) -> Outcome:
        try:
            return self.pipe.recv()
        except EOFError:
            self._process.join()
            said = self._log.read_text(errors="replace").strip().splitlines()[-1:]
            return self._anew("abort", f"exit {self._process.exitcode} {' '.join(said)[:200]}")

    def overdue(self) -> Outcome | None:
        waited = time.monotonic() - self._since
        if self._at_work() - self._worked < LONGEST_S and waited < LONGEST_WAITED_S:
            return None
        self.end()
        return self._anew("hang", f"stopped after {waited:.0f} s")

    def _anew(self, fault: str, said: str) -> Outcome:
        number, seconds = self._number, time.monotonic() - self._since
        self._start()
        return Outcome(number, said, fault, 0, seconds)

    def _at_work(self) -> float:
        with suppress(psutil.Error):
            used = psutil.Process(self._process.pid).cpu_times()
            return used.user + used.system
        return 0.0

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(name: str, trial: Trial, seed: int, folder: Path, pipe: Connection, log: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    home = folder / f"home-{os.getpid()}"  # what is kept for a user is not this user's
    home.mkdir()
    os.environ["HOME"] = str(home)
    faulthandler.disable()  # pytest's writes to a place of its own
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND), 2)
    most = _status("VmSize") + MOST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    while True:
        try:
            number = pipe.recv()
        except EOFError:
            return
        scratch = folder / f"{name}-{number}"
        scratch.mkdir()
        start = time.monotonic()
        _forget_peak()
        said, fault = _tried(trial, random.Random(f"{seed} {name} {number}"), scratch)
        peak = _status("VmHWM")
        if not fault and peak > MOST_BYTES:
            fault = "memory"
        shutil.rmtree(scratch, ignore_errors=True)
        pipe.send(Outcome(number, said, fault, peak >> 20, time.monotonic() - start))


def _tried(trial: Trial, rng: random.Random, scratch: Path) -> tuple[str, str]:
    try:
        return trial(rng, scratch), ""
    except HarmError as error:
        return str(error), "harm"
    except MemoryError as error:
        return where(error), "memory"
    except BaseException as error:  # a panic of a reader written in Rust is no Exception
        return where(error), "traceback"


def where(error: BaseException) -> str:
    """The error and the last place of ours it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/funnelbook/" in f.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else ""
    return f"{type(error).__name__}: {str(error)[:160]} | {place}"


def _status(key: str) -> int:
    """Bytes, of this process."""
    return int(re.search(rf"{key}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) << 10


def _forget_peak() -> None:
    with suppress(OSError):  # where it cannot be reset, the peak is that of the worker's life
        Path("/proc/self/clear_refs").write_text("5")
