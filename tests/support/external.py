"""What tests need from outside Python: found, or skipped with a loud reason; with FUNNELBOOK_REQUIRE naming it, a skip is a failure."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from funnelbook.commands.pictures import convert
from support.rig import wine

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
WHOLE = bool(os.environ.get("FUNNELBOOK_WHOLE"))  # every foreign workbook, else some of them
CORPUS = SHARED / "corpus"
_VALIDATOR = ROOT / "node_modules" / "@xarsh" / "ooxml-validator"
_UNO = (
    "usr/lib/python3/dist-packages",
    "usr/lib/libreoffice/program",
    "opt/libreoffice*/program",
)  # where LibreOffice keeps its module
_REQUIRED = set(os.environ.get("FUNNELBOOK_REQUIRE", "").split(","))


def need(what: str) -> None:
    """Skips the test, saying why, unless `what` (libreoffice, uno, screen, validator, browser, windows, nsis, shared) is there."""
    there, remedy = {
        "libreoffice": (
            bool(shutil.which("soffice") and shutil.which("pdftoppm")),
            "install libreoffice-calc and poppler-utils",
        ),
        "uno": (_import_uno(), f"run with the Python of LibreOffice, which is not this one, {sys.version.split()[0]}"),
        "screen": (all(map(shutil.which, ("Xvfb", "xdotool"))), "install xvfb and xdotool"),
        "validator": (bool(_VALIDATOR.exists() and shutil.which("node")), "run npm install (Node 18 or later)"),
        "browser": (bool(browser()), "install chromium"),
        "windows": (wine.there(), "install wine64, gcc-mingw-w64-x86-64 and locales (Debian)"),
        "nsis": (bool(shutil.which("makensis")), "install nsis"),
        "shared": (CORPUS.is_dir(), "../shared is not beside the project"),
    }[what]
    if there:
        return
    if what in _REQUIRED:
        pytest.fail(f"{what} is required here and missing: {remedy}")
    pytest.skip(f"NOT CHECKED: no {what}; {remedy}")


def browser() -> str:
    """The program that lays pages out without a screen; empty where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


def _import_uno() -> bool:
    """Whether LibreOffice's own module can be imported here: it is made for one version of Python."""
    if "uno" in sys.modules:
        return True
    folders = [str(p) for pattern in _UNO for p in Path("/").glob(pattern)]
    sys.path += folders
    try:
        import uno  # noqa: F401, PLC0415
        import unohelper  # noqa: F401, PLC0415
    except ImportError:
        return False
    finally:
        sys.path[:] = [path for path in sys.path if path not in folders]
    return True


def validate(files: Sequence[Path]) -> dict[Path, list[str]]:
    """What the Open XML SDK finds wrong in each file, `description | part`."""
    need("validator")
    script = Path(__file__).with_name("validate.mjs")
    listed = "\n".join(map(str, files))
    run = subprocess.run(
        ["node", str(script)], input=listed, capture_output=True, text=True, check=True, cwd=ROOT, timeout=1800
    )
    found = json.loads(run.stdout)
    return {path: found[str(path)] for path in files}


def opened_by_libreoffice(files: Sequence[Path]) -> set[Path]:
    """The files LibreOffice can load."""
    need("libreoffice")
    with tempfile.TemporaryDirectory() as scratch:
        by_name = {}
        for number, path in enumerate(files):
            copy = Path(scratch) / f"f{number}{path.suffix}"
            shutil.copy(path, copy)
            by_name[copy.stem] = path
        out = Path(scratch) / "out"
        convert(sorted(Path(scratch).glob("f*")), "csv", out, time_limit_s=1800)
        return {by_name[found.stem] for found in out.glob("*.csv")}
