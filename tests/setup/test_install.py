"""Installing into, and removing from, a Windows profile and a Mac home made of real files."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import psutil
import pytest

from funnelbook.files import half_done
from funnelbook.files.half_done import Unfinished
from funnelbook.files.write import safe_write
from funnelbook.setup import machine as machine_module
from funnelbook.setup.engine_keys import CLASSES, CLSID, PROGID, SERVER
from funnelbook.setup.icon import icon
from funnelbook.setup.install import SELF_TEST, install, uninstall
from funnelbook.setup.machine import APPLESCRIPT, Machine, read_settings, running, settings_file
from funnelbook.setup.windows_registry import WindowsRegistry
from funnelbook.words import say
from support.machines import ADDIN, PASSES, mac, stub, windows
from support.refusing import refused

LINK = "漏斗 Funnelbook.lnk"
FAILS = ("-c", "import sys; print('first', file=sys.stderr); sys.exit('No module named xlwings')")


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below a folder, with what the files hold."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


def test_on_windows_the_addin_is_written_and_the_engine_registered(tmp_path):
    values: dict[tuple[str, str, str], object] = {}
    machine = windows(tmp_path, values)
    report = install(machine, ADDIN, language="en", self_test=PASSES)
    assert report.status == "installed"
    roaming = tmp_path / "Users/李娜/AppData/Roaming"
    links = (roaming / "Microsoft/Windows/SendTo" / LINK, tmp_path / "Users/李娜/Desktop" / LINK)
    picture = tmp_path / "Users/李娜/.funnelbook/funnelbook.ico"
    assert report.files == (roaming / "Microsoft/Excel/XLSTART/funnelbook.xlam", *links, picture)
    assert report.files[0].read_bytes() == ADDIN
    pythonw = roaming / "uv/tools/funnelbook/Scripts/pythonw.exe"
    clsid = "{8958A080-3534-4CBB-8ED2-A5E68CED672B}"
    assert values == {
        ("HKCU", r"Software\Classes\Funnelbook.Engine", ""): "Funnelbook",
        ("HKCU", r"Software\Classes\Funnelbook.Engine\CLSID", ""): clsid,
        ("HKCU", rf"Software\Classes\CLSID\{clsid}", ""): "Funnelbook",
        ("HKCU", rf"Software\Classes\CLSID\{clsid}\ProgID", ""): "Funnelbook.Engine",
        ("HKCU", rf"Software\Classes\CLSID\{clsid}\LocalServer32", ""): f'"{pythonw}" -P -m funnelbook.engine en',
    }
    for link in links:
        assert link.read_text() == f"{pythonw} -X utf8 -P -m funnelbook.windows.sent_to en ({picture})"
    assert picture.read_bytes() == icon()
    assert not machine.conf.exists(), "Excel on Windows needs no settings"
    assert not list(roaming.rglob(".funnelbook-*")), "no temporary file stays"


def test_without_pythonw_the_python_itself_is_named(tmp_path):
    machine = windows(tmp_path)
    machine.python.with_name("pythonw.exe").unlink()
    install(machine, ADDIN, self_test=PASSES)
    assert "python.exe" in str(machine.registry("HKCU", SERVER, ""))


def test_a_path_in_chinese_needs_no_other_place(tmp_path):
    machine = windows(tmp_path)
    shutil.move(machine.python.parents[1], tmp_path / "工具")
    machine = replace(machine, python=tmp_path / "工具" / "Scripts" / "python.exe")
    install(machine, ADDIN, self_test=PASSES)
    assert "工具" in str(machine.registry("HKCU", SERVER, ""))


def test_on_a_mac_a_path_excel_cannot_read_is_refused(tmp_path):
    machine = mac(tmp_path)
    python = tmp_path / "工具" / "python"
    python.parent.mkdir()
    shutil.move(machine.python, python)
    before = contents(tmp_path)
    error = refused("path_not_plain", install, replace(machine, python=python), ADDIN, self_test=PASSES)
    assert "工具" in error.text("zh")
    assert contents(tmp_path) == before


def test_what_older_versions_put_in_place_goes(tmp_path):
    machine = windows(tmp_path)
    for path in (machine.addin, machine.conf, machine.logon):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("of 0.2")
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"
    assert not machine.conf.exists() and not machine.logon.exists()
    machine.logon.write_text("of 0.2")
    assert uninstall(machine) == [machine.addin, machine.logon, *machine.links, machine.icon, machine.icon.parent]


def test_an_engine_that_waits_is_ended_first_but_not_for_nothing(tmp_path):
    ended = []
    machine = replace(windows(tmp_path), end_engine=lambda: ended.append(1))
    install(machine, ADDIN, self_test=PASSES)
    assert len(ended) == 1
    install(machine, ADDIN, self_test=PASSES)
    assert len(ended) == 1, "the same is there already"
    uninstall(machine)
    assert len(ended) == 2


@pytest.mark.parametrize("stays", [False, True])
def test_an_engine_that_cannot_be_ended_is_told_and_nothing_is_changed(tmp_path, monkeypatch, stays):
    monkeypatch.setattr(machine_module, "MODULE", f"engine of {tmp_path}")
    monkeypatch.setattr(machine_module, "ENDS_WITHIN", 2 if not stays else 0.2)
    asked = "signal.signal(signal.SIGTERM, signal.SIG_IGN); " if stays else ""
    code = f"import signal, time; {asked}print(1, flush=True); time.sleep(60)"
    engine = subprocess.Popen([sys.executable, "-c", code, machine_module.MODULE], stdout=subprocess.PIPE)
    try:
        engine.stdout.readline()
        machine = replace(windows(tmp_path), end_engine=machine_module.end_engine)
        before = contents(tmp_path)
        if stays:
            refused("engine_stays", install, machine, ADDIN, self_test=PASSES)
            assert contents(tmp_path) == before
        else:
            install(machine, ADDIN, self_test=PASSES)
            assert not psutil.pid_exists(engine.pid)
    finally:
        engine.kill()
        engine.wait()


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


def test_what_another_user_of_the_computer_runs_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(machine_module, "MODULE", f"engine of {tmp_path}")
    monkeypatch.setattr(psutil.Process, "username", lambda process: "me" if process.pid == os.getpid() else "another")
    code = "import time; print(1, flush=True); time.sleep(60)"
    shutil.copy("/bin/sleep", tmp_path / "EXCEL.EXE")
    engine = subprocess.Popen([sys.executable, "-c", code, machine_module.MODULE], stdout=subprocess.PIPE)
    excel = subprocess.Popen([tmp_path / "EXCEL.EXE", "60"])
    try:
        engine.stdout.readline()
        here = Machine.this()
        machine = replace(windows(tmp_path), end_engine=here.end_engine, excel_running=here.excel_running)
        assert install(machine, ADDIN, self_test=PASSES).status == "installed"
        assert engine.poll() is None and excel.poll() is None
    finally:
        for process in (engine, excel):
            process.kill()
            process.wait()


def test_a_key_that_somebody_else_wrote_is_ours_again(tmp_path):
    """Doctor names it (test_doctor.py: registered_to_another) and says to install anew."""
    values: dict[tuple[str, str, str], object] = {}
    machine = windows(tmp_path, values)
    install(machine, ADDIN, self_test=PASSES)
    ours = dict(values)
    machine.registry.write(SERVER, r"C:\Tools\other.exe")
    assert install(machine, ADDIN, self_test=PASSES).status == "installed_over"
    assert values == ours


def test_on_a_mac_excels_own_places_are_used(tmp_path):
    machine = mac(tmp_path)
    install(machine, ADDIN, self_test=PASSES)
    library = tmp_path / "Users/lina/Library"
    startup = library / "Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    assert (startup / "funnelbook.xlam").read_bytes() == ADDIN
    assert (library / "Application Scripts/com.microsoft.Excel" / APPLESCRIPT).stat().st_size > 0
    conf = (library / "Containers/com.microsoft.Excel/Data/.funnelbook/funnelbook.conf").read_bytes()
    assert conf == f'"INTERPRETER_MAC","{machine.python}"\n"LANGUAGE","zh"\n'.encode("ascii")
    assert read_settings(conf.decode()) == ({"INTERPRETER_MAC": str(machine.python), "LANGUAGE": "zh"}, [])
    assert settings_file({"LANGUAGE": "zh"}) == b'"LANGUAGE","zh"\n'
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
    stub(machine.python.with_name("pythonw.exe"), f'printf "%s" "$5" > "{tmp_path}/asked"')
    install(machine, ADDIN)
    assert (tmp_path / "asked").read_text() == SELF_TEST[2]


def test_a_self_test_that_hangs_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(machine_module, "ANSWER_WITHIN", 0.2)
    refused("self_test_failed", install, windows(tmp_path), ADDIN, self_test=("-c", "import time; time.sleep(60)"))


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


def test_nothing_is_installed_where_there_is_no_excel(tmp_path):
    linux = replace(windows(tmp_path), platform="linux")
    refused("no_excel_here", install, linux, ADDIN)
    refused("no_excel_here", uninstall, linux)
    assert Machine.this().platform == sys.platform
    machine = mac(tmp_path / "never")
    machine.excel_folder.rmdir()
    refused("excel_never_ran", install, machine, ADDIN)
    assert not machine.excel_folder.exists()


def test_where_there_is_only_wps_closed_workbooks_can_be_sent_to_it(tmp_path):
    values: dict[tuple[str, str, str], object] = {}
    machine = windows(tmp_path, values)
    machine.excel_folder.rmdir()
    report = install(machine, ADDIN, self_test=PASSES)
    assert report.status == "installed_no_excel" and "WPS" in report.text("zh") and "发送到" in report.text("zh")
    assert [path.name for path in report.files] == [LINK, LINK, "funnelbook.ico"]
    assert not machine.excel_folder.exists() and not values
    machine.excel_folder.mkdir()  # Excel came later
    assert install(machine, ADDIN, self_test=PASSES).status == "installed"
    assert values and machine.addin.exists()


def test_the_desktop_is_where_windows_says_it_is(tmp_path):
    """OneDrive and companies move it."""
    moved = tmp_path / "OneDrive" / "桌面"
    moved.mkdir(parents=True)
    key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    machine = windows(tmp_path, {("HKCU", key, "Desktop"): f"%OneDrive%/{moved.name}"})
    machine = replace(machine, env={**machine.env, "ONEDRIVE": str(moved.parent)})
    install(machine, ADDIN, self_test=PASSES)
    assert (moved / LINK).exists()
    assert moved / LINK in uninstall(machine)
    assert not (moved / LINK).exists()


def test_without_a_desktop_there_is_no_link_and_no_fault(tmp_path):
    machine = windows(tmp_path)
    (tmp_path / "Users/李娜/Desktop").rmdir()
    machine.links[0].parent.rmdir()
    assert install(machine, ADDIN, self_test=PASSES).status == "installed"
    assert not (tmp_path / "Users/李娜/Desktop").exists()
    assert not machine.icon.exists(), "nobody would see it"


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


def test_every_sentence_is_there_in_both_languages(tmp_path):
    fields = {"path": "D:\\工具", "missing": APPLESCRIPT, "detail": "x", "file": "y"}
    fields |= {"as_tool": "uv a", "reinstall": "uv b", "remove": "uv c"}
    for code in (
        *(
            "no_excel_here",
            "excel_runs",
            "excel_never_ran",
            "path_not_plain",
            "xlwings_incomplete",
        ),
        *("self_test_failed", "setup_not_written", "uninstalled", "uninstalled_nothing"),
    ):
        assert any("\u4e00" <= c <= "\u9fff" for c in say(code, "zh", **fields))
        assert not any("\u4e00" <= c <= "\u9fff" for c in say(code, "en", **{**fields, "path": "D:\\x"}))
    report = install(windows(tmp_path), ADDIN, self_test=PASSES)
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
    registry = WindowsRegistry()
    assert registry("HKCU", "Software\\A", "First") == 4
    assert registry("HKCU", "Software\\A", None) == ["First", "Second"]
    assert registry("HKLM", "Software\\A", "Third") is None
    assert registry("HKLM", "Software\\B", None) is None


@pytest.mark.skipif(os.name == "nt", reason="NOT CHECKED: needs a system without a registry")
def test_without_windows_there_is_no_registry():
    assert WindowsRegistry()("HKCU", "Software", None) is None
    with pytest.raises(OSError, match="no registry"):
        WindowsRegistry().write("Software", "x")
