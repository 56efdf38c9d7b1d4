"""What is worked out from a workbook is kept with its versions, for nobody else to read, and never taken for something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from funnelbook.files import derived, versions

ONE, OTHER = "1" * 64, "2" * 64
DATA = bytes(range(256))


@pytest.fixture
def path(tmp_path) -> Path:
    file = tmp_path / "a [1].xlsx"
    file.write_bytes(b"0")
    return file


def keep(file: Path, **made: bytes) -> None:
    derived.keep(
        file, [ONE, OTHER], {{"one": ONE, "other": OTHER}[key]: lambda data=data: data for key, data in made.items()}
    )


def kept(file: Path) -> list[Path]:
    return sorted((file.parent / versions.FOLDER).iterdir())


def test_it_comes_back_by_its_key_and_is_for_nobody_else_to_read(path):
    keep(path, one=DATA)
    assert (derived.read(path, ONE), derived.read(path, OTHER)) == (DATA, None)
    (file,) = kept(path)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert versions.versions(path) == []


@pytest.mark.parametrize("at", [0, 31, 32, 100, -1])
def test_with_a_bit_turned_it_is_nothing(path, at):
    keep(path, one=DATA)
    (file,) = kept(path)
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert derived.read(path, ONE) is None


@pytest.mark.parametrize("size", [0, 10, 32, 33, 287])
def test_cut_short_it_is_nothing(path, size):
    keep(path, one=DATA)
    (file,) = kept(path)
    file.write_bytes(file.read_bytes()[:size])
    assert derived.read(path, ONE) is None


def test_under_the_name_of_another_it_is_nothing(path):
    keep(path, one=DATA)
    (file,) = kept(path)
    file.rename(file.with_name(file.name.replace(ONE, OTHER)))
    assert derived.read(path, OTHER) is None


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link"])
def test_something_else_in_its_place_is_nothing_and_does_no_harm(path, kind, tmp_path):
    keep(path, one=DATA)
    (file,) = kept(path)
    if kind == "a link":
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    else:
        file.unlink()
        file.mkdir() if kind == "a folder" else os.mkfifo(file)
    assert derived.read(path, ONE) is None
    keep(path, one=DATA)
    assert derived.read(path, ONE) == (None if kind == "a folder" else DATA)


def test_what_is_of_no_use_any_more_goes_that_of_other_workbooks_stays(path):
    others = [path.with_name(name) for name in ("a.xlsx", "a [1].xlsm", "a [1]-b.xlsx", "a [1]")]
    for file in [path, *others]:
        keep(file, one=DATA)
    versions.keep(path, b"0", None)
    derived.keep(path, [OTHER], {OTHER: lambda: DATA})
    assert (derived.read(path, ONE), derived.read(path, OTHER)) == (None, DATA)
    assert [derived.read(file, ONE) for file in others] == [DATA] * len(others)
    assert [version.read() for version in versions.versions(path)] == [b"0"]


def test_what_is_not_made_is_not_kept(path):
    derived.keep(path, [ONE], {ONE: lambda: None})
    assert derived.read(path, ONE) is None


IN_A_CHILD = """
import os, resource, sys, tempfile
from pathlib import Path
from funnelbook.files import derived
if os.geteuid() == 0:
    os.setuid(65534)
path = Path(tempfile.mkdtemp()) / "a.xlsx"
derived.keep(path, ["1" * 64], {"1" * 64: lambda: b"data"})
folder = path.parent / ".funnelbook-backup"
if sys.argv[1] == "a full disk":
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
elif sys.argv[1] == "a folder that cannot be written":
    folder.chmod(0o500)
else:
    (file,) = folder.iterdir()
    file.chmod(0)
derived.keep(path, ["1" * 64, "2" * 64], {"2" * 64: lambda: bytes(1_000_000)})
print([derived.read(path, key * 64) and len(derived.read(path, key * 64)) for key in "12"], len(list(folder.iterdir())))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits and modes of POSIX")
@pytest.mark.parametrize(
    ("fault", "left"),
    [
        ("a full disk", "[4, None] 1"),
        ("a folder that cannot be written", "[4, None] 1"),
        ("a file that cannot be read", "[None, 1000000] 2"),
    ],
)
def test_what_the_disk_does_not_take_or_give_is_not_there(fault, left):
    done = subprocess.run([sys.executable, "-c", IN_A_CHILD, fault], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (left, "")


def test_two_processes_that_keep_at_once_leave_one_whole(path):
    code = (
        "import sys; from pathlib import Path; from funnelbook.files import derived\n"
        "for _ in range(200): derived.keep(Path(sys.argv[1]), ['1' * 64], {'1' * 64: lambda: bytes(50_000)})"
    )
    children = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(2)]
    seen = set()
    while any(child.poll() is None for child in children):
        seen.add(derived.read(path, ONE))
    assert [child.returncode for child in children] == [0, 0]
    assert seen <= {None, bytes(50_000)}
    assert derived.read(path, ONE) == bytes(50_000)
    assert len(kept(path)) == 1
