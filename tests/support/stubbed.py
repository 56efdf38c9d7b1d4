"""xlwings' own UDF layer on any system: `xlwings.udfs` unmodified, only the COM libraries below it are stand-ins."""

from __future__ import annotations

import asyncio
import ctypes
import importlib
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pandas as pd

RANGE_IID = "{00020846-0000-0000-C000-000000000046}"
MISSING = -2147352572  # how COM says that an argument was left out
_STUBS = (
    "pythoncom", "pywintypes", "win32api", "win32con", "win32event", "win32gui", "win32process", "win32timezone", "winerror",
    "win32com", "win32com.client", "win32com.client.dynamic", "win32com.server", "win32com.server.policy",
    "win32com.server.util", "win32com.server.dispatcher",
)  # fmt: skip


class Unused:
    """Stands for whatever of pywin32 is named but not used here."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __call__(self, *_: object, **__: object) -> Unused:
        return Unused()

    def __getattr__(self, name: str) -> Unused:
        if name.startswith("__"):
            raise AttributeError(name)
        return Unused()


class PyTime(datetime):
    """pywintypes' time."""


class ComRange:
    """A Range as COM hands it over: a tuple of rows, or the bare value of one cell."""

    CLSID = RANGE_IID

    def __init__(self, value: object) -> None:
        self.Value = value
        self._oleobj_ = types.SimpleNamespace(
            GetTypeInfo=lambda: types.SimpleNamespace(GetTypeAttr=lambda: types.SimpleNamespace(iid=RANGE_IID))
        )
        rows = value if isinstance(value, tuple) else ((value,),)
        self.Row = self.Column = 1
        self.Rows, self.Columns = types.SimpleNamespace(Count=len(rows)), types.SimpleNamespace(Count=len(rows[0]))
        self.Worksheet = types.SimpleNamespace(Parent=types.SimpleNamespace(Application=types.SimpleNamespace(Hwnd=1)))


@contextmanager
def on_windows() -> Iterator[types.ModuleType]:
    """`xlwings.udfs` as imported on Windows, with `funnelbook.udfs` on top of it; afterwards all is as before."""
    assert asyncio
    assert pd  # what looks at the platform itself is loaded before it is said to be Windows
    ours = ("xlwings", "funnelbook.udfs", *_STUBS)
    before = {n: m for n, m in sys.modules.items() if n in ours or n.startswith("xlwings.")}
    for name in before:
        del sys.modules[name]
    for name in _STUBS:
        stub = types.ModuleType(name)
        stub.__getattr__ = _unused
        sys.modules[name] = stub
    sys.modules["pywintypes"].TimeType = PyTime
    sys.modules["pywintypes"].IID = str
    sys.modules["win32timezone"].TimeZoneInfo = types.SimpleNamespace(utc=lambda: UTC)
    for name in ("pythoncom", "pywintypes"):
        sys.modules[name].com_error = type("com_error", (Exception,), {})
    sys.modules["pythoncom"].__file__ = "pythoncom"
    sys.modules["pythoncom"].IID_IDispatch = "IDispatch"
    sys.modules["pythoncom"].TypeIIDs = {"IDispatch": type("PyIDispatch", (), {})}
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(sys.modules["win32com.client"], name, type(name, (), {}))
    sys.modules["win32com.client"].Dispatch = lambda thing, *_, **__: thing
    sys.modules["win32process"].GetWindowThreadProcessId = lambda _window: (0, 1)
    libraries = {name: getattr(ctypes, name, None) for name in ("windll", "oledll", "PyDLL")}
    for name in libraries:
        setattr(ctypes, name, Unused())
    platform, sys.platform = sys.platform, "win32"
    try:
        layer = importlib.import_module("xlwings.udfs")
        importlib.import_module("funnelbook.udfs")
        sys.platform = platform
        yield layer
    finally:
        sys.platform = platform
        for name, library in libraries.items():
            setattr(ctypes, name, library)
        for name in [n for n in sys.modules if n in ours or n.startswith("xlwings.")]:
            del sys.modules[name]
        sys.modules.update(before)


def _unused(name: str) -> Unused:
    if name.startswith("__"):
        raise AttributeError(name)
    return Unused()
