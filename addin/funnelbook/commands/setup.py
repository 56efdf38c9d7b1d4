"""`funnelbook install` and `uninstall`, on this computer: into Excel, or into LibreOffice; and making way for another copy."""

from __future__ import annotations

from pathlib import Path

from funnelbook.commands.shipped import addin, extension
from funnelbook.setup import install as excel
from funnelbook.setup import install_libreoffice as calc
from funnelbook.setup.install import InstallReport
from funnelbook.setup.installed import Copy
from funnelbook.setup.machine import Machine
from funnelbook.setup.office import Office


def install(*, language: str, libreoffice: bool) -> InstallReport:
    """What was installed. Refusals (BookError) as setup.install and setup.install_libreoffice say."""
    machine = Machine.this()
    if libreoffice:
        return calc.install(Office.of(machine), extension(), calc.Environment.this(), language=language)
    return excel.install(machine, addin(), language=language)


def uninstall(*, libreoffice: bool) -> tuple[str, list[Path], str]:
    """What to tell (a code of messages), what was removed, and the command that removes the program too."""
    machine = Machine.this()
    removed = calc.uninstall(Office.of(machine)) if libreoffice else excel.uninstall(machine)
    told = "uninstalled" if removed else "uninstalled_nothing"
    return f"office_{told}" if libreoffice else told, removed, Copy.this().remove()


def make_way() -> None:
    """Ends what waits of Funnelbook, so that its files can be replaced. BookError while Excel runs, or where it cannot be ended."""
    machine = Machine.this()
    excel.refuse_without_excel(machine)
    machine.end_engine()
