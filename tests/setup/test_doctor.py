"""The doctor on computers with one fault each: it names that fault and no other."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from funnelbook import __version__
from funnelbook.setup.doctor import doctor
from funnelbook.setup.engine_keys import CLASSES, PROGID, SERVER
from funnelbook.setup.findings import NOTES
from funnelbook.setup.install import install
from funnelbook.setup.machine import XLWINGS, Machine
from funnelbook.words import DEFAULT, subject, texts
from support.installed_office import FAULTS as OFFICE_FAULTS
from support.machines import ADDIN, PASSES, FakeRegistry, mac, stub, windows

CODES = set(subject("findings", DEFAULT))

POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
USER = r"Software\Microsoft\Office\16.0\Excel\Security"
ASR = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
WIN32_CALLS = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"


@dataclass
class Computer:
    """A computer to break: `machine` as it is, `values` its registry."""

    machine: Machine
    values: dict[tuple[str, str, str], object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.machine = replace(self.machine, registry=FakeRegistry(self.values))

    @property
    def pythonw(self) -> Path:
        return self.machine.python.with_name("pythonw.exe")

    def faults(self) -> dict[str, str]:
        """Code -> detail of what the doctor finds wrong."""
        return {f.code: f.detail for f in doctor(self.machine, ADDIN) if not f.ok}

    def answer(self, xlwings: str = XLWINGS, pywin32: str = "", engine: str = f"echo {__version__}") -> None:
        """Makes the Python that Windows starts hold these; `engine`: what comes of asking the engine."""
        held = json.dumps({"xlwings": xlwings, "pywin32": pywin32})
        asked = f'case "$*" in *{PROGID}*) {engine}; exit;; esac'
        stub(self.pythonw, f"{asked}\necho 'a line of some library'; echo '{held}'")

    def rewrite(self, old: str, new: str) -> None:
        """Changes the settings file of a Mac by hand."""
        text = self.machine.conf.read_bytes().decode()
        assert old in text
        self.machine.conf.write_bytes(text.replace(old, new).encode())


def healthy(folder: Path) -> Computer:
    values: dict[tuple[str, str, str], object] = {}
    computer = Computer(windows(folder, values), values)
    install(computer.machine, ADDIN, self_test=PASSES)
    computer.answer()
    return computer


def healthy_mac(folder: Path) -> Computer:
    computer = Computer(mac(folder))
    install(computer.machine, ADDIN, self_test=PASSES)
    stub(computer.machine.python, f"""echo '{{"xlwings": "{XLWINGS}", "pywin32": "ModuleNotFoundError"}}'""")
    assert computer.faults() == {}
    return computer


def linux(folder: Path) -> Computer:
    return Computer(replace(windows(folder), platform="linux"))


def never_ran(folder: Path) -> Computer:
    computer = Computer(windows(folder))
    computer.machine.excel_folder.rmdir()
    return computer


def without_settings(folder: Path) -> Computer:
    computer = healthy_mac(folder)
    computer.machine.conf.unlink()
    return computer


def settings_in_chinese(folder: Path) -> Computer:
    computer = healthy_mac(folder)
    computer.rewrite('"LANGUAGE"', '"NOTE","销售一部"\n"LANGUAGE"')
    return computer


def settings_saved_with_a_mark(folder: Path) -> Computer:
    computer = healthy_mac(folder)
    computer.machine.conf.write_bytes(b"\xef\xbb\xbf" + computer.machine.conf.read_bytes())
    return computer


def settings_with_blank_line(folder: Path) -> Computer:
    computer = healthy_mac(folder)
    computer.rewrite('"LANGUAGE"', '\n"LANGUAGE"')
    return computer


def settings_without_language(folder: Path) -> Computer:
    computer = healthy_mac(folder)
    computer.rewrite('"LANGUAGE","zh"\n', "")
    return computer


def settings_with_wrong_value(folder: Path) -> Computer:
    computer = healthy_mac(folder)
    computer.rewrite('"LANGUAGE","zh"', '"LANGUAGE","zn"')
    return computer


def never_registered(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.machine.registry.write(rf"{CLASSES}\{PROGID}", None)
    return computer


def registered_to_another(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.machine.registry.write(SERVER, r"C:\Tools\other.exe")
    return computer


def engine_silent(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.answer(engine="echo '(-2146959355, Server execution failed)' >&2; exit 1")
    return computer


def engine_of_last_year(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.answer(engine="echo 0.1.0")
    return computer


def python_gone(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.pythonw.unlink()
    return computer


def python_of_the_store(folder: Path) -> Computer:
    computer = healthy(folder)
    store = computer.machine.home / "AppData" / "Local" / "Microsoft" / "WindowsApps" / "pythonw.exe"
    store.parent.mkdir(parents=True)
    computer.pythonw.rename(store)
    computer.machine.registry.write(SERVER, f'"{store}" -P -m funnelbook.engine zh')
    return computer


def python_broken(folder: Path) -> Computer:
    computer = healthy(folder)
    stub(computer.pythonw, "echo 'Traceback' >&2; echo 'ModuleNotFoundError: No module named funnelbook' >&2; exit 1")
    return computer


def python_silent(folder: Path) -> Computer:
    computer = healthy(folder)
    stub(computer.pythonw, "exit 0")
    return computer


def other_xlwings(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.answer(xlwings="0.30.12")
    return computer


def without_pywin32(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.answer(pywin32="ImportError: DLL load failed")
    return computer


def mac_without_script(folder: Path) -> Computer:
    computer = healthy_mac(folder)
    computer.machine.applescript.unlink()
    return computer


def addin_gone(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.machine.addin.unlink()
    return computer


def addin_outdated(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.machine.addin.write_bytes(b"last year's")
    return computer


def addin_downloaded(folder: Path) -> Computer:
    computer = healthy(folder)
    Path(f"{computer.machine.addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    return computer


def addin_twice(folder: Path) -> Computer:
    computer = healthy(folder)
    second = computer.machine.home / "AppData/Roaming/Microsoft/AddIns/funnelbook.xlam"
    second.parent.mkdir()
    second.write_bytes(ADDIN)
    return computer


def registered(hive: str, key: str, name: str, value: object) -> Callable[[Path], Computer]:
    def make(folder: Path) -> Computer:
        computer = healthy(folder)
        computer.values[hive, key, name] = value
        return computer

    return make


def macros_off(key: str) -> Callable[[Path], Computer]:
    """All macros disabled without notice; XLSTART is no exception as trusted locations are off too."""

    def make(folder: Path) -> Computer:
        computer = registered("HKCU", key, "vbawarnings", 4)(folder)
        assert computer.faults() == {}, "XLSTART is a trusted location"
        computer.values["HKCU", rf"{POLICY}\Trusted Locations", "AllLocationsDisabled"] = 1
        return computer

    return make


DISABLED = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"

# What is wrong with the computer -> the faults the doctor must find, and what the detail of the first must say
FAULTS: list[tuple[Callable[[Path], Computer], tuple[str, ...], str]] = [
    (linux, ("platform",), "linux"),
    (never_ran, ("excel_folder", "engine", "addin"), "Microsoft/Excel"),
    (without_settings, ("conf",), "funnelbook.conf"),
    (settings_in_chinese, ("conf_ascii",), "funnelbook.conf"),
    (settings_saved_with_a_mark, ("conf_ascii", "conf_keys"), "funnelbook.conf"),
    (settings_with_blank_line, ("conf_blank",), "2"),
    (settings_without_language, ("conf_keys",), "LANGUAGE"),
    (settings_with_wrong_value, ("conf_keys",), "LANGUAGE=zn"),
    (python_gone, ("python",), "pythonw.exe"),
    (python_of_the_store, ("python_store",), "WindowsApps"),
    (python_broken, ("python_starts",), "ModuleNotFoundError: No module named funnelbook"),
    (python_silent, ("python_starts",), "no answer"),
    (other_xlwings, ("xlwings",), "0.30.12"),
    (without_pywin32, ("pywin32",), "DLL load failed"),
    (never_registered, ("engine",), PROGID),
    (registered_to_another, ("engine",), "LocalServer32"),
    (engine_silent, ("engine_answers",), "Server execution failed"),
    (engine_of_last_year, ("engine_answers",), "0.1.0"),
    (mac_without_script, ("applescript",), "applescript"),
    (addin_gone, ("addin",), "XLSTART"),
    (addin_outdated, ("addin_current",), "funnelbook.xlam"),
    (addin_downloaded, ("addin_from_web",), "funnelbook.xlam"),
    (addin_twice, ("addin_twice",), "AddIns"),
    (registered("HKCU", DISABLED, "9A3F1C", b"\x01"), ("addin_disabled",), ""),
    (macros_off(POLICY), ("macros", "trusted_off"), r"HKCU\Software\Policies"),
    (macros_off(USER), ("macros", "trusted_off"), "VBAWarnings=4"),
    (registered("HKCU", POLICY, "DisableAllAddins", 1), ("addins_off",), "DisableAllAddins=1"),
    (registered("HKCU", POLICY, "RequireAddinSig", 1), ("unsigned_off",), "RequireAddinSig=1"),
    (registered("HKCU", rf"{POLICY}\Trusted Locations", "AllLocationsDisabled", 1), ("trusted_off",), "Trusted"),
]


@pytest.mark.parametrize(("make", "codes", "detail"), FAULTS)
def test_a_fault_is_found_and_no_other(tmp_path, make, codes, detail):
    faults = make(tmp_path).faults()
    assert tuple(faults) == codes
    assert detail in faults[codes[0]]


def test_every_check_has_a_computer_that_fails_it():
    made = {code for _, codes, _ in FAULTS for code in codes} | {code for _, code, _ in OFFICE_FAULTS}
    assert made == CODES - NOTES


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_finding_is_told_in_both_languages(code):
    (zh_what, zh_remedy), (en_what, en_remedy) = (texts(f"findings.{code}", language) for language in ("zh", "en"))
    for text in (zh_what, zh_remedy):
        assert any("\u4e00" <= c <= "\u9fff" for c in text)
        assert text.endswith("。")
    for text in (en_what, en_remedy):
        assert text.isascii()
        assert text.endswith(".")


def test_the_text_says_what_is_wrong_what_to_do_and_where(tmp_path):
    computer = addin_twice(tmp_path)
    (finding,) = (f for f in doctor(computer.machine, ADDIN) if not f.ok)
    assert finding.text("zh") == (
        "加载项文件夹里还有一份 Funnelbook 插件，两份会互相干扰。"
        f"请关闭 Excel，删除这个文件。（{computer.machine.second_addin}）"
    )
    assert finding.text("en").endswith(f"Close Excel and delete this file. ({computer.machine.second_addin})")


def test_a_healthy_computer_passes_every_check(tmp_path):
    computer = healthy(tmp_path)
    findings = doctor(computer.machine, ADDIN)
    assert all(f.ok and not f.note for f in findings)
    checked = {f.code for f in findings}
    of_libreoffice = {code for _, code, _ in OFFICE_FAULTS}
    assert checked == CODES - NOTES - {"applescript", "conf", "conf_ascii", "conf_blank", "conf_keys"} - of_libreoffice
    assert "engine: OK" in findings[2].text("en")
    assert "正常" in findings[2].text("zh")


def test_excel_running_is_told_but_is_no_fault(tmp_path):
    computer = healthy(tmp_path)
    computer.machine = replace(computer.machine, excel_running=lambda: True)
    assert computer.faults() == {}
    (note,) = (f for f in doctor(computer.machine, ADDIN) if f.note)
    assert (note.code, note.text("zh")) == ("excel_running", "Excel 现在开着。安装、更新和卸载之前请先关闭它。")


def test_settings_that_do_no_harm_are_no_fault(tmp_path):
    computer = healthy(tmp_path)
    computer.values["HKCU", POLICY, "VBAWarnings"] = 2
    computer.values["HKCU", POLICY, "DisableAllAddins"] = 0
    assert computer.faults() == {}


def test_rules_of_defender_for_macros_and_child_processes_are_no_fault(tmp_path):
    """Windows starts the engine: Excel starts nothing and calls no function of Windows."""
    computer = healthy(tmp_path)
    computer.values["HKLM", ASR, CHILD_PROCESSES] = "1"
    computer.values["HKLM", ASR, WIN32_CALLS] = "1"
    assert computer.faults() == {}


def test_a_real_python_is_asked_what_it_holds(tmp_path):
    computer = healthy(tmp_path)
    stub(computer.pythonw, f'exec "{sys.executable}" "$@"')
    faults = computer.faults()
    assert list(faults) == ["pywin32"], "this is Linux: funnelbook and the right xlwings are there, pywin32 is not"
    assert faults["pywin32"].startswith("ModuleNotFoundError")
    for module in ("pythoncom.py", "win32com/__init__.py", "win32com/client.py"):
        path = tmp_path / "stubs" / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    computer.machine = replace(computer.machine, env={**computer.machine.env, "PYTHONPATH": str(tmp_path / "stubs")})
    assert list(computer.faults()) == ["engine_answers"], "there is no COM here"
