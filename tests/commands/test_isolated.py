"""A batch outlives whatever a file does to the process that works on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import psutil
import pytest

from funnelbook.commands import isolated
from funnelbook.commands.adopt import adopt
from support.cases import first
from support.external import ROOT
from support.fragile import fragile
from support.packages import plain
from support.waiting import until

DAY = date(2026, 5, 20)


@pytest.mark.parametrize("workers", first(1, [2, 1, 9]))
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


@pytest.mark.parametrize("workers", first(1, [2, 1]))
def test_a_refresh_that_aborts_is_named_alone(tmp_path, workers):
    """As an allocation that fails in native code would end it; the real command in a process of its own."""
    for name in ("a", "b", "c"):
        adopt(plain(tmp_path / f"{name}.xlsx"), as_of=DAY)
    (tmp_path / "sitecustomize.py").write_text(
        "import multiprocessing, os, sys\n"
        "def ends(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]).endswith('b.xlsx') and multiprocessing.parent_process():\n"
        "        os.abort()\n"
        "sys.addaudithook(ends)"
    )
    arguments = ["refresh", str(tmp_path), "--workers", str(workers), "--json", "--as-of", str(DAY)]
    run = subprocess.run(
        [sys.executable, "-c", "from funnelbook.cli import main; main()", *arguments],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = {Path(r["file"]).name: (r["status"], r["message"]) for r in json.loads(run.stdout)}
    assert {name: status for name, (status, _) in told.items()} == {
        "a.xlsx": "done",
        "b.xlsx": "refused",
        "c.xlsx": "done",
    }
    assert "b.xlsx" in told["b.xlsx"][1]


def test_no_process_outlives_the_one_that_started_it(tmp_path):
    code = (
        "import sys; from functools import partial; from pathlib import Path\n"
        "from funnelbook.commands import isolated; from support.fragile import fragile\n"
        "list(isolated.each([Path('endless'), Path('endless2')], partial(fragile, Path(sys.argv[1])), 2))"
    )
    tried = tmp_path / "tried"
    with subprocess.Popen(
        [sys.executable, "-c", code, tried], env=os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    ) as run:
        until(lambda: tried.exists() and len(tried.read_text().splitlines()) == 2)
        started = psutil.Process(run.pid).children(recursive=True)
        assert {int(line.split()[1]) for line in tried.read_text().splitlines()} <= {process.pid for process in started}
        run.kill()
    assert psutil.wait_procs(started, timeout=5)[1] == []
