"""`funnelbook install --libreoffice` and `uninstall --libreoffice`: the extension in this user's LibreOffice, or nothing."""

from __future__ import annotations

import io
import json
import sys
import sysconfig
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from funnelbook.book.ports import BookError
from funnelbook.setup.install import InstallReport
from funnelbook.setup.installed import Copy
from funnelbook.setup.office import ENVIRONMENT, EXTENSION, IDENTIFIER, PROFILE_OPTION, Office
from funnelbook.words import DEFAULT

FITTING = ("3.11", "3.12", "3.13", "3.14")  # Pythons that Funnelbook runs in
ANSWER = "37.5,25.5"  # need and gap of the tier before the orders; numbers.md 1

_MANAGER = Path(__file__).with_name("extension_manager.py")
_FORMULA = "=INDEX(FB_NEED(15,{{40;12}},{{0.5;0.4}}),2,{})"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-US</value></prop></item>
</oor:items>
"""  # every formula is computed when a file is opened, and 37.5 has a point


@dataclass(frozen=True)
class Environment:
    """What the extension hands over to: folders of packages and the version of the Python they are made for."""

    packages: tuple[str, ...]
    python: str

    @classmethod
    def this(cls) -> Environment:
        """The one this runs in."""
        folders = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
        return cls(tuple(folders), f"{sys.version_info.major}.{sys.version_info.minor}")


def install(
    office: Office | None, extension: bytes, environment: Environment, *, language: str = DEFAULT
) -> InstallReport:
    """What was installed for this user; needs no administrator.

    It is tried first in a profile that is thrown away: the extension put in, a workbook with a formula computed.
    Refuses (BookError), with nothing changed: no LibreOffice, LibreOffice running, without Python or with another version of it
    than Funnelbook has, a failing self-test, LibreOffice refusing the extension.
    """
    office = _closed(office)
    _, version = _python(office)
    if version not in FITTING:
        raise BookError("office_python_unfit", theirs=version, fitting=f"{FITTING[0]}–{FITTING[-1]}")
    if version != environment.python:
        raise BookError(
            "office_other_python",
            theirs=version,
            ours=environment.python,
            reinstall=Copy.this().reinstall_with(version),
        )
    if error := office.cannot_load(environment.packages):
        raise BookError("office_self_test_failed", detail=error, reinstall=Copy.this().reinstall())
    status = "office_installed" if office.deployed() is None else "office_installed_over"
    with tempfile.TemporaryDirectory(prefix="funnelbook-") as name:
        scratch = Path(name)
        packed = scratch / EXTENSION
        packed.write_bytes(_packed(extension, environment, language))
        _self_test(office, packed, scratch)
        added, answer = _manage(office, office.profile, "add", str(packed))
    there = office.deployed()
    if not added or there is None:
        raise BookError("office_unchanged", detail=answer)
    return InstallReport(status, (there[0],))


def uninstall(office: Office | None) -> list[Path]:
    """What was removed: the extension's folder; [] if it was not there.

    Refuses (BookError), with nothing changed: no LibreOffice, LibreOffice running or without Python, LibreOffice refusing it.
    """
    office = _closed(office)
    there = office.deployed()
    if there is None:
        return []
    _python(office)
    _, answer = _manage(office, office.profile, "remove", IDENTIFIER, EXTENSION)
    if office.deployed() is not None:
        raise BookError("office_unchanged", detail=answer)
    return [there[0]]


def _closed(office: Office | None) -> Office:
    if office is None:
        raise BookError("no_office")
    if office.running():
        raise BookError("office_runs")
    return office


def _python(office: Office) -> tuple[Path, str]:
    if office.python is None:
        raise BookError("office_no_python")
    return office.python


def _packed(extension: bytes, environment: Environment, language: str) -> bytes:
    """The extension with the environment it hands over to."""
    out = io.BytesIO(extension)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        told = {"packages": environment.packages, "python": environment.python, "language": language}
        archive.writestr(ENVIRONMENT, json.dumps(told, ensure_ascii=False))
    return out.getvalue()


def _self_test(office: Office, packed: Path, scratch: Path) -> None:
    """BookError unless LibreOffice computes a formula with the extension in a new profile."""
    profile = scratch / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    added, answer = _manage(office, profile, "add", str(packed))
    if not added:
        raise BookError("office_self_test_failed", detail=answer, reinstall=Copy.this().reinstall())
    book = scratch / "test.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for column in (1, 2):
            sheet.write_formula(0, column - 1, _FORMULA.format(column))
    convert = ("--headless", "--norestore", "--convert-to", "csv", "--outdir", str(scratch), str(book))
    _, answer = office.ask(office.soffice, (PROFILE_OPTION + profile.as_uri(), *convert))
    result = book.with_suffix(".csv")
    shown = result.read_text(encoding="utf-8").strip() if result.exists() else answer
    if shown != ANSWER:
        raise BookError("office_self_test_failed", detail=f"FB_NEED: {shown}", reinstall=Copy.this().reinstall())


def _manage(office: Office, profile: Path, *what: str) -> tuple[bool, str]:
    """Whether LibreOffice did with an extension what was asked, and its error if not."""
    python, _ = _python(office)
    return office.ask(python, (str(_MANAGER), str(office.soffice), profile.as_uri(), *what))
