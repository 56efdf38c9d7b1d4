"""A batch outlives whatever a file does to the process that works on it."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from funnelbook.commands import isolated
from funnelbook.commands.adopt import adopt
from support.packages import plain

DAY = date(2026, 5, 20)


def fragile(tried: Path, path: Path) -> str:
    """Does what a file's name says, and notes that it was tried."""
    with tried.open("a") as log:
        log.write(f"{path.name} {os.getpid()}\n")
    first = tried.read_text().count(f"{path.name} ") == 1
    if path.name == "abort" or (path.name == "once" and first):
        faulthandler.disable()  # pytest's would print where
        os.abort()
    if path.name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name == "raises":
        raise ValueError(path.name)
    return path.name.upper()


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_a_dead_process_is_replaced_and_its_file_tried_once_more(tmp_path, workers):
    names = ["a", "abort", "b", "once", "c", "killed", "d"]
    tried = tmp_path / "tried"
    done = dict(isolated.each([tmp_path / n for n in names], partial(fragile, tried), workers))
    assert {path.name: said for path, said in done.items()} == {
        "a": "A", "abort": None, "b": "B", "once": "ONCE", "c": "C", "killed": None, "d": "D",
    }  # fmt: skip
    times = [line.split()[0] for line in tried.read_text().splitlines()]
    assert {name: times.count(name) for name in names} == {
        n: 2 if n in ("abort", "once", "killed") else 1 for n in names
    }


def test_one_process_serves_all_files_while_it_lives(tmp_path):
    tried = tmp_path / "tried"
    list(isolated.each([Path(f"f{i}") for i in range(5)], partial(fragile, tried), 1))
    processes = {line.split()[1] for line in tried.read_text().splitlines()}
    assert len(processes) == 1
    assert str(os.getpid()) not in processes


def test_what_work_raises_is_raised(tmp_path):
    with pytest.raises(ValueError, match="raises"):
        list(isolated.each([Path("raises"), Path("a")], partial(fragile, tmp_path / "tried"), 1))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_refresh_that_aborts_is_named_alone(tmp_path, workers):
    """As an allocation that fails in native code would end it; the real command in a process of its own."""
    for name in ("a", "b", "c"):
        adopt(plain(tmp_path / f"{name}.xlsx"), as_of=DAY)
    code = (
        "import os, sys; from funnelbook.commands import refresh_files as m; from funnelbook.cli import main\n"
        "opened = m.open_book\n"
        "m.open_book = lambda path, **how: os.abort() if path.name == 'b.xlsx' else opened(path, **how)\n"
        "sys.argv[0] = 'funnelbook'; main()"
    )
    arguments = ["refresh", str(tmp_path), "--workers", str(workers), "--json", "--as-of", str(DAY)]
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    told = {Path(r["file"]).name: (r["status"], r["message"]) for r in json.loads(run.stdout)}
    assert {name: status for name, (status, _) in told.items()} == {
        "a.xlsx": "done",
        "b.xlsx": "refused",
        "c.xlsx": "done",
    }
    assert "b.xlsx" in told["b.xlsx"][1]
