"""One process at a time is inside, and none that is dead."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from funnelbook.files import lock
from funnelbook.files.lock import held

_HOLD = (
    "import sys, time; from pathlib import Path; from funnelbook.files.lock import held\n"
    "with held(Path(sys.argv[1])):\n    print('in', flush=True); time.sleep(60)"
)


@pytest.fixture(params=["locks", "no locks"])
def file(request, tmp_path, monkeypatch):
    """A lock on a file system that has locks, and on one that has none."""
    if request.param == "no locks":
        monkeypatch.setattr(lock, "_locked", lambda _handle: False)
    return tmp_path / ".~lock"


def test_it_lets_one_in_at_a_time_and_leaves_nothing(file):
    inside, most, count = 0, 0, 0

    def work():
        nonlocal inside, most, count
        for _ in range(40):
            with held(file):
                inside += 1
                most, count = max(most, inside), count + 1
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, count, inside) == (1, 160, 0)
    assert not file.exists()


def test_one_that_stays_taken_is_told(tmp_path):
    file = tmp_path / ".~lock"
    with held(file), pytest.raises(TimeoutError), held(file, wait_s=0.1):
        pass


def test_one_whose_process_was_killed_is_free_at_once(tmp_path):
    file = tmp_path / ".~lock"
    with subprocess.Popen([sys.executable, "-c", _HOLD, file], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        with pytest.raises(TimeoutError), held(file, wait_s=0.1):
            pass
        process.kill()
        process.wait()
    assert file.exists()
    with held(file, wait_s=1):
        pass
    assert not file.exists()


def test_without_locks_a_file_left_over_is_nobodys_after_the_wait(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "_locked", lambda _handle: False)
    file = tmp_path / ".~lock"
    file.touch()
    with held(file, wait_s=0.1):
        assert file.exists()
    assert not file.exists()


def test_a_link_laid_there_leads_nowhere(file, tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    victim.chmod(0o600)
    file.symlink_to(victim)
    with held(file, wait_s=1):
        assert not file.is_symlink()
    assert (victim.read_bytes(), victim.stat().st_mode & 0o777) == (b"mine", 0o600)


def test_colleagues_may_wait_for_it_too(tmp_path):
    before = os.umask(0o077)
    try:
        with held(tmp_path / ".~lock"):
            assert (tmp_path / ".~lock").stat().st_mode & 0o777 == 0o666
    finally:
        os.umask(before)
