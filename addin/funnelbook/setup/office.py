"""The LibreOffice of a computer: where it lies, the Python in it, this user's profile and the extension there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import psutil

from funnelbook.setup.machine import Machine

EXTENSION = "funnelbook.oxt"
IDENTIFIER = "org.funnelbook"
ENVIRONMENT = "environment.json"  # in the extension: the folders of packages, their Python, the language
OFFICES = ("soffice.bin", "soffice", "soffice.exe")
PROFILE_OPTION = "-env:UserInstallation="

_MINOR = "import sys, uno, unohelper; print('%d.%d' % sys.version_info[:2])"
_LOADS = """
import json, site, sys
before = list(sys.path)
for folder in json.loads(sys.argv[1]):
    site.addsitedir(folder)
sys.path[:] = [path for path in sys.path if path not in before] + before
import funnelbook.calc
"""  # as the extension does it
SYSTEMS_PYTHON = Path("/usr/bin/python3")
_IN_BUNDLE = "LibreOffice.app/Contents/MacOS/soffice"
_DATABASE = "registry/com.sun.star.comp.deployment.bundle.PackageRegistryBackend/backenddb.xml"
_NAMESPACE = "{http://openoffice.org/extensionmanager/extension-registry/2010}"
_CACHE = "vnd.sun.star.expand:$UNO_USER_PACKAGES_CACHE/"
_TAKEN_FOR_ITS_OWN = ("PYTHON", "VIRTUAL_ENV", "UV_", "FUNNELBOOK")


@dataclass(frozen=True)
class Office:
    """A LibreOffice: `soffice` starts it, `running` says whether this user has it open."""

    machine: Machine
    soffice: Path
    running: Callable[[], bool]

    @classmethod
    def of(cls, machine: Machine) -> Office | None:
        """The one on PATH, else in the usual place of the system; None where there is none."""
        found = shutil.which("soffice", path=machine.env.get("PATH", os.defpath))
        usual = (path for path in _usual(machine) if path.is_file())
        soffice = Path(found) if found else next(usual, None)
        return soffice and cls(machine, soffice.resolve(), lambda: running(cls.profile_of(machine)))

    @staticmethod
    def profile_of(machine: Machine) -> Path:
        """The folder in which LibreOffice keeps what is this user's."""
        if machine.windows:
            return Path(machine.env.get("APPDATA") or machine.home / "AppData" / "Roaming") / "LibreOffice" / "4"
        if machine.platform == "darwin":
            return machine.home / "Library" / "Application Support" / "LibreOffice" / "4"
        return Path(machine.env.get("XDG_CONFIG_HOME") or machine.home / ".config") / "libreoffice" / "4"

    @property
    def profile(self) -> Path:
        return self.profile_of(self.machine)

    @cached_property
    def python(self) -> tuple[Path, str] | None:
        """The Python inside it and that one's version (3.11); None where it has none.

        LibreOffice of Debian, Ubuntu and the like has the system's Python in it, others bring their own.
        """
        program = self.soffice.parent
        own = (program / "python.exe", program / "python", program.parent / "Resources" / "python")
        for python in (*own, SYSTEMS_PYTHON):
            if python.is_file():
                ran, answer = self.ask(python, ("-c", _MINOR))
                if ran:
                    return python, answer
        return None

    def ask(self, program: Path, arguments: Sequence[str]) -> tuple[bool, str]:
        """Whether a program ran without error, started as from the user's desktop, and what it said (Machine.ask).

        The Python inside LibreOffice would take the environment that Funnelbook runs in for its own, and crash.
        """
        env = {k: v for k, v in self.machine.env.items() if not k.startswith(_TAKEN_FOR_ITS_OWN)}
        if not self.machine.windows:
            env["PATH"] = os.defpath
        return replace(self.machine, env=env).ask(program, arguments)

    def cannot_load(self, packages: Sequence[str]) -> str:
        """Why its Python cannot load Funnelbook, numpy and the rest from folders of packages; blank when it can."""
        if self.python is None:
            return "no Python"
        ran, answer = self.ask(self.python[0], ("-c", _LOADS, json.dumps(list(packages))))
        return "" if ran else answer

    def deployed(self) -> tuple[Path, bool] | None:
        """The folder of the extension in this user's profile, and whether it is enabled; None where there is none."""
        cache = self.profile / "user" / "uno_packages" / "cache"
        try:
            root = ElementTree.parse(cache / _DATABASE).getroot()
        except (OSError, ElementTree.ParseError):
            return None
        for entry in root.iter(f"{_NAMESPACE}extension"):
            url = entry.get("url", "")
            if url.startswith(_CACHE) and url.endswith(f"/{EXTENSION}"):
                return cache / url.removeprefix(_CACHE), entry.get("revoked") != "true"
        return None


def running(profile: Path) -> bool:
    """Whether this user runs a LibreOffice with a profile; one that others started with a profile of its own does no harm."""
    me = psutil.Process().username()
    for process in psutil.process_iter(["name"]):
        if (process.info["name"] or "").casefold() not in OFFICES:
            continue
        try:
            own = [a.removeprefix(PROFILE_OPTION) for a in process.cmdline() if a.startswith(PROFILE_OPTION)]
            if process.username() == me and own in ([], [profile.as_uri()]):
                return True
        except psutil.Error:
            continue
    return False


def _usual(machine: Machine) -> list[Path]:
    if machine.windows:
        folders = [machine.env[name] for name in ("ProgramFiles", "ProgramFiles(x86)") if name in machine.env]
        return [Path(folder) / "LibreOffice" / "program" / "soffice.exe" for folder in folders]
    if machine.platform == "darwin":
        return [folder / _IN_BUNDLE for folder in (machine.home / "Applications", Path("/Applications"))]
    return sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
