"""A Windows profile and a Mac home made of real files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from funnelbook.setup.machine import DLLS, Machine

ADDIN = b"PK the add-in as shipped"


PASSES = ("-c", "print('ok')")


def stub(path: Path, script: str) -> Path:
    """A program at `path` that runs a shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def fake_registry(values: Mapping[tuple[str, str, str], object]):
    """A registry that holds {(hive, key, name): value}; like the real one it does not tell capitals from small letters."""

    def look(hive: str, key: str, name: str | None) -> object | None:
        below = {n.casefold(): v for (h, k, n), v in values.items() if (h, k.casefold()) == (hive, key.casefold())}
        return (list(below) or None) if name is None else below.get(name.casefold())

    return look


def windows(folder: Path, values: Mapping[tuple[str, str, str], object] | None = None) -> Machine:
    """The computer of a user called 李娜, who has used Excel and installed Funnelbook by `uv tool install`."""
    home = folder / "Users" / "李娜"
    roaming = home / "AppData" / "Roaming"
    (roaming / "Microsoft" / "Excel").mkdir(parents=True)
    tool = roaming / "uv" / "tools" / "funnelbook"
    for name in ("python.exe", "pythonw.exe"):
        stub(tool / "Scripts" / name, f'exec "{sys.executable}" "$@"')
    for dll in DLLS:
        (tool / dll).write_bytes(b"MZ")
    env = {"APPDATA": str(roaming), "LOCALAPPDATA": str(home / "AppData" / "Local"), "USERPROFILE": str(home)}
    look = fake_registry(values or {})
    return Machine("win32", env, home, tool / "Scripts" / "python.exe", look, lambda: False)


def mac(folder: Path) -> Machine:
    home = folder / "Users" / "lina"
    (home / "Library" / "Containers" / "com.microsoft.Excel").mkdir(parents=True)
    python = stub(home / ".local" / "bin" / "python", f'exec "{sys.executable}" "$@"')
    return Machine("darwin", {}, home, python, fake_registry({}), lambda: False)
