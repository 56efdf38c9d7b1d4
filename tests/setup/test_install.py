"""Installing into, and removing from, a Windows profile and a Mac home made of real files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from funnelbook.book.ports import BookError
from funnelbook.setup import machine as machine_module
from funnelbook.setup.install import SELF_TEST, install, uninstall
from funnelbook.setup.machine import APPLESCRIPT, DLLS, Machine, read_settings, registry, running
from funnelbook.words import say
from support.machines import ADDIN, PASSES, mac, stub, windows

FAILS = ("-c", "import sys; print('first', file=sys.stderr); sys.exit('No module named xlwings')")


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below a folder, with what the files hold."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


def refused(code: str, call, *arguments, **options) -> BookError:
    with pytest.raises(BookError) as caught:
        call(*arguments, **options)
    assert caught.value.code == code
    return caught.value


def test_on_windows_the_addin_and_its_settings_are_written(tmp_path):
    machine = windows(tmp_path)
    report = install(machine, ADDIN, self_test=PASSES)
    assert report.status == "installed"
    roaming = tmp_path / "Users/李娜/AppData/Roaming"
    assert (roaming / "Microsoft/Excel/XLSTART/funnelbook.xlam").read_bytes() == ADDIN
    conf = (tmp_path / "Users/李娜/.funnelbook/funnelbook.conf").read_bytes()
    assert conf == (
        b'"INTERPRETER_WIN","%APPDATA%\\uv\\tools\\funnelbook\\Scripts\\pythonw.exe"\r\n'
        b'"LANGUAGE","zh"\r\n'
        b'"SERVER","auto"\r\n'
        b'"DLL_FOLDER","%APPDATA%\\uv\\tools\\funnelbook"\r\n'
    )
    assert set(report.files) == {machine.addin, machine.conf}
    assert not list(roaming.rglob(".funnelbook-*")), "no temporary file stays"


def test_what_the_settings_say_leads_back_to_the_files(tmp_path):
    machine = windows(tmp_path)
    install(machine, ADDIN, language="en", self_test=PASSES)
    settings, wrong = read_settings(machine.conf.read_text(encoding="ascii"))
    assert (wrong, settings["LANGUAGE"]) == ([], "en")
    assert machine.readable(settings["INTERPRETER_WIN"]) == machine.python.with_name("pythonw.exe")
    assert all((machine.readable(settings["DLL_FOLDER"]) / dll).is_file() for dll in DLLS)


def test_without_pythonw_the_python_itself_is_named(tmp_path):
    machine = windows(tmp_path)
    machine.python.with_name("pythonw.exe").unlink()
    install(machine, ADDIN, self_test=PASSES)
    assert b"Scripts\\python.exe" in machine.conf.read_bytes()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (r"C:\Users\李娜\AppData\Roaming\uv\python.exe", r"%APPDATA%\uv\python.exe"),
        (r"c:\users\李娜\appdata\LOCAL\uv\python.exe", r"%LOCALAPPDATA%\uv\python.exe"),
        (r"C:\Users\李娜\uv\python.exe", r"%USERPROFILE%\uv\python.exe"),
        (r"C:\Users\李娜\AppData\LocalLow\python.exe", r"%USERPROFILE%\AppData\LocalLow\python.exe"),
        (r"D:\uv\python.exe", r"D:\uv\python.exe"),
        (r"\\server\tools\python.exe", r"\\server\tools\python.exe"),
    ],
)
def test_paths_are_written_from_the_nearest_folder_of_the_profile(tmp_path, path, text):
    home = r"C:\Users\李娜"
    env = {"APPDATA": rf"{home}\AppData\Roaming", "LOCALAPPDATA": rf"{home}\AppData\Local", "USERPROFILE": home}
    machine = replace(windows(tmp_path), env=env)
    assert machine.portable(Path(path)) == text
    assert str(machine.readable(text)).casefold() == path.replace("\\", "/").casefold()


def test_a_path_excel_cannot_read_is_refused(tmp_path):
    machine = windows(tmp_path)
    shutil.move(machine.python.parents[1], tmp_path / "工具")
    machine = replace(machine, python=tmp_path / "工具" / "Scripts" / "python.exe")
    before = contents(tmp_path)
    error = refused("path_not_plain", install, machine, ADDIN, self_test=PASSES)
    assert "工具" in error.text("zh")
    assert contents(tmp_path) == before


def test_the_formula_server_can_start_at_logon(tmp_path):
    machine = windows(tmp_path)
    report = install(machine, ADDIN, server_at_logon=True, self_test=PASSES)
    start = tmp_path / "Users/李娜/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/Funnelbook.cmd"
    expected = b'@start "" "%APPDATA%\\uv\\tools\\funnelbook\\Scripts\\pythonw.exe" -m funnelbook.udfs zh\r\n'
    assert start.read_bytes() == expected
    assert b'"SERVER","running"\r\n' in machine.conf.read_bytes()
    assert "注销" in report.text("zh")
    assert install(machine, b"newer", self_test=PASSES).server_at_logon, "an update keeps it"
    install(machine, b"newer", server_at_logon=False, self_test=PASSES)
    assert not start.exists()
    assert b'"SERVER","auto"\r\n' in machine.conf.read_bytes()


def test_on_a_mac_excels_own_places_are_used(tmp_path):
    machine = mac(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    library = tmp_path / "Users/lina/Library"
    startup = library / "Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    assert (startup / "funnelbook.xlam").read_bytes() == ADDIN
    assert (library / "Application Scripts/com.microsoft.Excel" / APPLESCRIPT).stat().st_size > 0
    conf = (library / "Containers/com.microsoft.Excel/Data/.funnelbook/funnelbook.conf").read_bytes()
    assert conf == f'"INTERPRETER_MAC","{machine.python}"\n"LANGUAGE","zh"\n"SERVER","auto"\n'.encode("ascii")
    refused("logon_windows_only", install, machine, ADDIN, server_at_logon=True, self_test=PASSES)
    assert len(uninstall(machine)) == 4
    assert not [path for path in library.rglob("*") if path.is_file()]


def test_installing_again_says_what_it_did(tmp_path):
    machine = windows(tmp_path)
    install(machine, b"older", self_test=PASSES)
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"
    assert machine.addin.read_bytes() == ADDIN
    written = machine.addin.stat().st_mtime_ns
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_same"
    assert machine.addin.stat().st_mtime_ns == written
    assert install(machine, ADDIN, language="en", self_test=PASSES).status == "installed_over"


def test_an_addin_marked_as_from_the_internet_is_written_anew(tmp_path):
    machine = windows(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    Path(f"{machine.addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"


def test_a_failing_self_test_refuses_with_its_last_line(tmp_path):
    machine = windows(tmp_path)
    before = contents(tmp_path)
    error = refused("self_test_failed", install, machine, ADDIN, self_test=FAILS)
    assert error.fields["detail"] == "No module named xlwings"
    stub(machine.python.with_name("pythonw.exe"), "exit 3")
    assert refused("self_test_failed", install, machine, ADDIN).fields["detail"] == "exit code 3"
    machine.python.with_name("pythonw.exe").chmod(0o644)
    assert "denied" in refused("self_test_failed", install, machine, ADDIN).fields["detail"]
    after = contents(tmp_path)
    assert after.keys() == before.keys()


def test_the_self_test_asks_the_python_that_excel_will_start(tmp_path):
    machine = windows(tmp_path)
    stub(machine.python.with_name("pythonw.exe"), f'printf "%s" "$2" > "{tmp_path}/asked"')
    install(machine, ADDIN)
    assert (tmp_path / "asked").read_text() == SELF_TEST[1]


def test_a_self_test_that_hangs_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(machine_module, "ANSWER_WITHIN", 0.2)
    refused("self_test_failed", install, windows(tmp_path), ADDIN, self_test=("-c", "import time; time.sleep(60)"))


@pytest.mark.parametrize("older", [None, b"older"])
def test_when_the_second_write_fails_the_first_is_undone(tmp_path, older):
    machine = windows(tmp_path)
    if older:
        install(machine, older, self_test=PASSES)
        shutil.rmtree(machine.conf.parent)
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


def test_a_missing_dll_is_refused(tmp_path):
    machine = windows(tmp_path)
    (machine.python.parents[1] / DLLS[1]).unlink()
    before = contents(tmp_path)
    refused("xlwings_incomplete", install, machine, ADDIN, self_test=PASSES)
    assert contents(tmp_path) == before


def test_dlls_beside_the_python_are_found_too(tmp_path):
    machine = windows(tmp_path)
    for dll in DLLS:
        shutil.move(machine.python.parents[1] / dll, machine.python.parent / dll)
    install(machine, ADDIN, self_test=PASSES)
    assert b'"DLL_FOLDER","%APPDATA%\\uv\\tools\\funnelbook\\Scripts"\r\n' in machine.conf.read_bytes()


def test_nothing_is_installed_where_there_is_no_excel(tmp_path):
    linux = replace(windows(tmp_path), platform="linux")
    refused("no_excel_here", install, linux, ADDIN)
    refused("no_excel_here", uninstall, linux)
    assert Machine.this().platform == sys.platform
    machine = windows(tmp_path / "never")
    machine.excel_folder.rmdir()
    refused("excel_never_ran", install, machine, ADDIN)
    assert not machine.excel_folder.exists()


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


def test_uninstalling_removes_what_was_installed_and_nothing_else(tmp_path):
    machine = windows(tmp_path)
    other = machine.addin.with_name("other.xlam")
    other.parent.mkdir()
    other.write_bytes(b"another add-in")
    before = contents(tmp_path)
    install(machine, ADDIN, server_at_logon=True, self_test=PASSES)
    removed = uninstall(machine)
    assert removed == [machine.addin, machine.conf, machine.logon, machine.conf.parent]
    after = contents(tmp_path)
    assert {k: v for k, v in after.items() if v is not None} == {k: v for k, v in before.items() if v is not None}
    assert uninstall(machine) == []


def test_a_settings_folder_with_other_files_stays(tmp_path):
    machine = windows(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    log = machine.conf.with_name("server.log")
    log.write_text("kept")
    assert uninstall(machine) == [machine.addin, machine.conf]
    assert log.read_text() == "kept"


def test_a_file_that_cannot_be_removed_brings_the_others_back(tmp_path, monkeypatch):
    machine = windows(tmp_path)
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


def test_every_sentence_is_there_in_both_languages(tmp_path):
    fields = {"path": "D:\\工具", "missing": DLLS[0], "detail": "x", "file": "y"}
    fields |= {"as_tool": "uv a", "reinstall": "uv b", "remove": "uv c"}
    for code in (
        *(
            "no_excel_here",
            "excel_runs",
            "excel_never_ran",
            "logon_windows_only",
            "path_not_plain",
            "xlwings_incomplete",
        ),
        *("self_test_failed", "setup_not_written", "uninstalled", "uninstalled_nothing"),
    ):
        assert any("\u4e00" <= c <= "\u9fff" for c in say(code, "zh", **fields))
        assert not any("\u4e00" <= c <= "\u9fff" for c in say(code, "en", **{**fields, "path": "D:\\x"}))
    report = install(windows(tmp_path), ADDIN, server_at_logon=True, self_test=PASSES)
    assert report.text("en").startswith("Installed. Open Excel")


def test_the_windows_registry_is_read_value_by_value_or_as_a_list(monkeypatch):
    values = {"Software\\A": [("First", 4), ("Second", "1")]}

    class Key(list):
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    def open_key(_root, key):
        if key not in values:
            raise FileNotFoundError(key)
        return Key(values[key])

    def query(key, name):
        try:
            return dict(key)[name], 4
        except KeyError:
            raise FileNotFoundError(name) from None

    winreg = SimpleNamespace(
        HKEY_CURRENT_USER=1,
        HKEY_LOCAL_MACHINE=2,
        OpenKey=open_key,
        QueryValueEx=query,
        QueryInfoKey=lambda key: (0, len(key), 0),
        EnumValue=lambda key, at: (*key[at], 4),
    )
    module = ModuleType("winreg")
    vars(module).update(vars(winreg))
    monkeypatch.setitem(sys.modules, "winreg", module)
    assert registry("HKCU", "Software\\A", "First") == 4
    assert registry("HKCU", "Software\\A", None) == ["First", "Second"]
    assert registry("HKLM", "Software\\A", "Third") is None
    assert registry("HKLM", "Software\\B", None) is None


@pytest.mark.skipif(os.name == "nt", reason="NOT CHECKED: needs a system without a registry")
def test_without_windows_there_is_no_registry():
    assert registry("HKCU", "Software", None) is None
