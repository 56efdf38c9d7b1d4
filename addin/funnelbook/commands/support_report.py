"""`funnelbook report` and its button: one text file with all that somebody who helps from afar has to know, and nothing of customers."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from funnelbook import __version__
from funnelbook.book.ports import BookError
from funnelbook.commands.doctor import findings
from funnelbook.files.write import safe_write
from funnelbook.setup import defender, excel_policies, last_errors, wps
from funnelbook.setup.findings import Finding
from funnelbook.setup.installed import Copy
from funnelbook.setup.machine import Machine
from funnelbook.words import say

_OFFICE = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"


def pressed(language: str) -> str:
    """Saves the report on the desktop and says where."""
    return say("report_saved", language, file=report(None, language))


def report(to: Path | None, language: str) -> Path:
    """Where the report was saved: `to`, else on the desktop, named by the day. BookError where it cannot be."""
    machine, now = Machine.this(), datetime.now()
    path = to or _desktop(machine) / say("report_file", language, day=f"{now:%Y-%m-%d}")
    try:
        safe_write(path, text(machine, findings(), now, language).encode("utf-8-sig"))  # as Windows' Notepad expects it
    except OSError as error:
        raise BookError("setup_not_written", file=path, detail=error.strerror or error) from error
    return path


def text(machine: Machine, found: list[Finding], now: datetime, language: str) -> str:
    """What the report says."""
    parts = [
        ("report_head", [f"{now:%Y-%m-%d %H:%M}", *_versions(machine)]),
        ("report_doctor", [finding.text(language) for finding in found]),
        ("report_rules", _rules(machine)),
        ("report_errors", last_errors.kept(machine.home).splitlines()),
    ]
    return (
        "\n\n".join(
            "\n".join([say(head, language), *(lines or [say("report_none", language)])]) for head, lines in parts
        )
        + "\n"
    )


def _versions(machine: Machine) -> Iterator[str]:
    yield f"Funnelbook {__version__} ({Copy.this().way})"
    yield f"Python {platform.python_version()} {platform.machine()}"
    yield platform.platform()
    if not machine.windows:
        return
    yield f"Excel {', '.join(excel_policies.versions(machine))}"
    for name in ("VersionToReport", "Platform", "ProductReleaseIds"):
        if value := machine.registry("HKLM", _OFFICE, name):
            yield f"  {name} {value}"
    yield f"WPS {wps.there(machine)}, .xlsx {wps.opens_workbooks(machine) or '-'}"


def _rules(machine: Machine) -> list[str]:
    return [f"{rule} {where}" for rule, where in sorted(defender.rules(machine).items())] if machine.windows else []


def _desktop(machine: Machine) -> Path:
    desktop = machine.links[1].parent if machine.windows else machine.home / "Desktop"
    return desktop if desktop.is_dir() else machine.home
