"""`funnelbook doctor`: every known reason why the tab is missing in Excel or its formulas do not answer, and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from funnelbook import __version__
from funnelbook.setup.engine_keys import MODULE, PROGID, SERVER, keys
from funnelbook.setup.findings import Finding
from funnelbook.setup.machine import EXCEL_PLATFORMS, XLWINGS, Machine, marked_from_web, read_settings
from funnelbook.setup.office import Office
from funnelbook.setup.office_doctor import office_findings
from funnelbook.words import DEFAULT, LANGUAGES

_EXCEL = r"Software\Microsoft\Office\16.0\Excel"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel"
_SECURITY = {  # code -> key below Excel's, value, setting that does harm
    "macros": ("Security", "VBAWarnings", "4"),
    "addins_off": ("Security", "DisableAllAddins", "1"),
    "unsigned_off": ("Security", "RequireAddinSig", "1"),
    "trusted_off": (r"Security\Trusted Locations", "AllLocationsDisabled", "1"),
}
_SETTINGS = ("INTERPRETER_MAC", "LANGUAGE")  # what the add-in needs on a Mac
_STARTED = re.compile(r'"([^"]+)" -P -m ' + re.escape(MODULE) + r" \w+")
# As the add-in does it, by a Python of its own
_ASKS = f"from win32com.client import dynamic; print(dynamic.Dispatch('{PROGID}').formula('FB_VERSION', ())[0][0])"


def doctor(machine: Machine, addin: bytes, office: Office | None = None, extension: bytes = b"") -> list[Finding]:
    """Every check that makes sense here, in the order to mend things; `addin` and `extension` are as shipped.

    A check that depends on one that failed is left out; notes are listed only where they apply. LibreOffice is looked at where
    the extension was put in, or where there can be no Excel; who uses it and has no Excel hears nothing of Excel.
    """
    if office is None:
        return _excel(machine, addin)
    used = office.deployed() is not None
    if machine.platform not in EXCEL_PLATFORMS or (used and not machine.excel_folder.is_dir()):
        return office_findings(office, extension)
    found = office_findings(office, extension) if used else [Finding("office_too", True, str(office.soffice))]
    return [*_excel(machine, addin), *found]


def _excel(machine: Machine, addin: bytes) -> list[Finding]:
    if machine.platform not in EXCEL_PLATFORMS:
        return [Finding("platform", False, machine.platform)]
    python, findings = _registered(machine) if machine.windows else _settings(machine)
    return [
        Finding("platform", True, machine.platform),
        Finding("excel_folder", machine.excel_folder.is_dir(), str(machine.excel_folder)),
        *([Finding("excel_running", True)] if machine.excel_running() else []),
        *findings,
        *(_python(machine, python) if python else []),
        *_addin(machine, addin),
        *(_windows(machine) if machine.windows else [_script(machine)]),
    ]


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
            yield _answers(machine, python)


def _answers(machine: Machine, python: Path) -> Finding:
    ran, told = machine.ask_python(python, ("-P", "-c", _ASKS))
    last = (told.splitlines() or [""])[-1]
    return Finding("engine_answers", ran and last == __version__, "" if last == __version__ else last)


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
    disabled = machine.registry("HKCU", rf"{_EXCEL}\Resiliency\DisabledItems", None)
    yield Finding("addin_disabled", not disabled)
    harmful = {}
    for code, (key, name, harm) in _SECURITY.items():
        places = [p for root in (_POLICY, _EXCEL) if _value(machine, "HKCU", p := rf"{root}\{key}", name) == harm]
        harmful[code] = ", ".join(rf"HKCU\{place}: {name}={harm}" for place in places)
    if not harmful["trusted_off"]:  # XLSTART is a trusted location: macros run there whatever the macro setting says
        harmful["macros"] = ""
    yield from (Finding(code, not found, found) for code, found in harmful.items())


def _value(machine: Machine, hive: str, key: str, name: str) -> str:
    """A registry value as text: policies are numbers in some places and texts in others."""
    found = machine.registry(hive, key, name)
    return "" if found is None else str(found)
