"""The doctor on computers with one fault each: it names that fault and no other."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from funnelbook.setup.doctor import doctor
from funnelbook.setup.engine_keys import CLASSES, PROGID, SERVER
from funnelbook.setup.findings import NOTES, Finding
from funnelbook.setup.install import install
from funnelbook.setup.installed import Copy, Way
from funnelbook.setup.machine import XLWINGS
from funnelbook.words import DEFAULT, LANGUAGES, subject, texts
from support.company_computers import CASES
from support.computers import Computer, healthy
from support.installed_office import FAULTS as OFFICE_FAULTS
from support.machines import ADDIN, PASSES, mac, stub, windows

CODES = set(subject("findings", DEFAULT))


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
]


@pytest.mark.parametrize(("make", "codes", "detail"), FAULTS)
def test_a_fault_is_found_and_no_other(tmp_path, make, codes, detail):
    faults = make(tmp_path).faults()
    assert tuple(faults) == codes
    assert detail in faults[codes[0]]


def test_every_check_has_a_computer_that_fails_it():
    made = {code for _, codes, _ in FAULTS for code in codes} | {code for _, code, _ in OFFICE_FAULTS}
    made |= {code for case in CASES for code in case.faults}
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


def _of(way: Way, source: str) -> Copy:
    return Copy(way, Path(r"C:\Users\li\AppData\Local\Programs\Funnelbook\python\python.exe"), source)


@pytest.mark.parametrize("code", sorted(CODES))
def test_who_double_clicked_setup_exe_is_sent_there_and_nowhere_else(code, monkeypatch):
    monkeypatch.setattr(Copy, "this", lambda: _of(Way.SETUP, "Funnelbook-setup.exe"))
    for language in LANGUAGES:
        text = Finding(code, False).text(language)
        assert not re.search(r"\buv\b|funnelbook install(?! --libreoffice)", text)
        assert text.count("Funnelbook-setup.exe") < 2


def test_the_remedy_is_that_of_how_this_copy_was_installed(monkeypatch):
    finding = Finding("python", False)
    monkeypatch.setattr(Copy, "this", lambda: _of(Way.SETUP, "Funnelbook-setup.exe"))
    assert finding.text("zh").endswith("。请关闭 Excel，再双击一次 Funnelbook-setup.exe。")
    assert finding.text("en").endswith(". Close Excel and double-click Funnelbook-setup.exe again.")
    monkeypatch.setattr(Copy, "this", lambda: _of(Way.TOOL, "somewhere"))
    again = "uv tool upgrade --reinstall funnelbook"
    assert finding.text("zh").endswith(f"。请关闭 Excel，执行 {again}，再执行 funnelbook install。")
    assert finding.text("en").endswith(f". Close Excel and run {again}, then funnelbook install.")


def test_a_healthy_computer_passes_every_check(tmp_path):
    computer = healthy(tmp_path)
    findings = doctor(computer.machine, ADDIN)
    assert all(f.ok and not f.note for f in findings)
    checked = {f.code for f in findings}
    of_libreoffice = {code for _, code, _ in OFFICE_FAULTS}
    assert (
        checked
        == CODES - NOTES - {"applescript", "conf", "conf_ascii", "conf_blank", "conf_keys", "links"} - of_libreoffice
    )
    assert "engine: OK" in findings[2].text("en")
    assert "正常" in findings[2].text("zh")


def test_excel_running_is_told_but_is_no_fault(tmp_path):
    computer = healthy(tmp_path)
    computer.machine = replace(computer.machine, excel_running=lambda: True)
    assert computer.faults() == {}
    (note,) = (f for f in doctor(computer.machine, ADDIN) if f.note)
    assert (note.code, note.text("zh")) == ("excel_running", "Excel 现在开着。安装、更新和卸载之前请先关闭它。")


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
