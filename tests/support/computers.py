"""Computers for the doctor: all is well on them until a test breaks something."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from funnelbook import __version__
from funnelbook.setup.doctor import doctor
from funnelbook.setup.engine_keys import PROGID
from funnelbook.setup.install import install
from funnelbook.setup.machine import XLWINGS, Machine
from support.machines import ADDIN, PASSES, FakeRegistry, stub, windows


@dataclass
class Computer:
    """A computer to break: `machine` as it is, `values` its registry."""

    machine: Machine
    values: dict[tuple[str, str, str], object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.machine = replace(self.machine, registry=FakeRegistry(self.values))

    @property
    def pythonw(self) -> Path:
        return self.machine.python.with_name("pythonw.exe")

    def faults(self) -> dict[str, str]:
        """Code -> detail of what the doctor finds wrong."""
        return {f.code: f.detail for f in doctor(self.machine, ADDIN) if not f.ok}

    def answer(self, xlwings: str = XLWINGS, pywin32: str = "", engine: str = f"echo {__version__}") -> None:
        """Makes the Python that Windows starts hold these; `engine`: what comes of asking the engine."""
        held = json.dumps({"xlwings": xlwings, "pywin32": pywin32})
        asked = f'case "$*" in *{PROGID}*) {engine}; exit;; esac'
        stub(self.pythonw, f"{asked}\necho 'a line of some library'; echo '{held}'")

    def rewrite(self, old: str, new: str) -> None:
        """Changes the settings file of a Mac by hand."""
        text = self.machine.conf.read_bytes().decode()
        assert old in text
        self.machine.conf.write_bytes(text.replace(old, new).encode())


def healthy(folder: Path) -> Computer:
    values: dict[tuple[str, str, str], object] = {}
    computer = Computer(windows(folder, values), values)
    install(computer.machine, ADDIN, self_test=PASSES)
    computer.answer()
    return computer


def registered(hive: str, key: str, name: str, value: object) -> Callable[[Path], Computer]:
    def make(folder: Path) -> Computer:
        computer = healthy(folder)
        computer.values[hive, key, name] = value
        return computer

    return make
