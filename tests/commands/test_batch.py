"""A folder of workbooks refreshed by several processes, whatever becomes of them: all is done, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import psutil
import pytest

from funnelbook.commands.adopt import adopt
from funnelbook.commands.batch import Batch
from funnelbook.commands.journal import NAME
from funnelbook.commands.refresh_files import FileReport
from support.packages import plain
from support.waiting import until

DAY = date(2026, 5, 20)
BOOKS, LISTS = 4, 36  # workbooks to refresh, which take a second each, and such as are looked at and left alone


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("books")
    path = plain(folder / "list.xlsx")
    listed = path.read_bytes()
    adopt(path, as_of=DAY)
    return [path.read_bytes(), listed]


def filled(folder: Path, books: list[bytes]) -> Path:
    """A folder of forty workbooks; those to be left alone are one file under many names."""
    folder.mkdir()
    for i in range(BOOKS):
        (folder / f"团队{i}.xlsx").write_bytes(books[0])
    (folder / "list0.xlsx").write_bytes(books[1])
    for i in range(1, LISTS):
        os.link(folder / "list0.xlsx", folder / f"list{i}.xlsx")
    return folder


def command(folder: Path, *options: str) -> list[str]:
    code = "from funnelbook.cli import main; main()"
    return [sys.executable, "-c", code, "refresh", str(folder), "--json", "--as-of", str(DAY), *options]


def told(said: str) -> Counter[str]:
    return Counter(report["status"] for report in json.loads(said))


def noted(folder: Path) -> list[dict[str, object]]:
    file = folder / NAME
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [line for line in map(json.loads, lines) if "file" in line]


def workers_of(pid: int) -> list[psutil.Process]:
    return [process for process in psutil.Process(pid).children(recursive=True) if process.ppid() != pid]


@pytest.mark.slow
def test_a_killed_worker_is_replaced_and_a_killed_batch_goes_on_where_it_was(tmp_path, books):
    folder = filled(tmp_path / "teams", books)
    with subprocess.Popen(command(folder, "--workers", "2"), stdout=subprocess.DEVNULL) as run:
        until(lambda: len(workers_of(run.pid)) == 2)
        workers_of(run.pid)[0].kill()
        until(lambda: len(noted(folder)) > 1)
        left = psutil.Process(run.pid).children(recursive=True)
        run.kill()
    assert psutil.wait_procs(left, timeout=5)[1] == []
    before = noted(folder)
    assert 0 < len(before) < BOOKS + LISTS
    assert {line["status"] for line in before} <= {"done", "left_out"}, "the killed worker's file too"
    second = subprocess.run(command(folder, "--workers", "2"), capture_output=True, text=True, check=True)
    done = told(second.stdout)
    assert done["already"] == sum(line["status"] == "done" for line in before)
    assert done["already"] + done["done"] + done["unchanged"] == BOOKS
    assert done["left_out"] == LISTS
    assert len(noted(folder)) == BOOKS + LISTS
    third = json.loads(subprocess.run(command(folder), capture_output=True, text=True, check=True).stdout)
    assert {report["seconds"] for report in third} == {0.0}
    assert not [path for path in folder.iterdir() if path.name.startswith(".~")]


def timed(*seconds: float) -> Sequence[FileReport]:
    return [FileReport(f"{i}.xlsx", "done", seconds=s) for i, s in enumerate(seconds)]


@pytest.mark.parametrize(
    ("seconds", "slow"),
    [
        ((2, 2, 2, 2, 30, 7), ["4.xlsx", "5.xlsx"]),  # three times the usual
        ((2, 2, 2, 2, 5.9), []),
        ((0.1, 0.1, 0.1, 0.1, 4), []),  # and five seconds at least
        ((2, 2, 2, 30), []),  # too few to say what is usual
        ((0, 0, 0, 0, 0, 30), []),  # of an earlier run
        ((*[1] * 11, *range(10, 20)), ["20.xlsx", "19.xlsx", "18.xlsx", "17.xlsx", "16.xlsx"]),
    ],
)
def test_files_that_take_much_longer_than_usual_are_named(seconds, slow):
    assert [report.file for report in Batch(list(timed(*seconds)), []).slow] == slow
