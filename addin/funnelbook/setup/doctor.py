"""`funnelbook doctor`: every known reason why the tab is missing in Excel or its formulas do not answer, and the remedy."""

from __future__ import annotations

from collections.abc import Iterator

from funnelbook.setup.findings import Finding
from funnelbook.setup.machine import DLLS, EXCEL_PLATFORMS, XLWINGS, Machine, marked_from_web, read_settings
from funnelbook.setup.office import Office
from funnelbook.setup.office_doctor import office_findings
from funnelbook.words import LANGUAGES

_EXCEL = r"Software\Microsoft\Office\16.0\Excel"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel"
_SECURITY = {  # code -> key below Excel's, value, setting that does harm
    "macros": ("Security", "VBAWarnings", "4"),
    "addins_off": ("Security", "DisableAllAddins", "1"),
    "unsigned_off": ("Security", "RequireAddinSig", "1"),
    "trusted_off": (r"Security\Trusted Locations", "AllLocationsDisabled", "1"),
}
_DEFENDER = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_NO_CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_BLOCKS = ("1", "6")  # block, and warn: it blocks until the user allows it, which is too late for a formula
_ALLOWED = {"LANGUAGE": LANGUAGES, "SERVER": ("auto", "running")}


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
    settings, findings = _settings(machine)
    return [
        Finding("platform", True, machine.platform),
        Finding("excel_folder", machine.excel_folder.is_dir(), str(machine.excel_folder)),
        *([Finding("excel_running", True)] if machine.excel_running() else []),
        *findings,
        *_python(machine, settings),
        *_addin(machine, addin),
        *(_windows(machine, settings) if machine.windows else [_script(machine)]),
    ]


def _settings(machine: Machine) -> tuple[dict[str, str], list[Finding]]:
    path = machine.conf
    if not path.is_file():
        return {}, [Finding("conf", False, str(path))]
    data = path.read_bytes()
    text = data.decode("utf-8", errors="replace")
    blank = [str(number) for number, line in enumerate(text.splitlines(), 1) if not line.strip()]
    settings, wrong = read_settings(text)
    wrong += [key for key in machine.keys if not settings.get(key)]
    wrong += [f"{k}={settings[k]}" for k, allowed in _ALLOWED.items() if settings.get(k) and settings[k] not in allowed]
    return settings, [
        Finding("conf", True, str(path)),
        Finding("conf_ascii", data.isascii(), str(path)),
        Finding("conf_blank", not blank, ", ".join(blank)),
        Finding("conf_keys", not wrong, ", ".join(wrong)),
    ]


def _python(machine: Machine, settings: dict[str, str]) -> Iterator[Finding]:
    named = settings.get(machine.interpreter_key)
    if not named:
        return
    python = machine.readable(named)
    if machine.windows:
        yield Finding("python_store", "windowsapps" not in str(python).casefold(), str(python))
    there = python.is_file()
    yield Finding("python", there, str(python))
    if not there:
        return
    found, error = machine.look_into(python)
    yield Finding("python_starts", found is not None, error)
    if found is not None:
        yield Finding("xlwings", found["xlwings"] == XLWINGS, found["xlwings"])
        if machine.windows:
            yield Finding("pywin32", not found["pywin32"], found["pywin32"])


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


def _windows(machine: Machine, settings: dict[str, str]) -> Iterator[Finding]:
    if settings.get("DLL_FOLDER"):
        folder = machine.readable(settings["DLL_FOLDER"])
        missing = [dll for dll in DLLS if not (folder / dll).is_file()]
        yield Finding("dlls", not missing, ", ".join(missing) or str(folder))
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
    at_logon = settings.get("SERVER") == "running"
    blocked = _value(machine, "HKLM", _DEFENDER, _NO_CHILD_PROCESSES) in _BLOCKS
    yield Finding("defender", not blocked or at_logon, _NO_CHILD_PROCESSES if blocked else "")
    if at_logon:
        yield Finding("logon", machine.logon.is_file(), str(machine.logon))


def _value(machine: Machine, hive: str, key: str, name: str) -> str:
    """A registry value as text: policies are numbers in some places and texts in others."""
    found = machine.registry(hive, key, name)
    return "" if found is None else str(found)
