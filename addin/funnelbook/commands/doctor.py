"""`funnelbook doctor` and its button: what is wrong with the installation on this computer."""

from __future__ import annotations

from funnelbook.commands.shipped import addin, extension
from funnelbook.setup.doctor import doctor
from funnelbook.setup.findings import Finding
from funnelbook.setup.installed import Copy
from funnelbook.setup.machine import Machine
from funnelbook.setup.office import Office
from funnelbook.words import say


def findings() -> list[Finding]:
    """Every check that makes sense on this computer."""
    machine = Machine.this()
    copy = Copy.this()
    gone = [Finding("source_gone", True, copy.source)] if copy.source_is_gone else []
    return [*doctor(machine, addin(), Office.of(machine), extension()), *gone]


def faults(language: str) -> str:
    """What is wrong, a paragraph each; that Excel or LibreOffice runs now is no fault."""
    return "\n\n".join(f.text(language) for f in findings() if not f.ok) or say("doctor_fine", language)
