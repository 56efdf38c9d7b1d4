"""Work on many files in processes of their own: one that dies takes nothing with it but its file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, TypeVar

Report = TypeVar("Report")
_TRIES = 2  # the second tells bad luck, such as memory that others took, from a file that kills


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
    with ExitStack() as processes:

        def start(process: ProcessPoolExecutor | None) -> None:
            path, tries = waiting.popleft()
            process = process or processes.enter_context(ProcessPoolExecutor(1))
            running[process.submit(work, path)] = _Task(path, tries, process)

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
