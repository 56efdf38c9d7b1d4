"""An installation that fails half-way leaves everything as it was."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from funnelbook.files.write import safe_write
from funnelbook.setup.engine_keys import CLSID
from funnelbook.setup.install import install
from support.machines import ADDIN, PASSES, contents, mac, windows
from support.refusing import refused


def test_a_key_that_cannot_be_written_brings_all_back(tmp_path):
    values: dict[tuple[str, str, str], object] = {}
    machine = windows(tmp_path, values)
    install(machine, b"older", self_test=PASSES)
    there, before = dict(values), contents(tmp_path)
    write = machine.registry.write

    def guarded(key: str, value: str | None) -> None:
        if value and key.endswith("LocalServer32") and "en" in value.split():
            raise PermissionError(13, "access denied")
        write(key, value)

    machine.registry.write = guarded
    error = refused("setup_not_written", install, machine, ADDIN, language="en", self_test=PASSES)
    assert str(error.fields["file"]) == rf"HKEY_CURRENT_USER\Software\Classes\CLSID\{CLSID}\LocalServer32"
    assert (values, contents(tmp_path)) == (there, before)


@pytest.mark.parametrize(
    ("code", "remedies"),
    [
        (errno.ENOSPC, ("磁盘", "disk is not full")),
        (errno.EACCES, ("杀毒软件", "virus scanner")),  # which holds the file
        (errno.EROFS, ("只读", "read-only")),  # the profile
    ],
)
def test_what_keeps_a_file_from_being_written_is_told_with_its_remedy(tmp_path, monkeypatch, code, remedies):
    values: dict[tuple[str, str, str], object] = {}
    machine = windows(tmp_path, values)
    install(machine, b"older", self_test=PASSES)
    there, before = dict(values), contents(tmp_path)

    def full(path: Path, content: bytes) -> None:
        if path == machine.links[1] and content != before[str(path.relative_to(tmp_path))]:
            raise OSError(code, os.strerror(code))
        safe_write(path, content)

    monkeypatch.setattr("funnelbook.setup.install.safe_write", full)
    error = refused("setup_not_written", install, machine, ADDIN, language="en", self_test=PASSES)
    assert error.fields["file"] == machine.links[1] and error.fields["detail"] == os.strerror(code)
    assert all(remedy in error.text(language) for language, remedy in zip(("zh", "en"), remedies, strict=True))
    assert (values, contents(tmp_path)) == (there, before)


@pytest.mark.parametrize("older", [None, b"older"])
def test_when_the_second_write_fails_the_first_is_undone(tmp_path, older):
    machine = mac(tmp_path)
    if older:
        install(machine, older, self_test=PASSES)
        shutil.rmtree(machine.conf.parent)
    machine.conf.parent.parent.mkdir(parents=True, exist_ok=True)
    machine.conf.parent.write_text("a file stands where the settings' folder should be")
    before = contents(tmp_path)
    error = refused("setup_not_written", install, machine, ADDIN, self_test=PASSES)
    assert error.fields["file"] == machine.conf
    assert contents(tmp_path) == before


def test_a_write_that_fails_leaves_no_temporary_file(tmp_path):
    machine = windows(tmp_path)
    machine.addin.mkdir(parents=True)
    before = contents(tmp_path)
    refused("setup_not_written", install, machine, ADDIN, self_test=PASSES)
    assert contents(tmp_path) == before
