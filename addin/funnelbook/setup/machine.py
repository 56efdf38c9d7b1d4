"""The computer Funnelbook is set up on: its facts, the places Excel looks at, and the settings file the add-in reads."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from funnelbook.book.ports import BookError
from funnelbook.setup.engine_keys import MODULE
from funnelbook.setup.explorer_links import file_name, link
from funnelbook.setup.installed import Copy
from funnelbook.setup.windows_facts import administrator, elevated, on_network
from funnelbook.setup.windows_registry import Registry, WindowsRegistry

XLWINGS = "0.37.8"
ADDIN = "funnelbook.xlam"
APPLESCRIPT = f"xlwings-{XLWINGS}.applescript"
EXCEL_PLATFORMS = ("win32", "darwin")
EXCEL = ("EXCEL.EXE", "Microsoft Excel")
ENDS_WITHIN = 5  # seconds
ANSWER_WITHIN = 120  # seconds; a virus scanner may read every file of pandas when it is first imported

_PROFILE = {"APPDATA": "AppData/Roaming", "LOCALAPPDATA": "AppData/Local", "USERPROFILE": ""}
_SHELL_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_VARIABLE = re.compile("%([^%]+)%")
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
    """What installing and looking for faults need to know of a computer."""

    platform: str  # as sys.platform
    env: Mapping[str, str]
    home: Path
    python: Path
    registry: Registry
    excel_running: Callable[[], bool]
    end_engine: Callable[[], None] = lambda: None
    link: Callable[[Path, str, Path], bytes] = (
        link  # a link of Windows: a program, what it is given, the file of its icon
    )
    on_network: Callable[[Path], bool] = on_network
    excel_elevated: Callable[[], bool] = lambda: False  # whether an Excel runs as administrator
    administrator: bool = False  # whether Funnelbook itself does

    @classmethod
    def this(cls) -> Machine:
        """The computer this runs on."""
        here = sys.platform, dict(os.environ), Path.home(), Path(sys.executable), WindowsRegistry()
        return cls(
            *here,
            lambda: running(EXCEL),
            end_engine,
            excel_elevated=lambda: elevated(EXCEL[0]),
            administrator=administrator(),
        )

    @property
    def windows(self) -> bool:
        return self.platform == "win32"

    @property
    def excel_folder(self) -> Path:
        """The folder Excel itself makes when this user first starts it."""
        if self.windows:
            return self.profile("APPDATA") / "Microsoft" / "Excel"
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
        home = self.profile("USERPROFILE") if self.windows else self.excel_folder / "Data"
        return home / ".funnelbook" / "funnelbook.conf"

    @property
    def second_addin(self) -> Path:
        """Where people put an add-in by hand (Windows)."""
        return self.profile("APPDATA") / "Microsoft" / "AddIns" / ADDIN

    @property
    def logon(self) -> Path:
        """What starts the formula server when the user logs on (Windows)."""
        menu = self.profile("APPDATA") / "Microsoft" / "Windows" / "Start Menu"
        return menu / "Programs" / "Startup" / "Funnelbook.cmd"

    @property
    def links(self) -> list[Path]:
        """Where Explorer finds links: what it offers under "Send to", and this user's desktop, wherever that was put (Windows)."""
        desktop = self.registry("HKCU", _SHELL_FOLDERS, "Desktop")
        places = [
            self.profile("APPDATA") / "Microsoft" / "Windows" / "SendTo",
            self.profile("USERPROFILE") / "Desktop",
        ]
        if desktop:
            places[1] = Path(self.expanded(str(desktop)))
        return [folder / file_name() for folder in places]

    @property
    def icon(self) -> Path:
        """The picture Explorer shows the links with (Windows)."""
        return self.conf.with_name("funnelbook.ico")

    def expanded(self, text: str) -> str:
        """A path of the registry, with what its variables stand for."""
        return _VARIABLE.sub(lambda found: self.env.get(found[1].upper(), found[0]), text)

    @property
    def applescript(self) -> Path:
        """What lets Excel on a Mac start Python."""
        return self.home / "Library" / "Application Scripts" / "com.microsoft.Excel" / APPLESCRIPT

    @property
    def interpreter(self) -> Path:
        """The Python that Excel is to have: on Windows the one that opens no black window, if there is one."""
        windowless = self.python.with_name("pythonw.exe")
        return windowless if self.windows and windowless.is_file() else self.python

    def ask(self, program: Path, arguments: Sequence[str]) -> tuple[bool, str]:
        """Whether a program ran without error, and what it printed or else the last line of its error."""
        try:
            ran = subprocess.run(
                [str(program), *arguments],
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
            return False, error.strerror or type(error).__name__
        if ran.returncode == 0:
            return True, ran.stdout.strip()
        return False, (ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"])[-1]

    def ask_python(self, python: Path, arguments: Sequence[str]) -> tuple[bool, str]:
        """The same of a Python, which is to write UTF-8: the one that setup.exe installed hears no variables."""
        return self.ask(python, ("-X", "utf8", *arguments))

    def look_into(self, python: Path) -> tuple[dict[str, str] | None, str]:
        """What a Python holds (xlwings: its version; pywin32: "" or why it cannot be used); else None and the error."""
        ran, answer = self.ask_python(python, ("-c", _PROBE))
        try:
            return (json.loads(answer.splitlines()[-1]), "") if ran else (None, answer)
        except (ValueError, IndexError):
            return None, answer or "no answer"

    def profile(self, name: str) -> Path:
        """A folder that Windows names by a variable, such as APPDATA."""
        return Path(self.env.get(name) or self.home / _PROFILE[name])


def settings_file(settings: Mapping[str, str]) -> bytes:
    """The settings as VBA's Input # reads them on a Mac: ASCII, no blank line. BookError for a path it would read wrong."""
    for text in settings.values():
        if not text.isascii() or '"' in text:
            raise BookError("path_not_plain", path=text, as_tool=Copy.this().as_tool())
    return "".join(f'"{key}","{value}"\n' for key, value in settings.items()).encode("ascii")


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


def end_engine() -> None:
    """Ends the engine where it waits for an Excel to come back: of an older version it would answer the new add-in.

    BookError where one cannot be ended.
    """
    me = psutil.Process().username()
    for process in psutil.process_iter(["cmdline"]):
        if MODULE in (process.info["cmdline"] or []):
            with suppress(psutil.NoSuchProcess):
                try:
                    if process.username() == me:
                        process.terminate()
                        process.wait(ENDS_WITHIN)
                except (psutil.AccessDenied, psutil.TimeoutExpired) as error:
                    raise BookError("engine_stays") from error
