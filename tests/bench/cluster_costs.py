"""What a night's refresh of many team workbooks takes on a cluster, simulated: `uv run python tests/bench/cluster_costs.py`.

Not measured but reckoned, from a measured time a file: every worker takes the next largest file, reads and writes it over a network all
share, some files take much longer (a whole region's book), some are open and are refused, and now and then a worker dies of one.
"""

from __future__ import annotations

import argparse
import heapq
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Night:
    """`seconds`: CPU time of a usual file; times of files spread as a lognormal with `sigma`."""

    files: int
    machines: int
    workers: int = 4
    seconds: float = 2.0
    sigma: float = 0.6
    long_share: float = 0.002
    long_factor: float = 20.0
    megabytes: float = 1.5  # of a file: read, checked, written, kept as a version
    network_mb_s: float = 100.0
    asked_ms: float = 5.0  # the scheduler's and the journal's part of a file, one after the other
    died_share: float = 0.0005
    restart_s: float = 10.0

    def hours(self, seed: int = 1) -> tuple[float, float, float]:
        """Hours until the last file is done, of CPU time, and that the network and the scheduler alone would take."""
        rng = np.random.default_rng(seed)
        times = self.seconds * rng.lognormal(0.0, self.sigma, self.files)
        times[rng.random(self.files) < self.long_share] *= self.long_factor
        cpu = times.sum()
        died = rng.random(self.files) < self.died_share
        times[died] = 2 * times[died] + self.restart_s
        moved = 4 * self.megabytes / self.network_mb_s
        free = [0.0] * (self.machines * self.workers)
        line = asked = end = 0.0
        for took in np.sort(times)[::-1]:
            at = heapq.heappop(free)
            asked = max(asked, at) + self.asked_ms / 1000
            line = max(line, asked) + moved
            done = line + took
            heapq.heappush(free, done)
            end = max(end, done)
        return end / 3600, cpu / 3600, self.files * max(moved, self.asked_ms / 1000) / 3600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="CPU seconds of a usual file")
    given = parser.parse_args()
    print("| workbooks | machines | hours | of CPU | network alone |\n|---:|---:|---:|---:|---:|")
    for files, machines in (
        (1_000, 1),
        (5_000, 1),
        (5_000, 8),
        (20_000, 8),
        (100_000, 8),
        (100_000, 32),
        (100_000, 100),
    ):
        night = Night(files, machines, seconds=given.seconds)
        print(f"| {files:,} | {machines} | " + " | ".join(f"{hours:.2f}" for hours in night.hours()) + " |")


if __name__ == "__main__":
    main()
