"""The house rules: imports run one way, and the calculation knows nothing of files or Excel."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from support.external import ROOT

CODE = ROOT / "addin" / "funnelbook"


def test_the_layers_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_calculation_loads_no_excel_library():
    code = (
        "import importlib, pkgutil, sys, funnelbook.domain as d\n"
        "[importlib.import_module(m.name) for m in pkgutil.iter_modules(d.__path__, 'funnelbook.domain.')]\n"
        "print(*sorted({'xlwings', 'openpyxl', 'lxml', 'xlsxwriter', 'python_calamine', 'click', 'rich'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_a_refresh_loads_only_the_quick_part_of_scipy(demo_book, tmp_path):
    """scipy.stats and scipy.optimize take longer to load than the refresh of a team to run."""
    (tmp_path / "a.xlsx").write_bytes(demo_book(refreshed=False))
    code = (
        "import sys; from funnelbook.cli import main\n"
        "try: main(['refresh', sys.argv[1], '--as-of', '2026-05-20'])\n"
        "except SystemExit: pass\n"
        "print(*sorted({m.partition('.')[2] for m in sys.modules if m.startswith('scipy.') and m.count('.') == 1 and '._' not in m}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.xlsx"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    done, loaded = run.stdout.splitlines()
    assert "已刷新" in done
    assert loaded == "special version"


def test_nothing_below_the_entry_points_reads_the_clock():
    clock = re.compile(r"datetime\.now\(|date\.today\(|\.utcnow\(|Timestamp\.(now|today)|time\.time\(")
    entries = ("cli/common.py", "ribbon.py", "calc.py", "windows/sent_to.py", "windows/setup.py")
    allowed = {CODE / name for name in (*entries, "commands/support_report.py")}  # the report says when it was made
    found = [str(p) for p in CODE.rglob("*.py") if p not in allowed and clock.search(p.read_text(encoding="utf-8"))]
    assert not found


def test_openpyxl_never_touches_a_users_workbook():
    assert not [str(p) for p in CODE.rglob("*.py") if "openpyxl" in p.read_text(encoding="utf-8")]


def test_only_the_live_host_and_the_engine_know_xlwings():
    """And nothing its pro part, which is not free."""
    using = {p.name: p.read_text(encoding="utf-8") for p in CODE.rglob("*.py")}
    importing = {name for name, text in using.items() if re.search(r"^\s*(import|from) xlwings\b", text, re.MULTILINE)}
    assert importing == {
        "excel.py",
        "excel_edits.py",
        "excel_app.py",
        "excel_growth.py",
        "excel_names.py",
        "excel_results.py",
        "excel_steps.py",
        "excel_unfinished.py",
        "excel_tables.py",
        "excel_cells.py",
        "ribbon.py",
        "handed.py",
    }
    assert not [name for name, text in using.items() if "xlwings.pro" in text]


def test_files_stay_readable():
    long = {p.name: n for p in CODE.rglob("*.py") if (n := len(p.read_text(encoding="utf-8").splitlines())) > 350}
    assert not long


def test_no_pattern_has_a_possessive_group():
    """Python 3.11.0 to 3.11.4 matches them wrongly (CPython issue 106052): sheets were read as empty in LibreOffice's Python."""
    possessive = re.compile(r"(?<!\()\)[*+?]\+")
    assert not [p.name for p in CODE.rglob("*.py") if possessive.search(p.read_text(encoding="utf-8"))]


# What two rooms of one name have in common; any other module has a name of its own
SHARED_NAMES = {
    "batch": "commands of many workbooks on the command line, and the refreshing of many",
    "build": "each makes one built file, and the command all of them",
    "dispositions": "the table, and how the words of a call log are read",
    "pool": "a command on the command line, and the days and people it goes by",
    "settings": "the table, and the values read from it",
    "setup": "a command on the command line, what it does, and the room it does it with",
    "targets": "a command on the command line, what it does, the table it writes, and the sums",
    "tiers": "the table, and the tiers the sums are made with",
    "undo": "a command on the command line, and what it does",
    "doctor": "a command, and the checks it makes",
}


def test_no_two_rooms_have_one_name():
    """`words` is apart: a catalogue is called by the subject its texts are on."""
    names = [p.stem for p in CODE.rglob("*.py") if p.stem != "__init__" and "words" not in p.relative_to(CODE).parts]
    assert {name for name in names if names.count(name) > 1} == set(SHARED_NAMES)
