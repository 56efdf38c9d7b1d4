"""Computers as companies set them up, and what the doctor has to say of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from support.computers import Computer, healthy, registered
from support.machines import ADDIN, windows

Make = Callable[[Path], Computer]
OFFICE = r"Software\Policies\Microsoft\Office\16.0"
CLOUD = r"Software\Policies\Microsoft\Cloud\Office\16.0"
SECURITY = rf"{OFFICE}\Excel\Security"
TRUSTED = rf"{SECURITY}\Trusted Locations"
OWN = r"Software\Microsoft\Office\16.0\Excel\Security"
ONLY_POLICY = ("HKCU", rf"{OFFICE}\Common\Security\Trusted Locations", "Allow User Locations", 0)
_EXPLOIT_GUARD = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
ASR = rf"SOFTWARE\Policies\Microsoft\{_EXPLOIT_GUARD}"
ASR_OWN = rf"SOFTWARE\Microsoft\{_EXPLOIT_GUARD}"
INTUNE = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
CHILDREN, WIN32, UNKNOWN = (
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a",
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b",
    "01443614-cd74-433a-b99e-2ecdc07bfc25",
)
LAYERS = r"Software\Microsoft\Windows NT\CurrentVersion\AppCompatFlags\Layers"
EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
DISABLED = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
CHOICE = ("HKCU", r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice", "ProgId")
CURRENT = ("HKLM", r"Software\Classes\Excel.Application\CurVer", "")
SILENT = "echo \"pywintypes.com_error: (-2146959355, 'Server execution failed', None, None)\" >&2; exit 1"


@dataclass(frozen=True)
class Case:
    """A computer and its verdict. No faults: nothing may be said to be wrong."""

    name: str
    make: Make
    faults: Sequence[str] = ()  # their codes
    names: str = ""  # what the detail of the first says
    notes: Sequence[str] = ()


def _with(*values: tuple[str, str, str, object], engine: str = "", **facts: Any) -> Make:
    def make(folder: Path) -> Computer:
        computer = healthy(folder)
        for hive, key, name, value in values:
            computer.values[hive, key, name] = value
        if engine:
            computer.answer(engine=engine)
        computer.machine = replace(computer.machine, **facts)
        return computer

    return make


def _disabled(path: str) -> Make:
    """An item as Excel writes it: kind, lengths, then path and name as UTF-16."""
    names = [text.encode("utf-16-le") for text in (f"{path}\0", f"{path.rpartition(chr(92))[2]}\0")]
    blob = b"".join(number.to_bytes(4, "little") for number in (1, *map(len, names))) + b"".join(names)
    return registered("HKCU", DISABLED, "9A3F1C", blob)


def _of_the_store(folder: Path) -> Computer:
    computer = healthy(folder)
    (computer.machine.home / "AppData/Local/Packages/Microsoft.Office.Desktop_8wekyb3d8bbwe").mkdir(parents=True)
    return computer


def _left_over_from_the_store(folder: Path) -> Computer:
    computer = _of_the_store(folder)
    computer.values["HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "VersionToReport"] = "16.0.17928"
    return computer


def _twice(folder: Path) -> Computer:
    computer = healthy(folder)
    computer.machine.second_addin.parent.mkdir(parents=True)
    computer.machine.second_addin.write_bytes(ADDIN)
    return computer


def _trusted_by_policy(below: bool) -> Make:
    place = r"%APPDATA%\Microsoft\Excel" if below else r"%appdata%\Microsoft\Excel\XLSTART" + "\\"
    folder = rf"{TRUSTED}\Location3"
    return _with(ONLY_POLICY, ("HKCU", folder, "Path", place), ("HKCU", folder, "AllowSubFolders", int(below)))


def _wps_alone(links: bool) -> Make:
    def make(folder: Path) -> Computer:
        computer = Computer(windows(folder))
        computer.machine.excel_folder.rmdir()
        (computer.machine.home / "AppData/Local/Kingsoft/WPS Office").mkdir(parents=True)
        if links:
            computer.machine.links[0].write_bytes(b"a link")
        return computer

    return make


def _unreadable(folder: Path) -> Computer:
    computer = healthy(folder)

    def away(_: Path) -> bool:
        raise PermissionError(13, "Permission denied", r"\\server\profiles")

    computer.machine = replace(computer.machine, on_network=away)
    return computer


CASES = [
    Case("all is well", healthy),
    # Windows starts the engine: Excel starts nothing and calls no function of Windows
    Case("Office may start no program, by group policy", _with(("HKLM", ASR, CHILDREN, "1"))),
    Case("the same by Intune", _with(("HKLM", INTUNE, "ASRRules", f"{CHILDREN}=1|{WIN32}=1"))),
    Case("the same by a command on the computer", _with(("HKLM", ASR_OWN, CHILDREN, 1))),
    Case("macros may call no function of Windows", _with(("HKLM", ASR, WIN32, "1"))),
    Case("only known programs may run, and the engine is one", _with(("HKLM", ASR, UNKNOWN, "1"))),
    *(
        Case(f"only known programs may run, {by}", _with(rule, engine=SILENT), ("engine_answers", "defender"), "0x80080005 Server")
        for by, rule in {
            "by group policy": ("HKLM", ASR, UNKNOWN, "1"),
            "by Intune": ("HKLM", INTUNE, "ASRRules", f"{CHILDREN}=0|{{{UNKNOWN.upper()}}}=6"),
            "by a command": ("HKLM", ASR_OWN, UNKNOWN, 1),
        }.items()
    ),
    Case("that rule only writes down what it sees", _with(("HKLM", ASR, UNKNOWN, "2"), engine=SILENT), ("engine_answers",)),
    Case("the engine does not answer", _with(engine=SILENT), ("engine_answers",), "0x80080005 Server execution failed"),
    Case("no VBA in Office", _with(("HKCU", rf"{OFFICE}\Common", "VBAOff", 1)), ("vba_off",), "VBAOff=1"),
    Case("the same for all users", _with(("HKLM", rf"{OFFICE}\Common", "VBAOff", 1)), ("vba_off",), "HKLM"),
    Case("the same from the cloud", _with(("HKCU", rf"{CLOUD}\Common", "VBAOff", 1)), ("vba_off",), "Cloud"),
    Case("VBA is expressly allowed", _with(("HKCU", rf"{OFFICE}\Common", "VBAOff", 0))),
    Case("only the company's locations are trusted", _with(ONLY_POLICY), ("user_locations_off",), "Allow User Locations=0"),
    Case("and the startup folder is one", _trusted_by_policy(below=False)),
    Case("and it lies in one", _trusted_by_policy(below=True)),
    Case("no location is trusted", _with(("HKCU", TRUSTED, "AllLocationsDisabled", 1)), ("trusted_off",), TRUSTED),
    Case("the same for all users", _with(("HKLM", TRUSTED, "AllLocationsDisabled", 1)), ("trusted_off",), "HKLM"),
    Case(
        "the user switched locations off, the company on",
        _with(("HKCU", rf"{OWN}\Trusted Locations", "AllLocationsDisabled", 1), ("HKCU", TRUSTED, "AllLocationsDisabled", 0)),
    ),
    Case("macros only with a signature, from trusted locations all", _with(("HKCU", SECURITY, "VBAWarnings", 3))),
    Case("no macros, but from trusted locations", _with(("HKCU", SECURITY, "VBAWarnings", 4))),
    Case(
        "only signed macros, and the startup folder is not trusted",
        _with(("HKCU", SECURITY, "VBAWarnings", 3), ONLY_POLICY),
        ("macros", "user_locations_off"),
        "VBAWarnings=3",
    ),
    Case(
        "no macros at all",
        _with(("HKCU", SECURITY, "vbawarnings", 4), ("HKCU", TRUSTED, "AllLocationsDisabled", 1)),
        ("macros", "trusted_off"),
        r"HKCU\Software\Policies",
    ),
    Case(
        "the user wants no macros at all",
        _with(("HKCU", OWN, "VBAWarnings", 4), ("HKCU", TRUSTED, "AllLocationsDisabled", 1)),
        ("macros", "trusted_off"),
        "VBAWarnings=4",
    ),
    Case("no add-ins", _with(("HKCU", SECURITY, "DisableAllAddins", 1)), ("addins_off",), "DisableAllAddins=1"),
    Case(
        "no add-ins in Excel 2013",
        _with(("HKCU", OWN.replace("16.0", "15.0"), "DisableAllAddins", 1), (*CURRENT, "Excel.Application.15")),
        ("addins_off",),
        "15.0",
    ),
    Case(
        "left over from Excel 2013",
        _with(("HKCU", OWN.replace("16.0", "15.0"), "DisableAllAddins", 1), (*CURRENT, "Excel.Application.16")),
    ),
    Case(
        "Excel does not say which it is",
        _with(("HKCU", OWN.replace("16.0", "15.0"), "DisableAllAddins", 1)),
        ("addins_off",),
        "15.0",
    ),
    Case("add-ins with a signature", _with(("HKCU", SECURITY, "RequireAddinSig", 1)), ("unsigned_off",), "RequireAddinSig=1"),
    Case("every macro is scanned", _with(("HKCU", rf"{OFFICE}\Common\Security", "MacroRuntimeScanScope", 2))),
    Case("settings that do no harm", _with(("HKCU", SECURITY, "VBAWarnings", 2), ("HKCU", SECURITY, "DisableAllAddins", 0))),
    Case("our add-in crashed", _disabled(r"c:\users\lina\appdata\roaming\microsoft\excel\xlstart\funnelbook.xlam"), ("addin_disabled",)),
    Case("somebody else's add-in crashed", _disabled(r"c:\program files\other\other.xlam")),
    Case("something in the list that is no item", registered("HKCU", DISABLED, "A1B2", b"x")),
    Case("a second copy", _twice, ("addin_twice",), "AddIns"),
    Case("the user's folders are on a server", _with(on_network=lambda _: True), ("startup_on_network",), "XLSTART"),
    Case(
        "and Excel trusts servers",
        _with(("HKCU", TRUSTED, "AllowNetworkLocations", 1), on_network=lambda _: True),
    ),
    Case("a user's name outside the code page", _with(("HKLM", r"SYSTEM\CurrentControlSet\Control\Nls\CodePage", "ACP", "1252"))),
    Case("Excel always as administrator", _with(("HKCU", LAYERS, EXCEL, "~ RUNASADMIN")), ("excel_elevated",), "AppCompatFlags"),
    Case("another program as administrator", _with(("HKCU", LAYERS, r"C:\other.exe", "~ RUNASADMIN"))),
    Case("Excel with large letters", _with(("HKCU", LAYERS, EXCEL, "~ HIGHDPIAWARE"))),
    Case("Excel as administrator now", _with(excel_elevated=lambda: True), ("excel_elevated",), "EXCEL.EXE"),
    Case("the doctor as administrator", _with(engine=SILENT, administrator=True), ("administrator",)),
    Case("an administrator whom the engine answers", _with(administrator=True)),
    Case("Excel of the Store", _of_the_store, notes=("excel_store",)),
    Case("the Store's Excel is no longer used", _left_over_from_the_store),
    Case("WPS opens workbooks", _with((*CHOICE, "WPS.XLSX.6")), notes=("wps_opens",)),
    Case("Excel opens workbooks", _with((*CHOICE, "Excel.Sheet.12"))),
    Case("WPS and no Excel", _wps_alone(links=True), notes=("wps_only",)),
    Case("WPS and no Excel, its links are gone", _wps_alone(links=False), ("links",), "SendTo", notes=("wps_only",)),
    Case("a server that is away", _unreadable, ("unreadable",), r"\\server\profiles: Permission denied"),
]  # fmt: skip
