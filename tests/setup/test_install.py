"""Installing into a Windows profile and a Mac home made of real files."""

from __future__ import annotations

import shutil
from dataclasses import replace

from funnelbook.setup.engine_keys import SERVER
from funnelbook.setup.icon import icon
from funnelbook.setup.install import install, uninstall
from funnelbook.setup.machine import APPLESCRIPT, read_settings, settings_file
from funnelbook.words import say
from support.machines import ADDIN, PASSES, contents, mac, windows
from support.refusing import refused

LINK = "漏斗 Funnelbook.lnk"


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


def test_on_a_mac_a_path_excel_cannot_read_is_refused(tmp_path):
    machine = mac(tmp_path)
    python = tmp_path / "工具" / "python"
    python.parent.mkdir()
    shutil.move(machine.python, python)
    before = contents(tmp_path)
    error = refused("path_not_plain", install, replace(machine, python=python), ADDIN, self_test=PASSES)
    assert "工具" in error.text("zh")
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
