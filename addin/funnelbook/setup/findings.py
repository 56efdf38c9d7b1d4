"""What `funnelbook doctor` can find, and what it says of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from funnelbook.setup.installed import Copy, Way
from funnelbook.setup.machine import XLWINGS
from funnelbook.words import filled, say, texts

# Worth knowing, but no fault
NOTES = frozenset({"excel_running", "excel_store", "office_too", "source_gone", "wps_only", "wps_opens"})
_THIS_PYTHON = f"3.{sys.version_info.minor}"


@dataclass(frozen=True)
class Finding:
    """One check: its code in findings.py of words, whether it is as it should be, and the file, value or error it is about."""

    code: str
    ok: bool
    detail: str = ""

    @property
    def note(self) -> bool:
        """Whether this is worth telling although nothing is wrong."""
        return self.code in NOTES

    def text(self, language: str) -> str:
        """What is wrong and the remedy, in one line; of a check that passed, only that it did."""
        detail = say("finding_detail", language, detail=self.detail) if self.detail else ""
        if self.ok and not self.note:
            return say("finding_fine", language, code=self.code) + detail
        copy = Copy.this()
        way = "_setup" if copy.way is Way.SETUP else ""
        commands = {"reinstall": copy.reinstall(), "managed": copy.reinstall_with(_THIS_PYTHON, managed=True)}
        runs = commands | {
            name: say(f"remedy_{name}{way}", language, **commands) for name in ("install", "anew", "other_python")
        }
        told = (
            filled(part, language, runs | {"xlwings": XLWINGS}) for part in texts(f"findings.{self.code}", language)
        )
        return say("language.gap", language).join(told) + detail
