"""What only Windows itself can say: whether a program runs as administrator, and whether a folder lies on another computer."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

import psutil

_QUERY_LIMITED, _TOKEN_QUERY, _ELEVATION, _REFUSED, _REMOTE = 0x1000, 0x8, 20, 5, 4


def elevated(name: str) -> bool:
    """Whether a program of this name runs as administrator before this user's eyes."""
    return any(
        (process.info["name"] or "").casefold() == name.casefold() and _is_elevated(process.pid)
        for process in psutil.process_iter(["name"])
    )


def administrator() -> bool:
    """Whether this program runs as administrator."""
    return sys.platform == "win32" and bool(ctypes.windll.shell32.IsUserAnAdmin())


def on_network(path: Path) -> bool:
    """Whether a folder lies on another computer, be it by name or as a drive of its own."""
    text = str(path).replace("/", "\\")
    if text.startswith("\\\\"):
        return not text.startswith(("\\\\?\\", "\\\\.\\")) or text.startswith("\\\\?\\UNC\\")
    return sys.platform == "win32" and ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE


def _is_elevated(number: int) -> bool:
    """What the token of a process says; one that this user may not look at is elevated, where it shows on the same screen."""
    if sys.platform != "win32":
        return False
    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)
    rights: Any = ctypes.WinDLL("advapi32", use_last_error=True)
    sessions = [ctypes.c_uint32(), ctypes.c_uint32()]
    for process, session in zip((number, kernel.GetCurrentProcessId()), sessions, strict=True):
        kernel.ProcessIdToSessionId(process, ctypes.byref(session))
    if sessions[0].value != sessions[1].value:
        return False
    kernel.OpenProcess.restype = ctypes.c_void_p
    opened = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED, False, number))
    if not opened:
        return ctypes.get_last_error() == _REFUSED
    try:
        token = ctypes.c_void_p()
        if not rights.OpenProcessToken(opened, _TOKEN_QUERY, ctypes.byref(token)):
            return ctypes.get_last_error() == _REFUSED
        try:
            answer, size = ctypes.c_uint32(), ctypes.c_uint32()
            rights.GetTokenInformation(token, _ELEVATION, ctypes.byref(answer), 4, ctypes.byref(size))
            return bool(answer.value)
        finally:
            kernel.CloseHandle(token)
    finally:
        kernel.CloseHandle(opened)
