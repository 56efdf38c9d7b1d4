"""`funnelbook install` and `uninstall`: the add-in's files in this user's profile, all of them or none."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.files.write import safe_write
from funnelbook.setup.installed import Copy
from funnelbook.setup.machine import APPLESCRIPT, DLLS, EXCEL_PLATFORMS, Machine, marked_from_web
from funnelbook.words import DEFAULT, say

SELF_TEST = ("-c", "import funnelbook.udfs; print(funnelbook.udfs.self_test())")


@dataclass(frozen=True)
class InstallReport:
    """What installing did: `status` is installed, installed_over (an older one) or installed_same (nothing to do)."""

    status: str
    files: tuple[Path, ...]  # where the add-in's files are now
    server_at_logon: bool

    def text(self, language: str) -> str:
        """What to tell the user."""
        told = [self.status, *(["installed_logon"] if self.server_at_logon else [])]
        return say("language.gap", language).join(say(code, language) for code in told)


def install(
    machine: Machine,
    addin: bytes,
    *,
    language: str = DEFAULT,
    server_at_logon: bool | None = None,
    self_test: Sequence[str] = SELF_TEST,
) -> InstallReport:
    """What was installed for this user; needs no administrator.

    `server_at_logon` starts the formula server when the user logs on, for companies that forbid Excel to start programs; None
    keeps what is installed. `self_test` is what the Python of the settings must run without error.
    Refuses (BookError), with nothing changed: no Excel here, Excel running or never run, a failing self-test, paths Excel cannot
    read, a file that cannot be written.
    """
    _refuse_without_excel(machine)
    if not machine.excel_folder.is_dir():
        raise BookError("excel_never_ran")
    if server_at_logon and not machine.windows:
        raise BookError("logon_windows_only")
    if server_at_logon is None:
        server_at_logon = machine.windows and machine.logon.exists()
    python = _interpreter(machine)
    settings = {
        machine.interpreter_key: machine.portable(python),
        "LANGUAGE": language,
        "SERVER": "running" if server_at_logon else "auto",
    }
    files: dict[Path, bytes | None] = {machine.addin: addin}
    if machine.windows:
        settings["DLL_FOLDER"] = machine.portable(_dll_folder(machine))
        start = f'@start "" "{machine.portable(python)}" -m funnelbook.udfs {language}\r\n'
        files[machine.logon] = start.encode("ascii") if server_at_logon else None
    else:
        files[machine.applescript] = _applescript()
    files[machine.conf] = machine.settings_file(settings)
    passed, answer = machine.ask(python, self_test)
    if not passed:
        raise BookError("self_test_failed", detail=answer, reinstall=Copy.this().reinstall())
    before = _contents(files)
    there = tuple(path for path, content in files.items() if content is not None)
    if before == files and not marked_from_web(machine.addin):
        return InstallReport("installed_same", there, server_at_logon)
    _write_all(files, before)
    status = "installed" if before[machine.addin] is None else "installed_over"
    return InstallReport(status, there, server_at_logon)


def uninstall(machine: Machine) -> list[Path]:
    """What was removed: the files `install` writes, and the settings' folder if nothing else is in it; [] if none was there.

    Refuses (BookError), with nothing changed: no Excel here, Excel running, a file that cannot be removed.
    """
    _refuse_without_excel(machine)
    own = [machine.addin, machine.conf, machine.logon if machine.windows else machine.applescript]
    removed = [path for path in own if path.is_file()]
    _write_all(dict.fromkeys(removed), _contents(removed))
    with suppress(OSError):
        machine.conf.parent.rmdir()
        removed.append(machine.conf.parent)
    return removed


def _refuse_without_excel(machine: Machine) -> None:
    if machine.platform not in EXCEL_PLATFORMS:
        raise BookError("no_excel_here")
    if machine.excel_running():
        raise BookError("excel_runs")


def _interpreter(machine: Machine) -> Path:
    """The Python that Excel is to start: on Windows the one that opens no black window, if there is one."""
    windowless = machine.python.with_name("pythonw.exe")
    return windowless if machine.windows and windowless.is_file() else machine.python


def _dll_folder(machine: Machine) -> Path:
    """The folder xlwings put its DLLs into: beside python.exe, or above Scripts in an environment of its own."""
    for folder in (machine.python.parent.parent, machine.python.parent):
        if all((folder / dll).is_file() for dll in DLLS):
            return folder
    raise BookError("xlwings_incomplete", missing=DLLS[0], reinstall=Copy.this().reinstall())


def _applescript() -> bytes:
    found = importlib.util.find_spec("xlwings")
    path = Path(found.origin).with_name(APPLESCRIPT) if found and found.origin else None
    if path is None or not path.is_file():
        raise BookError("xlwings_incomplete", missing=APPLESCRIPT, reinstall=Copy.this().reinstall())
    return path.read_bytes()


def _contents(paths: Iterable[Path]) -> dict[Path, bytes | None]:
    """What each file holds, None where there is none."""
    try:
        return {path: path.read_bytes() if path.is_file() else None for path in paths}
    except OSError as error:
        raise BookError("setup_not_written", file=error.filename, detail=error.strerror or error) from error


def _write_all(files: Mapping[Path, bytes | None], before: Mapping[Path, bytes | None]) -> None:
    """Writes every file, None removes it; if one fails, all are as `before` and BookError says which."""
    done: list[Path] = []
    folders: list[Path] = []
    path = Path()
    try:
        for path, content in files.items():
            if content is not None:
                for folder in reversed([f for f in path.parents if not f.exists()]):
                    folder.mkdir()
                    folders.append(folder)
            _write(path, content)
            done.append(path)
    except OSError as error:
        for written in reversed(done):
            with suppress(OSError):
                _write(written, before[written])
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise BookError("setup_not_written", file=path, detail=error.strerror or error) from error


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
        return
    safe_write(path, content)
