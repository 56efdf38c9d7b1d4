"""A Windows profile and a Mac home made of real files."""

from __future__ import annotations

import sys
from pathlib import Path

from funnelbook.setup.machine import Machine

ADDIN = b"PK the add-in as shipped"


PASSES = ("-c", "print('ok')")


def stub(path: Path, script: str) -> Path:
    """A program at `path` that runs a shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


class FakeRegistry:
    """A registry that holds {(hive, key, name): value}; like the real one it does not tell capitals from small letters."""

    def __init__(self, values: dict[tuple[str, str, str], object]) -> None:
        self.values = values

    def __call__(self, hive: str, key: str, name: str | None) -> object | None:
        of_hive = {(k.casefold(), n.casefold()): v for (h, k, n), v in self.values.items() if h == hive}
        below = {n: v for (k, n), v in of_hive.items() if k == key.casefold()}
        return (list(below) or None) if name is None else below.get(name.casefold())

    def write(self, key: str, value: str | None) -> None:
        inside = (key.casefold(), key.casefold() + "\\")
        for hive, k, name in list(self.values):
            if value is None and hive == "HKCU" and (k.casefold() == inside[0] or k.casefold().startswith(inside[1])):
                del self.values[hive, k, name]
        if value is not None:
            self.values["HKCU", key, ""] = value


def windows(folder: Path, values: dict[tuple[str, str, str], object] | None = None) -> Machine:
    """The computer of a user called 李娜, who has used Excel and installed Funnelbook by `uv tool install`."""
    home = folder / "Users" / "李娜"
    roaming = home / "AppData" / "Roaming"
    (roaming / "Microsoft" / "Excel").mkdir(parents=True)
    tool = roaming / "uv" / "tools" / "funnelbook"
    for name in ("python.exe", "pythonw.exe"):
        stub(tool / "Scripts" / name, f'exec "{sys.executable}" "$@"')
    env = {"APPDATA": str(roaming), "LOCALAPPDATA": str(home / "AppData" / "Local"), "USERPROFILE": str(home)}
    look = FakeRegistry({} if values is None else values)
    (home / "Desktop").mkdir()
    (roaming / "Microsoft" / "Windows" / "SendTo").mkdir(parents=True)
    made = lambda target, given, icon: f"{target} {given} ({icon})".encode()  # noqa: E731 - a link, as a text to be compared
    return Machine("win32", env, home, tool / "Scripts" / "python.exe", look, lambda: False, link=made)


def mac(folder: Path) -> Machine:
    home = folder / "Users" / "lina"
    (home / "Library" / "Containers" / "com.microsoft.Excel").mkdir(parents=True)
    python = stub(home / ".local" / "bin" / "python", f'exec "{sys.executable}" "$@"')
    return Machine("darwin", {}, home, python, FakeRegistry({}), lambda: False)


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below a folder, with what the files hold."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}
