"""Settings and policies that keep the add-in from running in Excel, wherever a company or a user may have set them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from funnelbook.setup.findings import Finding
from funnelbook.setup.machine import Machine

# Office 2013 keeps its settings under 15.0, all later ones under 16.0
VERSIONS = ("16.0", "15.0")
_POLICIES = (
    ("HKCU", r"Software\Policies\Microsoft\Cloud\Office"),  # Microsoft's service of policies for Office
    ("HKCU", r"Software\Policies\Microsoft\Office"),
    ("HKLM", r"Software\Policies\Microsoft\Office"),
)
_OWN = ("HKCU", r"Software\Microsoft\Office")
_CURRENT = r"Software\Classes\Excel.Application\CurVer"
_TRUSTED = r"Excel\Security\Trusted Locations"
_MOST_LOCATIONS = 100  # that Excel's policies can name


class Found(NamedTuple):
    """A setting: what it is set to, and where, as it is told to IT."""

    value: str
    where: str


def versions(machine: Machine) -> tuple[str, ...]:
    """The versions whose settings matter: the Excel that Windows opens, or all where it does not say."""
    for hive in ("HKCU", "HKLM"):
        if said := re.fullmatch(r"Excel\.Application\.(\d+)", _text(machine.registry(hive, _CURRENT, ""))):
            return (f"{said[1]}.0",)
    return VERSIONS


def setting(machine: Machine, key: str, name: str) -> list[Found]:
    """What a setting of Excel or Office is set to: by policy, else by the user; one for each place that says so."""
    for roots in (_POLICIES, (_OWN,)):
        places = [(hive, rf"{root}\{version}\{key}") for hive, root in roots for version in versions(machine)]
        values = [(rf"{hive}\{place}: {name}", _text(machine.registry(hive, place, name))) for hive, place in places]
        if found := [Found(value, f"{where}={value}") for where, value in values if value]:
            return found
    return []


def policy_findings(machine: Machine) -> Iterator[Finding]:
    """Whether VBA, add-ins and macros in the startup folder may run."""
    vba = _where(machine, "Common", "VBAOff", "1")
    untrusted = _where(machine, _TRUSTED, "AllLocationsDisabled", "1")
    only_policy = _where(machine, r"Common\Security\Trusted Locations", "Allow User Locations", "0")
    if any(_covers(machine, place) for place in _locations(machine)):
        only_policy = ""
    far = str(machine.addin.parent) if machine.on_network(machine.addin) else ""
    if _where(machine, _TRUSTED, "AllowNetworkLocations", "1"):
        far = ""
    # The startup folder is a trusted location: macros run there whatever the macro setting says
    macros = _where(machine, r"Excel\Security", "VBAWarnings", "3", "4") if untrusted or only_policy or far else ""
    found = {
        "vba_off": vba,
        "macros": macros,
        "addins_off": _where(machine, r"Excel\Security", "DisableAllAddins", "1"),
        "unsigned_off": _where(machine, r"Excel\Security", "RequireAddinSig", "1"),
        "trusted_off": untrusted,
        "user_locations_off": only_policy,
        "startup_on_network": far,
    }
    yield from (Finding(code, not where, where) for code, where in found.items())


def _where(machine: Machine, key: str, name: str, *harms: str) -> str:
    """Where a setting does harm; empty where it does none."""
    return ", ".join(found.where for found in setting(machine, key, name) if found.value in harms)


def _locations(machine: Machine) -> Iterator[tuple[str, bool]]:
    """The folders a company trusts by policy, and whether what lies below is trusted too."""
    for hive, root in _POLICIES:
        for version in versions(machine):
            for number in range(_MOST_LOCATIONS):
                key = rf"{root}\{version}\{_TRUSTED}\Location{number}"
                if path := _text(machine.registry(hive, key, "Path")):
                    yield path, _text(machine.registry(hive, key, "AllowSubFolders")) == "1"


def _covers(machine: Machine, place: tuple[str, bool]) -> bool:
    path, below = machine.expanded(place[0]).replace("\\", "/").rstrip("/").casefold(), place[1]
    startup = str(machine.addin.parent).replace("\\", "/").casefold()
    return startup == path or (below and startup.startswith(f"{path}/"))


def _text(value: object) -> str:
    """A registry value as text: policies are numbers in some places and texts in others."""
    return "" if value is None else str(value)
