"""`funnelbook doctor`: every known reason why the tab is missing in Excel or its formulas do not answer, and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from funnelbook import __version__
from funnelbook.setup import defender, wps
from funnelbook.setup.engine_keys import MODULE, PROGID, SERVER, keys
from funnelbook.setup.excel_policies import policy_findings, versions
from funnelbook.setup.findings import Finding
from funnelbook.setup.machine import EXCEL_PLATFORMS, XLWINGS, Machine, marked_from_web, read_settings
from funnelbook.setup.office import Office
from funnelbook.setup.office_doctor import office_findings
from funnelbook.words import DEFAULT, LANGUAGES

_SETTINGS = ("INTERPRETER_MAC", "LANGUAGE")  # what the add-in needs on a Mac
_STARTED = re.compile(r'"([^"]+)" -P -m ' + re.escape(MODULE) + r" \w+")
_COM_ERROR = re.compile(r"^(?:pywintypes\.)?(?:com_error: )?\((-\d+), '([^']*)'.*\)$")
_DISABLED = r"Software\Microsoft\Office\{version}\Excel\Resiliency\DisabledItems"
_LAYERS = r"Software\Microsoft\Windows NT\CurrentVersion\AppCompatFlags\Layers"
_STORE = Path("Packages", "Microsoft.Office.Desktop_8wekyb3d8bbwe")
_DOWNLOADED = ("HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "VersionToReport")
# As the add-in does it, by a Python of its own
_ASKS = f"from win32com.client import dynamic; print(dynamic.Dispatch('{PROGID}').formula('FB_VERSION', ())[0][0])"


def doctor(machine: Machine, addin: bytes, office: Office | None = None, extension: bytes = b"") -> list[Finding]:
    """Every check that makes sense here, in the order to mend things; `addin` and `extension` are as shipped.

    A check that depends on one that failed is left out; notes are listed only where they apply. What cannot be read is a finding
    too. LibreOffice is looked at where the extension was put in, or where there can be no Excel; who uses it and has no Excel
    hears nothing of Excel.
    """
    if office is None:
        return list(_safely(_excel(machine, addin)))
    used = office.deployed() is not None
    if machine.platform not in EXCEL_PLATFORMS or (used and not machine.excel_folder.is_dir()):
        return list(_safely(office_findings(office, extension)))
    found = office_findings(office, extension) if used else [Finding("office_too", True, str(office.soffice))]
    return list(_safely(chain(_excel(machine, addin), found)))


def _safely(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The same, and last whether everything could be looked at: a share that is away, a file that a virus scanner holds."""
    error = None
    try:
        yield from findings
    except OSError as raised:
        error = raised
    about = ": ".join(filter(None, (str(error.filename or ""), error.strerror or ""))) if error else ""
    yield Finding("unreadable", error is None, about)


def _excel(machine: Machine, addin: bytes) -> Iterator[Finding]:
    if machine.platform not in EXCEL_PLATFORMS:
        yield Finding("platform", False, machine.platform)
        return
    yield Finding("platform", True, machine.platform)
    ran = machine.excel_folder.is_dir()
    if machine.windows and not ran and wps.there(machine):
        yield from _without_excel(machine)
        return
    yield Finding("excel_folder", ran, str(machine.excel_folder))
    if machine.excel_running():
        yield Finding("excel_running", True)
    python, findings = _registered(machine) if machine.windows else _settings(machine)
    yield from findings
    if python:
        yield from _python(machine, python)
    yield from _addin(machine, addin)
    yield from _windows(machine) if machine.windows else [_script(machine)]


def _without_excel(machine: Machine) -> Iterator[Finding]:
    """Where there is WPS alone: the links of Explorer are all there is."""
    yield Finding("wps_only", True)
    links = machine.links
    yield Finding("links", any(path.is_file() for path in links), str(links[0]))


def _registered(machine: Machine) -> tuple[Path | None, list[Finding]]:
    """The Python that Windows starts for the add-in."""
    found = {key: _value(machine, "HKCU", key, "") for key in keys(machine.interpreter, DEFAULT)}
    started = _STARTED.fullmatch(found[SERVER])
    python = Path(started[1]) if started else None
    wanted = keys(python or machine.interpreter, DEFAULT)
    differing = [key for key in found if (python is None if key == SERVER else found[key] != wanted[key])]
    return python, [Finding("engine", not differing, rf"HKCU\{(differing or [SERVER])[0]}")]


def _settings(machine: Machine) -> tuple[Path | None, list[Finding]]:
    path = machine.conf
    if not path.is_file():
        return None, [Finding("conf", False, str(path))]
    data = path.read_bytes()
    text = data.decode("utf-8", errors="replace")
    blank = [str(number) for number, line in enumerate(text.splitlines(), 1) if not line.strip()]
    settings, wrong = read_settings(text)
    wrong += [key for key in _SETTINGS if not settings.get(key)]
    if settings.get("LANGUAGE", DEFAULT) not in LANGUAGES:
        wrong.append(f"LANGUAGE={settings['LANGUAGE']}")
    python = settings.get("INTERPRETER_MAC")
    return (Path(python) if python else None), [
        Finding("conf", True, str(path)),
        Finding("conf_ascii", data.isascii(), str(path)),
        Finding("conf_blank", not blank, ", ".join(blank)),
        Finding("conf_keys", not wrong, ", ".join(wrong)),
    ]


def _python(machine: Machine, python: Path) -> Iterator[Finding]:
    if machine.windows:
        yield Finding("python_store", "windowsapps" not in str(python).casefold(), str(python))
    there = python.is_file()
    yield Finding("python", there, str(python))
    if not there:
        return
    found, error = machine.look_into(python)
    yield Finding("python_starts", found is not None, error)
    if found is None:
        return
    yield Finding("xlwings", found["xlwings"] == XLWINGS, found["xlwings"])
    if machine.windows:
        yield Finding("pywin32", not found["pywin32"], found["pywin32"])
        if not found["pywin32"]:
            yield from _answers(machine, python)


def _answers(machine: Machine, python: Path) -> Iterator[Finding]:
    ran, told = machine.ask_python(python, ("-P", "-c", _ASKS))
    last = (told.splitlines() or [""])[-1]
    answers = ran and last == __version__
    # Windows does not tell an administrator's programs what a user registered
    unseen = not answers and machine.administrator
    yield Finding("administrator", not unseen)
    if unseen:
        return
    yield Finding("engine_answers", answers, "" if answers else _COM_ERROR.sub(_readable, last))
    by = "" if answers else defender.rules(machine).get(defender.UNKNOWN_PROGRAMS, "")
    yield Finding("defender", not by, by)


def _readable(found: re.Match[str]) -> str:
    """An error of COM as IT looks it up."""
    return f"0x{int(found[1]) & 0xFFFFFFFF:08X} {found[2]}"


def _addin(machine: Machine, shipped: bytes) -> Iterator[Finding]:
    path = machine.addin
    there = path.is_file()
    yield Finding("addin", there, str(path))
    if there:
        yield Finding("addin_current", path.read_bytes() == shipped, str(path))
        if machine.windows:
            yield Finding("addin_from_web", not marked_from_web(path), str(path))


def _script(machine: Machine) -> Finding:
    return Finding("applescript", machine.applescript.is_file(), str(machine.applescript))


def _windows(machine: Machine) -> Iterator[Finding]:
    second = machine.second_addin
    yield Finding("addin_twice", not second.exists(), str(second) if second.exists() else "")
    yield Finding("addin_disabled", not _disabled(machine))
    yield from policy_findings(machine)
    forced = _run_as_administrator(machine)
    yield Finding("excel_elevated", not forced, forced)
    if (store := machine.profile("LOCALAPPDATA") / _STORE).is_dir() and not machine.registry(*_DOWNLOADED):
        yield Finding("excel_store", True, str(store))
    if kind := wps.opens_workbooks(machine):
        yield Finding("wps_opens", True, kind)


def _disabled(machine: Machine) -> bool:
    """Whether Excel took out our add-in after a crash. Each item is in binary, the path of its file in it as UTF-16."""
    ours = "funnelbook".encode("utf-16-le")
    for version in versions(machine):
        key = _DISABLED.format(version=version)
        names = machine.registry("HKCU", key, None)
        for name in names if isinstance(names, list) else ():
            item = machine.registry("HKCU", key, str(name))
            if isinstance(item, bytes) and ours in item.lower():
                return True
    return False


def _run_as_administrator(machine: Machine) -> str:
    """What has Excel run as administrator: its properties, or somebody who started it so."""
    for hive in ("HKCU", "HKLM"):
        names = machine.registry(hive, _LAYERS, None)
        for name in map(str, names if isinstance(names, list) else ()):
            told = str(machine.registry(hive, _LAYERS, name))
            if name.casefold().endswith("excel.exe") and "RUNASADMIN" in told.upper():
                return rf"{hive}\{_LAYERS}: {name}"
    return "EXCEL.EXE" if machine.excel_elevated() else ""


def _value(machine: Machine, hive: str, key: str, name: str) -> str:
    found = machine.registry(hive, key, name)
    return "" if found is None else str(found)
