"""A computer with Windows for tests: a prefix of Wine with a user, a code page and Funnelbook installed as `uv tool` does it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from funnelbook.setup.engine_keys import CLASSES, CLSID, MODULE, PROGID, SERVER
from support.rig import make

TOOL = "AppData/Roaming/uv/tools/funnelbook"
SETUP = "AppData/Local/Programs/Funnelbook"  # where Funnelbook-setup.exe installs
# What Funnelbook loads of others
_OTHERS = (
    *(
        "borax.calendars.lunardate",
        "charset_normalizer",
        "click",
        "pandas",
        "phonenumbers",
        "psutil",
        "rapidfuzz.distance",
    ),
    *("rich.console", "rich.table", "rich.progress", "scipy.special", "xlsxwriter", "xlwings", "win32com.client"),
    *(
        "win32com.client.dynamic",
        "win32com.server.policy",
        "win32com.server.util",
        "win32com.shell.shell",
        "win32event",
    ),
)
_QUIET = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe="}


@dataclass
class Windows:
    """A user's computer. Paths of Windows are given as Windows has them."""

    prefix: Path
    user: str
    locale: str
    program: str = TOOL  # the folder of its Python, below the user's
    rig: Path = field(default_factory=make.made)

    def __post_init__(self) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.prefix.parent),
            "WINEPREFIX": str(self.prefix),
            "LOCPATH": str(self.rig / "locales"),
            "LC_ALL": self.locale,
            "USER": self.user,
            "LOGNAME": self.user,
            **_QUIET,
        }

    @property
    def home(self) -> Path:
        return self.prefix / "drive_c" / "users" / self.user

    @property
    def tool(self) -> Path:
        return self.home / self.program

    @property
    def python(self) -> str:
        return self.dos(self.tool / "python.exe")

    @property
    def rig_python(self) -> str:
        """A Python that is not part of this computer."""
        return self.dos(self.rig / "python" / "python.exe")

    def dos(self, path: Path) -> str:
        """A path as Windows has it: of drive C, else of Z, which is all of Linux."""
        below = self.prefix / "drive_c"
        letter, path = ("C:", path.relative_to(below)) if path.is_relative_to(below) else ("Z:", path.relative_to("/"))
        return f"{letter}\\" + str(path).replace("/", "\\")

    def start(self) -> None:
        """Windows itself, without a screen, for a user who has used Excel: a copy of one that is made once a code page."""
        made = make.once(self.rig / f"windows-{self.locale}-{self.user}", self._make)
        self.prefix.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(made / "prefix", self.prefix, symlinks=True)

    def _make(self, folder: Path) -> None:
        new = replace(self, prefix=folder / "prefix")
        folder.mkdir()
        new.run("wineboot", "-i", within_s=180)
        new.registry("add", r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f")
        new.registry("add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        new.registry("add", r"HKCU\Software\Classes", "/f")  # every user of Windows has it
        new.compile(self.rig / "python", _OTHERS)
        new.stop()
        new.wait()
        for path in new.home.iterdir():
            if path.is_symlink():  # to the home of Linux
                path.unlink()
                path.mkdir()
        (new.home / "AppData/Roaming/Microsoft/Excel/XLSTART").mkdir(parents=True)

    def compile(self, python: Path, modules: Sequence[str]) -> None:
        """Has a Python compile what it loads, once for all copies of it."""
        ran = self.run(self.dos(python / "python.exe"), "-P", "-c", f"import {', '.join(modules)}", within_s=600)
        if ran.returncode:
            raise RuntimeError(ran.stderr)
        make.settle(python)

    def log_on(self) -> None:
        """What Windows has running anyway: whatever a program starts itself in Wine would hold its pipes open."""
        code = "import sys, pythoncom, win32gui; win32gui.GetDesktopWindow(); print(1, flush=True); sys.stdin.read()"
        self._session = subprocess.Popen(
            ["wine", self.rig_python, "-c", code],
            env=self.environment,
            cwd=self.prefix.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._session.stdout.readline()

    def stop(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False, timeout=60)

    def wait(self) -> None:
        """Until all that runs here has ended and the registry is written."""
        subprocess.run(["wineserver", "-w"], env=self.environment, check=False, timeout=60)

    def put_in(self, package: Path) -> None:
        """Python with all that Funnelbook needs, as links to the rig, and Funnelbook itself from a folder it was installed into.

        What Python compiles of it is kept there, for the next computer.
        """
        packages = self.tool / "Lib" / "site-packages"
        packages.mkdir(parents=True)
        python = self.rig / "python"
        for found in python.iterdir():
            if found.is_file():
                (self.tool / found.name).symlink_to(found)
        for found in (python / "Lib" / "site-packages").iterdir():
            (packages / found.name).symlink_to(found)
        for found in package.glob("funnelbook*"):
            (packages / found.name).symlink_to(found)

    def run(
        self, *command: str, within_s: float = 300, env: Mapping[str, str] = {}
    ) -> subprocess.CompletedProcess[str]:
        """A program run to its end; through pipes, which Wine's Python needs."""
        return subprocess.run(
            ["wine", *command],
            env={**self.environment, **env},
            cwd=self.prefix.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=within_s,
            check=False,
        )

    def begin(self, *command: str) -> subprocess.Popen[str]:
        """A program that is running, told and heard through pipes."""
        return subprocess.Popen(
            ["wine", *command],
            env=self.environment,
            cwd=self.prefix.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def funnelbook(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of Funnelbook's."""
        utf8 = {"PYTHONUTF8": "1"}
        return self.run(self.python, "-c", "from funnelbook.cli import main; main()", *arguments, env=utf8)

    def install(self) -> str:
        """What `funnelbook install` says; COM finds what it registered."""
        ran = self.funnelbook("install")
        self.mirror()
        return ran.stdout + ran.stderr

    def registry(self, *command: str) -> str:
        """What reg.exe says."""
        return self.run("reg", *command).stdout

    def value(self, key: str) -> str:
        """A key's own value, of this user; empty where there is none."""
        code = f"import winreg; print(winreg.QueryValue(winreg.HKEY_CURRENT_USER, r'{key}'))"
        return self.run(self.python, "-X", "utf8", "-c", code).stdout.strip()

    def register(self, server: str) -> None:
        """Has COM start another program for the engine."""
        self.registry("add", rf"HKLM\{SERVER}", "/ve", "/d", server, "/f")

    def mirror(self) -> None:
        """Has COM find what this user registered: Wine 8 does not look below HKEY_CURRENT_USER, Windows does."""
        for key in (rf"{CLASSES}\{PROGID}", rf"{CLASSES}\CLSID\{CLSID}"):
            self.registry("delete", rf"HKLM\{key}", "/f")
            if CLSID in self.registry("query", rf"HKCU\{key}", "/s"):
                self.registry("copy", rf"HKCU\{key}", rf"HKLM\{key}", "/s", "/f")

    def engines(self) -> set[int]:
        """The engines that run here, by their number in Linux."""
        found = set()
        for process in psutil.process_iter(["cmdline"]):
            with suppress(psutil.Error):
                if MODULE in (process.info["cmdline"] or ()) and process.environ().get("WINEPREFIX") == str(
                    self.prefix
                ):
                    found.add(process.pid)
        return found

    def restart(self) -> None:
        """As after a reboot. Wine 8 goes on looking for a COM server that was killed; Windows forgets it."""
        self.stop()
        self.log_on()

    def kill_engines(self) -> None:
        """As the Task Manager does it."""
        for number in self.engines():
            with suppress(psutil.Error):
                psutil.Process(number).kill()
                psutil.Process(number).wait(10)


def there() -> bool:
    """Whether the programs are there that the rig needs."""
    return all(map(shutil.which, ("wine", "localedef", make.COMPILER)))
