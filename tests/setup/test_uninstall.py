"""Removing what was installed, and nothing else."""

from __future__ import annotations

from pathlib import Path

from funnelbook.files import half_done
from funnelbook.files.half_done import Unfinished
from funnelbook.setup.engine_keys import CLASSES, CLSID, PROGID
from funnelbook.setup.install import install, uninstall
from support.machines import ADDIN, PASSES, contents, mac, windows
from support.refusing import refused


def test_uninstalling_removes_what_was_installed_and_nothing_else(tmp_path):
    values: dict[tuple[str, str, str], object] = {("HKCU", rf"{CLASSES}\Other.Engine", ""): "not ours"}
    machine = windows(tmp_path, values)
    other = machine.addin.with_name("other.xlam")
    other.parent.mkdir()
    other.write_bytes(b"another add-in")
    before = contents(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    Unfinished(half_done.place(half_done.folder_of(machine.home), 1, "a")).close()
    assert len(values) == 6 and machine.registry("HKCU", rf"{CLASSES}\{PROGID}\CLSID", "") == CLSID
    (left,) = half_done.files(half_done.folder_of(machine.home))
    assert uninstall(machine) == [machine.addin, left, *machine.links, machine.icon, machine.icon.parent]
    assert contents(tmp_path) == before
    assert values == {("HKCU", rf"{CLASSES}\Other.Engine", ""): "not ours"}
    assert uninstall(machine) == []


def test_a_settings_folder_with_other_files_stays(tmp_path):
    machine = mac(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    log = machine.conf.with_name("server.log")
    log.write_text("kept")
    assert uninstall(machine) == [machine.addin, machine.conf, machine.applescript]
    assert log.read_text() == "kept"


def test_a_file_that_cannot_be_removed_brings_the_others_back(tmp_path, monkeypatch):
    machine = mac(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    before = contents(tmp_path)
    remove = Path.unlink

    def locked(path: Path, missing_ok: bool = False) -> None:
        if path == machine.conf:
            raise PermissionError(13, "in use by another program")
        remove(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", locked)
    error = refused("setup_not_written", uninstall, machine)
    assert error.fields == {"file": machine.conf, "detail": "in use by another program"}
    assert contents(tmp_path) == before
