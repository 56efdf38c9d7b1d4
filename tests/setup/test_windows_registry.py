"""The registry of Windows, read and written."""

from __future__ import annotations

import os
import sys
from types import ModuleType, SimpleNamespace

import pytest

from funnelbook.setup.windows_registry import WindowsRegistry


def test_the_windows_registry_is_read_value_by_value_or_as_a_list(monkeypatch):
    values = {"Software\\A": [("First", 4), ("Second", "1")]}

    class Key(list):
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    def open_key(_root, key):
        if key not in values:
            raise FileNotFoundError(key)
        return Key(values[key])

    def query(key, name):
        try:
            return dict(key)[name], 4
        except KeyError:
            raise FileNotFoundError(name) from None

    winreg = SimpleNamespace(
        HKEY_CURRENT_USER=1,
        HKEY_LOCAL_MACHINE=2,
        OpenKey=open_key,
        QueryValueEx=query,
        QueryInfoKey=lambda key: (0, len(key), 0),
        EnumValue=lambda key, at: (*key[at], 4),
    )
    module = ModuleType("winreg")
    vars(module).update(vars(winreg))
    monkeypatch.setitem(sys.modules, "winreg", module)
    registry = WindowsRegistry()
    assert registry("HKCU", "Software\\A", "First") == 4
    assert registry("HKCU", "Software\\A", None) == ["First", "Second"]
    assert registry("HKLM", "Software\\A", "Third") is None
    assert registry("HKLM", "Software\\B", None) is None


@pytest.mark.skipif(os.name == "nt", reason="NOT CHECKED: needs a system without a registry")
def test_without_windows_there_is_no_registry():
    assert WindowsRegistry()("HKCU", "Software", None) is None
    with pytest.raises(OSError, match="no registry"):
        WindowsRegistry().write("Software", "x")
