"""The registry of Windows: read anywhere, written for this user only; nothing is found where there is none."""

from __future__ import annotations

import sys
from typing import Protocol


class Registry(Protocol):
    """What installing and looking for faults need of it."""

    def __call__(self, hive: str, key: str, name: str | None) -> object | None:
        """A value (name "" is the key's own); with name None the names of all values of the key; None where there is none."""
        ...

    def write(self, key: str, value: str | None) -> None:
        """Gives a key of this user its own value, making it; None removes it with all that is below. OSError where it cannot."""
        ...


class WindowsRegistry:
    """The one of this computer."""

    def __call__(self, hive: str, key: str, name: str | None) -> object | None:
        try:
            import winreg  # noqa: PLC0415 - only Windows has it
        except ImportError:
            return None
        root = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[hive]
        try:
            with winreg.OpenKey(root, key) as opened:
                if name is not None:
                    return winreg.QueryValueEx(opened, name)[0]
                return [winreg.EnumValue(opened, at)[0] for at in range(winreg.QueryInfoKey(opened)[1])]
        except OSError:
            return None

    def write(self, key: str, value: str | None) -> None:
        if sys.platform != "win32":
            raise OSError(f"no registry: {key}")
        import winreg  # noqa: PLC0415

        if value is None:
            _remove(key)
            return
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as made:
            winreg.SetValueEx(made, "", 0, winreg.REG_SZ, value)


def _remove(key: str) -> None:
    if sys.platform != "win32":
        return
    import winreg  # noqa: PLC0415

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            below = [winreg.EnumKey(opened, at) for at in range(winreg.QueryInfoKey(opened)[0])]
    except FileNotFoundError:
        return
    for name in below:
        _remove(rf"{key}\{name}")
    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
