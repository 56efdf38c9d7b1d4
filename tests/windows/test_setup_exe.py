"""Funnelbook-setup.exe on a computer that has nothing of Funnelbook: installed silently, used, upgraded, and gone again.

Its Python is the one that is shipped but for what Wine 8 lacks (support/rig/make.py). In the order they stand in: the last removes it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from isal import isal_zlib

from funnelbook import __version__
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.installer.build import NAME, build
from funnelbook.installer.payload import files, payload
from funnelbook.setup.engine_keys import SERVER
from funnelbook.setup.icon import icon
from funnelbook.words import say
from support.compare import assert_same, tables
from support.external import ROOT, need
from support.rig import client, make
from support.rig.wine import SETUP, Windows

pytestmark = pytest.mark.windows
OWN = (
    "funnelbook.cli",
    "funnelbook.ribbon",
    "funnelbook.engine.server",
    "funnelbook.engine.excel_cells",
    "funnelbook.windows.sent_to",
)
MOST_BYTES = 95_000_000
LINK = "漏斗 Funnelbook.lnk"
_ICON_OF = """
import sys, pythoncom
from win32com.shell import shell
link = pythoncom.CoCreateInstance(shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink)
link.QueryInterface(pythoncom.IID_IPersistFile).Load(sys.argv[1])
print(*link.GetIconLocation(), sep=",")
"""
# Written by Wine's console and its Explorer, in a computer without Funnelbook too
WINES_OWN = ("HKEY_CURRENT_USER\\Console", "HKEY_CURRENT_USER\\AppEvents")


@pytest.fixture(scope="module")
def staged(tmp_path_factory) -> Path:
    need("windows")
    folder = tmp_path_factory.mktemp("payload") / "payload"
    payload(folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def setup_exe(staged, clean, tmp_path_factory) -> Path:
    """The installer as it is shipped, but that its Python runs in Wine and has compiled itself already, and that it is not compressed."""
    need("nsis")
    folder = tmp_path_factory.mktemp("setup")
    make.fill_gaps(staged / "python")
    make.share_compiled(staged / "python")
    clean.compile(staged / "python", OWN)
    (folder / "scratch").mkdir()
    build(staged, folder / NAME, folder / "scratch", quick=True)
    return folder / NAME


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Iterator[Windows]:
    need("windows")
    computer = Windows(tmp_path_factory.mktemp("setup") / "prefix", "经理", "zh_CN.UTF-8", program=f"{SETUP}/python")
    computer.start()
    computer.log_on()
    yield computer
    computer.stop()


@pytest.fixture(scope="module")
def before(clean) -> tuple[set[str], set[str]]:
    return listed(clean)


@pytest.fixture(scope="module")
def there(clean, before, setup_exe) -> Windows:
    """The computer, Funnelbook installed without a word."""
    ran = silently(clean, setup_exe)
    assert ran.returncode == 0, reason(clean)
    clean.mirror()
    return clean


def silently(computer: Windows, program: Path) -> subprocess.CompletedProcess[str]:
    return computer.run(computer.dos(program), "/S", within_s=400)


def reason(computer: Windows) -> str:
    """Why a silent run failed, as it tells whoever ran it."""
    told = computer.home / "Temp" / "Funnelbook-setup.txt"
    return told.read_text("utf-16") if told.exists() else ""


def listed(computer: Windows) -> tuple[set[str], set[str]]:
    """All files and folders of the users, and all keys and values of this user."""
    users = computer.prefix / "drive_c" / "users"
    found = {str(path.relative_to(users)) for path in users.rglob("*")}
    # The copy of itself by which an uninstaller of NSIS can remove its own file: Windows removes it when it starts again
    found = {name for name in found if "/Temp/~nsu" not in name}
    keys: set[str] = set()
    at = ""
    for line in computer.registry("query", "HKCU", "/s").splitlines():
        at = line if line.startswith("HKEY") else at
        if not at.startswith(WINES_OWN):
            keys.add(f"{at} {line}")
    return found, keys


def test_what_is_shipped_has_no_tests_and_nothing_of_the_computer_it_was_made_on(staged):
    names = [str(path.relative_to(staged)) for path in files(staged)]
    assert {"funnelbook.cmd", "python/pythonw.exe", "python/Lib/site-packages/funnelbook/excel/funnelbook.xlam"} <= {
        *names
    }
    assert not [name for name in names if re.search(r"(^|/)(tests?|__pycache__)/|direct_url|RECORD$", name)]
    assert max(map(len, names)) < 160, "with the user's folder before it, 260 is the longest"
    made_here = [
        path
        for path in files(staged)
        if path.suffix in (".py", ".txt", ".json", ".cfg", ".cmd") and str(ROOT).encode() in path.read_bytes()
    ]
    assert not made_here


def test_it_is_small_enough_to_be_sent(staged):
    """Compressed file by file and in a hurry; LZMA over all of it, as it is shipped, makes some 60 % of that."""
    size = sum(len(isal_zlib.compress(path.read_bytes(), 3)) for path in files(staged))
    print(f"{size / 1e6:.1f} MB")
    assert size < MOST_BYTES


def test_it_installs_without_a_word_for_this_user_alone(there):
    assert there.value(SERVER) == rf'"{there.dos(there.tool)}\pythonw.exe" -P -m funnelbook.engine zh'
    assert (there.home / "AppData/Roaming/Microsoft/Excel/XLSTART/funnelbook.xlam").is_file()
    apps = there.registry("query", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Funnelbook")
    assert __version__ in apps and r'uninstall.exe" /S' in apps
    assert not list(there.tool.parents[1].glob("Funnelbook.*")), "no half of it stays"


def test_the_installed_python_refreshes_a_workbook_as_linux_does(there, demo_book):
    book = there.prefix / "drive_c" / "漏斗.xlsx"
    book.write_bytes(demo_book(refreshed=False))
    command = there.dos(there.tool.parent / "funnelbook.cmd")
    told = there.run("cmd", "/c", command, "refresh", there.dos(book), "--as-of", "2026-05-20", within_s=300)
    assert "已刷新" in told.stdout, told.stdout + told.stderr
    here = there.prefix / "here.xlsx"
    here.write_bytes(demo_book())
    assert_same(tables(OoxmlBook(book)), tables(OoxmlBook(here)))


def test_excel_is_answered_through_com(there):
    one = client.Excel(there)
    assert one.create().ok
    assert one.formula("FB_VERSION").value == [[__version__]]
    assert one.formula("FB_NEED", 15.0, [[40.0], [12.0]], [[0.5], [0.4]]).value == [[51.0, 11.0], [37.5, 25.5]]
    one.quit()


def test_other_pythons_of_the_computer_do_not_reach_it(there):
    """A PYTHONHOME or PYTHONPATH that another program set for this user would keep it from starting."""
    wrong = {"PYTHONHOME": r"C:\gone", "PYTHONPATH": r"C:\gone"}
    told = there.run(there.python, "-P", "-c", "import funnelbook; print(funnelbook.__version__)", env=wrong)
    assert told.stdout.strip() == __version__, told.stderr


@pytest.mark.parametrize("place", ["SendTo", "Desktop"])
def test_a_closed_workbook_is_refreshed_from_explorer(there, demo_book, place):
    folder = there.home / ("Desktop" if place == "Desktop" else "AppData/Roaming/Microsoft/Windows/SendTo")
    book = there.prefix / "drive_c" / f"发送 {place}.xlsx"
    book.write_bytes(demo_book(refreshed=False))
    unread = book.read_bytes()
    clicks = somebody(there, "no")
    there.run("start", "/wait", there.dos(folder / LINK), there.dos(book), within_s=300)
    (told,) = clicks()
    assert book.name in told and say("open_now", "zh") in told
    assert book.read_bytes() != unread
    assert list((book.parent / ".funnelbook-backup").glob(f"*{place}*"))


def test_the_links_have_the_funnel_as_their_icon(there):
    folders = (there.home / "Desktop", there.home / "AppData/Roaming/Microsoft/Windows/SendTo")
    for folder in folders:
        told = there.run(there.rig_python, "-X", "utf8", "-c", _ICON_OF, there.dos(folder / LINK))
        file, _, number = told.stdout.strip().rpartition(",")
        assert (file, number) == (there.dos(there.home / ".funnelbook" / "funnelbook.ico"), "0"), told.stderr
    assert (there.home / ".funnelbook" / "funnelbook.ico").read_bytes() == icon()


def test_a_list_that_is_not_set_up_is_when_its_user_wants_that(there):
    book = there.prefix / "drive_c" / "客户.xlsx"
    with xlsxwriter.Workbook(book) as made:
        rows = [
            ("客户编号", "客户名称", "电话", "级别"),
            ("C1", "东方贸易", "13800138000", "B"),
            ("C2", "长江电子", "13900139000", "A"),
        ]
        sheet = made.add_worksheet("客户")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    clicks = somebody(there, "yes", "no")
    there.run("start", "/wait", there.dos(there.home / "Desktop" / LINK), there.dos(book), within_s=300)
    asked, told = clicks()
    assert "还没有启用漏斗" in asked
    assert "已刷新" in told or say("open_now", "zh") in told
    assert say("sheets.today", "zh") in OoxmlBook(book).sheets()


def somebody(computer: Windows, *answers: str):
    """Somebody at the screen who will click so; what is given back waits for that and gives what they read."""
    person = subprocess.Popen(
        ["wine", computer.rig_python, "-X", "utf8", computer.dos(make.HERE / "person.py"), *answers],
        env=computer.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    return lambda: person.communicate(timeout=300)[0].splitlines()  # noqa: PLW0108 - it is waited for when that is called


def test_it_waits_for_nobody_while_excel_runs(there, setup_exe):
    now, program = listed(there), there.prefix / "drive_c" / "EXCEL.EXE"
    one = client.Excel(there)
    shutil.copy(there.prefix / "drive_c" / "vba.exe", program)
    running = subprocess.Popen(
        ["wine", there.dos(program)], env=there.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        ran = silently(there, setup_exe)
        assert ran.returncode == 2
        assert reason(there) == say("excel_runs", "zh")
    finally:
        running.stdin.close()
        running.wait(30)
        one.quit()
        program.unlink()
    (there.home / "Temp" / "Funnelbook-setup.txt").unlink()
    assert listed(there)[0] == now[0]


def test_a_step_that_fails_brings_the_old_copy_back(there, setup_exe):
    start = there.home / "AppData/Roaming/Microsoft/Excel/XLSTART"
    old = there.tool.parent / "of the old copy.txt"
    old.touch()
    shutil.move(start, start.with_name("aside"))
    start.touch()  # no folder can be made there
    try:
        assert silently(there, setup_exe).returncode == 2
        assert "XLSTART" in reason(there)
    finally:
        start.unlink()
        shutil.move(start.with_name("aside"), start)
    assert old.exists() and (there.tool / "pythonw.exe").exists()
    assert not list(there.tool.parents[1].glob("Funnelbook.*"))


def test_where_nothing_can_be_written_the_old_copy_stays(there, setup_exe):
    """As with a full disk, or a virus scanner that lets no program be written."""
    taken = there.tool.parents[1] / "Funnelbook.new"
    taken.touch()  # no folder can be made there
    try:
        assert silently(there, setup_exe).returncode == 2
        assert reason(there) == say("setup_exe.not_written", "zh")
    finally:
        taken.unlink(missing_ok=True)
    assert (there.tool / "pythonw.exe").exists()


def test_it_upgrades_over_itself_while_an_engine_waits(there, setup_exe):
    old = there.tool.parent / "of the old copy.txt"
    old.touch()
    there.restart()  # the test before ended an engine
    one = client.Excel(there)
    assert one.create().ok and one.formula("FB_VERSION").ok
    one.quit()
    assert there.engines()
    ran = silently(there, setup_exe)
    assert ran.returncode == 0, reason(there)
    assert not old.exists() and not there.engines()
    there.restart()
    two = client.Excel(there)
    assert two.create().ok and two.formula("FB_VERSION").value == [[__version__]]
    two.quit()


def test_when_it_is_removed_nothing_stays(there, before):
    assert silently(there, there.tool.parent / "uninstall.exe").returncode == 0
    files_before, keys_before = before
    files_now, keys_now = listed(there)
    assert files_now - files_before == set()
    assert keys_now - keys_before == set()
