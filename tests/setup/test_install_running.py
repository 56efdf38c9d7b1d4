"""Installing while Excel or the engine runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from funnelbook.setup import machine as machine_module
from funnelbook.setup.install import install, uninstall
from funnelbook.setup.machine import Machine, running
from support.machines import ADDIN, PASSES, contents, windows
from support.refusing import refused


def test_nothing_is_changed_while_excel_runs(tmp_path):
    machine = windows(tmp_path)
    install(machine, b"older", self_test=PASSES)
    machine = replace(machine, excel_running=Machine.this().excel_running)
    shutil.copy("/bin/sleep", tmp_path / "EXCEL.EXE")
    before = contents(tmp_path)
    excel = subprocess.Popen([tmp_path / "EXCEL.EXE", "60"])
    try:
        while not Path(f"/proc/{excel.pid}/comm").read_text().startswith("EXCEL"):
            time.sleep(0.01)  # until the copy of this process has become the program
        refused("excel_runs", install, machine, ADDIN, self_test=PASSES)
        refused("excel_runs", uninstall, machine)
        assert contents(tmp_path) == before
    finally:
        excel.kill()
        excel.wait()
    assert not running(["A program nobody has"])


def test_an_engine_that_waits_is_ended_first_but_not_for_nothing(tmp_path):
    ended = []
    machine = replace(windows(tmp_path), end_engine=lambda: ended.append(1))
    install(machine, ADDIN, self_test=PASSES)
    assert len(ended) == 1
    install(machine, ADDIN, self_test=PASSES)
    assert len(ended) == 1, "the same is there already"
    uninstall(machine)
    assert len(ended) == 2


@pytest.mark.parametrize("stays", [False, True])
def test_an_engine_that_cannot_be_ended_is_told_and_nothing_is_changed(tmp_path, monkeypatch, stays):
    monkeypatch.setattr(machine_module, "MODULE", f"engine of {tmp_path}")
    monkeypatch.setattr(machine_module, "ENDS_WITHIN", 2 if not stays else 0.2)
    asked = "signal.signal(signal.SIGTERM, signal.SIG_IGN); " if stays else ""
    code = f"import signal, time; {asked}print(1, flush=True); time.sleep(60)"
    engine = subprocess.Popen([sys.executable, "-c", code, machine_module.MODULE], stdout=subprocess.PIPE)
    try:
        engine.stdout.readline()
        machine = replace(windows(tmp_path), end_engine=machine_module.end_engine)
        before = contents(tmp_path)
        if stays:
            refused("engine_stays", install, machine, ADDIN, self_test=PASSES)
            assert contents(tmp_path) == before
        else:
            install(machine, ADDIN, self_test=PASSES)
            assert not psutil.pid_exists(engine.pid)
    finally:
        engine.kill()
        engine.wait()


def test_what_another_user_of_the_computer_runs_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(machine_module, "MODULE", f"engine of {tmp_path}")
    monkeypatch.setattr(psutil.Process, "username", lambda process: "me" if process.pid == os.getpid() else "another")
    code = "import time; print(1, flush=True); time.sleep(60)"
    shutil.copy("/bin/sleep", tmp_path / "EXCEL.EXE")
    engine = subprocess.Popen([sys.executable, "-c", code, machine_module.MODULE], stdout=subprocess.PIPE)
    excel = subprocess.Popen([tmp_path / "EXCEL.EXE", "60"])
    try:
        engine.stdout.readline()
        here = Machine.this()
        machine = replace(windows(tmp_path), end_engine=here.end_engine, excel_running=here.excel_running)
        assert install(machine, ADDIN, self_test=PASSES).status == "installed"
        assert engine.poll() is None and excel.poll() is None
    finally:
        for process in (engine, excel):
            process.kill()
            process.wait()
