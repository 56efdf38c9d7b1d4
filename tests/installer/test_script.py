"""The script of Funnelbook-setup.exe, and what is written for it: needs no Windows, most of it no NSIS."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from funnelbook.commands.build import build_installer
from funnelbook.installer import build as installer
from funnelbook.installer.build import SCRIPT, build, listed
from funnelbook.installer.payload import PACKAGES, files, leave_out
from funnelbook.setup.icon import SIZES, drawn, icon
from funnelbook.words import LANGUAGES, say, subject
from support.external import need
from support.refusing import refused

TEXT = SCRIPT.read_text(encoding="utf-8")


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_each_file_is_named_in_the_same_order_wherever_it_lies(tmp_path):
    names = ("python/Lib/b.py", "funnelbook.cmd", "python/a$b.txt", "python/Lib/a.py")
    one, other = tree(tmp_path / "one", *names), tree(tmp_path / "other", *reversed(names))
    lines = listed(one).splitlines()
    assert [line.replace(str(one), "") for line in lines] == [
        'SetOutPath "$INSTDIR.new"',
        'File "/funnelbook.cmd"',
        r'SetOutPath "$INSTDIR.new\python"',
        'File "/python/a$$b.txt"',
        r'SetOutPath "$INSTDIR.new\python\Lib"',
        'File "/python/Lib/a.py"',
        'File "/python/Lib/b.py"',
    ]
    assert listed(other).replace(str(other), str(one)) == listed(one)


def test_tests_and_what_nothing_loads_are_left_out_and_nothing_else(tmp_path):
    kept = (
        "numpy/core.py",
        "numpy/testing.py",
        "contest/a.py",
        "xlwings/main.py",
        "a-1.dist-info/METADATA",
        "tzdata/Asia/tests.tab",
    )
    left = (
        *(
            "numpy/tests/test_a.py",
            "win32com/test/a.py",
            "numpy/a.pyi",
            "numpy/lib/x.lib",
            "numpy/__pycache__/a.pyc",
            "bin/run",
        ),
        *("xlwings/pro/main.py", "xlwings64-0.1.dll", "a-1.dist-info/RECORD", "a-1.dist-info/direct_url.json"),
    )
    folder = tree(tmp_path, *kept, *left)
    leave_out(folder)
    assert {str(path.relative_to(folder)) for path in files(folder)} == set(kept)


def test_nothing_but_its_own_folders_is_removed():
    """A folder that somebody chose could hold anything: /D= and an uninstaller that was moved are not heard."""
    removed = set(re.findall(r'(?:RMDir|Delete)\s+(?:/r\s+)?"?([^"\n]+)"?', TEXT))
    assert removed == {
        "$INSTDIR",
        "$INSTDIR.new",
        "$INSTDIR.old",
        "$PLUGINSDIR\\said.txt",
        "${REASON}",
        "${COMMAND}",
        "$LOCALAPPDATA\\Programs",
    }
    assert 'RMDir "$LOCALAPPDATA' in TEXT, "which is not with /r: only an empty folder goes"
    assert set(re.findall(r"StrCpy \$INSTDIR (.*)", TEXT)) == {'"${FOLDER}"'}
    for start in ("Function .onInit", "Function un.onInit"):
        assert TEXT.partition(start)[2].split("\n")[1].strip() == 'StrCpy $INSTDIR "${FOLDER}"', "before anything else"
    assert "MUI_PAGE_DIRECTORY" not in TEXT


def test_it_asks_for_no_administrator_and_writes_to_no_other_users():
    assert "RequestExecutionLevel user" in TEXT
    assert not re.search(r"HKLM|HKCR|HKEY_LOCAL|SHCTX|PROGRAMFILES|SetShellVarContext all", TEXT)
    assert not re.search(r"inetc|NSISdl|http", TEXT), "nor does it use the network"


def test_every_sentence_of_the_script_is_in_the_catalogues_and_the_other_way_round():
    used = set(re.findall(r"\$\((\w+)\)", TEXT))
    assert used == {"code", *subject("setup_exe", LANGUAGES[0])}


def test_a_silent_run_waits_for_nobody():
    boxes = [line for line in TEXT.splitlines() if "MessageBox" in line]
    assert boxes and all("/SD " in line for line in boxes)


@pytest.fixture
def small(tmp_path) -> Path:
    need("nsis")
    return tree(tmp_path / "payload", "python/python.exe", f"python/{PACKAGES}/漏斗.py", "funnelbook.cmd")


def built(payload: Path, folder: Path, *, quick: bool = False) -> bytes:
    (folder / "scratch").mkdir(parents=True)
    build(payload, folder / installer.NAME, folder / "scratch", quick=quick)
    return (folder / installer.NAME).read_bytes()


def test_built_twice_it_has_the_same_bytes(small, tmp_path):
    moved = shutil.copytree(small, tmp_path / "elsewhere" / "payload")  # other times, another order of files
    one, other = built(small, tmp_path / "one"), built(moved, tmp_path / "other")
    assert one == other


def test_it_has_the_funnel_of_the_toolbar_as_its_icon(small, tmp_path):
    """In the four sizes Windows shows, read by another program; the colours are those of the picture."""
    made = icon()
    assert made == icon()
    with Image.open(io.BytesIO(made)) as read:
        assert read.info["sizes"] == {(size, size) for size in SIZES} == {(n, n) for n in (16, 32, 48, 256)}
        large = read.convert("RGBA").resize((24, 24), Image.Resampling.NEAREST)
    assert large.getpixel((0, 23))[3] == 0, "nothing beside it"
    assert large.getpixel((12, 4))[:3] == (0xE0, 0x6C, 0x10)
    assert large.getpixel((12, 12))[:3] == (0xC4, 0xDA, 0xEE)
    assert drawn(16).shape == (16, 16, 4)
    source = (SCRIPT.parents[1] / "libreoffice" / "icons" / "funnel.svg").read_text(encoding="ascii")
    assert 'd="M3 4h18l-7 9v6l-4 3v-9z"' in source, "else setup/icon.py draws another"
    pixels = made[made.index(b"\x89PNG") :][:500]
    assert pixels in built(small, tmp_path / "one", quick=True)


def test_nsis_knows_every_language(small, tmp_path):
    """A warning of NSIS, such as of a text that one language lacks, is an error."""
    assert built(small, tmp_path / "one")[:2] == b"MZ"
    assert len({say("language.nsis", language) for language in LANGUAGES}) == len(LANGUAGES)


def test_without_nsis_the_remedy_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(installer, "_TOOL", "no such program")
    error = refused("no_nsis", build, tmp_path, tmp_path / "a.exe", tmp_path)
    assert "apt install nsis" in error.text("zh")


def test_what_nsis_says_is_told(small, tmp_path, monkeypatch):
    monkeypatch.setattr(installer, "SCRIPT", tree(tmp_path, "bad.nsi") / "bad.nsi")
    error = refused("not_built", built, small, tmp_path / "one")
    assert "Invalid command" in error.text("en")


def test_it_is_built_in_a_checkout_only(monkeypatch, tmp_path):
    monkeypatch.setattr("funnelbook.commands.build.template.path", lambda _language: tmp_path / "a" / "b" / "c.xlsx")
    refused("no_checkout", build_installer)
