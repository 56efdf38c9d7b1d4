"""What Funnelbook writes: whole or not at all, under names nobody can foresee, never through a link."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from funnelbook.files import swap, write
from funnelbook.files.write import safe_write, safe_write_new


@pytest.fixture
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_link_in_the_way_is_replaced_and_its_victim_stays(tmp_path):
    victim, page = tmp_path / "victim", tmp_path / "b.html"
    victim.write_bytes(b"mine")
    page.symlink_to(victim)
    safe_write(page, b"page")
    assert (page.read_bytes(), page.is_symlink(), victim.read_bytes()) == (b"page", False, b"mine")


@pytest.mark.parametrize("leads_to", ["victim", "nowhere", "loop.xlsx"])
def test_a_new_file_never_goes_through_a_link(tmp_path, leads_to):
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / "loop.xlsx").symlink_to(tmp_path / leads_to)
    with pytest.raises(FileExistsError):
        safe_write_new({tmp_path / "loop.xlsx": b"new"})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["loop.xlsx", "victim"]
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_several_new_files_are_all_there_or_none(tmp_path):
    third = tmp_path / "c.xlsx"
    third.write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        safe_write_new({tmp_path / name: b"ours" for name in ("a.xlsx", "b.xlsx", "c.xlsx")})
    assert [p.name for p in tmp_path.iterdir()] == ["c.xlsx"]
    assert third.read_bytes() == b"theirs"


def test_what_somebody_put_in_the_place_of_a_new_file_is_not_taken_away_again(tmp_path, monkeypatch):
    """The second file cannot be placed; meanwhile somebody has replaced the first."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    real = swap.place_new

    def place(new, path):
        if path == second:
            (tmp_path / "other").write_bytes(b"theirs")
            os.replace(tmp_path / "other", first)
            raise OSError(errno.EIO, "Input/output error")
        real(new, path)

    monkeypatch.setattr(write, "place_new", place)
    with pytest.raises(OSError, match="Input/output"):
        safe_write_new({first: b"ours", second: b"ours"})
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.xlsx", b"theirs")]


@pytest.mark.parametrize("failing", ["fdopen", "fsync", "replace"])
def test_a_fault_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch, failing):
    path = tmp_path / "a.html"
    path.write_bytes(b"old")

    def fault(*_arguments, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, failing, fault)
    with pytest.raises(OSError, match="No space left"):
        safe_write(path, b"new")
    monkeypatch.undo()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.html", b"old")]


@pytest.mark.parametrize("given", [0o600, 0o640, 0o664, 0o444])
def test_a_file_keeps_its_mode(tmp_path, given, usual_umask):
    path = tmp_path / "a.html"
    path.write_bytes(b"old")
    path.chmod(given)
    safe_write(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", given)


@pytest.mark.parametrize(
    ("source", "made"), [(0o600, 0o600), (0o640, 0o640), (0o664, 0o664), (0o444, 0o644), (0o755, 0o644)]
)
def test_a_new_file_is_as_readable_as_its_source_and_its_owner_can_write_it(tmp_path, source, made, usual_umask):
    team = tmp_path / "team.xlsx"
    team.write_bytes(b"team")
    team.chmod(source)
    safe_write_new({tmp_path / "Ann.xlsx": b"ann"}, like=team)
    assert mode(tmp_path / "Ann.xlsx") == made


def test_a_new_file_without_a_source_is_as_the_user_has_new_files(tmp_path, usual_umask):
    safe_write(tmp_path / "a", b"")
    safe_write_new({tmp_path / "b": b""})
    assert (mode(tmp_path / "a"), mode(tmp_path / "b")) == (0o644, 0o644)


def test_extended_attributes_stay(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.tag", b"mine")
    except OSError:
        pytest.skip("NOT CHECKED: no extended attributes on this file system")
    safe_write(path, b"new")
    assert os.getxattr(path, "user.tag") == b"mine"


def test_names_are_told_by_no_name_of_the_file(tmp_path):
    """A name of 250 letters leaves no room for another beside it that is made from it."""
    path = tmp_path / ("x" * 250 + ".html")
    safe_write(path, b"1")
    safe_write(path, b"2")
    assert path.read_bytes() == b"2"


@pytest.mark.parametrize("lacking", ["renameat2", "link"])
def test_without_the_kernels_rename_a_new_file_still_replaces_nothing(tmp_path, monkeypatch, lacking):
    def missing(*_arguments):
        raise swap.NoExchangeError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(swap, "_rename", missing)
    if lacking == "link":
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    safe_write_new({tmp_path / "a": b"1"})
    with pytest.raises(FileExistsError):
        safe_write_new({tmp_path / "a": b"2"})
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"1")]
