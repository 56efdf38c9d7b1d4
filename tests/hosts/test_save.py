"""A file is the old one or the new one, whatever happens in between, and its last five versions are kept."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from funnelbook.book.ports import BookError
from funnelbook.hosts.ooxml import save

OLD, NEW = b"old" * 1000, b"new" * 2000


def test_the_last_five_versions_are_kept_oldest_gone(tmp_path):
    path = tmp_path / "a [1].xlsx"
    versions = [f"version {i}".encode() for i in range(8)]
    path.write_bytes(versions[0])
    for i, (old, new) in enumerate(itertools.pairwise(versions)):
        os.utime(path, (1_700_000_000 + i, 1_700_000_000 + i))
        save.replace(path, old, new)
    kept = sorted((tmp_path / save.BACKUP_FOLDER).iterdir())
    assert [p.read_bytes() for p in kept] == versions[2:7]
    assert path.read_bytes() == versions[7]


def test_backups_of_files_with_like_names_do_not_push_each_other_out(tmp_path):
    for name in ("a.xlsx", "a-b.xlsx"):
        (tmp_path / name).write_bytes(b"0")
        for i in range(6):
            os.utime(tmp_path / name, (1_700_000_000 + i, 1_700_000_000 + i))
            save.replace(tmp_path / name, str(i).encode(), str(i + 1).encode())
    assert len(list((tmp_path / save.BACKUP_FOLDER).iterdir())) == 10


def test_permissions_stay(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD)
    path.chmod(0o640)
    save.replace(path, OLD, NEW)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("failing", ["fsync", "replace", "fdopen"])
def test_a_fault_at_any_step_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch, failing):
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD)
    real = getattr(os, failing)

    def fault(*arguments, **named):
        if failing == "replace" and Path(arguments[1]) != path:
            return real(*arguments, **named)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, failing, fault)
    with pytest.raises(BookError) as caught:
        save.replace(path, OLD, NEW)
    assert caught.value.code == "no_temp"
    assert path.read_bytes() == OLD
    assert {p.name for p in tmp_path.iterdir()} <= {"a.xlsx", save.BACKUP_FOLDER}


def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one(tmp_path):
    path = tmp_path / "a.xlsx"
    old, new = b"o" * 4_000_000, b"n" * 4_000_000
    path.write_bytes(old)
    code = (
        "from pathlib import Path; from funnelbook.hosts.ooxml import save\n"
        f"path, old, new = Path({str(path)!r}), b'o' * 4_000_000, b'n' * 4_000_000\n"
        "print('ready', flush=True)\n"
        "while True:\n    save.replace(path, old, new); save.replace(path, new, old)"
    )
    seen = set()
    for moment in range(25):
        path.write_bytes(old)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(0.004 + moment * 0.0023)
            process.kill()
        content = path.read_bytes()
        assert content in (old, new)
        seen.add(content[:1])
    save.replace(path, path.read_bytes(), b"done")
    assert not list(tmp_path.glob(".~*")), "what a killed run left is cleared by the next"
