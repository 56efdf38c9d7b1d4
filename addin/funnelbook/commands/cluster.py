"""Work on many files shared among the computers of a Dask cluster, which see them in one shared folder."""

from __future__ import annotations

import os
import platform
import queue
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from funnelbook import __version__
from funnelbook.book.ports import BookError

Report = TypeVar("Report")
LOCAL = "local"
_SETTINGS = {
    "distributed.scheduler.allowed-failures": 1,  # a file is tried once more when a worker died
    "distributed.worker.profile.enabled": False,  # it looks a hundred times a second where the work is
}
_LOCAL: dict[str, Any] = {"threads_per_worker": 1, "memory_limit": 0, "dashboard_address": None, "silence_logs": 50}
_LOOK_S, _PATIENCE_S = 2.0, 60.0  # how often is looked for new workers; how long none may be there


def each(
    paths: Sequence[Path], work: Callable[[Path], Report], address: str, workers: int
) -> Iterator[tuple[Path, Report | None]]:
    """Each path, as it is done, with what `work` gives for it; None where workers died of it.

    `address`: of the scheduler, or `LOCAL` for so many `workers` of this computer. BookError when there is no cluster, or none
    any more, and of a worker that has another version or does not see the files.
    """
    with _connected(address, workers) as client:
        yield from _Crew(client, address, paths).each(work)


@contextmanager
def _connected(address: str, workers: int) -> Generator[Any]:
    try:
        import dask.config as settings  # noqa: PLC0415 - an extra
        from distributed import Client, LocalCluster  # noqa: PLC0415
        from distributed.comm.addressing import resolve_address  # noqa: PLC0415
    except ImportError as error:
        raise BookError("no_cluster_extra") from error
    with settings.set(_SETTINGS):
        try:
            if address != LOCAL:
                # a name nobody knows is told at once: the client would try it for half a minute
                resolve_address(address)
            cluster = LocalCluster(n_workers=workers, **_LOCAL) if address == LOCAL else None
            client = Client(cluster or address, set_as_default=False)
        except (OSError, ValueError) as error:  # nobody answers; no address
            raise BookError("no_cluster", address=address, detail=str(error)) from error
        try:
            yield client
        finally:
            client.close()
            if cluster:
                cluster.close()


class _Crew:
    """The workers of a cluster, which are given no more files at a time than they are."""

    def __init__(self, client: Any, address: str, paths: Sequence[Path]) -> None:
        self._client, self._address = client, address
        self._waiting = deque(paths)
        self._sample = paths[0].absolute()
        self._asked: set[str] = set()

    def each(self, work: Callable[[Path], Report]) -> Iterator[tuple[Path, Report | None]]:
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        running: dict[str, tuple[Path, Any]] = {}
        doubted: set[Path] = set()  # in flight when another one was named: the worker that died may have had both
        run, idle_s = uuid.uuid4().hex, 0.0
        numbers = count()
        while self._waiting or running:
            workers = self._workers(len(running))
            while self._waiting and len(running) < workers:
                path = self._waiting.popleft()
                key = f"funnelbook-{run}-{next(numbers)}"
                future = self._client.submit(
                    guarded, work, __version__, path.absolute(), key=key, pure=False, retries=1
                )
                running[key] = (path, future)
                future.add_done_callback(ended.put)
            try:
                future = ended.get(timeout=_LOOK_S)
            except queue.Empty:
                idle_s = 0.0 if workers else idle_s + _LOOK_S
                if idle_s >= _PATIENCE_S:
                    raise self._lost(len(running)) from None
                continue
            report = self._result(future, len(running))
            path = running.pop(future.key)[0]
            if report is None and path in doubted:
                doubted.remove(path)
                self._waiting.append(path)
                continue
            if report is None:
                doubted |= {other for other, _ in running.values()}
            yield path, report

    def _workers(self, running: int) -> int:
        """How many there are; those that came since are looked at first."""
        try:
            if self._client.status != "running":
                raise OSError(self._client.status)
            present = set(self._client.scheduler_info(n_workers=-1)["workers"])
            new = sorted(present - self._asked)
            versions = self._on(new, metadata.version, "funnelbook")
            sizes = self._on(new, os.path.getsize, str(self._sample))
        except (OSError, TimeoutError) as error:
            raise self._lost(running) from error
        for worker in new:
            if (theirs := versions.get(worker, __version__)) != __version__:
                raise BookError("other_version", worker=worker, theirs=_told(theirs), ours=__version__)
            if isinstance(sizes.get(worker), FileNotFoundError):
                raise BookError("folder_not_seen", worker=worker, folder=str(self._sample.parent))
        self._asked |= present
        return len(present)

    def _on(self, workers: list[str], function: Callable[..., object], argument: str) -> dict[str, object]:
        return self._client.run(function, argument, workers=workers, on_error="return") if workers else {}

    def _result(self, future: Any, running: int) -> Any:
        """What was made of a file; None when workers died of it."""
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        if future.status == "finished":
            return future.result()
        if future.status != "error":
            raise self._lost(running)
        if isinstance(error := future.exception(), KilledWorker):
            return None
        raise error

    def _lost(self, running: int) -> BookError:
        return BookError("cluster_lost", address=self._address, left=len(self._waiting) + running)


def guarded(work: Callable[[Path], Report], version: str, path: Path) -> Report:
    """What `work` gives, on a worker of the same version; on one of another that came this moment, BookError."""
    if version != __version__:
        raise BookError("other_version", worker=platform.node(), theirs=__version__, ours=version)
    return work(path)


def _told(version: object) -> str:
    return version if isinstance(version, str) else "-"
