"""What a folder of many workbooks costs by one worker, by two, and by a cluster of two on this machine, and what killing one of them costs.

Run: `uv run python tests/bench/batches.py --files 1000`, alone on the machine: 1,000 workbooks of 604 customers take about an hour.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import psutil

from funnelbook.commands.journal import NAME
from funnelbook.commands.refresh_files import refresh_file

TEAM = Path(__file__).parents[1] / "made_by_0_1" / "sample.zh.xlsx"  # 604 customers, made by 6b915f6
LAST, TODAY = date(2026, 5, 20), date(2026, 5, 21)
ENDED_WITHIN_S = 5


@dataclass(frozen=True)
class Run:
    """CPU and wall seconds of a whole command with all its processes, and its reports by status."""

    cpu: float
    wall: float
    told: Counter[str]


def filled(folder: Path, files: int, book: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number in range(files):
        shutil.copy(book, folder / f"team{number:04d}.xlsx")
    return folder


def command(folder: Path, options: Sequence[str]) -> list[str]:
    program = str(Path(sys.executable).with_name("funnelbook"))
    return [program, "refresh", str(folder), "--json", "--as-of", str(TODAY), *options]


def run(folder: Path, *options: str) -> Run:
    """CPU as its processes told it of themselves last: who ended has nobody who could."""
    began, spent, out = time.perf_counter(), dict[int, float](), folder.with_suffix(".json")
    with (
        out.open("w", encoding="utf-8") as told,
        subprocess.Popen(command(folder, options), stdout=told, stderr=subprocess.DEVNULL) as going,
    ):
        while going.poll() is None:
            for one in (psutil.Process(going.pid), *psutil.Process(going.pid).children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    spent[one.pid] = sum(one.cpu_times()[:2])
            time.sleep(0.2)
    reports = json.loads(out.read_text("utf-8"))
    return Run(sum(spent.values()), time.perf_counter() - began, Counter(report["status"] for report in reports))


def side_by_side(folders: Sequence[Path]) -> Run:
    """The cost of a command of one worker for each folder, all at the same time: what cores cost each other that share caches."""
    with ThreadPoolExecutor() as together:
        got = list(together.map(lambda folder: run(folder, "--workers", "1"), folders))
    return Run(sum(one.cpu for one in got), max(one.wall for one in got), sum((one.told for one in got), Counter()))


def finished(folder: Path) -> int:
    file = folder / NAME
    return sum('"file"' in line for line in file.read_text("utf-8").splitlines()) if file.exists() else 0


def worker_killed(folder: Path, files: int, *options: str) -> Counter[str]:
    """The reports of a run one of whose workers is killed when a fifth is done."""
    with subprocess.Popen(command(folder, options), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as going:
        while finished(folder) < max(1, files // 5):
            time.sleep(0.2)
        busy = max(psutil.Process(going.pid).children(recursive=True), key=lambda one: sum(one.cpu_times()[:2]))
        os.kill(busy.pid, 9)
        said = going.communicate()[0]
    return Counter(report["status"] for report in json.loads(said))


def killed(folder: Path, files: int, *options: str) -> tuple[int, int]:
    """How many processes are left five seconds after a run was killed, and how many files it had done."""
    with subprocess.Popen(command(folder, options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as going:
        while finished(folder) < max(1, files // 5):
            time.sleep(0.2)
        left = psutil.Process(going.pid).children(recursive=True)
        going.kill()
    return len(psutil.wait_procs(left, timeout=ENDED_WITHIN_S)[1]), finished(folder)


@click.command()
@click.option("--files", default=100, show_default=True)
@click.option(
    "--kills", default=40, show_default=True, help="How many files the runs have in which something is killed."
)
def main(files: int, kills: int) -> None:
    """Prints the costs, and what became of the files."""
    ways = {"1 worker": ("--workers", "1"), "2 workers": ("--workers", "2"), "a cluster of 2": ("--cluster", "local")}
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(shutil.copy(TEAM, Path(scratch) / "team.xlsx"))
        refresh_file(book, LAST)
        folder = Path(scratch) / "teams"
        for name, options in ways.items():
            got = run(filled(folder, files, book), *options, *(("--workers", "2") if "--cluster" in options else ()))
            each = f"CPU {got.cpu / files:.2f} s a file, {got.wall:.0f} s in all"
            print(f"{files} workbooks, {name}: {each}; {dict(got.told)}", flush=True)
            again = run(folder, *options)
            print(f"  once more: {again.wall:.1f} s; {dict(again.told)}", flush=True)
        halves = [filled(Path(scratch) / f"half{i}", files // 2, book) for i in range(2)]
        got = side_by_side(halves)
        print(
            f"{files} workbooks, 2 commands of 1 worker: CPU {got.cpu / files:.2f} s a file, {got.wall:.0f} s in all",
            flush=True,
        )
        if kills == 0:
            return
        for name, options in list(ways.items())[1:]:
            told = worker_killed(filled(folder, kills, book), kills, *options, "--workers", "2")
            print(f"{name}, the busiest process killed: {dict(told)}", flush=True)
        left, done = killed(filled(folder, kills, book), kills, "--workers", "2")
        rest = run(folder, "--workers", "2")
        print(f"killed with {done} done, {left} processes left after {ENDED_WITHIN_S} s; then {dict(rest.told)}")


if __name__ == "__main__":
    main()
