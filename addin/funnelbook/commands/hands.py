"""Who does the work on many files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from funnelbook.commands import isolated

Report = TypeVar("Report")


@dataclass(frozen=True)
class Hands:
    """Who does the work: this process, `workers` processes of this computer, or the cluster at an address."""

    workers: int = 0
    cluster: str = ""

    def each(self, paths: Sequence[Path], work: Callable[[Path], Report]) -> Iterator[tuple[Path, Report | None]]:
        """Each path, as it is done, with what `work` gives for it; None where what worked on it died of it.

        BookError, before or in between, where there is no such cluster, or none any more.
        """
        if self.cluster and paths:
            from funnelbook.commands import cluster  # noqa: PLC0415 - an extra, loaded by who has it

            return cluster.each(paths, work, self.cluster, self.workers)
        if self.workers and len(paths) > 1:
            return isolated.each(paths, work, self.workers)
        return ((path, work(path)) for path in paths)


OWN = Hands()
