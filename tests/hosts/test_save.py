"""A file is the old one or the new one, whatever happens in between; what somebody else saves meanwhile is never lost."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from funnelbook.book.ports import BookError
from funnelbook.files import leftover, lock, swap, versions
from funnelbook.hosts.ooxml import save

OLD, NEW, THEIRS = b"old" * 1000, b"new" * 2000, b"theirs" * 1500
STEPS = [  # of a save, in order
    (save, "held"),
    (leftover, "settle"),
    (leftover, "staged"),
    (save, "_refuse_changed"),
    (save, "take_after"),
    (versions, "keep"),
    (save, "exchange"),
    (save, "_refuse_overtaken"),
    (versions, "forget_oldest"),
]
EXCHANGED = [name for _, name in STEPS].index("exchange")


def rename_over(path: Path, data: bytes) -> None:
    beside = path.with_name("user.tmp")
    beside.write_bytes(data)
    os.replace(beside, path)


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def anew(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(data)


SAVES = [rename_over, in_place, anew]


@pytest.fixture(params=["exchange", "two steps"])
def file_system(request, monkeypatch):
    """One that can exchange two files, and one that cannot."""
    if request.param == "two steps":
        without_exchange(monkeypatch)
    return request.param


def without_exchange(monkeypatch) -> None:
    def missing(*_arguments):
        raise swap.NoExchangeError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(swap, "_rename", missing)


@pytest.fixture
def path(tmp_path) -> Path:
    file = tmp_path / "team.xlsx"
    file.write_bytes(OLD)
    return file


def before(monkeypatch, where, name: str, happens) -> None:
    """Has something happen once, before a step."""
    real, done = getattr(where, name), []

    def step(*arguments, **named):
        if not done:
            done.append(True)
            happens()
        return real(*arguments, **named)

    monkeypatch.setattr(where, name, step)


def refused(path: Path, old: bytes = OLD, new: bytes = NEW) -> str:
    with pytest.raises(BookError) as caught:
        save.replace(path, old, new)
    assert all(caught.value.text(language) for language in ("zh", "en"))
    return caught.value.code


def kept(path: Path) -> list[bytes]:
    return [version.read() for version in versions.versions(path)]


def beside(path: Path) -> set[str]:
    """What lies beside a file or among its versions and is none of them."""
    among = {p.name for p in path.parent.glob(f"{versions.FOLDER}/*")} - {v.name for v in versions.versions(path)}
    return {p.name for p in path.parent.iterdir()} - {path.name, versions.FOLDER} | among


# Somebody else saves


@pytest.mark.parametrize("how", SAVES)
@pytest.mark.parametrize("at", range(len(STEPS)), ids=[name for _, name in STEPS])
def test_a_save_of_the_users_at_any_moment_stands(path, monkeypatch, file_system, at, how):
    before(monkeypatch, *STEPS[at], lambda: how(path, THEIRS))
    if at <= EXCHANGED:
        assert refused(path) == "changed"
    else:  # they saved over ours, as they may
        save.replace(path, OLD, NEW)
    assert path.read_bytes() == THEIRS
    assert not beside(path)
    save.replace(path, THEIRS, NEW)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("how", SAVES)
def test_who_saves_again_while_a_save_is_put_back_has_the_last_word(path, monkeypatch, how):
    before(monkeypatch, save, "exchange", lambda: rename_over(path, THEIRS))
    before(monkeypatch, leftover, "exchange", lambda: how(path, b"theirs again"))
    assert refused(path) == "changed"
    assert path.read_bytes() == b"theirs again"
    assert THEIRS in kept(path), "what they saved over themselves is a version"
    assert not beside(path)


@pytest.mark.parametrize("how", SAVES)
def test_a_save_between_the_two_steps_of_an_exchange_stands(path, monkeypatch, how):
    without_exchange(monkeypatch)
    real = swap.place_new

    def place(new, target):
        if target == path:
            how(path, THEIRS)
        real(new, target)

    monkeypatch.setattr(swap, "place_new", place)
    assert refused(path) == "changed"
    assert path.read_bytes() == THEIRS
    assert kept(path) == [OLD]
    assert not beside(path)


def test_a_save_that_happens_to_be_an_older_version_stands_too(path):
    """Somebody copies an old version over the file between our check and our exchange: what is kept is no sign that it is ours."""
    save.replace(path, OLD, NEW)
    with pytest.MonkeyPatch.context() as patched:
        before(patched, save, "exchange", lambda: rename_over(path, OLD))
        assert refused(path, NEW, b"newer") == "changed"
    assert path.read_bytes() == OLD


_WRITER = """
import sys, errno
from pathlib import Path
from funnelbook.book.ports import BookError
from funnelbook.files import lock, swap
from funnelbook.hosts.ooxml import save
path, me, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
def missing(*_):
    raise swap.NoExchangeError(errno.EINVAL, "")
if how != "all":
    swap._rename = missing
if how == "neither":
    lock._locked = lambda handle: False
for n in range(int(sys.argv[4])):
    while True:
        try:
            old = path.read_bytes()
            save.replace(path, old, old + f"{me}-{n}\\n".encode())
            break
        except (BookError, FileNotFoundError):
            pass
"""


@pytest.mark.parametrize("how", ["all", "no exchange", "neither"])
@pytest.mark.parametrize("writers", [2, 5])
def test_what_several_writers_at_once_were_told_is_done_is_in_the_file(tmp_path, writers, how):
    """Each takes the file as it is, adds a line and tries until it is told that it is done; also where there are no locks."""
    path, each = tmp_path / "team.xlsx", 6
    path.write_bytes(b"")
    running = [
        subprocess.Popen([sys.executable, "-c", _WRITER, path, str(me), how, str(each)], stderr=subprocess.PIPE)
        for me in range(writers)
    ]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, b"")
    wanted = {f"{me}-{n}" for me in range(writers) for n in range(each)}
    lines = path.read_text().split()
    assert (len(lines), set(lines)) == (len(wanted), wanted)


def test_the_save_of_a_sibling_is_left_alone(tmp_path, monkeypatch):
    """team.xlsx is saved in the middle of a save of team-b.xlsx."""
    team, other = tmp_path / "team.xlsx", tmp_path / "team-b.xlsx"
    team.write_bytes(OLD)
    other.write_bytes(OLD)
    before(monkeypatch, save, "exchange", lambda: save.replace(team, OLD, NEW))
    save.replace(other, OLD, NEW)
    assert (team.read_bytes(), other.read_bytes()) == (NEW, NEW)


# The process ends, the disk fails


def killed(path: Path, where: object, name: str, *, theirs: bytes = b"", after: bool = False) -> None:
    """A save in a process of its own that ends at a step, without a word; `theirs` is saved just before the exchange."""
    child = os.fork()
    if not child:
        with pytest.MonkeyPatch.context() as patched:
            real = getattr(where, name)
            patched.setattr(where, name, lambda *a, **k: (real(*a, **k) if after else None, os._exit(9)))
            if theirs:
                before(patched, save, "exchange", lambda: rename_over(path, theirs))
            save.replace(path, OLD, NEW)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [n for n, (_, name) in enumerate(STEPS) if name != "held"], ids=lambda n: STEPS[n][1])
def test_killed_at_a_step_the_file_is_the_old_or_the_new_one_and_the_next_save_clears_up(path, at, after, file_system):
    killed(path, *STEPS[at], after=after)
    assert path.read_bytes() == (NEW if at + after > EXCHANGED else OLD)
    now = path.read_bytes()
    save.replace(path, now, b"done")
    assert path.read_bytes() == b"done"
    assert kept(path)[0] == now
    assert not beside(path)


@pytest.mark.parametrize("step", ["place_new", "sync_folder"])
def test_killed_while_a_version_was_kept_nothing_of_it_is_left_lying(path, step):
    killed(path, versions, step)
    assert path.read_bytes() == OLD
    save.replace(path, OLD, NEW)
    assert kept(path) == [OLD]
    assert not beside(path)


def test_killed_before_it_looked_what_it_took_out_the_users_save_is_put_back_by_the_next(path, file_system):
    killed(path, save, "_refuse_overtaken", theirs=THEIRS)
    assert refused(path, NEW, b"newer") == "changed"
    assert path.read_bytes() == THEIRS
    assert not beside(path)


@pytest.mark.parametrize("at", range(1, len(STEPS)), ids=lambda n: STEPS[n][1])
def test_killed_and_only_read_afterwards_nothing_is_left_lying_beside(path, at, file_system):
    killed(path, *STEPS[at], after=True)
    now = path.read_bytes()
    save.settle(path)
    assert path.read_bytes() == now
    assert {p.name for p in path.parent.iterdir()} <= {path.name, versions.FOLDER}


def test_killed_before_it_looked_the_users_save_is_there_when_the_file_is_read_again(path, file_system):
    killed(path, save, "_refuse_overtaken", theirs=THEIRS)
    save.settle(path)
    assert path.read_bytes() == THEIRS


def test_killed_before_it_looked_and_saved_over_the_users_save_is_a_version(path):
    killed(path, save, "_refuse_overtaken", theirs=THEIRS)
    rename_over(path, b"later")
    save.replace(path, b"later", NEW)
    assert kept(path) == [b"later", THEIRS, OLD]
    assert not beside(path)


def test_killed_between_the_two_steps_of_an_exchange_the_file_comes_back_when_it_is_opened(path, monkeypatch):
    without_exchange(monkeypatch)
    killed(path, os, "rename", after=True)
    assert not path.exists()
    save.settle(path)
    assert path.read_bytes() == OLD
    save.replace(path, OLD, NEW)
    assert not beside(path)


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
    for moment in range(25):
        path.write_bytes(old)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(0.004 + moment * 0.0023)
            process.kill()
        assert path.read_bytes() in (old, new)
    save.replace(path, path.read_bytes(), b"done")
    assert not list(tmp_path.glob(".~*")), "what a killed run left is cleared by the next"


FAULTS = [errno.ENOSPC, errno.EIO]


@pytest.mark.parametrize("at", list(range(len(STEPS))), ids=lambda n: STEPS[n][1])
@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_at_a_step_is_told_and_nothing_has_changed_or_all(path, monkeypatch, file_system, at, code):
    def fault(*_arguments, **_named):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(*STEPS[at], fault)
        if at <= EXCHANGED + 1:
            assert refused(path) == "no_temp"
            assert path.read_bytes() == OLD
        else:
            save.replace(path, OLD, NEW)
            assert path.read_bytes() == NEW
    assert not beside(path)


@pytest.mark.parametrize("name", ["fsync", "fdopen", "open", "unlink", "rename", "stat", "listdir", "scandir"])
def test_whatever_call_of_the_system_fails_what_is_told_is_true(tmp_path, monkeypatch, file_system, name):
    """The first call fails, then the second, and so on until none is left to fail."""
    real = getattr(os, name)
    for nth in itertools.count():
        path = tmp_path / f"{nth}" / "team.xlsx"
        path.parent.mkdir()
        path.write_bytes(OLD)
        calls = itertools.count()

        def fault(*arguments, _calls=calls, _nth=nth, **named):
            if next(_calls) == _nth:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments, **named)

        with monkeypatch.context() as patched:
            patched.setattr(os, name, fault)
            try:
                save.replace(path, OLD, NEW)
                told = NEW
            except BookError as error:
                told = OLD
                assert error.code in ("no_temp", "half_saved")
        assert path.read_bytes() == told
        now = path.read_bytes()
        save.replace(path, now, b"done")
        assert not beside(path)
        if next(calls) <= nth:
            break


def test_what_cannot_even_be_put_back_is_named_and_put_back_by_the_next(path, monkeypatch):
    with monkeypatch.context() as patched:
        before(patched, save, "exchange", lambda: rename_over(path, THEIRS))
        patched.setattr(
            leftover, "exchange", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error"))
        )
        assert refused(path) == "half_saved"
    assert refused(path, NEW, b"newer") == "changed"
    assert path.read_bytes() == THEIRS
    assert not beside(path)


# What a file is besides its bytes


def test_owner_mode_and_attributes_stay(path):
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 12345, 54321)
    try:
        os.setxattr(path, "user.tag", b"mine")
    except OSError:
        pytest.skip("NOT CHECKED: no extended attributes on this file system")
    known = path.stat()
    save.replace(path, OLD, NEW)
    now = path.stat()
    assert (now.st_mode, now.st_uid, now.st_gid) == (known.st_mode, known.st_uid, known.st_gid)
    assert os.getxattr(path, "user.tag") == b"mine"


def test_a_link_is_written_through(path, tmp_path):
    elsewhere = tmp_path / "desk"
    elsewhere.mkdir()
    (elsewhere / "second.xlsx").symlink_to(path)
    link = elsewhere / "team.xlsx"
    link.symlink_to("second.xlsx")
    save.replace(link, OLD, NEW)
    assert link.is_symlink()
    assert (elsewhere / "second.xlsx").is_symlink()
    assert (path.is_symlink(), path.read_bytes()) == (False, NEW)
    assert kept(path) == [OLD]
    assert {p.name for p in elsewhere.iterdir()} == {"team.xlsx", "second.xlsx"}


def test_a_link_that_leads_in_a_circle_is_refused(tmp_path):
    (tmp_path / "a.xlsx").symlink_to("b.xlsx")
    (tmp_path / "b.xlsx").symlink_to("a.xlsx")
    assert refused(tmp_path / "a.xlsx") == "link_loop"


@pytest.fixture
def two_names(path, tmp_path) -> tuple[Path, Path]:
    os.link(path, tmp_path / "other.xlsx")
    return path, tmp_path / "other.xlsx"


def test_a_file_of_two_names_stays_one_file(two_names):
    path, other = two_names
    save.replace(path, OLD, NEW)
    assert path.samefile(other)
    assert other.read_bytes() == NEW
    assert kept(path) == [OLD]
    assert beside(path) == {"other.xlsx"}


@pytest.mark.parametrize("new", [NEW, b"short", OLD[:1500] + b"x", OLD + NEW])
@pytest.mark.parametrize("written", [0, 1, 4, 1400, 2999, 5999])
def test_a_file_of_two_names_torn_by_a_kill_is_whole_when_it_is_next_read(two_names, new, written):
    path, other = two_names
    code = (
        "import os, sys; from pathlib import Path; from funnelbook.hosts.ooxml import save; from funnelbook.files import in_place\n"
        "def torn(handle, data):\n"
        "    os.lseek(handle, 0, 0); os.write(handle, data[: int(sys.argv[2])]); os._exit(9)\n"
        "in_place._write = torn\n"
        "save.replace(Path(sys.argv[1]), bytes.fromhex(sys.argv[3]), bytes.fromhex(sys.argv[4]))"
    )
    arguments = [str(path), str(written), OLD.hex(), new.hex()]
    assert subprocess.run([sys.executable, "-c", code, *arguments], check=False).returncode == 9
    save.settle(path)
    assert path.read_bytes() in (OLD, new)
    assert path.samefile(other)
    assert beside(path) == {"other.xlsx"}


def test_a_full_disk_leaves_a_file_of_two_names_as_it_was(two_names, monkeypatch):
    path, other = two_names
    real = os.ftruncate
    calls = iter([True])

    def full(handle, size):
        if next(calls, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle, size)

    monkeypatch.setattr(os, "ftruncate", full)
    assert refused(path) == "no_temp"
    assert path.samefile(other)
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("how", SAVES)
def test_a_save_just_before_a_file_of_two_names_is_written_stands(two_names, monkeypatch, how):
    path, _ = two_names
    before(monkeypatch, save, "write_over", lambda: how(path, THEIRS))
    assert refused(path) == "changed"
    assert path.read_bytes() == THEIRS


@pytest.mark.parametrize("lock_name", ["~$team.xlsx", ".~lock.team.xlsx#", ".~team.xlsx"])
@pytest.mark.parametrize("by_link", [False, True])
def test_a_lock_of_excel_libreoffice_or_wps_is_seen_and_named(path, tmp_path, lock_name, by_link):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "t.xlsx").symlink_to(path)
    path.with_name(lock_name).write_bytes(b"x")
    with pytest.raises(BookError) as caught:
        save.replace(tmp_path / "desk" / "t.xlsx" if by_link else path, OLD, NEW)
    assert caught.value.code == "open_elsewhere"
    assert all(lock_name in caught.value.text(language) for language in ("zh", "en"))
    path.with_name(lock_name).unlink()
    save.replace(path, OLD, NEW)


def test_another_save_that_does_not_end_is_waited_for_and_named(path, monkeypatch):
    monkeypatch.setattr(save, "held", lambda file: lock.held(file, wait_s=0.1))
    with lock.held(leftover.lock_of(path)):
        assert refused(path) == "busy"
    save.replace(path, OLD, NEW)
    assert not beside(path)


def test_a_folder_one_may_not_write_to(path, monkeypatch):
    def denied(*_arguments, **_named):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(lock.os, "open", denied)
    assert refused(path) == "no_temp"
