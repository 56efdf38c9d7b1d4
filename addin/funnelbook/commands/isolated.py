"""Work on many files in processes of their own: one that dies takes nothing with it but its file, and none outlives this one."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import NamedTuple, TypeVar

Report = TypeVar("Report")
_TRIES = 2  # the second tells bad luck, such as memory that others took, from a file that kills
_LOADED = "funnelbook.commands.refresh_files"  # what the work needs, loaded once for all processes


class _Task(NamedTuple):
    path: Path
    tries: int
    process: ProcessPoolExecutor


def each(paths: Sequence[Path], work: Callable[[Path], Report], workers: int) -> Iterator[tuple[Path, Report | None]]:
    """Each path, as it is done, with what `work` gives for it; None where the process died of it twice.

    A pool of one process a worker: it is known which file a dead one had, and the others go on.
    """
    waiting = deque((path, 1) for path in paths)
    running: dict[Future[Report], _Task] = {}
    context = _context()
    with ExitStack() as processes:

        def started() -> ProcessPoolExecutor:
            return processes.enter_context(
                ProcessPoolExecutor(1, mp_context=context, initializer=_end_with_the_one_that_started_this)
            )

        def start(process: ProcessPoolExecutor | None) -> None:
            path, tries = waiting.popleft()
            try:
                future = (process := process or started()).submit(work, path)
            except BrokenProcessPool:  # it died between two files
                future = (process := started()).submit(work, path)
            running[future] = _Task(path, tries, process)

        for _ in range(min(workers, len(waiting))):
            start(None)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                path, tries, process = running.pop(future)
                died = isinstance(future.exception(), BrokenProcessPool)
                if died and tries < _TRIES:
                    waiting.appendleft((path, tries + 1))
                if waiting:
                    start(None if died else process)
                if not died:
                    yield path, future.result()
                elif tries == _TRIES:
                    yield path, None


def _context() -> BaseContext:
    """Processes that inherit no thread, lock or open file of this one; where the system can, from one that has all loaded."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_LOADED])
    return context


def _end_with_the_one_that_started_this() -> None:
    """However that ended: the system tells of it, on Windows by the handle of a process, elsewhere by a pipe that closes."""
    if (parent := multiprocessing.parent_process()) is None:
        return

    def last() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=last, daemon=True).start()
