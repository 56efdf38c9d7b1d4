"""Two files change places; where the system cannot, in two steps that lose nothing either."""

from __future__ import annotations

import errno
import os

import pytest

from funnelbook.files import swap
from funnelbook.files.swap import exchange


def test_two_files_change_places(tmp_path):
    new, path = tmp_path / "new", tmp_path / "path"
    new.write_bytes(b"new")
    path.write_bytes(b"old")
    came = exchange(new, path, tmp_path / "aside")
    assert (path.read_bytes(), came.read_bytes()) == (b"new", b"old")
    assert {p.name for p in tmp_path.iterdir()} == {"path", came.name}


def test_this_system_does_it_in_one_step(tmp_path, monkeypatch):
    """Where the tests run: Linux on an ordinary file system, macOS on APFS."""
    monkeypatch.setattr(os, "rename", None)
    test_two_files_change_places(tmp_path)


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM])
def test_a_file_system_that_cannot_is_known_by_its_error(tmp_path, monkeypatch, code):
    class Kernel:
        @staticmethod
        def renameat2(*_arguments):
            swap.ctypes.set_errno(code)
            return -1

        renamex_np = renameat2

    monkeypatch.setattr(swap.ctypes, "CDLL", lambda *_, **__: Kernel)
    test_two_files_change_places(tmp_path)


def test_a_c_library_without_the_call_is_one_that_cannot(tmp_path, monkeypatch):
    monkeypatch.setattr(swap.ctypes, "CDLL", lambda *_, **__: object())
    test_two_files_change_places(tmp_path)


@pytest.mark.parametrize("missing", ["new", "path"])
def test_a_file_that_is_not_there_is_an_error_and_nothing_moves(tmp_path, missing):
    new, path = tmp_path / "new", tmp_path / "path"
    for file in {new, path} - {tmp_path / missing}:
        file.write_bytes(b"there")
    with pytest.raises(FileNotFoundError):
        exchange(new, path, tmp_path / "aside")
    assert len(list(tmp_path.iterdir())) == 1


def test_in_two_steps_a_new_file_that_cannot_be_placed_leaves_the_old_one(tmp_path, monkeypatch):
    monkeypatch.setattr(swap.ctypes, "CDLL", lambda *_, **__: object())
    new, path = tmp_path / "new", tmp_path / "path"
    path.write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        exchange(new, path, tmp_path / "aside")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("path", b"old")]
