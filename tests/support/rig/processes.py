"""Copied into the rig: where a program of a process lies. psutil asks Windows in a way that Wine 8 does not know."""

from __future__ import annotations

import ctypes
import sys

_LIMITED = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION


def exe(number: int) -> str:
    """The path of the program; OSError where it cannot be told."""
    if sys.platform != "win32":
        raise OSError("this is not Windows")
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = ctypes.c_void_p
    opened = ctypes.c_void_p(kernel.OpenProcess(_LIMITED, False, number))
    if not opened:
        raise ctypes.WinError(ctypes.get_last_error())
    try:
        size, path = ctypes.c_uint32(32_768), ctypes.create_unicode_buffer(32_768)
        if not kernel.QueryFullProcessImageNameW(opened, 0, path, ctypes.byref(size)):
            raise ctypes.WinError(ctypes.get_last_error())
        return path.value
    finally:
        kernel.CloseHandle(opened)
