"""WPS Office, which opens workbooks for many and has no place for the add-in."""

from __future__ import annotations

from funnelbook.setup.machine import Machine

_CHOICE = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice"
_COMMON = r"Kingsoft\Office\6.0\Common"
_KEYS = (
    ("HKCU", rf"Software\{_COMMON}"),
    ("HKLM", rf"Software\{_COMMON}"),
    ("HKLM", rf"Software\WOW6432Node\{_COMMON}"),
)
_ITS_TYPES = ("wps.", "et.", "ket.")


def opens_workbooks(machine: Machine) -> str:
    """How Windows calls what a double click on a workbook opens, where that is WPS; empty otherwise."""
    kind = str(machine.registry("HKCU", _CHOICE, "ProgId") or "")
    return kind if kind.casefold().startswith(_ITS_TYPES) else ""


def there(machine: Machine) -> bool:
    """Whether WPS is installed."""
    own = machine.profile("LOCALAPPDATA") / "Kingsoft" / "WPS Office"
    return bool(opens_workbooks(machine)) or own.is_dir() or any(machine.registry(*key, "InstallRoot") for key in _KEYS)
