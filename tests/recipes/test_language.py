"""A language is one folder: in a copy of the project, nothing else is touched and everything speaks it."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from support import pseudo
from support.external import ROOT

OWN = pseudo.LANGUAGE
WORDS = Path("addin", "funnelbook", "words")
TEMPLATE = Path("workbook_templates", OWN, f"{pseudo.OPEN}漏斗{pseudo.CLOSE}.xlsx")


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of the project with the language in it."""
    folder = tmp_path_factory.mktemp("house")
    for part in ("addin", "docs", "workbook_templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("*.png"))
    shutil.copy2(ROOT / "pyproject.toml", folder)
    pseudo.write(folder / WORDS)
    return folder


def run(house: Path, *arguments: object) -> str:
    """What the command line of the copy says."""
    environment = os.environ | {"PYTHONPATH": str(house / "addin"), "PYTHONUTF8": "1", "COLUMNS": "300"}
    code = [sys.executable, "-c", "from funnelbook.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(code, cwd=house, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def touched(house: Path) -> set[Path]:
    """What differs from the project in the code, as paths in the copy."""
    files = (p.relative_to(house) for p in (house / "addin" / "funnelbook").rglob("*.py"))
    return {p for p in files if not (ROOT / p).exists() or not filecmp.cmp(ROOT / p, house / p, shallow=False)}


def test_only_the_folder_is_new(house):
    files = touched(house)
    assert files
    assert {path.parts[: len(WORDS.parts) + 1] for path in files} == {(*WORDS.parts, OWN)}


def test_it_is_offered_and_a_workbook_is_made_in_it(house, tmp_path):
    assert f"[zh|en|{OWN}]" in run(house, "new", "--help")
    assert pseudo.OPEN in run(house, "new", tmp_path, "--lang", OWN)
    (path,) = tmp_path.iterdir()
    assert path.name == TEMPLATE.name
    sheets = openpyxl.load_workbook(path).sheetnames
    assert sheets and all(name.startswith(pseudo.OPEN) for name in sheets)


def test_what_is_built_follows(house):
    run(house, "build")
    assert (house / TEMPLATE).is_file()
    assert f"{pseudo.OPEN}客户{pseudo.CLOSE} (`Customers`)" in (house / "docs" / "reference.md").read_text(
        encoding="utf-8"
    )
    assert run(house, "build", "--check") == ""


@pytest.mark.slow
def test_the_demo_speaks_it(house, tmp_path):
    assert pseudo.OPEN in run(house, "demo", tmp_path / "demo", "--lang", OWN)
    assert (tmp_path / "demo" / TEMPLATE.name).is_file()
