"""How this copy of Funnelbook was installed, and so the command that installs it anew or removes it.

Nobody has registered the name funnelbook: an index would give whatever somebody registers one day. So a command names where
this copy came from, or has uv follow its receipt.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "funnelbook"
UNKNOWN = "path/to/funnelbook"  # where nothing says what it was installed from
BY_SETUP = "Funnelbook-setup"  # what the metadata of a copy that setup.exe put there name as its installer
_RECEIPT = "uv-receipt.toml"
_PYTHONS = ("Scripts/python.exe", "bin/python")


class Way(StrEnum):
    """By what a copy was installed."""

    TOOL = "tool"  # uv tool install
    PROJECT = "project"  # uv sync or uv run in a checkout
    UV = "uv"  # uv pip install
    PIP = "pip"
    SETUP = "setup"  # Funnelbook-setup.exe


@dataclass(frozen=True)
class Copy:
    """A copy of Funnelbook: by what it was installed, into which Python, and from which folder, file or address."""

    way: Way
    python: Path
    source: str
    editable: bool = False

    @classmethod
    @cache
    def this(cls) -> Copy:
        """The copy that runs. Source: receipts of uv; PEP 610 (direct_url.json), PEP 376 (INSTALLER)."""
        try:
            found = distribution(NAME)
        except PackageNotFoundError:
            return cls(Way.PIP, Path(sys.executable), UNKNOWN)
        here = Path(str(found.locate_file("")))
        environment = next((folder for folder in here.parents if (folder / "pyvenv.cfg").is_file()), None)
        origin = json.loads(found.read_text("direct_url.json") or "{}")
        source, editable = _source(origin), bool(origin.get("dir_info", {}).get("editable"))
        by = (found.read_text("INSTALLER") or "").strip()
        if by == BY_SETUP:
            return cls(Way.SETUP, Path(sys.executable), f"{BY_SETUP}.exe")
        by_uv = by == "uv"
        if environment is None:
            return cls(Way.UV if by_uv else Way.PIP, Path(sys.executable), source, editable)
        python = next((p for name in _PYTHONS if (p := environment / name).exists()), Path(sys.executable))
        if (environment / _RECEIPT).is_file():
            return cls(Way.TOOL, python, source, editable)
        if by_uv and editable and environment == Path(source, ".venv"):
            return cls(Way.PROJECT, python, source, editable)
        return cls(Way.UV if by_uv else Way.PIP, python, source, editable)

    @property
    def source_is_gone(self) -> bool:
        """Whether it was installed from a folder or file that is no longer there."""
        return Path(self.source).is_absolute() and not Path(self.source).exists()

    def reinstall(self) -> str:
        """The command that installs it anew, as it was installed."""
        match self.way:
            case Way.TOOL if self.source_is_gone:
                return _line("uv", "tool", "install", "--reinstall", self.source)
            case Way.TOOL:
                return _line("uv", "tool", "upgrade", "--reinstall", NAME)
            case Way.PROJECT:
                return _line("uv", "sync", "--reinstall", "--directory", self.source)
            case Way.UV:
                return _line("uv", "pip", "install", "--reinstall", "--python", str(self.python), *self._from())
            case Way.PIP:
                return _line(str(self.python), "-m", "pip", "install", "--force-reinstall", *self._from())
            case Way.SETUP:
                return self.source

    def reinstall_with(self, python: str, *, managed: bool = False) -> str:
        """The command that installs it anew in a Python of another version; `managed`: one that uv brings itself."""
        wanted = [*(["--managed-python"] if managed else []), "--python", python]
        match self.way:
            case Way.TOOL if not self.source_is_gone:
                return _line("uv", "tool", "upgrade", "--reinstall", *wanted, NAME)
            case Way.PROJECT:
                return _line("uv", "sync", "--reinstall", *wanted, "--directory", self.source)
            case Way.SETUP:  # it brings its own
                return self.reinstall()
            case Way.TOOL | Way.UV | Way.PIP:
                return self.as_tool(*wanted)

    def as_tool(self, *options: str) -> str:
        """The command that installs it from the same source as a tool, in the place that is usual for tools."""
        return _line("uv", "tool", "install", "--reinstall", *options, self.source)

    def remove(self) -> str:
        """The command that removes it."""
        match self.way:
            case Way.TOOL:
                return _line("uv", "tool", "uninstall", NAME)
            case Way.PROJECT | Way.UV:
                return _line("uv", "pip", "uninstall", "--python", str(self.python), NAME)
            case Way.PIP:
                return _line(str(self.python), "-m", "pip", "uninstall", NAME)
            case Way.SETUP:
                return _line(str(self.python.parents[1] / "uninstall.exe"))

    def _from(self) -> list[str]:
        return ["--editable", self.source] if self.editable else [self.source]


def _source(origin: dict[str, object]) -> str:
    url = str(origin.get("url", ""))
    parts = urlsplit(url)
    if parts.scheme == "file":
        return url2pathname(parts.path)
    version = origin.get("vcs_info")
    if isinstance(version, dict):
        return f"{version['vcs']}+{url}@{version['commit_id']}"
    return url or UNKNOWN


def _line(*words: str) -> str:
    """A command as it is typed."""
    if os.name == "nt":
        return " ".join(f'"{word}"' if set(word) & set(" &()[]{}^=;!'+,`~@") else word for word in words)
    return shlex.join(words)
