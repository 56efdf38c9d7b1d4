"""The extension put into, looked after in and taken out of LibreOffices made of shell scripts, and one real LibreOffice."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from funnelbook.setup.doctor import doctor
from funnelbook.setup.install_libreoffice import FITTING, install, uninstall
from funnelbook.setup.machine import Machine
from funnelbook.setup.office import Office
from support.external import ROOT, need
from support.installed_office import (
    FAULTS,
    SHIPPED,
    environment,
    healthy,
    linux,
)
from support.machines import FakeRegistry, stub, windows
from support.refusing import refused


def faults(office: Office) -> dict[str, str]:
    return {f.code: f.detail for f in doctor(office.machine, b"", office, SHIPPED) if not f.ok}


def test_it_is_put_in_place_with_the_environment_it_was_installed_from(tmp_path):
    office, ours = linux(tmp_path), environment(tmp_path)
    report = install(office, SHIPPED, ours, language="en")
    assert (report.status, len(report.files)) == ("office_installed", 1)
    folder = report.files[0]
    assert folder.is_relative_to(tmp_path / "lina/.config/libreoffice/4")
    told = json.loads((folder / "environment.json").read_text())
    assert told == {"packages": list(ours.packages), "python": "3.11", "language": "en"}
    with zipfile.ZipFile(io.BytesIO(SHIPPED)) as archive:
        assert all((folder / name).read_bytes() == archive.read(name) for name in archive.namelist())
    assert faults(office) == {}
    assert install(office, SHIPPED, ours).status == "office_installed_over"
    assert uninstall(office) == [folder]
    assert not folder.exists()
    assert uninstall(office) == []


REFUSALS = [
    ({"running": True}, "office_runs", {}),
    ({"version": "3.9"}, "office_python_unfit", {"theirs": "3.9", "fitting": "3.11–3.14"}),
    ({"version": "3.13"}, "office_other_python", {"theirs": "3.13", "ours": "3.11"}),
    ({"loads": "echo No module named numpy >&2; exit 1"}, "office_self_test_failed", {"detail": "No module named numpy"}),
    ({"shows": "#NAME?,#NAME?"}, "office_self_test_failed", {"detail": "FB_NEED: #NAME?,#NAME?"}),
    ({"manages": "echo no disk >&2; exit 1"}, "office_self_test_failed", {"detail": "no disk"}),
    ({"manages": 'case $profile in *lina*) echo locked >&2; exit 1;; esac'}, "office_unchanged", {"detail": "locked"}),
]  # fmt: skip


@pytest.mark.parametrize(("how", "code", "fields"), REFUSALS)
def test_what_is_refused_leaves_the_profile_as_it_was(tmp_path, how, code, fields):
    ours = environment(tmp_path)
    error = refused(code, install, linux(tmp_path, **how), SHIPPED, ours)
    assert {name: value for name, value in error.fields.items() if name != "reinstall"} == fields
    assert error.fields.get("reinstall", "") in error.text("zh")
    assert not list((tmp_path / "lina").iterdir())


def test_an_older_extension_stays_when_the_new_one_fails(tmp_path):
    ours = environment(tmp_path)
    folder = install(linux(tmp_path), SHIPPED, ours).files[0]
    (folder / "description.xml").write_text("last year's")
    refused("office_self_test_failed", install, linux(tmp_path, shows="0,0"), SHIPPED, ours)
    assert (folder / "description.xml").read_text() == "last year's"
    refused("office_runs", uninstall, linux(tmp_path, running=True))
    assert list(faults(linux(tmp_path))) == ["office_current"]


def test_without_libreoffice_or_without_python_in_it_the_user_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("funnelbook.setup.office.SYSTEMS_PYTHON", tmp_path / "none")
    refused("no_office", install, None, SHIPPED, environment(tmp_path))
    refused("no_office", uninstall, None)
    office = linux(tmp_path)
    (office.soffice.parent / "python").unlink()
    refused("office_no_python", install, office, SHIPPED, environment(tmp_path))


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("win32", "Program Files/LibreOffice/program/soffice.exe"),
        ("darwin", "lina/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    ],
)
def test_it_is_found_in_the_usual_places(tmp_path, platform, place):
    env = {"PATH": "", "ProgramFiles": str(tmp_path / "Program Files")}
    machine = Machine(platform, env, tmp_path / "lina", Path(sys.executable), FakeRegistry({}), lambda: False)
    stub(tmp_path / place, "exit 0")
    assert Office.of(machine).soffice == tmp_path / place


def test_the_pythons_that_fit_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    low, high = FITTING[0], FITTING[-1].replace("14", "15")
    assert project["requires-python"] == f">={low},<{high}"


@pytest.mark.parametrize(("make", "code", "detail"), FAULTS)
def test_a_fault_is_found_and_no_other(tmp_path, monkeypatch, make, code, detail):
    monkeypatch.setattr("funnelbook.setup.office.SYSTEMS_PYTHON", tmp_path / "none")
    found = faults(make(tmp_path))
    assert list(found) == [code]
    assert detail in found[code]


def test_beside_excel_libreoffice_counts_once_the_extension_is_in_it(tmp_path):
    excel = windows(tmp_path)
    office, _ = healthy(tmp_path)
    elsewhere = replace(office, machine=replace(office.machine, home=tmp_path / "nobody"))
    codes = [f.code for f in doctor(excel, b"", elsewhere, SHIPPED)]
    assert "excel_folder" in codes
    assert [c for c in codes if c.startswith("office")] == ["office_too"]
    both = [f.code for f in doctor(excel, b"", office, SHIPPED)]
    assert {"excel_folder", "office_imports"} <= set(both)
    excel.excel_folder.rmdir()
    alone = doctor(excel, b"", office, SHIPPED)
    assert "excel_folder" not in [f.code for f in alone]
    assert all(f.ok for f in alone)


@pytest.mark.live
def test_a_real_libreoffice_computes_with_it_until_it_is_taken_out(tmp_path):
    need("libreoffice")
    need("uno")
    env = {**os.environ, "HOME": str(tmp_path), "FUNNELBOOK_LANG": "en"}
    env.pop("XDG_CONFIG_HOME", None)
    command = Path(sys.executable).with_name("funnelbook")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([command, *arguments], env=env, capture_output=True, text=True, check=False, timeout=500)

    installed = run("install", "--libreoffice")
    assert installed.returncode == 0, installed.stderr
    checked = run("doctor")
    assert (checked.returncode, checked.stdout.strip()) == (0, "All checks passed.")
    (folder,) = tmp_path.glob(".config/libreoffice/4/user/uno_packages/cache/uno_packages/*/funnelbook.oxt")
    told = json.loads((folder / "environment.json").read_text())
    (folder / "environment.json").write_text(json.dumps({**told, "packages": [str(tmp_path / "gone")]}))
    assert "no longer there" in run("doctor").stdout
    removed = run("uninstall", "--libreoffice")
    assert removed.returncode == 0, removed.stderr
    assert "not in LibreOffice" in run("doctor").stdout
