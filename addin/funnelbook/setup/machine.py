"""The computer Funnelbook is set up on: its facts, the places Excel looks at, and the settings file the add-in reads."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

import psutil

from funnelbook.book.ports import BookError
from funnelbook.setup.installed import Copy

XLWINGS = "0.37.8"
ADDIN = "funnelbook.xlam"
DLLS = tuple(f"xlwings{bits}-{XLWINGS}.dll" for bits in (64, 32))
APPLESCRIPT = f"xlwings-{XLWINGS}.applescript"
EXCEL_PLATFORMS = ("win32", "darwin")
EXCEL = ("EXCEL.EXE", "Microsoft Excel")
ANSWER_WITHIN = 120  # seconds; a virus scanner may read every file of pandas when it is first imported

Registry = Callable[[str, str, str | None], object | None]

_PROFILE = {"APPDATA": "AppData/Roaming", "LOCALAPPDATA": "AppData/Local", "USERPROFILE": ""}
_LINE = re.compile(r'"([A-Z_]+)","([^"]*)"')

_PROBE = """
import json, importlib.metadata
found = {"xlwings": importlib.metadata.version("xlwings"), "pywin32": ""}
try:
    import pythoncom, win32com.client
except Exception as error:
    found["pywin32"] = f"{type(error).__name__}: {error}"
import funnelbook, xlwings
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Machine:
    """What installing and looking for faults need to know of a computer.

    `registry(hive, key, name)` gives a value, or None; with name None the names of all values below the key, or None.
    """

    platform: str  # as sys.platform
    env: Mapping[str, str]
    home: Path
    python: Path
    registry: Registry
    excel_running: Callable[[], bool]

    @classmethod
    def this(cls) -> Machine:
        """The computer this runs on."""
        return cls(sys.platform, dict(os.environ), Path.home(), Path(sys.executable), registry, lambda: running(EXCEL))

    @property
    def windows(self) -> bool:
        return self.platform == "win32"

    @property
    def excel_folder(self) -> Path:
        """The folder Excel itself makes when this user first starts it."""
        if self.windows:
            return self._profile("APPDATA") / "Microsoft" / "Excel"
        return self.home / "Library" / "Containers" / "com.microsoft.Excel"

    @property
    def addin(self) -> Path:
        if self.windows:
            return self.excel_folder / "XLSTART" / ADDIN
        group = self.home / "Library" / "Group Containers" / "UBF8T346G9.Office"
        return group / "User Content.localized" / "Startup.localized" / "Excel" / ADDIN

    @property
    def conf(self) -> Path:
        # Excel on a Mac may read inside its own container only.
        home = self._profile("USERPROFILE") if self.windows else self.excel_folder / "Data"
        return home / ".funnelbook" / "funnelbook.conf"

    @property
    def second_addin(self) -> Path:
        """Where people put an add-in by hand (Windows)."""
        return self._profile("APPDATA") / "Microsoft" / "AddIns" / ADDIN

    @property
    def logon(self) -> Path:
        """What starts the formula server when the user logs on (Windows)."""
        menu = self._profile("APPDATA") / "Microsoft" / "Windows" / "Start Menu"
        return menu / "Programs" / "Startup" / "Funnelbook.cmd"

    @property
    def applescript(self) -> Path:
        """What lets Excel on a Mac start Python."""
        return self.home / "Library" / "Application Scripts" / "com.microsoft.Excel" / APPLESCRIPT

    @property
    def interpreter_key(self) -> str:
        return "INTERPRETER_WIN" if self.windows else "INTERPRETER_MAC"

    @property
    def keys(self) -> tuple[str, ...]:
        """The settings the add-in needs here."""
        return (self.interpreter_key, "LANGUAGE", "SERVER", *(("DLL_FOLDER",) if self.windows else ()))

    def portable(self, path: Path) -> str:
        """A path as it may stand in the settings: ASCII, on Windows below %APPDATA%, %LOCALAPPDATA% or %USERPROFILE%.

        VBA reads the settings in the code page of the computer, and names of users can be Chinese. Raises BookError when the
        rest of the path is not ASCII or holds a quote.
        """
        text = str(path)
        if self.windows:
            full = PureWindowsPath(text)
            text = str(full)
            folders = {name: PureWindowsPath(str(self._profile(name))) for name in _PROFILE}
            for name, folder in sorted(folders.items(), key=lambda item: -len(str(item[1]))):
                if full.is_relative_to(folder):
                    text = str(PureWindowsPath(f"%{name}%") / full.relative_to(folder))
                    break
        if not text.isascii() or '"' in text:
            raise BookError("path_not_plain", path=path, as_tool=Copy.this().as_tool())
        return text

    def readable(self, text: str) -> Path:
        """The path that a text of the settings stands for."""
        if not self.windows:
            return Path(text)

        def value(match: re.Match[str]) -> str:
            name = match[1].upper()
            return str(self._profile(name)) if name in _PROFILE else self.env.get(name, match[0])

        return Path(PureWindowsPath(re.sub("%([^%]+)%", value, text)).as_posix())

    def settings_file(self, settings: Mapping[str, str]) -> bytes:
        """The settings as VBA's Input # reads them: ASCII, no blank line."""
        end = "\r\n" if self.windows else "\n"
        return "".join(f'"{key}","{value}"{end}' for key, value in settings.items()).encode("ascii")

    def ask(self, python: Path, arguments: Sequence[str]) -> tuple[bool, str]:
        """Whether a Python ran without error, and what it printed or else the last line of its error."""
        try:
            ran = subprocess.run(
                [str(python), *arguments],
                env={**self.env, "PYTHONIOENCODING": "utf-8"},
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=ANSWER_WITHIN,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False, f"no answer within {ANSWER_WITHIN} s"
        except OSError as error:
            return False, str(error)
        if ran.returncode == 0:
            return True, ran.stdout.strip()
        return False, (ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"])[-1]

    def look_into(self, python: Path) -> tuple[dict[str, str] | None, str]:
        """What a Python holds (xlwings: its version; pywin32: "" or why it cannot be used); else None and the error."""
        ran, answer = self.ask(python, ("-c", _PROBE))
        try:
            return (json.loads(answer.splitlines()[-1]), "") if ran else (None, answer)
        except (ValueError, IndexError):
            return None, answer or "no answer"

    def _profile(self, name: str) -> Path:
        return Path(self.env.get(name) or self.home / _PROFILE[name])


def read_settings(text: str) -> tuple[dict[str, str], list[str]]:
    """The settings in a settings file, and its lines that are none; blank lines are in neither."""
    matches = [(line, _LINE.fullmatch(line)) for line in text.splitlines() if line.strip()]
    return {m[1]: m[2] for _, m in matches if m}, [line for line, m in matches if not m]


def marked_from_web(path: Path) -> bool:
    """Whether Windows keeps for a file the note that it came from the internet: Excel then runs no macro in it."""
    try:
        with open(f"{path}:Zone.Identifier", "rb"):
            return True
    except OSError:
        return False


def running(names: Collection[str]) -> bool:
    """Whether this user runs a program of one of these names. On a terminal server others may run it too."""
    wanted = {name.casefold() for name in names}
    me = psutil.Process().username()
    for process in psutil.process_iter(["name"]):
        if (process.info["name"] or "").casefold() in wanted:
            try:
                if process.username() == me:
                    return True
            except psutil.Error:
                continue
    return False


def registry(hive: str, key: str, name: str | None) -> object | None:
    """A value of the Windows registry, or the names of all values of a key; None where there is none or no Windows."""
    try:
        import winreg  # noqa: PLC0415 - only Windows has it
    except ImportError:
        return None
    root = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[hive]
    try:
        with winreg.OpenKey(root, key) as opened:
            if name is not None:
                return winreg.QueryValueEx(opened, name)[0]
            return [winreg.EnumValue(opened, at)[0] for at in range(winreg.QueryInfoKey(opened)[1])]
    except OSError:
        return None
